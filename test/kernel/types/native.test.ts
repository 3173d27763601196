import { keepsTheContract } from "./contract.js";

keepsTheContract("native");
