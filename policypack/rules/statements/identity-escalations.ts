/** What the identities of a stack reach: by all their policies together, within their boundary, and as far as targets are known. */
import { awsManagedPolicy, KNOWN, type Reach, typesOfStep } from "../../catalogue";
import {
  type Attachment,
  forCertain,
  type Identity,
  type Stack,
  type StackDocument,
  type StackViolation,
} from "../../engine";
import {
  type Budget,
  contains,
  type Grantors,
  isAboutAction,
  matches,
  parsePattern,
  type Pattern,
  type Statement,
} from "../../iam";
import {
  type Certainty,
  certaintyOf,
  dataOf,
  narrowerThan,
  type Opened,
  openedBy,
} from "./escalation-findings";
import { effort, type Escalation, escalationsOf, isOpenTo, type Step } from "./escalations";

/** Somebody who may be on a path: an identity, or a document that nobody in the stack has. */
interface Holder {
  readonly identity: Identity | undefined;
  readonly documents: readonly StackDocument[];
  readonly grantors: Grantors;
  /** whether there is a boundary of which nobody here knows what it allows */
  readonly isLimitUnknown: boolean;
  /** how much work is left on what it reaches */
  readonly left: Budget;
  /** what others hold that it may reach, as far as that has been asked */
  readonly holdings: Map<Holder, Holding>;
}

/** What a role or user that is reached holds, beside what the one who reaches it holds already. */
type Holding = "everything" | "more" | "no more";

const statementsOf = (documents: readonly StackDocument[]): readonly Statement[] =>
  documents.flatMap(({ reading }) => forCertain(reading).document.statements);

/** What the identities of a stack open, each statement once, with those who have it. */
export function* violationsIn(
  stack: Stack,
  certainty: Certainty,
): Generator<StackViolation<"path" | "paths">> {
  const holders = holdersIn(stack);
  const said = new Map<
    Statement,
    { readonly opened: Opened; readonly holders: Holder[]; readonly target: string | undefined }
  >();
  for (const holder of holders) {
    const targets = new Map<Escalation, string>();
    const judge = (escalation: Escalation): Certainty | undefined => {
      const { certainty: found, target } = judged(escalation, holder, holders);
      if (target !== undefined) targets.set(escalation, target);
      return holder.isLimitUnknown && found === "certain" ? "possible" : found;
    };
    for (const opened of openedBy(escalationsOf(holder.grantors, holder.left), certainty, judge)) {
      const known = said.get(opened.statement);
      if (known === undefined)
        said.set(opened.statement, { opened, holders: [holder], target: targets.get(opened.shortest) });
      else known.holders.push(holder);
    }
  }
  const documents = new Map(holders.flatMap((holder) => holder.documents.flatMap(placesIn)));
  for (const [statement, { opened, holders: whose, target }] of said) {
    const document = documents.get(statement);
    if (document === undefined) continue;
    const placeOf = (step: Step): string | undefined => placeWords(step.statement, statement, documents);
    const names = whose.flatMap(({ identity }) =>
      identity === undefined ? [] : [`${identity.kind} ${identity.resource.name}`],
    );
    yield {
      message: opened.others.length === 0 ? "path" : "paths",
      subject: document.subject,
      path: statement.path,
      sid: statement.sid,
      data: {
        ...dataOf(opened, placeOf, target),
        who: names.length === 0 ? "whoever has this policy" : names.map((name) => `\`${name}\``).join(", "),
      },
      fix: narrowerThan(opened),
    };
  }
}

const placesIn = (document: StackDocument): readonly (readonly [Statement, StackDocument])[] =>
  document.reading.document.statements.map((statement) => [statement, document] as const);

function placeWords(
  statement: Statement,
  key: Statement,
  documents: ReadonlyMap<Statement, StackDocument>,
): string | undefined {
  if (statement === key) return undefined;
  const [own, other] = [documents.get(key), documents.get(statement)];
  return own === other
    ? `\`${statement.path}\``
    : `\`${statement.path}\` of \`${other?.subject.name ?? ""}\``;
}

