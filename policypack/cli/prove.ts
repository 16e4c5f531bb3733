/** `prove`: whether policies allow nothing that others do not. */
import { KNOWN } from "../catalogue";
import { contains, type Containment, narrowerWithin, nearMiss, type PolicyType, type Reading } from "../iam";
import type { NamedDocument, Proof } from "../report";
import { type Command, UsageError } from "./arguments";
import { readDocuments } from "./documents";

const KINDS: Readonly<Record<PolicyType, string>> = {
  identity: "an identity-based policy",
  resource: "a resource-based policy",
  trust: "a trust policy",
};

type ProveCommand = Extract<Command, { readonly name: "prove" }>;

/** Reads both sides and asks. @throws {@link UsageError} when some document cannot be read */
export function prove({ policies, within, type, scope }: ProveCommand): Proof {
  if ([...policies, ...within].filter((file) => file === "-").length > 1)
    throw new UsageError("prove: standard input can be read once only");
  const [candidate, reference] = [readDocuments(policies, type), readDocuments(within, type)];
  const answer = comparable(candidate, reference);
  const readings = (side: typeof candidate): readonly Reading[] => side.map(({ reading }) => reading);
  return {
    answer,
    demanded: scope,
    candidate,
    reference,
    near:
      answer.verdict === "exceeds"
        ? nearMiss(
            reference.map(({ reading }) => reading.document),
            answer.counterexample,
          )
        : undefined,
    instead:
      answer.verdict === "exceeds"
        ? narrowerWithin(answer.statement, readings(reference), readings(candidate), KNOWN)
        : undefined,
  };
}

/** The proof; or that there can be none, with the names of the files. */
function comparable(candidate: readonly NamedDocument[], reference: readonly NamedDocument[]): Containment {
  const [first, ...others] = [...candidate, ...reference];
  const other = others.find(({ reading }) => reading.document.type !== first?.reading.document.type);
  if (first === undefined || other === undefined)
    return contains(
      reference.map(({ reading }) => reading),
      candidate.map(({ reading }) => reading),
      KNOWN,
    );
  const words = [first, other].map(({ name, reading }) => `${name} is ${KINDS[reading.document.type]}`);
  return {
    verdict: "not-proved",
    reason: `policies of different types cannot be compared: ${words.join(", ")}; --type says what they are`,
    statement: undefined,
  };
}
