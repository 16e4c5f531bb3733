import assert from "node:assert/strict";
import { ESCALATION_PATHS, type EscalationPath, findAction, typesOfStep } from "../../policypack/catalogue";
import { parseDocument, type Statement } from "../../policypack/iam";
import { type Escalation, escalationsOf } from "../../policypack/rules/statements/escalations";
import { allow, deny } from "../rules/cases";

const statementsOf = (...statements: readonly object[]): readonly Statement[] => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return parseDocument(text, "identity").document.statements;
};
const openedBy = (statements: readonly object[], boundary?: readonly object[]): readonly Escalation[] =>
  escalationsOf({
    statements: statementsOf(...statements),
    boundary: boundary === undefined ? undefined : statementsOf(...boundary),
  });
const nameOf = ({ actions }: EscalationPath): string => actions.join(" + ");
const namesIn = (found: readonly Escalation[]): readonly string[] => found.map(({ path }) => nameOf(path));
const opens = (path: EscalationPath, ...of: Parameters<typeof openedBy>): boolean =>
  openedBy(...of).some((found) => found.path === path);

describe("catalogue/escalation-paths", () => {
  it("has each set of actions once", () => {
    const sets = ESCALATION_PATHS.map(({ actions }) => [...actions].sort().join());
    assert.equal(new Set(sets).size, sets.length);
    assert.ok(sets.length >= 125);
  });
  for (const path of ESCALATION_PATHS)
    describe(nameOf(path), () => {
      it("is spelled as AWS spells it, and has a source", () => {
        for (const action of path.actions) assert.equal(findAction(action)?.name, action);
        assert.match(path.source, /^https:\/\/[^{}\s]+$/);
        if (path.ours) assert.match(path.source, /^https:\/\/docs\.aws\.amazon\.com\/.*API_/);
        assert.equal(path.reach === "passed role", path.services.length > 0);
      });
      it("is open to whoever may do all of it on everything", () => {
        const found = openedBy([allow(path.actions, "*")]).find((each) => each.path === path);
        assert.equal(found?.extent, "any");
        assert.deepEqual(
          found.steps.map(({ action }) => action),
          path.actions,
        );
      });
      it("is closed without any one of its permissions", () => {
        for (const missing of path.actions) {
          const rest = path.actions.filter((action) => action !== missing);
          assert.ok(!opens(path, [allow(rest, "*"), allow("s3:GetObject", "*")]), missing);
          assert.ok(!opens(path, [allow(path.actions, "*"), deny(missing, "*")]), `${missing} denied`);
          assert.ok(
            !opens(path, [allow(path.actions, "*")], [allow(rest, "*")]),
            `${missing} beyond the boundary`,
          );
        }
      });
      it("needs each action on a resource of its own types", () => {
        for (const action of path.actions) {
          if (typesOfStep(action).length === 0) continue;
          const others = path.actions.filter((other) => other !== action);
          const elsewhere = [allow(action, "arn:aws:s3:::example-bucket"), allow(others, "*")];
          assert.ok(!opens(path, elsewhere), action);
        }
      });
      it("is open where a denial, a boundary or the service leaves it open", () => {
        const mfa = { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } };
        assert.ok(opens(path, [allow(path.actions, "*"), deny("*", "*", mfa)]));
        assert.ok(opens(path, [allow(path.actions, "*")], [allow("*", "*"), deny("s3:*", "*")]));
        assert.ok(opens(path, [allow("*", "*")], [allow(path.actions, "*")]));
      });
      if (path.reach === "passed role")
        it("is open to the service that receives the role, and to no other", () => {
          const passed = (service: string | undefined): readonly object[] => [
            allow("iam:PassRole", "*", { Condition: { StringEquals: { "iam:PassedToService": service } } }),
            allow(path.actions.slice(1), "*"),
          ];
          for (const service of path.services) assert.ok(opens(path, passed(service)), service);
          assert.ok(!opens(path, passed("other.amazonaws.com")));
        });
    });
});

