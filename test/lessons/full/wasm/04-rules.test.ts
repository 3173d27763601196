import { runsOnWebAssembly } from "../wasm.js";

runsOnWebAssembly("04-rules");
