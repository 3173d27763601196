import { readConnection } from "../wire/connection.js";
import { serveKernel } from "./kernel.js";
import { watchParent } from "./lifeline.js";
import { readNotebook } from "./notebook.js";

/** What the kernelspec starts: `node dist/kernel/server/main.js CONNECTION_FILE`. */
const file = process.argv[2];
if (file === undefined) {
  process.stderr.write("usage: node main.js CONNECTION_FILE\nJupyter starts this; `lyceum kernel install` tells it how.\n");
  process.exit(2);
}

const say = (error: unknown): void => void process.stderr.write(`lyceum: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
process.stderr.on("error", () => {}); // nobody reads it any more
// A defect of ours must not cost the learner's variables: say it and go on.
process.on("uncaughtException", say);
process.on("unhandledRejection", say);

try {
  const connection = readConnection(file);
  const kernel = await serveKernel(connection, readNotebook());
  watchParent(kernel.stop);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, kernel.stop);
  process.on("SIGINT", kernel.interrupt); // a launcher that does not know interrupt_mode "message"
  await kernel.finished;
  process.exit(0);
} catch (error) {
  process.stderr.write(`lyceum: the kernel could not start with ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