describe("rules/statements/escalations", () => {
  const ROLE = "arn:aws:iam::123456789012:role/app";
  const LAMBDA = ["lambda:CreateFunction", "lambda:InvokeFunction"];

  it("joins what several documents grant", () => {
    const found = openedBy([allow("iam:PassRole", "*"), allow("s3:GetObject", "*"), allow(LAMBDA, "*")]);
    assert.deepEqual(namesIn(found), ["iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction"]);
    assert.deepEqual(
      found[0]?.steps.map(({ statement }) => statement.path),
      ["Statement[0]", "Statement[2]", "Statement[2]"],
    );
  });
  const extents: readonly (readonly [resource: unknown, extent: string | undefined])[] = [
    ["*", "any"],
    ["arn:aws:iam::*:role/*", "any"],
    ["arn:aws:iam::123456789012:role/?*", "any"],
    ["arn:aws-cn:iam::123456789012:role/*", "any"],
    ["arn:aws:iam::123456789012:*", "any"],
    ["arn:aws:iam::${aws:PrincipalAccount}:role/*", "any"],
    ["arn:aws:iam::123456789012:role/app-*", "some"],
    ["arn:aws:iam::123456789012:role/team/*", "some"],
    ["arn:aws:iam::123456789012:role/${aws:PrincipalTag/role}", "some"],
    [ROLE, "one"],
    ["arn:aws:iam::*:role/app", "one"],
    [[ROLE, "arn:aws:iam::123456789012:role/app-*"], "some"],
    [[ROLE, "arn:aws:iam::210987654321:role/*"], "any"],
    ["arn:aws:iam::123456789012:user/*", undefined],
    ["arn:aws:iam::aws:role/*", undefined],
  ];
  for (const [resource, extent] of extents)
    it(`${JSON.stringify(resource)}: ${extent ?? "none"}`, () => {
      const [found] = openedBy([allow("iam:PassRole", resource), allow(LAMBDA, "*")]);
      assert.equal(found?.extent, extent);
    });
  it("takes steps on one resource together", () => {
    const on = (first: string, second: string): readonly string[] =>
      namesIn(
        openedBy([
          allow("iam:AttachRolePolicy", `arn:aws:iam::123456789012:role/${first}`),
          allow("sts:AssumeRole", `arn:aws:iam::123456789012:role/${second}`),
        ]),
      ).filter((name) => name.includes("+"));
    assert.deepEqual(on("a*", "*z"), ["iam:AttachRolePolicy + sts:AssumeRole"]);
    assert.deepEqual(on("a", "a"), ["iam:AttachRolePolicy + sts:AssumeRole"]);
    assert.deepEqual(on("a", "z"), []);
    assert.deepEqual(on("a*", "z*"), []);
  });
  it("takes a boundary on other resources for what it is", () => {
    const put = (boundary: string): readonly string[] =>
      namesIn(
        openedBy(
          [allow("iam:PutRolePolicy", "arn:aws:iam::123456789012:role/a*")],
          [allow("iam:*", `arn:aws:iam::123456789012:role/${boundary}`)],
        ),
      );
    assert.deepEqual(put("*"), ["iam:PutRolePolicy"]);
    assert.deepEqual(put("*z"), ["iam:PutRolePolicy"]);
    assert.deepEqual(put("z*"), []);
  });
  it("ends on documents that are made to be hard", () => {
    const stars = (letter: string): string => `arn:aws:iam::*:role/${`*${letter}`.repeat(40)}*`;
    const many = Array.from({ length: 300 }, (_, index) => stars(String.fromCharCode(97 + (index % 26))));
    const started = Date.now();
    openedBy([
      allow("*", many),
      ...many.slice(0, 26).map((pattern) => deny("iam:*", pattern)),
      deny("iam:*", undefined, { NotResource: many }),
    ]);
    assert.ok(Date.now() - started < 10_000);
  });
});
