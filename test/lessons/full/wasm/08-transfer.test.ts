import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("08-transfer");
