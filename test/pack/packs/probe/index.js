"use strict";
// Says how the SDK has deserialised what it was sent, and sends it back.
const { PolicyPack } = require("@pulumi/policy");

/** A value as its class and content, or what reading it throws. */
async function seen(read) {
  let value;
  try {
    value = await read();
  } catch (error) {
    return `throws ${error.constructor.name}: ${error.message}`;
  }
  if (typeof value !== "object" || value === null) return value;
  const members = await Promise.all(
    Object.keys(value).map(async (key) => [key, await seen(() => value[key])]),
  );
  const marks = ["__pulumiAsset", "__pulumiArchive", "__pulumiOutput"].filter((mark) => value[mark] === true);
  return { class: value.constructor.name, marks, members: Object.fromEntries(members) };
}

new PolicyPack("probe", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "sees",
      description: "sees",
      validateResource: async (args, report) => report(JSON.stringify(await seen(() => args.props))),
    },
    {
      name: "sends-back",
      description: "sends back",
      enforcementLevel: "remediate",
      remediateResource: (args) => ({ ...args.props, touched: true }),
    },
  ],
});
