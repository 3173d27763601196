import { keepsItsPromises } from "../promises.js";

keepsItsPromises("03-labels");
