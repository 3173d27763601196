import { keepsItsPromises } from "../promises.js";

keepsItsPromises("01-start");
