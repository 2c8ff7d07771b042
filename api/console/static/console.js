// What every page does.
"use strict";
