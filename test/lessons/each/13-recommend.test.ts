import { keepsItsPromises } from "../promises.js";

keepsItsPromises("13-recommend");
