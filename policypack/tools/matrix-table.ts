/** The table of versions in README: which ones there are, and what came of them. */

export interface MatrixRow {
  /** exact versions */
  readonly node: string;
  readonly pulumi: string;
  readonly passed: number;
  readonly failed: number;
}
const BEGIN = "<!-- matrix: npm run test:matrix -->";
const END = "<!-- /matrix -->";

/** The pinned version of `@pulumi/pulumi` on each version of Node, and the newest one, which asks for Node 22. */
export const VERSIONS: readonly Pick<MatrixRow, "node" | "pulumi">[] = [
  { node: "20.20.2", pulumi: "3.248.0" },
  { node: "22.23.3", pulumi: "3.248.0" },
  { node: "24.21.0", pulumi: "3.248.0" },
  { node: "24.21.0", pulumi: "3.276.0" },
];

const HEAD = "| Node | `@pulumi/pulumi` | tests passed | failed |\n| --- | --- | --- | --- |";

const tableOf = (rows: readonly MatrixRow[]): string =>
  [
    HEAD,
    ...rows.map(({ node, pulumi, passed, failed }) => `| ${node} | ${pulumi} | ${passed} | ${failed} |`),
  ].join("\n");

/** The section that a README without one gets, before its last. */
const SECTION = `## Versions

What the whole test suite says (\`npm run test:matrix\`) on these versions of Node, with the pinned version of Pulumi's SDK and with
the newest one:

${BEGIN}
${END}

`;
const LAST = /^## More$/m;

/** The README with this table in place of the one that it has. */
export function withTable(readme: string, rows: readonly MatrixRow[]): string {
  const marked = readme.includes(BEGIN) ? readme : readme.replace(LAST, (title) => SECTION + title);
  const [before = "", rest = ""] = marked.split(BEGIN);
  return `${before}${BEGIN}\n\n${tableOf(rows)}\n\n${END}${rest.split(END)[1] ?? ""}`;
}

/** The rows of the table in a text; what stands there stays until its row is run again. */
export const rowsIn = (text: string): readonly MatrixRow[] => {
  const [, table = ""] = text.split(BEGIN);
  const rows = (table.split(END)[0] ?? "").matchAll(
    /^\| +([\d.]+) +\| +([\d.]+) +\| +(\d+) +\| +(\d+) +\|$/gm,
  );
  return [...rows].map(([, node = "", pulumi = "", passed, failed]) => ({
    node,
    pulumi,
    passed: Number(passed),
    failed: Number(failed),
  }));
};