function holdersIn({ identities, managedPolicies, loose }: Stack): readonly Holder[] {
  const byUrn = new Map(identities.map((identity) => [identity.resource.urn, identity]));
  const held = identities.map((identity): Holder => {
    const groups = identity.groups.flatMap(({ group }) =>
      group.kind === "identity" ? (byUrn.get(group.urn) ?? []) : [],
    );
    const documents = [...new Set([identity, ...groups].flatMap(documentsOf))];
    const { boundary } = identity;
    const limit = boundary === undefined ? undefined : limitOf(boundary);
    return {
      identity,
      documents,
      grantors: {
        statements: statementsOf(documents),
        boundary: limit === undefined ? undefined : statementsOf([limit]),
      },
      isLimitUnknown: boundary !== undefined && limit === undefined,
      left: effort(),
      holdings: new Map(),
    };
  });
  const attached = new Set(held.flatMap(({ documents }) => documents));
  const others = [
    ...managedPolicies.map(({ document }) => document),
    ...loose.flatMap(({ policy, as }) =>
      policy.kind === "inline" && as === "policy" ? policy.document : [],
    ),
  ].filter((document) => !attached.has(document) && !isBoundary(document, identities));
  return [...held, ...[...new Set(others)].map(holderOf)];
}

/** The document of a boundary, where all of it is known. */
function limitOf({ policy }: Attachment): StackDocument | undefined {
  if (policy.kind !== "managed") return undefined;
  const { document } = policy.policy;
  return document.reading.unknown.length + document.reading.problems.length > 0 ? undefined : document;
}

const holderOf = (document: StackDocument): Holder => ({
  identity: undefined,
  documents: [document],
  grantors: { statements: statementsOf([document]), boundary: undefined },
  isLimitUnknown: false,
  left: effort(),
  holdings: new Map(),
});

const isBoundary = (document: StackDocument, identities: readonly Identity[]): boolean =>
  document.kind === "boundary" ||
  identities.some(
    ({ boundary }) => boundary?.policy.kind === "managed" && boundary.policy.policy.document === document,
  );

const documentsOf = ({ policies }: Identity): readonly StackDocument[] =>
  policies.flatMap(({ policy }) =>
    policy.kind === "inline" ? policy.document : policy.kind === "managed" ? policy.policy.document : [],
  );

interface Judgement {
  readonly certainty: Certainty | undefined;
  /** the words for what is reached, where that stands in the stack */
  readonly target?: string;
}

/** What does not hang on the identities of the stack. */
const SETTLED: ReadonlySet<Reach> = new Set(["existing role", "new principal"]);

/** How sure it is that a path leads on, by what is known of its end. */
function judged(escalation: Escalation, holder: Holder, holders: readonly Holder[]): Judgement {
  const { path, extent } = escalation;
  const certainty = certaintyOf(escalation);
  const kind = typesOfStep(path.actions[0])[0]?.name;
  if (extent === "any" && path.reach === "own permissions" && isOther(holder, kind))
    return { certainty: "possible", target: `any ${kind ?? ""}` };
  if (extent === "any" || extent === "own" || SETTLED.has(path.reach)) return { certainty };
  const opens = (form: Pattern): boolean => isOpenTo(holder.grantors, path, form, holder.left);
  if (path.reach === "own permissions")
    return { certainty: ownForms(holder, path.actions[0]).some(opens) ? "certain" : certainty };
  const isReached = (identity: Identity): boolean =>
    identity.kind === kind && formsOf(identity).some(opens) && trusts(identity, path.services);
  const reached = holders.filter(({ identity }) => identity !== undefined && isReached(identity));
  // One's own credentials, and one's own role passed on, are no more than one has.
  const others = reached.filter((each) => each !== holder);
  const holdings = others.map((each) => ({ each, holding: holdingOf(each, holder) }));
  const wanted =
    holdings.find(({ holding }) => holding === "everything") ??
    holdings.find(({ holding }) => holding === "more");
  if (wanted === undefined)
    return { certainty: extent === "one" && reached.length > 0 ? undefined : certainty };
  const { identity } = wanted.each;
  const isAdministrator = wanted.holding === "everything" && path.use === "code";
  return {
    certainty: isAdministrator ? "certain" : "possible",
    target: `the ${identity?.kind ?? ""} \`${identity?.resource.name ?? ""}\`, which may do ${wanted.holding === "everything" ? "anything" : "what it may not"}`,
  };
}

