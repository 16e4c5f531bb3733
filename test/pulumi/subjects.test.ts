import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import { evaluate, readConfiguration } from "../../policypack/engine";
import { documentsOf } from "../../policypack/pulumi/subjects";
import { RESOURCE_TYPES } from "../../policypack/pulumi/resource-types";
import { readableDocument, rules } from "../../policypack/rules";
import { UNKNOWN_STRING } from "../../policypack/host/registration";
import { CLEAN } from "../rules/cases";

// The SDK exports it without its types.
const asPolicySees = unknownCheckingProxy as unknown as (props: object) => object;
const DOCUMENT = { Version: "2012-10-17", Statement: [CLEAN] };
const TEXT = JSON.stringify(DOCUMENT);
const PARTLY = { ...DOCUMENT, Statement: [{ ...CLEAN, Resource: ["*", UNKNOWN_STRING] }] };
const UNKNOWN_LIST = "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2";
const UNKNOWN_OBJECT = "dd056dcd-154b-4c76-9bd3-c8f88648b5ff";
const FOR_ALL = { ...CLEAN, Principal: "*" };
const ON_RESOURCE = { Version: "2012-10-17", Statement: [FOR_ALL] };
const TRUST = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
};

const documents = (type: string, props: Record<string, unknown>) =>
  documentsOf({ type, name: "x", urn: "urn", props: asPolicySees(props) });

/** Each document in short: where it stands, what it is, how many statements it has, `!` its problems, `?` what is not known. */
const seen = (type: string, props: Record<string, unknown>): readonly string[] | undefined =>
  documents(type, props)?.map(({ subject, kind, reading }) =>
    [
      "property" in subject ? subject.property : "",
      kind,
      String(reading.document.statements.length),
      ...reading.problems.map(({ code, path }) => `!${code}${path === "" ? "" : `@${path}`}`),
      ...reading.unknown.map((path) => `?${path}`),
    ].join(" "),
  );

type Row = readonly [
  name: string,
  type: string,
  props: Record<string, unknown>,
  expected: readonly string[] | undefined,
];
const holds = (table: readonly Row[]): void => {
  for (const [name, type, props, expected] of table)
    it(name, () => {
      assert.deepEqual(seen(type, props), expected);
    });
};

const POLICY = "aws:iam/policy:Policy";
describe("the document of a property", () => {
  holds([
    ["may be a text", POLICY, { policy: TEXT }, ["policy identity 1"]],
    ["may be an object", POLICY, { policy: DOCUMENT }, ["policy identity 1"]],
    ["may be unknown", POLICY, { policy: UNKNOWN_STRING }, ["policy identity 0 ?"]],
    [
      "is read around what is unknown",
      POLICY,
      { policy: PARTLY },
      ["policy identity 1 ?Statement[0].Resource[1]"],
    ],
    [
      "may have unknown statements",
      POLICY,
      { policy: { Statement: UNKNOWN_LIST } },
      ["policy identity 0 ?Statement"],
    ],
    ["is no number", POLICY, { policy: 7 }, ["policy identity 0 !wrong-type"]],
    ["is not null", POLICY, { policy: null }, ["policy identity 0 !wrong-type"]],
    ["is not left out", POLICY, {}, ["policy identity 0 !wrong-type"]],
    ["is no empty text", POLICY, { policy: "" }, ["policy identity 0 !not-json"]],
    ["may be left out where it is optional", "aws:kms/key:Key", {}, []],
    ["may be empty where it is optional", "aws:kms/key:Key", { policy: "" }, []],
    ["may be null where it is optional", "aws:kms/key:Key", { policy: null }, []],
    ["is not looked for elsewhere", "aws:ec2/instance:Instance", { policy: "{" }, undefined],
    ["is not looked for in the stack", "pulumi:pulumi:Stack", { policy: "{" }, undefined],
  ]);
});

