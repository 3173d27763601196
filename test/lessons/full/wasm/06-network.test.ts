import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("06-network");
