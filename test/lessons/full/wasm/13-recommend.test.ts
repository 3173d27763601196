import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("13-recommend");
