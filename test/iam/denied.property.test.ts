import assert from "node:assert/strict";
import { contradictionsOf, deniedOf, matches, parseDocument } from "../../policypack/iam";
import { passes, valueOf } from "../../policypack/iam/language/condition";
import { applies, decide } from "../../policypack/iam/evaluation/evaluate";
import { resolved } from "../../policypack/iam/pattern/pattern";
import { budget } from "../../policypack/iam/pattern/region";
import { pairOf, Random, Requests, statementFor, statementsOf, TINY } from "./generators";
import { runs } from "./runs";

const DOCUMENTS = runs(2_000);

describe("iam/denied: properties", () => {
  it("what is taken away of an Allow is denied in every request for it", () => {
    let taken = 0;
    let asked = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed++) {
      const random = new Random(seed);
      const pair = pairOf(random);
      const added = random.some(1, 3, () => statementFor(pair, "Deny", random));
      const source = { Version: "2012-10-17", Statement: [...statementsOf(pair.candidate), ...added] };
      const { document } = parseDocument(source, pair.type);
      const denials = document.statements.filter(({ effect }) => effect === "Deny");
      const requests = new Requests(pair, random);
      for (const allow of document.statements.filter(({ effect }) => effect === "Allow"))
        for (const { what, entries } of deniedOf(allow, denials, TINY, budget())) {
          taken++;
          for (let left = 40; left > 0; left--) {
            const request = requests.next();
            const text = what === "actions" ? request.action.toLowerCase() : request.resource;
            const isMeant = entries.some(({ pattern }) => {
              const whole = resolved(pattern, (variable) => valueOf(variable, request.context));
              return whole !== undefined && matches(whole, text);
            });
            if (applies(allow, request) !== true || (what !== "statement" && !isMeant)) continue;
            asked++;
            const { outcome } = decide([document], request);
            assert.notEqual(outcome, "allowed", JSON.stringify([seed, source, what, request]));
          }
        }
    }
    assert.ok(taken > DOCUMENTS / 20, `only ${taken} taken`);
    assert.ok(asked > taken, `only ${asked} requests for ${taken}`);
  });

  it("tests that contradict one another pass together in no request", () => {
    let found = 0;
    for (let seed = 1; seed <= DOCUMENTS; seed++) {
      const random = new Random(seed);
      const pair = pairOf(random);
      const { document } = parseDocument(
        { Version: "2012-10-17", Statement: statementsOf(pair.candidate) },
        pair.type,
      );
      // Conditions of two statements together: those of one rarely contradict themselves.
      const tests = document.statements.flatMap(({ condition }) => condition.tests);
      const requests = new Requests(pair, random);
      for (const together of contradictionsOf({ tests, partial: false }, TINY, budget())) {
        found++;
        assert.ok(together.length > 1);
        for (let left = 40; left > 0; left--) {
          const { context } = requests.next();
          const all = together.every((test) => passes(test, context) === true);
          assert.equal(all, false, JSON.stringify([seed, together.map(({ path }) => path), [...context]]));
        }
      }
    }
    assert.ok(found > DOCUMENTS / 20, `only ${found} found`);
  });
});
