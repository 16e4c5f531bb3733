"use strict";
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("remediating", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "set-path",
      description: "Policies stand under a path.",
      enforcementLevel: "remediate",
      remediateResource: (args) =>
        args.type === "aws:iam/policy:Policy" ? { ...args.props, path: "/ai/" } : undefined,
    },
    {
      name: "path-is-set",
      description: "Policies stand under a path.",
      configSchema: { properties: { path: { type: "string", default: "/ai/" } } },
      validateResource: (args, report) => {
        if (args.type === "aws:iam/policy:Policy" && args.props.path !== args.getConfig().path)
          report("no path");
      },
    },
    {
      name: "one-policy",
      description: "A stack has one policy.",
      enforcementLevel: "advisory",
      validateStack: (args, report) => {
        const policies = args.resources.filter((resource) => resource.type === "aws:iam/policy:Policy");
        report(`${policies.length} policy under ${policies[0].parent.name}`, policies[0].urn);
      },
    },
  ],
});
