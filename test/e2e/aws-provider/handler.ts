/** What the stand-in knows of a resource type, and what its types are written with. */
import { type IAMClient, NoSuchEntityException } from "@aws-sdk/client-iam";

export type Properties = Readonly<Record<string, unknown>>;

export interface Handler {
  /** the properties that are policy documents */
  readonly documents: readonly string[];
  /** whether the provider makes up a name where the program gives none */
  readonly named: boolean;
  /** the inputs that cannot be changed in place */
  readonly replacedBy: readonly string[];
  /** the inputs among all properties */
  readonly inputsOf: (properties: Properties) => Properties;
  readonly create: (
    iam: IAMClient,
    inputs: Properties,
  ) => Promise<{ readonly id: string; readonly outs: Properties }>;
  /** undefined where it is gone */
  readonly read: (iam: IAMClient, id: string, properties: Properties) => Promise<Properties | undefined>;
  readonly update: (iam: IAMClient, id: string, inputs: Properties) => Promise<void>;
  readonly delete: (iam: IAMClient, id: string, properties: Properties) => Promise<void>;
}

export const text = (properties: Properties, key: string): string => {
  const value = properties[key];
  if (typeof value !== "string") throw new Error(`\`${key}\` is no text`);
  return value;
};
export const only =
  (...keys: readonly string[]) =>
  (properties: Properties): Properties =>
    Object.fromEntries(keys.flatMap((key) => (key in properties ? [[key, properties[key]]] : [])));

export async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NoSuchEntityException) return undefined;
    throw error;
  }
}
