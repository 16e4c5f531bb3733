/** Pairs of policies made by hand, and what must be said of each: what other tools got wrong, first of all. */
import {
  type Containment,
  type Json,
  type JsonObject,
  type Known,
  type KnownAction,
  matches,
  parsePattern,
  type Scope,
  UNKNOWN,
  type Unknown,
} from "../../policypack/iam";
import type { Caller } from "../../policypack/iam/language/request";
import type { PolicyType } from "../../policypack/iam/language/statement";

/** Statements of one document of 2012-10-17, or whole documents. */
export type Side = readonly JsonObject[] | { readonly documents: readonly (string | Json | Unknown)[] };

export interface ContainmentCase {
  readonly name: string;
  readonly type?: PolicyType;
  readonly reference: Side;
  readonly candidate: Side;
  readonly verdict: Containment["verdict"];
  /** of a policy that is contained; `all-actions` unless said otherwise */
  readonly scope?: Scope;
  /** what must be so of the counterexample; of the context these keys only */
  readonly counterexample?: {
    readonly action?: string;
    readonly resource?: string;
    readonly principal?: Caller;
    readonly context?: Readonly<Record<string, readonly string[]>>;
    readonly absent?: readonly string[];
  };
  /** what must be said of why it is not proved, or only of known actions */
  readonly reason?: RegExp;
}

// A few real actions, and keys as AWS has them.
const form = (text: string) => parsePattern(text);
const NO_SLASH = { kind: "many", of: { except: "/" } } as const;
const OBJECTS = [form("arn:aws:s3:::?*/?*")];
const BUCKETS = [[...form("arn:aws:s3:::?"), NO_SLASH]];
const ROLES = [form("arn:aws:iam::????????????:role/?*")];
const ACTIONS: readonly KnownAction[] = [
  { name: "s3:GetObject", resources: OBJECTS },
  { name: "s3:PutObject", resources: OBJECTS },
  { name: "s3:DeleteObject", resources: OBJECTS },
  { name: "s3:ListBucket", resources: BUCKETS },
  { name: "s3:ListAllMyBuckets", resources: [] },
  { name: "kms:Decrypt", resources: [form("arn:aws:kms:us-east-1:????????????:key/?*")] },
  { name: "iam:PassRole", resources: ROLES },
  { name: "iam:CreateUser", resources: [form("arn:aws:iam::????????????:user/?*")] },
  { name: "ec2:RunInstances", resources: [form("arn:aws:ec2:us-east-1:????????????:instance/?*")] },
  { name: "sts:AssumeRole", resources: ROLES },
  { name: "sts:AssumeRoleWithWebIdentity", resources: ROLES },
  { name: "sts:TagSession", resources: ROLES },
];
const BOOLEAN: ReadonlySet<string> = new Set([
  "aws:securetransport",
  "aws:multifactorauthpresent",
  "aws:viaawsservice",
]);
export const KNOWN: Known = {
  isBoolean: (key) => BOOLEAN.has(key),
  isAlwaysThere: () => false,
  isMultivalued: (key) => ["aws:tagkeys", "aws:principalorgpaths"].includes(key),
  *actionsOf(pattern) {
    for (const action of ACTIONS) if (matches(pattern, action.name.toLowerCase())) yield action;
  },
  source: "data of the test",
};

type Texts = string | readonly string[];
const allow = (Action: Texts, Resource: Texts = "*", Condition?: JsonObject): JsonObject => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (Action: Texts, Resource: Texts = "*", Condition?: JsonObject): JsonObject => ({
  ...allow(Action, Resource, Condition),
  Effect: "Deny",
});
const read = (Condition?: JsonObject): JsonObject => allow("s3:GetObject", "*", Condition);
/** A statement of a resource-based policy. */
const to = (Principal: Json, Condition?: JsonObject): JsonObject => ({ ...read(Condition), Principal });
/** A statement of a trust policy. */
const trust = (Principal: Json, Condition?: JsonObject, Action: Texts = "sts:AssumeRole"): JsonObject => ({
  Effect: "Allow",
  Principal,
  Action,
  ...(Condition && { Condition }),
});
const not = (statement: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(statement).map(([name, value]) => [names.includes(name) ? `Not${name}` : name, value]),
  );
const version = (Version: string | undefined, ...Statement: readonly JsonObject[]): Side => ({
  documents: [{ ...(Version !== undefined && { Version }), Statement }],
});

