/** Functions that work each answer out once. What they are asked about is immutable, so that an answer stays true. */

/** What can be remembered: `undefined` says that nothing is. */
type Something = object | string | number | boolean | null;

/** Grows with each time that everything is forgotten. */
let generation = 0;

/** Forgets every answer: those of the code as it was, once it has been changed under a running test. */
export function forgetAll(): void {
  generation++;
}

/** A function of an object, which remembers its answers for as long as the objects live. */
export function remembered<Key extends object, Answer extends Something>(
  make: (key: Key) => Answer,
): (key: Key) => Answer {
  let answers = new WeakMap<Key, Answer>();
  let begun = generation;
  return (key) => {
    if (begun !== generation) [answers, begun] = [new WeakMap<Key, Answer>(), generation];
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = make(key);
    answers.set(key, answer);
    return answer;
  };
}

/** The same of two objects. */
export function rememberedOfBoth<A extends object, B extends object, Answer extends Something>(
  make: (a: A, b: B) => Answer,
): (a: A, b: B) => Answer {
  const byFirst = remembered((a: A) => remembered((b: B) => make(a, b)));
  return (a, b) => byFirst(a)(b);
}

/**
 * A function of a text, which remembers its answers.
 *
 * @param most - how many: a pack process lives as long as the stack is large, and a document may make up texts
 */
export function rememberedOfText<Answer extends Something>(
  most: number,
  make: (text: string) => Answer,
): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  let begun = generation;
  return (text) => {
    if (begun !== generation) answers.clear();
    begun = generation;
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = make(text);
    if (answers.size >= most) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
