/** The condition operators, as data. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */

/** How the values of an operator are compared. */
export type Comparison =
  | "text"
  | "text-any-case"
  | "text-pattern"
  | "arn"
  | "boolean"
  | "binary"
  | "address"
  | `${"number" | "date"}${"" | "<" | "<=" | ">" | ">="}`;

interface Comparing {
  readonly comparison: Comparison;
  /** `StringNotEquals` holds where `StringEquals` does not */
  readonly negated: boolean;
}

const is = (comparison: Comparison): Comparing => ({ comparison, negated: false });
const not = (comparison: Comparison): Comparing => ({ comparison, negated: true });

/** Every operator but `Null`, without qualifier and `IfExists`. */
const COMPARING: Readonly<Record<string, Comparing>> = {
  StringEquals: is("text"),
  StringNotEquals: not("text"),
  StringEqualsIgnoreCase: is("text-any-case"),
  StringNotEqualsIgnoreCase: not("text-any-case"),
  StringLike: is("text-pattern"),
  StringNotLike: not("text-pattern"),
  NumericEquals: is("number"),
  NumericNotEquals: not("number"),
  NumericLessThan: is("number<"),
  NumericLessThanEquals: is("number<="),
  NumericGreaterThan: is("number>"),
  NumericGreaterThanEquals: is("number>="),
  DateEquals: is("date"),
  DateNotEquals: not("date"),
  DateLessThan: is("date<"),
  DateLessThanEquals: is("date<="),
  DateGreaterThan: is("date>"),
  DateGreaterThanEquals: is("date>="),
  Bool: is("boolean"),
  BinaryEquals: is("binary"),
  IpAddress: is("address"),
  NotIpAddress: not("address"),
  // "ArnEquals and ArnLike behave identically."
  ArnEquals: is("arn"),
  ArnLike: is("arn"),
  ArnNotEquals: not("arn"),
  ArnNotLike: not("arn"),
};

/** How many of the values in the request an operator is about; without one, the key is taken to have a single value. */
export type Qualifier = "ForAllValues" | "ForAnyValue";

/** An operator as written in a policy, taken apart. */
export interface Operator {
  /** the operator's own name, in AWS's spelling, without qualifier and `IfExists`: `StringLike`, `Null` */
  readonly name: string;
  readonly qualifier: Qualifier | undefined;
  readonly ifExists: boolean;
  /** undefined for `Null`, which asks whether the key is in the request at all */
  readonly comparing: Comparing | undefined;
}

const byName = new Map(
  [...Object.entries(COMPARING), ["Null", undefined] as const].map(([name, comparing]) => [
    name.toLowerCase(),
    { name, comparing },
  ]),
);
const PARTS = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/;

/**
 * Takes an operator apart; undefined when it is none. Its case is not looked at: {@link spelled} says what it should be.
 *
 * @param text - as written: `ForAnyValue:StringLikeIfExists`
 */
export function parseOperator(text: string): Operator | undefined {
  const [, qualifier, name = "", ifExists] = PARTS.exec(text.toLowerCase()) ?? [];
  const known = byName.get(name);
  // "You can add IfExists to the end of any condition operator name except the Null condition."
  if (known === undefined || (known.comparing === undefined && ifExists !== undefined)) return undefined;
  return {
    ...known,
    qualifier:
      qualifier === undefined ? undefined : qualifier === "forallvalues" ? "ForAllValues" : "ForAnyValue",
    ifExists: ifExists !== undefined,
  };
}

/** The operator as AWS spells it: `ForAnyValue:StringLikeIfExists`. */
export const spelled = ({ name, qualifier, ifExists }: Operator): string =>
  `${qualifier === undefined ? "" : `${qualifier}:`}${name}${ifExists ? "IfExists" : ""}`;

/** The names of all operators, without qualifier and `IfExists`. */
export const OPERATORS: readonly string[] = [...Object.keys(COMPARING), "Null"];
