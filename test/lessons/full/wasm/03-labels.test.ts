import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("03-labels");
