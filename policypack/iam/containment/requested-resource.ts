/** The resource of a request: one that an action has, in a region of ARNs, of which the condition keys say the same. */
import { byFields } from "./cells";
import { withoutColons } from "../pattern/arn";
import { EVERYTHING, FIELD, literal, type Pattern } from "../pattern/pattern";
import type { KnownAction } from "./counterexample";
import { overlaps, textOf } from "../pattern/overlap";
import { type Budget, type Region, sampleOf, UNDECIDED, type Undecided } from "../pattern/region";
import type { Context } from "../language/request";
import { remembered } from "../pattern/remembered";

const NO_RESOURCE = [literal("*")];

/** What a condition key says that a field of the resource's ARN says too, where that is not empty. */
const SAID_BY_ARN = [
  // "the AWS Region that was called in the request", which for services with regions is the resource's.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
  { key: "aws:requestedregion", field: 3 },
  // "the requested resource owner's AWS account ID"
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
  { key: "aws:resourceaccount", field: 4 },
] as const;

type Found = { readonly resource: string; readonly context: Context } | { readonly contradicted: string };

/** Resources of an action in a region of ARNs, of which the context says what their ARNs do. */
export function* resourcesIn(
  region: Region,
  action: KnownAction,
  context: Context,
  left: Budget,
): Generator<Found | Undecided> {
  for (const { all, resources } of placesOf(action, context)) {
    const resource = resourceIn({ ...region, all: [...region.all, ...all] }, { ...action, resources }, left);
    if (resource === UNDECIDED) yield UNDECIDED;
    else if (resource !== undefined) {
      yield { resource, context };
      return;
    }
  }
  // Without a key of these, that was the one place.
  if (!SAID_BY_ARN.some(({ key }) => context.has(key)) && action.resources.length > 0) return;
  const resource = resourceIn(region, action, left);
  if (typeof resource !== "string") {
    if (resource === UNDECIDED) yield UNDECIDED;
    return;
  }
  // The key may have been given just any value: whether that of the ARN does as well is for `decide` to say.
  const fields = resource.split(":");
  const repaired = new Map(context);
  for (const { key, field } of SAID_BY_ARN) {
    const said = fields[field] ?? "";
    if (said === "" || !context.has(key) || context.get(key)?.[0] === said) continue;
    repaired.set(key, [said]);
    yield { contradicted: key };
  }
  yield { resource, context: repaired };
}

interface Place {
  readonly all: readonly Pattern[];
  readonly resources: readonly Pattern[];
}

/** Patterns of ARNs that say what the context does, for each with the forms of resources that may: one that has no such field says nothing. */
function placesOf({ resources }: KnownAction, context: Context): readonly Place[] {
  if (resources.length === 0) return [];
  return SAID_BY_ARN.reduce<readonly Place[]>(
    (places, { key, field }) => {
      const value = context.get(key)?.[0];
      if (value === undefined) return places;
      const [says, silent] = [withField(field, value), withField(field, "")];
      return places.flatMap(({ all, resources: forms }) => [
        { all: [...all, says], resources: forms },
        { all: [...all, silent], resources: forms.filter((form) => !overlaps(form, says)) },
      ]);
    },
    [{ all: [], resources }],
  );
}

/** `arn:*:*:us-east-1:*` */
const withField = (field: number, value: string): Pattern => [
  ...literal("arn:"),
  ...Array.from({ length: field - 1 }, (): Pattern => [{ kind: "many", of: FIELD }, ...literal(":")]).flat(),
  ...literal(`${value}:`),
  ...EVERYTHING,
];

/** Whether an action may have resources of a region at all. */
export const mayHave = ({ all }: Region, { resources }: KnownAction): boolean =>
  resources.length === 0 || resources.some((form) => all.every((each) => overlaps(each, form)));

/**
 * A resource of an action in a region of ARNs; undefined when it has none there. Where a wildcard must match beyond its field
 * of the ARN, as that of `arn:aws:lambda:*:function:f` does, names with a colon are not looked for: they could make any
 * pattern match, and hardly any resource has one.
 */
function resourceIn(
  { all, none }: Region,
  { resources }: KnownAction,
  left: Budget,
): string | undefined | Undecided {
  const isNone = resources.length === 0;
  const found = firstSample(all.map(byFields), isNone ? NO_RESOURCE : resources, none, left);
  if (typeof found === "string") return found;
  const beyond = firstSample(all, isNone ? NO_RESOURCE : plainly(resources), none, left);
  return beyond ?? found;
}

/** The forms of resources with no colon in their names. */
const plainly = remembered((forms: readonly Pattern[]) => forms.map(withoutColons));

function firstSample(
  all: readonly Pattern[],
  forms: readonly Pattern[],
  none: readonly Pattern[],
  left: Budget,
): string | undefined | Undecided {
  let answer: undefined | Undecided;
  for (const form of forms) {
    const sample = sampleOf({ all: [...all, form], none }, left);
    if (sample === UNDECIDED) answer = UNDECIDED;
    else if (sample !== undefined) return textOf(sample);
  }
  return answer;
}
