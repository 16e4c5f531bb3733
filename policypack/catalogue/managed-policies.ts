/** What of AWS's own managed policies the rules ask about, from a table that `npm run generate` compiles. */
import { linesOf } from "./table";

/** The services of which the table holds what a policy allows. */
export const TABULATED_SERVICES = ["s3", "sagemaker", "rekognition"] as const;

export interface AwsManagedPolicy {
  readonly name: string;
  /** whether it allows every action on every resource */
  readonly everything: boolean;
  /** the actions of {@link TABULATED_SERVICES} that it allows on some resource, as entries of `Action` */
  readonly actions: readonly string[];
  /** the services to which it lets a role of any name be passed; `*` for any service */
  readonly passesTo: readonly string[];
}

interface Table {
  readonly version: string;
  readonly date: string;
  readonly actions: readonly string[];
  /** by path and name, what {@link read} reads */
  readonly policies: ReadonlyMap<string, string>;
}

let table: Table | undefined;

function load(): Table {
  if (table !== undefined) return table;
  const [head = "", ...lines] = linesOf("managed-policies.ndjson");
  return (table = {
    ...(JSON.parse(head) as Omit<Table, "policies">),
    policies: new Map(lines.map((line) => JSON.parse(line) as [string, string])),
  });
}

/** The version of the data and the day of the latest change in it, `YYYY-MM-DD`. */
export const managedPolicyData = (): { readonly version: string; readonly date: string } => {
  const { version, date } = load();
  return { version, date };
};

/** AWS writes policies of one name differently in its other partitions. */
const ARN = /^arn:aws:iam::aws:policy\/(.+)$/;
export const isAwsManaged = (arn: string): boolean => /^arn:[^:]*:iam::aws:policy\//.test(arn);

/** A policy of AWS's own by its ARN; undefined when the table does not have it. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  const path = ARN.exec(arn)?.[1] ?? "";
  const marks = load().policies.get(path);
  return marks === undefined ? undefined : read(path.replace(/^.*\//, ""), marks);
}

/** `!` for everything, `>service` for a service to which roles are passed, a number in base 36 for an action. */
function read(name: string, marks: string): AwsManagedPolicy {
  const words = marks.split(" ").filter((word) => word !== "");
  const { actions } = load();
  return {
    name,
    everything: words.includes("!"),
    actions: words.filter((word) => /^\w/.test(word)).map((word) => actions[parseInt(word, 36)] ?? "*"),
    passesTo: words.filter((word) => word.startsWith(">")).map((word) => word.slice(1)),
  };
}
