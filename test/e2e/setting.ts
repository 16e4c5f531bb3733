/** What all scenarios share: the account, the CLI, and the ways to start the pack. */
import { rmSync } from "node:fs";
import type { Stack } from "@pulumi/pulumi/automation";
import { Account } from "./account";
import { asFromFolder, EXECUTABLE, type Finding, FOLDER, Pulumi } from "./pulumi";
import { installedNodeHost, pulumiCli } from "./tools";

export let account: Account;
export let pulumi: Pulumi;
const undo: (() => void)[] = [];

before(async function () {
  this.timeout(3_600_000); // the first time, the CLI is built
  const cli = pulumiCli(); // before anything is started: it may be that there is none
  account = await Account.start();
  undo.push(() => {
    account.stop();
  });
  pulumi = await Pulumi.on(account, cli);
  undo.push(() => {
    rmSync(pulumi.folder, { recursive: true });
  });
  process.stderr.write(`Pulumi ${cli.version}\n`);
});
after(function () {
  this.timeout(60_000); // there is much to be removed
  for (const step of undo) step();
});

const hosted = installedNodeHost() !== undefined;
if (!hosted)
  process.stderr.write(
    "pulumi-language-nodejs is not on PATH: the pack's folder is started without it, as it would start it\n",
  );

/** Each way to start the pack; the plain folder only where Pulumi's Node language host is. */
export const ROUTES: readonly (readonly [string, () => string])[] = [
  ["as an executable", () => EXECUTABLE],
  ["as from its folder", () => asFromFolder(pulumi.folder)],
  ...(hosted ? ([["from its folder, by the language host", () => FOLDER]] as const) : []),
];

let names = 0;
export const unusedName = (): string => `e2e-${++names}`;

/** A project of its own for each scenario, and an account with nothing in it. */
export async function fresh(
  program: Parameters<Pulumi["inline"]>[1],
): Promise<{ readonly name: string; readonly stack: Stack }> {
  await account.clear();
  const name = unusedName();
  return { name, stack: await pulumi.inline(name, program) };
}

/** Rule and level of what is found in the policy of the programs. */
export const ofPolicy = (findings: readonly Finding[]): readonly (readonly [string, string])[] =>
  findings.filter(({ resource }) => resource === "policy").map(({ policy, level }) => [policy, level]);
