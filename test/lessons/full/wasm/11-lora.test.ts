import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("11-lora");
