/**
 * A test kit for policy packs: runs a program under a pack as the Pulumi engine does, without the Pulumi CLI, an account or a cloud.
 * `docs/testing.md` says how, and where it is less than the engine.
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as Pulumi from "@pulumi/pulumi";
import {
  type ConfiguredPolicies,
  Deployment,
  type Diagnostic,
  HostFailure,
  identityOf,
  type Made,
  NOT_YET,
  type Pack,
  PackProcess,
  plainValue,
  type Project,
  readProject,
  type Registration,
  type ResourceVerdict,
  runProgram,
  runUnderMocks,
  type StackIdentity,
} from "../host";
import { isUnknown as isUnknownInProperties } from "../iam";
import { startInline } from "./inline-pack";
import type { Outcome, ResourceInputs, Trial, TrialResource, Violation } from "./trial";

export type {
  EnforcementLevel,
  InlinePack,
  Outcome,
  ResourceInputs,
  Trial,
  TrialResource,
  Violation,
} from "./trial";

/** Whether a value among the inputs of a resource is one that is not known before an update. */
export const isUnknown = (value: unknown): boolean => isUnknownInProperties(value);

/**
 * Runs a program under a policy pack.
 *
 * @throws where the program fails, or the pack cannot be started: there is nothing to be judged then
 */
export async function runTrial(trial: Trial): Promise<Outcome> {
  const { calls = {}, operation = "preview" } = trial;
  const require = createRequire(join(resolve(trial.folder ?? "."), "package.json"));
  const project = projectOf(trial);
  const identity = identityOf(project, operation);
  const pack = await startPack(trial.pack, identity, require);
  try {
    const deployment = await Deployment.under(pack, identity, policiesOf(trial), makerOf(trial));
    const diagnostics: string[] = [];
    /** A policy that throws ends the operation, and is what there is to be seen. */
    const unlessPackFails = <T>(work: Promise<T>): Promise<T | undefined> =>
      work.catch((error: unknown) => {
        if (!(error instanceof HostFailure)) throw error;
        diagnostics.push(error.message);
        return undefined;
      });
    const register = (registration: Registration) => unlessPackFails(deployment.register(registration));
    const outputs =
      typeof trial.program === "string"
        ? await runProgram(project, identity, calls, register)
        : await runInline(trial.program, identity, calls, register, require);
    const ended = deployment.isStopped ? [] : await unlessPackFails(deployment.judgeStack());
    const violations = [
      ...deployment.resources.flatMap(({ registration, diagnostics: found }) =>
        found.map((diagnostic) => violationOf(diagnostic, registration.urn)),
      ),
      ...(ended ?? []).map((diagnostic) =>
        violationOf(diagnostic, urnOfStackViolation(diagnostic, deployment.resources, identity)),
      ),
    ];
    return {
      failed: diagnostics.length > 0 || violations.some(({ level }) => level === "mandatory"),
      violations,
      resources: deployment.resources.map(resourceOf),
      outputs,
      diagnostics,
    };
  } finally {
    pack.stop();
  }
}

function projectOf({ program, project = "project", stack, config = {} }: Trial): Project {
  if (typeof program === "string")
    return readProject(
      program,
      stack,
      Object.entries(config).map(([key, value]) => `${key}=${value}`),
    );
  return {
    name: project,
    stack: stack ?? "dev",
    folder: "",
    programFolder: "",
    program: "",
    configuration: Object.fromEntries(
      Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `${project}:${key}`, value]),
    ),
  };
}

const startPack = async (
  pack: Trial["pack"],
  identity: StackIdentity,
  require: NodeJS.Require,
): Promise<Pack> =>
  typeof pack === "string" ? PackProcess.start(pack, identity) : startInline(pack, require);

const policiesOf = ({ policyConfig = {} }: Trial): ConfiguredPolicies =>
  Object.fromEntries(
    Object.entries(policyConfig).map(([policy, given]) => {
      if (typeof given === "string") return [policy, { level: given }];
      const { enforcementLevel, ...properties } = given;
      return [policy, { ...(enforcementLevel === undefined ? {} : { level: enforcementLevel }), properties }];
    }),
  ) as ConfiguredPolicies;

const makerOf =
  ({ operation = "preview", outputs = () => ({}) }: Trial) =>
  (registration: Registration): Made => {
    if (operation === "preview") return NOT_YET;
    const { id = `${registration.name}-id`, ...others } = outputs(inputsOf(registration));
    return { id, outputs: others };
  };

/** In this process, since a function cannot leave it; each run has a state of the SDK's runtime of its own. */
async function runInline(
  program: () => unknown,
  identity: StackIdentity,
  calls: Readonly<Record<string, unknown>>,
  register: Deployment["register"],
  require: NodeJS.Require,
): Promise<readonly string[]> {
  const { runtime } = require("@pulumi/pulumi") as typeof Pulumi;
  const { withLocalStorage } = require("@pulumi/pulumi/runtime/state") as {
    readonly withLocalStorage: <T>(work: () => T) => T;
  };
  return new Promise((fulfil, reject) => {
    withLocalStorage(() =>
      runUnderMocks(runtime, identity, calls, program, async (registration) => {
        const registered = await register(registration);
        // The program waits in vain from now on.
        if (registered === undefined) fulfil([]);
        return registered;
      }),
    ).then(fulfil, (error: unknown) => {
      reject(error instanceof Error ? error : new HostFailure(String(error)));
    });
  });
}

const inputsOf = ({ type, name, urn, properties }: Registration): ResourceInputs => ({
  type,
  name,
  urn,
  inputs: Object(plainValue(properties)) as Readonly<Record<string, unknown>>,
});

const resourceOf = ({ registration, remediated }: ResourceVerdict): TrialResource => ({
  ...inputsOf(registration),
  remediatedBy: remediated,
});

const violationOf = ({ policy, level, message }: Diagnostic, urn: string): Violation => ({
  policy,
  level: level === "advisory" ? "advisory" : "mandatory",
  message,
  urn,
});

/** A violation that names no resource of the stack is one of the stack itself. */
const urnOfStackViolation = (
  { urn }: Diagnostic,
  resources: readonly ResourceVerdict[],
  { project, stack }: StackIdentity,
): string =>
  resources.some(({ registration }) => registration.urn === urn)
    ? urn
    : `urn:pulumi:${stack}::${project}::pulumi:pulumi:Stack::${project}-${stack}`;
