/** Judges one file: a document by itself, or the resources of a stack as `Analyze` and `AnalyzeStack` judge them. */
import { readPolicy } from "../catalogue";
import {
  type ConfiguredRule,
  evaluate,
  evaluateStack,
  type Finding,
  type PolicyKind,
  type Stack,
  type StackDocument,
  type SubjectDocument,
  TYPE_OF,
} from "../engine";
import type { RecordedResource, Recording, RecordingKind } from "../host";
import { parseDocument } from "../iam";
import { stackOf } from "../pulumi/stack";
import { documentsOf } from "../pulumi/subjects";
import { readableDocument } from "../rules";
import type { Input } from "./inputs";
import { type Placed, placesInDocument, placesInRecording } from "./places";
import { withoutSecrets } from "./secrets";

/** What there is to say of one file. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly places: readonly Placed[];
  /** documents, and how many of them could not be known */
  readonly subjects: number;
  readonly unknown: number;
  /** what exemptions may be about */
  readonly resources: readonly { readonly urn?: string; readonly name: string }[];
  /** why it could not be judged whole */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** whether it is no JSON, which a finding says */
  readonly isUnparsable: boolean;
}

export interface JudgeOrder {
  readonly rules: readonly ConfiguredRule[];
  /** what documents are; undefined leaves it to them */
  readonly kind: PolicyKind | undefined;
  /** whether places are asked for: finding them takes reading the file again */
  readonly places: boolean;
}

export const judgeInput = (file: string, input: Input, order: JudgeOrder): Judged =>
  input.kind === "document"
    ? judgeDocument(file, input.text, order)
    : judgeRecording(file, input.text, input.kind, input.recording, order);

function judgeDocument(file: string, text: string, { rules, kind, places }: JudgeOrder): Judged {
  const isOwn = kind === undefined || kind === "resource";
  const reading = isOwn ? readPolicy(text, kind ?? "any") : parseDocument(text, TYPE_OF[kind]);
  const document = { subject: { file }, kind: kind ?? reading.document.type, reading };
  const findings = evaluate(rules, [document], readableDocument);
  return {
    findings,
    places: places ? placesInDocument(file, text, findings) : [],
    subjects: 1,
    unknown: 0,
    resources: [{ name: file }],
    problems: [],
    notes: [],
    isUnparsable: reading.problems.some(({ code }) => code === "not-json"),
  };
}

function judgeRecording(
  file: string,
  text: string,
  kind: RecordingKind,
  recording: Recording,
  { rules, places }: JudgeOrder,
): Judged {
  const { resources } = recording;
  const held = resources.map((resource) => ({ resource, documents: documentsIn(resource) }));
  const ofDocuments = held.flatMap(({ resource, documents }) =>
    evaluate(rules, documents, readableDocument).map((finding) => withoutSecrets(finding, resource.secrets)),
  );
  // A finding about the stack may tell what several documents say.
  const secrets = new Set(
    held.flatMap(({ resource, documents }) => (documents.length === 0 ? [] : [...resource.secrets])),
  );
  const ofStack = evaluateStack(rules, stackIn(recording)).map((finding) => withoutSecrets(finding, secrets));
  const findings = [...ofDocuments, ...ofStack];
  const documents = held.flatMap((each) => each.documents);
  return {
    findings,
    places: places ? placesInRecording(file, text, recording, findings) : [],
    subjects: documents.length,
    unknown: documents.filter(isUnknownDocument).length,
    resources,
    problems: [
      ...recording.problems.map((problem) => `${file}: ${problem}`),
      ...held.flatMap((each) =>
        untold(each.resource, each.documents, kind).map((line) => `${file}: ${line}`),
      ),
    ],
    notes: recording.notes.map((note) => `${file}: ${note}`),
    isUnparsable: false,
  };
}

/** The documents of a resource, as the provider's Check leaves them. */
export const documentsIn = ({ type, name, urn, inputs }: RecordedResource): readonly StackDocument[] =>
  documentsOf({ type, name, urn, props: inputs }) ?? [];

const isUnknownDocument = ({ reading }: SubjectDocument): boolean => reading.unknown.length > 0;

/** The stack that a file tells of. */
export const stackIn = ({ resources }: Recording): Stack => stackOf(resources.map(registered));

/** As the engine registers it, with what the program has set of it. */
const registered = ({ type, name, urn, inputs, outputs, propertyDependencies }: RecordedResource) => ({
  type,
  name,
  urn,
  props: outputs,
  propertyDependencies: Object.fromEntries(
    Object.entries(propertyDependencies).map(([property, urns]) => [
      property,
      urns.map((of) => ({ urn: of })),
    ]),
  ),
  declared: new Set(Object.keys(inputs)),
});

const REMEDIES: Readonly<Record<RecordingKind, string>> = {
  state: "export the state with `pulumi stack export --show-secrets`",
  preview: "judge it with `iam-guardrails preview` or `pulumi preview --policy-pack`: no preview tells it",
  "event-log": "judge it with `iam-guardrails preview` or `pulumi preview --policy-pack`: no log tells it",
};

/** The documents that a file has and does not tell, so that nobody can judge them. */
const untold = (
  { type, name, hidden }: RecordedResource,
  documents: readonly SubjectDocument[],
  kind: RecordingKind,
): readonly string[] =>
  documents.filter(isUnknownDocument).flatMap(({ subject }) => {
    const property = "urn" in subject ? subject.property : "";
    const isHidden = hidden.has(/^[^.[]*/.exec(property)?.[0] ?? "");
    return isHidden
      ? [`${type} ${name}: \`${property}\` is secret and cannot be read; ${REMEDIES[kind]}`]
      : [];
  });
