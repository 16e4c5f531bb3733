/**
 * A pattern as a machine that reads a text character by character. Its states are made when they are first reached, and kept:
 * the questions about a policy ask the same of its patterns again and again.
 */
import { type CharacterSet, isUniversal, type Pattern, settle, step } from "./pattern";

/** The positions that a pattern can be at after some text. */
export interface State {
  readonly id: number;
  readonly positions: readonly number[];
  /** whether the text so far matches */
  readonly accepts: boolean;
  /** whether every text that goes on from here matches */
  readonly universal: boolean;
  /** whether no text that goes on from here matches */
  readonly dead: boolean;
  /** the characters that are spelled out here, and the sets that wildcards range over */
  readonly literals: readonly string[];
  readonly sets: readonly CharacterSet[];
  /** the characters that alone can go on, one of each kind; undefined where a wildcard lets in any of a set */
  readonly only: readonly Step[] | undefined;
}

/** A character that can go on, and one that no pattern names but that is in the same sets. */
export interface Step {
  readonly character: string;
  readonly like?: string | undefined;
}

interface Made extends State {
  readonly next: Map<string, Made>;
}

/** How many states of a pattern are kept; a pattern that people write has hardly more than characters. */
const MOST_STATES = 2_000;

export class Automaton {
  readonly #pattern: Pattern;
  readonly #states = new Map<string, Made>();
  readonly start: State;
  #ids = 0;

  constructor(pattern: Pattern) {
    this.#pattern = pattern;
    this.start = this.#state(settle(pattern, [0]));
  }

  /** The state after one more character. */
  after(state: State, character: string): State {
    const { next } = state as Made;
    const known = next.get(character);
    if (known !== undefined) return known;
    const made = this.#state(step(this.#pattern, state.positions, character));
    next.set(character, made);
    return made;
  }

  #state(positions: readonly number[]): Made {
    const key = positions.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const tokens = positions.flatMap((position) => this.#pattern[position] ?? []);
    const literals = new Set(tokens.flatMap((token) => (token.kind === "literal" ? [token.value] : [])));
    const sets = tokens.flatMap((token) => (token.kind === "literal" ? [] : [token.of]));
    const made: Made = {
      id: this.#ids++,
      positions,
      accepts: positions.includes(this.#pattern.length),
      universal: isUniversal(this.#pattern, positions),
      dead: positions.length === 0,
      literals: [...literals],
      sets,
      only: sets.length > 0 ? undefined : [...literals].map((character) => ({ character })),
      next: new Map(),
    };
    this.#states.set(key, made);
    return made;
  }

  /** Whether it has grown beyond what is worth keeping. */
  get isLarge(): boolean {
    return this.#states.size > MOST_STATES;
  }
}
