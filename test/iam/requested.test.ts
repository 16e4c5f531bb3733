import assert from "node:assert/strict";
import { budget, parsePattern, type Pattern } from "../../policypack/iam";
import type { KnownAction } from "../../policypack/iam/containment/counterexample";
import { type Region, UNDECIDED } from "../../policypack/iam/pattern/region";
import type { Context } from "../../policypack/iam/language/request";
import { callerIn } from "../../policypack/iam/containment/requested-caller";
import { mayHave, resourcesIn } from "../../policypack/iam/containment/requested-resource";
import { EVERYTHING } from "../../policypack/iam/pattern/pattern";
import { BUCKET, ENDPOINT, OBJECT, p, ROLE, template } from "./arn-templates";

const region = (all: readonly string[], none: readonly string[] = []): Region => ({
  all: all.map((text) => parsePattern(text)),
  none: none.map((text) => parsePattern(text)),
});
const contextOf = (values: Readonly<Record<string, string>>): Context =>
  new Map(Object.entries(values).map(([key, value]) => [key, [value]]));

const ANY_REGION: Pattern = [...p("arn:aws"), ...ENDPOINT.scope.pattern, ...ENDPOINT.resource];
const forms = (...types: readonly (typeof BUCKET)[]): KnownAction["resources"] =>
  types.map(({ scope, resource }) => [...p("arn:aws"), ...scope.pattern, ...resource]);

/** Each thing found in words. */
const found = (
  all: readonly string[],
  none: readonly string[],
  resources: KnownAction["resources"],
  values: Readonly<Record<string, string>> = {},
  effort = 1_000_000,
): readonly string[] =>
  [...resourcesIn(region(all, none), { name: "x:Do", resources }, contextOf(values), budget(effort))].map(
    (each) =>
      each === UNDECIDED
        ? "undecided"
        : "contradicted" in each
          ? `against ${each.contradicted}`
          : [each.resource, ...[...each.context].map(([key, [value]]) => `${key}=${value ?? ""}`)].join(" "),
  );

