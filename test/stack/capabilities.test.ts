import * as assert from "node:assert/strict";

import {
  approvedByDefault,
  emittableActions,
  existsIn,
  PARAMETERS,
  PLACE,
  TRUST_SOURCES,
} from "../../policypack/catalogue/capabilities";
import { DETECT_ACTIONS, SIDES } from "../../stack/description";
import { policyDocument, writeDocuments } from "../../stack/grants/documents";
import { explanationsOf } from "../../stack/grants/explain";
import { choicesOf, placeholdersOf } from "../../stack/grants/fill";
import { type WrittenStatement } from "../../stack/grants/statements";
import { CATALOGUE, PARTITION_NAMES, useOf, workflowOf } from "./every-capability";
import { deadParts } from "./dead-parts";

describe("the catalogue of capabilities", () => {
  it("holds these", () => {
    const of = (service: string) =>
      CATALOGUE.filter(({ id }) => id.startsWith(`${service}.`)).map(
        ({ id, side }) => id.slice(service.length + 1) + (side === "caller" ? "↑" : ""),
      );
    assert.deepEqual(
      Object.fromEntries(
        [...new Set(CATALOGUE.map(({ id }) => id.split(".")[0] ?? ""))].map((service) => [
          service,
          of(service).join(" "),
        ]),
      ),
      {
        s3: "list read readVersions write delete location",
        kms: "decrypt encrypt volumeGrant↑",
        ecr: "pull",
        logs: "write",
        metrics: "put",
        vpc: "eni eniAnywhere",
        sns: "publish",
        sagemaker:
          "train↑ process↑ tune↑ transform↑ automl↑ createModel↑ deployEndpoint↑ invokeEndpoint invokeStream invokeAsync readFeatures writeFeatures deleteFeatures readRegistry↑ registerModel↑ approveModel↑ runPipeline↑ putMetrics",
        rekognition:
          "detect compareFaces celebrities moderationAdapter searchFaces indexFaces manageFaces customLabels operateCustomLabels↑ video↑ videoFaceSearch↑ stream↑ liveness",
        bedrock:
          "invoke invokeGeoProfile invokeGlobalProfile invokeApplicationProfile applyGuardrail retrieve invokeAgent batch↑",
        textract: "analyze jobs↑",
        comprehend:
          "detect classify sentimentJob↑ targetedSentimentJob↑ entitiesJob↑ keyPhrasesJob↑ languageJob↑ topicsJob↑ piiJob↑ eventsJob↑",
        transcribe: "jobs↑ stream",
        polly: "synthesize",
        translate: "text",
      },
    );
  });

  it("can emit 178 actions, of which the default list approves all that neither destroy nor decide", () => {
    assert.equal(emittableActions.length, 178);
    assert.deepEqual(
      emittableActions.filter((action) => !approvedByDefault.includes(action)),
      [
        "rekognition:AssociateFaces",
        "rekognition:CreateUser",
        "rekognition:DeleteFaces",
        "rekognition:DeleteUser",
        "rekognition:DisassociateFaces",
        "s3:DeleteObject",
        "sagemaker:DeleteRecord",
        "sagemaker:UpdateModelPackage",
      ],
    );
  });

  it("offers each call of rekognition.detect in the configuration", () => {
    const [detect] = CATALOGUE.filter(({ id }) => id === "rekognition.detect");
    assert.ok(detect);
    assert.deepEqual([...choicesOf(detect)].sort(), DETECT_ACTIONS);
  });

  for (const {
    id,
    parameters,
    optional = [],
    selectable,
    statements,
    implies = [],
    trust,
    source,
    why,
  } of CATALOGUE) {
    it(`${id} names its parameters, its source and its reason`, () => {
      const texts = statements.flatMap(({ Resource, Condition = {} }) => [
        ...Resource,
        ...Object.values(Condition).flatMap((keys) => Object.values(keys).flat()),
      ]);
      const handedOn = implies.flatMap(({ id: other, with: renamed = {} }) => [
        ...Object.values(renamed).flatMap(placeholdersOf),
        ...(CATALOGUE.find((each) => each.id === other)?.parameters.filter((name) => !(name in renamed)) ??
          []),
      ]);
      const used = new Set<string>([
        ...texts.flatMap(placeholdersOf),
        ...handedOn,
        ...statements.flatMap(({ when }) => when ?? []),
      ]);
      for (const name of PLACE) used.delete(name);
      if (selectable) used.add("calls");
      assert.deepEqual([...parameters, ...optional].sort(), [...used].sort());
      for (const name of [...parameters, ...optional]) assert.ok(name in PARAMETERS, name);
      for (const { id: other } of implies)
        assert.ok(
          CATALOGUE.some((each) => each.id === other),
          other,
        );
      if (trust !== undefined) assert.ok(trust.feature in TRUST_SOURCES);
      const handsOver = statements.some(({ Action }) => Action.includes("iam:PassRole"));
      assert.ok(
        !handsOver || trust !== undefined,
        "a role is handed over to a service that cannot assume it",
      );
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/[^\s]+\.html$/);
      assert.match(why, /^[A-Z][^\n]+\.$/);
    });
  }

  it("sets aws:ResourceAccount on S3 and on nothing else", () => {
    for (const { id, statements } of CATALOGUE)
      for (const { Action, Condition } of statements)
        assert.equal(
          Condition?.["StringEquals"]?.["aws:ResourceAccount"],
          Action.every((action) => action.startsWith("s3:")) ? "${owner}" : undefined,
          id,
        );
  });
});

