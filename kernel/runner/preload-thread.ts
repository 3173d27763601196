import { parentPort, workerData } from "node:worker_threads";
import { preloadBinding } from "../engine/preload.js";

try {
  preloadBinding((workerData as { directory: string }).directory);
} finally {
  parentPort?.postMessage("loaded");
}
parentPort?.on("message", () => {}); // keeps the thread
