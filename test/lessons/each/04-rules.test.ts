import { keepsItsPromises } from "../promises.js";

keepsItsPromises("04-rules");
