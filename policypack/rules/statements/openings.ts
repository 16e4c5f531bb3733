/** Which resource types a statement opens: of which it allows an arbitrary resource, one that nobody named. */
import {
  type Action,
  creationKeyOf,
  expandAction,
  isChosenByCaller,
  mayBeChosen,
  mayNameTypeOnly,
  needsEverything,
  type ResourceType,
} from "../../catalogue";
import {
  arbitraryIn,
  arbitraryOutside,
  type ArnTemplate,
  type Budget,
  budget,
  type Entry,
  isAboutAction,
  isAboutEverything,
  isAboutResource,
  isOfOtherService,
  opensType,
  partitionsOf,
  passesWithout,
  type Pattern,
  pins,
  remembered,
  type Selection,
  type Statement,
  type Test,
  testsToPass,
  unconditionalDenies,
  variablesIn,
  withOpenVariables,
} from "../../iam";

/** What of a whole document bears on each of its statements. */
export interface Surroundings {
  readonly denies: readonly Statement[];
  /** the other denials that no resource escapes: what they turn away, a request must not say */
  readonly guards: readonly Statement[];
  readonly partitions: readonly string[];
  /** all resource patterns: what an arbitrary resource must not be */
  readonly mentioned: readonly Pattern[];
  /** how much work is left for the document: patterns that are built to be hard must not hold up a preview */
  readonly left: Budget;
}

/** More than twice what the hardest policy that AWS publishes takes. */
const EFFORT = 2_000_000;

/** What of a document bears on each of its statements; what several rules spend on it adds up. */
export const surroundingsOf = remembered((statements: readonly Statement[]): Surroundings => {
  const resources = statements.flatMap((statement) => statement.resources.entries);
  const allowed = statements.filter(({ effect, resources: { negated } }) => effect === "Allow" && !negated);
  const textsOf = (entries: readonly Entry[]): readonly string[] => entries.map((entry) => entry.text);
  // A partition that only a Deny or an exclusion names does not say where the policy is used.
  const partitions = partitionsOf(textsOf(allowed.flatMap((statement) => statement.resources.entries)));
  const isSaid = resources.some(({ text }) =>
    partitions.some((partition) => text.startsWith(`arn:${partition}:`)),
  );
  return {
    denies: unconditionalDenies(statements),
    guards: statements.filter(
      (each) => each.effect === "Deny" && each.conditional && isAboutEverything(each),
    ),
    partitions: isSaid ? partitions : [...new Set([...partitions, ...partitionsOf(textsOf(resources))])],
    mentioned: resources.map((entry) => entry.pattern),
    left: budget(EFFORT),
  };
});

export interface Opening {
  readonly entries: OpeningEntries;
  readonly type: ResourceType;
  readonly actions: Alike;
}

/**
 * The entries of `Resource` that open a type: one that does so alone, or several that do so only together; none when it is
 * `NotResource` that does.
 */
export type OpeningEntries = readonly Entry[];
const OUTSIDE: OpeningEntries = [];
const alone = remembered((entry: Entry): OpeningEntries => [entry]);

/** Actions of which one answer holds for all. */
type Alike = readonly [Action, ...Action[]];

/** What has been asked of a statement, by the denials that bear on an action, and by type. */
type Asked = Map<string, Map<ArnTemplate, readonly OpeningEntries[]>>;

/** Everything that a statement opens, less what is denied. */
export function openingsOf(statement: Statement, surroundings: Surroundings): readonly Opening[] {
  const asked: Asked = new Map();
  const chosen = chosenKeysIn(statement, surroundings.guards);
  return alike(allowedActions(statement), surroundings.denies, chosen).flatMap((actions) =>
    openedBy(statement, actions, surroundings, asked, chosen),
  );
}

interface Chosen {
  readonly key: string;
  /** the denials that ask for a value of it */
  readonly guards: readonly Statement[];
}

/** The policy variables among the resources that callers write, and of which the statement asks for no value of its own. */
const chosenKeysIn = ({ resources, condition }: Statement, guards: readonly Statement[]): readonly Chosen[] =>
  choosableIn(resources)
    .filter((key) => !isPinned(key, condition.tests))
    .map((key) => ({ key, guards: guards.filter((guard) => isPinned(key, testsToPass(guard))) }));