describe("every statement written, by AWS's service authorization reference,", () => {
  for (const partition of PARTITION_NAMES)
    for (const capability of CATALOGUE.filter(({ id }) => existsIn(id, partition)))
      it(`${capability.id} can take effect in ${partition}`, () => {
        for (const withOptional of [true, false])
          for (const side of SIDES) {
            const { Statement } = policyDocument(
              workflowOf([useOf(capability, partition, withOptional)], partition),
              side,
            );
            for (const statement of Statement as readonly WrittenStatement[])
              assert.deepEqual(deadParts(statement), [], statement.Sid);
          }
      });

  it("and what cannot is found", () => {
    const statement = { Sid: "X", Effect: "Allow" } as const;
    const bucket = "arn:aws:s3:::b";
    const table: readonly (readonly [Omit<WrittenStatement, "Sid" | "Effect">, readonly string[]])[] = [
      [
        { Action: "s3:ListBucket", Resource: `${bucket}/*` },
        ["s3:ListBucket has none of its resources", `no action is about ${bucket}/*`],
      ],
      [{ Action: "s3:GetObject", Resource: "*" }, ["s3:GetObject on *"]],
      [
        { Action: "rekognition:DetectLabels", Resource: bucket },
        ["rekognition:DetectLabels has none of its resources", `no action is about ${bucket}`],
      ],
      [
        {
          Action: "sagemaker:CreateTransformJob",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:transform-job/a-*",
          Condition: { Null: { "sagemaker:VpcSubnets": "false" } },
        },
        ["sagemaker:CreateTransformJob does not know sagemaker:VpcSubnets"],
      ],
      [
        {
          Action: "sagemaker:CreateTransformJob",
          Resource: "arn:aws:sagemaker:us-east-1:123456789012:transform-job/a-*",
          Condition: { StringEquals: { "sagemaker:InstanceTypes": "ml.m5.xlarge" } },
        },
        ["StringEquals does not compare sagemaker:InstanceTypes, of type ArrayOfString"],
      ],
    ];
    for (const [rest, expected] of table) assert.deepEqual(deadParts({ ...statement, ...rest }), expected);
    assert.throws(
      () => deadParts({ ...statement, Action: "sagemaker:GetModel", Resource: "*" }),
      /does not exist/,
    );
  });
});

describe("the explanation", () => {
  it("has each statement once, with the capabilities it stands for, their reason and source", () => {
    for (const capability of CATALOGUE) {
      const written = writeDocuments(workflowOf([useOf(capability, "aws")]));
      assert.ok("identities" in written);
      const explanations = explanationsOf(written.identities);
      assert.deepEqual(
        explanations.map(({ side, statement }) => [side, statement]),
        written.identities.flatMap(({ side, policies }) =>
          policies.flatMap(({ json }) =>
            (JSON.parse(json) as { readonly Statement: readonly WrittenStatement[] }).Statement.map(
              ({ Sid }) => [side, Sid],
            ),
          ),
        ),
      );
      for (const { capabilities } of explanations) {
        assert.ok(capabilities.length > 0);
        for (const { id, why, source } of capabilities)
          assert.deepEqual(
            [{ why, source }],
            CATALOGUE.filter((each) => each.id === id).map((each) => ({
              why: each.why,
              source: each.source,
            })),
          );
      }
      assert.ok(explanations.some(({ capabilities }) => capabilities.some(({ id }) => id === capability.id)));
    }
  });
});
