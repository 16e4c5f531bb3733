import { arnServices, fieldsOf, fieldsOfService, type FieldUse, isArnService, nearest } from "../catalogue";
import { CONTROLS, defineRule, EVERY_KIND, type Violation } from "../engine";
import {
  type Entry,
  hasVariable,
  isExact,
  literal,
  loosened,
  matches,
  overlaps,
  PARTITIONS,
  type Pattern,
  printPattern,
  type Token,
} from "../iam";

type Message =
  | "nameless"
  | "partition"
  | "service"
  | "service-case"
  | "region"
  | "region-unused"
  | "region-missing"
  | "account"
  | "account-unused"
  | "account-missing"
  | "fields";

export const resourceArns = defineRule({
  id: "resource-arns",
  title: "Resources have ARNs that exist",
  summary: "The partition, service, region and account of a resource must be such that its ARN can be one.",
  why: "A slip in a field of an ARN makes it the ARN of nothing: what is allowed there is not, and what is denied there is allowed.",
  fix: "Write the ARN as the service's page of the Service Authorization Reference has it.",
  level: "advisory",
  severity: "medium",
  tags: ["iam", "validation"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    nameless: "`{resource}` names no {field}",
    partition: "`{resource}` names the partition `{field}`, which AWS does not have",
    service: "`{resource}` names the service `{field}`, which AWS does not have",
    "service-case": "`{resource}` names the service `{field}`, which is `{expected}` in lower case",
    region: "`{resource}` names the region `{field}`, which is no region's name",
    "region-unused":
      "`{resource}` names a region, and ARNs of `{service}` have none there, so it matches nothing",
    "region-missing":
      "`{resource}` names no region, and ARNs of `{service}` have one there, so it matches nothing",
    account: "`{resource}` names the account `{field}`; an account id has 12 digits",
    "account-unused":
      "`{resource}` names an account, and ARNs of `{service}` have none there, so it matches nothing",
    "account-missing":
      "`{resource}` names no account, and ARNs of `{service}` have one there, so it matches nothing",
    fields: "`{resource}` has fewer than the six fields of an ARN",
  },
  accessAnalyzer: {
    nameless: "MISSING_ARN_FIELD",
    partition: "INVALID_PARTITION",
    service: "INVALID_SERVICE",
    "service-case": "INVALID_ARN_SERVICE_CASE",
    region: "INVALID_ARN_REGION",
    "region-unused": "ARN_REGION_NOT_ALLOWED",
    "region-missing": "MISSING_ARN_REGION",
    account: "INVALID_ARN_ACCOUNT",
    "account-unused": "ARN_ACCOUNT_NOT_ALLOWED",
    "account-missing": "MISSING_ARN_ACCOUNT",
    fields: "MISSING_ARN_FIELD",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-bucket/*" },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Deny",
          Action: "s3:DeleteObject",
          Resource: "arn:aws:s3:us-east-1:123456789012:example-bucket/*",
        },
      },
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "sagemaker:InvokeEndpoint",
          Resource: "arn:aws:sagemaker::123456789012:endpoint/example",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    for (const { resources, sid } of statements)
      for (const entry of resources.entries) {
        const found = judged(entry);
        if (found !== undefined) yield { ...found, path: entry.path, sid };
      }
  },
});

type Found = Pick<Violation<Message>, "message" | "data" | "fix">;
type Say = (message: Message, data: Readonly<Record<string, string>>, fix: string) => Found;

const FIELDS = 6;

/** The fields of an ARN, where a policy variable with a colon in its name is a part of one. */
function fieldsIn(pattern: Pattern): readonly Pattern[] {
  const fields: Token[][] = [[]];
  for (const token of pattern)
    if (token.kind === "literal" && token.value === ":" && fields.length < FIELDS) fields.push([]);
    else fields.at(-1)?.push(token);
  return fields;
}

/** What a field spells out; undefined where a wildcard or a variable stands in it. */
const spelled = (field: Pattern): string | undefined =>
  isExact(field) && !hasVariable(field) ? printPattern(field) : undefined;

/** Whether a field may reach beyond its colons, so that what stands behind it is of no certain field. */
const isOpen = (field: Pattern): boolean => loosened(field).some(({ kind }) => kind === "many");

const mayBe = (field: Pattern, text: string): boolean => matches(loosened(field), text);

const known = new WeakMap<Pattern, { readonly text: string; readonly found: Found | undefined }>();

/** The same for the same text, wherever it stands. */
function judged(entry: Entry): Found | undefined {
  const before = known.get(entry.pattern);
  if (before?.text === entry.text) return before.found;
  const found = judge(entry);
  known.set(entry.pattern, { text: entry.text, found });
  return found;
}

/** The first mistake in an ARN. */
function judge({ text, pattern }: Entry): Found | undefined {
  // Wildcards, or the short form of the policy of an API, `execute-api:/stage/method/path`, which has no fields.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
  if (!text.startsWith("arn:")) return undefined;
  const [, partition = [], service = [], ...place] = fieldsIn(pattern);
  const say: Say = (message, data, fix) => ({ message, data: { resource: text, ...data }, fix });
  const missing = FIELDS - text.split(":").length;
  if (missing > 0)
    return /[*?$]/.test(text)
      ? undefined
      : say("fields", {}, `write \`${text}${":*".repeat(missing)}\` if all of it is meant`);
  const [partitionName, serviceName] = [spelled(partition), spelled(service)];
  if (partitionName === "")
    return say("nameless", { field: "partition" }, "write the partition, such as `aws`");
  if (serviceName === "") return say("nameless", { field: "service" }, "write the service");
  if (partitionName !== undefined && !PARTITIONS.includes(partitionName))
    return say(
      "partition",
      { field: partitionName },
      `write \`${nearest(partitionName, PARTITIONS, 2) ?? "aws"}\``,
    );
  if (isOpen(partition) || serviceName === undefined) return undefined;
  const lower = serviceName.toLowerCase();
  if (!isArnService(lower)) {
    const meant = nearest(lower, arnServices(), 2);
    const fix = meant === undefined ? "name a service that AWS has, or remove it" : `write \`${meant}\``;
    return say("service", { field: serviceName }, fix);
  }
  if (serviceName !== lower)
    return say(
      "service-case",
      { field: serviceName, expected: lower },
      `write \`${text.replace(serviceName, lower)}\``,
    );
  const [region = [], account = [], resource = []] = place;
  return inPlace(say, { partition, service: lower, region, account, resource });
}

interface Arn {
  readonly partition: Pattern;
  readonly service: string;
  readonly region: Pattern;
  readonly account: Pattern;
  readonly resource: Pattern;
}

/** `us-gov-east-1`; a region that opens next year looks like that, too. */
const REGION = /^([a-z]{2,}(-[a-z]+)+-\d+|global)$/;
/** In place of an account AWS writes itself, as in `arn:aws:iam::aws:policy/…`. */
const OWNER = /^[a-z]+(-[a-z]+)*$/;
const ACCOUNT: Pattern = Array.from(
  { length: 12 },
  () => ({ kind: "one", of: { only: "0123456789" } }) as const,
);

/** The first mistake in the region and the account, given which of them the service's ARNs have. */
function inPlace(say: Say, arn: Arn): Found | undefined {
  const { service, region, account, resource } = arn;
  const whole = fieldsOfService(service);
  const isUsual = fits(region, whole.region) && fits(account, whole.account);
  const use = isUsual ? undefined : fieldsOf(service, loosened(resource));
  const write = (fields: Partial<Arn>): string => {
    const made = { ...arn, ...fields };
    const parts = [made.partition, literal(service), made.region, made.account, made.resource];
    return `write \`arn:${parts.map(printPattern).join(":")}\``;
  };
  const only = (field: Pattern, name: string, kept: FieldUse | undefined): Pattern =>
    kept === "never" ? [] : kept === "always" && field.length === 0 ? literal(name) : field;
  const right = write({
    region: only(region, "<region>", use?.region),
    account: only(account, "<account>", use?.account),
  });
  if (use?.region === "never" && !mayBe(region, "")) return say("region-unused", { service }, right);
  if (use?.region === "always" && region.length === 0) return say("region-missing", { service }, right);
  const regionName = spelled(region);
  if (regionName !== undefined && regionName !== "" && !REGION.test(regionName))
    return say("region", { field: regionName }, write({ region: literal("<region>") }));
  if (isOpen(region)) return undefined;
  if (use?.account === "never" && !mayBe(account, "")) return say("account-unused", { service }, right);
  if (use?.account === "always" && account.length === 0) return say("account-missing", { service }, right);
  return isAccount(account)
    ? undefined
    : say("account", { field: printPattern(account) }, write({ account: literal("<account>") }));
}

/** Whether a field is as all ARNs of a service have it. */
const fits = (field: Pattern, use: FieldUse): boolean =>
  (use === "always" && field.length > 0) || (use === "never" && mayBe(field, ""));

function isAccount(field: Pattern): boolean {
  const name = spelled(field);
  if (name === undefined) return overlaps(loosened(field), ACCOUNT) || !/[A-Z0-9]/.test(printPattern(field));
  return name === "" || OWNER.test(name) || matches(ACCOUNT, name);
}
