/**
 * What a policy of an identity decides on a request, written a second time and as plainly as can be: regular expressions over
 * the JSON, with nothing of policypack/iam in it. A mistake there would have to be made here again to stay hidden.
 *
 * What AWS does not say, and operators that no policy AWS manages has, are `undefined`: nobody can tell.
 */
type Scalar = string | number | boolean;
type Listed<T> = T | readonly T[];

export interface NaiveStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: Listed<string>;
  readonly NotAction?: Listed<string>;
  readonly Resource?: Listed<string>;
  readonly NotResource?: Listed<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Listed<Scalar>>>>>;
}
export interface NaiveDocument {
  readonly Version?: string;
  readonly Statement: Listed<NaiveStatement>;
}
export interface NaiveRequest {
  readonly action: string;
  readonly resource: string;
  /** the values of condition keys, by name in lower case */
  readonly context: NaiveContext;
}
export type NaiveContext = ReadonlyMap<string, readonly string[]>;
type Answer = boolean | undefined;

export const listOf = <T extends Scalar | NaiveStatement>(found: Listed<T> | undefined): readonly T[] =>
  found === undefined ? [] : Array.isArray(found) ? (found as readonly T[]) : [found as T];

/** `${aws:username}`, `${aws:username, 'nobody'}`, `${*}` */
export const VARIABLE = /\$\{([^},]*)(?:, *'([^']*)' *)?\}/;

/** A value of a policy as written, and where to look up its variables; undefined in a version that has none. */
interface Written {
  readonly text: string;
  readonly context: NaiveContext | undefined;
}
interface Piece {
  readonly text: string;
  /** whether it stands for itself, as what a variable stands for does */
  readonly plain: boolean;
}

