#!/usr/bin/env node
"use strict";
require("./built.js").requireBuilt("cli/main.js").main(process.argv.slice(2));
