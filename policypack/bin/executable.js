#!/usr/bin/env node
"use strict";
// The entry of the executable: a copy of it runs wherever it is, the one in `dist/` of a clone only while it is not stale.
const { basename, join } = require("node:path");
const { buildProblem } = require("./built.js");

const pack = join(__dirname, "..");
const problem = basename(__dirname) === "dist" ? buildProblem(pack) : undefined;
if (problem !== undefined) {
  console.error(`error: ${problem}`);
  process.exit(2);
}
require("../dist/index.js");
