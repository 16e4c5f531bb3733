/** Every way in which what a capability is granted can be made to grant more, one step at a time. */
import { type Capability } from "../../policypack/catalogue/capabilities";
import { policyDocument } from "../../stack/grants/documents";
import { type WrittenStatement } from "../../stack/grants/statements";
import { useOf, workflowOf } from "./every-capability";

export interface Widening {
  readonly what: string;
  /** The whole document. */
  readonly statements: readonly unknown[];
}

type Tests = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
/** A statement in place of another one; none where a Deny is taken away. */
type Instead = readonly [what: string, instead: readonly unknown[]];

/** Every way to drop one test of a condition. */
function* withoutOneTest({ Condition = {}, ...statement }: WrittenStatement): Generator<Instead> {
  const condition = Condition as Tests;
  for (const [operator, tests] of Object.entries(condition))
    for (const key of Object.keys(tests)) {
      const others = Object.fromEntries(Object.entries(tests).filter(([name]) => name !== key));
      const left = Object.fromEntries(
        Object.entries({ ...condition, [operator]: others }).filter(
          ([, tested]) => Object.keys(tested).length > 0,
        ),
      );
      const some = Object.keys(left).length > 0 && { Condition: left };
      yield [`without ${operator} on ${key}`, [{ ...statement, ...some }]];
    }
}

function* widened(statement: WrittenStatement): Generator<Instead> {
  if (statement.Effect === "Deny") {
    yield ["without the Deny", []];
    return;
  }
  yield* withoutOneTest(statement);
  const resources = [statement.Resource].flat();
  for (const resource of resources)
    if (resource !== "*") {
      // `bucket/prefix/*` becomes `bucket/*`, and `job/name-*` becomes `job/*`.
      const wider = resource.replace(/([^:/]+\/\*|[^:/]+:\*|[^:/]*)$/, "*");
      yield [`${resource} as ${wider}`, [{ ...statement, Resource: wider }]];
    }
  if (!resources.includes("*")) yield ["on every resource", [{ ...statement, Resource: "*" }]];
  for (const action of [statement.Action].flat())
    yield [`${action} as a pattern`, [{ ...statement, Action: action.replace(/:.*/, ":*") }]];
}

const handingOver = (Resource: string) => ({
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource,
  Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
});

/** @returns What the capability itself is granted on its own side, with all that it may be given, and each widening of that. */
export function wideningsOf(capability: Capability): {
  readonly statements: readonly WrittenStatement[];
  readonly widenings: readonly Widening[];
} {
  const workflow = workflowOf([useOf(capability, "aws")]);
  const statements = policyDocument(workflow, capability.side).Statement as readonly WrittenStatement[];
  const inPlace = statements.flatMap((statement, index) =>
    [...widened(statement)].map(([what, instead]): Widening => ({
      what: `${statement.Sid}: ${what}`,
      statements: statements.flatMap((each, place) => (place === index ? instead : [each])),
    })),
  );
  const added = ["arn:aws:iam::123456789012:role/another", "*"].map((role): Widening => ({
    what: `and iam:PassRole on ${role}`,
    statements: [...statements, handingOver(role)],
  }));
  return { statements, widenings: [...inPlace, ...added] };
}
