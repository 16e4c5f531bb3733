import assert from "node:assert/strict";
import { findAction } from "../../policypack/catalogue";
import { type Correction, CORRECTIONS } from "../../policypack/catalogue/corrections";
import {
  compileAuthorizationData,
  corrected,
  type VendorService,
} from "../../policypack/tools/authorization";

const service: VendorService = {
  prefix: "svc",
  actions: [
    {
      name: "Do",
      accessLevel: "Write",
      resourceTypes: [
        { name: "thing", required: true, conditionKeys: ["svc:Tag/tag-key"], dependentActions: [] },
      ],
      conditionKeys: ["svc:Kind", "svc:Tag/tag-key"],
      dependentActions: ["svc:Look"],
    },
    { name: "Look", accessLevel: "Read", resourceTypes: [], conditionKeys: [], dependentActions: [] },
  ],
  resourceTypes: [
    { key: "thing", arn: "arn:${Partition}:svc:::${Name}", conditionKeys: ["svc:Tag/tag-key"] },
    { key: "other", arn: "arn:${Partition}:svc:::other/${Name}" },
  ],
  conditionKeys: [
    { key: "svc:Kind", type: "String" },
    { key: "svc:Tag/tag-key", type: "String" },
  ],
};
const apply = (what: Correction["what"], correction: Correction["correction"]): VendorService => {
  const [made] = corrected([service], [{ what, correction, source: "", why: "" }]);
  assert.ok(made);
  return made;
};

describe("catalogue/corrections", () => {
  describe("the list", () => {
    for (const { what, source, why } of CORRECTIONS)
      it("action" in what ? what.action : `${what.conditionKey} in ${what.services.join(", ")}`, () => {
        assert.match(source, /^https:\/\/docs\.aws\.amazon\.com\/\S+\.html(#\S+)?$/);
        assert.ok(why.length > 20, "no reason");
        if ("action" in what) assert.equal(findAction(what.action)?.name, what.action);
      });
  });

  describe("are applied", () => {
    it("a type", () => {
      const { conditionKeys, ...rest } = apply(
        { conditionKey: "svc:Kind", services: ["svc"] },
        { type: "ArrayOfString" },
      );
      assert.deepEqual(conditionKeys, [
        { key: "svc:Kind", type: "ArrayOfString" },
        { key: "svc:Tag/tag-key", type: "String" },
      ]);
      assert.deepEqual({ ...rest, conditionKeys: service.conditionKeys }, service);
    });
    it("a name, wherever the key stands", () => {
      const made = apply(
        { conditionKey: "svc:Tag/tag-key", services: ["svc"] },
        { name: "svc:Tag/${TagKey}" },
      );
      assert.deepEqual(
        made,
        JSON.parse(JSON.stringify(service).replaceAll("svc:Tag/tag-key", "svc:Tag/${TagKey}")),
      );
    });
    it("dependent actions, besides those that are there", () => {
      const made = apply({ action: "svc:Do" }, { dependentActions: ["iam:PassRole"] });
      assert.deepEqual(
        made.actions.map(({ dependentActions }) => dependentActions),
        [["svc:Look", "iam:PassRole"], []],
      );
    });
    it("resource types, in another order and required or not", () => {
      const thing = { name: "thing", required: true, conditionKeys: [], dependentActions: [] };
      const other = { name: "other", required: false, conditionKeys: ["svc:Kind"], dependentActions: [] };
      const before: VendorService = {
        ...service,
        actions: [
          {
            name: "Do",
            accessLevel: "Write",
            resourceTypes: [thing, other],
            conditionKeys: [],
            dependentActions: [],
          },
        ],
      };
      const [made] = corrected(
        [before],
        [
          {
            what: { action: "svc:Do" },
            correction: { resourceTypes: ["other*", "thing"] },
            source: "",
            why: "",
          },
        ],
      );
      assert.deepEqual(made?.actions[0]?.resourceTypes, [
        { ...other, required: true },
        { ...thing, required: false },
      ]);
    });
  });

  describe("fail", () => {
    const table: readonly (readonly [Correction["what"], Correction["correction"], RegExp])[] = [
      [
        { conditionKey: "svc:Kind", services: ["svc"] },
        { type: "String" },
        /svc:Kind in svc changes nothing/,
      ],
      [
        { conditionKey: "svc:None", services: ["svc"] },
        { type: "String" },
        /svc:None in svc changes nothing/,
      ],
      [
        { conditionKey: "svc:None", services: ["svc"] },
        { name: "svc:Some" },
        /svc:None in svc changes nothing/,
      ],
      [{ action: "svc:Do" }, { dependentActions: ["svc:Look"] }, /svc:Do in svc changes nothing/],
      [{ action: "svc:None" }, { dependentActions: ["svc:Look"] }, /svc:None in svc changes nothing/],
      [{ action: "none:Do" }, { dependentActions: ["svc:Look"] }, /there is no service none/],
      [{ action: "svc:Do" }, { type: "String" }, /an action has no type/],
      [{ action: "svc:Do" }, { resourceTypes: ["thing*"] }, /svc:Do in svc changes nothing/],
      [{ action: "svc:Do" }, { resourceTypes: ["other"] }, /Do has no resource type other/],
      [{ conditionKey: "svc:Kind", services: ["svc"] }, { resourceTypes: [] }, /has no resourceTypes/],
      [{ conditionKey: "svc:Kind", services: ["svc"] }, { dependentActions: [] }, /has no dependentActions/],
      // Each of the services must still need it.
      [{ conditionKey: "svc:Kind", services: ["svc", "none"] }, { type: "Bool" }, /there is no service none/],
    ];
    for (const [what, correction, message] of table)
      it(`${JSON.stringify(what)} ${JSON.stringify(correction)}`, () => {
        assert.throws(() => apply(what, correction), message);
      });
    it("the compiler, of a correction that the vendor has made", () => {
      for (const entry of [CORRECTIONS[0], CORRECTIONS.at(-1)]) {
        assert.ok(entry);
        assert.throws(() => compileAuthorizationData([...CORRECTIONS, entry]), /changes nothing any more/);
      }
    });
  });
});