/** Whether a path changes what identities of another kind may do: a role is no user, and in no group. */
const isOther = ({ identity }: Holder, type: string | undefined): boolean =>
  identity?.kind === "user" || identity?.kind === "group"
    ? type === "role"
    : identity !== undefined && (type === "user" || type === "group");

/** The ARNs of an identity, as far as they are known. */
function formsOf({ kind, name, resource: { properties } }: Identity): readonly Pattern[] {
  const { arn, path } = properties;
  if (typeof arn === "string") return [parsePattern(arn)];
  const folder = typeof path === "string" ? path : "/";
  return name === undefined ? [] : [parsePattern(`arn:aws*:iam::????????????:${kind}${folder}${name}`)];
}

/** The ARNs of what says what a holder may do: itself, its policies, its groups. */
function ownForms({ identity }: Holder, action: string): readonly Pattern[] {
  if (identity === undefined) return [];
  const type = typesOfStep(action)[0]?.name;
  if (type === identity.kind) return formsOf(identity);
  if (type !== "policy") return [];
  return identity.policies.flatMap(({ policy }) => {
    if (policy.kind === "foreign") return [parsePattern(policy.arn)];
    if (policy.kind !== "managed") return [];
    const { arn, name, path } = policy.policy.resource.properties;
    if (typeof arn === "string") return [parsePattern(arn)];
    const folder = typeof path === "string" ? path : "/";
    return typeof name === "string"
      ? [parsePattern(`arn:aws*:iam::????????????:policy${folder}${name}`)]
      : [];
  });
}

/** Whether one of the services may assume a role; where no service is to receive it, its trust policy does not matter. */
function trusts({ trust }: Identity, services: readonly string[]): boolean {
  if (services.length === 0 || trust === undefined) return true;
  const { document, unknown } = trust.reading;
  if (unknown.length > 0) return true;
  const about = document.statements.filter((each) => isAboutAction(each, "sts:assumerole"));
  const names = (statement: Statement, service: string): boolean =>
    statement.principals !== undefined &&
    statement.principals.entries.some(({ pattern }) => matches(pattern, `Service:${service}`)) !==
      statement.principals.negated;
  return services.some(
    (service) =>
      about.some((each) => each.effect === "Allow" && names(each, service)) &&
      !about.some((each) => each.effect === "Deny" && !each.conditional && names(each, service)),
  );
}

/** What is held by somebody that somebody else reaches: the same on all paths between the two. */
function holdingOf(reached: Holder, by: Holder): Holding {
  const holding = by.holdings.get(reached) ?? holdingBeside(reached, by);
  by.holdings.set(reached, holding);
  return holding;
}

function holdingBeside({ identity, documents, grantors }: Holder, by: Holder): Holding {
  const foreign = (identity?.policies ?? []).flatMap(({ policy }) =>
    policy.kind === "foreign" ? policy.arn : policy.kind === "unknown" ? "" : [],
  );
  const isEverything = foreign.some((arn) => awsManagedPolicy(arn)?.everything === true);
  if (isEverything && identity?.boundary === undefined) return "everything";
  if (openedBy(escalationsOf(grantors), "certain").length > 0) return "everything";
  if (foreign.length > 0) return "more";
  const readings = documents
    .map(({ reading }) => reading)
    .filter(({ document }) => document.statements.length > 0);
  if (readings.length === 0) return "no more";
  const own = by.documents.map(({ reading }) => reading);
  return contains(own, readings, KNOWN).verdict === "contained" ? "no more" : "more";
}
