/** From what is named on the command line to files: folders are searched, and globs that no shell has expanded are. */
import { readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { UsageError } from "./arguments";
import { reasonOf } from "./files";

/** A file to be judged, or why something cannot be. */
export type Found =
  | {
      readonly file: string;
      /** found in a folder: it is left out where it holds nothing to judge; what is named holds something, or is damaged */
      readonly isSearched: boolean;
    }
  | { readonly problem: string };

const STANDARD_INPUT = "-";
const WILDCARD = /[*?{]/;
/** What policies, states and logs are written in. */
const JSON_FILE = /\.(json|ndjson|jsonl)$/i;
/** Folders of packages and of tools hold thousands of files that are nobody's policies. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * Finds the files, one after the other and in the order of their names; never more than one folder's at a time are held.
 *
 * @param named - files, folders, globs, or `-`
 * @param excluded - globs of what is left out of folders and globs
 * @throws {@link UsageError} for what is named and is not there, before anything is found
 */
export function filesOf(named: readonly string[], excluded: readonly string[]): Iterable<Found> {
  // A name is excluded wherever it is, and with a folder goes all that is in it.
  const isExcluded = anyOf(
    excluded
      .map((glob) => (glob.includes("/") ? glob : `**/${glob}`))
      .flatMap((glob) => [glob, `${glob}/**`]),
  );
  return lazily(named.map((name) => namedBy(name, isExcluded)));
}

function* lazily(all: readonly Iterable<Found>[]): Generator<Found> {
  for (const each of all) yield* each;
}

type Test = (file: string) => boolean;

function namedBy(name: string, isExcluded: Test): Iterable<Found> {
  if (name === STANDARD_INPUT) return [{ file: name, isSearched: false }];
  const stats = statOf(name);
  if ("problem" in stats) {
    if (WILDCARD.test(name)) return matching(name, isExcluded);
    throw new UsageError(stats.problem);
  }
  return stats.isDirectory()
    ? below(
        name,
        {
          isMeant: (file) => JSON_FILE.test(file) && !isExcluded(file),
          isSearched: true,
          levels: Infinity,
        },
        [realpathSync(name)],
      )
    : [{ file: name, isSearched: false }];
}

/** The files that a glob matches; it is a mistake when there are none. */
function* matching(glob: string, isExcluded: Test): Generator<Found> {
  const segments = shown(glob).split("/");
  const first = segments.findIndex((segment) => WILDCARD.test(segment));
  const base = segments.slice(0, first).join("/");
  const root = base === "" ? (isAbsolute(glob) ? "/" : ".") : base;
  const isMeant = anyOf([glob]);
  const search = {
    isMeant: (file: string) => isMeant(file) && !isExcluded(file),
    isSearched: false,
    levels: glob.includes("**") ? Infinity : segments.length - first,
  };
  let isEmpty = true;
  if (!("problem" in statOf(root)))
    for (const found of below(root, search, [realpathSync(root)])) {
      isEmpty = false;
      yield found;
    }
  if (isEmpty) yield { problem: `${glob}: nothing matches it` };
}

/** What is looked for below a folder. */
interface Search {
  readonly isMeant: Test;
  readonly isSearched: boolean;
  /** how many levels of folders are entered, the first one included */
  readonly levels: number;
}

/**
 * The files below a folder.
 *
 * @param real - the real paths of the folders on the way, by which a link that leads back is known
 */
function* below(folder: string, search: Search, real: readonly string[]): Generator<Found> {
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    yield { problem: `${shown(folder)}: ${reasonOf(error, "read")}` };
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    const stats = statOf(path);
    if ("problem" in stats) {
      if (search.isMeant(path)) yield stats;
    } else if (stats.isDirectory()) {
      if (!SKIPPED.has(name) && search.levels > real.length) yield* entered(path, search, real);
    } else if (search.isMeant(path))
      // A pipe would keep everybody waiting.
      yield stats.isFile()
        ? { file: path, isSearched: search.isSearched }
        : { problem: `${shown(path)}: it is neither a file nor a folder` };
  }
}

function* entered(path: string, search: Search, real: readonly string[]): Generator<Found> {
  const own = realpathSync(path);
  if (real.includes(own)) yield { problem: `${shown(path)}: its links go round in a circle` };
  else yield* below(path, search, [...real, own]);
}

function statOf(path: string): Stats | { readonly problem: string } {
  try {
    return statSync(path);
  } catch (error) {
    return { problem: `${shown(path)}: ${reasonOf(error, "read")}` };
  }
}

/**
 * A path as reports and baselines name it: from the current folder where it is below that, with slashes, so that `./a.json` and
 * `a.json` are one.
 */
export function shown(path: string): string {
  const own = relative(".", path);
  return own === "" || own.startsWith("..") || isAbsolute(own) ? path : own.split(sep).join("/");
}

/** Whether some glob matches: `*` and `?` within a name, `**` over folders, `{a,b}`. */
function anyOf(globs: readonly string[]): Test {
  const patterns = globs.map((glob) => patternOf(shown(glob)));
  return (file) => patterns.some((pattern) => pattern.test(shown(file)));
}

function patternOf(glob: string): RegExp {
  let depth = 0;
  const source = glob.replace(/\*\*\/?|[*?{},]|[.+^$()|[\]\\]/g, (token) => {
    if (token.startsWith("**")) return token.endsWith("/") ? "(?:.*/)?" : ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token === "{") return depth++ >= 0 ? "(?:" : "";
    if (token === "}" && depth > 0) return depth-- > 0 ? ")" : "";
    if (token === ",") return depth > 0 ? "|" : ",";
    return `\\${token}`;
  });
  if (depth !== 0) throw new UsageError(`${glob}: a brace is not closed`);
  return new RegExp(`^${source}$`, "su");
}
