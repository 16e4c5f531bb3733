/** How text is set in a terminal: colours that mean something, and lines that fit. */

export interface Style {
  readonly colour: boolean;
  /** columns; lines are wrapped to fit, where they can be broken */
  readonly width: number;
}

type Ink = "red" | "yellow" | "green" | "bold" | "dim";
const CODES: Readonly<Record<Ink, string>> = { red: "31", yellow: "33", green: "32", bold: "1", dim: "2" };

export const paint = (text: string, ink: Ink, { colour }: Style): string =>
  colour && text !== "" ? `\u001b[${CODES[ink]}m${text}\u001b[0m` : text;

/** Breaks text at spaces into lines of at most `width` columns after `indent`; what has no space is not broken. */
export function wrap(text: string, indent: string, { width }: Style): string {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => indent + line).join("\n");
}
