/** The patterns of a selection, sorted once: every cell and every request is held against them. */
import { matches, type Pattern } from "../pattern/pattern";
import { factsOf } from "../pattern/pattern-facts";
import type { Selection } from "../language/statement";
import { remembered } from "../pattern/remembered";

export interface SelectionPatterns {
  readonly all: readonly Pattern[];
  /** those without wildcards and policy variables, as texts */
  readonly texts: ReadonlySet<string>;
  readonly others: readonly Pattern[];
  /** whether a policy variable stands in some */
  readonly variables: boolean;
}

export const patternsOf = remembered((selection: Selection): SelectionPatterns => {
  const all: Pattern[] = [];
  const texts = new Set<string>();
  const others: Pattern[] = [];
  let variables = false;
  for (const { pattern } of selection.entries) {
    const { text, hasVariable } = factsOf(pattern);
    all.push(pattern);
    variables ||= hasVariable;
    if (text === undefined) others.push(pattern);
    else texts.add(text);
  }
  return { all, texts, others, variables };
});

/** Whether one of the patterns matches a text; policy variables match nothing here. */
export const matchText = ({ texts, others }: SelectionPatterns, text: string): boolean =>
  texts.has(text) || others.some((pattern) => matches(pattern, text));
