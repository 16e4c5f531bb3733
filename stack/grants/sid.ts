// IAM states no limit for a Sid, but every character counts towards the document's.
const MAX_LENGTH = 64;

/**
 * Names a statement after what it grants and on what: `s3.read` and `s3.write` on `photos` → `S3ReadWritePhotos`.
 *
 * @param capabilities Ids of the form `service.verb`.
 * @param target Names of what is granted on; may be empty.
 * @returns Letters and digits of ASCII, all that IAM takes in a Sid.
 */
export function readableSid(capabilities: readonly string[], target: readonly string[]): string {
  let lastService = "";
  const verbs = capabilities.flatMap((id) => {
    const [service = "", ...verb] = id.split(".");
    const words = service === lastService ? verb : [service, ...verb];
    lastService = service;
    return words;
  });
  const words = [...verbs, ...target].flatMap((text) => text.split(/[^A-Za-z0-9]+/));
  return words
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("")
    .slice(0, MAX_LENGTH);
}

/**
 * Names each item, with a number where its name is taken: IAM refuses a document that has one Sid twice.
 *
 * @param items What to name, in the order of the statements.
 * @param nameOf The name that an item should have.
 * @param reserved Names that other statements of the document have already.
 * @returns The items in the same order, no two with one name.
 */
export function nameUniquely<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  reserved: readonly string[],
): readonly (readonly [sid: string, item: Item])[] {
  const wanted = new Set(items.map(nameOf));
  const used = new Set(reserved);
  return items.map((item) => {
    const name = nameOf(item);
    let sid = name;
    for (let number = 2; used.has(sid) || (sid !== name && wanted.has(sid)); number += 1)
      sid = `${name}${number}`;
    used.add(sid);
    return [sid, item];
  });
}