const KEY = "aws:PrincipalTag/team";
const BUCKET = "arn:aws:s3:::bucket";
const FILES = `${BUCKET}/*`;
const HOME = `${BUCKET}/\${aws:username}/*`;
const ACCOUNT = "111122223333";
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/app/me`;
const USER = `arn:aws:iam::${ACCOUNT}:user/bob`;
const ORG = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const SUBJECT = "token.actions.githubusercontent.com:sub";

const same = (name: string, side: Side, more: Partial<ContainmentCase> = {}): ContainmentCase => ({
  name,
  reference: side,
  candidate: side,
  verdict: "contained",
  ...more,
});
/** Conditions on one action: the first must hold wherever the second does, or not. */
const conditions = (
  name: string,
  reference: JsonObject | undefined,
  candidate: JsonObject | undefined,
  verdict: ContainmentCase["verdict"],
  counterexample?: ContainmentCase["counterexample"],
): ContainmentCase => ({
  name,
  reference: [read(reference)],
  candidate: [read(candidate)],
  verdict,
  ...(counterexample && { counterexample }),
});

const key = KEY.toLowerCase();
const MANY = "aws:TagKeys";
const NUMBER = "s3:max-keys";
const DATE = "aws:CurrentTime";
const IP = "aws:SourceIp";

export const groups: Readonly<Record<string, readonly ContainmentCase[]>> = {
  "actions and resources": [
    same("the same", [allow("s3:GetObject", FILES)]),
    {
      name: "fewer actions",
      reference: [allow(["s3:GetObject", "s3:PutObject"])],
      candidate: [read()],
      verdict: "contained",
    },
    {
      name: "one action more",
      reference: [read()],
      candidate: [allow(["s3:GetObject", "s3:PutObject"])],
      verdict: "exceeds",
      counterexample: { action: "s3:PutObject" },
    },
    {
      name: "actions in another case",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("S3:GETOBJECT", FILES)],
      verdict: "contained",
    },
    {
      name: "resources in another case",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:GetObject", "arn:aws:s3:::Bucket/*")],
      verdict: "exceeds",
    },
    {
      name: "within a service",
      reference: [allow("s3:*")],
      candidate: [allow("s3:Get*", FILES)],
      verdict: "contained",
    },
    { name: "more than a service", reference: [allow("s3:*")], candidate: [allow("*")], verdict: "exceeds" },
    {
      name: "`*:*` is all that `*` is",
      reference: [allow("*:*")],
      candidate: [allow("*")],
      verdict: "contained",
    },
    {
      name: "`?` within `*`",
      reference: [allow("s3:Get*")],
      candidate: [allow("s3:GetObjec?")],
      verdict: "contained",
    },
    {
      name: "`*` beyond `?`, in names that no action has",
      reference: [allow("s3:GetObjec?")],
      candidate: [allow("s3:GetObjec*")],
      verdict: "contained",
      scope: "known-actions",
      reason: /s3:getobjec/,
    },
    {
      name: "actions that only AWS could add",
      reference: [allow(["s3:GetObject"])],
      candidate: [allow("s3:G*")],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "a pattern of actions within another only as far as actions are known",
      reference: [allow("s3:Get*")],
      candidate: [allow("s3:G*")],
      verdict: "contained",
      scope: "known-actions",
      reason: /if AWS adds it/,
    },
    {
      name: "a pattern of actions that exceeds with a known one",
      reference: [allow("s3:Get*")],
      candidate: [allow("s3:*Object")],
      verdict: "exceeds",
    },
    {
      name: "an action that is not known",
      reference: [allow("s3:Get*")],
      candidate: [allow("s3:PutNonsense")],
      verdict: "not-proved",
      reason: /putnonsense.*no action that/i,
    },
    {
      name: "an action that is not known, within all the same",
      reference: [allow("s3:Put*")],
      candidate: [allow("s3:PutNonsense")],
      verdict: "contained",
    },
    {
      name: "another service of a similar name",
      reference: [allow("s3:*")],
      candidate: [allow("s3*:GetObject")],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "the bucket and its objects",
      reference: [allow("s3:*", [BUCKET, FILES])],
      candidate: [allow("s3:*", `${BUCKET}/a/*`)],
      verdict: "contained",
    },
    {
      name: "objects where the bucket was meant",
      reference: [allow("s3:*", BUCKET)],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
      counterexample: { action: "s3:GetObject" },
    },
    // "AWS automatically completes the ARN by adding wildcard characters (*) to all missing fields."
    {
      name: "an incomplete ARN allows all that begins with it",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:GetObject", "arn:aws:s3")],
      verdict: "exceeds",
    },
    {
      name: "an incomplete ARN denies all that begins with it",
      reference: [allow("s3:GetObject"), deny("s3:GetObject", "arn:aws:s3")],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "everything but an incomplete ARN is nothing of its service",
      reference: [not(allow("s3:GetObject", "arn:aws:s3"), "Resource")],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "an incomplete ARN within its completion",
      reference: [allow("s3:GetObject", "arn:aws:s3:*:*:*")],
      candidate: [allow("s3:GetObject", "arn:aws:s3")],
      verdict: "contained",
    },
    ...(
      [
        ["no value", allow("s3:GetObject", "*", { StringEquals: { [KEY]: [] } })],
        ["no action", not(deny([]), "Action")],
        ["no resource", not(deny("s3:*", []), "Resource")],
      ] as const
    ).map(([what, statement]): ContainmentCase => ({
      name: `${what} in a list, of which AWS does not say what it means`,
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:PutObject"), statement],
      verdict: "not-proved",
    })),
    {
      name: "the bucket where objects were meant",
      reference: [allow("s3:*", FILES)],
      candidate: [allow("s3:ListBucket", BUCKET)],
      verdict: "exceeds",
      counterexample: { action: "s3:ListBucket", resource: BUCKET },
    },
    {
      name: "`bucket*` is more than `bucket/*`",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:GetObject", `${BUCKET}*`)],
      verdict: "exceeds",
    },
    {
      name: "an object action on a bucket is no request",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:Get*", [BUCKET, FILES])],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "what is passed over for one action matters for the next",
      reference: [
        {
          ...allow(["s3:ListBucket", "kms:Decrypt", "s3:GetObject"], FILES),
          Condition: { StringEquals: { "aws:username": "a" } },
        },
      ],
      candidate: [allow(["s3:ListBucket", "kms:Decrypt", "s3:GetObject"], FILES)],
      verdict: "exceeds",
      counterexample: { action: "s3:GetObject" },
    },
    {
      name: "an action without resources needs `*`",
      reference: [allow("s3:GetObject")],
      candidate: [allow(["s3:GetObject", "s3:ListAllMyBuckets"])],
      verdict: "exceeds",
      counterexample: { action: "s3:ListAllMyBuckets", resource: "*" },
    },
    {
      name: "one character is not any number of them",
      reference: [allow("s3:GetObject", `${BUCKET}/?`)],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "a star that crosses a colon",
      reference: [allow("iam:PassRole", "arn:aws:iam::*:role/*")],
      candidate: [allow("iam:PassRole", "arn:aws:iam:*role/app")],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "stars in a row",
      reference: [allow("s3:**", "arn:aws:s3:::*")],
      candidate: [allow("s3:*", "arn:aws:s3:::**")],
      verdict: "contained",
    },
    {
      name: "a statement that is no list",
      reference: { documents: [{ Version: "2012-10-17", Statement: read() }] },
      candidate: [read()],
      verdict: "contained",
    },
  ],
  unions: [
    {
      name: "two statements cover together",
      reference: [allow("s3:GetObject", `${BUCKET}/a*`), allow("s3:*", `${BUCKET}/b*`)],
      candidate: [allow("s3:GetObject", [`${BUCKET}/ab`, `${BUCKET}/b*`])],
      verdict: "contained",
    },
    {
      name: "two patterns cover a third only together",
      reference: [allow("s3:GetObject", ["arn:aws:s3:::b", "arn:aws:s3:::b?*"])],
      candidate: [allow("s3:GetObject", "arn:aws:s3:::b*")],
      verdict: "contained",
    },
    {
      name: "two documents cover together",
      reference: {
        documents: [
          { Version: "2012-10-17", Statement: [allow("s3:GetObject", FILES)] },
          { Version: "2012-10-17", Statement: [allow("s3:ListBucket", BUCKET)] },
        ],
      },
      candidate: [allow(["s3:GetObject", "s3:ListBucket"], [BUCKET, FILES])],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "actions of one, resources of the other",
      reference: [allow("s3:GetObject", `${BUCKET}/a/*`), allow("s3:PutObject", `${BUCKET}/b/*`)],
      candidate: [allow(["s3:GetObject", "s3:PutObject"], [`${BUCKET}/a/*`, `${BUCKET}/b/*`])],
      verdict: "exceeds",
    },
    {
      name: "a condition and its contrary cover together",
      reference: [read({ StringEquals: { [KEY]: "a" } }), read({ StringNotEquals: { [KEY]: "a" } })],
      candidate: [read()],
      verdict: "contained",
    },
    {
      name: "a condition and what is beside it leave out absence",
      reference: [
        read({ StringEquals: { [KEY]: "a" } }),
        read({ "ForAnyValue:StringNotEquals": { [KEY]: "a" } }),
      ],
      candidate: [read()],
      verdict: "exceeds",
      counterexample: { absent: [key] },
    },
    {
      name: "two documents of the candidate",
      reference: [read()],
      candidate: {
        documents: [
          { Version: "2012-10-17", Statement: [read()] },
          { Version: "2012-10-17", Statement: [allow("s3:PutObject")] },
        ],
      },
      verdict: "exceeds",
      counterexample: { action: "s3:PutObject" },
    },
    {
      name: "a second document of the candidate denies",
      reference: [read()],
      candidate: {
        documents: [
          { Version: "2012-10-17", Statement: [allow(["s3:GetObject", "s3:PutObject"])] },
          { Version: "2012-10-17", Statement: [deny("s3:PutObject")] },
        ],
      },
      verdict: "contained",
    },
    {
      name: "ranges that meet",
      reference: [
        read({ NumericLessThan: { [NUMBER]: "10" } }),
        read({ NumericGreaterThanEquals: { [NUMBER]: "10" } }),
      ],
      candidate: [read({ NumericGreaterThan: { [NUMBER]: "5" } })],
      verdict: "contained",
    },
    {
      name: "ranges that leave one number out",
      reference: [
        read({ NumericLessThan: { [NUMBER]: "10" } }),
        read({ NumericGreaterThan: { [NUMBER]: "10" } }),
      ],
      candidate: [read({ NumericGreaterThan: { [NUMBER]: "5" } })],
      verdict: "exceeds",
      counterexample: { context: { [NUMBER]: ["10"] } },
    },
  ],
  conditions: [
    conditions("a condition that was dropped", ORG, undefined, "exceeds"),
    conditions("a condition that was added", undefined, ORG, "contained"),
    conditions(
      "another organization",
      ORG,
      { StringEquals: { "aws:PrincipalOrgID": "o-other" } },
      "exceeds",
      { context: { "aws:principalorgid": ["o-other"] } },
    ),
    conditions(
      "one of the values",
      { StringEquals: { [KEY]: ["a", "b"] } },
      { StringEquals: { [KEY]: "b" } },
      "contained",
    ),
    conditions(
      "one value more",
      { StringEquals: { [KEY]: "b" } },
      { StringEquals: { [KEY]: ["a", "b"] } },
      "exceeds",
      { context: { [key]: ["a"] } },
    ),
    conditions(
      "one key of two dropped",
      { StringEquals: { [KEY]: "a", "aws:username": "bob" } },
      { StringEquals: { [KEY]: "a" } },
      "exceeds",
    ),
    conditions(
      "names of keys in another case",
      { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      { StringEquals: { "AWS:principalorgid": "o-1" } },
      "contained",
    ),
    conditions(
      "StringEquals within StringLike",
      { StringLike: { [KEY]: "a*" } },
      { StringEquals: { [KEY]: "ab" } },
      "contained",
    ),
    conditions(
      "StringLike is more than StringEquals",
      { StringEquals: { [KEY]: "ab" } },
      { StringLike: { [KEY]: "a?" } },
      "exceeds",
    ),
    conditions(
      "a star is a character for StringEquals",
      { StringEquals: { [KEY]: "a*" } },
      { StringLike: { [KEY]: "a*" } },
      "exceeds",
    ),
    conditions(
      "and one that StringLike takes",
      { StringLike: { [KEY]: "a*" } },
      { StringEquals: { [KEY]: "a*" } },
      "contained",
    ),
    conditions(
      "values differ by case",
      { StringEquals: { [KEY]: "Dev" } },
      { StringEqualsIgnoreCase: { [KEY]: "dev" } },
      "exceeds",
    ),
    conditions(
      "values that ignore case",
      { StringEqualsIgnoreCase: { [KEY]: "DEV" } },
      { StringEquals: { [KEY]: ["dev", "Dev"] } },
      "contained",
    ),
    conditions(
      "IfExists is more",
      { StringEquals: { [KEY]: "a" } },
      { StringEqualsIfExists: { [KEY]: "a" } },
      "exceeds",
      { absent: [key] },
    ),
    conditions(
      "within IfExists",
      { StringEqualsIfExists: { [KEY]: "a" } },
      { StringEquals: { [KEY]: "a" } },
      "contained",
    ),
    conditions(
      "IfExists with a Null that takes it back",
      { StringEquals: { [KEY]: "a" } },
      { StringEqualsIfExists: { [KEY]: "a" }, Null: { [KEY]: "false" } },
      "contained",
    ),
    conditions(
      "a negated operator passes without the key",
      { Null: { [KEY]: "false" } },
      { StringNotEquals: { [KEY]: "a" } },
      "exceeds",
      { absent: [key] },
    ),
    conditions(
      "fewer values are left out",
      { StringNotEquals: { [KEY]: ["a", "b"] } },
      { StringNotEquals: { [KEY]: "a" } },
      "exceeds",
      { context: { [key]: ["b"] } },
    ),
    conditions(
      "more values are left out",
      { StringNotEquals: { [KEY]: "a" } },
      { StringNotLike: { [KEY]: "a*" } },
      "contained",
    ),
    conditions(
      "`*` asks for the key to be there",
      { Null: { [KEY]: "false" } },
      { StringLike: { [KEY]: "*" } },
      "contained",
    ),
    conditions("and nothing else", { StringLike: { [KEY]: "*" } }, { Null: { [KEY]: false } }, "contained"),
    conditions(
      "`?*` leaves the empty text out",
      { StringLike: { [KEY]: "?*" } },
      { Null: { [KEY]: "false" } },
      "exceeds",
    ),
    conditions(
      "absence is no value",
      { StringLike: { [KEY]: "*" } },
      { Null: { [KEY]: "true" } },
      "exceeds",
      { absent: [key] },
    ),
    conditions(
      "a condition that no request meets",
      ORG,
      { Null: { [KEY]: "true" }, StringEquals: { [KEY]: "a" } },
      "contained",
    ),
    conditions(
      "two operators that have no value in common",
      ORG,
      { StringLike: { [KEY]: "a*" }, StringEquals: { [KEY]: "b" } },
      "contained",
    ),
    conditions(
      "Bool",
      { Bool: { "aws:SecureTransport": "true" } },
      { Bool: { "aws:SecureTransport": true } },
      "contained",
    ),
    conditions(
      "Bool and its contrary",
      { Bool: { "aws:SecureTransport": "true" } },
      { Bool: { "aws:SecureTransport": "false" } },
      "exceeds",
      { context: { "aws:securetransport": ["false"] } },
    ),
    conditions(
      "MFA with IfExists",
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      "exceeds",
      { absent: ["aws:multifactorauthpresent"] },
    ),
    conditions(
      "there are two booleans",
      { Bool: { "aws:ViaAWSService": "false" } },
      { StringNotEquals: { "aws:ViaAWSService": "true" }, Null: { "aws:ViaAWSService": "false" } },
      "contained",
    ),
    conditions(
      "a number within a range",
      { NumericLessThanEquals: { [NUMBER]: "10" } },
      { NumericEquals: { [NUMBER]: ["1", "10"] } },
      "contained",
    ),
    conditions(
      "a number at the end of a range",
      { NumericLessThan: { [NUMBER]: "10" } },
      { NumericLessThanEquals: { [NUMBER]: 10 } },
      "exceeds",
      { context: { [NUMBER]: ["10"] } },
    ),
    conditions(
      "between two whole numbers",
      { NumericEquals: { [NUMBER]: ["1", "2"] } },
      { NumericGreaterThanEquals: { [NUMBER]: "1" }, NumericLessThanEquals: { [NUMBER]: "2" } },
      "exceeds",
    ),
    conditions(
      "the same number otherwise written",
      { NumericEquals: { [NUMBER]: "10" } },
      { NumericEquals: { [NUMBER]: "10.0" } },
      "contained",
    ),
    conditions(
      "but another text",
      { StringEquals: { [NUMBER]: "10" } },
      { NumericEquals: { [NUMBER]: "10.0" } },
      "not-proved",
    ),
    conditions(
      "an earlier end",
      { DateLessThan: { [DATE]: "2026-06-01T00:00:00Z" } },
      { DateLessThan: { [DATE]: "2026-01-01T00:00:00Z" } },
      "contained",
    ),
    conditions(
      "a later end",
      { DateLessThan: { [DATE]: "2026-01-01T00:00:00Z" } },
      { DateLessThan: { [DATE]: "2026-06-01T00:00:00Z" } },
      "exceeds",
    ),
    conditions(
      "the same time in another zone, and in seconds",
      { DateEquals: { [DATE]: "2024-01-01T00:00:00Z" } },
      { DateEquals: { [DATE]: ["2024-01-01T01:00:00+01:00", "1704067200"] } },
      "contained",
    ),
    conditions(
      "a smaller network",
      { IpAddress: { [IP]: "10.0.0.0/8" } },
      { IpAddress: { [IP]: ["10.1.0.0/16", "10.2.3.4"] } },
      "contained",
    ),
    conditions(
      "a larger network",
      { IpAddress: { [IP]: "10.0.0.0/8" } },
      { IpAddress: { [IP]: "10.0.0.0/7" } },
      "exceeds",
    ),
    conditions(
      "two halves make a network",
      { IpAddress: { [IP]: ["10.0.0.0/9", "10.128.0.0/9"] } },
      { IpAddress: { [IP]: "10.0.0.0/8" } },
      "contained",
    ),
    conditions(
      "all of version 4 is not version 6",
      { IpAddress: { [IP]: "0.0.0.0/0" } },
      { IpAddress: { [IP]: ["0.0.0.0/0", "::/0"] } },
      "exceeds",
    ),
    conditions(
      "a network that is left out",
      { NotIpAddress: { [IP]: "10.0.0.0/8" } },
      { IpAddress: { [IP]: "11.0.0.0/8" } },
      "contained",
    ),
    conditions(
      "everything but a network has no address at all too",
      { IpAddress: { [IP]: ["0.0.0.0/0", "::/0"] } },
      { NotIpAddress: { [IP]: "10.0.0.0/8" } },
      "exceeds",
    ),
    conditions(
      "ARNs by their parts",
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::bucket" } },
      "contained",
    ),
    conditions(
      "a star of ArnLike stays in its part",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:111122223333:topic" } },
      { StringLike: { "aws:SourceArn": "arn:aws:sns:*:111122223333:topic" } },
      "exceeds",
    ),
    conditions(
      "an account that is dropped from an ARN",
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:111122223333:*" } },
      { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } },
      "exceeds",
    ),
    conditions(
      "a date that is none",
      { DateLessThan: { [DATE]: "soon" } },
      { DateLessThan: { [DATE]: "2026-01-01" } },
      "not-proved",
    ),
    conditions("a condition that asks for nothing", undefined, { StringEquals: {} }, "not-proved"),
  ],
  "several values": [
    conditions(
      "ForAllValues passes without the key",
      { "ForAnyValue:StringEquals": { [MANY]: "a" } },
      { "ForAllValues:StringEquals": { [MANY]: "a" } },
      "exceeds",
      { absent: ["aws:tagkeys"] },
    ),
    conditions(
      "ForAllValues with the key",
      { "ForAnyValue:StringEquals": { [MANY]: "a" } },
      { "ForAllValues:StringEquals": { [MANY]: "a" }, Null: { [MANY]: "false" } },
      // "also returns true if … the key values resolve to a null data set, such as an empty string"
      "not-proved",
    ),
    conditions(
      "ForAnyValue lets other values in",
      { "ForAllValues:StringEquals": { [MANY]: "a" } },
      { "ForAnyValue:StringEquals": { [MANY]: "a" } },
      "exceeds",
    ),
    conditions(
      "fewer values for all",
      { "ForAllValues:StringEquals": { [MANY]: ["a", "b"] } },
      { "ForAllValues:StringEquals": { [MANY]: "a" } },
      "contained",
    ),
    conditions(
      "several empty values, which for all values may count as none",
      { StringEquals: { [KEY]: "nobody" } },
      {
        StringEquals: { [MANY]: "*" },
        "ForAllValues:StringLike": { [MANY]: "x" },
        "ForAnyValue:StringNotLike": { [MANY]: "x" },
      },
      "not-proved",
    ),
    conditions(
      // 12345678901234567891 is read as 12345678901234567000.
      "a number that is not read as it is spelled",
      { StringEquals: { [KEY]: "12345678901234567000" } },
      { StringEquals: { [KEY]: 12345678901234567000 } },
      "not-proved",
    ),
    conditions(
      "two values that any has are not one",
      { "ForAnyValue:StringEquals": { [MANY]: "ab" } },
      { "ForAnyValue:StringLike": { [MANY]: "a*" }, "ForAnyValue:StringEquals": { [MANY]: ["ab", "b"] } },
      "exceeds",
    ),
    conditions(
      "any that differs is not all that differ",
      { "ForAllValues:StringNotEquals": { [MANY]: "a" } },
      { "ForAnyValue:StringNotEquals": { [MANY]: "a" } },
      "exceeds",
    ),
    conditions(
      "all that differ are none",
      { "ForAllValues:StringNotEquals": { [MANY]: "a" } },
      { "ForAllValues:StringNotLike": { [MANY]: "a*" } },
      "contained",
    ),
    conditions(
      "no qualifier on several values: AWS does not say",
      { StringEquals: { [MANY]: "a" } },
      { "ForAnyValue:StringEquals": { [MANY]: "a" } },
      "not-proved",
    ),
  ],
  "everything but": [
    {
      name: "NotAction leaves out what was approved",
      reference: [allow("s3:*")],
      candidate: [not(allow("iam:*"), "Action")],
      verdict: "exceeds",
    },
    {
      name: "more is left out",
      reference: [not(allow("iam:*"), "Action")],
      candidate: [not(allow(["iam:*", "sts:*"]), "Action")],
      verdict: "contained",
    },
    {
      name: "less is left out",
      reference: [not(allow(["iam:*", "sts:*"]), "Action")],
      candidate: [not(allow("sts:*"), "Action")],
      verdict: "exceeds",
    },
    {
      name: "a list within NotAction",
      reference: [not(allow("iam:*"), "Action")],
      candidate: [allow("s3:*")],
      verdict: "contained",
    },
    {
      name: "a list that NotAction leaves out",
      reference: [not(allow("iam:*"), "Action")],
      candidate: [allow(["s3:*", "iam:PassRole"])],
      verdict: "exceeds",
      counterexample: { action: "iam:PassRole" },
    },
    {
      name: "NotResource is more than a list",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [not(allow("s3:GetObject", "arn:aws:s3:::other/*"), "Resource")],
      verdict: "exceeds",
    },
    {
      name: "a list within NotResource",
      reference: [not(allow("s3:GetObject", "arn:aws:s3:::other/*"), "Resource")],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "contained",
    },
    {
      name: "NotResource and what it leaves out",
      reference: [not(allow("s3:GetObject", FILES), "Resource"), allow("s3:GetObject", FILES)],
      candidate: [read()],
      verdict: "contained",
    },
    {
      name: "NotAction and a Deny of the rest",
      reference: [allow("s3:*")],
      candidate: [not(allow("iam:*"), "Action"), not(deny("s3:*"), "Action")],
      verdict: "contained",
    },
    {
      name: "NotResource in a Deny of the candidate",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [read(), not(deny("s3:*", FILES), "Resource")],
      verdict: "contained",
    },
  ],
  denials: [
    {
      name: "the excess is denied",
      reference: [allow("s3:Get*")],
      candidate: [allow("s3:*"), not(deny("s3:Get*"), "Action")],
      verdict: "contained",
    },
    {
      name: "a part of the excess is denied",
      reference: [read()],
      candidate: [allow("s3:*Object"), deny("s3:PutObject")],
      verdict: "exceeds",
      counterexample: { action: "s3:DeleteObject" },
    },
    {
      name: "the excess is denied in one place only",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [read(), deny("s3:GetObject", "arn:aws:s3:::other/*")],
      verdict: "exceeds",
    },
    {
      name: "the excess is denied under a condition",
      reference: [read()],
      candidate: [
        allow(["s3:GetObject", "s3:PutObject"]),
        deny("s3:PutObject", "*", { Bool: { "aws:SecureTransport": "false" } }),
      ],
      verdict: "exceeds",
      counterexample: { action: "s3:PutObject" },
    },
    {
      name: "a denial says what a condition says",
      reference: [read({ StringEquals: { [KEY]: "a" } })],
      candidate: [read(), deny("*", "*", { StringNotEquals: { [KEY]: "a" } })],
      verdict: "contained",
    },
    {
      name: "a denial that lets absence through",
      reference: [read({ StringEquals: { [KEY]: "a" } })],
      candidate: [
        read(),
        deny("*", "*", { StringNotEqualsIfExists: { [KEY]: "a" }, Null: { [KEY]: "false" } }),
      ],
      verdict: "exceeds",
      counterexample: { absent: [key] },
    },
    {
      name: "two denials under contrary conditions",
      reference: [read()],
      candidate: [
        allow("s3:*Object"),
        deny(["s3:PutObject", "s3:DeleteObject"], "*", { Bool: { "aws:SecureTransport": "false" } }),
        deny(["s3:PutObject", "s3:DeleteObject"], "*", {
          StringNotEquals: { "aws:SecureTransport": "false" },
        }),
      ],
      verdict: "contained",
      scope: "known-actions",
    },
    {
      name: "a denial of the reference is dropped",
      reference: [allow("s3:*"), deny("s3:DeleteObject")],
      candidate: [allow("s3:*")],
      verdict: "exceeds",
      counterexample: { action: "s3:DeleteObject" },
    },
    {
      name: "a denial of the reference that the candidate has",
      reference: [allow("s3:*"), deny("s3:DeleteObject", "*", ORG)],
      candidate: [allow("s3:*"), deny("s3:DeleteObject", "*", ORG)],
      verdict: "contained",
    },
    {
      name: "a denial of the reference that is wider in the candidate",
      reference: [allow("s3:*"), deny("s3:DeleteObject", "*", ORG)],
      candidate: [allow("s3:*"), deny("s3:Delete*")],
      verdict: "contained",
    },
    {
      name: "a denial of the reference that is narrower in the candidate",
      reference: [allow("s3:*"), deny("s3:DeleteObject")],
      candidate: [allow("s3:*"), deny("s3:DeleteObject", "*", ORG)],
      verdict: "exceeds",
      counterexample: { action: "s3:DeleteObject" },
    },
    {
      name: "a denial of the reference that is about something else",
      reference: [allow("s3:*"), deny("s3:DeleteObject")],
      candidate: [allow("s3:Get*")],
      verdict: "contained",
    },
    {
      name: "a denial of the reference on resources that the candidate has not",
      reference: [read(), deny("s3:GetObject", `${BUCKET}/secret/*`)],
      candidate: [allow("s3:GetObject", `${BUCKET}/open/*`)],
      verdict: "contained",
    },
    {
      name: "a denial of the reference within what the candidate allows",
      reference: [read(), deny("s3:GetObject", `${BUCKET}/secret/*`)],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "NotResource in a Deny of the reference",
      reference: [read(), not(deny("s3:*", FILES), "Resource")],
      candidate: [allow("s3:GetObject", `${BUCKET}/a`)],
      verdict: "contained",
    },
    {
      name: "NotAction in a Deny of the reference",
      reference: [allow("*"), not(deny("s3:*"), "Action")],
      candidate: [allow("iam:PassRole")],
      verdict: "exceeds",
      counterexample: { action: "iam:PassRole" },
    },
    {
      name: "a denial of the reference under a condition that the candidate cannot meet",
      reference: [read(), deny("s3:*", "*", { Bool: { "aws:SecureTransport": "false" } })],
      candidate: [read({ Bool: { "aws:SecureTransport": "true" } })],
      verdict: "contained",
    },
    {
      name: "everything is denied in the reference",
      reference: [read(), deny("*")],
      candidate: [read()],
      verdict: "exceeds",
    },
    {
      name: "everything is denied in the candidate",
      reference: [read(ORG)],
      candidate: [allow("*"), deny("*")],
      verdict: "contained",
    },
    { name: "nothing but a denial", reference: [read()], candidate: [deny("s3:*")], verdict: "contained" },
  ],
  "policy variables": [
    same("a home directory", [allow("s3:GetObject", HOME)]),
    {
      name: "a home directory within the bucket",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:GetObject", HOME)],
      verdict: "contained",
    },
    {
      name: "the bucket is more than a home directory",
      reference: [allow("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "a directory may be a home directory",
      reference: [allow("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", `${BUCKET}/bob/*`)],
      verdict: "exceeds",
    },
    {
      name: "a home directory may be anybody's",
      reference: [allow("s3:GetObject", `${BUCKET}/bob/*`)],
      candidate: [allow("s3:GetObject", HOME)],
      verdict: "exceeds",
    },
    {
      name: "the variable of another key",
      reference: [allow("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", `${BUCKET}/\${aws:userid}/*`)],
      verdict: "exceeds",
    },
    {
      name: "the key in another case",
      reference: [allow("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", `${BUCKET}/\${AWS:UserName}/*`)],
      verdict: "contained",
    },
    {
      name: "a variable is not one character",
      reference: [allow("s3:GetObject", `${BUCKET}/?/*`)],
      candidate: [allow("s3:GetObject", HOME)],
      verdict: "exceeds",
    },
    {
      name: "in a Deny of the candidate a variable is nobody in particular",
      reference: [allow("s3:GetObject", "arn:aws:s3:::other/*")],
      candidate: [allow("s3:GetObject", FILES), deny("s3:GetObject", HOME)],
      verdict: "exceeds",
    },
    {
      name: "in a Deny of the reference it may be anybody",
      reference: [read(), deny("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", `${BUCKET}/bob/a`)],
      verdict: "not-proved",
    },
    {
      name: "in NotResource of an Allow",
      reference: [allow("s3:GetObject", "arn:aws:s3:::other/*")],
      candidate: [not(allow("s3:GetObject", HOME), "Resource")],
      verdict: "exceeds",
    },
    {
      name: "all but a home directory is denied",
      reference: [allow("s3:GetObject", HOME)],
      candidate: [allow("s3:GetObject", FILES), not(deny("s3:*", HOME), "Resource")],
      verdict: "not-proved",
    },
    {
      name: "in Version 2008-10-17 it is a text",
      reference: version("2008-10-17", allow("s3:GetObject", HOME)),
      candidate: [allow("s3:GetObject", HOME)],
      verdict: "exceeds",
    },
    {
      name: "without a Version too",
      reference: version(undefined, allow("s3:GetObject", HOME)),
      candidate: [allow("s3:GetObject", HOME)],
      verdict: "exceeds",
    },
    {
      name: "a text of 2008-10-17 within a pattern",
      reference: [allow("s3:GetObject", FILES)],
      candidate: version("2008-10-17", allow("s3:GetObject", HOME)),
      verdict: "contained",
    },
    same("a variable in a condition", [read({ StringEquals: { [KEY]: "${aws:username}" } })]),
    conditions(
      "a variable in a condition may be any text",
      { StringEquals: { [KEY]: "bob" } },
      { StringEquals: { [KEY]: "${aws:username}" } },
      "exceeds",
    ),
    conditions(
      "a variable in a condition within a pattern",
      { StringLike: { [KEY]: "a-*" } },
      { StringEquals: { [KEY]: "a-${aws:username}" } },
      "contained",
    ),
    {
      name: "`${*}` is a star",
      reference: [allow("s3:GetObject", `${BUCKET}/\${*}`)],
      candidate: [allow("s3:GetObject", FILES)],
      verdict: "exceeds",
    },
    {
      name: "a star of `${*}` is within `*`",
      reference: [allow("s3:GetObject", FILES)],
      candidate: [allow("s3:GetObject", `${BUCKET}/\${*}`)],
      verdict: "contained",
    },
  ],
  who: [
    {
      name: "a role of the account",
      type: "resource",
      reference: [to({ AWS: ACCOUNT })],
      candidate: [to({ AWS: SESSION })],
      verdict: "contained",
    },
    {
      name: "the account by its ARN",
      type: "resource",
      reference: [to({ AWS: ROOT })],
      candidate: [to({ AWS: `arn:aws:iam::${ACCOUNT}:user/alice` })],
      verdict: "contained",
    },
    {
      name: "the account is more than a role",
      type: "resource",
      reference: [to({ AWS: ROLE })],
      candidate: [to({ AWS: ACCOUNT })],
      verdict: "exceeds",
    },
    {
      name: "a session of the role",
      type: "resource",
      reference: [to({ AWS: ROLE })],
      candidate: [to({ AWS: SESSION })],
      verdict: "contained",
    },
    {
      name: "the role is more than a session",
      type: "resource",
      reference: [to({ AWS: SESSION })],
      candidate: [to({ AWS: ROLE })],
      verdict: "exceeds",
    },
    {
      name: "another account",
      type: "resource",
      reference: [to({ AWS: ACCOUNT })],
      candidate: [to({ AWS: ["444455556666", ACCOUNT] })],
      verdict: "exceeds",
    },
    {
      name: "everybody",
      type: "resource",
      reference: [to({ AWS: ACCOUNT })],
      candidate: [to("*")],
      verdict: "exceeds",
    },
    {
      name: "everybody in two ways",
      type: "resource",
      reference: [to({ AWS: "*" })],
      candidate: [to("*")],
      verdict: "contained",
    },
    {
      name: "everybody is services too",
      type: "resource",
      reference: [to("*")],
      candidate: [to({ Service: "cloudtrail.amazonaws.com" })],
      verdict: "contained",
    },
    {
      name: "everybody of an organization",
      type: "resource",
      reference: [to("*", ORG)],
      candidate: [to("*")],
      verdict: "exceeds",
    },
    {
      name: "everybody of an organization, one account of it",
      type: "resource",
      reference: [to("*", ORG)],
      candidate: [to({ AWS: ACCOUNT }, ORG)],
      verdict: "contained",
    },
    {
      name: "a service for another",
      type: "resource",
      reference: [to({ Service: "a.amazonaws.com" })],
      candidate: [to({ Service: "b.amazonaws.com" })],
      verdict: "exceeds",
      counterexample: { principal: { type: "Service", id: "b.amazonaws.com" } },
    },
    {
      name: "an account is no service",
      type: "resource",
      reference: [to({ Service: "a.amazonaws.com" })],
      candidate: [to({ AWS: ACCOUNT })],
      verdict: "exceeds",
    },
    {
      name: "everybody but one",
      type: "resource",
      reference: [to({ AWS: ACCOUNT })],
      candidate: [not(to({ AWS: USER }), "Principal")],
      verdict: "exceeds",
    },
    {
      name: "everybody but two within everybody but one",
      type: "resource",
      reference: [not(to({ AWS: USER }), "Principal")],
      candidate: [not(to({ AWS: [USER, SESSION] }), "Principal")],
      verdict: "contained",
    },
    {
      name: "a Deny of somebody in the reference",
      type: "resource",
      reference: [to({ AWS: ACCOUNT }), { ...to({ AWS: USER }), Effect: "Deny" }],
      candidate: [to({ AWS: USER })],
      verdict: "exceeds",
    },
    {
      name: "a Deny of somebody else in the reference",
      type: "resource",
      reference: [to({ AWS: ACCOUNT }), { ...to({ AWS: USER }), Effect: "Deny" }],
      candidate: [to({ AWS: SESSION })],
      verdict: "contained",
    },
    {
      name: "a Deny of somebody in the candidate",
      type: "resource",
      reference: [to({ AWS: SESSION })],
      candidate: [to({ AWS: [SESSION, USER] }), { ...to({ AWS: USER }), Effect: "Deny" }],
      verdict: "contained",
    },
    same("a trust policy", [trust({ Service: "ec2.amazonaws.com" })], { type: "trust" }),
    {
      name: "a second service is trusted",
      type: "trust",
      reference: [trust({ Service: "ec2.amazonaws.com" })],
      candidate: [trust({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] })],
      verdict: "exceeds",
      counterexample: {
        action: "sts:AssumeRole",
        principal: { type: "Service", id: "lambda.amazonaws.com" },
      },
    },
    {
      name: "an external id is dropped",
      type: "trust",
      reference: [trust({ AWS: ACCOUNT }, { StringEquals: { "sts:ExternalId": "x" } })],
      candidate: [trust({ AWS: ACCOUNT })],
      verdict: "exceeds",
    },
    {
      name: "a source account is added",
      type: "trust",
      reference: [trust({ Service: "sagemaker.amazonaws.com" })],
      candidate: [
        trust({ Service: "sagemaker.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": ACCOUNT } }),
      ],
      verdict: "contained",
    },
    {
      name: "a subject that ends in a star",
      type: "trust",
      reference: [
        trust(
          { Federated: GITHUB },
          { StringEquals: { [SUBJECT]: "repo:o/r:ref:refs/heads/main" } },
          "sts:AssumeRoleWithWebIdentity",
        ),
      ],
      candidate: [
        trust(
          { Federated: GITHUB },
          { StringLike: { [SUBJECT]: "repo:o/r:*" } },
          "sts:AssumeRoleWithWebIdentity",
        ),
      ],
      verdict: "exceeds",
      counterexample: { action: "sts:AssumeRoleWithWebIdentity" },
    },
    {
      name: "sessions may be tagged too",
      type: "trust",
      reference: [trust({ AWS: ROLE })],
      candidate: [trust({ AWS: ROLE }, undefined, ["sts:AssumeRole", "sts:TagSession"])],
      verdict: "exceeds",
      counterexample: { action: "sts:TagSession" },
    },
  ],
  "what cannot be proved": [
    {
      name: "text that is not JSON",
      reference: { documents: ["{"] },
      candidate: [read()],
      verdict: "not-proved",
      reason: /the reference cannot be read/,
    },
    {
      name: "a candidate that is not JSON",
      reference: [read()],
      candidate: { documents: ["nonsense"] },
      verdict: "not-proved",
      reason: /the policy cannot be read/,
    },
    {
      name: "a key that stands twice",
      reference: [read()],
      candidate: {
        documents: ['{"Statement":{"Effect":"Deny","Effect":"Deny","Action":"*","Resource":"*"}}'],
      },
      verdict: "not-proved",
    },
    {
      name: "an effect that is misspelt",
      reference: [read()],
      candidate: [{ ...read(), Effect: "allow" }],
      verdict: "not-proved",
    },
    {
      name: "no document",
      reference: { documents: [] },
      candidate: [read()],
      verdict: "not-proved",
      reason: /no document/,
    },
    {
      name: "no document of the candidate",
      reference: [read()],
      candidate: { documents: [] },
      verdict: "not-proved",
      reason: /no document/,
    },
    {
      name: "no statement",
      reference: [read()],
      candidate: [],
      verdict: "not-proved",
      reason: /no statement/,
    },
    {
      name: "a document that is empty",
      reference: [read()],
      candidate: { documents: [{}] },
      verdict: "not-proved",
    },
    {
      name: "a second document that is not known",
      reference: [read()],
      candidate: { documents: [{ Version: "2012-10-17", Statement: read() }, UNKNOWN] },
      verdict: "not-proved",
      reason: /not known/,
    },
    {
      name: "a resource that is not known",
      reference: [read()],
      candidate: [{ ...read(), Resource: UNKNOWN }],
      verdict: "not-proved",
      reason: /not known at Statement\[0\]\.Resource/,
    },
    {
      name: "a value of a condition that is not known",
      reference: [read()],
      candidate: [read({ StringEquals: { [KEY]: UNKNOWN } })],
      verdict: "not-proved",
      reason: /not known/,
    },
    {
      name: "a reference that is not known",
      reference: { documents: [UNKNOWN] },
      candidate: [read()],
      verdict: "not-proved",
    },
    {
      name: "policies of different types",
      reference: [read()],
      candidate: { documents: [{ Version: "2012-10-17", Statement: [to("*")] }] },
      verdict: "not-proved",
    },
    {
      name: "an operator that is none",
      reference: [read()],
      candidate: [read({ StringMatches: { [KEY]: "a" } })],
      verdict: "not-proved",
    },
    {
      name: "both Action and NotAction",
      reference: [read()],
      candidate: [{ ...read(), NotAction: "s3:*" }],
      verdict: "not-proved",
    },
  ],
};
