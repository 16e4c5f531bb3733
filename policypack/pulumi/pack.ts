/** The pack, as data: nothing is served until `index.ts` asks for it. */
import type { PolicyPackArgs } from "@pulumi/policy";
import { readableDocument, rules } from "../rules";
import { policiesOf } from "./policies";

export const PACK_NAME = "ai-workflow-guardrails";

export const createPack = (): PolicyPackArgs => ({
  displayName: "AI workflow guardrails",
  description: "Guardrails for AWS IAM in any Pulumi stack, AI workflows first.",
  provider: "aws",
  tags: ["aws", "iam", "ai", "least-privilege"],
  enforcementLevel: "mandatory",
  policies: policiesOf(rules, readableDocument),
});
