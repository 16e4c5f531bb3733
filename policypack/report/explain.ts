/** What a document allows, for a person: a sentence a grant with the raw parts beneath, and a table; and the same as JSON. */
import { visible } from "../engine";
import {
  type Idle,
  type NormalForm,
  type PolicyType,
  type Selection,
  type Statement,
  type Taken,
  type Test,
} from "../iam";
import { accessTable, accessTableText } from "./access-table";
import { listed, testWords } from "./condition-words";
import { type NamedDocument, statementName } from "./documents";
import { factsOf, factsOfGrant } from "./grant-facts";
import { denialSentence, exceptionWords, grantSentence, takenWords } from "./grant-words";
import { paint, type Style, wrap } from "./style";

export interface Explained {
  readonly of: NamedDocument;
  readonly form: NormalForm;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; resources differ in theirs. */
const MOST_CHARACTERS: Readonly<Record<PolicyType, number | undefined>> = {
  identity: 6_144,
  trust: 2_048,
  resource: undefined,
};
const KINDS: Readonly<Record<PolicyType, string>> = {
  identity: "identity-based policy",
  resource: "resource-based policy",
  trust: "trust policy",
};

/** "IAM doesn't count white space when calculating the size of a policy". */
const sizeOf = (text: string): number => text.replace(/\s/g, "").length;

const INDENT = "    ";

export function explainText({ of, form }: Explained, style: Style): string {
  const { grants, denials, spent, idle } = form;
  const sentences = [
    ...grants.map((grant) => ({ ...grant, sentence: grantSentence(grant) })),
    ...[...denials, ...spent].map((statement) => ({
      statement,
      sentence: denialSentence(statement) + takenWords(takenBy(statement, form)),
    })),
    // It may take something away from other documents.
    ...idle.filter(isDenial).map(({ statement }) => ({
      statement,
      sentence: `${denialSentence(statement)}; no statement here allows that`,
    })),
  ];
  const { statements } = of.reading.document;
  const place = ({ path }: Statement): number => statements.findIndex((written) => written.path === path);
  const blocks = [...sentences]
    .sort((a, b) => place(a.statement) - place(b.statement))
    .map(({ statement, sentence }) =>
      [
        paint(statementName(statement), "bold", style),
        wrap(visible(sentence), INDENT, style),
        rawLines(statements[place(statement)] ?? statement, style),
      ].join("\n"),
    );
  const nothing = grants.length === 0 ? ["allows nothing"] : [];
  const still = idle
    .filter((each) => !isDenial(each))
    .map((each) => wrap(visible(`${statementName(each.statement)} ${idleWords(each)}`), "", style));
  const table = grants.length === 0 ? [] : [accessTableText(accessTable(grants), style)];
  return `${[headLine(of, style), ...blocks, ...nothing, ...(still.length === 0 ? [] : [still.join("\n")]), ...table].join("\n\n")}\n`;
}

/** What a Deny, or what is left of it, has taken away. */
const takenBy = ({ path }: Statement, { taken }: NormalForm): readonly Taken[] =>
  taken.filter(({ by }) => by.path === path);

const isDenial = ({ reason }: Idle): boolean => reason === "denies nothing allowed";

function headLine({ name, text, reading }: NamedDocument, style: Style): string {
  const { type, statements } = reading.document;
  const most = MOST_CHARACTERS[type];
  const size = sizeOf(text).toLocaleString("en-US");
  const limit = most === undefined ? "" : ` of at most ${most.toLocaleString("en-US")}`;
  const count = `${statements.length} statement${statements.length === 1 ? "" : "s"}`;
  return wrap(`${visible(name)}: ${KINDS[type]}, ${count}, ${size}${limit} characters`, "", style);
}

/** The parts of a statement, all as they are written. */
function rawLines({ source, actions, resources, condition }: Statement, style: Style): string {
  const whom = source["Principal"] ?? source["NotPrincipal"];
  const parts: readonly (readonly [string, string])[] = [
    ...(whom === undefined
      ? []
      : [["Principal" in source ? "Principal" : "NotPrincipal", JSON.stringify(whom)] as const]),
    [actions.negated ? "NotAction" : "Action", textsOf(actions).join(", ")],
    ...("Resource" in source || "NotResource" in source
      ? [[resources.negated ? "NotResource" : "Resource", textsOf(resources).join(", ")] as const]
      : []),
    ...condition.tests.map((test) => ["Condition", rawTest(test)] as const),
  ];
  return parts
    .map(([label, text]) => paint(wrap(visible(`${label}: ${text}`), `${INDENT}  `, style), "dim", style))
    .join("\n");
}

const textsOf = ({ entries }: Selection): readonly string[] => entries.map(({ text }) => text);

const operatorName = ({ operator: { name, qualifier, ifExists } }: Test): string =>
  `${qualifier === undefined ? "" : `${qualifier}:`}${name}${ifExists ? "IfExists" : ""}`;
const rawTest = (test: Test): string => `${operatorName(test)} ${test.name} ${test.texts.join(", ")}`;

/** Why a statement changes nothing. */
function idleWords({ reason, by }: Idle): string {
  const other = by.map(statementName);
  const names = listed(other, "and", other.length);
  const words: Readonly<Record<Idle["reason"], string>> = {
    "never met": "no request can meet its condition",
    "selects nothing": "it selects no action, no resource or no caller",
    "within another": `${names} says it already`,
    denied: `${names} ${by.length === 1 ? "denies" : "together deny"} all of it`,
    "denies nothing allowed": "no statement allows what it denies",
  };
  return `changes nothing: ${words[reason]}`;
}

/** The same for programs. */
export function explainJson({ of, form }: Explained): string {
  const { document } = of.reading;
  const partsOf = (left: Statement) => ({
    principals: left.source["Principal"] ?? left.source["NotPrincipal"] ?? null,
    principalsNegated: "NotPrincipal" in left.source,
    actionsNegated: left.actions.negated,
    actions: factsOf(left).entries.map(({ text, actions }) => ({ text, knownActions: actions.length })),
    resourcesNegated: left.resources.negated,
    resources: document.type === "trust" ? [] : textsOf(left.resources),
    conditions: left.condition.tests.map((test) => ({
      operator: operatorName(test),
      key: test.name,
      values: test.texts,
      words: testWords(test),
    })),
  });
  const named = ({ path, sid }: Statement) => ({ statement: path, sid: sid ?? null });
  const json = {
    version: 1,
    file: of.name,
    type: document.type,
    statements: document.statements.length,
    characters: sizeOf(of.text),
    mostCharacters: MOST_CHARACTERS[document.type] ?? null,
    grants: form.grants.map((grant) => ({
      ...named(grant.statement),
      words: grantSentence(grant),
      levels: factsOfGrant(grant).levels,
      knownActions: factsOfGrant(grant).actions.length,
      ...partsOf(grant.left),
      exceptions: grant.exceptions.map((exception) => ({
        ...named(exception.statement),
        words: exceptionWords(exception),
        every: exception.every,
      })),
    })),
    denials: [...form.denials, ...form.spent].map((left) => ({
      ...named(left),
      words: denialSentence(left) + takenWords(takenBy(left, form)),
      ...partsOf(left),
      takes: takenBy(left, form).map(({ from, entries, together }) => ({
        ...named(from),
        entries: typeof entries === "string" ? entries : entries.map(({ text }) => text),
        together: together.map(({ path }) => path),
      })),
    })),
    idle: form.idle.map(({ statement, reason, by }) => ({
      ...named(statement),
      reason,
      by: by.map(({ path }) => path),
    })),
    access: accessTable(form.grants),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}
