import { keepsItsPromises } from "../promises.js";

keepsItsPromises("05-regression");
