import { CONTROLS, defineRule, EVERY_KIND } from "../engine";
import { covers, type Entry, matches, overlaps, type Pattern, type Selection, type Statement } from "../iam";
import { testsOf } from "./statements/condition-values";

export const redundantElements = defineRule({
  id: "redundant-elements",
  title: "Nothing is said twice",
  summary: "A statement must not repeat what another of its entries, or another statement, says already.",
  why: "Whoever narrows one of the two believes that access is narrower, and the other still gives it.",
  fix: "Remove what is covered, or what covers it where that is wider than meant.",
  level: "advisory",
  severity: "low",
  tags: ["iam", "validation", "tidiness"],
  framework: CONTROLS["AC-3"],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
  ],
  kinds: EVERY_KIND,
  options: {},
  messages: {
    action: "the action `{entry}` is covered by `{cover}` in the same statement",
    resource: "the resource `{entry}` is covered by `{cover}` in the same statement",
    statement: "the statement is the same as {other}",
    number: "`{operator}` compares `{key}` with several numbers, of which one decides",
  },
  accessAnalyzer: {
    action: "REDUNDANT_ACTION",
    resource: "REDUNDANT_RESOURCE",
    statement: "REDUNDANT_STATEMENT",
    number: "REDUNDANT_CONDITION_VALUE_NUM",
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
          Effect: "Allow",
          Action: ["s3:GetObject*", "s3:GetObjectTagging"],
          Resource: "arn:aws:s3:::example-bucket/*",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    const seen = new Map<string, string>();
    for (const statement of statements) {
      const { actions, resources, sid, path } = statement;
      for (const { entry, cover } of coveredEntries(actions, lowered))
        yield { message: "action", path: entry.path, sid, data: { entry: entry.text, cover }, fix: REMOVE };
      for (const { entry, cover } of coveredEntries(resources, asIs))
        yield { message: "resource", path: entry.path, sid, data: { entry: entry.text, cover }, fix: REMOVE };
      const said = statements.length > 1 ? saidBy(statement) : undefined;
      if (said === undefined) continue;
      const other = seen.get(said);
      if (other !== undefined)
        yield { message: "statement", path, sid, data: { other }, fix: "remove one of the two statements" };
      else seen.set(said, path);
    }
    for (const { statement, test } of testsOf(statements)) {
      const { name, comparing } = test.operator;
      if (comparing === undefined || test.texts.length < 2 || !/^Numeric(Less|Greater)/.test(name)) continue;
      const keep = name.includes("Less") ? "the greatest" : "the least";
      yield {
        message: "number",
        path: test.path,
        sid: statement.sid,
        data: { operator: name, key: test.name },
        fix: `keep ${keep} of them`,
      };
    }
  },
});

const REMOVE = "remove it, or what covers it where that is wider than meant";
const WILD = /[*?$]/;

/** What a statement says, the same for statements that say the same; undefined where some of it is not known. */
function saidBy({ effect, principals, actions, resources, condition }: Statement): string | undefined {
  if (condition.partial || actions.partial || resources.partial || principals?.partial === true)
    return undefined;
  const texts = ({ negated, entries }: Selection): unknown => [
    negated,
    entries.map(({ text }) => text).sort(),
  ];
  return JSON.stringify([
    effect,
    principals === undefined ? [] : texts(principals),
    texts({
      ...actions,
      entries: actions.entries.map((entry) => ({ ...entry, text: entry.text.toLowerCase() })),
    }),
    texts(resources),
    condition.tests.map(({ identity }) => identity).sort(),
  ]);
}

/** Action names do not differ by case, ARNs do. */
type Fold = (text: string) => string;
const lowered: Fold = (text) => text.toLowerCase();
const asIs: Fold = (text) => text;

interface Covered {
  readonly entry: Entry;
  readonly cover: string;
}

/**
 * The entries that another one of the list covers: each once, by the first that does. Of equal ones the later are covered.
 * Only an entry with a wildcard covers another, but for one that is the same.
 */
function* coveredEntries({ entries }: Selection, fold: Fold): Generator<Covered> {
  if (entries.length < 2) return;
  const first = new Map<Entry["pattern"], Entry>();
  for (const entry of entries) {
    const same = first.get(entry.pattern);
    if (same === undefined) first.set(entry.pattern, entry);
    else yield { entry, cover: same.text };
  }
  const wide = byBeginning(entries, fold);
  if (wide.size === 0) return;
  const lengths = [...new Set([...wide.keys()].map((begin) => begin.length))];
  for (const entry of first.values()) {
    const text = fold(entry.text);
    const cover = lengths
      .flatMap((length) => wide.get(text.slice(0, length)) ?? [])
      .find(
        ({ pattern }) =>
          pattern !== entry.pattern &&
          mayCover(pattern, entry.pattern, text) &&
          covers([pattern], entry.pattern),
      );
    if (cover !== undefined) yield { entry, cover: cover.text };
  }
}

/** The entries with wildcards by what their texts begin with. */
function byBeginning(entries: readonly Entry[], fold: Fold): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const end = entry.text.search(WILD);
    if (end < 0) continue;
    const begin = fold(entry.text.slice(0, end));
    const others = found.get(begin);
    if (others === undefined) found.set(begin, [entry]);
    else others.push(entry);
  }
  return found;
}

/**
 * Whether a proof is worth its while. An entry's own text, wildcards as they stand, is one of those it matches, unless policy
 * variables stand in it.
 */
const mayCover = (pattern: Pattern, covered: Pattern, text: string): boolean =>
  text.includes("${") ? overlaps(pattern, covered) : matches(pattern, text);
