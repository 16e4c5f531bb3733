import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { approvedPolicy, emittableActions, findAction, KNOWN } from "../../policypack/catalogue";
import { capabilities, type Capability } from "../../policypack/catalogue/capabilities";
import { contains, type Json, parseDocument, type Reading } from "../../policypack/iam";
import { policyDocument } from "../../stack/grants/documents";
import { readDescription } from "../../stack/validate/description";

const read = (document: unknown): Reading => {
  const reading = parseDocument(document as Json);
  assert.deepEqual(reading.problems, []);
  return reading;
};
const APPROVED = read(approvedPolicy);

describe("catalogue/approved-policy", () => {
  it("has every approved action, and no other", () => {
    const actions = new Set(approvedPolicy.Statement.flatMap(({ Action }) => Action));
    assert.deepEqual([...actions].sort(), emittableActions);
  });
  it("has a statement for each one of a capability, parameters opened", () => {
    assert.deepEqual(
      approvedPolicy.Statement.map(({ Sid, Resource }) => [Sid, ...Resource]),
      [
        ["S3List", "arn:*:s3:::*"],
        ["S3ListAll", "arn:*:s3:::*"],
        ["S3Read", "arn:*:s3:::*/*"],
        ["S3Write", "arn:*:s3:::*/*"],
        ["SagemakerInvokeEndpoint", "arn:*:sagemaker:*:*:endpoint/*"],
        ["RekognitionDetect", "*"],
        ["RekognitionDetect2", "*"],
        ["RekognitionSearchFaces", "arn:*:rekognition:*:*:collection/*"],
      ],
    );
  });
  it("drops no test that is not on parameters alone", () => {
    const all: readonly Capability[] = capabilities;
    for (const { statements } of all)
      for (const { Condition = {} } of statements)
        for (const values of Object.values(Condition).flatMap((keys) => Object.values(keys)))
          for (const value of [values].flat())
            assert.equal(value.replace(/\$\{[^}]*\}/g, "*").replace(/\*+/g, "*"), "*", value);
  });
  it("names no resource that its action does not have", () => {
    for (const { Action, Resource } of approvedPolicy.Statement)
      for (const name of Action)
        assert.equal(Resource.includes("*") || (findAction(name)?.resourceTypes.length ?? 0) > 0, true, name);
  });
  it("is proved to hold what the stack writes", () => {
    const text = readFileSync(join(__dirname, "..", "..", "Pulumi.dev.yaml"), "utf8");
    const { config } = parse(text) as { readonly config: Readonly<Record<string, unknown>> };
    const description = readDescription(config);
    assert.ok("description" in description);
    assert.deepEqual(contains([APPROVED], [read(policyDocument(description.description))], KNOWN), {
      verdict: "contained",
      scope: "all-actions",
    });
  });
});
