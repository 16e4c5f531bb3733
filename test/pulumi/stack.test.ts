import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { unknownCheckingProxy } from "@pulumi/policy";
import type { AttachedPolicy, ExampleResource, Identity, Stack } from "../../policypack/engine";
import { isUnknown, UNKNOWN } from "../../policypack/iam";
import { UNKNOWN_STRING } from "../../policypack/host/registration";
import {
  ATTACHMENT_TYPES,
  IDENTITY_TYPES,
  MANAGED_POLICY_TYPES,
  MEMBERSHIP_TYPES,
} from "../../policypack/pulumi/identity-types";
import { stackOf } from "../../policypack/pulumi/stack";
import { CLEAN } from "../rules/cases";
import { stackOfExamples, urnOf } from "../rules/stack-of-examples";

const DOCUMENT = { Version: "2012-10-17", Statement: [CLEAN] };
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";
const resource = (
  type: string,
  name: string,
  props: object,
  dependencies: Readonly<Record<string, readonly string[]>> = {},
): ExampleResource => ({ type, name, props: { ...props }, dependencies });
const role = (props: object = {}, name = "role"): ExampleResource =>
  resource("aws:iam/role:Role", name, props);
const policy = (props: object = {}, name = "policy"): ExampleResource =>
  resource("aws:iam/policy:Policy", name, { policy: DOCUMENT, ...props });
const attach = (props: object, dependencies?: Readonly<Record<string, readonly string[]>>): ExampleResource =>
  resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attach", props, dependencies);

const shown = (policy: AttachedPolicy): string => {
  switch (policy.kind) {
    case "inline":
      return `inline ${policy.name ?? "?"}: ${policy.document.reading.document.statements.length}`;
    case "managed":
      return `managed ${policy.policy.resource.name}`;
    case "foreign":
      return policy.arn;
    case "unknown":
      return "unknown";
  }
};
const shownIdentity = ({ kind, resource: { name }, policies, boundary }: Identity): readonly string[] => [
  `${kind} ${name}`,
  ...policies.map(
    (attachment) => `${attachment.subject.name}.${attachment.subject.property} ${shown(attachment.policy)}`,
  ),
  ...(boundary === undefined ? [] : [`boundary ${shown(boundary.policy)}`]),
];
const shownLoose = ({ loose }: Stack): readonly string[] =>
  loose.map(
    ({ subject, to, policy: of, as }) =>
      `${subject.name}: ${as} ${shown(of)} to ${to.identity} ${to.kind === "foreign" ? to.name : "unknown"}`,
  );
const seen = (...resources: readonly ExampleResource[]) => {
  const stack = stackOfExamples(resources);
  return { identities: stack.identities.map(shownIdentity), loose: shownLoose(stack) };
};
const attached = (...lines: readonly string[]) => ({ identities: [["role role", ...lines]], loose: [] });

