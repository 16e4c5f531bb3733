import { Policy } from "@pulumi/aws/iam/policy";

// It dies as soon as its resource is on the way, and so before the answer.
const send = process.send?.bind(process);
process.send = (report: unknown): boolean =>
  send?.(report, undefined, undefined, () => process.exit(7)) ?? false;
new Policy("first", { policy: "{}" });
