import { keepsItsPromises } from "../promises.js";

keepsItsPromises("02-data");
