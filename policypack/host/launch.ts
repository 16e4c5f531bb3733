/** How a policy pack is started: as the Node language host starts a folder, or as the engine starts a file. */
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { HostFailure } from "./failure";

/** The engine's address comes first. A pack of Node never calls back, so there is none. */
const ENGINE = "127.0.0.1:0";

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

function launchOfFolder(folder: string): Launch {
  try {
    const runner = createRequire(join(folder, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
    return { command: process.execPath, args: [runner, ENGINE, folder], cwd: folder };
  } catch {
    throw new HostFailure(`${folder} is no policy pack, or its dependencies are not installed`);
  }
}

/** A file of Node is run by this one: not every system knows `#!`. */
const launchOfFile = (file: string): Launch =>
  file.endsWith(".cjs")
    ? { command: process.execPath, args: [file, ENGINE], cwd: dirname(file) }
    : { command: file, args: [ENGINE], cwd: dirname(file) };

/** @throws {@link HostFailure} when there is no pack at the path */
export function launchOf(path: string): Launch {
  if (!existsSync(path)) throw new HostFailure(`there is no folder ${path}`);
  return statSync(path).isDirectory() ? launchOfFolder(path) : launchOfFile(path);
}
