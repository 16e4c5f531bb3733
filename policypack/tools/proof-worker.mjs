// Reads and proves what it is sent, in a process of its own: its memory is that of the work, not of the corpus.
// Works on the compiled pack, as users have it.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { contains, normalForm, parseDocument } = require("../dist/iam");
const { KNOWN } = require("../dist/catalogue");

const now = () => Number(process.hrtime.bigint()) / 1e6;
const timed = (work) => {
  const start = now();
  const result = work();
  return [now() - start, result];
};

process.on("message", (message) => {
  if (message === "end") {
    process.send({ peak: process.resourceUsage().maxRSS / 1024 });
    process.disconnect();
    return;
  }
  const { name, versions } = message;
  const proofs = [];
  let [read, before] = timed(() => parseDocument(versions[0]));
  for (const [index, text] of versions.slice(1).entries()) {
    const [took, after] = timed(() => parseDocument(text));
    read += took;
    for (const [title, reference, candidate] of [
      [`${index + 1} → ${index + 2}`, before, after],
      [`${index + 2} → ${index + 1}`, after, before],
    ]) {
      const [spent, { verdict, scope, reason }] = timed(() => contains([reference], [candidate], KNOWN));
      proofs.push({ name: `${name} ${title}`, took: spent, verdict, scope, reason });
    }
    before = after;
  }
  const [normalise] = timed(() => normalForm(before.document, KNOWN));
  process.send({ read, normalise, proofs, versions: versions.length });
});
