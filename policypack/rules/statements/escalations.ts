/** By which known paths an identity reaches more than it was given, and which statement grants each step. */
import {
  ESCALATION_PATHS,
  type EscalationPath,
  KNOWN,
  type ResourceType,
  typesOfStep,
} from "../../catalogue";
import {
  arbitraryResources,
  type Budget,
  budget,
  type Entry,
  type Grantors,
  type JointGrant,
  jointGrants,
  literal,
  matches,
  neededValues,
  parsePattern,
  passesWithout,
  type Pattern,
  type Question,
  remembered,
  rememberedOfText,
  type Statement,
  withoutColons,
} from "../../iam";
import { askFor, conditionOf, WRITES_POLICY } from "./escalation-asks";
import { surroundingsOf } from "./openings";

export interface Step {
  readonly action: string;
  readonly statement: Statement;
  /** of its resources the one that lets the step in; undefined where `NotResource` does */
  readonly entry: Entry | undefined;
  /** an ARN that it is granted on; undefined where that is too hard to find */
  readonly resource: string | undefined;
}

/**
 * What a path is open to: any resource of the type, one that nobody named; some that a pattern selects; the one that is
 * named; or the caller's own user.
 */
export type Extent = "any" | "some" | "one" | "own";

export interface Escalation {
  readonly path: EscalationPath;
  /** in the order of the path's actions */
  readonly steps: readonly [Step, ...Step[]];
  /** of what the first step is about */
  readonly extent: Extent;
}

/** How much work one identity may take: far above what policies that people write take. */
const EFFORT = 2_000_000;
export const effort = (): Budget => budget(EFFORT);

/** Everything that statements open together, paths within paths too. */
export function escalationsOf(grantors: Grantors, left: Budget = effort()): readonly Escalation[] {
  const statements = grantors.statements.filter(isKnown);
  const candidates = candidatesIn(statements);
  if (candidates.length === 0) return [];
  const search = new Search({ ...grantors, statements }, left);
  return candidates.flatMap((path) => search.escalationBy(path) ?? []);
}

/** A condition may come to bind a grant to whatever keeps the path shut: a boundary, or a service. */
const isKnown = ({ effect, condition }: Statement): boolean => effect === "Deny" || !condition.partial;

/** Whether what a path begins with may be done to a certain resource, given the form of its ARN. */
export function isOpenTo(grantors: Grantors, path: EscalationPath, form: Pattern, left: Budget): boolean {
  const [first] = groupsOf(path);
  if (first === undefined) return false;
  const asks = first.actions.map((action) => askFor(action, path));
  const known = { ...grantors, statements: grantors.statements.filter(isKnown) };
  for (const grant of jointGrants({ asks, forms: [form], except: "nothing" }, known, KNOWN, left))
    return grant.by.length > 0;
  return false;
}

// Most documents mention no path at all, so that must be seen at a glance.

const pathActions = [...new Set(ESCALATION_PATHS.flatMap(({ actions }) => actions))].map((name) => ({
  name,
  key: name.toLowerCase(),
}));
const nameOf = new Map(pathActions.map(({ name, key }) => [key, name]));
const WILD = /[*?]/;

/** The paths of which every action stands in some Allow statement. */
function candidatesIn(statements: readonly Statement[]): readonly EscalationPath[] {
  const touched = new Set<string>();
  for (const { effect, actions } of statements) {
    if (effect === "Deny" || (actions.negated && actions.partial)) continue;
    if (actions.negated) {
      for (const { name, key } of pathActions)
        if (!actions.entries.some(({ pattern }) => matches(pattern, key))) touched.add(name);
    } else for (const entry of actions.entries) touch(entry, touched);
  }
  return touched.size === 0
    ? []
    : ESCALATION_PATHS.filter(({ actions }) => actions.every((action) => touched.has(action)));
}

function touch({ text, pattern }: Entry, touched: Set<string>): void {
  if (WILD.test(text)) {
    for (const { name, key } of pathActions) if (matches(pattern, key)) touched.add(name);
    return;
  }
  const name = nameOf.get(text.toLowerCase());
  if (name !== undefined) touched.add(name);
}

