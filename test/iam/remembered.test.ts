import assert from "node:assert/strict";
import { forgetAll, remembered, rememberedOfBoth, rememberedOfText } from "../../policypack/iam";

describe("iam/remembered", () => {
  it("makes the answer about an object once", () => {
    let made = 0;
    const sizeOf = remembered((list: readonly number[]) => (made++, list.length));
    const [a, b] = [[1], [1]];
    assert.deepEqual([sizeOf(a), sizeOf(a), sizeOf(b), made], [1, 1, 1, 2]);
  });
  it("remembers answers that are nothing much", () => {
    let made = 0;
    for (const answer of [0, "", false, null]) {
      const of = remembered<object, typeof answer>(() => (made++, answer));
      const key = {};
      assert.deepEqual([of(key), of(key)], [answer, answer]);
    }
    assert.equal(made, 4);
  });
  it("tells apart what either of two objects is", () => {
    let made = 0;
    const both = rememberedOfBoth((a: { n: number }, b: { n: number }) => (made++, a.n * 10 + b.n));
    const [one, two] = [{ n: 1 }, { n: 2 }];
    assert.deepEqual(
      [both(one, two), both(two, one), both(one, one), both(one, two), made],
      [12, 21, 11, 12, 3],
    );
  });
  it("forgets texts when there are too many", () => {
    const made: string[] = [];
    const of = rememberedOfText(2, (text) => (made.push(text), text.length));
    for (const text of ["a", "bb", "a", "bb", "ccc", "ccc", "a"]) assert.equal(of(text), text.length);
    assert.deepEqual(made, ["a", "bb", "ccc", "a"]);
  });
  it("forgets everything where it is told to", () => {
    let made = 0;
    const of = remembered<object, number>(() => ++made);
    const ofText = rememberedOfText(9, () => ++made);
    const key = {};
    assert.deepEqual([of(key), ofText("a"), of(key), ofText("a")], [1, 2, 1, 2]);
    forgetAll();
    assert.deepEqual([of(key), ofText("a"), of(key), ofText("a")], [3, 4, 3, 4]);
  });
});
