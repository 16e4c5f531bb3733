"use strict";
// A pack with a policy of every kind: as a folder by index.js, and inline as it stands here.

const isPolicy = (resource) => resource.type === "aws:iam/policy:Policy";

exports.name = "lab";
exports.enforcementLevel = "mandatory";
// Without a level, which makes it advisory: https://github.com/pulumi/pulumi-policy/blob/main/sdk/nodejs/policy/protoutil.ts
exports.initialConfig = { "short-name": { most: 8 } };
exports.policies = [
  {
    name: "no-star",
    description: "Policies name resources.",
    validateResource: (args, report) => {
      if (!isPolicy(args)) args.notApplicable("no policy");
      for (const { Resource } of JSON.parse(args.props.policy).Statement)
        if (Resource === "*") report("any resource");
    },
  },
  {
    name: "short-name",
    description: "Names are short.",
    configSchema: {
      properties: { most: { type: "number", default: 64 }, least: { type: "number", default: 2 } },
    },
    validateResource: (args, report) => {
      const { least, most } = args.getConfig();
      const { length } = args.props.name ?? "";
      if (isPolicy(args) && (length > most || length < least))
        report(`${length} of ${least} to ${most} characters`);
    },
  },
  {
    name: "described",
    description: "Policies have a description.",
    enforcementLevel: "remediate",
    remediateResource: (args) =>
      isPolicy(args) && args.name.startsWith("plain")
        ? { ...args.props, description: "by the pack" }
        : undefined,
    validateResource: (args, report) => {
      if (isPolicy(args) && args.props.description === undefined) report("none");
    },
  },
  {
    name: "team-is-told",
    description: "The team is told.",
    enforcementLevel: "advisory",
    validateResource: (args, report) => {
      if (isPolicy(args) && args.props.tags !== undefined) report(`it is ${args.props.tags.team}`);
    },
  },
  {
    name: "few-policies",
    description: "A stack has few policies.",
    configSchema: { properties: { most: { type: "number", default: 1 } } },
    validateStack: (args, report) => {
      // The engine gives them in any order.
      const policies = args.resources.filter(isPolicy).sort((a, b) => (a.name < b.name ? -1 : 1));
      if (policies.length > args.getConfig().most) {
        report(`${policies.length} policies below ${policies[0].parent?.name}`);
        report("one of many", policies[0].urn);
      }
    },
  },
  {
    name: "attached-arns",
    description: "Attachments are of known policies.",
    enforcementLevel: "advisory",
    validateStack: (args, report) => {
      for (const { props, name, urn, propertyDependencies, type } of args.resources)
        if (type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
          report(
            `${name}: ${propertyDependencies.policyArn.map((of) => of.name).join()} is ${props.policyArn}`,
            urn,
          );
    },
  },
  {
    name: "parents",
    description: "Resources stand below others.",
    enforcementLevel: "disabled",
    validateResource: (args, report) => {
      if (isPolicy(args)) report(`${args.urn} below ${args.opts.parent}, ${args.opts.protect}`);
    },
  },
  {
    name: "throws",
    description: "A mistake.",
    enforcementLevel: "disabled",
    validateResource: (args) => {
      if (isPolicy(args)) throw new Error("boom");
    },
  },
  {
    name: "throws-in-the-end",
    description: "A mistake.",
    enforcementLevel: "disabled",
    validateStack: () => {
      throw new Error("boom");
    },
  },
];
