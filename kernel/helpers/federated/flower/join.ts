import { known, positive } from "../../arguments.js";
import type { Evaluation } from "../simulate/contract.js";
import type { Update, Weights } from "../weights.js";
import { checkUpdates } from "../weights.js";
import { fleet, FleetError, sleep, type Fleet } from "./fleet.js";
import type { NodeKey } from "./key.js";
import { defaultLimits, type Limits } from "./limits.js";
import type { Failure, Metadata } from "./message.js";
import { decodeRecords, encodeRecords, type ConfigValue, type Tree } from "./records.js";
import type { Encoded } from "./object.js";

/** What the server's strategy sent with the weights. */
export interface FlowerContext {
  /** The strategy's round, from 1 (its "server-round"); 0 if it does not say. */
  readonly round: number;
  /** Strength of the proximal term: Flower's FedProx sends it as "proximal-mu". */
  readonly proximal: number;
  /** Everything that the strategy put into its "config" record; Python's int is a bigint. */
  readonly config: Readonly<Record<string, ConfigValue>>;
}

export interface JoinOptions {
  /** From `nodeKey()`. */
  readonly key: Pick<NodeKey, "privateKey" | "publicKey">;
  readonly train: (weights: Weights, context: FlowerContext) => Update | Promise<Update>;
  /** Without it, a request to evaluate is answered with an error, and the strategy goes on without this node. */
  readonly evaluate?: (weights: Weights, context: FlowerContext) => Evaluation | Promise<Evaluation>;
  /** Ends the membership: what runs is finished, the node says goodbye. */
  readonly signal?: AbortSignal;
  /** Seconds between questions for work. Default 3, as Flower's own node. */
  readonly pollSeconds?: number;
  /** Of one reply, message, array: see `Limits`. */
  readonly limits?: Partial<Limits>;
  /** How requests are made. Default the global `fetch`; in Node, `trusting(ca)` of `federated/node` for a certificate of one's own. */
  readonly fetch?: typeof globalThis.fetch;
  /** What happens, in words: joined, messages, trouble. */
  readonly log?: (line: string) => void;
}

/**
 * Takes part in a Flower federation as a node: speaks the Fleet API of flwr 1.40 to 1.42 (protobuf over HTTP) with an unchanged
 * SuperLink and any of its strategies. The data stays here; no code of the server comes here. A lost connection or a restarted server is taken up again.
 *
 * What is checked: every object that comes against its SHA-256, sizes, counts and depth against `limits`, arrays for being float32 (of either byte order,
 * row- or column-major). What is not hidden: the server sees each update. Flower's own secure aggregation (SecAgg+) is not offered, since its masks come from seeds of
 * which only 28 bits vary, which a server can search; where privacy is promised, use `secure.client` or clip and noise in `train`. Only the time is signed,
 * not the request: use https beyond this machine. The clock must be right to 5 seconds ahead, 5 minutes behind.
 *
 * @param url of the SuperLink, or of the fence before it: `https://host:8443`.
 * @returns a promise that ends when `signal` is aborted and the node has said goodbye.
 * @throws `expected url to begin with http:// or https://, got "ftp:…"`; `FleetError` with status 412 or 401 if the server does not let this key in.
 * @example
 * const stop = AbortSignal.abort();
 * await federated.join("http://127.0.0.1:9", { key: await federated.nodeKey(), train: (weights) => ({ weights, examples: 1 }), signal: stop }) // undefined
 */
