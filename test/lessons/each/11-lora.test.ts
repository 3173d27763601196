import { keepsItsPromises } from "../promises.js";

keepsItsPromises("11-lora");
