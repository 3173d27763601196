import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("14-efficient");
