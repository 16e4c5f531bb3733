/** Which subjects a rule is asked about, by what stands in a URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
import { nearest } from "../catalogue";
import { matches, parsePattern } from "../iam";
import type { Option } from "./options";
import type { Subject } from "./subject";

/** Lists of globs; of each that is given one must match. */
export type AppliesTo = Readonly<Partial<Record<Member, readonly string[]>>>;

const MEMBERS = ["projects", "stacks", "urns"] as const;
type Member = (typeof MEMBERS)[number];

/** Every rule has this option. */
export const APPLIES_TO: Option<AppliesTo> = {
  schema: {
    type: "object",
    properties: Object.fromEntries(
      MEMBERS.map((member) => [member, { type: "array", items: { type: "string" } }]),
    ),
    additionalProperties: false,
    default: {},
    description:
      "Where the rule applies: `projects`, `stacks` and `urns` are lists of globs, and of each that is given one must match. A file is judged in any case.",
  },
  default: {},
  expected: "an object of lists of strings",
  read: (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return {
      value: value,
      doubts: entries.flatMap(([name, globs]) => {
        if (!MEMBERS.some((member) => member === name)) {
          const meant = nearest(name, MEMBERS);
          return [`there is no \`${name}\`${meant === undefined ? "" : `; did you mean \`${meant}\`?`}`];
        }
        if (!isListOfStrings(globs)) return [`\`${name}\`: expected a list of strings`];
        return globs.length === 0 ? [`\`${name}\`: an empty list applies to nothing`] : [];
      }),
    };
  },
};

const isListOfStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

export function appliesTo({ projects, stacks, urns }: AppliesTo, subject: Subject): boolean {
  if ("file" in subject) return true;
  const [stack = "", project = ""] = subject.urn.replace(/^urn:pulumi:/, "").split("::");
  const fits = (globs: readonly string[] | undefined, value: string): boolean =>
    globs === undefined || globs.some((glob) => matches(parsePattern(glob), value));
  return fits(projects, project) && fits(stacks, stack) && fits(urns, subject.urn);
}
