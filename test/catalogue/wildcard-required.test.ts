import assert from "node:assert/strict";
import {
  type Action,
  expandAction,
  findAction,
  mayNameTypeOnly,
  needsEverything,
  WILDCARD_REQUIRED,
} from "../../policypack/catalogue";
import { vendorActions } from "./vendor";

/** `*`, or the types of which only the type can be named. */
function widestRequired(action: Action): string | undefined {
  if (needsEverything(action)) return "*";
  return action.resourceTypes.some((type) => mayNameTypeOnly(action, type)) ? "type/*" : undefined;
}

const widestOf = (name: string): string | undefined => {
  const action = findAction(name);
  assert.ok(action, `${name} is not in the data`);
  return widestRequired(action);
};

describe("catalogue/wildcard-required", () => {
  describe("the list", () => {
    for (const entry of WILDCARD_REQUIRED)
      it(entry.actions.join(" "), () => {
        for (const pattern of entry.actions) {
          const actions = expandAction(pattern);
          assert.notEqual(actions.length, 0, `${pattern} matches no action`);
          // An action without any resource type needs no entry.
          assert.ok(
            actions.some(({ resourceTypes }) => resourceTypes.length > 0),
            `${pattern} stands for nothing that needs an entry`,
          );
        }
        assert.ok(entry.reason.length > 10, "no reason");
        assert.match(entry.source, /^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
        for (const type of entry.types ?? [])
          assert.ok(
            entry.actions
              .flatMap(expandAction)
              .some(({ resourceTypes }) =>
                resourceTypes.some(({ name }) => name.endsWith(type.replace("*", ""))),
              ),
            `${type} is no type of these`,
          );
        if (entry.boundedBy !== undefined) assert.match(entry.boundedBy, /^[a-z0-9-]+:[A-Za-z-]+$/);
      });
    it("names no action twice", () => {
      const listed = WILDCARD_REQUIRED.flatMap(({ actions }) => actions.flatMap(expandAction)).map(
        ({ name }) => name,
      );
      assert.equal(new Set(listed).size, listed.length);
    });
    it("is spelled as AWS spells the actions", () => {
      for (const name of WILDCARD_REQUIRED.flatMap(({ actions }) => actions).filter(
        (action) => !/[*?]/.test(action),
      ))
        assert.equal(findAction(name)?.name, name);
    });
  });

  describe("needsEverything and mayNameTypeOnly", () => {
    const table: readonly (readonly [name: string, widest: "*" | "type/*" | undefined])[] = [
      // No resource type at all.
      ["rekognition:DetectLabels", "*"],
      ["rekognition:DetectFaces", "*"],
      ["s3:ListAllMyBuckets", "*"],
      ["sagemaker:ListEndpoints", "*"],
      ["ec2:DescribeInstances", "*"],
      // A type that the call need not carry.
      ["rekognition:DetectModerationLabels", "*"],
      ["cloudwatch:PutMetricData", "*"],
      ["comprehend:DetectEntities", "*"],
      ["polly:SynthesizeSpeech", "*"],
      ["translate:TranslateText", "*"],
      ["logs:DescribeLogGroups", "*"],
      // AWS makes up the name.
      ["comprehend:StartSentimentDetectionJob", "type/*"],
      ["comprehend:StartPiiEntitiesDetectionJob", "type/*"],
      ["comprehend:StartDominantLanguageDetectionJob", "type/*"],
      ["comprehend:StartTopicsDetectionJob", "type/*"],
      ["bedrock:CreateModelInvocationJob", "type/*"],
      ["ec2:CreateNetworkInterface", "type/*"],
      ["ec2:RunInstances", "type/*"],
      // What AWS named once the policy had been written is followed, and taken away.
      ["comprehend:StopSentimentDetectionJob", "type/*"],
      ["bedrock:StopModelInvocationJob", "type/*"],
      ["ec2:DeleteNetworkInterface", "type/*"],
      ["ec2:AssignPrivateIpAddresses", "type/*"],
      ["ec2:CreateFlowLogs", "type/*"],
      ["bedrock:GetModelCustomizationJob", "type/*"],
      ["bedrock:StopEvaluationJob", "type/*"],
      ["bedrock:InvokeModel", "type/*"],
      ["bedrock:GetAsyncInvoke", "type/*"],
      ["batch:SubmitJob", "type/*"],
      ["batch:TerminateJob", "type/*"],
      ["ssm:GetAutomationExecution", "type/*"],
      ["route53:GetChange", "type/*"],
      ["application-autoscaling:RegisterScalableTarget", "type/*"],
      // These can name their resources, and must.
      ["rekognition:DetectCustomLabels", undefined],
      ["rekognition:IndexFaces", undefined],
      ["s3:GetObject", undefined],
      ["s3:PutObject", undefined],
      ["s3:ListBucket", undefined],
      ["s3:ListBucketVersions", undefined],
      ["s3:GetBucketLocation", undefined],
      ["sagemaker:InvokeEndpoint", undefined],
      ["sagemaker:CreateTrainingJob", undefined],
      ["sagemaker:DescribeModel", undefined],
      ["iam:PassRole", undefined],
      ["lambda:InvokeFunction", undefined],
      ["dynamodb:Query", undefined],
      ["secretsmanager:GetSecretValue", undefined],
      ["kms:Decrypt", undefined],

      ["comprehend:DeleteDocumentClassifier", undefined],
      ["logs:PutLogEvents", undefined],
      ["ec2:TerminateInstances", undefined],
      ["bedrock:StopIngestionJob", undefined],
      ["route53:ChangeResourceRecordSets", undefined],
    ];
    for (const [name, widest] of table)
      it(`${name}: ${widest ?? "its resources can be named"}`, () => {
        assert.equal(widestOf(name), widest);
      });
    it("all of every Comprehend job that is started", () => {
      const started = expandAction("comprehend:Start*Job");
      assert.deepEqual(
        started.map(({ name }) => name).sort(),
        vendorActions((service, action) => service === "comprehend" && /^Start.*Job$/.test(action)),
      );
      assert.equal(started.length, 9);
      assert.deepEqual([...new Set(started.map(widestRequired))], ["type/*"]);
    });
    it("is * for all 6,724 actions without a resource type, and for few others", () => {
      const all = expandAction("*");
      const without = all.filter(({ resourceTypes }) => resourceTypes.length === 0);
      assert.equal(without.length, 6_724);
      assert.ok(without.every((action) => widestRequired(action) === "*"));
      const others = all.filter(
        (action) => action.resourceTypes.length > 0 && widestRequired(action) === "*",
      );
      assert.ok(others.length < 200, `${others.length} others`);
      // No action that reads or writes data is among them unless the list says so.
      const listed = new Set(WILDCARD_REQUIRED.flatMap(({ actions }) => actions.flatMap(expandAction)));
      assert.deepEqual(
        others
          .filter((action) => !listed.has(action) && !action.accessLevels.has("List"))
          .map(({ name }) => name),
        [],
      );
    });
    it("only the types whose names AWS makes up", () => {
      const run = findAction("ec2:RunInstances");
      assert.ok(run);
      const typeOnly = run.resourceTypes.filter((type) => mayNameTypeOnly(run, type)).map(({ name }) => name);
      assert.deepEqual(typeOnly.sort(), ["instance", "network-interface", "volume"]);
      const invoke = findAction("bedrock:InvokeModel");
      assert.deepEqual(
        invoke?.resourceTypes.filter((type) => mayNameTypeOnly(invoke, type)).map(({ name }) => name),
        ["async-invoke"],
      );
    });
    it("reading the tags of one resource names the resource", () => {
      assert.equal(widestOf("codecommit:ListTagsForResource"), undefined);
    });
  });
});
