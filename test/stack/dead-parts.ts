/** A checker of written statements against the vendor's files, which shares no code with the pack. */
import * as assert from "node:assert/strict";

import { type WrittenStatement } from "../../stack/grants/statements";
import { vendorServices } from "../catalogue/vendor";

const many = (value: string | readonly string[]) => [value].flat();
/** Actions with a resource type that a call carries only at times. */
const MAY_CARRY = [
  "cloudwatch:PutMetricData",
  "comprehend:DetectEntities",
  "polly:SynthesizeSpeech",
  "rekognition:DetectModerationLabels",
  "translate:TranslateText",
];
/** What is decided on a resource, and must not be limited to one where AWS checks a processing job in a VPC. */
const UNLIMITED = [
  "ec2:CreateNetworkInterface",
  "ec2:CreateNetworkInterfacePermission",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteNetworkInterfacePermission",
];
const GLOBAL = ["aws:ResourceAccount", "aws:RequestedRegion"];
/** What an operator compares, by the reference's own types of keys. */
const COMPARES: readonly (readonly [RegExp, RegExp])[] = [
  [/^ForAllValues:String/, /^ArrayOfString$/],
  [/^String/, /^String$/],
  [/^Arn/, /^(ARN|Arn)$/],
  [/^Bool$/, /^Bool(ean)?$/],
  [/^Numeric/, /^Numeric$/],
  [/^Null$/, /./],
];

function findVendor(action: string) {
  const [prefix = "", name = ""] = action.split(":");
  const service = vendorServices.find((each) => each.prefix === prefix);
  const found = service?.actions.find((each) => each.name === name);
  assert.ok(service && found, `${action} does not exist`);
  return { service, found };
}

/** Whether a resource may be of a type: a placeholder of the template takes any text, the region and account none too. */
function isOfType(resource: string, template: string): boolean {
  const source = template
    .split(/(\$\{\w+\}|\*)/)
    .map((part) =>
      /^\$\{(Region|Account)\}$/.test(part)
        ? "[^:]*"
        : part === "${BucketName}"
          ? "[^/]+"
          : part === "*" || part.startsWith("${")
            ? ".+"
            : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}$`).test(resource);
}

/** Why a statement has a part that AWS's reference gives no effect: a checker that shares no code with the pack. */
export function deadParts({ Action, Resource, Condition = {} }: WrittenStatement): readonly string[] {
  const dead: string[] = [];
  const resources = many(Resource);
  const live = new Set<string>();
  for (const action of many(Action)) {
    const { service, found } = findVendor(action);
    if (resources.includes("*")) {
      live.add("*");
      if (found.resourceTypes.length > 0 && ![...MAY_CARRY, ...UNLIMITED].includes(action))
        dead.push(`${action} on *`);
    } else {
      const templates = found.resourceTypes.map(({ name }) => service.arns.get(name) ?? "");
      const own = resources.filter((resource) => templates.some((template) => isOfType(resource, template)));
      if (own.length === 0) dead.push(`${action} has none of its resources`);
      for (const resource of own) live.add(resource);
    }
    const keys = new Set(
      [
        ...found.conditionKeys,
        ...found.resourceTypes.flatMap(({ name, conditionKeys }) => [
          ...conditionKeys,
          ...(service.keysOfTypes.get(name) ?? []),
        ]),
      ].map((key) => key.toLowerCase()),
    );
    for (const [operator, tests] of Object.entries(Condition))
      for (const key of Object.keys(tests)) {
        if (GLOBAL.includes(key)) continue;
        if (!keys.has(key.toLowerCase())) dead.push(`${action} does not know ${key}`);
        const type = [...service.conditionKeys].find(
          ([name]) => name.toLowerCase() === key.toLowerCase(),
        )?.[1];
        const compared = COMPARES.find(([pattern]) => pattern.test(operator))?.[1];
        if (type === undefined || compared?.test(type) !== true)
          dead.push(`${operator} does not compare ${key}, of type ${type}`);
      }
  }
  dead.push(
    ...resources.filter((resource) => !live.has(resource)).map((each) => `no action is about ${each}`),
  );
  return dead;
}
