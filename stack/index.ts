import { AiWorkflow } from "./components/ai-workflow";
import { loadDescription } from "./config";

const { policyArn, roleArn, callerRoleArn, explanation } = new AiWorkflow("ai", loadDescription());

// Not `export const`: Pulumi warns of an output that has no value.
export = {
  /** The ARN of the workflow's managed policy. */
  ...(policyArn && { aiWorkflowPolicyArn: policyArn }),
  /** The ARN of the workflow's execution role. */
  ...(roleArn && { aiWorkflowRoleArn: roleArn }),
  /** The ARN of the role of whoever starts the workflow, where there is one. */
  ...(callerRoleArn && { aiWorkflowCallerRoleArn: callerRoleArn }),
  /** Why each statement is there: its capabilities, their reason and source. */
  aiWorkflowExplanation: explanation,
};
