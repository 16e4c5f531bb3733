/** Requests that stand close to the patterns and conditions of two versions of a policy: most suit an Allow of one of them. */
import type { Random } from "../../test/iam/generators";
import { type Action, expandAction, findAction, findConditionKey, servicePrefixes } from "../catalogue";
import { listOf, type NaiveRequest, type NaiveRule, type NaiveTest, VARIABLE } from "./naive-evaluator";
import { isKnownResource, merged, resourceOf, soleResource } from "./sample-arns";
import { Values } from "./sample-values";

/** A policy's statements, each with what tells it from others. */
export interface Side {
  readonly rules: readonly NaiveRule[];
  /** of each rule: the same for the same statement, whatever its `Sid` */
  readonly identities: readonly string[];
  /** the actions that are written anywhere, in lower case */
  readonly actions: ReadonlySet<string>;
}

export function sideOf(rules: readonly NaiveRule[]): Side {
  return {
    rules,
    identities: rules.map(({ statement }) => JSON.stringify({ ...statement, Sid: undefined })),
    actions: new Set(rules.flatMap((rule) => actionsOf(rule).map((text) => text.toLowerCase()))),
  };
}

const actionsOf = ({ statement }: NaiveRule): readonly string[] =>
  listOf(statement.Action ?? statement.NotAction);
const isAllow = ({ statement }: NaiveRule): boolean => statement.Effect === "Allow";
const only = (side: Side, other: Side): readonly NaiveRule[] => {
  const known = new Set(other.identities);
  return side.rules.filter((_, index) => !known.has(side.identities[index] ?? ""));
};

/** Makes requests of which the candidate allows many, and most about what the two differ in. */
export class Sampler {
  readonly #random: Random;
  readonly #all: readonly NaiveRule[];
  readonly #allows: ReadonlySet<NaiveRule>;
  /** what requests are made from, with how often; those that are empty fall to the next */
  readonly #pools: readonly (readonly [share: number, rules: readonly NaiveRule[]])[];
  /** the actions that one side alone writes */
  readonly #novel: ReadonlySet<string>;
  readonly #about = new Map<string, readonly NaiveRule[]>();

  constructor(reference: Side, candidate: Side, random: Random) {
    this.#random = random;
    this.#all = [...candidate.rules, ...reference.rules];
    this.#allows = new Set(candidate.rules.filter(isAllow));
    this.#pools = [
      [0.45, only(candidate, reference).filter(isAllow)],
      [0.15, only(reference, candidate)],
      [0.3, [...this.#allows]],
      [1, this.#all],
    ];
    this.#novel = new Set([
      ...[...candidate.actions].filter((text) => !reference.actions.has(text)),
      ...[...reference.actions].filter((text) => !candidate.actions.has(text)),
    ]);
  }

  /** @param isKnown - whether the action and its resource must be ones that the authorization data knows */
  next(isKnown: boolean): NaiveRequest | undefined {
    const random = this.#random;
    const [, pool = []] =
      this.#pools.find(([share, rules]) => rules.length > 0 && random.chance(share)) ?? [];
    if (pool.length === 0) return undefined;
    const aim = random.pick(pool);
    const action = this.#action(aim, isKnown);
    if (action === undefined) return undefined;
    const about = this.#rulesAbout(action);
    const allowing = about.filter((rule) => this.#allows.has(rule));
    const target = this.#allows.has(aim) || allowing.length === 0 ? aim : random.pick(allowing);
    const values = new Values(random);
    this.#setContext(values, target, about);
    const resource = this.#resource(values, random.chance(0.2) ? aim : target, about, action, isKnown);
    return resource === undefined ? undefined : { action, resource, context: values.context() };
  }

  #rulesAbout(action: string): readonly NaiveRule[] {
    const found = this.#about.get(action) ?? this.#all.filter((rule) => rule.isAboutAction(action));
    this.#about.set(action, found);
    return found;
  }

