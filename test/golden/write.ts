/** `npm run golden`: writes the files of this folder anew, from what the program and the pack say now. Read the difference. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";

import { run } from "../cli/run";
import { EXAMPLES, goldenOf, startPack } from "../stack/examples";
import { rulesPage } from "../stack/widened-rules";

const settle = async (name: string, text: string): Promise<void> => {
  const file = join(__dirname, name);
  mkdirSync(join(file, ".."), { recursive: true });
  const options = await prettier.resolveConfig(file);
  writeFileSync(
    file,
    name.endsWith(".json") ? await prettier.format(text, { ...options, filepath: file }) : text,
  );
};

async function main(): Promise<void> {
  const pack = await startPack();
  try {
    for (const example of EXAMPLES)
      await settle(`stacks/${example}.json`, await goldenOf(example, "update", pack));
  } finally {
    pack.stop();
  }
  await settle("widened.txt", rulesPage());
  for (const stack of ["dev", "overbroad"])
    await settle(`preview-${stack}.txt`, run(["preview", "--stack", stack]).stdout);
}

void main();
