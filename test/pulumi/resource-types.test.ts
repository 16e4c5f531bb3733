/** The table of resource types against the declarations of the installed @pulumi/aws. */
import assert from "node:assert/strict";
import { holdingsOf, isDocumentProperty, RESOURCE_TYPES } from "../../policypack/pulumi/resource-types";
import { nestedInputs, type Property, resources } from "./declarations";
import { NOT_POLICIES } from "./not-policies";

/** A text, an untyped value, or a document; and a name that documents have. */
const HOLDS_TEXT = /^pulumi\.Input<(string\b|any\b)|PolicyDocument\b/;
const DOCUMENT_NAME = /polic(y|ies)|document|^content$|^template(Body|Url)$|^desiredState$|^statement$/i;
const NO_DOCUMENT_NAME = /(Arns?|Ids?|Names?|Types?|Version|Revision|Format|Language|Runtime|Hash|Location)$/;
const mayHoldPolicy = ({ name, type }: Property): boolean =>
  HOLDS_TEXT.test(type) && DOCUMENT_NAME.test(name) && !NO_DOCUMENT_NAME.test(name);

const exceptions = Object.values(NOT_POLICIES).flatMap((names) => names.trim().split(/\s+/));
const declared = resources();
const nested = nestedInputs();

/** The rows about a resource of the AWS provider: `iam/role`, and what it holds. */
const rows = [...RESOURCE_TYPES].flatMap(([type, holdings]) => {
  const name = /^aws:(.*):\w+$/.exec(type)?.[1];
  return name === undefined ? [] : [{ name, type, holdings }];
});

/** The declared property at a path, and what it is called: `iam/role.policy` or `iam.RoleInlinePolicy.policy`. */
function declaredAt(name: string, [first = "", ...rest]: readonly string[]): [string, Property] | undefined {
  let at = name;
  let property = declared.get(name)?.find((candidate) => candidate.name === first);
  for (const step of rest) {
    at = /inputs\.(\w+\.\w+)/.exec(property?.type ?? "")?.[1] ?? "";
    property = nested.get(at)?.find((candidate) => candidate.name === step);
  }
  return property === undefined ? undefined : [`${at}.${property.name}`, property];
}

describe("the table of resource types", () => {
  const held = new Set<string>();
  it("has only properties that @pulumi/aws declares, required where they are", () => {
    for (const { name, type, holdings } of rows)
      for (const { path, required } of holdings) {
        const [at, property] = declaredAt(name, path) ?? [];
        assert.ok(at !== undefined && property !== undefined, `${type} ${path.join(".")}`);
        assert.equal(!property.optional, required, `${type} ${path.join(".")}: required`);
        held.add(at);
      }
    assert.ok(rows.length > 70, String(rows.length));
  });
  it("has every property that is named like a policy document and is not known to be none", () => {
    const candidates = [
      ...[...declared].flatMap(([name, properties]) =>
        properties.map((property) => [name, property] as const),
      ),
      // Results of functions are no inputs of resources.
      ...[...nested]
        .filter(([name]) => !/\.Get[A-Z]/.test(name))
        .flatMap(([name, properties]) => properties.map((property) => [name, property] as const)),
    ].flatMap(([name, property]) => (mayHoldPolicy(property) ? [`${name}.${property.name}`] : []));
    assert.deepEqual(
      candidates.filter((candidate) => !held.has(candidate) && !exceptions.includes(candidate)),
      [],
    );
    assert.deepEqual(
      exceptions.filter((exception) => !candidates.includes(exception) || held.has(exception)),
      [],
      "exceptions that are none",
    );
  });
  it("names the types of aws-native and of Terraform as they do", () => {
    for (const type of [
      "aws-native:iam:ManagedPolicy",
      "aws-native:s3:BucketPolicy",
      "aws-native:sagemaker:ModelPackageGroup",
      "aws-native:secretsmanager:ResourcePolicy",
      "aws-native:cloudformation:Stack",
      "aws-native:index:ExtensionResource",
      ...[
        "iam_policy",
        "iam_role",
        "iam_role_policy",
        "s3_bucket_policy",
        "vpc_endpoint",
        "api_gateway_rest_api",
      ].map((name) => `m:tf:aws_${name}`),
      ...["kms_key", "lambda_permission", "cloudcontrolapi_resource", "cloudformation_stack_set"].map(
        (name) => `m:tf:aws_${name}`,
      ),
      ...["s3vectors_vector_bucket_policy", "bedrockagentcore_resource_policy", "sqs_queue"].map(
        (name) => `m:tf:aws_${name}`,
      ),
    ])
      assert.ok(holdingsOf(type) !== undefined, type);
  });
  it("is asked for resources of programs, not for types inside templates", () => {
    for (const type of ["AWS::IAM::Role", "aws_iam_role", "pulumi:pulumi:Stack", "m:x:aws_iam_role"])
      assert.equal(holdingsOf(type), undefined, type);
  });
  it("says which objects the AWS provider makes texts of", () => {
    assert.ok(isDocumentProperty("aws:s3/bucketPolicy:BucketPolicy", "policy"));
    assert.ok(isDocumentProperty("aws:iam/role:Role", "assumeRolePolicy"));
    assert.ok(!isDocumentProperty("aws:iam/role:Role", "inlinePolicies"));
    assert.ok(!isDocumentProperty("aws-native:iam:ManagedPolicy", "policyDocument"));
    assert.ok(!isDocumentProperty("aws:sqs/queue:Queue", "redrivePolicy"));
  });
});
