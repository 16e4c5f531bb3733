import { Policy } from "@pulumi/aws/iam/policy";

new Policy("first", { policy: "{}" });
throw new Error("something of the program's own");
