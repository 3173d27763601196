import * as tf from "@tensorflow/tfjs";
import { known, positive, shown, whole } from "../../../arguments.js";
import { isLayersModel } from "../../../explain/model/predictor.js";
import { builtin, type IncomingMessage, type ServerResponse } from "../node/builtin.js";
import { batcher, Refused, type BatcherOptions, type BatcherStats } from "./batcher.js";
import { readInstances } from "./instances.js";

export interface ServeOptions extends BatcherOptions {
  /** Default 0: any free one. */
  port?: number;
  /** Milliseconds within which an answer is worth something; a request's header `x-deadline-ms` may say less. Default 1000. */
  deadline?: number;
  /** Of a request's body; default 1 MiB. */
  maxBytes?: number;
  /** Shape of one instance; default: the model's input. */
  inputShape?: readonly number[];
}

export interface ModelServer {
  /** `http://127.0.0.1:PORT`; POST `/predict` with `{ "instances": [...] }` answers `{ "predictions": [...] }`; GET `/stats` and `/health`. */
  readonly url: string;
  stats(): BatcherStats;
  /** Refuses what comes, answers what waits, closes. */
  stop(): Promise<void>;
}

/** Predicts batches: a LayersModel, `{ predict, variables }` or a quantised model. */
export type Served = tf.LayersModel | { predict(x: tf.Tensor): tf.Tensor };

/**
 * Serves a model on this machine (127.0.0.1, nobody else reaches it): single requests are answered in batches. A full queue answers 503 at once: better than late for all. Body and answer have the form of TensorFlow
 * Serving's REST interface. Status codes: 400 wrong body, 404, 405, 413 too large, 500 the model failed, 503 queue full or stopping, 504 deadline passed. In the kernel and in Node, not in the page.
 *
 * @throws `expected port from 0 to 65535, got -1`; `expected inputShape: of a model that is not a LayersModel it is not known`
 */
export async function serve(model: Served, options: ServeOptions = {}): Promise<ModelServer> {
  known(options, ["maxBatch", "maxDelay", "queueLimit", "port", "deadline", "maxBytes", "inputShape"]);
  if (typeof model?.predict !== "function") throw new TypeError(`expected model to be a LayersModel or { predict }, got ${shown(model)}`);
  const { port = 0, deadline = 1000, maxBytes = 2 ** 20, inputShape: given, ...batching } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError(`expected port from 0 to 65535, got ${shown(port)}`);
  positive({ deadline });
  whole({ maxBytes }, 1);
  const inputShape = given ?? (isLayersModel(model) ? model.inputs[0]!.shape.slice(1).map((size) => size ?? -1) : undefined);
  if (!inputShape || inputShape.includes(-1)) throw new RangeError("expected inputShape: of a model that is not a LayersModel it is not known");
  const http = builtin("node:http", "serving a model");
  const batches = batcher(async (rows: Float32Array[]) => predictRows(model, rows, inputShape), batching);

  const server = http.createServer((request, response) => void answer(request, response).catch((error: unknown) => {
    if (!response.headersSent) reply(response, 500, { error: error instanceof Error ? error.message : String(error) });
    else response.destroy();
  }));
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").split("?")[0];
    if (path === "/health" || path === "/stats") return reply(response, 200, path === "/health" ? { status: stopping ? "stopping" : "ready" } : batches.stats());
    if (path !== "/predict") return reply(response, 404, { error: "only /predict, /stats and /health are served here" });
    if (request.method !== "POST") return reply(response, 405, { error: `expected POST, got ${request.method}` });
    const body = await bodyOf(request, maxBytes);
    if (body === undefined) return reply(response, 413, { error: `expected at most ${maxBytes} bytes` });
    let rows: Float32Array[];
    try {
      rows = readInstances(body, inputShape!);
    } catch (error) {
      return reply(response, 400, { error: (error as Error).message });
    }
    const asked = Number(request.headers["x-deadline-ms"] ?? deadline);
    const until = Number.isFinite(asked) && asked > 0 ? Math.min(asked, deadline) : deadline;
    const outcomes = await Promise.allSettled(rows.map((row) => batches.submit(row, { deadline: until })));
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (!failed) return reply(response, 200, { predictions: outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) });
    const { reason } = failed as PromiseRejectedResult;
    const status = reason instanceof Refused ? (reason.reason === "expired" ? 504 : 503) : 500;
    reply(response, status, { error: (reason as Error).message });
  }
  let stopping = false;
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  // A program that has nothing else to do ends, with the server.
  server.unref();
  const { port: found } = server.address() as { port: number };
  return Object.freeze({
    url: `http://127.0.0.1:${found}`,
    stats: batches.stats,
    async stop() {
      stopping = true;
      await batches.stop();
      // Answers that are written leave first.
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 200).unref();
      });
    },
  });
}

async function predictRows(model: Served, rows: readonly Float32Array[], shape: readonly number[]): Promise<unknown[]> {
  const answer = tf.tidy(() => {
    const width = shape.reduce((a, b) => a * b, 1);
    const values = new Float32Array(rows.length * width);
    rows.forEach((row, at) => values.set(row, at * width));
    const x = tf.tensor(values, [rows.length, ...shape]);
    return (isLayersModel(model) ? model.apply(x, { training: false }) : (model as { predict(x: tf.Tensor): tf.Tensor }).predict(x)) as tf.Tensor;
  });
  try {
    return (await answer.array()) as unknown[];
  } finally {
    answer.dispose();
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": new TextEncoder().encode(text).length }).end(text);
}

/** Undefined: too large. */
async function bodyOf(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    size += part.length;
    // The rest is read and let go, so that the answer arrives.
    if (size <= maxBytes) parts.push(part);
    else parts.length = 0;
  }
  if (size > maxBytes) return undefined;
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return new TextDecoder().decode(joined);
}
