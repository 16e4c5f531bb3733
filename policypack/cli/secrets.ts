/** Secrets that a state tells never reach a report. */
import type { Finding } from "../engine";

const INSTEAD = "[secret]";

/** The finding with the texts that are secret taken out of all that it says. */
export function withoutSecrets(finding: Finding, secrets: ReadonlySet<string>): Finding {
  if (secrets.size === 0) return finding;
  // The longest first: one secret may be a part of another. A fix may hold it as JSON has it.
  const texts = [...new Set([...secrets].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]))].sort(
    (a, b) => b.length - a.length,
  );
  const clean = (text: string): string =>
    texts.reduce((said, secret) => said.replaceAll(secret, INSTEAD), text);
  const { path, sid, message, fix, data } = finding;
  return {
    ...finding,
    path: clean(path),
    ...(sid === undefined ? {} : { sid: clean(sid) }),
    message: clean(message),
    fix: clean(fix),
    data: Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        typeof value === "string" ? clean(value) : value.map(clean),
      ]),
    ),
  };
}
