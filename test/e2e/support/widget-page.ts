// The page's half of the widgets' test: what a lesson page will do with a cell's output.
import { hostWidgets } from "../../../site/client/widgets/host.js";
import type { FromWorker, ToWorker } from "./widget-worker.js";

const worker = new Worker("/widget-worker.js", { type: "module" });
const host = hostWidgets((comm, transfer) => worker.postMessage({ comm } satisfies ToWorker, transfer));
const viewType = "application/vnd.jupyter.widget-view+json";

worker.addEventListener("message", ({ data: message }: MessageEvent<FromWorker>) => {
  if ("comm" in message) return host.receive(message.comm);
  const output = document.createElement("section");
  output.id = message.cell;
  document.querySelector("article")!.append(output);
  const view = message.bundle[viewType] as { model_id: string } | undefined;
  if (!view || !host.show(view.model_id, output)) output.textContent = String(message.bundle["text/plain"]);
  output.dataset.shown = "";
});

Object.assign(globalThis, {
  runCell: (cell: string, code: string) => worker.postMessage({ cell, code } satisfies ToWorker),
  hide: (cell: string) => host.hide(document.getElementById(cell)!),
  endWorker() {
    worker.terminate();
    host.end();
  },
});
