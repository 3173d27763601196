// The worker's half of the widgets' test: the notebook's helpers, and cells that are asked for by their code.
import * as tf from "@tensorflow/tfjs";
import { toBundle } from "../../../kernel/display/index.js";
import * as data from "../../../kernel/helpers/data/index.js";
import * as label from "../../../kernel/helpers/label/index.js";
import * as vision from "../../../kernel/helpers/vision/index.js";
import type { CommMessage } from "../../../kernel/session/contract.js";
import { connectWidgets } from "../../../site/client/widgets/worker.js";
import { AsyncFunction } from "../../support/promised.js";

export type ToWorker = { comm: CommMessage } | { cell: string; code: string };
export type FromWorker = { comm: CommMessage } | { cell: string; bundle: Record<string, unknown> };

const say = (message: FromWorker, transfer: ArrayBuffer[] = []) => postMessage(message, { transfer });
const comms = connectWidgets((comm, transfer) => say({ comm }, transfer));
/** What cells keep for later ones. */
const kept: Record<string, unknown> = {};
await tf.setBackend("cpu");

addEventListener("message", async ({ data: message }: MessageEvent<ToWorker>) => {
  if ("comm" in message) return comms.receive(message.comm);
  const { cell, code } = message;
  try {
    const value = await new AsyncFunction("tf", "data", "label", "vision", "comms", "kept", code)(tf, data, label, vision, comms, kept);
    say({ cell, bundle: (await toBundle(value)).data });
  } catch (error) {
    say({ cell, bundle: { "text/plain": String(error) } });
  }
});
