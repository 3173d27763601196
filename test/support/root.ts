import { projectRoot as find } from "../../kernel/root.js";

/** The project's folder. */
export const projectRoot = find();
