import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("10-ner");
