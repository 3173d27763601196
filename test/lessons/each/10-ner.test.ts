import { keepsItsPromises } from "../promises.js";

keepsItsPromises("10-ner");
