/** Conditions in words: what must be true of a request, absent keys included. */
import { asksForAbsence, type Condition, type Test } from "../iam";
import { serviceWords, wordsFor } from "./key-words";

/** How an operator compares: with one value, with any of several, and both negated. */
interface Verb {
  readonly one: string;
  readonly several: string;
  readonly notOne: string;
  readonly notSeveral: string;
  readonly after?: string;
}

const verb = (one: string, several: string, notOne: string, notSeveral: string): Verb => ({
  one,
  several,
  notOne,
  notSeveral,
});
const IS = verb("is", "is one of", "is not", "is none of");
const MATCHES = verb("matches", "matches one of", "does not match", "matches none of");
const IN = verb("is in", "is in one of", "is not in", "is in none of");
const compares = (how: string): Verb =>
  verb(`is ${how}`, `is ${how} one of`, `is not ${how}`, `is ${how} none of`);

/** By what an operator compares; whether it is negated says which side of the verb counts. */
const VERBS: Readonly<Record<string, Verb>> = {
  text: IS,
  "text-any-case": { ...IS, after: ", whatever the case of its letters" },
  "text-pattern": MATCHES,
  arn: MATCHES,
  boolean: IS,
  binary: IS,
  address: IN,
  number: IS,
  "number<": compares("less than"),
  "number<=": compares("at most"),
  "number>": compares("more than"),
  "number>=": compares("at least"),
  date: IS,
  "date<": compares("before"),
  "date<=": compares("at or before"),
  "date>": compares("after"),
  "date>=": compares("at or after"),
};

/** A test in words: `the account that owns the resource is 123456789012`. */
export function testWords(test: Test): string {
  const { comparing, qualifier, ifExists } = test.operator;
  const key = `\`${test.name}\``;
  if (comparing === undefined) {
    const absent = asksForAbsence(test);
    if (absent === undefined) return `${key} is absent and present, which cannot be told`;
    return `${key} is ${absent ? "absent" : "present"}`;
  }
  const words = wordsFor(test.name);
  const unreadable =
    test.values.kind === "unreadable" ? " (a value that cannot be read, so that this cannot be told)" : "";
  const fact =
    qualifier === undefined && comparing.comparison === "boolean" ? factWords(test, words) : undefined;
  const statement = fact ?? `${subjectWords(test, words?.noun)} ${predicate(test, words?.service === true)}`;
  return statement + unreadable + absenceWords(qualifier, ifExists, comparing.negated);
}

/** What is true when the key is not in the request: a test that passes then must say so. */
function absenceWords(qualifier: string | undefined, ifExists: boolean, negated: boolean): string {
  if (qualifier === "ForAllValues") return ", or there is none at all";
  if (qualifier === "ForAnyValue") return ifExists ? "; AWS leaves open whether an absent key passes" : "";
  return ifExists || negated ? ", or the key is absent" : "";
}

function factWords({ texts }: Test, words: ReturnType<typeof wordsFor>): string | undefined {
  const [text] = texts.length === 1 ? texts : [];
  const value = text?.toLowerCase();
  return value === "true" ? words?.yes : value === "false" ? words?.no : undefined;
}

function subjectWords({ name, operator: { qualifier } }: Test, noun: string | undefined): string {
  if (qualifier === undefined) return noun === undefined ? `\`${name}\`` : `the ${noun}`;
  const each = qualifier === "ForAllValues" ? "every" : "some";
  return noun === undefined ? `${each} value of \`${name}\`` : `${each} ${noun}`;
}

function predicate({ operator: { comparing }, texts }: Test, isService: boolean): string {
  if (comparing === undefined) return "";
  const { one, several, notOne, notSeveral, after = "" } = VERBS[comparing.comparison] ?? IS;
  if (texts.length === 0)
    return comparing.negated ? "is none of an empty list" : "is one of an empty list, which nothing is";
  const single = texts.length === 1;
  const how = comparing.negated ? (single ? notOne : notSeveral) : single ? one : several;
  const values = texts.map((text) => (isService ? serviceWords(text) : valueWords(text)));
  return `${how} ${listed(values, comparing.negated ? "and" : "or")}${after}`;
}

/** A bare name or number stands as it is, everything else between backticks. */
const valueWords = (text: string): string => (/^[\w-]+$/.test(text) ? text : `\`${text}\``);

/** `a, b or c`, cut short where it is long: everything stands beneath. */
export function listed(items: readonly string[], last: "and" | "or", most = 8): string {
  if (items.length === 0) return "nothing";
  const shown = items.length > most ? items.slice(0, most - 2) : items;
  const more = items.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} ${last} ${all.at(-1) ?? ""}`;
}

/** All tests of a condition in words; nothing where it restricts nothing. */
export const conditionWords = ({ tests, partial }: Condition): readonly string[] => [
  ...tests.map(testWords),
  ...(partial ? ["an operator without keys is met, which cannot be told"] : []),
];
