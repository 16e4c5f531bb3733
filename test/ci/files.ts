/** The files by which CI runs the guardrails, and the commands in them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../cli/run";

export const CI = join(ROOT, "policypack", "ci");
const OWN = join(ROOT, ".github", "workflows");
/** The workflows of GitHub: those of this repository, and the one for others. */
export const WORKFLOWS: readonly string[] = [
  ...readdirSync(OWN).map((file) => join(OWN, file)),
  join(CI, "github.yml"),
];

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
}
export interface Workflow {
  readonly on: string | Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly env?: Readonly<Record<string, string>>; readonly steps: readonly Step[] }>
  >;
}
export interface GitlabJob {
  readonly image: { readonly name: string };
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly junit: string } };
}
export interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

export const yaml = (file: string): unknown =>
  parse(readFileSync(file, "utf8"), { strict: true, uniqueKeys: true });
export const githubSteps = (): readonly Step[] =>
  Object.values((yaml(join(CI, "github.yml")) as Workflow).jobs).flatMap(({ steps }) => steps);
export const gitlabJob = (): GitlabJob => {
  const [job] = Object.values(yaml(join(CI, "gitlab.yml")) as Record<string, GitlabJob>);
  if (job === undefined) throw new Error("gitlab.yml has no job");
  return job;
};
export const hooks = (): readonly Hook[] => yaml(join(ROOT, ".pre-commit-hooks.yaml")) as readonly Hook[];
