/** Passing a role, and what binds that to services. */
import { remembered, type Test } from "../../iam";
import { reference } from "./grants";

export const PASS_ROLE = "iam:PassRole";
export const PASSED_TO = "iam:PassedToService";
const ASSOCIATED = "iam:AssociatedResourceArn";

/** `ec2` of `ec2.amazonaws.com`: what most services have in the ARNs of their resources. */
const prefixOf = (service: string): string => service.split(".", 1)[0] ?? "";

/**
 * Passing any role to some services: nothing else may be allowed of it.
 *
 * "iam:AssociatedResourceArn – Specifies the ARN of the resource to which this role will be associated at the destination
 * service": who has to name a resource of one service passes the role to no other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export const passingTo = remembered((services: readonly string[]) =>
  reference(
    services.length === 0
      ? [{ Effect: "Deny", Action: "*", Resource: "*" }]
      : [
          allow({ StringEqualsIgnoreCase: { [PASSED_TO]: everywhere(services) } }),
          allow({ StringLike: { [ASSOCIATED]: services.map((name) => `arn:*:${prefixOf(name)}:*`) } }),
        ],
  ),
);
const allow = (Condition: object): object => ({
  Effect: "Allow",
  Action: PASS_ROLE,
  Resource: "*",
  Condition,
});

/** The names of services in every partition: China has its own. */
export const everywhere = (services: readonly string[]): readonly string[] =>
  services.flatMap((name) => [name, `${name}.cn`]);

/** Whether a test is about the service that a role is passed to. */
export const isAboutService = ({ key }: Test): boolean =>
  [PASSED_TO, ASSOCIATED].some((name) => name.toLowerCase() === key);

/** The services that a test names: those of `iam:PassedToService`, or the prefixes in ARNs of resources. */
export const servicesIn = ({ key, texts }: Test): readonly string[] =>
  key === PASSED_TO.toLowerCase() ? texts : texts.map((arn) => arn.split(":")[2] ?? "*");

/** Whether a service, as {@link servicesIn} has it, is one of those that are approved. */
export const isApproved = (service: string, approved: readonly string[]): boolean =>
  approved.some((name) => [name, `${name}.cn`, prefixOf(name)].includes(service.toLowerCase()));