/** Whether a statement asks for a value of its own of some policy variable among its resources that callers write. */
export const bindsVariables = ({ resources, condition }: Statement): boolean =>
  choosableIn(resources).some((key) => isPinned(key, condition.tests));

function choosableIn({ negated, entries }: Selection): readonly string[] {
  if (negated) return [];
  const keys = new Set(entries.flatMap(({ pattern }) => variablesIn(pattern).map(({ key }) => key)));
  return [...keys].filter(mayBeChosen);
}

/** Whether a request must carry a value of its own of a key that its caller writes. */
const isPinned = (key: string, tests: readonly Test[]): boolean =>
  tests.some((test) => test.key === key.toLowerCase() && pins(test, mayBeChosen));

const selections = new Map<string, readonly Action[]>();

/** The actions that a statement selects, of those that AWS's reference knows. */
export function allowedActions({ actions: { negated, partial, entries } }: Statement): readonly Action[] {
  const [only] = entries;
  if (!negated && entries.length === 1 && only !== undefined) return expandAction(only.text);
  if (negated && partial) return [];
  const key = JSON.stringify([negated, ...entries.map(({ text }) => text)]);
  const known = selections.get(key);
  if (known !== undefined) return known;
  const listed = new Set(entries.flatMap((entry) => expandAction(entry.text)));
  const made = negated ? complementOf(listed) : [...listed];
  // INVARIANT: bounded, since a pack process lives as long as the stack is large.
  if (selections.size >= MOST_SELECTIONS) selections.clear();
  selections.set(key, made);
  return made;
}
const MOST_SELECTIONS = 200;

/** All actions but some; the same list where these are none. */
const complementOf = (listed: ReadonlySet<Action>): readonly Action[] =>
  listed.size === 0 ? expandAction("*") : expandAction("*").filter((action) => !listed.has(action));

const undenied = remembered((actions: readonly Action[]) => groupsOf(actions, [], []));

/** Actions of the same types that are denied by the same statements: `*` has 22,000 actions, and far fewer groups. */
const alike = (
  actions: readonly Action[],
  denies: readonly Statement[],
  chosen: readonly Chosen[],
): readonly Alike[] =>
  denies.length === 0 && chosen.length === 0 ? undenied(actions) : groupsOf(actions, denies, chosen);

