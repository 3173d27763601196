import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("09-attention");