describe("the documents of a role", () => {
  const type = "aws:iam/role:Role";
  const trust = "assumeRolePolicy trust 1";
  const role = (inlinePolicies: unknown) => ({ assumeRolePolicy: TRUST, inlinePolicies });
  holds([
    ["are its trust policy", type, { assumeRolePolicy: TRUST }, [trust]],
    ["lack a trust policy", type, {}, ["assumeRolePolicy trust 0 !wrong-type"]],
    ["may be an empty inline policy", type, role([{}]), [trust]],
    [
      "are each inline policy",
      type,
      role([
        { name: "a", policy: TEXT },
        { name: "b", policy: "{" },
      ]),
      ["inlinePolicies[0].policy identity 1", "inlinePolicies[1].policy identity 0 !not-json", trust],
    ],
    [
      "are unknown each",
      type,
      role([{ policy: UNKNOWN_STRING }, { policy: TEXT }]),
      ["inlinePolicies[0].policy identity 0 ?", "inlinePolicies[1].policy identity 1", trust],
    ],
    ["are unknown as an item", type, role([UNKNOWN_OBJECT]), ["inlinePolicies[0] identity 0 ?", trust]],
    ["are an unknown list", type, role(UNKNOWN_LIST), ["inlinePolicies identity 0 ?", trust]],
    ["are no text", type, role("x"), ["inlinePolicies identity 0 !not-json", trust]],
    ["are no numbers", type, role([3]), ["inlinePolicies[0] identity 0 !wrong-type", trust]],
    [
      "are objects in aws-native",
      "aws-native:iam:Role",
      {
        assumeRolePolicyDocument: TRUST,
        policies: [
          { policyName: "a", policyDocument: PARTLY },
          { policyName: "b", policyDocument: UNKNOWN_OBJECT },
        ],
      },
      [
        "policies[0].policyDocument identity 1 ?Statement[0].Resource[1]",
        "policies[1].policyDocument identity 0 ?",
        "assumeRolePolicyDocument trust 1",
      ],
    ],
  ]);
});

describe("the kind of a document", () => {
  const policy = { policy: JSON.stringify(ON_RESOURCE) };
  const organizations = "aws:organizations/policy:Policy";
  holds([
    [
      "is identity for an inline policy",
      "aws:iam/rolePolicy:RolePolicy",
      { policy: TEXT },
      ["policy identity 1"],
    ],
    [
      "is permission-set",
      "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
      { inlinePolicy: TEXT },
      ["inlinePolicy permission-set 1"],
    ],
    ["is session", "aws:rolesanywhere/profile:Profile", { sessionPolicy: TEXT }, ["sessionPolicy session 1"]],
    ["is endpoint", "aws:ec2/vpcEndpoint:VpcEndpoint", policy, ["policy endpoint 1"]],
    ["is resource", "aws:s3/bucketPolicy:BucketPolicy", policy, ["policy resource 1"]],
    [
      "is resource within a block",
      "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy",
      {
        details: { name: "a", ...policy },
      },
      ["details.policy resource 1"],
    ],
    [
      "is resource in aws-native",
      "aws-native:sagemaker:ModelPackageGroup",
      {
        modelPackageGroupPolicy: ON_RESOURCE,
      },
      ["modelPackageGroupPolicy resource 1"],
    ],
    [
      "is resource for each replica",
      "aws-native:dynamodb:GlobalTable",
      {
        replicas: [{ region: "a" }, { resourcePolicy: { policyDocument: ON_RESOURCE } }],
      },
      ["replicas[1].resourcePolicy.policyDocument resource 1"],
    ],
    ["is service-control without a type", organizations, { content: TEXT }, ["content service-control 1"]],
    [
      "is resource-control by its type",
      organizations,
      {
        type: "RESOURCE_CONTROL_POLICY",
        content: JSON.stringify(ON_RESOURCE),
      },
      ["content resource-control 1"],
    ],
    ["is none for a policy about tags", organizations, { type: "TAG_POLICY", content: "{" }, []],
    [
      "is not known where the type is not",
      organizations,
      { type: UNKNOWN_STRING, content: TEXT },
      ["content service-control 0 ?"],
    ],
  ]);
});

