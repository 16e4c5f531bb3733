import assert from "node:assert/strict";
import {
  API_KEYS,
  DATA_PERIMETER,
  findAction,
  GUARDRAIL,
  mayCarry,
  MODEL_APPROVAL,
  SAGEMAKER_SAFEGUARDS,
} from "../../policypack/catalogue";

describe("safeguards", () => {
  for (const { key, actions, conditions, write, source } of [
    DATA_PERIMETER,
    GUARDRAIL,
    MODEL_APPROVAL,
    ...API_KEYS,
    ...SAGEMAKER_SAFEGUARDS,
  ])
    it(`${key} is a key that the actions carry`, () => {
      for (const name of actions) {
        const action = findAction(name);
        assert.equal(action?.name, name);
        assert.ok(mayCarry(action, key), name);
      }
      const keysOf = (condition: typeof write): readonly string[] =>
        Object.values(condition).flatMap(Object.keys);
      assert.deepEqual(keysOf(write), [key]);
      assert.ok(conditions.some((condition) => keysOf(condition).includes(key)));
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
    });
});
