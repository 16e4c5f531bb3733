/**
 * Every case of every rule once more, as a policy meets it: through the proxy in which the SDK wraps what is not known yet, and in
 * the real pack process over the protocol. All of them find the same, and what the table says.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { unknownCheckingProxy } from "@pulumi/policy";
import {
  type ConfiguredRule,
  configuredRule,
  evaluate,
  evaluateStack,
  type Finding,
  readOptions,
  render,
  type Rule,
  TYPE_OF,
  visible,
} from "../../policypack/engine";
import { type Json, parseDocument } from "../../policypack/iam";
import {
  PackProcess,
  type PolicyDescription,
  type Registration,
  type WireObject,
} from "../../policypack/dist/host";
import { stackOf } from "../../policypack/pulumi/stack";
import { documentsOf } from "../../policypack/pulumi/subjects";
import { readableDocument, rules } from "../../policypack/rules";
import type { Case, DocumentRuleCases, Expected, ExpectedInStack, StackRuleCases } from "../rules/cases";
import { remedies } from "../rules/remedies";
import { documentOf, isAboutStacks, tables } from "../rules/tables";
import { registrationsOf, resourceOf } from "./resources";

const IDENTITY = { organization: "acme", project: "project", stack: "dev", configuration: {} };

/** Properties as the SDK hands them to a policy. It exports this without its types. */
const asPolicySees = (props: WireObject): object =>
  (unknownCheckingProxy as unknown as (props: object) => object)(props);

/** Rules that have nothing to say of a resource: whoever has the policy shows in the stack, and is judged there. */
const SILENT: readonly string[] = ["possible-escalation", "privilege-escalation"];
/** A file may be any policy of an identity; of a resource it is known which, and the quota with it. */
const OF_QUOTAS = "policy-size";

/** As JSON has it, for what has crossed to another process and what has not. */
const asJson = (findings: readonly Finding[]): unknown => JSON.parse(JSON.stringify(findings));

/** What the engine says of every stack rule alike is not what a table is about. */
const ofEngine = ({ message }: Finding): boolean => message.includes(" cannot be told yet, so nothing ");
const UNKNOWN_MESSAGE = readableDocument.rule.messages["unknown"];

