import { CALLING_SERVICES, type Caller, type Description, GENERATED, NONE } from "../description";
import { mismatch, printable } from "./message";
import { matching, ROLE } from "./names";
import { names, readStatements, readTargets } from "./parts";
import { choice, isObject, json, list, object, optional, type Read, text } from "./readers";

const CALLER = "an object with `trustedServices`, `trustedRoles`, `attachTo` or `statements`";
const NAMES = "an object with `executionRole` or `callerRole`";
const TAGS = "an object of at most 40 tags";

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
export const PATH = matching(
  /^(?=.{1,512}$)\/(?:[\w+=,.@-]+\/)*$/,
  "a path that starts and ends with `/`, such as `/ai-workflows/`, of at most 512 characters",
);
const ROLE_WITH_PATH = matching(
  /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/,
  "the name of a role, with its path if it has one: `ci/deployer`",
);
const BOUNDARY = matching(
  new RegExp(
    `^(?:${GENERATED}|${NONE}|arn:(?:aws|aws-cn|aws-us-gov):iam::(?:\\d{12}|aws):policy/[\\w+=,.@/-]+)$`,
  ),
  `\`${GENERATED}\`, \`${NONE}\` or the ARN of a managed policy`,
);
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
const TAG_NAME = matching(
  /^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u,
  "the name of a tag: 1 to 128 letters, digits, spaces and `_.:/=+@-`",
);
const TAG_VALUE = matching(
  /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u,
  "the value of a tag: at most 256 letters, digits, spaces and `_.:/=+@-`",
);
/** Tags that the component sets itself. */
const OWN_TAGS = ["Project", "Stack", "Workflow"];

/** Reads `caller`: who starts the workflow. */
export const readCaller: Read<Caller> = json(CALLER, (path, value, report) => {
  const fields =
    optional(object(CALLER, ["trustedServices", "trustedRoles", "attachTo", "statements"]), {})(
      path,
      value,
      report,
    ) ?? {};
  const asItIs = (name: string) => name;
  return {
    trustedServices: list("a list of services", choice(CALLING_SERVICES), asItIs)(
      `${path}.trustedServices`,
      fields["trustedServices"],
      report,
    ),
    trustedRoles: names("a list of roles", ROLE_WITH_PATH)(
      `${path}.trustedRoles`,
      fields["trustedRoles"],
      report,
    ),
    attachTo: readTargets(`${path}.attachTo`, fields["attachTo"], report),
    statements: readStatements(`${path}.statements`, fields["statements"], report),
  };
});

/** Reads `names`: the names of the roles. */
export const readNames: Read<Description["names"]> = json(NAMES, (path, value, report) => {
  const fields = optional(object(NAMES, ["executionRole", "callerRole"]), {})(path, value, report) ?? {};
  const read = (name: string) => optional(text(ROLE), undefined)(`${path}.${name}`, fields[name], report);
  const [executionRole, callerRole] = [read("executionRole"), read("callerRole")];
  return {
    ...(executionRole !== undefined && { executionRole }),
    ...(callerRole !== undefined && { callerRole }),
  };
});

/** Reads `tags`; IAM takes 50, and some are the stack's own and the provider's. It does not tell names apart by case. */
export const readTags: Read<Description["tags"]> = json(TAGS, (path, value, report) => {
  if (value === undefined) return {};
  if (!isObject(value) || Object.keys(value).length > 40) {
    report(mismatch(path, value, TAGS));
    return {};
  }
  const names = Object.keys(value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one], index) => {
      const at = `${path}.${printable(name)}`;
      const isSame = (other: string) => other.toLowerCase() === name.toLowerCase();
      const own = OWN_TAGS.find(isSame);
      const earlier = names.slice(0, index).find(isSame);
      if (/^aws:/i.test(name)) report(mismatch(at, name, "a tag that does not begin with `aws:`"));
      if (own !== undefined) report(mismatch(at, name, `another name: \`${own}\` is set by the component`));
      if (earlier !== undefined)
        report(mismatch(at, name, `it once, it is in ${path}.${printable(earlier)}`));
      text(TAG_NAME)(at, name, report);
      const read = one === "" ? "" : text(TAG_VALUE)(at, one, report);
      return read === undefined ? [] : [[name, read]];
    }),
  );
});

/** Reads `boundary`. */
export const readBoundary: Read<string | undefined> = optional(text(BOUNDARY), GENERATED);

/** Reads `sessionDuration`: Pulumi keeps a number as text. */
export const readSessionDuration: Read<number | undefined> = (path, value, report) => {
  if (value === undefined) return undefined;
  const seconds = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds === "number" && Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43_200)
    return seconds;
  report(mismatch(path, value, "a number of seconds from 3600 to 43200"));
  return undefined;
};
