/** Values of condition keys for one request, made from the tests that policies have on them. */
import type { Random } from "../../test/iam/generators";
import { findConditionKey } from "../catalogue";
import { type NaiveContext, type NaiveTest, VARIABLE } from "./naive-evaluator";
import { NAMES, wildFilled } from "./sample-arns";

const EVERY_VARIABLE = new RegExp(VARIABLE, "g");
const REGIONS = ["us-east-1", "eu-central-1"];
const ACCOUNTS = ["111122223333", "123456789012"];

/** What a wildcard in a field of an ARN stands for: partition, service, region, account, and the rest. */
const FIELDS = [["arn"], ["aws"], ["s3", "ec2"], REGIONS, ACCOUNTS, [...NAMES, "", "x/name", "x:name"]];

const isPositive = ({ base, negated }: NaiveTest): boolean => base !== "null" && !negated;

export class Values {
  readonly #random: Random;
  readonly #context = new Map<string, readonly string[]>();
  /** the keys that policy variables stand for, which are decided when they are first needed */
  readonly #noted = new Map<string, boolean>();

  constructor(random: Random) {
    this.#random = random;
  }

  context(): NaiveContext {
    for (const [key, isThere] of this.#noted) if (isThere) this.#valueOf(key);
    return this.#context;
  }

  /** Says that a policy variable may be asked for: mostly it has a value. */
  note(name: string): void {
    const key = name.trim().toLowerCase();
    if (!/^[*?$]$/.test(key) && !this.#noted.has(key)) this.#noted.set(key, this.#random.chance(0.93));
  }

  /** Values with which all tests of `own` pass, as far as this is easily seen. */
  satisfy(key: string, own: readonly NaiveTest[], asked: readonly NaiveTest[]): void {
    const random = this.#random;
    const positive = own.filter(isPositive);
    const mayMiss = own.every((test) =>
      test.base === "null"
        ? /^true$/i.test(test.values[0] ?? "")
        : test.negated || test.ifExists || test.qualifier === "forallvalues",
    );
    if (mayMiss && random.chance(own.some(({ base }) => base === "null") ? 1 : 0.3))
      this.#context.delete(key);
    else if (positive.length > 0)
      this.#set(
        key,
        asked,
        this.#some(key, () => this.#accepted(random.pick(positive))),
      );
    else this.#set(key, asked, [this.#other(key, asked)]);
  }

  /** Any values, near those that are asked for. */
  choose(key: string, asked: readonly NaiveTest[]): void {
    if (this.#random.chance(0.25)) this.#context.delete(key);
    else
      this.#set(
        key,
        asked,
        this.#some(key, () => this.#other(key, asked)),
      );
  }

  /** Without policy variables: each is replaced by its value, which is decided now. */
  substituted(pattern: string): string {
    if (!pattern.includes("${")) return pattern;
    return pattern.replace(EVERY_VARIABLE, (_, name: string, fallback: string | undefined) => {
      const key = name.trim().toLowerCase();
      if (/^[*?$]$/.test(key)) return key;
      this.note(key);
      return (
        this.#context.get(key)?.[0] ?? (this.#noted.get(key) === true ? this.#valueOf(key) : fallback) ?? "x"
      );
    });
  }

  /** A text that a pattern matches. */
  filled(pattern: string): string {
    const fields = this.substituted(pattern).split(":");
    const isArn = fields[0] === "arn" && fields.length > 5;
    return fields
      .map((field, index) =>
        wildFilled(field, (isArn ? FIELDS[Math.min(index, 5)] : undefined) ?? NAMES, this.#random),
      )
      .join(":");
  }

  #valueOf(key: string): string {
    const [known] = this.#context.get(key) ?? [];
    if (known !== undefined) return known;
    const made = key.endsWith("account")
      ? this.#random.pick(ACCOUNTS)
      : this.#random.pick([key.replace(/\W+/g, "-"), "x"]);
    this.#context.set(key, [made]);
    return made;
  }

  #set(key: string, asked: readonly NaiveTest[], values: readonly string[]): void {
    // AWS does not say what it makes of several values where an operator is for one.
    const isForOne = asked.some(({ base, qualifier }) => base !== "null" && qualifier === undefined);
    this.#context.set(key, isForOne ? values.slice(0, 1) : values);
  }

  #some(key: string, make: () => string): readonly string[] {
    const isForOne = findConditionKey(key)?.multivalued === false;
    return Array.from({ length: isForOne || this.#random.chance(0.6) ? 1 : 2 }, make);
  }

  /** A value that a test accepts. */
  #accepted({ base, values }: NaiveTest): string {
    const random = this.#random;
    const text = random.pick(values);
    if (base === "stringlike" || base.startsWith("arn")) return this.filled(text);
    if (base.startsWith("numeric")) return String(Number(text) + random.pick([-1, 0, 0, 1]));
    const value = this.substituted(text);
    return base === "stringequalsignorecase" && random.chance(0.3) ? value.toUpperCase() : value;
  }

  /** A value of the key's kind, which is like one that is asked for, or not. */
  #other(key: string, asked: readonly NaiveTest[]): string {
    const random = this.#random;
    if (findConditionKey(key)?.type === "Bool" || asked.some(({ base }) => base === "bool"))
      return random.pick(["true", "false"]);
    const tests = asked.filter(({ base }) => base !== "null");
    const like = tests.length === 0 ? undefined : this.#accepted(random.pick(tests));
    if (asked.some(({ base }) => base.startsWith("numeric"))) return like ?? "0";
    const another = asked.some(({ base }) => base.startsWith("arn"))
      ? "arn:aws:iam::999988887777:role/other"
      : "other";
    if (like === undefined) return another;
    return random.pick([like, like, another, another, like.toUpperCase(), `${like}x`, like.slice(0, -1)]);
  }
}
