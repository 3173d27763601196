import { keepsItsPromises } from "../promises.js";

keepsItsPromises("14-efficient");
