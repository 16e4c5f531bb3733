"use strict";
const { PolicyPack } = require("@pulumi/policy");
const { name, initialConfig, ...args } = require("./policies");

new PolicyPack(name, args, initialConfig);
