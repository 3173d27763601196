import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("12-graphs");
