import { join } from "node:path";
import { projectRoot } from "../../support/root.js";
import { keepsItsPromises } from "../promises.js";

keepsItsPromises("01-slope", join(projectRoot, "test/fixtures/lessons/01-slope"));
