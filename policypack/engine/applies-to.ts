/**
 * Which subjects a rule is asked about: by what stands in a URN, `urn:pulumi:<stack>::<project>::<type>::<name>`, and by what a
 * resource says of itself. Only what is certain takes a subject out: what is not known may be what is meant.
 */
import { nearest } from "../catalogue";
import { isUnknown, type JsonObject, matches, parsePattern, type Unknown } from "../iam";
import type { Option } from "./options";
import type { Subject } from "./subject";

/** Lists of globs; of each that is given one must match. */
export type AppliesTo = Readonly<Partial<Record<Member, readonly string[]>>>;

const MEMBERS = ["projects", "stacks", "urns", "paths", "tags"] as const;
type Member = (typeof MEMBERS)[number];

/** What a resource says of itself; undefined where it says nothing, or resources of its type cannot. */
export interface Labels {
  /** the path of an identity or a managed policy: `/ai/training/` */
  readonly path: string | Unknown | undefined;
  readonly tags: JsonObject | Unknown | undefined;
}

/** What is wrong with a glob. */
const DOUBTS: Readonly<Partial<Record<Member, (glob: string) => string | undefined>>> = {
  paths: (glob) => (/^[/*]/.test(glob) ? undefined : "expected a path such as `/ai/*`"),
  tags: (glob) => (glob.includes("=") ? undefined : "expected `key=value`"),
};

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
      "Where the rule applies: `projects`, `stacks`, `urns`, `paths` (of roles, users, groups and managed policies) and `tags` (`key=value`) are lists of globs, and of each that is given one must match. A file is judged in any case, and so is a resource that has no path or tags of its own, or of which they are not known.",
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
        if (globs.length === 0) return [`\`${name}\`: an empty list applies to nothing`];
        return globs.flatMap((glob) => {
          const doubt = DOUBTS[name as Member]?.(glob);
          return doubt === undefined ? [] : [`\`${name}\`: ${doubt}, found \`${glob}\``];
        });
      }),
    };
  },
};

const isListOfStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

/**
 * Whether a rule is asked about a subject.
 *
 * @param labels - of the resource, or of each that it is attached to: one of them is enough; without any it is asked
 */
export function appliesTo(where: AppliesTo, subject: Subject, labels: readonly Labels[] = []): boolean {
  if ("file" in subject || Object.keys(where).length === 0) return true;
  const { projects, stacks, urns, paths, tags } = where;
  const [stack = "", project = ""] = subject.urn.replace(/^urn:pulumi:/, "").split("::");
  const isLabelled =
    labels.length === 0 || labels.some((each) => isUnder(paths, each.path) && isTagged(tags, each.tags));
  return fits(projects, project) && fits(stacks, stack) && fits(urns, subject.urn) && isLabelled;
}

type Globs = readonly string[] | undefined;

const fits = (globs: Globs, value: string): boolean =>
  globs === undefined || globs.some((glob) => matches(parsePattern(glob), value));

const isUnder = (globs: Globs, path: Labels["path"]): boolean =>
  path === undefined || isUnknown(path) || fits(globs, path);

const isTagged = (globs: Globs, tags: Labels["tags"]): boolean =>
  globs === undefined ||
  tags === undefined ||
  isUnknown(tags) ||
  Object.entries(tags).some(([key, value]) =>
    isUnknown(value)
      ? fits(globs.map(keyOf), key)
      : fits(globs, `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`),
  );

/** `team=ml*` → `team` */
const keyOf = (glob: string): string => glob.slice(0, glob.indexOf("="));
