/**
 * Random pairs of policies over a tiny universe, and requests that are made from the patterns and values of both: what the
 * verdicts of `contains` are held against, here and in policypack/tools/fuzz-containment.ts. A seed makes a case.
 */
import {
  type JsonObject,
  type Known,
  type KnownAction,
  matches,
  parseDocument,
  parsePattern,
  type Pattern,
  type Reading,
} from "../../policypack/iam";
import type { Caller, PrincipalType, Request } from "../../policypack/iam/language/request";
import type { PolicyType } from "../../policypack/iam/language/statement";

/** Numbers that look random, the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, and without, `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  chance(share: number): boolean {
    return this.below(1_000) < share * 1_000;
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  /** Between `least` and `most` results. */
  some<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }
}

// The universe.

/** The form of resources: in it `*` is a name, which has no colons. */
const form = (text: string): Pattern =>
  parsePattern(text).map((token) => (token.kind === "many" ? { kind: "many", of: { except: ":" } } : token));
const A_FORMS = [form("arn:aws:a:::x/*"), form("arn:aws:a:::*")];
const ACTIONS: readonly KnownAction[] = [
  { name: "a:Ab", resources: A_FORMS },
  { name: "a:Ac", resources: [form("arn:aws:a:::x/*")] },
  { name: "a:Bb", resources: [] },
  { name: "a:Fn", resources: [form("arn:aws:a:r:1:f:*"), form("arn:aws:a:*:*:f:*")] },
  { name: "b:Ba", resources: [form("arn:aws:b:::*"), form("arn:aws:a:::*y")] },
  // What a trust policy is about.
  { name: "s:Do", resources: [form("arn:aws:a:::*")] },
];

/** Known condition keys; each has one kind of values, as AWS's have. */
const KEYS = {
  /** also what policy variables stand for */
  "k:u": "text",
  "K:T": "text",
  "k:m": "text",
  "k:b": "boolean",
  "k:n": "number",
  "k:d": "date",
  "k:i": "address",
  "k:r": "arn",
} as const;
type Key = keyof typeof KEYS;
const MULTIVALUED: ReadonlySet<string> = new Set(["k:m"]);

export const TINY: Known = {
  isBoolean: (key) => key === "k:b",
  isAlwaysThere: () => false,
  isMultivalued: (key) => MULTIVALUED.has(key),
  *actionsOf(pattern) {
    for (const action of ACTIONS) if (matches(pattern, action.name.toLowerCase())) yield action;
  },
  source: "data of the test",
};

/** Whether TINY knows that the action can be about the resource. */
export function isKnownRequest({ action, resource }: Request): boolean {
  const known = ACTIONS.find(({ name }) => name.toLowerCase() === action.toLowerCase());
  if (known === undefined) return false;
  return known.resources.length === 0
    ? resource === "*"
    : known.resources.some((pattern) => matches(pattern, resource));
}

/** The documents of one side, as JSON values. */
export type Policy = readonly JsonObject[];
export interface Pair {
  readonly type: PolicyType;
  readonly reference: Policy;
  readonly candidate: Policy;
}
type Draft = Record<string, unknown>;
type Written = Record<string, Draft>;

export const readAll = (policy: Policy, type: PolicyType): readonly Reading[] =>
  policy.map((document) => parseDocument(document, type));

// Policies.

