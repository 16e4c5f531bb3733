import { join } from "node:path";
import {
  type ConfiguredPolicies,
  preview,
  type PreviewResult,
  readProject,
} from "../../policypack/dist/host";

/** The preview of a program of the tests, under a pack. */
export const previewOf = (
  program: string,
  pack: string,
  calls: Readonly<Record<string, unknown>> = {},
  configuration: ConfiguredPolicies = {},
): Promise<PreviewResult> =>
  preview({
    project: readProject(join(__dirname, "programs", program), undefined, []),
    pack,
    configuration,
    calls,
  });
