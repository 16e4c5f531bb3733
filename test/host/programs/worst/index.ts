import * as pulumi from "@pulumi/pulumi";
import { isUnknown } from "../../../../policypack/iam";
import { worst } from "../../worst";

/** A resource of any type, without the SDK of its provider. */
class Resource extends pulumi.CustomResource {}

const made = new Map<string, Resource>();
for (const { type, name, props, dependencies = {} } of worst) {
  const inputs = Object.entries(props).map(([property, value]): [string, unknown] => {
    const [of = ""] = dependencies[property] ?? [];
    const resource = made.get(of);
    return [property, resource === undefined ? value : referring(value, resource)];
  });
  made.set(name, new Resource(type, name, Object.fromEntries(inputs)));
}

/** What is not known yet is an output of the resource; what is known depends on it all the same, as its name does. */
function referring(value: unknown, resource: Resource): unknown {
  if (isUnknown(value)) return resource.id;
  if (Array.isArray(value))
    return value.map((item: unknown): unknown => (isUnknown(item) ? resource.id : item));
  return resource.urn.apply(() => value);
}
