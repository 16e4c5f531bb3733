import assert from "node:assert/strict";
import { readPolicy } from "../../policypack/catalogue";

const ROOT = { AWS: "arn:aws:iam::123456789012:root" };
const PULL = {
  Effect: "Allow",
  Principal: ROOT,
  Action: ["ecr:BatchGetImage", "ECR:GetDownloadUrlForLayer"],
};
const MOUNT = { Effect: "Allow", Principal: { AWS: "*" }, Action: "elasticfilesystem:ClientMount" };
const READ = { Effect: "Allow", Principal: ROOT, Action: "s3:GetObject" };
const ON = { Resource: "arn:aws:s3:::b/*" };

/** The type that is read, and the problems. */
const read = (type: Parameters<typeof readPolicy>[1], ...Statement: readonly object[]): readonly string[] => {
  const { document, problems } = readPolicy(JSON.stringify({ Version: "2012-10-17", Statement }), type);
  return [document.type, ...problems.map(({ code, path }) => `${code} ${path}`)];
};
const missing = (index: number): string => `missing-element Statement[${index}]`;

describe("catalogue/implied-resource", () => {
  for (const type of ["resource", "any"] as const)
    it(`takes a policy without a resource for that of a service that has none: ${type}`, () => {
      assert.deepEqual(read(type, PULL), ["resource"]);
      assert.deepEqual(read(type, MOUNT, PULL), ["resource"]);
      assert.deepEqual(read(type, PULL, { ...READ, ...ON }), ["resource"]);
      assert.deepEqual(read(type, PULL, { ...READ, NotResource: ON.Resource }), ["resource"]);
    });
  it("misses the resource of all others", () => {
    const mixed = { ...PULL, Action: [...PULL.Action, "s3:GetObject"] };
    for (const other of [READ, mixed, { ...PULL, Action: "*" }, { ...PULL, Action: [] }])
      assert.deepEqual(read("resource", other), ["resource", missing(0)], JSON.stringify(other));
    const inverted = { ...PULL, Action: undefined, NotAction: "ecr:DeleteRepository" };
    assert.deepEqual(read("resource", inverted), ["resource", missing(0)]);
    assert.deepEqual(read("resource", PULL, READ), ["resource", missing(0), missing(1)]);
  });
  it("leaves alone what is of another type, or nothing", () => {
    assert.deepEqual(read("any", { ...PULL, Principal: undefined }), ["identity", missing(0)]);
    assert.deepEqual(read("any", { ...READ, Action: "sts:AssumeRole" }), ["trust"]);
    assert.deepEqual(read("trust", PULL), ["trust"]);
    assert.deepEqual(read("resource"), ["resource"]);
    assert.deepEqual(
      readPolicy("{", "any").problems.map(({ code }) => code),
      ["not-json"],
    );
  });
});
