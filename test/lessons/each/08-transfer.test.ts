import { keepsItsPromises } from "../promises.js";

keepsItsPromises("08-transfer");