export async function join(url: string, options: JoinOptions): Promise<void> {
  known(options, ["key", "train", "evaluate", "signal", "pollSeconds", "limits", "fetch", "log"]);
  if (!/^https?:\/\//.test(url)) throw new RangeError(`expected url to begin with http:// or https://, got ${JSON.stringify(url.slice(0, 60))}`);
  const poll = 1000 * positive({ pollSeconds: options.pollSeconds ?? 3 });
  const limits = { ...defaultLimits, ...options.limits };
  known(limits, Object.keys(defaultLimits));
  const signal = options.signal ?? new AbortController().signal;
  const log = options.log ?? (() => {});
  const connection = await fleet({ url, key: options.key, fetch: options.fetch ?? globalThis.fetch.bind(globalThis), limits, signal });
  if (signal.aborted) return;

  log(`joined as node ${await connection.enter()}`);
  const beat = setInterval(() => void connection.heartbeat().catch(() => {}), 24_000);
  try {
    await serve(connection, { options, limits, poll, signal, log });
  } finally {
    clearInterval(beat);
    await connection.leave().catch((error: Error) => log(`left without a goodbye: ${error.message}`));
  }
}

interface Service {
  options: JoinOptions;
  limits: Limits;
  poll: number;
  signal: AbortSignal;
  log: (line: string) => void;
}

async function serve(connection: Fleet, { options, limits, poll, signal, log }: Service): Promise<void> {
  for (let trouble = 0; !signal.aborted; ) {
    try {
      const message = await connection.next();
      if (message) {
        const started = performance.now();
        const { metadata } = message;
        const answer = message.problem ? failure(message.problem) : await work(metadata, message.content, options, limits);
        await insist(() => connection.answer(metadata, answer, (performance.now() - started) / 1000), signal);
        log("reason" in answer ? `${metadata.type}, round ${metadata.group}: failed: ${answer.reason}` : `${metadata.type}, round ${metadata.group}: answered`);
      }
      trouble = 0;
      if (!message) await sleep(poll, signal);
    } catch (error) {
      if (signal.aborted) return;
      trouble++;
      log(`trouble: ${(error as Error).message}`);
      await sleep(Math.min(1000 * 2 ** trouble, 30_000), signal);
      // The server forgot this node: it was restarted, or heard nothing for too long.
      if (error instanceof FleetError && error.status === 401 && !signal.aborted) await connection.enter().then((node) => log(`joined again as node ${node}`), () => {});
    }
  }
}

/** An answer that the network swallows would leave the round waiting: try again for about a minute. A refusal is final. */
async function insist(send: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (let wait = 1; ; wait *= 2) {
    try {
      return await send();
    } catch (error) {
      if (error instanceof FleetError || signal.aborted || wait > 32) throw error;
      await sleep(1000 * wait, signal);
    }
  }
}

/** 2 is Flower's code for "the client's program failed". */
const failure = (error: unknown): Failure => ({ code: 2n, reason: error instanceof Error ? error.message : String(error) });

async function work(metadata: Metadata, content: Tree | undefined, { train, evaluate }: JoinOptions, limits: Limits): Promise<Encoded | Failure> {
  try {
    if (!content) throw new Error("the message carries nothing");
    const { arrays, configs } = decodeRecords(content, limits);
    const [weights, more] = Object.values(arrays);
    const [arraysName = "arrays"] = Object.keys(arrays);
    if (!weights || more) throw new Error(`expected one record of arrays, got ${Object.keys(arrays).length}`);
    const config = Object.assign({}, ...Object.values(configs)) as Record<string, ConfigValue>;
    const mu = config["proximal-mu"];
    const context = { round: Number(config["server-round"] ?? metadata.group) || 0, proximal: typeof mu === "number" || typeof mu === "bigint" ? Number(mu) : 0, config };
    if (metadata.type === "train" || metadata.type.startsWith("train.")) {
      const update = await train(weights, context);
      checkUpdates([update]);
      return encodeRecords({ arrays: { [arraysName]: update.weights }, metrics: { metrics: { "num-examples": BigInt(update.examples), ...update.metrics } } });
    }
    if (evaluate && (metadata.type === "evaluate" || metadata.type.startsWith("evaluate."))) {
      const { examples, metrics } = await evaluate(weights, context);
      return encodeRecords({ metrics: { metrics: { "num-examples": BigInt(examples), ...metrics } } });
    }
    throw new Error(`this node does not answer ${metadata.type}`);
  } catch (error) {
    return failure(error);
  }
}
