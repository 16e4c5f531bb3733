import assert from "node:assert/strict";
import {
  type Action,
  authorizationData,
  expandAction,
  findAction,
  knowsService,
  servicePrefixes,
} from "../../policypack/catalogue";
import { actionsOf } from "../../policypack/catalogue/authorization";
import { CORRECTIONS } from "../../policypack/catalogue/corrections";
import { parseDocument } from "../../policypack/iam";
import { type VendorAction, vendorActions, vendorManifest, vendorServices } from "./vendor";

const find = (name: string): Action => {
  const action = findAction(name);
  assert.ok(action, `${name} is not in the data`);
  return action;
};
/** The vendor's types of an action, or those that a correction has in their place. */
const typesOf = (
  name: string,
  { resourceTypes }: VendorAction,
): readonly { readonly name: string; readonly required: boolean }[] => {
  const found = CORRECTIONS.find(({ what }) => "action" in what && what.action === name)?.correction;
  return found === undefined || !("resourceTypes" in found)
    ? resourceTypes
    : found.resourceTypes.map((type) => ({ name: type.replace("*", ""), required: type.endsWith("*") }));
};
const namesOf = (actions: readonly Action[]): readonly string[] => actions.map(({ name }) => name).sort();

describe("catalogue/authorization", () => {
  describe("figures", () => {
    it("the version of the data that is installed, and its day", () => {
      assert.deepEqual(authorizationData(), { version: vendorManifest.version, date: "2026-09-26" });
      assert.equal(vendorManifest.version, "0.21.202609261");
    });
    it("456 services, 22,091 actions, of which 6,724 have no resource type", () => {
      assert.equal(servicePrefixes().length, 456);
      assert.equal(new Set(servicePrefixes()).size, 456);
      const all = servicePrefixes().flatMap(actionsOf);
      assert.equal(all.length, 22_091);
      assert.equal(new Set(all.map(({ key }) => key)).size, 22_091);
      assert.equal(all.filter(({ resourceTypes }) => resourceTypes.length === 0).length, 6_724);
    });
    const figures: readonly (readonly [service: string, without: number, actions: number])[] = [
      ["rekognition", 32, 76],
      ["sagemaker", 95, 449],
      ["s3", 15, 180],
      ["bedrock", 64, 262],
      ["textract", 16, 25],
      ["comprehend", 29, 85],
    ];
    for (const [service, without, all] of figures)
      it(`${service}: ${without} of ${all} actions have no resource type`, () => {
        const actions = actionsOf(service);
        assert.deepEqual(
          [actions.filter(({ resourceTypes }) => resourceTypes.length === 0).length, actions.length],
          [without, all],
        );
      });
  });

  describe("the vendor's data, action by action", () => {
    it("the same services", () => {
      assert.deepEqual([...servicePrefixes()].sort(), vendorServices.map(({ prefix }) => prefix).sort());
    });
    it("the same actions: names, access levels, resource types, required or not, ARNs", () => {
      let compared = 0;
      for (const service of vendorServices) {
        assert.equal(actionsOf(service.prefix).length, service.actions.length, service.prefix);
        for (const expected of service.actions) {
          const name = `${service.prefix}:${expected.name}`;
          const action = find(name);
          assert.equal(action.name, name);
          assert.equal(action.key, name.toLowerCase());
          assert.deepEqual(
            [...action.accessLevels].sort(),
            expected.accessLevel
              .split(",")
              .map((level) => level.trim())
              .sort(),
            name,
          );
          assert.deepEqual(
            // A type with two ARNs stands there twice.
            [...new Set(action.resourceTypes.map((type) => type.name))].sort(),
            [...new Set(typesOf(name, expected).map((type) => type.name))].sort(),
            name,
          );
          assert.deepEqual(
            [...action.requiredTypes].sort(),
            [
              ...new Set(
                typesOf(name, expected)
                  .filter(({ required }) => required)
                  .map((type) => type.name),
              ),
            ].sort(),
            name,
          );
          for (const type of action.resourceTypes) {
            const arns = service.arns.get(type.name)?.split(", ") ?? [];
            assert.ok(arns.includes(type.arn.text), `${name} ${type.name}`);
            assert.ok(type.arn.text.startsWith("arn:${Partition}:"), type.arn.text);
          }
          compared++;
        }
      }
      assert.equal(compared, 22_091);
    });
    it("required resource types stand before optional ones", () => {
      for (const service of vendorServices)
        for (const expected of service.actions) {
          const required = new Set(
            typesOf(`${service.prefix}:${expected.name}`, expected)
              .filter((type) => type.required)
              .map(({ name }) => name),
          );
          const order = find(`${service.prefix}:${expected.name}`).resourceTypes.map(({ name }) =>
            required.has(name),
          );
          // Access points and Outposts come last, required or not.
          const direct = order.filter(
            (_, index) =>
              !/access-?point|outpost|multi-?region/i.test(
                find(`${service.prefix}:${expected.name}`).resourceTypes[index]?.name ?? "",
              ),
          );
          assert.deepEqual(
            direct,
            [...direct].sort((a, b) => Number(b) - Number(a)),
            `${service.prefix}:${expected.name}`,
          );
        }
    });
    it("access levels are those that AWS has", () => {
      const levels = new Set(
        servicePrefixes().flatMap((prefix) =>
          actionsOf(prefix).flatMap((action) => [...action.accessLevels]),
        ),
      );
      assert.deepEqual([...levels].sort(), ["List", "Permissions management", "Read", "Tagging", "Write"]);
    });
    it("every action can be written in a policy as it is named", () => {
      const { problems, document } = parseDocument({
        Statement: { Effect: "Allow", Action: namesOf(expandAction("*")), Resource: "*" },
      });
      assert.deepEqual(problems, []);
      assert.equal(document.statements[0]?.actions.entries.length, 22_091);
    });
  });

  describe("resource types, the one to suggest first", () => {
    const table: Readonly<Record<string, string>> = {
      "s3:GetObject": "object",
      "execute-api:Invoke": "execute-api-general",
      "s3:PutObject": "object",
      "s3:DeleteObject": "object",
      "s3:AbortMultipartUpload": "object",
      "s3:ListMultipartUploadParts": "object",
      "s3:ListBucket": "bucket",
      "sagemaker:CreateTrainingJob": "training-job",
      "sagemaker:CreateModel": "model",
      "sagemaker:InvokeEndpoint": "endpoint",
      "rekognition:IndexFaces": "collection",
      "rekognition:DetectCustomLabels": "projectversion",
      "iam:PassRole": "role",
      "lambda:InvokeFunction": "function",
      "dynamodb:GetItem": "table",
      "logs:CreateLogStream": "log-stream",
      "ec2:RunInstances": "instance",
    };
    for (const [name, type] of Object.entries(table))
      it(`${name}: ${type}`, () => {
        assert.equal(find(name).resourceTypes[0]?.name, type);
      });
    it("none where only * works", () => {
      for (const name of ["rekognition:DetectLabels", "s3:ListAllMyBuckets", "sagemaker:ListEndpoints"])
        assert.deepEqual(find(name).resourceTypes, []);
    });
    it("actions of the same types share one list, and one type", () => {
      assert.equal(find("s3:GetObject").resourceTypes[0], find("s3:PutObject").resourceTypes[0]);
    });
  });

  describe("findAction", () => {
    for (const name of ["s3:GetObject", "S3:getobject", "s3:GETOBJECT", "s3:getObject"])
      it(`finds ${name}`, () => {
        assert.equal(findAction(name)?.name, "s3:GetObject");
      });
    for (const name of [
      "",
      ":",
      "s3",
      "s3:",
      ":GetObject",
      "GetObject",
      "s3:Get*",
      "s3:GetObject ",
      " s3:GetObject",
      "s3:GetObject:x",
      "s33",
      "nope:GetObject",
      "constructor:x",
      "__proto__:toString",
      "s3:constructor",
    ])
      it(`does not find ${JSON.stringify(name)}`, () => {
        assert.equal(findAction(name), undefined);
      });
    it("is the same object every time", () => {
      assert.equal(findAction("s3:GetObject"), findAction("S3:GETOBJECT"));
    });
  });

  describe("knowsService", () => {
    const table: readonly (readonly [action: string, answer: boolean])[] = [
      ["s3:GetObject", true],
      ["S3:whatever", true],
      ["sagemaker:*", true],
      ["nope:GetObject", false],
      ["*:GetObject", false],
      ["s?:GetObject", false],
      [":x", false],
      ["", false],
      ["constructor:x", false],
      ["*", false],
      // Without a colon there is no service, though all but its last character be one.
      ["s33", false],
      ["s3*", false],
    ];
    for (const [action, answer] of table)
      it(`${JSON.stringify(action)}: ${answer}`, () => {
        assert.equal(knowsService(action), answer);
      });
  });

  describe("expandAction", () => {
    const table: readonly (readonly [
      text: string,
      count: number,
      holds: (service: string, action: string) => boolean,
    ])[] = [
      ["*", 22_091, () => true],
      ["**", 22_091, () => true],
      ["*:*", 22_091, () => true],
      ["s3:*", 180, (service) => service === "s3"],
      ["s3:Get*", 63, (service, action) => service === "s3" && action.startsWith("Get")],
      ["S3:GET*", 63, (service, action) => service === "s3" && action.startsWith("Get")],
      ["s3:*Object", 5, (service, action) => service === "s3" && action.endsWith("Object")],
      ["s3:GetObjec?", 1, (service, action) => service === "s3" && action === "GetObject"],
      ["s3:????????", 1, (service, action) => service === "s3" && action.length === 8],
      ["s?:*", 180, (service) => service.length === 2 && service.startsWith("s")],
      ["?3:GetObject", 1, (service, action) => service === "s3" && action === "GetObject"],
      ["*:GetObject", 5, (_, action) => action === "GetObject"],
      ["*:getobject", 5, (_, action) => action === "GetObject"],
      ["*s3:getobject", 1, (service, action) => service.endsWith("s3") && action === "GetObject"],
      ["s3*", 378, (service) => service.startsWith("s3")],
      [
        "sagemaker:*EndpointConfig*",
        4,
        (service, action) => service === "sagemaker" && action.includes("EndpointConfig"),
      ],
      ["S3:getobject", 1, (service, action) => service === "s3" && action === "GetObject"],
      ["iam:PassRole", 1, (service, action) => service === "iam" && action === "PassRole"],
      ["nope:*", 0, () => false],
      ["nope:GetObject", 0, () => false],
      ["s3:NoSuchAction", 0, () => false],
      ["s3:NoSuch*", 0, () => false],
      ["GetObject", 0, () => false],
      ["s3", 0, () => false],
      ["s3:", 0, () => false],
      ["", 0, () => false],
      ["?", 0, () => false],
    ];
    for (const [text, count, holds] of table)
      it(`${JSON.stringify(text)}: ${count}`, () => {
        const expected = vendorActions(holds);
        assert.deepEqual(namesOf(expandAction(text)), expected);
        assert.equal(expected.length, count);
      });
    it("is what findAction finds", () => {
      assert.deepEqual(expandAction("s3:getobject"), [findAction("s3:GetObject")]);
    });
    it("answers the same again, and after many other patterns", () => {
      const first = namesOf(expandAction("rekognition:Detect*"));
      for (let index = 0; index < 6_000; index++) expandAction(`s3:none${index}`);
      assert.deepEqual(namesOf(expandAction("rekognition:Detect*")), first);
      assert.deepEqual(
        first,
        vendorActions((service, action) => service === "rekognition" && action.startsWith("Detect")),
      );
    });
  });
});
