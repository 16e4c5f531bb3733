/** Optional resource types of what few workloads use: whoever does knows, and all others would have to strike them out again. */
import { type Action, type ResourceType, serviceOf } from "./authorization";

const SELDOM: ReadonlySet<string> = new Set([
  // https://docs.aws.amazon.com/sagemaker/latest/dg/reserve-capacity-with-training-plans.html
  "sagemaker:training-plan",
  "sagemaker:reserved-capacity",
  // https://docs.aws.amazon.com/sagemaker/latest/dg/inference-components.html
  "sagemaker:inference-component",
]);

/** Whether an optional resource type of an action is seldom in a call. */
export const isSeldomNamed = (action: Action, { name }: ResourceType): boolean =>
  SELDOM.has(`${serviceOf(action.key)}:${name}`);
