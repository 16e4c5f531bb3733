/** Programs under the pack of the tests: what the kit says of them, test/e2e asks of the real engine, too. */
import { Policy } from "@pulumi/aws/iam/policy";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as pulumi from "@pulumi/pulumi";
import type { Trial } from "../../policypack/testing";

const BUCKET = "arn:aws:s3:::example-bucket/";
const ACCOUNT = "123456789012";
const allow = (...resources: readonly pulumi.Input<string>[]) => ({
  Version: "2012-10-17" as const,
  Statement: resources.map((Resource) => ({ Effect: "Allow" as const, Action: "s3:GetObject", Resource })),
});
const policy = (
  name: string,
  resource: string,
  more: Partial<ConstructorParameters<typeof Policy>[1]> = {},
  options: pulumi.CustomResourceOptions = {},
): Policy =>
  new Policy(
    name,
    { name, description: "of the program", policy: JSON.stringify(allow(resource)), ...more },
    options,
  );
const role = (): Role =>
  new Role("role", {
    name: "role",
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
  });

/** What the stand-in for the provider, and IAM behind it, say of what they have made. */
export const outputs: NonNullable<Trial["outputs"]> = ({ type, inputs: { name } }) => {
  const kind = type.endsWith(":Role") ? "role" : "policy";
  if (!/:(Role|Policy)$/.test(type)) return {};
  return { arn: `arn:aws:iam::${ACCOUNT}:${kind}/${String(name)}`, uniqueId: "AROAEXAMPLE" };
};

/** A trial of a function under the pack of the tests. */
export interface Case extends Pick<Trial, "policyConfig"> {
  readonly program: () => void;
  /** by operation: what is found, rule, level, resource and message in parts; what each ends with */
  readonly preview: Expected;
  readonly update: Expected;
}
export type Found = readonly [policy: string, level: string, resource: string, message: string];
export interface Expected {
  readonly failed: boolean;
  readonly found: readonly Found[];
}
const passes = (...found: readonly Found[]): Expected => ({ failed: false, found });
const fails = (...found: readonly Found[]): Expected => ({ failed: true, found });
const always = (expected: Expected) => ({ preview: expected, update: expected });

const STAR: Found = ["no-star", "mandatory", "star", "Policies name resources.\nany resource"];