/** Steps of a path that are about one resource: a role is given a policy and then assumed. */
interface Group {
  readonly actions: readonly string[];
  /** what the resource may be; none for actions that are about no resource */
  readonly types: readonly ResourceType[];
}

const groups = new Map<EscalationPath, readonly Group[]>();

function groupsOf(path: EscalationPath): readonly Group[] {
  const known = groups.get(path);
  if (known !== undefined) return known;
  const made: Group[] = [];
  for (const action of path.actions) {
    const types = typesOfStep(action);
    const isShared = (type: ResourceType): boolean => types.some((own) => own.arn.text === type.arn.text);
    const at = made.findIndex((group) => group.types.some(isShared));
    const group = made[at];
    if (group === undefined) made.push({ actions: [action], types });
    else made[at] = { actions: [...group.actions, action], types: group.types.filter(isShared) };
  }
  groups.set(path, made);
  return made;
}

const ANY = parsePattern("*");
const NO_RESOURCE = [literal("*")];
const MOST_PARTITIONS = 100;
const forms = remembered(({ arn: { scope, resource } }: ResourceType) =>
  rememberedOfText(MOST_PARTITIONS, (partition) =>
    withoutColons([...literal(`arn:${partition}`), ...scope.pattern, ...resource]),
  ),
);

/** The ARNs of a resource type in a partition: one pattern each, so that what is found out about it is found out once. */
const formOf = (type: ResourceType, partition: string): Pattern => forms(type)(partition);

interface Answer {
  readonly grant: JointGrant;
  readonly extent: Extent;
}

class Search {
  readonly #grantors: Grantors;
  /** the same without what is about tagged resources only: nobody's own choice */
  readonly #untagged: Grantors;
  readonly #left: Budget;
  readonly #mentioned: readonly Pattern[];
  readonly #partitions: readonly string[];
  readonly #answers = new Map<string, Answer | undefined>();

  constructor(grantors: Grantors, left: Budget) {
    this.#grantors = grantors;
    this.#untagged = { ...grantors, statements: grantors.statements.filter((each) => !needsTag(each)) };
    this.#left = left;
    const { mentioned, partitions } = surroundingsOf([...grantors.statements, ...(grantors.boundary ?? [])]);
    this.#mentioned = mentioned;
    this.#partitions = partitions;
  }

