import { capabilities, type Capability, type ParameterName } from "../../policypack/catalogue/capabilities";
import { SIDES, type Use } from "../description";
import { choicesOf } from "../grants/fill";
import { mismatch, unknownKey } from "./message";
import { type TextRule } from "./names";
import { RULES } from "./parameters";
import { choice, type Fields, isObject, json, list, object, optional, type Read, text } from "./readers";

const catalogue: readonly Capability[] = capabilities;
const IDS = catalogue.map(({ id }) => id);
const USES = "a list of capabilities";
const USE = "a capability: `capability` and its parameters";

/** Reads `uses`: capabilities of the catalogue with their parameters. */
export const readUses: Read<readonly Use[]> = json(
  USES,
  list(USES, readUse, (use) => JSON.stringify(use)),
);

function readUse(...[path, value, report]: Parameters<Read<unknown>>): Use | undefined {
  if (!isObject(value)) {
    report(mismatch(path, value, USE));
    return undefined;
  }
  const id = value["capability"];
  const capability = catalogue.find((candidate) => candidate.id === id);
  if (capability === undefined) {
    report(
      typeof id === "string"
        ? unknownKey(`${path}.capability`, id, IDS, "capability")
        : mismatch(`${path}.capability`, id, "the id of a capability, such as `sagemaker.train`"),
    );
    return undefined;
  }
  const { parameters, optional: extra = [] } = capability;
  const fields = object(USE, ["capability", "side", ...parameters, ...extra])(path, value, report) ?? {};
  const side = readSide(capability)(`${path}.side`, fields["side"], report);
  const given = [...parameters, ...extra].flatMap(
    (name): readonly (readonly [string, readonly string[]])[] => {
      const found = readValues(capability, name)(`${path}.${name}`, fields[name], report);
      if (fields[name] === undefined && parameters.includes(name))
        report(mismatch(`${path}.${name}`, undefined, ruleOf(capability, name).expected));
      return found.length > 0 ? [[name, found]] : [];
    },
  );
  // The fields are those of the capability, and each value has been read by the rule of its parameter.
  return { capability: id, ...(side !== undefined && { side }), ...Object.fromEntries(given) } as Use;
}

/** A capability that hands over the execution role cannot be the execution role's own: that would be handing over itself. */
function readSide({ id, side, statements }: Capability): Read<Use["side"]> {
  return (path, value, report) => {
    const chosen = optional(choice(SIDES), undefined)(path, value, report);
    const handsOver = statements.some(({ Action }) => Action.includes("iam:PassRole"));
    if (chosen === undefined || chosen === side || !handsOver) return chosen;
    report(mismatch(path, chosen, `\`${side}\`: \`${id}\` hands over the execution role`));
    return undefined;
  };
}

function ruleOf(capability: Capability, name: ParameterName): TextRule {
  if (name !== "calls") return RULES[name];
  const choices = choicesOf(capability);
  const expected = `one of ${choices.map((call) => `\`${call}\``).join(", ")}`;
  return { expected, wrong: (given) => (choices.includes(given) ? undefined : expected) };
}

/** One value or a list; YAML reads some of them as numbers and truth. */
function readValues(capability: Capability, name: ParameterName): Read<readonly string[]> {
  const rule = ruleOf(capability, name);
  return (path, value, report) => {
    if (value === undefined) return [];
    const plain = (one: unknown): unknown =>
      typeof one === "number" || typeof one === "boolean" ? String(one) : one;
    // "" is the whole bucket.
    const read: Read<string | undefined> = (at, one, to) =>
      name === "prefix" && one === "" ? "" : text(rule)(at, plain(one), to);
    if (!Array.isArray(value)) return [read(path, value, report) ?? []].flat();
    if (value.length === 0) report(mismatch(path, value, rule.expected));
    return list(rule.expected, read, (one) => one)(path, value, report);
  };
}

/** @returns The regions that a use routes to. */
export const destinationsOf = (use: Use): readonly string[] =>
  "destinations" in use ? [use.destinations].flat() : [];

/** @returns The values of a use that are ARNs, each with the name of its parameter. */
export function arnsOf(use: Use): readonly (readonly [name: string, arn: string])[] {
  return Object.entries(use as unknown as Fields).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one) => (typeof one === "string" && one.startsWith("arn:") ? [[name, one] as const] : [])),
  );
}
