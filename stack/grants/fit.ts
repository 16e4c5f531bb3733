import { type RawStatement } from "../description";
import { compare, type Grant, groupOf } from "./grants";
import { type Explained, writeStatements } from "./statements";

/** One managed policy. */
export interface PolicyPart {
  /** The service or capability that it is of; empty for the one that has the rest, or everything. */
  readonly group: string;
  readonly json: string;
  readonly statements: readonly Explained[];
  /** How many characters each capability takes, the most first. */
  readonly report: readonly string[];
}

/** By what a document is taken apart: first by service, then by capability. */
const LEVELS = [
  ({ capability }: Grant): string => groupOf(capability),
  ({ capability }: Grant): string => capability.id,
] as const;

/**
 * Writes grants as few policies. Where one is too long, the service that takes most gets a policy of its own, named after
 * it and not by number: what is added to one leaves the others as they are.
 *
 * @param grants The grants of one side.
 * @param raw Its raw statements, which stay together.
 * @param limit The most characters of a policy.
 * @returns At least one policy; one that cannot be taken apart any further may be too long.
 */
export function fit(
  grants: readonly Grant[],
  raw: readonly RawStatement[],
  limit: number,
): readonly PolicyPart[] {
  const split = (
    own: readonly Grant[],
    with_: readonly RawStatement[],
    group: string,
    level: number,
  ): readonly PolicyPart[] => {
    const part = written(own, with_, group);
    const keyOf = LEVELS[level];
    if (size(part.json) <= limit || keyOf === undefined) return [part];
    const keys = bySize(own, keyOf);
    const [largest] = keys;
    if (largest === undefined) return [part];
    if (keys.length === 1 && with_.length === 0) return split(own, with_, group, level + 1);
    const taken = own.filter((grant) => keyOf(grant) === largest.key);
    const rest = own.filter((grant) => keyOf(grant) !== largest.key);
    return [...split(rest, with_, group, level), ...split(taken, [], largest.key, level + 1)];
  };
  return split(grants, raw, "", 0);
}

interface Sized {
  readonly key: string;
  readonly characters: number;
}

function bySize(grants: readonly Grant[], keyOf: (grant: Grant) => string): readonly Sized[] {
  const keys = [...new Set(grants.map(keyOf))];
  return keys
    .map((key): Sized => ({
      key,
      characters: size(jsonOf(writeStatements(grants.filter((grant) => keyOf(grant) === key)), [])),
    }))
    .sort((a, b) => b.characters - a.characters || compare(a.key, b.key));
}

function written(grants: readonly Grant[], raw: readonly RawStatement[], group: string): PolicyPart {
  const statements = writeStatements(grants, raw);
  return {
    group,
    statements,
    json: jsonOf(statements, raw),
    get report() {
      return bySize(grants, ({ capability }) => capability.id).map(
        ({ key, characters }) => `${key} ${characters}`,
      );
    },
  };
}

const jsonOf = (statements: readonly Explained[], raw: readonly RawStatement[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [...statements.map(({ statement }) => statement), ...raw],
  });

/** Measures a document as IAM does: white space does not count. */
export const size = (json: string): number => json.replace(/[ \t\r\n]/g, "").length;

/**
 * Says that a document is too long.
 *
 * @param what Whose it is, and what it is called, in the message.
 * @param json The document.
 * @param limit The most characters it may have.
 * @param report What takes how many.
 * @returns One line when it has more, none otherwise.
 */
export function sizeProblems(
  what: string,
  json: string,
  limit: number,
  report: readonly string[] = [],
): readonly string[] {
  const found = size(json);
  if (found <= limit) return [];
  const of = report.length === 0 ? "" : ` (${report.join(", ")})`;
  return [`${what} has ${found} characters${of}, expected at most ${limit}`];
}
