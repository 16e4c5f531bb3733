import { AiWorkflow } from "./components/ai-workflow";
import { loadDescription } from "./config";

const workflow = new AiWorkflow("ai", loadDescription());

/** The ARN of the workflow's managed policy. */
export const aiWorkflowPolicyArn = workflow.policyArn;

/** The ARN of the workflow's execution role. */
export const aiWorkflowRoleArn = workflow.roleArn;
