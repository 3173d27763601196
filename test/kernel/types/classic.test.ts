import { keepsTheContract } from "./contract.js";

keepsTheContract("classic");
