/** The stack that a list of resources stands for. */
import type { ExampleResource, Stack } from "../../policypack/engine";
import { stackOf } from "../../policypack/pulumi/stack";

export const urnOf = (name: string): string => `urn:pulumi:dev::project::${name}`;

export const stackOfExamples = (resources: readonly ExampleResource[]): Stack =>
  stackOf(
    resources.map(({ dependencies = {}, ...resource }) => ({
      ...resource,
      urn: urnOf(resource.name),
      propertyDependencies: Object.fromEntries(
        Object.entries(dependencies).map(([property, names]) => [
          property,
          names.map((name) => ({ urn: urnOf(name) })),
        ]),
      ),
    })),
  );