// prettier-ignore
const ACTION_PATTERNS = [
  "a:Ab", "a:Ab", "a:Ac", "a:Bb", "b:Ba", "A:aB", "a:A*", "a:*", "a:*", "*", "a:?b", "*:*b", "a:A?", "b:*", "a:*b*", "?:*", "a:Zz",
  "a:Fn", "a:F*",
];
/** Patterns of ARNs with all their fields, and some in which a star stands for several, with as many colons. */
// prettier-ignore
const FIELD_PATTERNS = [
  "arn:aws:a:r:1:f:x", "arn:aws:a:r:1:f:*", "arn:aws:a:*:*:f:x", "arn:aws:a:*:1:f:*", "arn:aws:a:r:*:f:x*", "arn:aws:a:*",
  "arn:aws:a:r:${k:u}:f:x", "arn:*:f:*", "arn:aws:a:*:f:x", "arn:aws:a:*:f:*", "arn:aws:a:r:*f:y", "arn:aws:a:*:*:x",
];
const FIELDS = ["arn:aws:a:r:1:f:x", "arn:aws:a:r:2:f:x", "arn:aws:a:q:1:f:y", "arn:aws:a:r:1:f:"] as const;
const NAMES = ["x", "y", "x/y", "y/x", "x/", "/y", "xy"] as const;
const BITS = ["x", "y", "/", "*", "?", "*", "${k:u}", "${K:U}"] as const;
// prettier-ignore
const NAME_PATTERNS = [
  "*", "x/*", "x/y", "x*", "*y", "?/y", "x/?", "y/*", "x", "x/${k:u}", "${k:u}/*", "${k:u}", "${k:u}/y", "${k:u}${k:u}",
  "x/${k:u, 'y'}", "${*}/y", "*${k:u}*", "x/${K:T}", "${k:t}/${k:u}", "x/${k:u}*",
];

const actionPattern = (random: Random): string => random.pick(ACTION_PATTERNS);

function resourcePattern(random: Random): string {
  if (random.chance(0.15)) return "*";
  if (random.chance(0.1)) return random.pick(FIELD_PATTERNS);
  const name = random.chance(0.6)
    ? random.pick(NAME_PATTERNS)
    : random.some(1, 4, () => random.pick(BITS)).join("");
  return random.chance(0.05) ? `arn:aws:b:::${name}` : `arn:aws:a:::${name}`;
}

const ACCOUNT = "111122223333";
// prettier-ignore
const PRINCIPALS = [
  ["AWS", "*"], ["AWS", ACCOUNT], ["AWS", `arn:aws:iam::${ACCOUNT}:root`], ["AWS", `arn:aws:iam::${ACCOUNT}:role/r`],
  ["AWS", `arn:aws:iam::${ACCOUNT}:role/p/r`], ["AWS", `arn:aws:iam::${ACCOUNT}:user/u`],
  ["AWS", `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`], ["AWS", "444455556666"], ["Service", "a.amazonaws.com"],
  ["Service", "b.amazonaws.com"], ["Federated", "idp.example"], ["CanonicalUser", "abc"],
] as const;
const CALLERS: readonly Caller[] = [
  ...PRINCIPALS.filter(([, id]) => id !== "*" && !/^\d+$/.test(id)).map(([type, id]): Caller => ({
    type,
    id,
  })),
  { type: "AWS", id: "arn:aws:iam::444455556666:user/u" },
  { type: "AWS", id: `arn:aws:sts::${ACCOUNT}:assumed-role/r/t` },
  { type: "AWS", id: `arn:aws:sts::${ACCOUNT}:assumed-role/q/s` },
  { type: "AWS", id: "arn:aws-cn:iam::444455556666:role/r" },
  { type: "AWS", id: "arn:aws:iam::777788889999:user/v" },
  { type: "Service", id: "c.amazonaws.com" },
];

function principal(random: Random): unknown {
  if (random.chance(0.25)) return "*";
  const found = new Map<PrincipalType, string[]>();
  for (const [type, id] of random.some(1, 3, () => random.pick(PRINCIPALS)))
    found.set(type, [...(found.get(type) ?? []), id]);
  return Object.fromEntries(
    [...found].map(([type, [only = "*", ...more]]) => [type, more.length === 0 ? only : [only, ...more]]),
  );
}

