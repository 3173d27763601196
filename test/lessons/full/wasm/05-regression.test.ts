import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("05-regression");
