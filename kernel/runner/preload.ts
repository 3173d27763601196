import { Worker } from "node:worker_threads";

/** Milliseconds of quiet after the start before TensorFlow is fetched: the first cells come first. */
const quiet = 400;

/**
 * Load the engine while nobody waits. A thread of its own maps and relocates TensorFlow's libraries (the long part), so that the main
 * thread only meets what is already in memory. The thread stays: its end would close the libraries again.
 */
export function preloadEngine(directory: string, isBusy: () => boolean, load: () => Promise<unknown>): void {
  const whenIdle = (act: () => void): void => {
    const timer = setTimeout(() => (isBusy() ? whenIdle(act) : act()), quiet);
    timer.unref();
  };
  whenIdle(() => {
    const worker = new Worker(new URL("./preload-thread.js", import.meta.url), { workerData: { directory }, execArgv: [] });
    worker.unref();
    const go = (): void => whenIdle(() => void load().catch(() => {})); // a cell that needs it tries again, and hears why
    worker.once("message", go);
    worker.once("error", go);
  });
}
