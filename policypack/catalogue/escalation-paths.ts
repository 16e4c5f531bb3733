/**
 * The known paths by which what one identity may do reaches more than it was given. A path has no name but the set of its
 * actions, because the names that lists give to paths change.
 */
import { findAction, type ResourceType } from "./authorization";
import {
  EXISTING,
  NEW_PRINCIPALS,
  OTHER_PRINCIPALS,
  OWN_PERMISSIONS,
  PASSED,
  type PathGroup,
  type Use,
} from "./escalation-data";
import { AGENTCORE_PASSED, BEDROCK_PASSED, REKOGNITION_PASSED, SAGEMAKER_PASSED } from "./escalation-data-ai";

/**
 * What a path reaches: what the identity itself may do; another user or role; one that it makes
 * itself; a role that the identity passes to a service; or the role that something which is there already has.
 */
export type Reach =
  "own permissions" | "another principal" | "new principal" | "passed role" | "existing role";

export interface EscalationPath {
  /** all of them are needed; the one that chooses what is reached first */
  readonly actions: readonly [string, ...string[]];
  readonly reach: Reach;
  readonly use: Use;
  /** the services that may receive a passed role, as `iam:PassedToService` and trust policies name them */
  readonly services: readonly string[];
  readonly source: string;
  /** whether no published list has it: it follows from what AWS says of the call */
  readonly ours: boolean;
}

const read = (groups: readonly PathGroup[], reach: Reach, ours = false): readonly EscalationPath[] =>
  groups.flatMap(({ services = [], use = "code", source, paths }) =>
    paths.map((path): EscalationPath => {
      const [first = "", ...rest] = path.split(" ");
      return {
        actions: reach === "passed role" ? ["iam:PassRole", first, ...rest] : [first, ...rest],
        reach,
        use,
        services,
        source: source.replace("{call}", first.slice(first.indexOf(":") + 1)),
        ours,
      };
    }),
  );

export const ESCALATION_PATHS: readonly EscalationPath[] = [
  ...read(OWN_PERMISSIONS, "own permissions"),
  ...read(OTHER_PRINCIPALS, "another principal"),
  ...read(NEW_PRINCIPALS, "new principal"),
  ...read(PASSED, "passed role"),
  ...[SAGEMAKER_PASSED, REKOGNITION_PASSED, BEDROCK_PASSED, AGENTCORE_PASSED].flatMap((groups) =>
    read(groups, "passed role", true),
  ),
  ...read(EXISTING, "existing role"),
];

/** Where an action has several types of resources: the ones that have the role, or that nothing happens without. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  "bedrock-agentcore:InvokeCodeInterpreter": ["code-interpreter-custom"],
  "bedrock-agentcore:StartCodeInterpreterSession": ["code-interpreter-custom"],
  "bedrock-agentcore:StartBrowserSession": ["browser-custom"],
  "ec2:RunInstances": ["instance"],
  "ecs:ExecuteCommand": ["task"],
  "sagemaker:CreateEndpoint": ["endpoint"],
  "ssm:SendCommand": ["instance", "managed-instance"],
  "ssm:StartSession": ["instance", "managed-instance", "task"],
};

/** The types of resources that a step of a path is about; none where the action is about no resource. */
export function typesOfStep(name: string): readonly ResourceType[] {
  const action = findAction(name);
  if (action === undefined) return [];
  const { resourceTypes, requiredTypes } = action;
  const telling = TELLING[name];
  if (telling !== undefined) return resourceTypes.filter((type) => telling.includes(type.name));
  const required = resourceTypes.filter((type) => requiredTypes.has(type.name));
  return required.length > 0 ? required : resourceTypes;
}
