import { keepsItsPromises } from "../promises.js";

keepsItsPromises("09-attention");