export const CASES: Readonly<Record<string, Case>> = {
  "a good policy": { program: () => void policy("good", `${BUCKET}*`), ...always(passes()) },
  "a bad policy, and another one after it": {
    program: () => {
      const star = policy("star", "*");
      policy("star-2", "*", {}, { dependsOn: star });
    },
    policyConfig: { "few-policies": { most: 2 } },
    preview: fails(STAR, ["no-star", "mandatory", "star-2", "Policies name resources.\nany resource"]),
    update: fails(STAR),
  },
  "a bad policy at the level advisory": {
    program: () => void policy("star", "*"),
    policyConfig: { "no-star": "advisory" },
    ...always(passes(["no-star", "advisory", "star", "Policies name resources.\nany resource"])),
  },
  "a bad policy, with the rule switched off": {
    program: () => void policy("star", "*"),
    policyConfig: { "no-star": "disabled" },
    ...always(passes()),
  },
  "a bad policy, with all rules switched off but for one": {
    program: () => void policy("much-too-long", "*"),
    policyConfig: { all: "disabled", "short-name": { enforcementLevel: "mandatory" } },
    ...always(
      fails(["short-name", "mandatory", "much-too-long", "Names are short.\n13 of 2 to 8 characters"]),
    ),
  },
  "a document that is not known before the update, and is bad then": {
    program: () => {
      new Policy("star", {
        name: "star",
        description: "of the program",
        policy: pulumi.jsonStringify(allow(role().uniqueId.apply(() => "*"))),
      });
    },
    preview: passes([
      "no-star",
      "advisory",
      "star",
      "can't run policy 'no-star' from policy pack 'lab@v1.2.3' during preview: string value at .policy can't be known during preview",
    ]),
    update: fails(STAR),
  },
  "a document that is an object with an output in it": {
    program: () => {
      new Policy("star", {
        name: "star",
        description: "of the program",
        policy: allow(
          "*",
          role().uniqueId.apply((id) => `${BUCKET}${id}`),
        ),
      });
    },
    preview: passes([
      "no-star",
      "advisory",
      "star",
      "can't run policy 'no-star' from policy pack 'lab@v1.2.3' during preview: string value at .policy can't be known during preview",
    ]),
    update: fails(STAR),
  },
  "a secret, which policies see": {
    program: () => void policy("good", `${BUCKET}*`, { tags: { team: pulumi.secret("hidden") } }),
    ...always(passes(["team-is-told", "advisory", "good", "The team is told.\nit is hidden"])),
  },
  "a secret document": {
    program: () => void policy("star", "", { policy: pulumi.secret(JSON.stringify(allow("*"))) }),
    ...always(fails(STAR)),
  },
  "what the pack remediates": {
    program: () => {
      const plain = new Policy("plain", { name: "plain", policy: JSON.stringify(allow(`${BUCKET}*`)) });
      // It is made of the description that the remediation has given.
      policy("good", `${BUCKET}*`, { tags: { team: plain.description.apply((text) => text ?? "nobody") } });
    },
    policyConfig: { "few-policies": { most: 2 } },
    ...always(passes(["team-is-told", "advisory", "good", "The team is told.\nit is by the pack"])),
  },
  "what the pack would remediate and cannot": {
    program: () => {
      new Policy("good", { name: "good", policy: JSON.stringify(allow(`${BUCKET}*`)) });
    },
    ...always(fails(["described", "mandatory", "good", "Policies have a description.\nnone"])),
  },
  "a name that is too long for the pack's own configuration, without a level": {
    program: () => void policy("much-too-long", `${BUCKET}*`),
    ...always(
      passes(["short-name", "advisory", "much-too-long", "Names are short.\n13 of 2 to 8 characters"]),
    ),
  },
  "a name that is too long for a configuration with a level": {
    program: () => void policy("good", `${BUCKET}*`),
    policyConfig: { "short-name": { enforcementLevel: "mandatory", most: 3 } },
    ...always(fails(["short-name", "mandatory", "good", "Names are short.\n4 of 2 to 3 characters"])),
  },
  "more policies than a stack may have, of which one is named": {
    program: () => {
      policy("one", `${BUCKET}*`);
      policy("two", `${BUCKET}*`, {}, { dependsOn: [] });
    },
    ...always(
      fails(
        [
          "few-policies",
          "mandatory",
          "project-dev",
          "A stack has few policies.\n2 policies below project-dev",
        ],
        ["few-policies", "mandatory", "one", "A stack has few policies.\none of many"],
      ),
    ),
  },
  "an attachment, whose policy is known once it is there": {
    program: () => {
      new RolePolicyAttachment("attachment", {
        role: role().name,
        policyArn: policy("good", `${BUCKET}*`).arn,
      });
    },
    preview: passes([
      "attached-arns",
      "advisory",
      "project-dev",
      "can't run policy 'attached-arns' from policy pack 'lab@v1.2.3' during preview: string value at .policyArn can't be known during preview",
    ]),
    update: passes([
      "attached-arns",
      "advisory",
      "attachment",
      `Attachments are of known policies.\nattachment: good is arn:aws:iam::${ACCOUNT}:policy/good`,
    ]),
  },
  "a policy within components": {
    program: () => {
      const outer = new pulumi.ComponentResource("lab:index:Outer", "outer");
      const inner = new pulumi.ComponentResource("lab:index:Inner", "inner", {}, { parent: outer });
      policy("good", `${BUCKET}*`, {}, { parent: inner });
    },
    policyConfig: { parents: "advisory" },
    ...always(
      passes([
        "parents",
        "advisory",
        "good",
        "Resources stand below others.\nurn:pulumi:dev::project::lab:index:Outer$lab:index:Inner$aws:iam/policy:Policy::good below urn:pulumi:dev::project::lab:index:Outer$lab:index:Inner::inner, false",
      ]),
    ),
  },
  "a rule that throws": {
    program: () => void policy("star", "*"),
    policyConfig: { throws: "advisory" },
    ...always(fails()),
  },
  "a rule about the stack that throws": {
    program: () => void policy("star", "*"),
    policyConfig: { "throws-in-the-end": "advisory" },
    ...always(fails(STAR)),
  },
};
