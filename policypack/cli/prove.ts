/** `prove`: whether policies allow nothing that others do not, or a stack nothing that it did not before. */
import { KNOWN } from "../catalogue";
import { type AccessChange, accessChanges, type StackDocument, type StackSide } from "../engine";
import { contains, type Containment, narrowerWithin, nearMiss, type PolicyType, type Scope } from "../iam";
import type { ChangedAccess, NamedReading, Proof, StackAccess } from "../report";
import { type Command, UsageError } from "./arguments";
import { CATALOGUE, readDocuments } from "./documents";
import { nameOf, readText } from "./files";
import { type Input, readInput } from "./inputs";
import { documentsIn, stackIn } from "./judge";

const KINDS: Readonly<Record<PolicyType, string>> = {
  identity: "an identity-based policy",
  resource: "a resource-based policy",
  trust: "a trust policy",
};

type ProveCommand = Extract<Command, { readonly name: "prove" }>;

/** Reads both sides and asks. @throws {@link UsageError} when something cannot be read */
export function prove({ policies, within, type, scope }: ProveCommand): Proof | StackAccess {
  if ([...policies, ...within].filter((file) => file === "-").length > 1)
    throw new UsageError("prove: standard input can be read once only");
  const read = reader();
  const [now, before] = [recordingIn(policies, read), recordingIn(within, read)];
  if (now === undefined && before === undefined)
    return proofOf(readDocuments(policies, type, read), readDocuments(within, type, read), scope);
  if (now === undefined || before === undefined)
    throw new UsageError(
      `prove: ${(now ?? before)?.name ?? ""} tells of a stack, which can be proved to be within another state, preview or log of it only`,
    );
  if (type !== "any") throw new UsageError("--type: the resources of a stack say what its documents are");
  return stackAccess(now, before, scope);
}

type Read = (file: string) => string;

/** What is read may be standard input, which there is once only. */
function reader(): Read {
  const texts = new Map<string, string>();
  return (file) => {
    const text = texts.get(file) ?? readText(file);
    texts.set(file, text);
    return text;
  };
}

interface NamedRecording {
  readonly name: string;
  readonly recording: Exclude<Input, { readonly kind: "document" }>["recording"];
}

/** The stack of one side; undefined where it is documents. @throws {@link UsageError} where some of it is missing */
function recordingIn(files: readonly string[], read: Read): NamedRecording | undefined {
  const recordings = files.flatMap((file): readonly NamedRecording[] => {
    if (file === CATALOGUE) return [];
    const name = nameOf(file);
    const input = readInput(name, read(file), undefined);
    return input === undefined || input.kind === "document" ? [] : [{ name, recording: input.recording }];
  });
  const [first] = recordings;
  if (first === undefined) return undefined;
  if (files.length > 1)
    throw new UsageError(`prove: ${first.name} tells of a stack, which is held against one other at a time`);
  const { problems, notes } = first.recording;
  const [missing] = [...problems, ...notes];
  if (missing !== undefined)
    throw new UsageError(`${first.name}: ${missing}; nothing is proved of a part of a stack`);
  const telling = first.recording.resources.find(
    (resource) => resource.secrets.size > 0 && documentsIn(resource).length > 0,
  );
  if (telling !== undefined)
    throw new UsageError(
      `${first.name}: ${telling.type} ${telling.name} has secrets, which a proof would show; export the state without --show-secrets`,
    );
  return first;
}

function stackAccess(now: NamedRecording, before: NamedRecording, scope: Scope): StackAccess {
  const changes = accessChanges(sideOf(now), sideOf(before), KNOWN);
  return {
    candidate: now.name,
    reference: before.name,
    changes: changes.map((change) => changedAccess(change, now.name, before.name, scope)),
  };
}

const sideOf = ({ recording }: NamedRecording): StackSide => ({
  stack: stackIn(recording),
  documents: recording.resources.flatMap(documentsIn),
});

function changedAccess(
  { of, subject: { urn }, candidate, reference, answer }: AccessChange,
  now: string,
  before: string,
  scope: Scope,
): ChangedAccess {
  if (answer.verdict === "gained") return { of, urn, answer: { gained: answer.reason } };
  const named = (file: string, documents: readonly StackDocument[]): readonly NamedReading[] =>
    documents.map(({ subject, reading }) => ({
      name: `${subject.name}.${subject.property} of ${file}`,
      reading,
    }));
  return { of, urn, answer: proofOf(named(now, candidate), named(before, reference), scope, answer) };
}

/** The proof of documents, and what helps where there is none. */
function proofOf(
  candidate: readonly NamedReading[],
  reference: readonly NamedReading[],
  demanded: Scope,
  answer: Containment = comparable(candidate, reference),
): Proof {
  const [own, others] = [candidate, reference].map((side) => side.map(({ reading }) => reading));
  const isExceeding = answer.verdict === "exceeds";
  return {
    answer,
    demanded,
    candidate,
    reference,
    near: isExceeding
      ? nearMiss(
          reference.map(({ reading }) => reading.document),
          answer.counterexample,
        )
      : undefined,
    instead: isExceeding ? narrowerWithin(answer.statement, others ?? [], own ?? [], KNOWN) : undefined,
  };
}

/** The proof; or that there can be none, with the names of the files. */
function comparable(candidate: readonly NamedReading[], reference: readonly NamedReading[]): Containment {
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
