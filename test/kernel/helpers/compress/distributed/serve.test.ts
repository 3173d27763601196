import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { distributed } from "../../../../../kernel/helpers/compress/index.js";

const pause = (milliseconds: number) => new Promise((go) => setTimeout(go, milliseconds));

test("items are answered in their order, in batches that are never too large, and together when they come together", async () => {
  const seen: number[][] = [];
  const batches = distributed.batcher(async (items: number[]) => {
    seen.push(items);
    await pause(1);
    return items.map((item) => item * 2);
  }, { maxBatch: 4, maxDelay: 30 });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, item) => batches.submit(item)));
  assert.deepEqual(answers, Array.from({ length: 10 }, (_, item) => item * 2));
  assert.deepEqual(seen.map(({ length }) => length), [4, 4, 2]);
  const { answered, batches: count, sizes } = batches.stats();
  assert.deepEqual([answered, count, { ...sizes }], [10, 3, { 2: 1, 4: 2 }]);
});

test("a single item waits for others no longer than the delay", async () => {
  const batches = distributed.batcher((items: number[]) => items, { maxBatch: 100, maxDelay: 20 });
  const started = performance.now();
  await batches.submit(1);
  const took = performance.now() - started;
  assert.ok(took >= 18, String(took));
});

test("a full queue refuses at once, a deadline that passed drops the item before it is computed, and what fails fails only its batch", async () => {
  const seen: number[] = [];
  let release = () => {};
  const batches = distributed.batcher(async (items: number[]) => {
    seen.push(...items);
    if (items.includes(0)) await new Promise<void>((go) => (release = go));
    if (items.includes(7)) throw new Error("bad row");
    return items;
  }, { maxBatch: 1, maxDelay: 0, queueLimit: 2 });
  const slow = batches.submit(0);
  await pause(5);
  const late = batches.submit(1, { deadline: 5 });
  const later = batches.submit(2);
  await assert.rejects(batches.submit(3), (error: distributed.Refused) => error.reason === "full" && /the queue is full \(2 waiting\)/.test(error.message));
  await pause(20);
  release();
  await assert.rejects(late, /the deadline of 5 ms passed before its turn/);
  assert.deepEqual([await slow, await later, seen], [0, 2, [0, 2]]);
  await assert.rejects(batches.submit(7), /bad row/);
  assert.equal(await batches.submit(8), 8);
  const short = distributed.batcher(() => []);
  await assert.rejects(short.submit(1), /expected 1 answers from run, got 0/);
  const { refused, expired, failed } = batches.stats();
  assert.deepEqual([refused, expired, failed], [1, 1, 1]);
  assert.throws(() => distributed.batcher(() => [], { maxBatch: 0 }), /expected maxBatch to be a whole number >= 1, got 0/);
});

test("a batcher that stops answers what waits and takes no more", async () => {
  const batches = distributed.batcher(async (items: number[]) => {
    await pause(5);
    return items;
  }, { maxBatch: 2, maxDelay: 1000 });
  const waiting = [1, 2, 3, 4, 5].map((item) => batches.submit(item));
  const stopped = batches.stop();
  await assert.rejects(batches.submit(6), /the server is stopping/);
  await stopped;
  assert.deepEqual(await Promise.all(waiting), [1, 2, 3, 4, 5]);
  assert.equal(batches.stats().waiting, 0);
});

test("a served model answers as it does by itself, in batches, names what is wrong with a request, and leaves no tensor", async () => {
  const { tf } = await loadEngine();
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2 })] });
  const expected = tf.tidy(() => (model.predict(tf.tensor2d([[1, 2, 3]])) as Tensor).arraySync() as number[][]);
  const before = tf.memory().numTensors;
  const server = await distributed.serve(model, { maxBatch: 8, maxDelay: 5, maxBytes: 500 });
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const ask = async (body: string, path = "/predict", method = "POST") => {
    const response = await fetch(server.url + path, { method, ...(method === "POST" && { body }) });
    return [response.status, (await response.json()) as { predictions?: number[][]; error?: string; answered?: number }] as const;
  };
  const [status, { predictions }] = await ask('{"instances":[[1,2,3],[0,0,0]]}');
  assert.equal(status, 200);
  predictions![0]!.forEach((value, at) => assert.ok(Math.abs(value - expected[0]![at]!) < 1e-6));
  for (const [body, code, message] of [
    ["{", 400, /expected JSON, got "{"/], ["{}", 400, /expected { "instances": \[\.\.\.\] }/], ['{"instances":[[1,2]]}', 400, /expected instance 0 of shape \[3\], got \[2\]/],
    ['{"instances":[[1,2,"x"]]}', 400, /expected finite numbers in instance 0, got "x"/], ['{"instances":[[1,2,null]]}', 400, /got null/], ["x".repeat(501), 413, /expected at most 500 bytes/],
  ] as const) {
    const [got, { error }] = await ask(body);
    assert.equal(got, code, body);
    assert.match(error!, message);
  }
  assert.equal((await ask("", "/other"))[0], 404);
  assert.equal((await ask("", "/predict", "GET"))[0], 405);
  assert.equal((await ask("", "/stats", "GET"))[1].answered, 2);
  const load = await distributed.loadTest(server.url, (index: number) => [index, 1, 0], { requests: 60, clients: 12 });
  assert.deepEqual({ ...load.statuses }, { 200: 60 });
  assert.ok(load.p50! <= load.p95! && load.p95! <= load.p99! && load.p99! <= load.max! && load.throughput > 0);
  assert.ok(Object.keys(server.stats().sizes).some((size) => Number(size) > 1), "requests that come together are answered together");
  const open = await distributed.loadTest(server.url, [1, 1, 1], { requests: 40, rate: 400 });
  assert.ok(open.answered === 40 && open.seconds > 0.05);
  await server.stop();
  await assert.rejects(fetch(`${server.url}/health`));
  assert.equal((await distributed.loadTest(server.url, [1, 1, 1], { requests: 2 })).statuses[0], 2);
  assert.equal(tf.memory().numTensors, before);
  model.dispose();
});

test("under more load than it can bear a server refuses with 503 and drops with 504 instead of answering late", async () => {
  // 60 ms a batch of one: of 30 that ask at once three may wait, and the last of them too long.
  const slow = { predict: () => ({ array: () => pause(60).then(() => [[1]]), dispose: () => {} }) as never as Tensor };
  const server = await distributed.serve(slow, { inputShape: [1], maxBatch: 1, maxDelay: 0, queueLimit: 3, deadline: 100 });
  const load = await distributed.loadTest(server.url, [1], { requests: 60, clients: 30 });
  assert.ok((load.statuses[503] ?? 0) > 10 && (load.statuses[504] ?? 0) >= 1, JSON.stringify(load.statuses));
  assert.ok(load.answered >= 1);
  assert.equal(Object.values(load.statuses).reduce((sum, count) => sum + count, 0), 60);
  await server.stop();
  await assert.rejects(distributed.serve(slow), /expected inputShape/);
  await assert.rejects(distributed.serve({} as never), /expected model to be a LayersModel or { predict }/);
  await assert.rejects(distributed.loadTest("http://example.org", [1]), /expected a server on this machine \(127.0.0.1, localhost\), got http:\/\/example.org/);
  await assert.rejects(distributed.loadTest("http://127.0.0.1:9", [1], { rate: 1, clients: 2 }), /expected one of rate and clients, got both/);
});
