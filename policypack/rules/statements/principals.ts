/** The principals of a statement, one by one, as they are written. */
import { type Entry, isEverything, printPattern, type Selection } from "../../iam";
import { grouped } from "./grouped";

export type PrincipalKind = "anybody" | "AWS" | "Service" | "Federated" | "CanonicalUser";

export interface Named {
  readonly kind: PrincipalKind;
  readonly text: string;
  readonly path: string;
  /** this principal alone */
  readonly selection: Selection;
}

/** Those that are known. One that stands for several callers, as a role for its sessions, is one. */
export function namedIn(principals: Selection | undefined): readonly Named[] {
  if (principals === undefined) return [];
  return grouped(principals.entries, ({ path }) => path).map((entries) => {
    const [first] = entries;
    return { kind: kindOf(first), text: first.text, path: first.path, selection: { ...principals, entries } };
  });
}

const KINDS: readonly PrincipalKind[] = ["AWS", "Service", "Federated", "CanonicalUser"];

function kindOf({ pattern }: Entry): PrincipalKind {
  const text = printPattern(pattern);
  return isEverything(pattern) ? "anybody" : (KINDS.find((kind) => text.startsWith(`${kind}:`)) ?? "AWS");
}

const ACCOUNT = /^(?:arn:[\w-]+:[a-z]+:[^:]*:)?(\d{12})(?::|$)/;

/** The account of a principal, or of any ARN; undefined where it does not say one. */
export const accountOf = (text: string): string | undefined => ACCOUNT.exec(text)?.[1];
