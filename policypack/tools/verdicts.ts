/**
 * Holds the rules against what AWS's own validation says. Given AWS managed policies as JSON lines of
 * `{ "policy": name, "findings": [{ "code", "paths" }], "document": … }`, it prints for every code that some rule speaks for
 * how often both agree, what the rules miss, and where they say it and AWS does not.
 *
 *   npm run verdicts -- FILE
 */
import { readFileSync } from "node:fs";
import { evaluate, readConfiguration } from "../engine";
import { parseDocument } from "../iam";
import { readableDocument, rules } from "../rules";
import { type Disagreement, KNOWN_DISAGREEMENTS } from "./known-disagreements";

type Segment = string | number;
interface Line {
  readonly policy: string;
  readonly findings: readonly { readonly code: string; readonly paths: readonly (readonly Segment[])[] }[];
  readonly document: object;
}

/** Something that one side says of a policy: a code, and the places it is about. */
interface Verdict {
  readonly code: string;
  readonly paths: readonly string[];
}
interface Tally {
  /** findings of AWS's that a rule has too, in so many policies */
  agreed: number;
  readonly policies: Set<string>;
  readonly wrong: string[];
  readonly known: string[];
}

/** AWS's path as findings have theirs. A lone statement or value has no index. */
function pathOf(document: object, segments: readonly Segment[]): string {
  let value: unknown = document;
  let path = "";
  for (const segment of segments) {
    const isIndex = typeof segment === "number";
    if (isIndex && !Array.isArray(value)) continue;
    path += isIndex ? `[${segment}]` : `${path === "" ? "" : "."}${segment}`;
    value = (value as Record<Segment, unknown> | undefined)?.[segment];
  }
  return path;
}

/** What the rules say of a document, where they know AWS's code for it. */
function ours(text: string): readonly Verdict[] {
  const reading = parseDocument(text);
  return evaluate(
    configured,
    [{ subject: { file: "policy" }, kind: "identity", reading }],
    readableDocument,
  ).flatMap(({ accessAnalyzer: code, path }) => (code === undefined ? [] : [{ code, paths: [path] }]));
}

/** The values that a verdict is about, for the list of known disagreements: it names values, never policies. */
function valuesAt(document: object, { paths }: Verdict): readonly string[] {
  return paths.map((path) => {
    let value: unknown = document;
    // Names of keys hold dots themselves: the longest that leads on is the one.
    for (let rest = path; rest !== "" && typeof value === "object" && value !== null;) {
      const index = /^\[(\d+)\]/.exec(rest);
      const name =
        index?.[1] ??
        Object.keys(value)
          .sort((a, b) => b.length - a.length)
          .find((key) => rest.startsWith(key));
      if (name === undefined) break;
      value = (value as Record<string, unknown>)[name];
      rest = rest.slice(index?.[0].length ?? name.length).replace(/^\./, "");
    }
    return JSON.stringify(value);
  });
}

const isAbout = (
  { code, side, value }: Disagreement,
  said: Verdict,
  on: Disagreement["side"],
  values: readonly string[],
) => code === said.code && side === on && values.some((found) => value.test(found));

const same = (a: Verdict, b: Verdict): boolean =>
  a.code === b.code && a.paths.some((path) => b.paths.includes(path));

const { rules: configured } = readConfiguration(rules, {});
const codesOf = new Map(
  rules.flatMap((rule) =>
    Object.values(rule.accessAnalyzer ?? {})
      .flatMap((codes) => codes ?? [])
      .map((code) => [code, rule.id] as const),
  ),
);

function main(file: string | undefined): void {
  if (file === undefined) throw new Error("expected a file of JSON lines");
  const lines = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const tallies = new Map<string, Tally>();
  const notImplemented = new Map<string, number>();
  const tallyOf = (code: string): Tally => {
    const tally = tallies.get(code) ?? { agreed: 0, policies: new Set(), wrong: [], known: [] };
    tallies.set(code, tally);
    return tally;
  };
  let milliseconds = 0;
  for (const { policy, findings, document } of lines) {
    const text = JSON.stringify(document);
    const start = performance.now();
    const mine = ours(text);
    milliseconds += performance.now() - start;
    const theirs = findings.map(({ code, paths }) => ({
      code,
      paths: paths.map((path) => pathOf(document, path)),
    }));
    const differ = (said: Verdict, side: Disagreement["side"]): void => {
      const values = valuesAt(document, said);
      const known = KNOWN_DISAGREEMENTS.find((entry) => isAbout(entry, said, side, values));
      const what = `${side} ${policy} ${said.paths.join(", ")}: ${values.join(", ").slice(0, 200)}`;
      if (known === undefined) tallyOf(said.code).wrong.push(what);
      else tallyOf(said.code).known.push(`${what}\n      ${known.reason}`);
    };
    for (const said of theirs)
      if (!codesOf.has(said.code)) notImplemented.set(said.code, (notImplemented.get(said.code) ?? 0) + 1);
      else if (mine.some((own) => same(own, said))) {
        tallyOf(said.code).agreed += 1;
        tallyOf(said.code).policies.add(policy);
      } else differ(said, "miss");
    for (const own of mine) if (!theirs.some((said) => same(own, said))) differ(own, "false alarm");
  }
  report(lines.length, milliseconds, tallies, notImplemented);
}

function report(
  policies: number,
  milliseconds: number,
  tallies: ReadonlyMap<string, Tally>,
  notImplemented: ReadonlyMap<string, number>,
): void {
  const silent: string[] = [];
  let wrongs = 0;
  for (const [code, rule] of [...codesOf].sort()) {
    const tally = tallies.get(code);
    if (tally === undefined) {
      silent.push(code);
      continue;
    }
    const { agreed, policies: of, wrong, known } = tally;
    const misses = wrong.filter((what) => what.startsWith("miss")).length;
    wrongs += wrong.length;
    console.log(
      `${code} (${rule}): ${agreed} agreed in ${of.size} policies, ${misses} missed, ${wrong.length - misses} false alarms, ${known.length} known disagreements`,
    );
    for (const what of wrong) console.log(`  ✘ ${what}`);
    for (const what of known) console.log(`  · ${what}`);
  }
  console.log(`said by neither: ${silent.join(", ")}`);
  for (const [code, times] of [...notImplemented].sort()) console.log(`not implemented: ${code} (${times})`);
  console.log(`${policies} policies in ${Math.round(milliseconds)} ms; ${wrongs} disagreements not known`);
  if (wrongs > 0 || policies === 0) process.exitCode = 1;
}

main(process.argv[2]);
