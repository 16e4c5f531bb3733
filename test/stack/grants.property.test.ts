import * as assert from "node:assert/strict";
import * as fc from "fast-check";

import { emittableActions } from "../../policypack/catalogue/capabilities";
import { ACCESS, DETECT_ACTIONS, TRUSTED_SERVICES } from "../../stack/description";
import { policyDocument, trustDocument, writeDocuments } from "../../stack/grants/documents";
import { type WrittenStatement } from "../../stack/grants/statements";
import { KEYS, readArguments, readDescription } from "../../stack/validate/description";

const REGIONS = { aws: "eu-central-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-east-1" } as const;

const texts = (pattern: RegExp, maxLength: number) =>
  fc.uniqueArray(fc.stringMatching(pattern), { maxLength, selector: (text) => text.toLowerCase() });
const subset = (names: readonly string[], minLength: number) =>
  fc.shuffledSubarray([...names], { minLength });

const configurations = fc
  .record({
    region: fc.constantFrom(...Object.values(REGIONS)),
    account: fc.stringMatching(/^\d{12}$/),
    trustedService: fc.constantFrom(...TRUSTED_SERVICES),
    buckets: fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z0]$/),
        prefix: fc.stringMatching(/^([a-zA-Z0-9 _.$é-]{1,8}\/)?[a-z]{0,3}$/),
        access: subset(ACCESS, 1),
      }),
      { maxLength: 5, selector: ({ name, prefix }) => `${name}/${prefix}` },
    ),
    endpoints: texts(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/, 5),
    rekognition: fc.record({
      detect: subset(DETECT_ACTIONS, 0),
      collections: texts(/^[a-zA-Z0-9_.-]{1,12}$/, 5),
    }),
  })
  .map((values) =>
    values.region === REGIONS["aws-cn"]
      ? // China has neither Rekognition nor Bedrock.
        { ...values, trustedService: "sagemaker", rekognition: { detect: [], collections: [] } }
      : values,
  )
  .filter(
    ({ buckets, endpoints, rekognition }) =>
      buckets.length + endpoints.length + rekognition.detect.length + rekognition.collections.length > 0 &&
      // Names that S3 keeps for its own use.
      buckets.every(({ name }) => !/^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/.test(name)),
  )
  .map((values) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`ai-workflow:${key}`, value])),
  );

function descriptionOf(configuration: Readonly<Record<string, unknown>>) {
  const read = readDescription(configuration);
  assert.ok("description" in read, "problems" in read ? read.problems.join("\n") : "");
  return read.description;
}

const many = (value: string | readonly string[]) => [value].flat();

describe("every valid configuration", () => {
  it("gives documents that parse, fit and grant only what the catalogue has", () => {
    fc.assert(
      fc.property(configurations, (configuration) => {
        const description = descriptionOf(configuration);
        const written = writeDocuments(description);
        assert.ok("identities" in written);
        const [identity, ...others] = written.identities;
        assert.deepEqual(others, []);
        assert.equal(identity?.policies.length, 1);
        const policy = JSON.parse(identity.policies[0]?.json ?? "") as {
          readonly Statement: readonly WrittenStatement[];
        };
        assert.deepEqual(policy, policyDocument(description));
        assert.deepEqual(JSON.parse(identity.trust ?? ""), trustDocument(description));

        for (const { Sid, Effect, Action, Resource } of policy.Statement) {
          assert.match(Sid, /^[A-Za-z0-9]+$/);
          assert.equal(Effect, "Allow");
          for (const action of many(Action)) assert.ok(emittableActions.includes(action), action);
          if (many(Resource).includes("*")) {
            for (const action of many(Action)) assert.match(action, /^rekognition:Detect/);
            assert.equal(Resource, "*");
          } else {
            const arn = new RegExp(
              `^arn:${description.partition}:(s3:::|(sagemaker|rekognition):${description.region}:${description.account}:)[^*?]+[*]?$`,
            );
            for (const resource of many(Resource)) assert.match(resource, arn);
          }
        }
        const sids = policy.Statement.map(({ Sid }) => Sid);
        assert.equal(new Set(sids).size, sids.length);
      }),
    );
  });

  it("gives the same bytes when its lists are reversed", () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed).reverse()
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reversed(inner)]))
          : value;
    fc.assert(
      fc.property(configurations, (configuration) => {
        assert.deepEqual(
          writeDocuments(descriptionOf(reversed(configuration) as Readonly<Record<string, unknown>>)),
          writeDocuments(descriptionOf(configuration)),
        );
      }),
    );
  });
});

describe("any value at all", () => {
  it("is read or reported in single lines, and never throws", () => {
    const keys = [
      "region",
      "account",
      "partition",
      "trustedService",
      "buckets",
      "endpoints",
      "rekognition",
      "statements",
    ];
    const name = fc.oneof(fc.constantFrom(...keys, "attachTo"), fc.string());
    const raw = fc.dictionary(
      name.map((key) => `ai-workflow:${key}`),
      fc.oneof(fc.jsonValue(), fc.json(), fc.string({ unit: "binary" })),
    );
    fc.assert(
      fc.property(raw, (configuration) => {
        const read = readDescription(configuration);
        const problems = "problems" in read ? read.problems : [];
        assert.ok("description" in read || problems.length > 0);
        for (const line of problems)
          assert.match(line, /^ai-workflow:.*(?:found|missing|nothing is granted).*, expected .+$/u);
      }),
    );
  });

  it("is read or reported where a program makes it, too", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
    });
    const args = fc.oneof(anything, fc.dictionary(fc.constantFrom(...KEYS), anything));
    fc.assert(
      fc.property(args, (given) => {
        const read = readArguments(given, "AiWorkflow(x)");
        const problems = "problems" in read ? read.problems : [];
        assert.ok("description" in read || problems.length > 0);
        for (const line of problems)
          assert.match(line, /^AiWorkflow\(x\).*(?:found|missing|nothing is granted).*, expected .+$/u);
      }),
    );
  });
});