describe("iam/requested-resource", () => {
  const REGION = "aws:requestedregion";
  const ACCOUNT = "aws:resourceaccount";
  const table: readonly (readonly [
    what: string,
    all: readonly string[],
    none: readonly string[],
    resources: KnownAction["resources"],
    values: Readonly<Record<string, string>>,
    expected: readonly string[],
  ])[] = [
    ["an action without resources, on `*`", ["*"], [], [], {}, ["*"]],
    ["an action without resources, where `*` is not", ["arn:*"], [], [], {}, []],
    ["an action without resources, where `*` is taken out", ["*"], ["*"], [], {}, []],
    ["a resource of the only form", ["*"], [], forms(BUCKET), {}, ["arn:aws:s3:::a"]],
    [
      "a resource of the second form",
      ["arn:aws:s3:::*"],
      ["arn:aws:s3:::*/*"],
      forms(OBJECT, BUCKET),
      {},
      ["arn:aws:s3:::a"],
    ],
    ["a resource of none", ["arn:aws:sqs:*"], [], forms(OBJECT, BUCKET), {}, []],
    [
      "what several patterns have in common",
      ["arn:aws:s3:::x*", "*y"],
      [],
      forms(BUCKET),
      {},
      ["arn:aws:s3:::xy"],
    ],
    [
      "what is not taken out",
      ["arn:aws:s3:::x*"],
      ["arn:aws:s3:::x"],
      forms(BUCKET),
      {},
      ["arn:aws:s3:::xa"],
    ],
    [
      "a wildcard that stands for fields",
      ["arn:aws:*:endpoint/e"],
      [],
      forms(ENDPOINT),
      {},
      ["arn:aws:sagemaker:a:000000000000:endpoint/e"],
    ],
    // A name with a colon could be made to fit anything, and no such resource is meant.
    [
      "no name with a colon",
      ["arn:aws:*:x:*:y/z"],
      [],
      forms(template("arn:${Partition}:x:${Region}:${Account}:q/${ThingName}")),
      {},
      [],
    ],
    [
      "the region that the context says",
      ["*"],
      [],
      forms(ENDPOINT),
      { [REGION]: "eu-west-1" },
      [`arn:aws:sagemaker:eu-west-1:000000000000:endpoint/a ${REGION}=eu-west-1`],
    ],
    [
      "the account that the context says",
      ["*"],
      [],
      forms(ROLE),
      { [ACCOUNT]: "123456789012" },
      [`arn:aws:iam::123456789012:role/a ${ACCOUNT}=123456789012`],
    ],
    [
      "both",
      ["*"],
      [],
      forms(ENDPOINT),
      { [REGION]: "eu-west-1", [ACCOUNT]: "123456789012" },
      [`arn:aws:sagemaker:eu-west-1:123456789012:endpoint/a ${REGION}=eu-west-1 ${ACCOUNT}=123456789012`],
    ],
    [
      "any region of what has none",
      ["*"],
      [],
      forms(BUCKET),
      { [REGION]: "eu-west-1" },
      [`arn:aws:s3:::a ${REGION}=eu-west-1`],
    ],
    [
      "any account of what has none",
      ["*"],
      [],
      forms(BUCKET),
      { [ACCOUNT]: "123456789012" },
      [`arn:aws:s3:::a ${ACCOUNT}=123456789012`],
    ],
    [
      "any region of a role",
      ["*"],
      [],
      forms(ROLE),
      { [REGION]: "eu-west-1" },
      [`arn:aws:iam::000000000000:role/a ${REGION}=eu-west-1`],
    ],
    [
      "other keys as they are",
      ["*"],
      [],
      forms(BUCKET),
      { "s3:prefix": "x" },
      ["arn:aws:s3:::a s3:prefix=x"],
    ],
    [
      "an action without resources, in any region",
      ["*"],
      [],
      [],
      { [REGION]: "eu-west-1" },
      [`* ${REGION}=eu-west-1`],
    ],
    [
      "a contradiction, and what would be none",
      ["arn:aws:sagemaker:us-east-1:*"],
      [],
      forms(ENDPOINT),
      { [REGION]: "eu-west-1" },
      [`against ${REGION}`, `arn:aws:sagemaker:us-east-1:000000000000:endpoint/a ${REGION}=us-east-1`],
    ],
    [
      "two contradictions",
      ["arn:aws:sagemaker:us-east-1:111111111111:*"],
      [],
      forms(ENDPOINT),
      { [REGION]: "eu-west-1", [ACCOUNT]: "123456789012" },
      [
        `against ${REGION}`,
        `against ${ACCOUNT}`,
        `arn:aws:sagemaker:us-east-1:111111111111:endpoint/a ${REGION}=us-east-1 ${ACCOUNT}=111111111111`,
      ],
    ],
    ["nothing beside a key of these", ["arn:aws:sqs:*"], [], forms(ENDPOINT), { [REGION]: "eu-west-1" }, []],
  ];
  for (const [what, all, none, resources, values, expected] of table)
    it(what, () => {
      assert.deepEqual(found(all, none, resources, values), expected);
    });

  it("says what it cannot decide", () => {
    assert.deepEqual(found(["*"], [], forms(BUCKET), {}, 0), ["undecided"]);
  });

  it("knows which regions an action can have resources in", () => {
    const action = (...resources: readonly Pattern[]): KnownAction => ({ name: "x:Do", resources });
    assert.equal(mayHave(region(["arn:aws:s3:::x"]), action(...forms(BUCKET))), true);
    assert.equal(mayHave(region(["arn:aws:s3:::x"]), action(...forms(ROLE, BUCKET))), true);
    assert.equal(mayHave(region(["arn:aws:s3:::x"]), action(ANY_REGION)), false);
    assert.equal(mayHave(region(["arn:aws:s3:::x", "*/y"]), action(...forms(BUCKET))), false);
    assert.equal(mayHave(region(["arn:aws:s3:::x"]), action()), true);
  });
});

