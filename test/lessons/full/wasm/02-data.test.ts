import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("02-data");
