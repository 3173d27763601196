import { keepsItsPromises } from "../promises.js";

keepsItsPromises("12-graphs");
