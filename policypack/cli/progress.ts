/** How far a long run is, on a terminal's last line: nothing in the first second, nothing that stays. */

/** Where progress is shown. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

const FIRST_MS = 1000;
const EVERY_MS = 100;

export class Progress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #begun: number;
  #shown: number | undefined;

  constructor(terminal: Terminal, now: () => number = Date.now) {
    this.#terminal = terminal;
    this.#now = now;
    this.#begun = now();
  }

  /** @param text - one line, shown in place of the one before; undefined takes it away */
  show(text: string | undefined): void {
    if (this.#terminal.isTTY !== true) return;
    if (text === undefined) {
      if (this.#shown !== undefined) this.#terminal.write(CLEAR);
      this.#shown = undefined;
      return;
    }
    const now = this.#now();
    if (now - this.#begun < FIRST_MS || (this.#shown !== undefined && now - this.#shown < EVERY_MS)) return;
    this.#shown = now;
    this.#terminal.write(CLEAR + text);
  }
}

/** To the beginning of the line, and away with what is on it. */
const CLEAR = "\r\u001b[K";
