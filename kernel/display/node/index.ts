/** Display in Node: importing this makes text/plain read as `console.log` writes it. */
import { useNodeInspector } from "./inspect.js";

useNodeInspector();

export * from "../index.js";
