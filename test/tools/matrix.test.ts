/** The table of versions: what it names is what is pinned, and README shows it as it was written. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MatrixRow, rowsIn, VERSIONS, withTable } from "../../policypack/tools/matrix-table";
import { ROOT } from "../cli/run";

const ROWS: readonly MatrixRow[] = VERSIONS.map((versions, index) => ({
  ...versions,
  passed: 100 + index,
  failed: index,
}));

describe("the table of versions", () => {
  it("is of the pinned version of Pulumi's SDK on Node 20, 22 and 24, and of a newer one", () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    const pinned = VERSIONS.filter(({ pulumi }) => pulumi === dependencies["@pulumi/pulumi"]);
    assert.deepEqual(
      pinned.map(({ node }) => node.split(".")[0]),
      ["20", "22", "24"],
    );
    assert.equal(VERSIONS.length, pinned.length + 1);
  });
  it("is read as it is written, and takes the place of an earlier one", () => {
    const first = withTable("# X\n\n## More\n\ntext\n", ROWS.slice(1));
    assert.deepEqual(rowsIn(first), ROWS.slice(1));
    const second = withTable(first, ROWS);
    assert.deepEqual(rowsIn(second), ROWS);
    assert.equal(second.split("## Versions").length, 2);
    assert.ok(second.endsWith("\n\n## More\n\ntext\n"));
  });
  it("shows in README no version that is not pinned, and none with a failed test", () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    for (const { node, pulumi, passed, failed } of rowsIn(readme)) {
      assert.ok(
        VERSIONS.some((versions) => versions.node === node && versions.pulumi === pulumi),
        node,
      );
      assert.deepEqual([passed > 0, failed], [true, 0], `${node} ${pulumi}`);
    }
    assert.equal(readme.includes("npm run test:matrix"), rowsIn(readme).length > 0);
  });
});
