/**
 * What has been found out about a pattern. The questions of a proof ask the same of its patterns again and again, and the
 * versions of a policy have most patterns in common.
 */
import { Automaton } from "./automaton";
import { isVariable, keptInFields, type Pattern } from "./pattern";
import { remembered } from "./remembered";

export interface PatternFacts {
  /** tells patterns apart */
  readonly id: number;
  /** whether it has no wildcards */
  readonly isExact: boolean;
  /** whether a policy variable stands in it */
  readonly hasVariable: boolean;
  /** the only text that it matches; undefined when it has wildcards or variables */
  readonly text: string | undefined;
  /** the service of a pattern of actions; undefined when it may be several */
  readonly service: string | undefined;
  /** the answers about other patterns, by their ids */
  readonly overlaps: Map<number, boolean>;
  readonly automaton: Automaton;
  /** the pattern with the wildcards in the first fields of an ARN kept within their fields */
  readonly byFields: Pattern;
}

export const factsOf = remembered((pattern: Pattern): PatternFacts => new Facts(pattern));
let ids = 0;

class Facts implements PatternFacts {
  readonly id = ids++;
  readonly isExact: boolean;
  readonly hasVariable: boolean;
  readonly text: string | undefined;
  readonly service: string | undefined;
  readonly overlaps = new Map<number, boolean>();
  readonly #pattern: Pattern;
  #automaton: Automaton | undefined;
  #byFields: Pattern | undefined;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
    let exact = true;
    let variables = false;
    let text = "";
    for (const token of pattern)
      if (token.kind === "literal") {
        variables ||= isVariable(token.value);
        if (exact && this.service === undefined && token.value === ":") this.service = text;
        text += token.value;
      } else exact = false;
    this.isExact = exact;
    this.hasVariable = variables;
    if (exact && !variables) this.text = text;
  }

  get automaton(): Automaton {
    if (this.#automaton === undefined || this.#automaton.isLarge)
      this.#automaton = new Automaton(this.#pattern);
    return this.#automaton;
  }

  get byFields(): Pattern {
    return (this.#byFields ??= keptInFields(this.#pattern) ?? this.#pattern);
  }
}
