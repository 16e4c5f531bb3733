/** Where the rules and AWS's validation are known to say different things, each reviewed, with the reason. */

export interface Disagreement {
  readonly code: string;
  /** AWS says it and no rule does, or a rule does and AWS does not */
  readonly side: "miss" | "false alarm";
  /** the value that it is about, as JSON: never the name of a policy */
  readonly value: RegExp;
  readonly reason: string;
}

export const KNOWN_DISAGREEMENTS: readonly Disagreement[] = [
  {
    code: "INVALID_SERVICE_PRINCIPAL_FORMAT",
    side: "miss",
    value: /^"[a-z0-9-]+\.[a-z0-9-]+\.amazonaws\.com"$/,
    reason:
      "AWS finds it in the values of a condition, such as `aws:CalledVia`, too; the rule is about principals, and in conditions AWS accepts other names of two labels.",
  },
];
