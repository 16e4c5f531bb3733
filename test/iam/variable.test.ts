import assert from "node:assert/strict";
import { readVariable, type Variable, variableOf } from "../../policypack/iam/pattern/variable";

interface Read {
  readonly value: string;
  readonly length: number;
}
const read = (value: string, length: number): Read => ({ value, length });

const READ: readonly (readonly [text: string, at: number, found: Read | undefined])[] = [
  ["${aws:username}", 0, read("${aws:username}", 15)],
  ["${aws:UserName}/x", 0, read("${aws:username}", 15)],
  ["${aws:SourceARN}", 0, read("${aws:sourcearn}", 16)],
  ["a/${aws:username}/b", 2, read("${aws:username}", 15)],
  ["a/${aws:username}/b", 0, undefined],
  ["a/${aws:username}/b", 3, undefined],
  ["${aws:PrincipalTag/Team}", 0, read("${aws:principaltag/Team}", 24)],
  ["${AWS:PrincipalTag/A/B}", 0, read("${aws:principaltag/A/B}", 23)],
  ["${*}", 0, read("*", 4)],
  ["${?}", 0, read("?", 4)],
  ["${$}", 0, read("$", 4)],
  ["${**}", 0, read("${**}", 5)],
  ["${}", 0, read("${}", 3)],
  ["${aws:username", 0, undefined],
  ["$aws:username}", 0, undefined],
  ["${a}${b}", 0, read("${a}", 4)],
  ["${a}${b}", 4, read("${b}", 4)],
  ["${aws:UserName, 'Nobody'}", 0, read("${aws:username, 'Nobody'}", 25)],
  ["${aws:UserName,'Nobody'}", 0, read("${aws:username, 'Nobody'}", 24)],
  ["${aws:UserName, ''}", 0, read("${aws:username, ''}", 19)],
  ["${aws:UserName, 'a, b'}", 0, read("${aws:username, 'a, b'}", 23)],
  // A default that is none leaves a key that no request has.
  ["${aws:UserName, Nobody}", 0, read("${aws:username, nobody}", 23)],
  ["${aws:UserName, 'Nobody}", 0, read("${aws:username, 'nobody}", 24)],
  ["${aws:UserName, x'Nobody'}", 0, read("${aws:username, x'nobody'}", 26)],
  ["${aws:UserName 'Nobody'}", 0, read("${aws:username 'nobody'}", 24)],
  ["${aws:UserName, '}", 0, read("${aws:username, '}", 18)],
];

const PARTS: readonly (readonly [token: string, variable: Variable])[] = [
  ["${aws:username}", { key: "aws:username", fallback: undefined }],
  ["${aws:principaltag/Team}", { key: "aws:principaltag/Team", fallback: undefined }],
  ["${aws:username, 'Nobody'}", { key: "aws:username", fallback: "Nobody" }],
  ["${aws:username, ''}", { key: "aws:username", fallback: "" }],
  ["${aws:username, 'it''s'}", { key: "aws:username", fallback: "it''s" }],
  ["${aws:username, 'a, 'b'}", { key: "aws:username", fallback: "a, 'b" }],
  ["${a,b, 'c'}", { key: "a,b", fallback: "c" }],
  ["${a, b 'c'}", { key: "a, b 'c'", fallback: undefined }],
  ["${, 'c'}", { key: "", fallback: "c" }],
  ["${'c'}", { key: "'c'", fallback: undefined }],
];

describe("iam/variable", () => {
  for (const [text, at, found] of READ)
    it(`reads ${text} at ${at}`, () => {
      assert.deepEqual(readVariable(text, at), found);
    });
  for (const [token, variable] of PARTS)
    it(`takes ${token} apart`, () => {
      assert.deepEqual(variableOf(token), variable);
    });
});
