/** What `prove` has found of two stacks: whatever is not proved to be within what it was, one after the other. */
import { visible } from "../engine";
import { isProved, type Proof, proofFields, proofText } from "./prove";
import { paint, type Style, wrap } from "./style";

export interface ChangedAccess {
  /** `role workflow`, `policy of bucketPolicy` */
  readonly of: string;
  readonly urn: string;
  /** a proof, or why all of it is new */
  readonly answer: Proof | { readonly gained: string };
}

/** Two stacks, by the files that tell of them. */
export interface StackAccess {
  readonly candidate: string;
  readonly reference: string;
  readonly changes: readonly ChangedAccess[];
}

const isHeld = ({ answer }: ChangedAccess): boolean => !("gained" in answer) && isProved(answer);
export const isWithin = ({ changes }: StackAccess): boolean => changes.every(isHeld);

export function accessJson(access: StackAccess): string {
  const { candidate, reference, changes } = access;
  const results = changes.map(({ of, urn, answer }) => ({
    of,
    urn,
    ...("gained" in answer ? { verdict: "gained", reason: answer.gained } : proofFields(answer)),
  }));
  return `${JSON.stringify({ version: 1, candidate, reference, isWithin: isWithin(access), results }, undefined, 2)}\n`;
}

const reasoned = (verdict: string, of: string, reason: string, style: Style): string =>
  `${verdict}: ${visible(of)}\n${wrap(visible(reason), "    ", style)}\n`;

export function accessText(access: StackAccess, style: Style): string {
  const { candidate, reference, changes } = access;
  const open = changes.filter((change) => !isHeld(change));
  const parts = open.map(({ of, answer }) => {
    if ("gained" in answer) return reasoned(paint("✘ gained", "red", style), of, answer.gained, style);
    const { verdict } = answer.answer;
    // Without a statement that it is about, there is nothing to show of the documents.
    return verdict === "not-proved" && answer.answer.statement === undefined
      ? reasoned(paint("? not proved", "yellow", style), of, answer.answer.reason, style)
      : proofText(answer, style);
  });
  const [own, others] = [candidate, reference].map(visible);
  const count = `${changes.length} ${changes.length === 1 ? "identity or document" : "identities and documents"}`;
  const summary =
    open.length === 0
      ? `${paint("✔ no access added", "green", style)}: ${count} of ${own ?? ""} proved to be within ${others ?? ""}`
      : `${paint("✘ access added, or not proved that none is", "red", style)}: ${open.length} of ${count} of ${own ?? ""}`;
  return [...parts, `${summary}\n`].join("\n");
}