  escalationBy(path: EscalationPath): Escalation | undefined {
    const writes = path.actions.find((action) => WRITES_POLICY.test(action));
    const isAttached = path.actions.some((action) => action.startsWith("iam:Attach"));
    if (writes === undefined || !isAttached) return this.#escalationBy(path);
    for (const policy of this.#policiesWritten(writes, path)) {
      const found = this.#escalationBy(path, policy);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** @param policy - the ARN of the policy that the path writes and attaches */
  #escalationBy(path: EscalationPath, policy?: string): Escalation | undefined {
    const steps = new Map<string, Step>();
    let extent: Extent | undefined;
    for (const group of groupsOf(path)) {
      const answer = this.#answerTo(group, path, policy);
      if (answer === undefined) return undefined;
      const { grant } = answer;
      group.actions.forEach((action, index) => {
        const by = grant.by[index];
        if (by !== undefined) steps.set(action, { action, ...by, resource: grant.resource });
      });
      extent ??= answer.extent;
    }
    const [first, ...rest] = path.actions.flatMap((action) => steps.get(action) ?? []);
    return first === undefined ? undefined : { path, steps: [first, ...rest], extent: extent ?? "some" };
  }

  /** Policies that may be written, above all such as the conditions on what may be attached speak of. */
  *#policiesWritten(action: string, path: EscalationPath): Generator<string> {
    const forms = this.#formsOf({ actions: [action], types: typesOfStep(action) });
    const question = { asks: [askFor(action, path)], forms, except: "nothing" } as const;
    const tried = new Set<string>();
    for (const within of [...this.#attachable(), ANY])
      for (const { resource } of jointGrants({ ...question, within }, this.#grantors, KNOWN, this.#left)) {
        if (resource === undefined || tried.has(resource)) continue;
        tried.add(resource);
        yield resource;
        if (tried.size > MOST_PLACES) return;
      }
  }

  #attachable(): readonly Pattern[] {
    const { statements, boundary = [] } = this.#grantors;
    return [...statements, ...boundary]
      .flatMap(({ condition }) => condition.tests)
      .filter(({ key }) => key === "iam:policyarn")
      .flatMap((test) => neededValues(test)?.map((text) => parsePattern(text)) ?? []);
  }

  /** Whether and how one group of steps is granted; asked once for all paths that begin alike. */
  #answerTo(group: Group, path: EscalationPath, policy: string | undefined): Answer | undefined {
    const { actions, reach } = path;
    const isFirst = group.actions[0] === actions[0];
    const makesCredentials = isFirst && reach === "another principal" && CREDENTIALS.has(actions[0]);
    const except = makesCredentials ? "the caller's" : "nothing";
    const asks = group.actions.map((action) => askFor(action, path, policy));
    const key = [
      except,
      isFirst,
      ...group.actions.map((action) => `${action} ${JSON.stringify(conditionOf(action, path, policy))}`),
    ].join();
    if (!this.#answers.has(key)) {
      const isWritten = policy !== undefined && group.actions.some((action) => WRITES_POLICY.test(action));
      const forms = isWritten ? [literal(policy)] : this.#formsOf(group);
      this.#answers.set(key, this.#search(group, { asks, except, forms }, isFirst));
    }
    return this.#answers.get(key);
  }

  #search(group: Group, question: Question, isFirst: boolean): Answer | undefined {
    let widest: Answer | undefined;
    const tried = new Set<string>();
    for (const grant of jointGrants(question, this.#grantors, KNOWN, this.#left)) {
      const extent = extentOf(grant);
      if (widest === undefined || (widest.extent === "one" && extent !== "one")) widest = { grant, extent };
      if (!isFirst || grant.resource === undefined) return widest;
      // What is granted on names that nobody had in mind is granted on any.
      const place = grant.resource.split(":").slice(0, 5).join(":");
      if (tried.has(place)) continue;
      tried.add(place);
      const any = this.#anyGrant(group, question, place);
      if (any !== undefined) return { grant: any, extent: "any" };
      if (tried.size > MOST_PLACES) break;
    }
    return widest;
  }

  #formsOf({ types }: Group): readonly Pattern[] {
    return types.length === 0
      ? NO_RESOURCE
      : types.flatMap((type) => this.#partitions.map((partition) => formOf(type, partition)));
  }

  /** How resources of arbitrary names are granted, in one region and account; undefined when some are not. */
  #anyGrant(group: Group, question: Question, place: string): JointGrant | undefined {
    if (group.types.length === 0)
      return this.#first({ ...question, forms: NO_RESOURCE, except: "variables" });
    for (const { arn } of group.types) {
      let last: JointGrant | undefined;
      for (const resource of arbitraryResources(arn, this.#mentioned)) {
        last = this.#first({ ...question, forms: [literal(`${place}:${resource}`)], except: "variables" });
        if (last === undefined) break;
      }
      if (last !== undefined) return last;
    }
    return undefined;
  }

  #first(question: Question): JointGrant | undefined {
    for (const grant of jointGrants(question, this.#untagged, KNOWN, this.#left)) return grant;
    return undefined;
  }
}
const MOST_PLACES = 8;

const extentOf = ({ by: [first], variable }: JointGrant): Extent => {
  if (variable !== undefined) return variable === "another" ? "some" : "own";
  return isOne(first?.entry) ? "one" : "some";
};

/** What makes credentials of a user: one's own are no more than one has. */
const CREDENTIALS = new Set(["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"]);

const needsTag = ({ effect, condition: { tests } }: Statement): boolean =>
  effect === "Allow" &&
  tests.some((test) => test.key.includes("resourcetag/") && passesWithout(test) !== true);

/** Whether an entry names one resource, in whatever account and region. */
function isOne(entry: Entry | undefined): boolean {
  const fields = entry?.text.split(":") ?? [];
  return fields.length > 5 && !WILD.test(fields.slice(5).join(":")) && !WILD.test(fields[2] ?? "");
}
