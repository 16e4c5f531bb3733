import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";

export const account = getCallerIdentityOutput().accountId;
