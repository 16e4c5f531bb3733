/** What the authorization data says of a grant: the known actions that it stands for, and their access levels. */
import { type Action, expandAction, mayBeAbout } from "../catalogue";
import { type Exception, type Grant, isAboutAction, type Statement } from "../iam";

/** An entry of `Action`, and the actions it stands for. */
export interface EntryFacts {
  readonly text: string;
  readonly isPattern: boolean;
  readonly actions: readonly Action[];
}

export interface Facts {
  /** the entries of `Action`; of `NotAction`, those left out */
  readonly entries: readonly EntryFacts[];
  /** all known actions that are left, each once */
  readonly actions: readonly Action[];
  readonly levels: readonly string[];
}

/** The order in which levels are listed: from looking to giving away. */
const LEVELS = ["List", "Read", "Write", "Tagging", "Permissions management"];

export const levelsOf = (actions: readonly Action[]): readonly string[] =>
  LEVELS.filter((level) => actions.some(({ accessLevels }) => accessLevels.has(level)));

/** Whether an exception takes all of its actions away, so that they are not left. */
export const isWhole = ({ every }: Exception): boolean => every.resource && every.caller && every.request;

/** The facts of a statement, less what exceptions take away wholly, and what is never about its resources. */
export function factsOf({ actions, resources }: Statement, exceptions: readonly Exception[] = []): Facts {
  const whole = exceptions.filter(isWhole);
  const isLeft = ({ key }: Action): boolean =>
    !whole.some((exception) => isAboutAction({ ...exception.statement, actions: exception.actions }, key));
  const entries = actions.entries.map(({ text }): EntryFacts => ({
    text,
    isPattern: /[*?]/.test(text),
    actions: expandAction(text).filter(
      (action) =>
        actions.negated || (isLeft(action) && (!/[*?]/.test(text) || mayBeAbout(action, resources))),
    ),
  }));
  const listed = new Set(entries.flatMap((entry) => entry.actions));
  const left = actions.negated
    ? expandAction("*").filter(
        (action) => !listed.has(action) && isLeft(action) && mayBeAbout(action, resources),
      )
    : [...listed];
  return { entries, actions: left, levels: levelsOf(left) };
}

export const factsOfGrant = ({ left, exceptions }: Grant): Facts => factsOf(left, exceptions);
