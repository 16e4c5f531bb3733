import assert from "node:assert/strict";
import { approvedByDefault, approvedPolicy, findAction, KNOWN } from "../../policypack/catalogue";
import { approvedCapabilities, capabilities, type Capability } from "../../policypack/catalogue/capabilities";
import { contains, type Json, parseDocument, type Reading } from "../../policypack/iam";
import { policyDocument } from "../../stack/grants/documents";
import { SIDES } from "../../stack/description";
import { PARTITION_NAMES, useOf, workflowOf } from "../stack/every-capability";

const read = (document: unknown): Reading => {
  const reading = parseDocument(document as Json);
  assert.deepEqual(reading.problems, []);
  return reading;
};
const APPROVED = read(approvedPolicy);

describe("catalogue/approved-policy", () => {
  it("has every approved action, and no other", () => {
    const actions = new Set(approvedPolicy.Statement.flatMap(({ Action }) => Action));
    assert.deepEqual([...actions].sort(), approvedByDefault);
  });
  it("leaves out what destroys and what decides", () => {
    const all: readonly Capability[] = capabilities;
    assert.deepEqual(
      all.filter((capability) => !approvedCapabilities.includes(capability)).map(({ id }) => id),
      [
        "s3.delete",
        "vpc.eniAnywhere",
        "sagemaker.deleteFeatures",
        "sagemaker.approveModel",
        "rekognition.manageFaces",
      ],
    );
    for (const action of ["s3:DeleteObject", "rekognition:DeleteFaces", "sagemaker:UpdateModelPackage"])
      assert.ok(!approvedByDefault.includes(action), action);
  });
  it("has a statement for each one of a capability, parameters opened", () => {
    const of = (sid: string) =>
      approvedPolicy.Statement.filter(({ Sid }) => Sid === sid).map(({ Resource, Condition }) => [
        Resource,
        Condition,
      ]);
    const table: readonly (readonly [string, readonly string[], unknown])[] = [
      ["S3List", ["arn:*:s3:::*"], undefined],
      ["S3Read", ["arn:*:s3:::*/*"], undefined],
      ["KmsDecrypt", ["arn:*:kms:*:*:key/*"], { StringLike: { "kms:ViaService": ["s3.*.*"] } }],
      ["EcrPull", ["arn:*:ecr:*:*:repository/*"], undefined],
      ["EcrPull2", ["*"], undefined],
      ["MetricsPut", ["*"], undefined],
      ["SagemakerTrain", ["arn:*:sagemaker:*:*:training-job/*"], undefined],
      [
        "SagemakerTrain3",
        ["arn:*:sagemaker:*:*:training-job/*"],
        { StringEquals: { "sagemaker:TaggingAction": ["CreateTrainingJob"] } },
      ],
      [
        "SagemakerTrain4",
        ["arn:*:iam::*:role/*"],
        { StringEquals: { "iam:PassedToService": ["sagemaker.amazonaws.com"] } },
      ],
      ["RekognitionDetect", ["*"], undefined],
      ["RekognitionSearchFaces", ["arn:*:rekognition:*:*:collection/*"], undefined],
      ["RekognitionCustomLabels", ["arn:*:rekognition:*:*:project/*"], undefined],
      [
        "BedrockInvokeGeoProfile2",
        ["arn:*:bedrock:*::foundation-model/*"],
        { ArnLike: { "bedrock:InferenceProfileArn": ["arn:*:bedrock:*:*:inference-profile/*.*"] } },
      ],
    ];
    for (const [sid, resources, condition] of table) assert.deepEqual(of(sid), [[resources, condition]], sid);
    const allowed = approvedCapabilities.flatMap(({ statements }) =>
      statements.filter(({ Effect }) => Effect !== "Deny"),
    );
    assert.equal(approvedPolicy.Statement.length, allowed.length);
  });
  it("names no resource that its action does not have", () => {
    for (const { Action, Resource } of approvedPolicy.Statement)
      for (const name of Action)
        assert.equal(Resource.includes("*") || (findAction(name)?.resourceTypes.length ?? 0) > 0, true, name);
  });
  for (const partition of PARTITION_NAMES)
    for (const withOptional of [true, false])
      it(`is proved to hold what the stack writes in ${partition}${withOptional ? "" : ", with no more than it needs"}`, () => {
        const approved = new Set(approvedCapabilities.map(({ id }) => id));
        for (const capability of approvedCapabilities) {
          // What comes with it may itself have to be reviewed: the network of a processing job in a VPC.
          const isWhole = (capability.implies ?? []).every(({ id }) => approved.has(id));
          const workflow = workflowOf([useOf(capability, partition, withOptional)], partition);
          for (const side of SIDES) {
            const written = policyDocument(workflow, side);
            const name = `${capability.id} ${side}`;
            if (written.Statement.length === 0) continue;
            const answer = contains([APPROVED], [read(written)], KNOWN);
            if (withOptional && side === "execution" && !isWhole)
              assert.equal(answer.verdict, "exceeds", name);
            else assert.deepEqual(answer, { verdict: "contained", scope: "all-actions" }, name);
          }
        }
      });
});
