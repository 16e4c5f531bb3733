/** The level `remediate`, with properties as the SDK hands them over and takes them back. */
import assert from "node:assert/strict";
import type { ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { unknownCheckingProxy } from "@pulumi/policy";
import * as sdk from "@pulumi/policy/deserialize";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { secret, UNKNOWN_STRING, type WireObject, type WireValue } from "../../policypack/host/registration";
import { createPack } from "../../policypack/pulumi/pack";
import { allow, CLEAN, trust } from "../rules/cases";

const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
const BUCKET = "arn:aws:s3:::example-bucket/*";
const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";
const BAD = allow("s3:GetObject", "*") as WireObject;
const GOOD = allow("s3:GetObject", BUCKET) as WireObject;
const document = (...statements: readonly WireObject[]): WireObject => ({
  Version: "2012-10-17",
  Id: "kept",
  Statement: statements,
});
const text = (...statements: readonly WireObject[]): string => JSON.stringify(document(...statements));
const SAGEMAKER = trust({ Service: "sagemaker.amazonaws.com" }) as WireObject;
const BOUND = {
  ...SAGEMAKER,
  Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
} as WireObject;

const OPTIONS: Readonly<Record<string, object>> = {
  "no-wildcard-resource": { resources: [BUCKET] },
  "confused-deputy": { account: "123456789012" },
  "permissions-boundary": { boundaries: [BOUNDARY] },
};

// The SDK has no types for what it does to properties on their way.
const { deserializeProperties, serializeProperties } = sdk as unknown as {
  readonly deserializeProperties: (props: Struct, withSecrets: boolean) => object;
  readonly serializeProperties: (props: object) => Promise<unknown>;
};
const incoming = (props: WireObject): Record<string, unknown> =>
  (unknownCheckingProxy as unknown as (props: object) => Record<string, unknown>)(
    deserializeProperties(Struct.fromJavaScript(props), true),
  );

/** The properties as one policy leaves them, on the wire; undefined where it changes nothing. */
async function remediated(name: string, type: string, props: WireObject): Promise<unknown> {
  const policy = createPack().policies.find((each) => each.name === name) as ResourceValidationPolicy;
  const args = {
    type,
    name: "x",
    urn: `urn:pulumi:dev::project::${type}::x`,
    props: incoming(props),
    getConfig: () => OPTIONS[name] ?? {},
  } as unknown as ResourceValidationArgs;
  const result = await policy.remediateResource?.(args);
  return result === undefined ? undefined : await serializeProperties(result);
}

type Row = readonly [
  name: string,
  rule: string,
  type: string,
  before: WireObject,
  after: WireObject | undefined,
];
const row = (
  name: string,
  type: string,
  before: WireObject,
  after: WireObject | undefined,
  rule = "no-wildcard-resource",
): Row => [name, rule, type, before, after];
const onPolicy = (name: string, before: WireValue, after: WireValue | undefined): Row =>
  row(
    name,
    "aws:iam/policy:Policy",
    { policy: before, tags: { a: "b" } },
    after === undefined ? undefined : { policy: after, tags: { a: "b" } },
  );
const onNative = (name: string, before: WireValue, after: WireValue | undefined): Row =>
  row(
    name,
    "aws-native:iam:ManagedPolicy",
    { policyDocument: before },
    after === undefined ? undefined : { policyDocument: after },
  );

const table: readonly Row[] = [
  onPolicy("a text", text(CLEAN as WireObject, BAD), text(CLEAN as WireObject, GOOD)),
  onPolicy("a text with white space", JSON.stringify(document(BAD), undefined, 2), text(GOOD)),
  onPolicy("an object", document(BAD), document(GOOD)),
  onPolicy("a secret text", secret(text(BAD)), secret(text(GOOD))),
  onPolicy("a clean text", text(GOOD), undefined),
  onPolicy("what is not known", UNKNOWN_STRING, undefined),
  onPolicy("a secret that is not known", secret(UNKNOWN_STRING), undefined),
  onPolicy("what is no JSON", "{", undefined),
  onPolicy("a key that stands twice", text(BAD).replace('"Id"', '"Version":"2012-10-17","Id"'), undefined),
  onNative("an object of aws-native", document(BAD), document(GOOD)),
  onNative("a text of aws-native", text(BAD), text(GOOD)),
  onNative("a secret object", secret(document(BAD)), secret(document(GOOD))),
  onNative(
    "a secret somewhere in an object",
    document({ ...(CLEAN as WireObject), Resource: secret(BUCKET) }, BAD),
    secret(document({ ...(CLEAN as WireObject), Resource: BUCKET }, GOOD)),
  ),
  onNative(
    "an object of which something is not known",
    document({ ...BAD, Resource: UNKNOWN_LIST }, { ...GOOD, Action: [UNKNOWN_STRING] }, BAD),
    document({ ...BAD, Resource: UNKNOWN_LIST }, { ...GOOD, Action: [UNKNOWN_STRING] }, GOOD),
  ),
  onNative(
    "a statement of which something is not known",
    document({ ...BAD, Sid: UNKNOWN_STRING }),
    undefined,
  ),
  row(
    "inline policies of a role, in place",
    "aws:iam/role:Role",
    {
      assumeRolePolicy: text(SAGEMAKER),
      inlinePolicies: [
        { name: "a", policy: text(GOOD) },
        { name: "b", policy: secret(text(BAD)) },
      ],
    },
    {
      assumeRolePolicy: text(SAGEMAKER),
      inlinePolicies: [
        { name: "a", policy: text(GOOD) },
        { name: "b", policy: secret(text(GOOD)) },
      ],
    },
  ),
  row(
    "inline policies of which one is not known",
    "aws:iam/role:Role",
    { inlinePolicies: [{ policy: UNKNOWN_STRING }, { policy: text(BAD) }] },
    { inlinePolicies: [{ policy: UNKNOWN_STRING }, { policy: text(GOOD) }] },
  ),
  row(
    "a secret list of inline policies",
    "aws-native:iam:Role",
    { policies: secret([{ policyName: "a", policyDocument: document(BAD) }]) },
    { policies: secret([{ policyName: "a", policyDocument: document(GOOD) }]) },
  ),
  row(
    "a permission set",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    { inlinePolicy: text(BAD) },
    { inlinePolicy: text(GOOD) },
  ),
  row(
    "an extension of aws-native",
    "aws-native:index:ExtensionResource",
    { type: "AWS::IAM::ManagedPolicy", properties: { PolicyDocument: document(BAD) } },
    { type: "AWS::IAM::ManagedPolicy", properties: { PolicyDocument: document(GOOD) } },
  ),
  row(
    "a state that is a text",
    "aws:cloudcontrol/resource:Resource",
    { typeName: "AWS::IAM::ManagedPolicy", desiredState: JSON.stringify({ PolicyDocument: document(BAD) }) },
    undefined,
  ),
  row(
    "a template",
    "aws:cloudformation/stack:Stack",
    {
      templateBody: JSON.stringify({
        Resources: { P: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: document(BAD) } } },
      }),
    },
    undefined,
  ),
  row("a child of a Terraform module", "mod:tf:aws_iam_policy", { policy: text(BAD) }, undefined),
  row(
    "a trust policy",
    "aws:iam/role:Role",
    { assumeRolePolicy: secret(text(SAGEMAKER)) },
    { assumeRolePolicy: secret(text(BOUND)) },
    "confused-deputy",
  ),
  row(
    "a trust policy of aws-native",
    "aws-native:iam:Role",
    { assumeRolePolicyDocument: document(SAGEMAKER) },
    { assumeRolePolicyDocument: document(BOUND) },
    "confused-deputy",
  ),
  ...(
    [
      ["a role without a boundary", "aws:iam/role:Role", {}, { permissionsBoundary: BOUNDARY }],
      [
        "an empty boundary",
        "aws:iam/user:User",
        { permissionsBoundary: "" },
        { permissionsBoundary: BOUNDARY },
      ],
      ["a role of aws-native", "aws-native:iam:Role", {}, { permissionsBoundary: BOUNDARY }],
      ["another boundary", "aws:iam/role:Role", { permissionsBoundary: `${BOUNDARY}-2` }, undefined],
      [
        "a boundary that is not known",
        "aws:iam/role:Role",
        { permissionsBoundary: UNKNOWN_STRING },
        undefined,
      ],
      ["a group", "aws:iam/group:Group", {}, undefined],
      ["a policy", "aws:iam/policy:Policy", {}, undefined],
    ] as const
  ).map(([name, type, before, after]) => row(name, type, before, after, "permissions-boundary")),
];

describe("a remediation", () => {
  for (const [name, rule, type, before, after] of table)
    it(`by ${rule}: ${name}${after === undefined ? " stays" : ""}`, async () => {
      assert.deepEqual(await remediated(rule, type, before), after);
      // Once is enough.
      if (after !== undefined) assert.equal(await remediated(rule, type, after), undefined);
    });
});