describe("iam/requested-caller", () => {
  const ARN = "aws:principalarn";
  const ACCOUNT = "aws:principalaccount";
  const table: readonly (readonly [
    what: string,
    all: readonly string[],
    none: readonly string[],
    values: Readonly<Record<string, string>>,
    caller: string | undefined,
  ])[] = [
    ["a user, first of all", ["*"], [], {}, "AWS arn:aws:iam::111111111111:user/name"],
    [
      "a session, where users are taken out",
      ["*"],
      ["*:user/*"],
      {},
      "AWS arn:aws:sts::111111111111:assumed-role/",
    ],
    [
      "a role, where users and sessions are",
      ["*"],
      ["*:user/*", "*:sts:*"],
      {},
      "AWS arn:aws:iam::111111111111:",
    ],
    ["any ARN", ["AWS:arn:aws-cn:*"], [], {}, "AWS arn:aws-cn:"],
    ["a service", ["Service:*"], [], {}, "Service "],
    ["a named service", ["Service:lambda.amazonaws.com"], [], {}, "Service lambda.amazonaws.com"],
    ["an identity provider", ["Federated:x"], [], {}, "Federated x"],
    ["a canonical user", ["CanonicalUser:abc"], [], {}, "CanonicalUser abc"],
    ["an id of AWS", ["AWS:AIDA*"], [], {}, "AWS AIDA"],
    ["nobody", ["Nobody:*"], [], {}, undefined],
    ["nobody, where all are taken out", ["*"], ["*"], {}, undefined],
    ["the account's", ["*"], [], { [ACCOUNT]: "123456789012" }, "AWS arn:aws:iam::123456789012:user/name"],
    [
      "the account's session",
      ["*:sts:*"],
      [],
      { [ACCOUNT]: "123456789012" },
      "AWS arn:aws:sts::123456789012:assumed-role/",
    ],
    ["nobody of another account", ["*::210987654321:*"], [], { [ACCOUNT]: "123456789012" }, undefined],
    [
      "a user by ARN",
      ["*"],
      [],
      { [ARN]: "arn:aws:iam::123456789012:user/bob" },
      "AWS arn:aws:iam::123456789012:user/bob",
    ],
    [
      "a role's session by the role's ARN",
      ["*"],
      [],
      { [ARN]: "arn:aws:iam::123456789012:role/r" },
      "AWS arn:aws:sts::123456789012:assumed-role/r/session",
    ],
    [
      "without the role's path",
      ["*"],
      [],
      { [ARN]: "arn:aws-cn:iam::123456789012:role/a/b/r" },
      "AWS arn:aws-cn:sts::123456789012:assumed-role/r/session",
    ],
    [
      "where the account is the ARN's",
      ["*"],
      [],
      { [ARN]: "arn:aws:iam::123456789012:user/bob", [ACCOUNT]: "123456789012" },
      "AWS arn:aws:iam::123456789012:user/bob",
    ],
    [
      "nobody where it is another",
      ["*"],
      [],
      { [ARN]: "arn:aws:iam::123456789012:user/bob", [ACCOUNT]: "210987654321" },
      undefined,
    ],
    [
      "nobody where the region is another",
      ["Service:*"],
      [],
      { [ARN]: "arn:aws:iam::123456789012:user/bob" },
      undefined,
    ],
  ];
  for (const [what, all, none, values, caller] of table)
    it(what, () => {
      const answer = callerIn(region(all, none), contextOf(values), budget(1_000_000));
      assert.equal(answer === undefined ? undefined : `${answer.type} ${answer.id}`, caller);
    });
  it("finds nobody where that takes too much work", () => {
    assert.equal(callerIn({ all: [EVERYTHING], none: [] }, new Map(), budget(0)), undefined);
  });
});
