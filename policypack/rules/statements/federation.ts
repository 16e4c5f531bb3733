/** The identity providers that a statement of a trust policy lets sign in, and what their tokens must say. */
import { KNOWN, sharedProvider, type IdentityProvider } from "../../catalogue";
import type { Judged } from "../../engine";
import {
  type Binding,
  type Budget,
  isAboutAction,
  isBound,
  literal,
  neededValues,
  parsePattern,
  type Selection,
  type Statement,
  type Test,
  testsToPass,
} from "../../iam";
import { aloneOf } from "./certain";
import { namedIn } from "./principals";

const ACTIONS = { oidc: "sts:assumerolewithwebidentity", saml: "sts:assumerolewithsaml" } as const;

export interface Federation {
  readonly type: keyof typeof ACTIONS;
  /** the address without `https://`; for SAML the ARN of the provider; empty where it is not known */
  readonly issuer: string;
  readonly path: string;
  readonly shared: IdentityProvider | undefined;
  /** whether all that the provider may do passes a test that binds */
  readonly isBound: (binds: (test: Test) => boolean) => Binding["bound"];
  /** the statement's tests on the provider's own claims */
  readonly claims: readonly Test[];
  /** those, and the opposites of what denials test of them: a request must pass each, unless it is another that is denied */
  readonly asked: readonly Test[];
  /** whether the statement lets nobody else */
  readonly only: boolean;
}

/** `arn:aws:iam::123456789012:oidc-provider/example.com` → `example.com` */
const OIDC = /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(.+)$/;
const SAML = /^arn:[\w-]+:iam::\d{12}:saml-provider\/.+$/;
/** A key of a provider: `example.com/id/x:sub`; those of AWS's own services have no dot before the colon. */
const CLAIM = /^([^:]+\.[^:]+):[^:]+$/;

/** The address of an OIDC provider. */
export const issuerOf = (text: string): string => OIDC.exec(text)?.[1] ?? text;

/** The providers of a statement that it lets sign in for certain. */
export function federationsOf(judged: Judged, statement: Statement, left: Budget): readonly Federation[] {
  const { principals, effect, condition } = statement;
  if (effect !== "Allow" || principals?.negated !== false) return [];
  const named = namedIn(principals);
  const known = named
    .filter(({ kind }) => kind === "Federated")
    .map(({ text, path, selection }) => ({ text, path, selection }));
  const found = [
    ...known,
    ...(principals.partial && !isDenying(judged) ? unknownProviders(statement, principals) : []),
  ];
  return found.flatMap(({ text, path, selection }) => {
    const type = SAML.test(text) ? "saml" : "oidc";
    const issuer = type === "saml" ? text : issuerOf(text);
    if (!isAboutAction(statement, ACTIONS[type])) return [];
    const alone = aloneOf(judged, withAction(statement, ACTIONS[type]), selection);
    if (alone === undefined) return [];
    const start = type === "saml" ? "saml:" : `${issuer.toLowerCase()}:`;
    const isClaim = ({ key }: Test): boolean => issuer !== "" && key.startsWith(start);
    return [
      {
        type,
        issuer,
        path,
        shared: type === "saml" ? undefined : sharedProvider(issuer),
        isBound: (binds) => isBound([alone], binds, KNOWN, [], left).bound,
        claims: condition.tests.filter(isClaim),
        asked: alone.document.statements.flatMap(testsToPass).filter(isClaim),
        only: named.length === 1 && !principals.partial,
      } satisfies Federation,
    ];
  });
}

/** Whether something is denied: perhaps to whoever is not known yet. */
const isDenying = ({ document }: Judged): boolean =>
  document.statements.some(({ effect }) => effect === "Deny");

/** A provider that is not known yet is the one that the condition speaks of; it may also speak of none. */
function unknownProviders(
  statement: Statement,
  { path }: Selection,
): readonly { readonly text: string; readonly path: string; readonly selection: Selection }[] {
  const issuers = new Set(statement.condition.tests.flatMap(({ key }) => CLAIM.exec(key)?.[1] ?? []));
  const isFederated = statement.actions.entries.every(({ text }) => text.toLowerCase() === ACTIONS.oidc);
  const texts = issuers.size > 0 ? [...issuers] : isFederated && !statement.actions.negated ? [""] : [];
  return texts.map((text) => {
    const entry = { text, path, pattern: literal(`Federated:${text}`) };
    return { text, path, selection: { negated: false, path, entries: [entry], partial: false } };
  });
}

function withAction(statement: Statement, action: string): Statement {
  const { path } = statement.actions;
  const entries = [{ text: action, path, pattern: parsePattern(action) }];
  return { ...statement, actions: { negated: false, path, entries, partial: false } };
}

/** The name of the claim that a test on a provider's key is about: `sub`. */
export const claimOf = ({ key }: Test): string => key.slice(key.lastIndexOf(":") + 1);

/** Whether a test is on a provider's claim, and only values of a form pass it. */
export const asks = (test: Test, issuer: string, claim: string, form: RegExp): boolean =>
  test.key === `${issuer.toLowerCase()}:${claim}` &&
  (neededValues(test)?.every((value) => form.test(value)) ?? false);
