"use strict";
// What `pulumi up --policy-pack` loads: the compiled pack, once it is known to be as new as its sources.
require("./built.js").requireBuilt("index.js");
