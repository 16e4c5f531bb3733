import assert from "node:assert/strict";
import { CREDENTIAL_ACTIONS, findAction } from "../../policypack/catalogue";

describe("actions that hand out credentials", () => {
  for (const { action, source } of CREDENTIAL_ACTIONS)
    it(`${action} exists, and AWS's page about it is named`, () => {
      assert.equal(findAction(action)?.name, action);
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\//);
      assert.ok(source.includes(action.split(":")[1] ?? "?"));
    });
  it("each stand once", () => {
    assert.equal(new Set(CREDENTIAL_ACTIONS.map(({ action }) => action)).size, CREDENTIAL_ACTIONS.length);
  });
});
