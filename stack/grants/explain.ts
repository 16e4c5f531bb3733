import { type Identity } from "./documents";

/** Why a statement stands in a policy. */
export interface Explanation {
  readonly side: Identity["side"];
  /** The service or capability that the policy is of; empty where it is of everything. */
  readonly policy: string;
  readonly statement: string;
  readonly capabilities: readonly { readonly id: string; readonly why: string; readonly source: string }[];
}

/** @returns What each written statement stands for; raw statements stand for themselves. */
export function explanationsOf(identities: readonly Identity[]): readonly Explanation[] {
  return identities.flatMap(({ side, policies }) =>
    policies.flatMap(({ group, statements }) =>
      statements.map(({ statement, capabilities }): Explanation => ({
        side,
        policy: group,
        statement: statement.Sid,
        capabilities: capabilities.map(({ id, why, source }) => ({ id, why, source })),
      })),
    ),
  );
}

/** @returns Explanations as text for people, one block a statement. */
export function explained(explanations: readonly Explanation[]): string {
  return explanations
    .map(({ side, policy, statement, capabilities }) =>
      [
        `${side}${policy === "" ? "" : ` (${policy})`}  ${statement}`,
        ...capabilities.flatMap(({ id, why, source }) => [`    ${id}: ${why}`, `      ${source}`]),
      ].join("\n"),
    )
    .join("\n\n");
}