describe("the stack of a program", () => {
  const table: readonly (readonly [string, readonly ExampleResource[], unknown])[] = [
    [
      "by name and ARN",
      [role({ name: "r" }), policy({ arn: "arn:p" }), attach({ role: "r", policyArn: "arn:p" })],
      attached("attach.policyArn managed policy"),
    ],
    [
      "by an ARN that the program writes itself",
      [
        role({ name: "r" }),
        policy({ name: "p", path: "/team/" }),
        attach({ role: "r", policyArn: "arn:aws:iam::123456789012:policy/team/p" }),
      ],
      attached("attach.policyArn managed policy"),
    ],
    [
      "not by the name of a policy under another path",
      [
        role({ name: "r" }),
        policy({ name: "p" }),
        attach({ role: "r", policyArn: "arn:aws:iam::123456789012:policy/team/p" }),
      ],
      attached("attach.policyArn arn:aws:iam::123456789012:policy/team/p"),
    ],
    [
      "not by the name of a policy of AWS's own",
      [role({ name: "r" }), policy({ name: "AdministratorAccess" }), attach({ role: "r", policyArn: ADMIN })],
      attached(`attach.policyArn ${ADMIN}`),
    ],
    [
      "by dependency where nothing is known",
      [
        role(),
        policy(),
        attach({ role: UNKNOWN, policyArn: UNKNOWN }, { role: ["role"], policyArn: ["policy"] }),
      ],
      attached("attach.policyArn managed policy"),
    ],
    [
      "not by dependency where a text is known that is nobody's name",
      [
        policy(),
        resource(
          "aws:iam/role:Role",
          "role",
          { managedPolicyArns: [UNKNOWN, ADMIN] },
          { managedPolicyArns: ["policy"] },
        ),
      ],
      attached("role.managedPolicyArns[0] managed policy", `role.managedPolicyArns[1] ${ADMIN}`),
    ],
    [
      "not where the policy depends on more than one resource",
      [
        role({ name: "r" }),
        policy(),
        policy({}, "other"),
        attach({ role: "r", policyArn: UNKNOWN }, { policyArn: ["policy", "other"] }),
      ],
      attached("attach.policyArn unknown"),
    ],
    [
      "not where the policy depends on something that is no policy",
      [
        role({ name: "r" }),
        policy(),
        attach({ role: "r", policyArn: UNKNOWN }, { policyArn: ["policy", "role"] }),
      ],
      attached("attach.policyArn unknown"),
    ],
    [
      "to whom nobody knows",
      [role({ name: "r" }), attach({ role: UNKNOWN, policyArn: ADMIN })],
      { identities: [["role role"]], loose: [`attach: policy ${ADMIN} to role unknown`] },
    ],
    [
      "to a role of another stack",
      [attach({ role: "theirs", policyArn: ADMIN })],
      { identities: [], loose: [`attach: policy ${ADMIN} to role theirs`] },
    ],
    [
      "to one of two roles of a name, by dependency",
      [
        role({ name: "r" }, "first"),
        role({ name: "r" }, "second"),
        attach({ role: "r", policyArn: ADMIN }, { role: ["second"] }),
      ],
      { identities: [["role first"], ["role second", `attach.policyArn ${ADMIN}`]], loose: [] },
    ],
    [
      "to one of two roles of a name, nobody knows which",
      [role({ name: "r" }, "first"), role({ name: "r" }, "second"), attach({ role: "r", policyArn: ADMIN })],
      {
        identities: [["role first"], ["role second"]],
        loose: [`attach: policy ${ADMIN} to role unknown`],
      },
    ],
    [
      "as lists and boundaries of the role's own",
      [
        policy({ arn: "arn:p" }),
        policy({}, "other"),
        resource(
          "aws:iam/role:Role",
          "role",
          {
            managedPolicyArns: ["arn:p", UNKNOWN, ADMIN],
            permissionsBoundary: "arn:p",
            inlinePolicies: [{ name: "i", policy: DOCUMENT }, {}, { policy: UNKNOWN }],
          },
          { managedPolicyArns: ["policy", "other"] },
        ),
      ],
      attached(
        "role.inlinePolicies[0].policy inline i: 1",
        "role.inlinePolicies[2].policy inline ?: 0",
        "role.managedPolicyArns[0] managed policy",
        "role.managedPolicyArns[1] managed other",
        `role.managedPolicyArns[2] ${ADMIN}`,
        "boundary managed policy",
      ),
    ],
    [
      "as a list that is not known at all, though it depends on one policy",
      [
        policy(),
        resource(
          "aws:iam/role:Role",
          "role",
          { managedPolicyArns: UNKNOWN },
          { managedPolicyArns: ["policy"] },
        ),
      ],
      attached("role.managedPolicyArns unknown"),
    ],
    [
      "as a list that is not known at all",
      [
        policy(),
        policy({}, "other"),
        resource(
          "aws:iam/role:Role",
          "role",
          { managedPolicyArns: UNKNOWN },
          { managedPolicyArns: ["policy", "other"] },
        ),
      ],
      attached("role.managedPolicyArns unknown"),
    ],
    [
      "once, however often it is attached",
      [
        role({ name: "r", managedPolicyArns: [ADMIN], inlinePolicies: [{ name: "i", policy: DOCUMENT }] }),
        attach({ role: "r", policyArn: ADMIN }),
        resource("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", "all", {
          roleName: "r",
          policyArns: [ADMIN],
        }),
        resource("aws:iam/rolePolicy:RolePolicy", "inline", { role: "r", name: "i", policy: DOCUMENT }),
      ],
      attached(`attach.policyArn ${ADMIN}`, "inline.policy inline i: 1"),
    ],
    [
      "to identities of every kind by one resource",
      [
        role({ name: "r" }),
        resource("aws:iam/user:User", "user", { name: "u", permissionsBoundary: ADMIN }),
        resource("aws:iam/group:Group", "group", { name: "g" }),
        resource("aws:iam/policyAttachment:PolicyAttachment", "attach", {
          policyArn: ADMIN,
          roles: ["r"],
          users: ["u", "other"],
          groups: ["g"],
        }),
      ],
      {
        identities: [
          ["role role", `attach.policyArn ${ADMIN}`],
          ["user user", `attach.policyArn ${ADMIN}`, `boundary ${ADMIN}`],
          ["group group", `attach.policyArn ${ADMIN}`],
        ],
        loose: [`attach: policy ${ADMIN} to user other`],
      },
    ],
    [
      "to users and groups by resources of their own",
      [
        resource("aws:iam/user:User", "user", { name: "u" }),
        resource("aws:iam/group:Group", "group", { name: "g" }),
        resource("aws:iam/userPolicy:UserPolicy", "a", { user: "u", policy: DOCUMENT }),
        resource("aws:iam/groupPolicy:GroupPolicy", "b", { group: "g", policy: DOCUMENT }),
        resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "c", { user: "u", policyArn: ADMIN }),
        resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "d", {
          group: "g",
          policyArn: ADMIN,
        }),
      ],
      {
        identities: [
          ["user user", "a.policy inline ?: 1", `c.policyArn ${ADMIN}`],
          ["group group", "b.policy inline ?: 1", `d.policyArn ${ADMIN}`],
        ],
        loose: [],
      },
    ],
    [
      "to permission sets",
      [
        resource("aws:ssoadmin/permissionSet:PermissionSet", "set", { name: "s" }),
        policy({ name: "p" }),
        ...(
          [
            ["permissionSetInlinePolicy:PermissionSetInlinePolicy", { inlinePolicy: DOCUMENT }],
            ["managedPolicyAttachment:ManagedPolicyAttachment", { managedPolicyArn: ADMIN }],
            [
              "customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
              { customerManagedPolicyReference: { name: "p" } },
            ],
            [
              "permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
              { permissionsBoundary: { customerManagedPolicyReference: { name: "p", path: "/" } } },
            ],
          ] as const
        ).map(([type, props], index) =>
          resource(
            `aws:ssoadmin/${type}`,
            `a${index}`,
            { ...props, permissionSetArn: UNKNOWN },
            { permissionSetArn: ["set"] },
          ),
        ),
      ],
      {
        identities: [
          [
            "permission-set set",
            "a0.inlinePolicy inline ?: 1",
            `a1.managedPolicyArn ${ADMIN}`,
            "a2.customerManagedPolicyReference managed policy",
            "boundary managed policy",
          ],
        ],
        loose: [],
      },
    ],
    [
      "to identities of the Cloud Control provider",
      [
        resource("aws-native:iam:Role", "role", {
          roleName: "r",
          policies: [{ policyName: "i", policyDocument: DOCUMENT }],
          managedPolicyArns: [ADMIN],
        }),
        resource("aws-native:iam:ManagedPolicy", "policy", { policyDocument: DOCUMENT, roles: ["r"] }),
        resource("aws-native:iam:RolePolicy", "b", {
          roleName: "r",
          policyName: "b",
          policyDocument: DOCUMENT,
        }),
      ],
      attached(
        "policy.roles managed policy",
        "b.policyDocument inline b: 1",
        "role.policies[0].policyDocument inline i: 1",
        `role.managedPolicyArns[0] ${ADMIN}`,
      ),
    ],
  ];
  for (const [name, resources, expected] of table)
    it(`has policies attached ${name}`, () => {
      assert.deepEqual(seen(...resources), expected);
    });

  it("has trust policies and tags", () => {
    const trust = {
      Statement: [
        { Effect: "Allow", Principal: { Service: "sagemaker.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    };
    const tags = { team: "ml" };
    const { identities } = stackOfExamples([
      role({ assumeRolePolicy: JSON.stringify(trust), tags }),
      resource("aws-native:iam:Role", "native", {
        assumeRolePolicyDocument: trust,
        tags: [{ key: "team", value: "ml" }],
      }),
      resource("aws:iam/user:User", "user", { tags: UNKNOWN }),
    ]);
    assert.deepEqual(
      identities.map((identity) => identity.trust?.reading.document.type),
      ["trust", "trust", undefined],
    );
    assert.deepEqual(identities[0]?.tags, tags);
    assert.deepEqual(identities[1]?.tags, tags);
    assert.ok(isUnknown(identities[2]?.tags));
  });
  it("has users in groups", () => {
    const { identities } = stackOfExamples([
      resource("aws:iam/user:User", "user", { name: "u" }),
      resource("aws:iam/group:Group", "group", {}),
      resource(
        "aws:iam/userGroupMembership:UserGroupMembership",
        "a",
        { user: "u", groups: [UNKNOWN, "theirs"] },
        { groups: ["group"] },
      ),
      resource("aws:iam/groupMembership:GroupMembership", "b", { users: ["u"], group: UNKNOWN }),
    ]);
    assert.deepEqual(
      identities[0]?.groups.map(({ group }) => group),
      [{ kind: "identity", urn: urnOf("group") }, { kind: "foreign", name: "theirs" }, { kind: "unknown" }],
    );
  });
  it("is read through the SDK's own view of what is not known", () => {
    const asPolicySees = unknownCheckingProxy as unknown as (props: object) => object;
    const stack = stackOf(
      [role(), policy(), attach({ role: UNKNOWN_STRING, policyArn: UNKNOWN_STRING })].map((of) => ({
        ...of,
        urn: urnOf(of.name),
        props: asPolicySees(of.props),
        propertyDependencies: of.name === "attach" ? { role: [{ urn: urnOf("role") }] } : {},
      })),
    );
    assert.deepEqual(stack.identities.map(shownIdentity), [["role role", "attach.policyArn unknown"]]);
  });
});

describe("the types that attach", () => {
  const properties: readonly (readonly [string, readonly (string | undefined)[]])[] = [
    ...[...IDENTITY_TYPES].map(
      ([type, { name, inline, trust, managed = [], boundary }]) =>
        [type, [name, inline?.list, trust, ...managed, boundary]] as const,
    ),
    ...[...MANAGED_POLICY_TYPES].map(([type, { name, document }]) => [type, [name, document]] as const),
    ...[...ATTACHMENT_TYPES].map(
      ([type, { inline, managed, targets }]) =>
        [
          type,
          [inline?.name, inline?.document, managed, ...targets.map(({ property }) => property)],
        ] as const,
    ),
    ...[...MEMBERSHIP_TYPES].map(([type, { users, groups }]) => [type, [users, groups]] as const),
  ];
  for (const [type, names] of properties.filter(([token]) => token.startsWith("aws:")))
    it(`${type} has the properties that are read`, () => {
      const [, path = ""] = type.split(":");
      const source = readFileSync(require.resolve(`@pulumi/aws/${path}.js`), "utf8");
      assert.ok(source.includes(`__pulumiType = '${type}'`));
      for (const name of names)
        if (name !== undefined) assert.ok(source.includes(`resourceInputs["${name}"]`), name);
    });
});