function groupsOf(
  actions: readonly Action[],
  denies: readonly Statement[],
  chosen: readonly Chosen[],
): readonly Alike[] {
  const byTypes = new Map<readonly ResourceType[], Map<string, [Action, ...Action[]]>>();
  for (const action of actions) {
    if (needsEverything(action)) continue;
    const groups = byTypes.get(action.resourceTypes) ?? new Map<string, [Action, ...Action[]]>();
    byTypes.set(action.resourceTypes, groups);
    const denied = denies.map((deny) => (isAboutAction(deny, action.key) ? 1 : 0)).join("");
    const key = `${needsOf(action)}|${denied}|${openKeysOf(action, chosen).join(" ")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [action]);
    else group.push(action);
  }
  return [...byTypes.values()].flatMap((groups) => [...groups.values()]);
}

const openKeysOf = (action: Action, chosen: readonly Chosen[]): readonly string[] =>
  chosen
    .filter(
      ({ key, guards }) =>
        isChosenByCaller(action, key) && !guards.some((each) => isAboutAction(each, action.key)),
    )
    .map(({ key }) => key);

/** What tells actions of the same types apart: the types that they require, and those of which they can name the type only. */
const needsOf = remembered((action: Action) =>
  [
    creationKeyOf(action),
    ...action.requiredTypes,
    ...action.resourceTypes.map((type) => (mayNameTypeOnly(action, type) ? "*" : "-")),
  ].join(),
);

/**
 * What a statement opens: of the types that every call carries all it opens, and where the types are alternatives the
 * first.
 */
function openedBy(
  statement: Statement,
  actions: Alike,
  { denies, partitions, mentioned, left }: Surroundings,
  asked: Asked,
  chosen: readonly Chosen[],
): readonly Opening[] {
  const [action] = actions;
  if (isOfCreation(statement, action)) return [];
  const denied = denies.filter((deny) => isAboutAction(deny, action.key));
  const open = openKeysOf(action, chosen);
  const denial = `${denied.map((deny) => deny.path).join()}|${open.join(" ")}`;
  const patternOf = ({ pattern }: Entry): Pattern =>
    open.length === 0 ? pattern : withOpenVariables(pattern, (key) => open.includes(key));
  const known = asked.get(denial) ?? new Map<ArnTemplate, readonly OpeningEntries[]>();
  asked.set(denial, known);
  const isDenied =
    denied.length === 0
      ? undefined
      : (arn: string): boolean => denied.some((deny) => isAboutResource(deny, arn));
  const found: Opening[] = [];
  for (const type of action.resourceTypes) {
    if (found.length > 0 && !action.requiredTypes.has(type.name)) continue;
    const template =
      mayNameTypeOnly(action, type) || isSingle(type.arn)
        ? anyTypeLike(type.arbitraryArn)
        : type.arbitraryArn;
    const groups =
      known.get(template) ??
      inAnyOf(partitions, (partition) =>
        lettingIn(statement, patternOf, template, partition, mentioned, isDenied, left),
      );
    known.set(template, groups);
    for (const entries of groups) found.push({ entries, type, actions });
  }
  return found;
}

/** What is the same in several partitions, once. */
function inAnyOf(
  partitions: readonly string[],
  lettingIn: (partition: string) => readonly OpeningEntries[],
): readonly OpeningEntries[] {
  const groups = partitions.flatMap(lettingIn);
  return groups.length < 2 ? groups : [...new Map(groups.map((group) => [keyOf(group), group])).values()];
}

/** Tells entries apart. */
export const keyOf = (entries: OpeningEntries): string => entries.map(({ path }) => path).join();

/** Whether a statement allows an action only on what is just being made, whose name nobody can know yet. */
export function isOfCreation({ condition: { tests, partial } }: Statement, action: Action): boolean {
  const creation = creationKeyOf(action);
  return (
    creation !== undefined &&
    (partial || tests.some((test) => test.key === creation && passesWithout(test) === false))
  );
}

/** The entries of `Resource` that let in every ARN of a template, each alone or, failing that, all together. */
function lettingIn(
  { resources }: Statement,
  patternOf: (entry: Entry) => Pattern,
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
  isDenied: ((arn: string) => boolean) | undefined,
  left: Budget,
): readonly OpeningEntries[] {
  const opens = (patterns: readonly Pattern[]): boolean =>
    isDenied === undefined
      ? opensType(patterns, template, partition, mentioned, left)
      : arbitraryIn(patterns, template, partition, mentioned, isDenied, left) !== undefined;
  const entries = resources.negated
    ? resources.entries
    : resources.entries.filter((entry) => !isOfOtherService(patternOf(entry), template.scope));
  const patterns = entries.map(patternOf);
  if (resources.negated) {
    if (resources.partial) return [];
    return arbitraryOutside(patterns, template, partition, mentioned, isDenied, left) === undefined
      ? []
      : [OUTSIDE];
  }
  const single = entries.filter((entry) => opens([patternOf(entry)]));
  if (single.length > 0) return single.map(alone);
  if (patterns.length < 2 || !opens(patterns)) return [];
  // Those that it takes.
  return [
    entries.reduce((needed, entry) => {
      const others = needed.filter((each) => each !== entry);
      return opens(others.map(patternOf)) ? others : needed;
    }, entries),
  ];
}

/** Whether there is but one resource of the type in a region and account: then the type's own ARN names it. */
const isSingle = ({ resource }: ArnTemplate): boolean => resource.every((token) => token.kind === "literal");

/** A resource of any type that is named alike: what a pattern that names at least the type does not let in. */
const anyTypeLike = remembered((arn: ArnTemplate): ArnTemplate => {
  const end = arn.resource.findIndex((token) => token.kind !== "literal" || /[/:]/.test(token.value));
  const anyWord: Pattern = [
    { kind: "one", of: WORD },
    { kind: "many", of: WORD },
  ];
  return { ...arn, resource: [...anyWord, ...(end < 0 ? [] : arn.resource.slice(end))] };
});
const WORD = { only: "abcdefghijklmnopqrstuvwxyz-" };
