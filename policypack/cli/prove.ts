/** `prove`: whether policies allow nothing that others do not. */
import { KNOWN } from "../catalogue";
import { contains, narrowerWithin, nearMiss, type Reading } from "../iam";
import type { Proof } from "../report";
import { type Command, UsageError } from "./arguments";
import { readDocuments } from "./documents";

type ProveCommand = Extract<Command, { readonly name: "prove" }>;

/** Reads both sides and asks. @throws {@link UsageError} when some document cannot be read */
export function prove({ policies, within, type, scope }: ProveCommand): Proof {
  if ([...policies, ...within].filter((file) => file === "-").length > 1)
    throw new UsageError("prove: standard input can be read once only");
  const [candidate, reference] = [readDocuments(policies, type), readDocuments(within, type)];
  const answer = contains(
    reference.map(({ reading }) => reading),
    candidate.map(({ reading }) => reading),
    KNOWN,
  );
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