// prettier-ignore
const OPERATORS: Readonly<Record<(typeof KEYS)[Key], readonly string[]>> = {
  text: [
    "StringEquals", "StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase", "BinaryEquals",
  ],
  boolean: ["Bool", "Bool", "StringEquals"],
  number: [
    "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
    "NumericGreaterThanEquals",
  ],
  date: ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals"],
  address: ["IpAddress", "NotIpAddress"],
  arn: ["ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals", "StringLike"],
};
// prettier-ignore
const VALUES: Readonly<Record<(typeof KEYS)[Key], readonly string[]>> = {
  text: ["x", "y", "X", "xy", "x*", "*y", "?", "*", "", "${k:u}", "x${k:t}", "${k:u, 'y'}", "x?"],
  boolean: ["true", "false"],
  number: ["0", "1", "2", "1.5", "-1", "10"],
  date: ["2024-01-01T00:00:00Z", "2024-01-01", "2024-06-01T12:00:00Z", "1704067201"],
  address: ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "192.168.0.0/31"],
  arn: ["arn:aws:a:::x", "arn:aws:a:::x/*", "arn:aws:*:::x", "arn:aws:a:*:*:*", "*", "arn:aws:a:::${k:u}"],
};

function addTest(
  random: Random,
  condition: Written,
  key: Key = random.pick(Object.keys(KEYS) as Key[]),
): void {
  if (random.chance(0.12)) {
    condition["Null"] = { ...condition["Null"], [key]: random.pick(["true", "false", true, false]) };
    return;
  }
  const kind = KEYS[key];
  const qualifier = random.chance(MULTIVALUED.has(key) ? 0.85 : 0.12)
    ? random.pick(["ForAllValues:", "ForAnyValue:"])
    : "";
  const name = `${qualifier}${random.pick(OPERATORS[kind])}${random.chance(0.15) ? "IfExists" : ""}`;
  const values = random.some(1, 2, () => random.pick(VALUES[kind]));
  condition[name] = { ...condition[name], [key]: values.length === 1 ? values[0] : values };
}

/** Few keys a pair, so that its conditions meet. */
const condition = (random: Random, keys: readonly Key[]): Written => {
  const made: Written = {};
  for (let left = 1 + random.below(3); left > 0; left--) addTest(random, made, random.pick(keys));
  return made;
};

const list = (random: Random, make: (random: Random) => string): unknown => {
  const items = random.some(1, 3, () => make(random));
  return items.length === 1 && random.chance(0.7) ? items[0] : items;
};

interface Style {
  readonly type: PolicyType;
  readonly keys: readonly Key[];
  /** how often statements have conditions, and elements are negated */
  readonly conditional: number;
  readonly negated: number;
  readonly denying: number;
}

const styleOf = (random: Random): Style => ({
  type: random.pick(["identity", "identity", "identity", "identity", "resource", "resource", "trust"]),
  keys: random.some(1, 3, () => random.pick(Object.keys(KEYS) as Key[])),
  conditional: random.pick([0, 0.4, 0.8]),
  negated: random.pick([0, 0.1, 0.3]),
  denying: random.pick([0, 0.2, 0.4]),
});

function statement(random: Random, style: Style): Draft {
  const { type, keys, conditional, negated, denying } = style;
  const not = (): string => (random.chance(negated) ? "Not" : "");
  const made: Draft = { Effect: random.chance(denying) ? "Deny" : "Allow" };
  if (type !== "identity") made[`${not()}Principal`] = principal(random);
  if (type === "trust") made["Action"] = random.pick(["s:Do", "s:*", "s:Do", ["s:Do", "s:Tag"]]);
  else {
    made[`${not()}Action`] = list(random, actionPattern);
    made[`${not()}Resource`] = list(random, resourcePattern);
  }
  if (random.chance(conditional)) made["Condition"] = condition(random, keys);
  return made;
}

/** Statements as one document, or two; now and then of the old version, in which `${…}` is no variable. */
function documents(random: Random, statements: readonly Draft[]): Policy {
  const version = (): Draft =>
    random.chance(0.92) ? { Version: "2012-10-17" } : random.chance(0.5) ? { Version: "2008-10-17" } : {};
  const one = (own: readonly Draft[]): JsonObject =>
    ({ ...version(), Statement: own.length === 1 && random.chance(0.2) ? own[0] : own }) as JsonObject;
  if (statements.length < 2 || random.chance(0.75)) return [one(statements)];
  return [one(statements.slice(0, 1)), one(statements.slice(1))];
}

