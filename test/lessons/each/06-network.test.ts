import { keepsItsPromises } from "../promises.js";

keepsItsPromises("06-network");