describe("a resource policy that implies its resource", () => {
  const statement = { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
  const document = { Version: "2012-10-17", Statement: [statement] };
  holds([
    [
      "may leave it out in ECR",
      "aws:ecr/repositoryPolicy:RepositoryPolicy",
      { policy: document },
      ["policy resource 1"],
    ],
    [
      "may leave it out in EFS",
      "aws-native:efs:FileSystem",
      { fileSystemPolicy: document },
      ["fileSystemPolicy resource 1"],
    ],
    [
      "may name it",
      "aws:efs/fileSystemPolicy:FileSystemPolicy",
      { policy: ON_RESOURCE },
      ["policy resource 1"],
    ],
    [
      "may not leave it out in S3",
      "aws:s3/bucketPolicy:BucketPolicy",
      { policy: document },
      ["policy resource 0 !missing-element@Statement[0]"],
    ],
  ]);
});

describe("the statement that a permission makes", () => {
  const made = (type: string, props: Record<string, unknown>) =>
    documents(type, props)?.map(({ reading }) => reading.document.statements[0]?.source);
  const permission = "aws:lambda/permission:Permission";
  const props = { function: "f", action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" };
  const statement = {
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "lambda:InvokeFunction",
  };
  it("is for a service", () => {
    assert.deepEqual(made(permission, props), [statement]);
  });
  it("is for everybody, an account or an identity", () => {
    for (const [principal, expected] of [
      ["*", "*"],
      ["123456789012", { AWS: "123456789012" }],
      ["arn:aws:iam::123456789012:role/a.b", { AWS: "arn:aws:iam::123456789012:role/a.b" }],
    ])
      assert.deepEqual(made(permission, { ...props, principal }), [{ ...statement, Principal: expected }]);
  });
  it("is narrowed by what narrows the permission", () => {
    const narrow = {
      sourceArn: "arn:aws:s3:::b",
      sourceAccount: "123456789012",
      principalOrgId: "o-abcdefghij",
    };
    const condition = {
      ArnLike: { "aws:SourceArn": "arn:aws:s3:::b" },
      StringEquals: { "aws:SourceAccount": "123456789012", "aws:PrincipalOrgID": "o-abcdefghij" },
    };
    assert.deepEqual(made(permission, { ...props, ...narrow }), [{ ...statement, Condition: condition }]);
    assert.deepEqual(made("aws-native:lambda:Permission", { ...props, ...narrow }), [
      { ...statement, Condition: condition },
    ]);
  });
  it("is about events where nothing is said, and narrowed by a condition written out", () => {
    const event = "aws:cloudwatch/eventPermission:EventPermission";
    const condition = { key: "aws:PrincipalOrgID", type: "StringEquals", value: "o-abcdefghij" };
    assert.deepEqual(made(event, { principal: "*", statementId: "s", condition }), [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "events:PutEvents",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      },
    ]);
  });
  holds([
    ["is one of a resource policy", permission, props, ["statement resource 1"]],
    [
      "is known around what is not",
      permission,
      { ...props, sourceArn: UNKNOWN_STRING },
      ["statement resource 1 ?Statement.Condition.ArnLike.aws:SourceArn"],
    ],
    [
      "may have an unknown principal",
      permission,
      { ...props, principal: UNKNOWN_STRING },
      ["statement resource 1 ?Statement.Principal"],
    ],
    [
      "may have an unknown condition",
      "aws:cloudwatch/eventPermission:EventPermission",
      {
        principal: "*",
        condition: { key: UNKNOWN_STRING, type: "StringEquals", value: "x" },
      },
      ["statement resource 1 ?Statement.Condition"],
    ],
    ["may stand written out", "AWS::Events::EventBusPolicy", {}, undefined],
    [
      "may stand written out in aws-native",
      "aws-native:events:EventBusPolicy",
      { statement: FOR_ALL },
      ["statement resource 1"],
    ],
  ]);
});

describe("what the URL of a function adds to its policy", () => {
  const url = "aws:lambda/functionUrl:FunctionUrl";
  const of = (authorizationType: unknown) => ({ functionName: "f", authorizationType });
  holds([
    ["is a statement where it asks nobody who they are", url, of("NONE"), ["authorizationType resource 1"]],
    ["is nothing where it does", url, of("AWS_IAM"), []],
    ["is not known while that is not", url, of(UNKNOWN_STRING), ["authorizationType resource 0 ?"]],
    ["is not left out", url, {}, ["authorizationType resource 0 !wrong-type"]],
    ["is nothing in aws-native", "aws-native:lambda:Url", { authType: "NONE" }, undefined],
    [
      "is the same in Terraform",
      "m:tf:aws_lambda_function_url",
      { authorization_type: "NONE" },
      ["authorization_type resource 1"],
    ],
  ]);
  it("opens it to everybody, which the property undoes and no statement", () => {
    const { rules: configured } = readConfiguration(rules, {});
    const found = evaluate(configured, documents(url, of("NONE")) ?? [], readableDocument);
    assert.deepEqual(
      found.map(({ rule, level, fix, data }) => [rule, level, fix, data["action"]]),
      [["no-public-access", "mandatory", "set `authorizationType` to `AWS_IAM`", "lambda:InvokeFunctionUrl"]],
    );
  });
});

describe("the documents of a resource of Cloud Control", () => {
  const type = "aws:cloudcontrol/resource:Resource";
  const role = { AssumeRolePolicyDocument: TRUST, Policies: [{ PolicyName: "a", PolicyDocument: DOCUMENT }] };
  const state = (desiredState: unknown, typeName: unknown = "AWS::IAM::Role") => ({ typeName, desiredState });
  holds([
    [
      "are those of its state",
      type,
      state(JSON.stringify(role)),
      ["desiredState.Policies[0].PolicyDocument identity 1", "desiredState.AssumeRolePolicyDocument trust 1"],
    ],
    ["are none of another type", type, state("{}", "AWS::S3::Bucket"), []],
    ["are unknown with the state", type, state(UNKNOWN_STRING), ["desiredState identity 0 ?"]],
    ["are unknown with the type", type, state("{}", UNKNOWN_STRING), ["desiredState identity 0 ?"]],
    ["are not read from what is no JSON", type, state("{"), ["desiredState identity 0 !not-json"]],
    ["are not read from a list", type, state("[]"), ["desiredState identity 0 ?"]],
    [
      "are not hidden behind a second one",
      type,
      state('{"PolicyDocument":{},"PolicyDocument":{"Statement":[]}}', "AWS::IAM::UserPolicy"),
      ["desiredState identity 0 !duplicate-key@PolicyDocument", "desiredState.PolicyDocument identity 0"],
    ],
    ["are those of a type of one letter case", type, state("{}", "aws_iam_role"), []],
    [
      "are those of an extension",
      "aws-native:index:ExtensionResource",
      {
        type: "AWS::IAM::ManagedPolicy",
        properties: { PolicyDocument: PARTLY },
      },
      ["properties.PolicyDocument identity 1 ?Statement[0].Resource[1]"],
    ],
    [
      "are unknown with the properties of an extension",
      "aws-native:index:ExtensionResource",
      {
        type: "AWS::IAM::ManagedPolicy",
        properties: UNKNOWN_OBJECT,
      },
      ["properties identity 0 ?"],
    ],
    [
      "are none of another extension",
      "aws-native:index:ExtensionResource",
      {
        type: "Acme::Some::Thing",
        properties: { PolicyDocument: "{" },
      },
      [],
    ],
  ]);
});

describe("the documents of a CloudFormation template", () => {
  const type = "aws:cloudformation/stack:Stack";
  const template = (resource: unknown, more: object = {}) => ({
    templateBody: JSON.stringify({ Resources: { R: resource }, ...more }),
  });
  const managed = (document: unknown) => ({
    Type: "AWS::IAM::ManagedPolicy",
    Properties: { PolicyDocument: document },
  });
  const at = "templateBody.Resources.R.Properties.PolicyDocument";
  const yaml = (text: string) => ({ templateBody: text });
  holds([
    ["are read from JSON", type, template(managed(DOCUMENT)), [`${at} identity 1`]],
    ["may be texts themselves", type, template(managed(TEXT)), [`${at} identity 1`]],
    [
      "are those of a stack set",
      "aws:cloudformation/stackSet:StackSet",
      template(managed(DOCUMENT)),
      [`${at} identity 1`],
    ],
    [
      "are read from an object",
      "aws-native:cloudformation:Stack",
      { templateBody: { Resources: { R: managed(PARTLY) } } },
      [`${at} identity 1 ?Statement[0].Resource[1]`],
    ],
    [
      "are read around functions",
      type,
      template(
        managed({
          ...DOCUMENT,
          Statement: [{ ...CLEAN, Resource: ["*", { "Fn::Sub": "${B.Arn}/*" }, { Ref: "A" }] }],
        }),
      ),
      [`${at} identity 1 ?Statement[0].Resource[1] ?Statement[0].Resource[2]`],
    ],
    [
      "are unknown where functions make them",
      type,
      template(managed({ "Fn::If": ["A", DOCUMENT, DOCUMENT] })),
      [`${at} identity 0 ?`],
    ],
    [
      "are unknown in properties from elsewhere",
      type,
      template({
        Type: "AWS::IAM::Role",
        Properties: { AssumeRolePolicyDocument: TRUST, "Fn::Transform": { Name: "AWS::Include" } },
      }),
      ["templateBody.Resources.R.Properties identity 0 ?"],
    ],
    [
      "are unknown beside a macro",
      type,
      template(managed(DOCUMENT), { Transform: "AWS::Serverless-2016-10-31" }),
      ["templateBody.Transform identity 0 ?", `${at} identity 1`],
    ],
    [
      "are unknown in a loop",
      type,
      { templateBody: '{"Resources":{"Fn::ForEach::R":["A",["b"],{}]}}' },
      ["templateBody.Resources.Fn::ForEach::R identity 0 ?"],
    ],
    [
      "are unknown in a module",
      type,
      template({ Type: "Acme::Some::Thing::MODULE" }),
      ["templateBody.Resources.R identity 0 ?"],
    ],
    [
      "are missed where they must be",
      type,
      template({ Type: "AWS::IAM::ManagedPolicy" }),
      ["templateBody.Resources.R.Properties.policyDocument identity 0 !wrong-type"],
    ],
    ["are none in other resources", type, template({ Type: "AWS::S3::Bucket" }), []],
    [
      "are those of a stack in a stack",
      type,
      template({
        Type: "AWS::CloudFormation::StackSet",
        Properties: template(managed(DOCUMENT)),
      }),
      ["templateBody.Resources.R.Properties.templateBody.Resources.R.Properties.PolicyDocument identity 1"],
    ],
    [
      "are unknown in a stack elsewhere",
      type,
      template({
        Type: "AWS::CloudFormation::Stack",
        Properties: { TemplateURL: "https://example.com/t.json" },
      }),
      ["templateBody.Resources.R.Properties.TemplateURL identity 0 ?"],
    ],
    [
      "are unknown at an address",
      type,
      { templateUrl: "https://example.com/t.json" },
      ["templateUrl identity 0 ?"],
    ],
    [
      "are unknown at an unknown address",
      type,
      { templateUrl: UNKNOWN_STRING },
      ["templateUrl identity 0 ?"],
    ],
    ["are unknown in an unknown text", type, { templateBody: UNKNOWN_STRING }, ["templateBody identity 0 ?"]],
    ["are not read from a text that is no template", type, yaml("x"), ["templateBody identity 0 ?"]],
    ["are not read from broken JSON", type, yaml('{"Resources": '), ["templateBody identity 0 ?"]],
    [
      "are not hidden behind a second one",
      type,
      yaml('{"Resources":{"R":{},"R":{"Type":"AWS::S3::Bucket"}}}'),
      ["templateBody identity 0 !duplicate-key@Resources.R"],
    ],
    [
      "are not read from text deeper than any template",
      type,
      yaml("[".repeat(20_000)),
      ["templateBody identity 0 ?"],
    ],
    [
      "are read from YAML",
      type,
      yaml(`
Resources:
  R:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          Effect: Allow
          Action: [s3:GetObject]
          Resource:
            - arn:aws:s3:::b/*
            - !Sub arn:aws:s3:::\${B}/*
            - Fn::Sub: x
            - !Join ["", [a, b]]
          Condition:
            Bool: { aws:SecureTransport: true }
            NumericLessThan: { s3:max-keys: 10 }
            StringEquals: { aws:ResourceAccount: 012345678901 }
`),
      [`${at} identity 1 ?Statement.Resource[1] ?Statement.Resource[2] ?Statement.Resource[3]`],
    ],
    [
      "are unknown in a text larger than any template",
      type,
      yaml(`Resources: {}${" ".repeat(60_000)}`),
      ["templateBody identity 0 ?"],
    ],
    [
      "are unknown behind the alias of YAML",
      type,
      yaml(`
Other: &a { Statement: [] }
Resources:
  R: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: *a } }
`),
      [`${at} identity 0 ?`],
    ],
    [
      "are unknown where YAML has a key twice",
      type,
      yaml("Resources: {}\nResources: {}\n"),
      ["templateBody identity 0 ?"],
    ],
    [
      "are unknown in a function of YAML",
      type,
      yaml("Resources: !Transform { Name: X }\n"),
      ["templateBody.Resources identity 0 ?"],
    ],
  ]);
});

describe("the documents of a Terraform module's resource", () => {
  holds([
    [
      "have names in snake case",
      "vpc:tf:aws_iam_role",
      {
        assume_role_policy: JSON.stringify(TRUST),
        inline_policy: [{ name: "a", policy: TEXT }],
      },
      ["inline_policy[0].policy identity 1", "assume_role_policy trust 1"],
    ],
    ["are those of a policy", "m:tf:aws_iam_policy", { policy: TEXT }, ["policy identity 1"]],
    ["are unknown where they are not mentioned", "m:tf:aws_iam_policy", {}, ["policy identity 0 ?"]],
    ["are unknown", "m:tf:aws_s3_bucket_policy", { policy: UNKNOWN_STRING }, ["policy resource 0 ?"]],
    [
      "are those of blocks",
      "m:tf:aws_s3control_multi_region_access_point_policy",
      {
        details: [{ policy: ON_RESOURCE }],
      },
      ["details[0].policy resource 1"],
    ],
    [
      "are those of a state",
      "m:tf:aws_cloudcontrolapi_resource",
      {
        type_name: "AWS::IAM::ManagedPolicy",
        desired_state: JSON.stringify({ PolicyDocument: DOCUMENT }),
      },
      ["desired_state.PolicyDocument identity 1"],
    ],
    ["are not looked for in other resources", "m:tf:aws_instance", { policy: "{" }, undefined],
  ]);
});

describe("every resource type of the table", () => {
  const tokens = [...RESOURCE_TYPES.keys()].filter((type) => /^aws(-native)?:/.test(type));
  it("is read without an exception when all of it is unknown, as a whole or in parts", () => {
    for (const type of tokens) {
      const names = RESOURCE_TYPES.get(type)?.flatMap(({ path }) => path) ?? [];
      for (const value of [UNKNOWN_STRING, UNKNOWN_LIST, UNKNOWN_OBJECT]) {
        const all = Object.fromEntries(
          [...names, "type", "typeName", "principal"].map((name) => [name, value]),
        );
        const found = documents(type, all) ?? [];
        assert.ok(found.length > 0, type);
        for (const { reading } of found) {
          assert.ok(reading.unknown.length > 0, type);
          assert.deepEqual(reading.problems, [], type);
        }
      }
    }
  });
});
