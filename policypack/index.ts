import { PolicyPack } from "@pulumi/policy";
import { createPack, PACK_NAME } from "./pulumi/pack";

// The one side effect of the pack: it starts serving.
new PolicyPack(PACK_NAME, createPack());
