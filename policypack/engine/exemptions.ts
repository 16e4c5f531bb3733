/**
 * Exemptions: what somebody has decided to bear with, for a reason, until a day. An applied one is reported with its finding,
 * an expired one exempts nothing, and one that nothing needs any more says so.
 */
import { nearest } from "../catalogue";
import { matches, parsePattern } from "../iam";
import type { Finding } from "./finding";
import type { Option } from "./options";

/** As it stands in a configuration: globs with `*` and `?`, all that are given must match. */
export interface Exemption {
  /** the URN of a resource */
  readonly urn?: string;
  /** the name of a resource in its program, or of a file */
  readonly resource?: string;
  /** every action that the finding names */
  readonly action?: string;
  /** the JSON path within the document */
  readonly path?: string;
  readonly reason: string;
  /** the last day on which it holds, in UTC: `2027-03-31` */
  readonly expires: string;
  readonly ticket?: string;
}

const MEMBERS = ["urn", "resource", "action", "path", "reason", "expires", "ticket"] as const;
const text = { type: "string" } as const;

/** Every rule has this option; each exemption in it is of that rule alone. */
export const EXEMPTIONS: Option<readonly Exemption[]> = {
  schema: {
    type: "array",
    items: {
      type: "object",
      properties: Object.fromEntries(MEMBERS.map((member) => [member, text])),
      required: ["reason", "expires"],
      additionalProperties: false,
    },
    default: [],
    description:
      "Findings to bear with: each has `urn` or `resource`, and may have `action` and `path` (globs); `reason`, `expires` (`YYYY-MM-DD`) and, if there is one, `ticket`.",
  },
  default: [],
  expected: "a list of exemptions, each an object of strings",
  read: (value) => {
    if (!Array.isArray(value) || !value.every(isRecordOfStrings)) return undefined;
    return {
      value: value as unknown as readonly Exemption[],
      doubts: value.flatMap((exemption, index) =>
        problemsOf(exemption).map((problem) => `exemption ${index}: ${problem}`),
      ),
    };
  },
};

const isRecordOfStrings = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((member) => typeof member === "string");

function problemsOf(exemption: Readonly<Record<string, string>>): readonly string[] {
  const { urn, resource, reason = "", expires = "" } = exemption;
  const unknown = Object.keys(exemption).filter((name) => !MEMBERS.some((member) => member === name));
  return [
    ...unknown.map((name) => {
      const meant = nearest(name, MEMBERS);
      return `there is no \`${name}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`;
    }),
    ...(urn === undefined && resource === undefined ? ["expected `urn` or `resource`"] : []),
    ...(reason.trim() === "" ? ["expected a `reason`"] : []),
    ...(isDay(expires) ? [] : ["expected `expires` as a day such as `2027-03-31`"]),
  ];
}

/** `2027-02-30` is no day. */
const isDay = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString().startsWith(value);

/** The exemptions of a rule through one run, with which of them were needed. */
export class Exemptions {
  readonly #exemptions: readonly Exemption[];
  readonly #today: string;
  readonly #needed = new Set<Exemption>();
  #isAllKnown = true;

  /** @param today - a day in UTC: `2027-03-31` */
  constructor(exemptions: readonly Exemption[], today: string) {
    this.#exemptions = exemptions;
    this.#today = today;
  }

  /** The finding as it counts: advisory, with the reason, where an exemption holds. */
  applied(finding: Finding): Finding {
    const found = this.#exemptions.filter((exemption) => isAbout(exemption, finding));
    const holding = found.filter(({ expires }) => this.#today <= expires);
    const [exemption] = holding;
    for (const each of exemption === undefined ? found : holding) this.#needed.add(each);
    if (exemption !== undefined) return { ...finding, level: "advisory", exemption };
    const [expired] = found;
    return expired === undefined
      ? finding
      : { ...finding, message: `${finding.message}; its exemption expired on ${expired.expires}` };
  }

  /** Something was not known: what it needs once it is cannot be told. */
  noteUnknown(): void {
    this.#isAllKnown = false;
  }

  /**
   * What is to be said of those that no finding has needed, each with its place in the list. One about other resources may be
   * needed in another stack; one that has expired is needed nowhere.
   *
   * @param resources - what has been judged
   * @param whole - what the resources are together: `this stack`
   */
  idle(
    resources: readonly { readonly urn?: string; readonly name: string }[],
    whole: string,
  ): readonly IdleExemption[] {
    return this.#exemptions.flatMap((exemption, index): readonly IdleExemption[] => {
      if (this.#needed.has(exemption)) return [];
      if (exemption.expires < this.#today)
        return [{ index, message: `expired on ${exemption.expires} and exempts nothing; remove it` }];
      const isHere = this.#isAllKnown && resources.some((resource) => isOf(exemption, resource));
      const message = `is needed by no finding of ${whole}; remove it, or limit it to what needs it`;
      return isHere ? [{ index, message }] : [];
    });
  }
}

/** An exemption that does nothing. */
export interface IdleExemption {
  readonly index: number;
  /** what follows its name */
  readonly message: string;
}

const fits = (glob: string | undefined, value: string): boolean =>
  glob === undefined || matches(parsePattern(glob), value);

const isOf = (
  { urn, resource }: Exemption,
  subject: { readonly urn?: string | undefined; readonly name: string },
): boolean =>
  fits(resource, subject.name) &&
  (urn === undefined || (subject.urn !== undefined && fits(urn, subject.urn)));

function isAbout(exemption: Exemption, { subject, path: at, data }: Finding): boolean {
  const { action, path } = exemption;
  const own = "file" in subject ? { urn: undefined, name: subject.file } : subject;
  if (!isOf(exemption, own) || !fits(path, at)) return false;
  if (action === undefined) return true;
  const actions = actionsOf(data);
  return actions.length > 0 && actions.every((each) => fits(action.toLowerCase(), each.toLowerCase()));
}

/** The actions that a finding is about: those that are too much where it says so, else all that it names. */
function actionsOf({ excess, actions, action }: Finding["data"]): readonly string[] {
  return [excess ?? actions ?? action ?? []].flat();
}

/** `exempted until 2027-03-31: a reason (TICKET-1)` */
export const exemptionWords = ({ reason, expires, ticket }: Exemption): string =>
  `exempted until ${expires}: ${reason}${ticket === undefined ? "" : ` (${ticket})`}`;