const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

// Mutations: what makes a candidate of a reference.

const SELECTIONS = ["Action", "NotAction", "Resource", "NotResource"] as const;
const listed = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter((item) => typeof item === "string");

/** Another pattern in the place of one: narrower, wider, or any. */
function altered(random: Random, text: string, action: boolean): string {
  const way = random.below(6);
  if (way < 3 && /[*?]/.test(text) && text !== "*") {
    const narrower = text.replace(/[*?]/, () =>
      random.pick(action ? ["A", "b", "Ab", ""] : ["x", "y", "", "y/*", "?"]),
    );
    return action && !/^.+:.+$/.test(narrower) ? "a:Ab" : narrower;
  }
  if (way === 3 && text === "*") return action ? "a:*" : "arn:aws:a:::*";
  if (way === 4 && !text.includes("$") && text.length > 3)
    return `${text.slice(0, -1)}${random.pick(["*", "?"])}`;
  return way === 5 ? (action ? actionPattern(random) : resourcePattern(random)) : text;
}

function mutate(random: Random, statements: Draft[], style: Style): void {
  const target = random.pick(statements);
  const element = random.pick(SELECTIONS.filter((name) => Object.hasOwn(target, name)));
  const trust = style.type === "trust";
  switch (random.below(trust ? 6 : 12)) {
    case 0: {
      if (statements.length > 1) statements.splice(statements.indexOf(target), 1);
      break;
    }
    case 1: {
      const added: Written = copyOf((target["Condition"] ?? {}) as Written);
      addTest(random, added, random.pick(style.keys));
      target["Condition"] = added;
      break;
    }
    case 2: {
      const own = target["Condition"] as Written | undefined;
      if (own === undefined) break;
      const name = random.pick(Object.keys(own));
      const rest = Object.fromEntries(Object.entries(own).filter(([other]) => other !== name));
      if (random.chance(0.4)) {
        const turned = name.endsWith("IfExists")
          ? name.slice(0, -8)
          : name === "Null"
            ? name
            : `${name}IfExists`;
        rest[turned] = { ...rest[turned], ...own[name] };
      }
      if (Object.keys(rest).length === 0) delete target["Condition"];
      else target["Condition"] = rest;
      break;
    }
    case 3: {
      statements.push({ ...statement(random, style), Effect: "Deny" });
      break;
    }
    case 4: {
      if (style.type === "identity") break;
      delete target["NotPrincipal"];
      target["Principal"] = principal(random);
      break;
    }
    case 5: {
      const way = random.below(4);
      if (way > 1) statements.push({ ...copyOf(target), ...statement(random, style) });
      else if (way > 0) target["Effect"] = target["Effect"] === "Allow" ? "Deny" : "Allow";
      statements.reverse();
      break;
    }
    default: {
      const action = element.endsWith("Action");
      const items = listed(target[element]);
      const at = random.below(items.length);
      if (items.length > 1 && random.chance(0.3)) items.splice(at, 1);
      else if (random.chance(0.15)) items.push(action ? actionPattern(random) : resourcePattern(random));
      else items[at] = altered(random, items[at] ?? "*", action);
      target[element] = items;
    }
  }
  for (const each of statements) repair(each);
}

/** A statement has one of each pair of elements. */
function repair(each: Draft): void {
  for (const name of ["Principal", "Action", "Resource"])
    if (Object.hasOwn(each, name)) Reflect.deleteProperty(each, `Not${name}`);
}

