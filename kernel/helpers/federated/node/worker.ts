import { parentPort, workerData } from "node:worker_threads";
import type { Client } from "../simulate/contract.js";
import type { Question, Reply } from "./workers.js";

/** The thread's side of `workerClient`. */
const { module, data, name } = workerData as { module: string; data: unknown; name: string };
const made = import(module).then((loaded: { default?: (data: unknown, name: string) => Client | Promise<Client> }) => {
  if (typeof loaded.default !== "function") throw new TypeError(`expected ${module} to export a function that makes a client, as its default`);
  return loaded.default(data, name);
});
// Told with the first question.
made.catch(() => {});

parentPort!.on("message", async ({ id, what, weights, context }: Question) => {
  let reply: Reply;
  try {
    const client = await made;
    if (!client[what]) throw new TypeError(`${name} has no ${what}`);
    reply = { id, value: await client[what](weights, context) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  parentPort!.postMessage(reply);
});
