/** Which resource types a statement opens: of which it allows an arbitrary resource, one that nobody named. */
import { type Action, expandAction, type ResourceType, widestRequired } from "../../catalogue";
import {
  ANY_NAME,
  arbitraryIn,
  arbitraryOutside,
  type ArnTemplate,
  type Entry,
  isAboutAction,
  isAboutResource,
  partitionsOf,
  type Pattern,
  type Statement,
  unconditionalDenies,
} from "../../iam";

/** What of a whole document bears on each of its statements. */
export interface Surroundings {
  readonly denies: readonly Statement[];
  readonly partitions: readonly string[];
  /** all resource patterns: what an arbitrary resource must not be */
  readonly mentioned: readonly Pattern[];
}

export function surroundingsOf(statements: readonly Statement[]): Surroundings {
  const resources = statements.flatMap((statement) => statement.resources.entries);
  return {
    denies: unconditionalDenies(statements),
    partitions: partitionsOf(resources.map((entry) => entry.text)),
    mentioned: resources.map((entry) => entry.pattern),
  };
}

export interface Opening {
  /** the entry of `Resource` that opens the type; undefined when `NotResource` does */
  readonly entry: Entry | undefined;
  readonly action: Action;
  readonly type: ResourceType;
}

/** Everything that a statement opens, less what is denied. */
export function openingsOf(statement: Statement, surroundings: Surroundings): readonly Opening[] {
  return alike(allowedActions(statement), surroundings.denies).flatMap((group) =>
    openedBy(statement, group[0], surroundings).flatMap(({ entry, type }) =>
      group.map((action): Opening => ({ entry, action, type })),
    ),
  );
}

/** The actions that a statement selects, of those that AWS's reference knows. */
export function allowedActions({ actions }: Statement): readonly Action[] {
  const listed = new Set(actions.entries.flatMap((entry) => expandAction(entry.text)));
  if (!actions.negated) return [...listed];
  return actions.partial ? [] : expandAction("*").filter((action) => !listed.has(action));
}

/** Actions of which one answer holds for all: the same types, and the same denials. `*` has 22,000 actions, and far fewer groups. */
function alike(
  actions: readonly Action[],
  denies: readonly Statement[],
): readonly (readonly [Action, ...Action[]])[] {
  const byTypes = new Map<readonly ResourceType[], Map<string, [Action, ...Action[]]>>();
  for (const action of actions) {
    const widest = widestRequired(action);
    if (widest === "*") continue;
    const groups = byTypes.get(action.resourceTypes) ?? new Map<string, [Action, ...Action[]]>();
    byTypes.set(action.resourceTypes, groups);
    const key = [widest, ...denies.map((deny) => isAboutAction(deny, action.key))].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [action]);
    else group.push(action);
  }
  return [...byTypes.values()].flatMap((groups) => [...groups.values()]);
}

/** What a statement opens of the first resource type of which it opens anything. */
function openedBy(
  statement: Statement,
  action: Action,
  { denies, partitions, mentioned }: Surroundings,
): readonly Omit<Opening, "action">[] {
  const denied = denies.filter((deny) => isAboutAction(deny, action.key));
  const namesTypeOnly = widestRequired(action) === "type/*";
  for (const type of action.resourceTypes) {
    const template = namesTypeOnly ? anyResourceBeside(type.arn) : type.arn;
    const letIn = partitions
      .flatMap((partition) => lettingIn(statement, template, partition, mentioned))
      .filter(({ arn }) => !denied.some((deny) => isAboutResource(deny, arn)));
    if (letIn.length > 0) return letIn.map(({ entry }) => ({ entry, type }));
  }
  return [];
}

/** The entries of `Resource` that let in every ARN of a template, each alone or, failing that, all together. */
function lettingIn(
  { resources }: Statement,
  template: ArnTemplate,
  partition: string,
  mentioned: readonly Pattern[],
): readonly { readonly entry: Entry | undefined; readonly arn: string }[] {
  const patterns = resources.entries.map((entry) => entry.pattern);
  if (resources.negated) {
    const arn = resources.partial ? undefined : arbitraryOutside(patterns, template, partition, mentioned);
    return arn === undefined ? [] : [{ entry: undefined, arn }];
  }
  const alone = resources.entries.flatMap((entry) => {
    const arn = arbitraryIn([entry.pattern], template, partition, mentioned);
    return arn === undefined ? [] : [{ entry, arn }];
  });
  if (alone.length > 0 || patterns.length < 2) return alone;
  const arn = arbitraryIn(patterns, template, partition, mentioned);
  return arn === undefined ? [] : [{ entry: resources.entries[0], arn }];
}

/** Any resource of the service: what a pattern that names at least the type does not let in. */
const anyResourceBeside = (arn: ArnTemplate): ArnTemplate => ({
  ...arn,
  resource: [
    { kind: "one", of: ANY_NAME.first },
    { kind: "many", of: ANY_NAME.rest },
  ],
});
