/**
 * Identity providers that serve many customers under one address, and the claims whose values tell these apart.
 *
 * "For recognized shared OpenID Connect (OIDC) identity providers (IdPs), IAM requires explicit evaluation of specific claims in
 * role trust policies": https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export interface IdentityProvider {
  /** its address without `https://`, in lower case */
  readonly issuer: RegExp;
  /** who gets a token from it */
  readonly serves: string;
  /** what a condition has to name */
  readonly tenant: string;
  /** by the name of a claim: the values that name a tenant, before any wildcard */
  readonly claims: Readonly<Record<string, RegExp>>;
  /** a claim and a value to write, with placeholders */
  readonly example: readonly [claim: string, value: string];
  /** for whom its tokens are made that are meant for AWS, where that is the same for everybody; others leave it to their customers */
  readonly audience?: string;
  readonly source: string;
}

const SHARED =
  "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html";
const SIGN_IN = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";
const FIXED = /^[^*?]+$/;
/** "Use the wildcard preceded by 6 consecutive characters": where the form of a claim is not known here. */
const SIX = /^([^*?]{6}|[^*?]+$)/;

const customers = (
  name: string,
  issuer: string,
  tenant: string,
  claims: Readonly<Record<string, RegExp>>,
  example: readonly [string, string],
): IdentityProvider => ({
  issuer: new RegExp(`^${issuer.replaceAll(".", "\\.")}$`),
  serves: `everybody who uses ${name}`,
  tenant,
  claims,
  example,
  source: SHARED,
});

/** Who signs in to an application: the application is what a condition must name. */
const signIn = (name: string, issuer: string, claims: readonly string[]): IdentityProvider => ({
  issuer: new RegExp(`^${issuer.replaceAll(".", "\\.")}$`),
  serves: `everybody who uses ${name}`,
  tenant: "the application",
  claims: Object.fromEntries(claims.map((claim) => [claim, FIXED])),
  example: [claims[0] ?? "aud", "<application-id>"],
  source: SIGN_IN,
});

/**
 * The audience of AWS STS, for which GitHub's action and the clusters of EKS ask.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
const STS = "sts.amazonaws.com";

export const SHARED_PROVIDERS: readonly IdentityProvider[] = [
  {
    ...customers(
      "GitHub",
      "token.actions.githubusercontent.com",
      "the organization",
      {
        // A workflow that is named may be called by others, so `job_workflow_ref` does not say whose job runs.
        // https://docs.github.com/en/actions/reference/security/oidc
        sub: /^([^*?]*:)?((repo|repository):[^:/*?]+\/|(repository_id|repository_owner|repository_owner_id|enterprise|enterprise_id):[^:*?]+(:|$))/,
        repository: /^[^/*?]+\//,
        repository_id: FIXED,
        repository_owner: FIXED,
        repository_owner_id: FIXED,
        enterprise: FIXED,
        enterprise_id: FIXED,
      },
      ["sub", "repo:<organization>/<repository>:ref:refs/heads/main"],
    ),
    audience: STS,
  },
  customers("GitHub", "vstoken.actions.githubusercontent.com", "the organization", { sub: SIX }, [
    "sub",
    "<subject>",
  ]),
  customers(
    "GitHub",
    "oidc-configuration.audit-log.githubusercontent.com",
    "the enterprise",
    { sub: /^https:\/\/github\.com\/[^/*?]+/ },
    ["sub", "https://github.com/<enterprise>"],
  ),
  customers("GitLab.com", "gitlab.com", "the group", { sub: /^project_path:[^/*?:]+\// }, [
    "sub",
    "project_path:<group>/<project>:ref_type:branch:ref:main",
  ]),
  customers("HCP Terraform", "app.terraform.io", "the organization", { sub: /^organization:[^:*?]+:/ }, [
    "sub",
    "organization:<organization>:project:<project>:workspace:<workspace>:run_phase:apply",
  ]),
  customers("Buildkite", "agent.buildkite.com", "the organization", { sub: /^organization:[^:*?]+:/ }, [
    "sub",
    "organization:<organization>:pipeline:<pipeline>:ref:refs/heads/main",
  ]),
  customers(
    "Pulumi Cloud",
    "api.pulumi.com/oidc",
    "the organization",
    { aud: FIXED, sub: /^[^*?]*:org:[^:*?]+(:|$)/ },
    ["sub", "pulumi:deploy:org:<organization>:project:<project>:stack:<stack>"],
  ),
  customers("Codefresh", "oidc.codefresh.io", "the account", { sub: SIX }, ["sub", "<subject>"]),
  customers("DVC Studio", "studio.datachain.ai/api", "the team", { sub: SIX }, ["sub", "<subject>"]),
  customers("Scalr", "scalr.io", "the account", { sub: SIX }, ["sub", "<subject>"]),
  customers("Shisho Cloud", "tokens.cloud.shisho.dev", "the organization", { sub: SIX }, [
    "sub",
    "<subject>",
  ]),
  customers("Upbound", "proidc.upbound.io", "the organization", { sub: /^mcp:[^/*?]+\// }, [
    "sub",
    "mcp:<organization>/<control-plane>:provider:<provider>",
  ]),
  customers("sandboxes.cloud", "sandboxes.cloud", "the audience", { aud: FIXED, sub: SIX }, [
    "aud",
    "<audience>",
  ]),
  customers(
    "Vercel",
    "oidc.vercel.com",
    "the team",
    { aud: /^https:\/\/vercel\.com\/[^/*?]+$/, sub: /^owner:[^:*?]+:/ },
    ["sub", "owner:<team>:project:<project>:environment:production"],
  ),
  signIn("Google", "accounts.google.com", ["aud", "oaud", "sub"]),
  signIn("Facebook", "graph.facebook.com", ["app_id", "id"]),
  signIn("Login with Amazon", "www.amazon.com", ["app_id", "user_id"]),
  {
    ...signIn("Amazon Cognito", "cognito-identity.amazonaws.com", ["aud", "sub"]),
    tenant: "the identity pool",
    example: ["aud", "<identity-pool-id>"],
    source: SHARED,
  },
  {
    issuer: /^oidc\.eks\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.[a-z.]+)\/id\/[0-9a-z]+$/,
    serves: "every workload of the cluster",
    tenant: "the namespace",
    claims: { sub: /^system:serviceaccount:[^:*?]+:/ },
    example: ["sub", "system:serviceaccount:<namespace>:<service-account>"],
    audience: STS,
    source: "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
  },
];

/** The shared provider of an address; undefined where its tokens are one customer's own. */
export const sharedProvider = (issuer: string): IdentityProvider | undefined =>
  SHARED_PROVIDERS.find((each) => each.issuer.test(issuer.toLowerCase()));
