/**
 * What the CLI printed of an update, without what differs from one run to the next: progress, whose lines come as they come,
 * and where the pack was started from.
 */
export function transcriptOf(printed: string): string {
  const [, update = ""] = /^(Updating \(.*?)\n+ err\?:/ms.exec(printed) ?? [];
  const lines = update
    .split("\n")
    .filter((line) => !/^(@ |Loading policy packs| \+ | +pulumi:pulumi:Stack )/.test(line) && line !== "");
  return `${lines.join("\n").replace(/\(local: [^)]*\)/, "(local: policypack)")}\n`;
}
