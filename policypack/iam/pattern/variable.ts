/** Policy variables: `${aws:username}`. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */

/** A policy variable: the condition key whose value it stands for. */
export interface Variable {
  /** the key in lower case, but for the name of a tag: `aws:principaltag/Team` */
  readonly key: string;
  /** what it stands for when the request has no such key: `${aws:PrincipalTag/team, 'none'}` */
  readonly fallback: string | undefined;
}

/** A variable found in a text: the token that stands for it, and how many characters it takes. */
interface Found {
  readonly value: string;
  readonly length: number;
}

const VARIABLE = /\$\{([^}]*)\}/y;
const CHARACTERS: ReadonlySet<string> = new Set(["*", "?", "$"]);
/** `aws:PrincipalTag/team, 'company-wide'`: a key; a comma, a space, and the default in single quotation marks. */
function partsOf(inside: string): Variable {
  const quote = inside.indexOf("'");
  const comma = inside.lastIndexOf(",", quote);
  const hasDefault =
    comma >= 0 &&
    quote < inside.length - 1 &&
    inside.endsWith("'") &&
    inside.slice(comma + 1, quote).trim() === "";
  // A space is no part of any key: such a variable is none that a request could resolve.
  return hasDefault
    ? { key: inside.slice(0, comma), fallback: inside.slice(quote + 1, -1) }
    : { key: inside, fallback: undefined };
}

/** The variable that begins at a place of a text. `${*}`, `${?}` and `${$}` stand for the characters themselves. */
export function readVariable(text: string, at: number): Found | undefined {
  VARIABLE.lastIndex = at;
  const [all, inside = ""] = VARIABLE.exec(text) ?? [];
  if (all === undefined) return undefined;
  if (CHARACTERS.has(inside)) return { value: inside, length: all.length };
  const { key, fallback } = partsOf(inside);
  return {
    value: fallback === undefined ? `\${${lowered(key)}}` : `\${${lowered(key)}, '${fallback}'}`,
    length: all.length,
  };
}

/** Condition keys do not differ by case; whether the names of tags do, nobody has to know. */
function lowered(key: string): string {
  const slash = key.indexOf("/");
  return slash < 0 ? key.toLowerCase() : key.slice(0, slash).toLowerCase() + key.slice(slash);
}

/** What the token of a variable says. */
export const variableOf = (token: string): Variable => partsOf(token.slice(2, -1));
