/** Grants in sentences: who may do what on which resources, under which conditions, and what is taken away. */
import { type Action, authorizationData, mostDangerousFirst } from "../catalogue";
import {
  type Exception,
  type Grant,
  isUnknown,
  type Json,
  mayBeOfType,
  type Selection,
  type Statement,
  type Taken,
} from "../iam";
import { conditionWords, listed } from "./condition-words";
import { statementName } from "./documents";
import { type EntryFacts, type Facts, factsOf, factsOfGrant, isWhole } from "./grant-facts";
import { serviceWords } from "./key-words";

const quoted = (text: string): string => `\`${text}\``;
const quotedAll = (selection: Selection, last: "and" | "or"): string =>
  listed(
    selection.entries.map(({ text }) => quoted(text)),
    last,
    6,
  );

/** `allows `s3:GetObject` (Read) on objects `arn:aws:s3:::b/*`, only if …, except …` */
export function grantSentence(grant: Grant): string {
  const { left, exceptions } = grant;
  const facts = factsOfGrant(grant);
  return [
    `allows ${whoWhatWhere(left, facts)}`,
    ...conditionWords(left.condition).map((test, index) =>
      index === 0 ? `only if ${test}` : `and only if ${test}`,
    ),
    ...(exceptions.length === 0 ? [] : [`except ${exceptionsWords(exceptions)}`]),
  ].join(", ");
}

/** `denies … , if …` */
export function denialSentence(statement: Statement): string {
  const tests = conditionWords(statement.condition);
  const condition = tests.length === 0 ? "" : `, if ${tests.join(", and if ")}`;
  return `denies ${whoWhatWhere(statement, factsOf(statement))}${condition}`;
}

/** `` ; takes `s3:DeleteObject` out of Statement[0] ``: what the grants do not say any more because of a Deny. */
export function takenWords(taken: readonly Taken[]): string {
  const groups = new Map<string, { readonly first: Taken; readonly texts: string[] }>();
  for (const each of taken) {
    const { from, together, entries } = each;
    const isList = typeof entries !== "string";
    const key = JSON.stringify([from.path, together.map(({ path }) => path), isList || entries]);
    const group = groups.get(key) ?? { first: each, texts: [] };
    groups.set(key, group);
    if (isList) group.texts.push(...entries.map(({ text }) => quoted(text)));
  }
  const words = [...groups.values()].map(({ first: { from, together, entries }, texts }) => {
    const name = statementName(from);
    const what =
      typeof entries !== "string"
        ? `${listed(texts, "and", 6)} out of ${name}`
        : entries === "all"
          ? `all of ${name}`
          : `what else is left of ${name}`;
    if (together.length === 0) return what;
    return `${what} (together with ${listed(together.map(statementName), "and")})`;
  });
  return words.length === 0 ? "" : `; takes ${listed(words, "and", words.length)}`;
}

function whoWhatWhere(statement: Statement, facts: Facts): string {
  const who = callersWords(statement);
  const levels = facts.levels.length === 0 ? "" : ` (${facts.levels.join(", ")})`;
  const where = resourcesWords(statement, facts.actions);
  const what = actionsWords(statement.actions, facts, FEW[statement.effect]) + levels;
  return [who === "" ? "" : `${who}:`, what, where].filter((part) => part !== "").join(" ");
}

/** More entries than these are counted, not named: they stand beneath. */
const MOST_NAMED = 4;

function actionsWords(selection: Selection, facts: Facts, few: number): string {
  const { entries, actions } = facts;
  const among = amongWords(actions, few);
  if (selection.negated) {
    const count = `${counted(actions.length, "known action")}${among}`;
    return entries.length === 0
      ? `every action, ${count}`
      : `every action but ${quotedAll(selection, "and")}, ${count}`;
  }
  if (entries.length <= MOST_NAMED)
    return listed(
      entries.map((entry) => entryWords(entry, few)),
      "and",
    );
  const unknown = entries.filter((entry) => entry.actions.length === 0).map(({ text }) => quoted(text));
  const services = new Set(actions.map(serviceOf));
  const of = services.size === 1 ? `of ${quoted([...services].join(""))}` : `of ${services.size} services`;
  const and = unknown.length === 0 ? "" : `, and what ${SOURCE()} does not know: ${listed(unknown, "and")}`;
  return `${counted(actions.length, "action")} ${of}${among}${and}`;
}

const SOURCE = (): string => `the authorization data of ${authorizationData().date}`;
const serviceOf = ({ key }: Action): string => key.slice(0, key.indexOf(":"));
const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** How many of the actions that a pattern stands for are named; of those denied, none is dangerous. */
const FEW = { Allow: 3, Deny: 0 };

/** The most dangerous few. */
function amongWords(actions: readonly Action[], few: number): string {
  if (actions.length < 2 || few === 0) return "";
  const names = mostDangerousFirst(actions)
    .slice(0, few)
    .map(({ name }) => quoted(name));
  return actions.length <= few ? `: ${listed(names, "and")}` : `, among them ${listed(names, "and")}`;
}