/** A pair of policies: the candidate is most often made of the reference, by a few changes. */
export function pairOf(random: Random): Pair {
  const style = styleOf(random);
  const reference = random.some(1, 4, () => statement(random, style));
  // A policy that allows nothing says little.
  if (random.chance(0.9) && reference[0] !== undefined) reference[0]["Effect"] = "Allow";
  let candidate: Draft[];
  if (random.chance(0.15)) candidate = random.some(1, 4, () => statement(random, style));
  else {
    candidate = copyOf(reference);
    for (let left = random.below(4); left > 0; left--) mutate(random, candidate, style);
  }
  return {
    type: style.type,
    reference: documents(random, reference),
    candidate: documents(random, candidate.slice(0, 5)),
  };
}

/** One more statement in the style of a pair. */
export function statementFor({ type }: Pair, effect: "Allow" | "Deny", random: Random): JsonObject {
  return { ...statement(random, { ...styleOf(random), type }), Effect: effect };
}

export const statementsOf = (policy: Policy): readonly JsonObject[] =>
  policy.flatMap(({ Statement: own }) => (Array.isArray(own) ? (own as JsonObject[]) : [own as JsonObject]));

/** The policy with another statement, in a document of its own. */
export const withStatement = (policy: Policy, added: JsonObject): Policy => [
  ...policy,
  { Version: "2012-10-17", Statement: [added] },
];

/** The same policy with the lists of each statement as statements of their own. */
export function split(policy: Policy): Policy {
  return policy.map((document) => ({
    ...document,
    Statement: statementsOf([document]).flatMap((each) => {
      const parts = (name: "Action" | "Resource"): readonly JsonObject[] =>
        Object.hasOwn(each, name) ? listed(each[name]).map((text) => ({ [name]: text })) : [{}];
      return parts("Action").flatMap((action) =>
        parts("Resource").map((resource) => ({ ...each, ...action, ...resource })),
      );
    }),
  }));
}

// Requests.

const isAllow = (each: JsonObject): boolean => each["Effect"] === "Allow";
interface Tested {
  readonly operator: string;
  /** in lower case */
  readonly key: string;
  readonly values: readonly string[];
}
const testsOf = (each: JsonObject): readonly Tested[] =>
  Object.entries((each["Condition"] ?? {}) as Written).flatMap(([operator, tests]) =>
    Object.entries(tests).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: textsOf(values),
    })),
  );
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).map(String);
const valuesOf = (tests: readonly Tested[], key: Key): readonly string[] =>
  tests
    .filter((test) => test.operator !== "Null" && test.key === key.toLowerCase())
    .flatMap(({ values }) => values);

/** Requests that stand close to the patterns and values of both policies; most are made to suit one Allow of the candidate. */
export class Requests {
  readonly #random: Random;
  readonly #type: PolicyType;
  readonly #statements: readonly JsonObject[];
  readonly #allows: readonly JsonObject[];
  /** what stands in the patterns of resources between their wildcards */
  readonly #bits: readonly string[];
  /** the resources that are written anywhere, but for `*` */
  readonly #resources: readonly string[];
  readonly #tests: ReadonlyMap<JsonObject, readonly Tested[]>;
  /** the keys without which nobody can tell what a statement leaves out */
  readonly #needed: ReadonlySet<string>;
  /** the values that are written anywhere, for each key that is asked about */
  readonly #values: ReadonlyMap<Key, readonly string[]>;