describe("every case, as a policy meets it", () => {
  let pack: PackProcess;
  let policies: readonly PolicyDescription[];
  before(async () => {
    pack = await PackProcess.start(join(__dirname, "..", "..", "policypack"), IDENTITY, {
      IAM_GUARDRAILS_MESSAGES: "json",
    });
    await pack.configureStack(IDENTITY);
    ({ policies } = await pack.describe());
  });
  after(() => {
    pack.stop();
  });

  let configuredAs = "";
  /** The rule alone, and the one about reading before it, which says what concerns every rule alike. */
  async function configure(
    rule: Rule,
    options: Readonly<Record<string, unknown>>,
    level: "mandatory" | "remediate" = "mandatory",
  ): Promise<void> {
    const text = JSON.stringify([rule.id, options, level]);
    if (text === configuredAs) return;
    configuredAs = text;
    const isAsked = (name: string): boolean => name === rule.id || name === readableDocument.rule.id;
    await pack.configure(
      new Map(
        policies.map(({ name, defaults }) => [
          name,
          {
            level: !isAsked(name) ? "disabled" : name === rule.id ? level : "mandatory",
            properties: { ...defaults, ...(name === rule.id ? (options as WireObject) : {}) },
          },
        ]),
      ),
    );
  }
  const inProcess = (rule: Rule, options: Readonly<Record<string, unknown>>): readonly ConfiguredRule[] => {
    const own = configuredRule(rule, "mandatory", readOptions(rule, options).options);
    const reading = configuredRule(
      readableDocument.rule,
      "mandatory",
      readOptions(readableDocument.rule, {}).options,
    );
    return rule === readableDocument.rule ? [own] : [reading, own];
  };
  const findingsIn = (messages: readonly { readonly message: string }[]): readonly Finding[] =>
    messages.map(({ message }) => JSON.parse(message) as Finding);

  /** What a rule has found of its own, as its table has it. */
  function agrees(
    rule: Rule,
    found: readonly Finding[],
    expected: readonly (Expected | ExpectedInStack)[],
  ): void {
    const own = found.filter(
      (finding) =>
        finding.rule === rule.id &&
        !ofEngine(finding) &&
        !(rule === readableDocument.rule && finding.message === UNKNOWN_MESSAGE),
    );
    assert.deepEqual(
      own.map(({ message, path, subject, data }, index) => ({
        message,
        ...("at" in (expected[index] ?? {}) && "name" in subject
          ? { at: subject.name, property: subject.property }
          : { path }),
        data: Object.fromEntries(Object.keys(expected[index]?.data ?? {}).map((key) => [key, data[key]])),
      })),
      expected.map((each, index) => ({
        message: visible(render(rule.messages[each.message] ?? "", own[index]?.data ?? {})),
        ...("at" in each ? { at: each.at, property: each.property ?? "" } : { path: each.path }),
        data: each.data ?? {},
      })),
    );
  }

  async function documentCase(
    rule: DocumentRuleCases["rule"],
    { document, kind = "identity", type, options = {} }: Case,
    expected: readonly Expected[],
  ): Promise<void> {
    const value = documentOf(document);
    const resource = resourceOf(value, kind, "policy", type);
    // A boundary is a policy like others, and only what attaches it makes it one.
    assert.equal(resource === undefined, kind === "boundary");
    if (resource === undefined) return;
    const { type: token, name, urn, properties } = resource.registration;
    const configured = inProcess(rule, options);
    const subject = { urn, type: token, name, property: resource.property };
    const reading = parseDocument(value, TYPE_OF[kind]);
    const direct = evaluate(configured, [{ subject, kind, reading }], readableDocument);
    const documents = documentsOf({ type: token, name, urn, props: asPolicySees(properties) }) ?? [];
    const throughProxy = evaluate(configured, documents, readableDocument);
    await configure(rule, options);
    const overProtocol = findingsIn(await pack.analyze(resource.registration));
    if (type !== undefined || rule.id !== OF_QUOTAS)
      agrees(rule, overProtocol, SILENT.includes(rule.id) ? [] : expected);
    assert.deepEqual(asJson(throughProxy), asJson(direct));
    assert.deepEqual(overProtocol, asJson(direct));
  }

  async function stackCase(
    rule: StackRuleCases["rule"],
    { resources, options = {} }: StackRuleCases["valid"][number],
    expected: readonly ExpectedInStack[],
  ): Promise<void> {
    const registrations = registrationsOf(resources);
    const throughProxy = evaluateStack(inProcess(rule, options), stackOf(registrations.map(asRegistered)));
    await configure(rule, options);
    const overProtocol = findingsIn(await pack.analyzeStack(registrations));
    agrees(rule, overProtocol, expected);
    assert.deepEqual(overProtocol, asJson(throughProxy));
  }
  const asRegistered = ({ properties, propertyDependencies, ...resource }: Registration) => ({
    ...resource,
    props: asPolicySees(properties),
    propertyDependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [
        property,
        urns.map((urn) => ({ urn })),
      ]),
    ),
  });

  for (const { cases } of tables)
    describe(cases.rule.id, () => {
      if (isAboutStacks(cases)) {
        const all = [...cases.valid.map((one) => ({ ...one, violations: [] })), ...cases.invalid];
        for (const { violations, ...one } of all) it(one.name, () => stackCase(cases.rule, one, violations));
      } else {
        const all = [...cases.valid.map((one) => ({ ...one, violations: [] })), ...cases.invalid];
        for (const { violations, ...one } of all)
          it(one.name, () => documentCase(cases.rule, one, violations));
      }
    });
  /** A document as it is written, in text or as an object. */
  const parsed = (value: unknown): unknown => (typeof value === "string" ? [JSON.parse(value)] : value);
  describe("what rules put right", () => {
    for (const { rule: id, name, kind, statement, options = {}, becomes, left = [] } of remedies)
      it(`${id}: ${name}`, async () => {
        const rule = rules.find((each) => each.id === id);
        const whole = (statements: unknown): Json =>
          documentOf({ Version: "2012-10-17", Statement: statements });
        const resource = resourceOf(whole(statement), kind, "x");
        assert.ok(rule !== undefined && resource !== undefined);
        const { registration: before, property } = resource;
        await configure(rule, options, "remediate");
        const { properties, policies: writing, diagnostics } = await pack.remediate(before);
        const after = resourceOf(whole(becomes ?? statement), kind, "x")?.registration.properties;
        assert.deepEqual(parsed(properties[property]), parsed(after?.[property]));
        assert.deepEqual([writing, diagnostics], [becomes === undefined ? [] : [id], []]);
        const reasons = findingsIn(await pack.analyze({ ...before, properties }))
          .filter((finding) => finding.rule === id && finding.exemption === undefined)
          .map(({ message }) => message.split("; not remediated: ")[1] ?? "");
        const expected = "exemptions" in options ? [] : left.map(([, because]) => because);
        assert.deepEqual(
          reasons.map((reason, index) => reason.slice(0, expected[index]?.length)),
          expected,
        );
        assert.equal((await pack.remediate({ ...before, properties })).policies.length, 0);
      });
  });
  it("is a case of every rule", () => {
    assert.equal(tables.length, rules.length);
  });
});
