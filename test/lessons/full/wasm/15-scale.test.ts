import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("15-scale");
