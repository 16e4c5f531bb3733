/** Rules as CrossGuard policies: metadata, configuration schema, and one function for all resource types. */
import type {
  Policy,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import {
  type ConfiguredRule,
  configuredRule,
  type DocumentRule,
  type Finding,
  judge,
  judgeStack,
  leftToPeople,
  nothingSaid,
  nothingSaidOfStack,
  optionsOf,
  readOptions,
  type ReadingRule,
  type Rule,
  type Said,
  type Stack,
  type StackRule,
  type StackSaid,
  textOf,
} from "../engine";
import { IDENTITY_TYPES } from "./identity-types";
import { stackOf } from "./stack";
import { documentsOf, type HeldDocument } from "./subjects";
import { leftAt, type LeftByPlace, placeOf, remediate, setBoundary, STACK } from "./remediation";

/** One resource as the policies see it, one after the other. */
interface Pass {
  /** the place of the policy that looked last */
  last: number;
  readonly documents: readonly { readonly document: HeldDocument; readonly said: Said }[];
}

/**
 * By URN, the properties that the program sets on an identity. Resource policies see these, stack policies what the provider has
 * made of them.
 */
type Declared = Map<string, ReadonlySet<string>>;

/** The policies of the pack, in the order of the rules. */
export function policiesOf(
  rules: readonly Rule[],
  readingRule: ReadingRule,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const declared: Declared = new Map();
  const ofDocuments = documentPolicies(
    rules.filter((rule) => rule.scope !== "stack"),
    readingRule,
    declared,
  );
  const ofStacks = stackPolicies(
    rules.filter((rule) => rule.scope === "stack"),
    declared,
  );
  return rules.flatMap((rule) => ofDocuments.get(rule.id) ?? ofStacks.get(rule.id) ?? []);
}

/** What a policy says of itself. */
const described = (rule: Rule): Policy => ({
  name: rule.id,
  displayName: rule.title,
  description: rule.summary,
  enforcementLevel: rule.level,
  severity: rule.severity,
  framework: rule.framework,
  tags: [...rule.tags],
  remediationSteps: rule.fix,
  ...(rule.references[0] === undefined ? {} : { url: rule.references[0] }),
  configSchema: { properties: schemaOf(rule) },
});

/** The policies about documents. They share what they have read of a resource, and what has been said of it. */
function documentPolicies(
  rules: readonly DocumentRule[],
  readingRule: ReadingRule,
  declared: Declared,
): ReadonlyMap<string, ResourceValidationPolicy> {
  const passes = new Map<string, Pass>();
  const policies = rules.map((rule, place): ResourceValidationPolicy & StackValidationPolicy => {
    const settings = settingsOf(rule);
    const left: LeftByPlace = new Map();
    return {
      ...described(rule),
      remediateResource: (args) => remediate(settings(args.getConfig()).configured, args, left),
      validateStack: (args, reportViolation) => {
        reportIdle(settings(args.getConfig()).configured, args, reportViolation);
      },
      validateResource: (args, reportViolation) => {
        const { configured, problems } = settings(args.getConfig());
        if (IDENTITY_TYPES.has(args.type)) declared.set(args.urn, new Set(Object.keys(args.props)));
        // A misspelt option is reported once a stack, where every program has exactly one resource.
        if (args.type === STACK) {
          for (const problem of problems) reportViolation(`configuration: ${problem}`);
          if (left.delete(args.urn))
            reportAdvice(
              `configuration: \`${rule.id}\` cannot remediate, so it acts as mandatory; write \`mandatory\``,
              reportViolation,
            );
        } else {
          const pass =
            passOf(passes, args, place) ?? args.notApplicable("the resource holds no policy document");
          for (const { document, said } of pass.documents) {
            for (const finding of judge(configured, document, readingRule, said))
              report(leftToPeople(finding, leftAt(left, finding)), reportViolation);
            left.delete(placeOf(document.subject));
          }
        }
        // The last policy of a pass clears it; where it is disabled, one entry stays for each resource with documents.
        if (place === rules.length - 1) passes.delete(args.urn);
      },
    };
  });
  return new Map(policies.map((policy) => [policy.name, policy]));
}

/** The policies about whole stacks. They share the model of the stack, and what has been said of it. */
function stackPolicies(
  rules: readonly StackRule[],
  declared: Declared,
): ReadonlyMap<string, StackValidationPolicy> {
  let pass: { last: number; readonly stack: Stack; readonly said: StackSaid } | undefined;
  const policies = rules.map((rule, place): StackValidationPolicy & Partial<ResourceValidationPolicy> => {
    const settings = settingsOf(rule);
    const left: LeftByPlace = new Map();
    return {
      ...described(rule),
      // With it the engine counts the policy among those about resources, too.
      ...(rule.remediation === undefined
        ? {}
        : {
            remediateResource: (args) => setBoundary(settings(args.getConfig()).configured, args, left),
          }),
      validateStack: (args, reportViolation) => {
        const { configured, problems } = settings(args.getConfig());
        for (const problem of problems) reportViolation(`configuration: ${problem}`);
        // As with resources: a policy that is not after the last begins a new pass.
        if (pass === undefined || pass.last >= place)
          pass = {
            last: place,
            stack: stackOf(args.resources.map((of) => ({ ...of, declared: declared.get(of.urn) }))),
            said: nothingSaidOfStack(),
          };
        pass.last = place;
        for (const finding of judgeStack(configured, pass.stack, pass.said))
          report(leftToPeople(finding, leftAt(left, finding)), reportViolation);
        left.clear();
        reportIdle(configured, args, reportViolation);
        if (place === rules.length - 1) pass = undefined;
      },
    };
  });
  return new Map(policies.map((policy) => [policy.name, policy]));
}

interface Settings {
  readonly configured: ConfiguredRule;
  readonly problems: readonly string[];
}

/** Reads the configuration of a rule, which the SDK hands over with every resource, once. */
function settingsOf(rule: Rule): (given: Readonly<Record<string, unknown>>) => Settings {
  let last: { readonly text: string; readonly settings: Settings } | undefined;
  return (given) => {
    const text = JSON.stringify(given);
    if (last?.text !== text) {
      const { options, problems } = readOptions(rule, given);
      // The SDK adds the level that is configured.
      last = { text, settings: { configured: configuredRule(rule, "mandatory", options), problems } };
    }
    return last.settings;
  };
}

/** An exemption that no finding of the stack needs is a hole that waits for one. */
function reportIdle(
  { exemptions }: ConfiguredRule,
  { resources }: StackValidationArgs,
  reportViolation: ReportViolation,
): void {
  for (const { index, message } of exemptions.idle(resources, "this stack"))
    reportAdvice(`configuration: \`exemptions[${index}]\` ${message}`, reportViolation);
}

const reportAdvice = (message: string, reportViolation: ReportViolation): void => {
  (reportViolation as unknown as Report)({ message, enforcementLevel: "advisory" });
};

/** The SDK asks its policies in order, so one that is not after the last begins a new pass. */
function passOf(passes: Map<string, Pass>, args: ResourceValidationArgs, place: number): Pass | undefined {
  const known = passes.get(args.urn);
  if (known !== undefined && known.last < place) {
    known.last = place;
    return known;
  }
  const documents = documentsOf(args);
  if (documents === undefined) return undefined;
  const pass = { last: place, documents: documents.map((document) => ({ document, said: nothingSaid() })) };
  passes.set(args.urn, pass);
  return pass;
}

/** What `reportViolation` of @pulumi/policy 1.21.0 takes besides a text: the resource and the level of this one violation. */
type Report = (violation: {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory";
}) => void;

/**
 * Reports a finding. Most are at the level the policy is configured to have, which the SDK adds; a document that is not
 * known yet is advisory in a mandatory policy. The text stands alone: the description does not come before each.
 */
function report(finding: Finding, reportViolation: ReportViolation): void {
  const message =
    process.env["IAM_GUARDRAILS_MESSAGES"] === "json" ? JSON.stringify(finding) : textOf(finding);
  (reportViolation as unknown as Report)({
    message,
    // The engine shows a violation of a stack policy at this resource; it sets that of a resource policy itself.
    ...("urn" in finding.subject ? { urn: finding.subject.urn } : {}),
    ...(finding.level === "advisory" ? { enforcementLevel: "advisory" } : {}),
  });
}

type Schema = NonNullable<ResourceValidationPolicy["configSchema"]>["properties"];

const schemaOf = (rule: Rule): Schema =>
  Object.fromEntries(Object.entries(optionsOf(rule)).map(([name, option]) => [name, option.schema]));
