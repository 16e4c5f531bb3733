/** The name somebody probably meant. */
import { distance } from "fastest-levenshtein";

/**
 * The candidate with the fewest edits to the text; undefined when it would take more than a slip of the pen.
 *
 * @param most - how many edits are a slip; without it, a third of the text
 */
export function nearest(
  text: string,
  candidates: Iterable<string>,
  most = Math.max(2, Math.floor(text.length / 3)),
): string | undefined {
  let best: string | undefined;
  let fewest = most + 1;
  for (const candidate of candidates) {
    const edits = distance(text.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}
