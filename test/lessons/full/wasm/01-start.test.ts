import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("01-start");