/** The text around its variables, and what these stand for; undefined when one stands for nothing. */
function piecesOf({ text, context }: Written): readonly Piece[] | undefined {
  if (context === undefined || !text.includes("${")) return [{ text, plain: false }];
  const pieces: Piece[] = [];
  // Every third is what stands between variables, then come the key of one and its default.
  for (const [index, part] of text.split(VARIABLE).entries()) {
    if (index % 3 === 0) pieces.push({ text: part, plain: false });
    if (index % 3 !== 1) continue;
    const fallback = text.split(VARIABLE)[index + 1];
    const values = context.get(part.trim().toLowerCase()) ?? [];
    const value = ["*", "?", "$"].includes(part) ? part : values.length === 0 ? fallback : values[0];
    if (value === undefined || values.length > 1) return undefined;
    pieces.push({ text: value, plain: true });
  }
  return pieces;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
const wild = (text: string): string =>
  text
    .split(/([*?])/)
    .map((part) => (part === "*" ? ".*" : part === "?" ? "." : escaped(part)))
    .join("");

const expressions = new Map<string, RegExp>();

/** An expression for the whole text; `*` and `?` cross every boundary. */
function expressionOf(written: Written, isWild: boolean): RegExp | undefined {
  const pieces = piecesOf(written);
  if (pieces === undefined) return undefined;
  const source = pieces.map(({ text, plain }) => (isWild && !plain ? wild(text) : escaped(text))).join("");
  let made = expressions.get(source);
  if (made === undefined) {
    if (expressions.size > 50_000) expressions.clear();
    made = new RegExp(`^(?:${source})$`, "s");
    expressions.set(source, made);
  }
  return made;
}

/** Whether a value of a policy accepts a value of a request; undefined when nobody can tell. */
type Accepts = (written: Written, value: string) => Answer | "no value";

const NO_VALUE = "no value";
const byExpression =
  (isWild: boolean): Accepts =>
  (written, value) =>
    expressionOf(written, isWild)?.test(value) ?? NO_VALUE;

const anyCase: Accepts = (written, value) => {
  const pieces = piecesOf(written);
  if (pieces === undefined) return NO_VALUE;
  return pieces.map(({ text }) => text.toLowerCase()).join("") === value.toLowerCase();
};

/** "Each of the six colon-delimited components of the ARN is checked separately". */
const arn: Accepts = (written, value) => {
  if (written.text === "*") return true;
  const pieces = piecesOf(written);
  if (pieces === undefined) return NO_VALUE;
  const source = pieces.map(({ text, plain }) => (plain ? escaped(text) : wild(text))).join("");
  const own = fieldsOf(source);
  const others = fieldsOf(value);
  if (own.length < 6) return undefined;
  return (
    others.length === 6 &&
    own.every((field, index) => new RegExp(`^(?:${field})$`, "s").test(others[index] ?? ""))
  );
};
function fieldsOf(text: string): readonly string[] {
  const fields = text.split(":");
  return fields.length < 6 ? fields : [...fields.slice(0, 5), fields.slice(5).join(":")];
}

const bool: Accepts = ({ text }, value) =>
  /^(true|false)$/i.test(text) ? text.toLowerCase() === value.toLowerCase() : undefined;

const number =
  (holds: (value: number, limit: number) => boolean): Accepts =>
  ({ text }, value) => {
    const [limit, own] = [Number(text), Number(value)];
    return text === "" || value === "" || Number.isNaN(limit) || Number.isNaN(own)
      ? undefined
      : holds(own, limit);
  };

/** Every operator that is not negated and that policies of AWS have, and the numeric ones beside theirs; but for `Null`. */
const ACCEPTS: Readonly<Record<string, Accepts>> = {
  stringequals: byExpression(false),
  stringlike: byExpression(true),
  stringequalsignorecase: anyCase,
  arnequals: arn,
  arnlike: arn,
  bool,
  numericequals: number((value, limit) => value === limit),
  numericlessthan: number((value, limit) => value < limit),
  numericlessthanequals: number((value, limit) => value <= limit),
  numericgreaterthan: number((value, limit) => value > limit),
  numericgreaterthanequals: number((value, limit) => value >= limit),
};

export interface NaiveTest {
  /** the operator's own name in lower case, without qualifier, `Not` and `IfExists` */
  readonly base: string;
  readonly qualifier: "forallvalues" | "foranyvalue" | undefined;
  readonly negated: boolean;
  readonly ifExists: boolean;
  /** in lower case */
  readonly key: string;
  readonly values: readonly string[];
}

/** The operators that were met and are not known here. */
export const unknownOperators = new Set<string>();

function testsOf({ Condition: condition = {} }: NaiveStatement): readonly NaiveTest[] {
  return Object.entries(condition).flatMap(([operator, keys]) => {
    const [, qualifier, name = "", ifExists] =
      /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
    const base = name.replace("not", "");
    if (base !== "null" && !Object.hasOwn(ACCEPTS, base)) unknownOperators.add(operator);
    return Object.entries(keys).map(([key, values]) => ({
      base,
      qualifier: qualifier as NaiveTest["qualifier"],
      negated: name.includes("not"),
      ifExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: listOf(values).map(String),
    }));
  });
}

const not = (answer: Answer): Answer => (answer === undefined ? undefined : !answer);
const any = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
const all = (answers: readonly Answer[]): Answer => not(any(answers.map(not)));

function passes(test: NaiveTest, context: NaiveContext, hasVariables: boolean): Answer {
  const { base, qualifier, negated, ifExists, key } = test;
  const values = context.get(key) ?? [];
  if (base === "null") {
    const wanted = new Set(test.values.map((text) => text.toLowerCase()));
    return wanted.size === 1 ? wanted.has("true") === (values.length === 0) : undefined;
  }
  const accepts = ACCEPTS[base];
  if (accepts === undefined) return undefined;
  if (values.length === 0) {
    // What is documented of either alone does not say what both together do.
    if (ifExists) return qualifier === "foranyvalue" ? undefined : true;
    return qualifier === undefined ? negated : qualifier === "forallvalues";
  }
  if (qualifier === undefined && values.length > 1) return undefined;
  const answers = values.map((value) => {
    const found = test.values.map((text) =>
      accepts({ text, context: hasVariables ? context : undefined }, value),
    );
    // "If AWS cannot resolve a variable this might cause the entire statement to be invalid": then it allows nothing.
    const answer = any(found.map((each) => (each === NO_VALUE ? (negated ? undefined : false) : each)));
    return negated ? not(answer) : answer;
  });
  if (qualifier !== "forallvalues") return any(answers);
  // "… if the key values resolve to a null data set, such as an empty string": whether a value of none is such a set?
  const answer = all(answers);
  return answer === false && values.every((value) => value === "") ? undefined : answer;
}

/** A statement, ready to be asked. */
export class NaiveRule {
  readonly statement: NaiveStatement;
  readonly tests: readonly NaiveTest[];
  readonly #hasVariables: boolean;
  readonly #names: ReadonlySet<string>;
  readonly #patterns: readonly RegExp[];

  constructor(statement: NaiveStatement, hasVariables: boolean) {
    if ("Principal" in statement || "NotPrincipal" in statement)
      throw new Error("only policies of identities are known here");
    this.statement = statement;
    this.tests = testsOf(statement);
    this.#hasVariables = hasVariables;
    const actions = listOf(statement.Action ?? statement.NotAction).map((text) => text.toLowerCase());
    this.#names = new Set(actions.filter((text) => !/[*?]/.test(text)));
    this.#patterns = actions.flatMap((text) =>
      this.#names.has(text) ? [] : (expressionOf({ text, context: undefined }, true) ?? []),
    );
  }

  isAboutAction(action: string): boolean {
    const name = action.toLowerCase();
    const isListed = this.#names.has(name) || this.#patterns.some((pattern) => pattern.test(name));
    return isListed === (this.statement.NotAction === undefined);
  }

  isAboutResource(resource: string, context: NaiveContext): Answer {
    const { Resource: own, NotResource: others } = this.statement;
    const isListed = any(
      listOf(own ?? others).map((text) => {
        const pattern = expressionOf({ text, context: this.#hasVariables ? context : undefined }, true);
        return pattern?.test(resource) ?? (own === undefined ? undefined : false);
      }),
    );
    return own === undefined ? not(isListed) : isListed;
  }

  applies({ action, resource, context }: NaiveRequest): Answer {
    if (!this.isAboutAction(action)) return false;
    const about = this.isAboutResource(resource, context);
    if (about === false) return false;
    return all([about, ...this.tests.map((test) => passes(test, context, this.#hasVariables))]);
  }
}

/** A document, ready to be asked. */
export class NaivePolicy {
  readonly rules: readonly NaiveRule[];

  constructor({ Version: version, Statement: statements }: NaiveDocument) {
    this.rules = listOf(statements).map((each) => new NaiveRule(each, version === "2012-10-17"));
  }

  /** Whether the policy allows a request: a Deny wins, also one that only may apply; undefined when nobody can tell. */
  allows(request: NaiveRequest): Answer {
    const answerOf = (effect: NaiveStatement["Effect"]): Answer =>
      any(
        this.rules
          .filter(({ statement }) => statement.Effect === effect)
          .map((rule) => rule.applies(request)),
      );
    const denied = answerOf("Deny");
    return denied === true ? false : all([answerOf("Allow"), not(denied)]);
  }
}
