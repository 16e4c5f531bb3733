/** What a property refers to: a resource of the stack by what is known of it, or, where nothing is known yet, by dependency. */
import type { Elsewhere } from "../engine";
import { isUnknown, type Json, type Unknown } from "../iam";

/** A resource that others may name. */
export interface Nameable {
  readonly urn: string;
  /** its ARN, its ID and its name, as far as they are known */
  readonly names: readonly string[];
}

/** The resources that a reference may mean. */
export class Candidates<T extends Nameable> {
  readonly #byUrn: ReadonlyMap<string, T>;
  readonly #byName = new Map<string, T[]>();
  readonly #spellings: (text: string) => readonly string[];

  /** @param spellings - the names that a text may be written for */
  constructor(
    readonly all: readonly T[],
    spellings: (text: string) => readonly string[] = (text) => [text],
  ) {
    this.#spellings = spellings;
    this.#byUrn = new Map(all.map((one) => [one.urn, one]));
    for (const one of all)
      for (const name of new Set(one.names)) this.#byName.set(name, [...(this.#byName.get(name) ?? []), one]);
  }

  withUrn(urn: string): T | undefined {
    return this.#byUrn.get(urn);
  }

  called(text: string): readonly T[] {
    return [...new Set(this.#spellings(text).flatMap((name) => this.#byName.get(name) ?? []))];
  }
}

export type Reference<T> = { readonly kind: "found"; readonly found: T } | Elsewhere;

const UNKNOWN_REFERENCE = { kind: "unknown" } as const;

/**
 * What the values of one property refer to, one reference each.
 *
 * An unknown value is the resource that the property depends on, where it depends on nothing else. Several unknown values are the
 * resources it depends on where there are as many of them, all of the kind that is looked for.
 *
 * @param dependencies - URNs of the resources whose outputs the property is made of
 * @param isList - whether the property holds a list; one that is not known at all may name more than it depends on
 */
export function referencesOf<T extends Nameable>(
  value: Json | Unknown | undefined,
  dependencies: readonly string[],
  candidates: Candidates<T>,
  isList: boolean,
): readonly Reference<T>[] {
  const texts = textsOf(value);
  const known = texts.map((text) => (isUnknown(text) ? undefined : named(text, dependencies, candidates)));
  const taken = known.flatMap((reference) => (reference?.kind === "found" ? [reference.found.urn] : []));
  const left = [...new Set(dependencies)].filter((urn) => !taken.includes(urn));
  const meant = left.flatMap((urn) => candidates.withUrn(urn) ?? []);
  const open = texts.filter(isUnknown).length;
  const isCertain = !(isList && isUnknown(value));
  const resolved = isCertain && meant.length === left.length && meant.length === open ? [...meant] : [];
  return known.map((reference): Reference<T> => {
    if (reference !== undefined) return reference;
    const found = resolved.shift();
    return found === undefined ? UNKNOWN_REFERENCE : { kind: "found", found };
  });
}

function named<T extends Nameable>(
  text: string,
  dependencies: readonly string[],
  candidates: Candidates<T>,
): Reference<T> {
  const called = candidates.called(text);
  if (called.length === 0) return { kind: "foreign", name: text };
  // One name may stand in several accounts.
  const [found, ...others] =
    called.length === 1 ? called : called.filter(({ urn }) => dependencies.includes(urn));
  return found !== undefined && others.length === 0 ? { kind: "found", found } : UNKNOWN_REFERENCE;
}

/** The references in a property: texts, or objects that hold an ARN or a name and a path; one, or a list of them. */
function textsOf(value: Json | Unknown | undefined): readonly (string | Unknown)[] {
  if (value === undefined || value === null || value === "") return [];
  if (isUnknown(value) || typeof value === "string") return [value];
  if (typeof value !== "object") return [];
  if (isListed(value)) return value.flatMap(textsOf);
  const inner = value["customerManagedPolicyReference"] ?? value["managedPolicyArn"];
  if (inner !== undefined && inner !== null) return textsOf(inner);
  const { name, path = "/" } = value;
  if (isUnknown(name) || isUnknown(path)) return [isUnknown(name) ? name : path].filter(isUnknown);
  return typeof name === "string" && typeof path === "string" ? [`${path}${name}`] : [];
}

const isListed = (value: Json): value is readonly (Json | Unknown)[] => Array.isArray(value);
