/** The entries of long lists of actions by service, so that each action is held against those of its own service only. */
import { matches, type Pattern } from "../pattern/pattern";
import { factsOf } from "../pattern/pattern-facts";
import type { Entry, Selection } from "../language/statement";
import { remembered } from "../pattern/remembered";

interface Index {
  readonly byService: ReadonlyMap<string, Selection>;
  /** the entries whose service is a pattern: `*`, `s*:Get*` */
  readonly anyService: Selection;
  /** the actions that are spelled out, in lower case */
  readonly exact: ReadonlySet<string>;
}

/** The service that an action pattern is about; undefined when it may be about several. */
export const serviceIn = (pattern: Pattern): string | undefined => factsOf(pattern).service;

const indexOf = remembered((selection: Selection): Index => {
  const groups = new Map<string | undefined, Entry[]>([[undefined, []]]);
  for (const entry of selection.entries) {
    const service = serviceIn(entry.pattern);
    const group = groups.get(service);
    if (group === undefined) groups.set(service, [entry]);
    else group.push(entry);
  }
  const any = groups.get(undefined) ?? [];
  return {
    byService: new Map(
      [...groups].flatMap(([service, entries]) =>
        service === undefined ? [] : [[service, { ...selection, entries: [...entries, ...any] }] as const],
      ),
    ),
    anyService: { ...selection, entries: any },
    exact: new Set(selection.entries.flatMap(({ pattern }) => factsOf(pattern).text ?? [])),
  };
});

/** The selection with only those entries that actions of a service can match; all of them where the service is open. */
export function selectionFor(selection: Selection, service: string | undefined): Selection {
  if (service === undefined || selection.entries.length <= FEW) return selection;
  const index = indexOf(selection);
  return index.byService.get(service) ?? index.anyService;
}
const FEW = 4;

/**
 * Whether some entry matches an action.
 *
 * @param action - `service:action` in lower case
 */
export function listsAction(selection: Selection, action: string): boolean {
  if (selection.entries.length <= FEW)
    return selection.entries.some(({ pattern }) => matches(pattern, action));
  const { exact, byService, anyService } = indexOf(selection);
  if (exact.has(action)) return true;
  const near = byService.get(action.slice(0, action.indexOf(":"))) ?? anyService;
  return near.entries.some(({ pattern }) => !factsOf(pattern).isExact && matches(pattern, action));
}
