/** Service × access level × how many actions × on what: a document at a glance. */
import { type Action, serviceOf } from "../catalogue";
import { visible } from "../engine";
import { type Entry, type Exception, type Grant, isAboutAction, type Statement } from "../iam";
import { factsOfGrant, levelsOf } from "./grant-facts";
import { paint, type Style } from "./style";

export interface AccessRow {
  /** the prefix of a service; `*` for what a grant allows of services that it does not name */
  readonly service: string;
  readonly level: string;
  /** how many known actions */
  readonly actions: number;
  readonly resources: readonly AccessPlace[];
}

/** Where actions are allowed. */
export interface AccessPlace {
  /** as written; `NotResource` as `everything but …` */
  readonly text: string;
  /** whether conditions, of their own or of denials, restrict all grants of it */
  readonly conditional: boolean;
}

/** All grants together: a row for the actions of a service and a level on the same resources; one of two levels counts at both. */
export function accessTable(grants: readonly Grant[]): readonly AccessRow[] {
  const rows = new Map<string, AccessRow>();
  for (const [action, { named, resources }] of byAction(grants))
    for (const level of levelsOf([action])) {
      const service = named ? serviceOf(action.key) : "*";
      const places = plainest([...resources].map(([text, conditional]) => ({ text, conditional })));
      const key = JSON.stringify([service, level, places]);
      rows.set(key, { service, level, actions: (rows.get(key)?.actions ?? 0) + 1, resources: places });
    }
  return [...rows.values()].sort(
    (a, b) =>
      (a.service < b.service ? -1 : a.service > b.service ? 1 : 0) ||
      rank(a) - rank(b) ||
      b.actions - a.actions ||
      (JSON.stringify(a.resources) < JSON.stringify(b.resources) ? -1 : 1),
  );
}

interface Access {
  /** whether some grant names the action's service */
  named: boolean;
  /** each with whether conditions restrict it in all grants */
  readonly resources: Map<string, boolean>;
}

function byAction(grants: readonly Grant[]): ReadonlyMap<Action, Access> {
  const found = new Map<Action, Access>();
  for (const grant of grants) {
    const { actions } = grant.left;
    const services = new Set(actions.negated ? [] : actions.entries.map(({ text }) => serviceOf(text)));
    const places = placesOf(grant.left);
    for (const action of factsOfGrant(grant).actions) {
      const access = found.get(action) ?? { named: false, resources: new Map<string, boolean>() };
      found.set(action, access);
      access.named ||= services.has(serviceOf(action.key));
      for (const { text, entry } of places) {
        const conditional =
          grant.left.conditional || grant.exceptions.some((each) => hangsOn(each, action, entry));
        access.resources.set(text, conditional && (access.resources.get(text) ?? true));
      }
    }
  }
  return found;
}

/** Whether a Deny takes all of an action on a resource, or all resources, from everyone, if its condition is met. */
const hangsOn = (exception: Exception, action: Action, entry: Entry | undefined): boolean => {
  const { every, covered, statement, actions } = exception;
  return (
    !every.request &&
    every.caller &&
    (every.resource || (entry !== undefined && covered.includes(entry))) &&
    isAboutAction({ ...statement, actions }, action.key)
  );
};

/** The resources as they are shown; each with its entry, where it is one. */
function placesOf({ resources, source }: Statement): readonly Place[] {
  const all = (text: string): readonly Place[] => [{ text, entry: undefined }];
  if (source["Resource"] === undefined && source["NotResource"] === undefined) return all("the role");
  const { negated, entries } = resources;
  return negated
    ? all(`everything but ${entries.map(({ text }) => text).join(", ") || "nothing"}`)
    : entries.map((entry) => ({ text: entry.text, entry }));
}

interface Place {
  readonly text: string;
  readonly entry: Entry | undefined;
}

/** `*` without conditions says all others; with them it is the most telling. */
function plainest(places: readonly AccessPlace[]): readonly AccessPlace[] {
  const all = places.find(({ text, conditional }) => text === "*" && !conditional);
  const order = ({ text }: AccessPlace): number => (text === "*" ? 0 : 1);
  return all === undefined ? [...places].sort((a, b) => order(a) - order(b)) : [all];
}

const LEVELS = ["List", "Read", "Write", "Tagging", "Permissions management"];
const rank = ({ level }: AccessRow): number => LEVELS.indexOf(level);

export function accessTableText(rows: readonly AccessRow[], style: Style): string {
  const cells = rows.map(({ service, level, actions }, index) => {
    const before = rows[index - 1];
    const isSame = before?.service === service;
    const name = service === "*" ? "(all others)" : service;
    return [isSame ? "" : name, isSame && before.level === level ? "" : level, String(actions)] as const;
  });
  const head = ["service", "access", "actions"] as const;
  const widthOf = (column: 0 | 1 | 2): number =>
    Math.max(...[head, ...cells].map((row) => row[column].length));
  const [first, second, third] = [widthOf(0), widthOf(1), widthOf(2)];
  const line = ([service, level, count]: readonly [string, string, string], resources: string): string =>
    `${service.padEnd(first)}  ${level.padEnd(second)}  ${count.padStart(third)}  ${visible(resources)}`;
  const room = Math.max(LEAST, style.width - first - second - third - 6);
  return [
    paint(line(head, "resources"), "dim", style),
    ...cells.map((cell, index) => line(cell, resourcesCell(rows[index]?.resources ?? [], room))),
  ].join("\n");
}

/** So many columns a resource has, however narrow the terminal. */
const LEAST = 20;

function resourcesCell([first, ...more]: readonly AccessPlace[], room: number): string {
  if (first === undefined) return "";
  const rest = `${first.conditional ? " (conditional)" : ""}${more.length === 0 ? "" : ` and ${more.length} more`}`;
  const own = room - rest.length;
  return (first.text.length > own ? `${first.text.slice(0, own - 1)}…` : first.text) + rest;
}
