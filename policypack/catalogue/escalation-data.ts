/**
 * The escalation paths that are published, as data: facts from DataDog's pathfinding.cloud (Apache-2.0) and from Prowler's
 * list (Apache-2.0).
 */

/** What can be made of a role that is reached: code of one's own runs with it, or a service makes certain calls with it. */
export type Use = "code" | "calls";

/** Paths that have a source in common; each is its actions with spaces between, the one that chooses what is reached first. */
export interface PathGroup {
  /** the services that may receive the role, where one is passed; `iam:PassRole` is then left out of the paths */
  readonly services?: readonly string[];
  /** `code` without */
  readonly use?: Use;
  /** `{call}` is the name of the first action */
  readonly source: string;
  readonly paths: readonly string[];
}

const PATHFINDING = "https://github.com/DataDog/pathfinding.cloud";
const PROWLER =
  "https://github.com/prowler-cloud/prowler/blob/master/prowler/providers/aws/services/iam/lib/privilege_escalation.py";

const POLICY_WRITES = ["iam:CreatePolicy", "iam:CreatePolicyVersion"];
const BOUNDARY_LIFTS = ["iam:Delete*PermissionsBoundary", "iam:Put*PermissionsBoundary"];
const PERMISSIONS = [
  "iam:Put*Policy",
  "iam:Attach*Policy",
  ...POLICY_WRITES.map((writes) => `iam:Attach*Policy ${writes}`),
];
/** The names of actions for roles, users or groups. */
const ofKind = (actions: string, kind: "Role" | "User" | "Group"): string => actions.replaceAll("*", kind);

export const OWN_PERMISSIONS: readonly PathGroup[] = [
  {
    source: PATHFINDING,
    paths: [
      "iam:CreatePolicyVersion",
      "iam:PutRolePolicy",
      "iam:PutUserPolicy",
      "iam:PutGroupPolicy",
      "iam:AttachRolePolicy",
      "iam:AttachUserPolicy",
      "iam:AttachGroupPolicy",
      "iam:AddUserToGroup",
    ],
  },
  { source: PROWLER, paths: ["iam:SetDefaultPolicyVersion"] },
  // A boundary that may be taken off, or be replaced, binds nobody: first the policy is given, then the boundary taken.
  {
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    paths: (["Role", "User"] as const).flatMap((kind) =>
      ["iam:Put*Policy", "iam:Attach*Policy"].flatMap((gives) =>
        BOUNDARY_LIFTS.map((lifts) => ofKind(`${lifts} ${gives}`, kind)),
      ),
    ),
  },
  // Where only certain policies may be attached, one of them may be written first.
  {
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    paths: (["Role", "User", "Group"] as const).flatMap((kind) =>
      POLICY_WRITES.map((writes) => ofKind(`iam:Attach*Policy ${writes}`, kind)),
    ),
  },
];

/**
 * Who makes a role says who may assume it, and who makes a user makes its credentials: whatever the names may be, the new one
 * is the maker's.
 */
export const NEW_PRINCIPALS: readonly PathGroup[] = [
  {
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    paths: PERMISSIONS.flatMap((gives) =>
      ["", ...BOUNDARY_LIFTS].map((lifts) => ofKind(`${lifts} iam:CreateRole ${gives}`.trim(), "Role")),
    ),
  },
  {
    source: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
    paths: ["iam:CreateAccessKey", "iam:CreateLoginProfile"].flatMap((signsIn) =>
      PERMISSIONS.flatMap((gives) =>
        ["", ...BOUNDARY_LIFTS].map((lifts) =>
          ofKind(`${lifts} iam:CreateUser ${gives} ${signsIn}`.trim(), "User"),
        ),
      ),
    ),
  },
];

export const OTHER_PRINCIPALS: readonly PathGroup[] = [
  {
    source: PATHFINDING,
    paths: [
      "iam:CreateAccessKey",
      "iam:CreateAccessKey iam:DeleteAccessKey",
      "iam:CreateLoginProfile",
      "iam:UpdateLoginProfile",
      "iam:UpdateAssumeRolePolicy",
      "iam:AttachRolePolicy sts:AssumeRole",
      "iam:AttachRolePolicy iam:UpdateAssumeRolePolicy",
      "iam:AttachUserPolicy iam:CreateAccessKey",
      "iam:CreatePolicyVersion sts:AssumeRole",
      "iam:CreatePolicyVersion iam:UpdateAssumeRolePolicy",
      "iam:PutRolePolicy sts:AssumeRole",
      "iam:PutRolePolicy iam:UpdateAssumeRolePolicy",
      "iam:PutUserPolicy iam:CreateAccessKey",
    ],
  },
  { source: PROWLER, paths: ["iam:UpdateAssumeRolePolicy sts:AssumeRole"] },
];

const EC2 = ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"];

