import { say } from "../../../../display/language.js";
import { known, positive, shown, whole } from "../../../arguments.js";
import { random } from "../../../data/random.js";
import { showAs } from "../../../label/show.js";
import { percentile } from "../../measure/latency.js";

export interface LoadOptions {
  /** Requests in all; default 200. */
  requests?: number;
  /** Requests a second, at random moments (Poisson), whether earlier ones are answered or not: as visitors come. One of `rate` and `clients`. */
  rate?: number;
  /** So many clients, each of which asks again once it is answered. Default 8, without `rate`. */
  clients?: number;
  /** Header `x-deadline-ms` of each request. */
  deadline?: number;
  /** Of the moments; default 1. */
  seed?: number;
}

export interface LoadResult {
  readonly requests: number;
  /** Answered with 200. */
  readonly answered: number;
  /** How often each status was answered; 0: no connection. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Milliseconds, of those that were answered; with `rate` from the moment when the request was due. Null without answers. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  readonly seconds: number;
  /** Answered a second. */
  readonly throughput: number;
  readonly milliseconds: Float64Array;
}

/**
 * Asks a server of this machine many times, and measures how long the answers take. With `rate` a slow server does not slow the questions down, and each waits from the moment when it was due: what the slowest visitors feel is not
 * hidden. Only loopback addresses: it is a test, not an attack.
 *
 * @param url of `serve`
 * @param instance one input, or a function of the request's number
 * @throws `expected a server on this machine (127.0.0.1, localhost), got http://example.org`; `expected rate > 0, got 0`
 */
export async function loadTest(url: string, instance: unknown | ((index: number) => unknown), options: LoadOptions = {}): Promise<LoadResult> {
  known(options, ["requests", "rate", "clients", "deadline", "seed"]);
  const { hostname } = new URL(url);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) throw new RangeError(`expected a server on this machine (127.0.0.1, localhost), got ${url}`);
  const requests = whole({ requests: options.requests ?? 200 }, 1);
  if (options.rate !== undefined && options.clients !== undefined) throw new TypeError("expected one of rate and clients, got both");
  if (options.rate !== undefined) positive({ rate: options.rate });
  const clients = whole({ clients: options.clients ?? 8 }, 1);
  const draw = random(whole({ seed: options.seed ?? 1 }));
  const bodyOf = (index: number) => JSON.stringify({ instances: [typeof instance === "function" ? (instance as (index: number) => unknown)(index) : instance] });
  const bodies = Array.from({ length: requests }, (_, index) => bodyOf(index));
  if (bodies[0] === '{"instances":[null]}') throw new TypeError(`expected an instance that is JSON, got ${shown(instance)}`);
  const statuses: Record<number, number> = {};
  const answered: number[] = [];
  const headers = { "content-type": "application/json", ...(options.deadline !== undefined && { "x-deadline-ms": String(positive({ deadline: options.deadline })) }) };
  async function ask(index: number, due: number): Promise<void> {
    let status = 0;
    try {
      const response = await fetch(`${url}/predict`, { method: "POST", headers, body: bodies[index]! });
      await response.arrayBuffer();
      status = response.status;
    } catch {
      // No connection: status 0.
    }
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 200) answered.push(performance.now() - due);
  }
  const started = performance.now();
  if (options.rate !== undefined) {
    let due = started;
    const all: Promise<void>[] = [];
    for (let index = 0; index < requests; index++) {
      due += (-Math.log(1 - draw.uniform()) / options.rate) * 1000;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((go) => setTimeout(go, wait));
      all.push(ask(index, due));
    }
    await Promise.all(all);
  } else {
    let next = 0;
    await Promise.all(Array.from({ length: Math.min(clients, requests) }, async () => {
      while (next < requests) await ask(next++, performance.now());
    }));
  }
  const seconds = (performance.now() - started) / 1000;
  const milliseconds = Float64Array.from(answered).sort();
  const at = (part: number) => (milliseconds.length > 0 ? percentile(milliseconds, part) : null);
  const result: LoadResult = { requests, answered: milliseconds.length, statuses: Object.freeze(statuses), p50: at(0.5), p95: at(0.95), p99: at(0.99), max: milliseconds.at(-1) ?? null, seconds, throughput: milliseconds.length / seconds, milliseconds };
  return showAs(result, () => [{ requests, answered: result.answered, p50: result.p50, p95: result.p95, p99: result.p99, throughput: result.throughput, statuses: Object.entries(statuses).map(([status, count]) => `${status}: ${count}`).join(", ") }], () => say("Milliseconds; answers a second", "毫秒；每秒应答数"));
}
