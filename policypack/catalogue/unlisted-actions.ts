/**
 * What the Service Authorization Reference does not list, and AWS's validation knows all the same: services that were closed
 * and their actions, actions of before a service was renewed, and some that the reference does not have yet. All of them stand
 * in policies that AWS manages today; that its validation has nothing against them is seen for some, and taken from that for the
 * rest.
 */
import { matches, parsePattern } from "../iam";
import { expandAction, findAction, knowsService, serviceOf } from "./authorization";

const CLOSED_SERVICES: ReadonlySet<string> = new Set([
  "deepcomposer",
  "deeplens",
  "deepracer",
  "iot1click",
  "iotroborunner",
  "mobilehub",
  "sagemaker-groundtruth-synthetic",
  "zocalo",
]);

const ACTIONS: Readonly<Record<string, string>> = {
  budgets: "CreateBudget DeleteBudget DescribeBudget DescribeBudgets UpdateBudget",
  cloud9: "ValidateEnvironmentName",
  cloudhsm:
    "CreateLunaClient DeleteLunaClient DescribeHapg DescribeLunaClient GetConfig ModifyHapg ModifyLunaClient",
  payments:
    "AcceptTermsAndConditionsForProgramByAccountId BatchGetPaymentProfiles CreatePaymentAttempt CreatePaymentProfile GetAcceptedTermsAndConditionsForProgramByAccountId GetAccountBalance GetDefaultPaymentProfile GetEligibleCurrencies GetPaymentAttempt GetPaymentPreferences GetPreferredCurrency GetRecommendedTermsAndConditionsForProgram ListPaymentProfiles SearchFinancialRecords SetPreferredCurrency UpdatePaymentProfile",
  qapps: "ImportDocumentToQApp ImportDocumentToQAppSession",
  "route53-recovery-control-config": "DescribeRoutingControlByName",
  securityagent:
    "BatchGetAgentInstances BatchGetSecurityTestContentMetadata BatchGetTasks CreateDocumentReview DeleteDocumentReview GetCodeReviewTask GetDocReviewTask GetDocumentReview GetDocumentReviewArtifact ListAgentInstances ListControls ListDocumentReviewComments ListDocumentReviews ListTasks StartPentestExecution StopPentestExecution",
};
const UNLISTED: readonly string[] = Object.entries(ACTIONS).flatMap(([service, names]) =>
  names.split(" ").map((name) => `${service}:${name}`.toLowerCase()),
);

/** What is known of an action, or a pattern of actions, as written in a policy. */
export type Standing = "known" | "unknown-service" | "unknown-action";

const standings = new Map<string, Standing>();

export function standingOf(action: string): Standing {
  const key = action.toLowerCase();
  if (findAction(key) !== undefined) return "known";
  const known = standings.get(key);
  if (known !== undefined) return known;
  const answer = standing(key);
  // INVARIANT: bounded, since a pack process lives as long as the stack is large.
  if (standings.size >= 5_000) standings.clear();
  standings.set(key, answer);
  return answer;
}

function standing(key: string): Standing {
  const service = serviceOf(key);
  if (CLOSED_SERVICES.has(service) || expandAction(key).length > 0) return "known";
  const pattern = parsePattern(key);
  if (UNLISTED.some((action) => matches(pattern, action))) return "known";
  return knowsService(key) || /[*?]/.test(service) ? "unknown-action" : "unknown-service";
}