/** What creates or changes something that has a role, after `iam:PassRole`. */
export const PASSED: readonly PathGroup[] = [
  {
    services: ["tasks.apprunner.amazonaws.com"],
    source: PATHFINDING,
    paths: ["apprunner:CreateService"],
  },
  {
    services: ["bedrock-agentcore.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "bedrock-agentcore:CreateCodeInterpreter bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter",
    ],
  },
  {
    services: ["bedrock-agentcore.amazonaws.com"],
    source: PROWLER,
    paths: [
      "bedrock-agentcore:CreateAgentRuntime bedrock-agentcore:InvokeAgentRuntimeCommand",
      "bedrock-agentcore:CreateHarness bedrock-agentcore:InvokeHarness",
      "bedrock-agentcore:CreateBrowser bedrock-agentcore:StartBrowserSession bedrock-agentcore:ConnectBrowserAutomationStream",
    ],
  },
  {
    services: ["cloudformation.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "cloudformation:CreateStack",
      "cloudformation:CreateStackSet cloudformation:CreateStackInstances",
      "cloudformation:UpdateStackSet",
    ],
  },
  {
    services: ["codebuild.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "codebuild:CreateProject codebuild:StartBuild",
      "codebuild:CreateProject codebuild:StartBuildBatch",
    ],
  },
  {
    services: ["datapipeline.amazonaws.com", "elasticmapreduce.amazonaws.com", ...EC2],
    source: PATHFINDING,
    paths: ["datapipeline:CreatePipeline datapipeline:PutPipelineDefinition datapipeline:ActivatePipeline"],
  },
  { services: EC2, source: PATHFINDING, paths: ["ec2:RunInstances", "ec2:RequestSpotInstances"] },
  {
    services: EC2,
    source: PROWLER,
    paths: [
      "autoscaling:CreateAutoScalingGroup autoscaling:CreateLaunchConfiguration",
      "autoscaling:UpdateAutoScalingGroup autoscaling:CreateLaunchConfiguration",
    ],
  },
  {
    services: ["ecs-tasks.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:CreateService",
      "ecs:CreateCluster ecs:RegisterTaskDefinition ecs:RunTask",
      "ecs:RegisterTaskDefinition ecs:CreateService",
      "ecs:RegisterTaskDefinition ecs:RunTask",
      "ecs:RegisterTaskDefinition ecs:StartTask",
    ],
  },
  {
    services: ["ecs-tasks.amazonaws.com"],
    source: PROWLER,
    paths: [
      "ecs:RunTask",
      "ecs:StartTask ecs:RegisterContainerInstance ecs:DeregisterContainerInstance",
      "batch:RegisterJobDefinition batch:SubmitJob",
    ],
  },
  {
    services: ["glue.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "glue:CreateDevEndpoint",
      "glue:CreateJob glue:StartJobRun",
      "glue:CreateJob glue:CreateTrigger",
      "glue:UpdateJob glue:StartJobRun",
      "glue:UpdateJob glue:CreateTrigger",
    ],
  },
  {
    services: ["lambda.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "lambda:CreateFunction lambda:InvokeFunction",
      "lambda:CreateFunction lambda:CreateEventSourceMapping",
      "lambda:CreateFunction lambda:AddPermission",
    ],
  },
  {
    services: ["sagemaker.amazonaws.com"],
    source: PATHFINDING,
    paths: [
      "sagemaker:CreateNotebookInstance",
      "sagemaker:CreateTrainingJob",
      "sagemaker:CreateProcessingJob",
    ],
  },
  { services: ["braket.amazonaws.com"], source: PROWLER, paths: ["braket:CreateJob"] },
  { services: ["scheduler.amazonaws.com"], source: PROWLER, paths: ["scheduler:CreateSchedule"] },
  {
    services: ["states.amazonaws.com"],
    source: PROWLER,
    paths: ["states:CreateStateMachine states:StartExecution"],
  },
];

/** What uses the role of something that is there already. */
export const EXISTING: readonly PathGroup[] = [
  {
    source: PATHFINDING,
    paths: [
      "sts:AssumeRole",
      "apprunner:UpdateService",
      "bedrock-agentcore:StartCodeInterpreterSession bedrock-agentcore:InvokeCodeInterpreter",
      "cloudformation:UpdateStack",
      "cloudformation:CreateChangeSet cloudformation:ExecuteChangeSet",
      "codebuild:StartBuild",
      "codebuild:StartBuildBatch",
      "ec2:ModifyInstanceAttribute ec2:StopInstances ec2:StartInstances",
      "ec2:CreateLaunchTemplateVersion ec2:ModifyLaunchTemplate",
      "ec2-instance-connect:SendSSHPublicKey ec2:DescribeInstances",
      "glue:UpdateDevEndpoint",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionCode lambda:InvokeFunction",
      "lambda:UpdateFunctionCode lambda:AddPermission",
      "sagemaker:CreatePresignedNotebookInstanceUrl",
      "sagemaker:UpdateNotebookInstance sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:StopNotebookInstance sagemaker:StartNotebookInstance",
      "ssm:StartSession",
      "ssm:SendCommand",
    ],
  },
  {
    source: PROWLER,
    paths: [
      "bedrock-agentcore:InvokeAgentRuntimeCommand",
      "bedrock-agentcore:StartBrowserSession bedrock-agentcore:ConnectBrowserAutomationStream",
      "ecs:ExecuteCommand ecs:DescribeTasks",
      "lambda:UpdateFunctionConfiguration",
    ],
  },
];
