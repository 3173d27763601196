import { keepsItsPromises } from "../promises.js";

keepsItsPromises("07-images");
