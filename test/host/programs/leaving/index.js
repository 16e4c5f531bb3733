"use strict";
process.exit(7);
