import { GUARDRAIL, MODELS_WITHOUT_GUARDRAIL } from "../catalogue";
import { CONTROLS, defineRule, GRANTING } from "../engine";
import { covers, parsePattern, type Statement } from "../iam";
import { denialsHere, mayGrant } from "./statements/grants";
import { guarded, unguarded } from "./statements/safeguards";

export const modelInvocationGuardrail = defineRule({
  id: "model-invocation-guardrail",
  title: "Models are asked through a guardrail",
  summary: "A policy should allow asking a model through a guardrail only.",
  why: "A guardrail that the caller may leave out is left out by whoever has something to hide from it.",
  fix: "Put `bedrock:GuardrailIdentifier` into a condition, in the Allow or in a Deny of everything else; models that take no guardrail, such as those for embeddings, stand in a statement of their own.",
  level: "advisory",
  severity: "medium",
  tags: ["bedrock", "ai"],
  framework: CONTROLS["AC-4"],
  references: [GUARDRAIL.source],
  kinds: GRANTING,
  onlyCertain: true,
  options: {},
  messages: {
    unguarded: "{actions} {actions?is:are} allowed without `bedrock:GuardrailIdentifier`, so {without}",
  },
  examples: {
    good: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "bedrock:InvokeModel",
          Resource: "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
          Condition: {
            StringEquals: {
              "bedrock:GuardrailIdentifier":
                "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghijkl:1",
            },
          },
        },
      },
    ],
    bad: [
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "bedrock:InvokeModel",
          Resource: "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
        },
      },
    ],
  },
  *check({ document: { statements } }) {
    const denials = denialsHere(statements);
    for (const statement of statements) {
      if (!GUARDRAIL.actions.some((action) => mayGrant(statement, action, denials))) continue;
      const actions = unguarded(askingModels(statement), GUARDRAIL, denials);
      if (actions.length === 0) continue;
      yield {
        message: "unguarded",
        path: statement.actions.path,
        sid: statement.sid,
        data: { actions, without: GUARDRAIL.without },
        fix: guarded(statement, [{ safeguard: GUARDRAIL, actions }]),
      };
    }
  },
});

const WITHOUT = MODELS_WITHOUT_GUARDRAIL.map((model) => parsePattern(model));

/** The statement without the models that take no guardrail. */
function askingModels(statement: Statement): Statement {
  const { resources } = statement;
  const entries = resources.entries.filter(({ pattern }) => !covers(WITHOUT, pattern));
  return resources.negated ? statement : { ...statement, resources: { ...resources, entries } };
}