  constructor({ type, reference, candidate }: Pair, random: Random) {
    this.#random = random;
    this.#type = type;
    this.#statements = [...statementsOf(reference), ...statementsOf(candidate)];
    const allows = statementsOf(candidate).filter(isAllow);
    this.#allows = allows.length > 0 ? allows : this.#statements;
    const texts = this.#statements.flatMap((each) => listed(each["Resource"] ?? each["NotResource"]));
    this.#resources = texts.filter((text) => text !== "*");
    const bits = texts.flatMap((text) =>
      text
        .replace(/^arn:aws:[ab]:(::|.*:f:)/, "")
        .split(/[*?]|\$\{[^}]*\}/)
        .filter((bit) => bit !== ""),
    );
    this.#bits = [...new Set(["", "", "x", "y", "z", ...bits])];
    // "If AWS cannot resolve a variable this might cause the entire statement to be invalid."
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    const left = this.#statements.flatMap((each) => listed(each["NotResource"]));
    this.#needed = new Set(
      left.flatMap((text) => [...text.matchAll(/\$\{([^},]*)\}/g)].map(([, key = ""]) => key.toLowerCase())),
    );
    this.#tests = new Map(this.#statements.map((each) => [each, testsOf(each)]));
    const tests = [...this.#tests.values()].flat();
    const used = JSON.stringify(this.#statements).toLowerCase();
    const keys = (Object.keys(KEYS) as Key[]).filter((key) => used.includes(key.toLowerCase()));
    this.#values = new Map(keys.map((key) => [key, valuesOf(tests, key)]));
  }

  next(): Request {
    const random = this.#random;
    const aim = random.chance(0.85) ? random.pick(this.#allows) : random.pick(this.#statements);
    const context = this.#context(aim);
    return {
      action: this.#action(aim),
      resource: this.#resource(aim, context),
      principal: this.#type === "identity" ? undefined : this.#caller(aim),
      context,
    };
  }

  #action(aim: JsonObject): string {
    const random = this.#random;
    const known = ACTIONS.map(({ name }) => name);
    const own = listed(aim["Action"]);
    if (own.length === 0) return random.chance(0.8) ? random.pick(known) : "c:New";
    const pattern = parsePattern(random.pick(own).toLowerCase());
    const suited = known.filter((name) => matches(pattern, name.toLowerCase()));
    if (suited.length > 0 && random.chance(0.75)) return random.pick(suited);
    if (random.chance(0.1)) return random.pick(known);
    return this.#instance(random.pick(own), ["", "z", "ab", "b", "A"]);
  }

  #instance(pattern: string, fillers: readonly string[]): string {
    const random = this.#random;
    return pattern
      .replaceAll("*", () => (pattern === "*" ? random.pick(["a:Ab", "a:Zy", "b:Ba"]) : random.pick(fillers)))
      .replaceAll("?", () => random.pick(["b", "x", "z"]));
  }

  #resource(aim: JsonObject, context: Request["context"]): string {
    const random = this.#random;
    const own = listed(aim["Resource"]);
    const anywhere = this.#resources;
    const from = own.length > 0 && random.chance(0.85) ? own : anywhere;
    const pattern = from.length === 0 || random.chance(0.05) ? "*" : random.pick(from);
    const suited = FIELDS.filter((text) => pattern !== "*" && matches(parsePattern(pattern), text));
    if (suited.length > 0 && random.chance(0.6)) return random.pick(suited);
    if (pattern !== "*") return this.#resourceOf(pattern, context);
    if (random.chance(0.3)) return "*";
    if (random.chance(0.2)) return random.pick(FIELDS);
    return random.chance(0.7) && anywhere.length > 0
      ? this.#resourceOf(random.pick(anywhere), context)
      : `arn:aws:${random.pick(["a", "a", "b"])}:::${random.pick(NAMES)}`;
  }

  #resourceOf(pattern: string, context: Request["context"]): string {
    const random = this.#random;
    return pattern
      .replace(/\$\{([^},]*)(?:, '([^']*)')?\}/g, (whole, key: string, fallback: string | undefined) => {
        if (["*", "?", "$"].includes(key)) return key === "*" ? "\u0001" : key;
        if (random.chance(0.05)) return whole;
        return context.get(key.toLowerCase())?.[0] ?? fallback ?? random.pick(this.#bits);
      })
      .replaceAll("*", () =>
        random.chance(0.8) ? random.pick(this.#bits) : random.pick(this.#bits) + random.pick(this.#bits),
      )
      .replaceAll("?", () => random.pick(["x", "y", "z", "/"]))
      .replaceAll("\u0001", "*");
  }

  #caller(aim: JsonObject): Caller {
    const random = this.#random;
    const own = aim["Principal"];
    if (typeof own === "object" && random.chance(0.8)) {
      const [type, ids] = random.pick(Object.entries(own as Readonly<Record<string, unknown>>));
      const id = random.pick(textsOf(ids));
      const suited = CALLERS.filter(
        (caller) => caller.type === type && caller.id.includes(/\d{12}/.exec(id)?.[0] ?? id),
      );
      const exact = CALLERS.filter((caller) => caller.id === id);
      if (exact.length > 0 && random.chance(0.6)) return random.pick(exact);
      if (suited.length > 0) return random.pick(suited);
    }
    return random.pick(CALLERS);
  }

  /** Values that suit the statement as far as this is easily seen, for every key that is asked about. */
  #context(aim: JsonObject): Request["context"] {
    const random = this.#random;
    const found = new Map<string, readonly string[]>();
    const tests = this.#tests.get(aim) ?? [];
    for (const key of this.#values.keys()) {
      const name = key.toLowerCase();
      const own = tests.filter((test) => test.key === name);
      const wantsAbsence = own.some(({ operator, values }) => operator === "Null" && values[0] === "true");
      const absent = own.length === 0 ? 0.3 : wantsAbsence ? 0.8 : 0.1;
      if (random.chance(absent) && !this.#needed.has(name)) continue;
      const several = MULTIVALUED.has(name) && random.chance(0.5);
      const values = random.some(1, several ? 3 : 1, () => this.#value(key, own));
      found.set(name, values);
    }
    // A variable within a value has the value of its key, if that is there by now.
    for (const [key, values] of found)
      found.set(
        key,
        values.map((value) =>
          value.replace(
            /\$\{([^},]*)(?:, '([^']*)')?\}/g,
            (_whole, of: string, fallback: string | undefined) =>
              (of.toLowerCase() === key ? undefined : found.get(of.toLowerCase())?.[0]) ??
              fallback ??
              random.pick(["x", "y"]),
          ),
        ),
      );
    return found;
  }

  #value(key: Key, own: readonly Tested[]): string {
    const random = this.#random;
    const wanted = valuesOf(own, key);
    const from = wanted.length > 0 && random.chance(0.7) ? wanted : (this.#values.get(key) ?? []);
    const kind = KEYS[key];
    const value = from.length === 0 || random.chance(0.15) ? random.pick(VALUES[kind]) : random.pick(from);
    return this.#neighbour(kind, value);
  }

  #neighbour(kind: (typeof KEYS)[Key], value: string): string {
    const random = this.#random;
    switch (kind) {
      case "text":
        return value
          .replaceAll("*", () => random.pick(["", "x", "y", "xy", "z"]))
          .replaceAll("?", () => random.pick(["x", "y", "z"]))
          .replace(/^x$/, () => random.pick(["x", "x", "x", "X", "z", "xz"]));
      case "boolean":
        return value;
      case "number":
        return random.chance(0.5) ? value : String(Number(value) + random.pick([-1, -0.5, 0.5, 1]));
      case "date": {
        if (random.chance(0.4)) return value;
        const time = /^\d{5,}$/.test(value) ? Number(value) * 1_000 : Date.parse(value);
        return new Date(time + random.pick([-86_400_000, -1_000, -1, 1, 1_000, 86_400_000])).toISOString();
      }
      case "address":
        return random.chance(0.5)
          ? value.replace(/\/.*/, "")
          : random.pick([
              "10.0.0.1",
              "10.1.0.1",
              "10.1.2.4",
              "9.255.255.255",
              "192.168.0.1",
              "192.168.0.2",
              "2001:db8::1",
              "::1",
            ]);
      case "arn":
        return value === "*"
          ? random.pick(["arn:aws:a:::x", "arn:aws:b:::q"])
          : value.replaceAll("*", () => random.pick(["", "a", "x", "x/y", "x:y"])).replaceAll("?", "z");
    }
  }
}