function entryWords({ text, isPattern, actions }: EntryFacts, few: number): string {
  const name = text === "*" ? "every action (`*`" : `${quoted(text)} (`;
  if (!isPattern) return actions.length === 0 ? `${name}unknown to ${SOURCE()})` : quoted(text);
  const separator = text === "*" ? ": " : "";
  if (actions.length === 0) return `${name}${separator}no action that ${SOURCE()} knows)`;
  return `${name}${separator}${counted(actions.length, "known action")}${amongWords(actions, few)})`;
}

function resourcesWords({ resources, source }: Statement, actions: readonly Action[]): string {
  if (source["Resource"] === undefined && source["NotResource"] === undefined) return "";
  if (resources.negated) return `on every resource but ${quotedAll(resources, "and")}`;
  if (resources.entries.some(({ text }) => text === "*"))
    return actions.length > 0 && actions.every(({ resourceTypes }) => resourceTypes.length === 0)
      ? "on `*` (no resource can be named for it)"
      : "on every resource";
  const single = resources.entries.length === 1 && !/[*?]/.test(resources.entries[0]?.text ?? "");
  const type = typeOf(resources, actions);
  const noun = type === undefined ? "" : single ? `the ${type} ` : `${plural(type)} `;
  return `on ${noun}${quotedAll(resources, "and")}`;
}

/** The one type that all resources are of; undefined where they are of several, or of none that is known. */
function typeOf(resources: Selection, actions: readonly Action[]): string | undefined {
  const types = new Map(
    actions
      .slice(0, MOST_LOOKED_AT)
      .flatMap(({ resourceTypes }) => resourceTypes.map((type) => [type.name, type])),
  );
  const found = resources.entries.map(({ pattern }) =>
    [...types.values()].filter(({ arn }) => mayBeOfType(pattern, arn)).map(({ name }) => name),
  );
  const names = new Set(found.flat());
  const [only = ""] = names;
  if (names.size !== 1 || found.some((own) => own.length === 0)) return undefined;
  const words = only.replace(/[-_]/g, " ");
  // `Secret`; `MLModel` stays.
  return /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}
const MOST_LOOKED_AT = 400;

const plural = (noun: string): string =>
  /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;

/** An account as a principal: an Allow leaves it to the account whom it lets, a Deny is of all in it. */
const ACCOUNT = {
  allowed: (account: string) => `whoever in account ${account} is allowed to there`,
  denied: (account: string) => `everybody in account ${account}`,
  // Those in the account need not be left out with it.
  leftOut: (account: string) => `account ${account}`,
};
type Role = keyof typeof ACCOUNT;

/** Who is meant, by type of principal. */
const WHOM: Readonly<Record<string, (id: string, role: Role) => string>> = {
  AWS: (id, role) => {
    if (id === "*") return "everyone";
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(id)?.[1];
    return account === undefined ? quoted(id) : ACCOUNT[role](account);
  },
  Service: serviceWords,
  Federated: (id) => `identities of ${quoted(id)}`,
  CanonicalUser: (id) => `the canonical user ${quoted(id)}`,
};

function callersWords({ effect, source }: Statement): string {
  const { Principal, NotPrincipal } = source;
  const found = Principal ?? NotPrincipal;
  if (found === undefined || isUnknown(found)) return "";
  const role = Principal === undefined ? "leftOut" : effect === "Deny" ? "denied" : "allowed";
  const whom = listed(whomWords(found, role), "and");
  return Principal === undefined ? `everyone but ${whom}` : whom;
}

function whomWords(found: Json, role: Role): readonly string[] {
  if (typeof found === "string") return [found === "*" ? "everyone" : quoted(found)];
  const texts = (value: unknown): readonly string[] => [value].flat().filter((id) => typeof id === "string");
  return Object.entries(found ?? {}).flatMap(([type, ids]) =>
    texts(ids).map((id) => WHOM[type]?.(id, role) ?? quoted(id)),
  );
}

/** More exceptions than these are counted. */
const MOST_EXCEPTIONS = 4;

function exceptionsWords(exceptions: readonly Exception[]): string {
  const shown = exceptions.slice(0, MOST_EXCEPTIONS).map(exceptionWords);
  const more = exceptions.length - shown.length;
  return [...shown, ...(more > 0 ? [`what ${counted(more, "more denial")} take away`] : [])].join(
    "; and except ",
  );
}

/** `` `s3:DeleteObject` on `arn:aws:s3:::b/keep/*` (Statement[2]) ``: only what the grant does not have as a whole is said. */
export function exceptionWords(exception: Exception): string {
  const { statement, actions, resources, condition, every } = exception;
  const names = quotedAll(actions, "and");
  const what = actions.negated ? `everything but ${names}` : names;
  const where = every.resource
    ? ""
    : resources.negated
      ? ` on every resource but ${quotedAll(resources, "and")}`
      : ` on ${quotedAll(resources, "and")}`;
  const whom = every.caller ? "" : ` for ${callersWords(statement)}`;
  const when = every.request ? "" : ` if ${conditionWords(condition).join(", and if ")}`;
  return `${what}${where}${whom}${when}${isWhole(exception) ? ", which is denied" : ""} (${placeWords(statement)})`;
}

const placeWords = ({ path, sid }: Statement): string => (sid === undefined ? path : `${path}, Sid ${sid}`);