  #action(aim: NaiveRule, isKnown: boolean): string | undefined {
    const random = this.#random;
    const own = actionsOf(aim);
    const novel = own.filter((text) => this.#novel.has(text.toLowerCase()));
    const pattern = random.pick(novel.length > 0 && random.chance(0.6) ? novel : own);
    if (aim.statement.NotAction !== undefined && random.chance(0.85)) {
      const others = this.#all.filter(({ statement }) => statement.Action !== undefined);
      return others.length > 0 && random.chance(0.3)
        ? this.#action(random.pick(others), isKnown)
        : anyOf(expandAction(`${random.pick(servicePrefixes())}:*`), random)?.name;
    }
    // What AWS may add.
    if (!isKnown && random.chance(0.08))
      return pattern.replaceAll("*", () => random.pick(["", "New", "x:Y"]));
    return (
      anyOf(expandAction(pattern), random)?.name ?? (isKnown ? undefined : pattern.replaceAll("*", "New"))
    );
  }

  #resource(
    values: Values,
    aim: NaiveRule,
    about: readonly NaiveRule[],
    name: string,
    isKnown: boolean,
  ): string | undefined {
    const random = this.#random;
    const action = findAction(name);
    if (action?.resourceTypes.length === 0 && random.chance(isKnown ? 1 : 0.8)) return soleResource(action);
    for (let left = 8; left > 0; left--) {
      const from = about.length > 0 && random.chance(0.2) ? random.pick(about) : aim;
      const { Resource: own, NotResource: others } = from.statement;
      const made = this.#arn(values, listOf(own ?? others), action);
      if (!isKnown || (action !== undefined && isKnownResource(action, made))) return made;
    }
    return undefined;
  }

  #arn(values: Values, patterns: readonly string[], action: Action | undefined): string {
    const random = this.#random;
    const type = action === undefined ? undefined : anyOf(action.resourceTypes, random);
    const service = type?.arn.text.split(":")[2];
    const suited = patterns.filter((text) => text.split(":")[2] === service);
    const pattern = random.pick(suited.length > 0 && random.chance(0.9) ? suited : patterns);
    const plain = values.substituted(pattern);
    const way = random.below(10);
    if (type !== undefined && (way < 1 || (pattern === "*" && way < 9))) return resourceOf(type, random);
    if (type !== undefined && way < 7) return merged(plain, type, random);
    return pattern === "*" ? "*" : values.filled(plain);
  }

  /** Values that pass the tests of the target, most often; and for the keys that other statements ask about, any. */
  #setContext(values: Values, target: NaiveRule, about: readonly NaiveRule[]): void {
    const random = this.#random;
    const tests = new Map<string, readonly NaiveTest[]>();
    const texts: string[] = [];
    for (const rule of [target, ...about]) {
      for (const test of rule.tests) tests.set(test.key, [...(tests.get(test.key) ?? []), test]);
      texts.push(...listOf(rule.statement.Resource ?? rule.statement.NotResource));
    }
    for (const text of texts)
      if (text.includes("${")) for (const [, key = ""] of text.matchAll(EVERY_VARIABLE)) values.note(key);
    const own = new Set(target.tests.map(({ key }) => key));
    for (const [key, asked] of tests) {
      const mine = own.has(key) ? target.tests.filter((test) => test.key === key) : [random.pick(asked)];
      if (random.chance(own.has(key) ? 0.88 : 0.4)) values.satisfy(key, mine, asked);
      else if (random.chance(0.5)) values.choose(key, asked);
    }
  }
}
const EVERY_VARIABLE = new RegExp(VARIABLE, "g");

/** Whether a request can be one of the known ones. */
export function isKnownRequest({ action, resource }: NaiveRequest): boolean {
  const known = findAction(action);
  return known !== undefined && isKnownResource(known, resource);
}

/** Whether AWS says of a key that every request of a caller with a policy has it. */
export const isAlwaysThere = (key: string): boolean =>
  (findConditionKey(key)?.presence ?? "sometimes") !== "sometimes";

function anyOf<T>(items: readonly T[], random: Random): T | undefined {
  return items.length === 0 ? undefined : random.pick(items);
}
