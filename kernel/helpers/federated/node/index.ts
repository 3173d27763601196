/** What of a federation needs Node: clients in threads, key files, TLS with a certificate of one's own, a SuperLink behind a fence. */
export { startFence, type Fence, type FenceOptions } from "./fence.js";
export { flowerVenv, installFlower } from "./flower.js";
export { keyFile } from "./key-file.js";
export { startRun, startSuperLink, type SuperLink, type SuperLinkOptions } from "./superlink.js";
export { trusting } from "./trusting.js";
export { workerClient, type WorkerClient, type WorkerClientOptions } from "./workers.js";
