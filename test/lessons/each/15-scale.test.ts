import { keepsItsPromises } from "../promises.js";

keepsItsPromises("15-scale");
