import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("07-images");
