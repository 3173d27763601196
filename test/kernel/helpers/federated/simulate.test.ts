import assert from "node:assert/strict";
import { test } from "node:test";
import * as federated from "../../../../kernel/helpers/federated/index.js";

const start = federated.weights({ w: [0, 0] });
const fixed = (name: string, values: number[], examples = 1): federated.Client => ({ name, train: () => ({ weights: federated.weights({ w: values }), examples, metrics: { loss: values[0]! } }) });
const quiet = { weights: start, rounds: 1, progress: false };
const names = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`);

test("a federated round with FedAvg is the mean of the clients' models by examples, and its record says who took part", async () => {
  const { weights, history } = await federated.simulate({ ...quiet, clients: [fixed("a", [1, 2], 1), fixed("b", [5, 6], 3)] });
  assert.deepEqual([...weights[0]!.values], [4, 5]);
  assert.deepEqual(history[0]!.participation, { selected: ["a", "b"], reported: ["a", "b"], dropped: [], failed: [], examples: 4, metrics: { loss: 4 }, clipped: 0 });
});

test("the same seed chooses the same clients and drop-outs, and a fraction asks that many", async () => {
  const clients = names(10).map((name, at) => fixed(name, [at, at]));
  const run = (seed: number) => federated.simulate({ ...quiet, clients, rounds: 30, fraction: 0.3, dropOut: 0.4, seed });
  const [one, same, other] = await Promise.all([run(1), run(1), run(2)]);
  assert.deepEqual(one, same);
  assert.notDeepEqual(one.history, other.history);
  assert.ok(one.history.every(({ participation }) => participation!.selected.length === 3));
  assert.equal(new Set(one.history.flatMap(({ participation }) => participation!.selected)).size, 10);
});

test("a client that throws or answers nonsense is left out with its reason; if all fail, the program hears it", async () => {
  const broken: federated.Client = { name: "broken", train: () => { throw new Error("no battery"); } };
  const nonsense: federated.Client = { name: "nonsense", train: () => ({ weights: federated.weights({ w: [1] }), examples: 1 }) };
  const { weights, history } = await federated.simulate({ ...quiet, clients: [fixed("a", [2, 2]), broken, nonsense] });
  assert.deepEqual([...weights[0]!.values], [2, 2]);
  assert.deepEqual(history[0]!.participation!.failed, [{ client: "broken", reason: "no battery" }, { client: "nonsense", reason: "expected shape [2] of w of nonsense, got [1]" }]);
  await assert.rejects(federated.simulate({ ...quiet, clients: [broken] }), /no battery/);
});

test("a round with too few answers leaves the weights and the strategy as they were", async () => {
  const clients = names(4).map((name) => fixed(name, [1, 1]));
  const { weights, history } = await federated.simulate({ ...quiet, rounds: 2, clients, least: 2, dropOut: (name, round) => round === 1 ? name !== "c0" : false });
  assert.deepEqual(history.map(({ aggregated }) => aggregated), [false, true]);
  assert.deepEqual([...weights[0]!.values], [1, 1]);
});

test("central privacy clips each client's whole update, noises the sum once and divides by the public number, whoever takes part", async () => {
  const asked: [number, number][] = [];
  const noise = (count: number, scale: number) => { asked.push([count, scale]); return new Float32Array(count).fill(0.5); };
  const privacy = { mode: "central", clip: 1, noiseMultiplier: 2, rate: 1, normaliser: 10, noise } as const;
  const clients = [fixed("a", [3, 4], 1), fixed("b", [300, 400], 99), fixed("c", [0.3, 0], 1)];
  const run = await federated.simulate({ ...quiet, clients, privacy });
  assert.deepEqual(asked, [[2, 2]]);
  // 0.6 + 0.6 + 0.3 + 0.5 and 0.8 + 0.8 + 0 + 0.5, over 10: b's 99 examples count as one vote.
  assert.ok(Math.abs(run.weights[0]!.values[0]! - 0.2) < 1e-7 && Math.abs(run.weights[0]!.values[1]! - 0.21) < 1e-7);
  const fewer = await federated.simulate({ ...quiet, clients: clients.slice(0, 2), privacy });
  assert.ok(Math.abs(fewer.weights[0]!.values[0]! - 0.17) < 1e-7, "never divided by the actual count");
  assert.deepEqual(run.event, { kind: "repeated", times: 1, event: { kind: "poissonSampled", rate: 1, event: { kind: "gaussian", noiseMultiplier: 2 } } });
  assert.equal(run.history[0]!.participation, undefined);
  assert.equal(run.history[0]!.unprotected!.clipped, 2);
});

test("an empty round under central privacy is a step of noise alone, and one client changes the sum by the clip at most", async () => {
  const none = { name: "a", train: () => { throw new Error("not reached"); } };
  const noise = (count: number) => new Float32Array(count).fill(3);
  const privacy = { mode: "central", clip: 1, noiseMultiplier: 1, rate: 1e-12, normaliser: 3, noise } as const;
  const empty = await federated.simulate({ ...quiet, rounds: 2, clients: [none], privacy });
  assert.deepEqual([...empty.weights[0]!.values], [2, 2]);
  assert.deepEqual(empty.history.map(({ aggregated }) => aggregated), [true, true]);
  for (const wild of [[1e30, -1e30], [Number.NaN, 1], [Number.POSITIVE_INFINITY, 0], [1e-40, 5]]) {
    const { values } = federated.clipUpdate(wild, { clip: 0.7 });
    assert.ok(Math.hypot(...values) <= 0.7 * (1 + 2 ** -52), `${wild}`);
  }
});

test("Poisson sampling takes each client at its rate, from a source that no seed repeats", async () => {
  const clients = names(200).map((name) => fixed(name, [0, 0]));
  const privacy = { mode: "central", clip: 1, noiseMultiplier: 1, rate: 0.25, normaliser: 50 } as const;
  const { history } = await federated.simulate({ ...quiet, rounds: 50, clients, privacy, seed: 1 });
  const sizes = history.map(({ unprotected }) => unprotected!.selected.length);
  const total = sizes.reduce((a, b) => a + b, 0);
  // 10,000 draws at 0.25: 7 standard deviations, a failure in 10^11.
  assert.ok(Math.abs(total - 2500) < 7 * Math.sqrt(10_000 * 0.25 * 0.75), `${total}`);
  assert.ok(new Set(sizes).size > 1, "the number of clients varies");
});

test("local privacy noises each update by twice the clip, before the mean", async () => {
  const asked: number[] = [];
  const noise = (count: number, scale: number) => { asked.push(scale); return new Float32Array(count).fill(asked.length); };
  const run = await federated.simulate({ ...quiet, clients: [fixed("a", [0, 0]), fixed("b", [3, 0])], privacy: { mode: "local", clip: 1, noiseMultiplier: 5, noise } });
  assert.deepEqual(asked, [10, 10]);
  assert.deepEqual([...run.weights[0]!.values], [2, 1.5]);
  assert.deepEqual(run.event, { kind: "repeated", times: 1, event: { kind: "gaussian", noiseMultiplier: 5 } });
});

test("with privacy every client has one vote, also under secure aggregation: how many examples it has is its secret", async () => {
  const none = (count: number) => new Float32Array(count);
  const clients = [fixed("a", [0.5, 0], 1), fixed("b", [0, 0.5], 900), fixed("c", [0, 0], 1)];
  const run = await federated.simulate({ ...quiet, clients, privacy: { mode: "local", clip: 1, noiseMultiplier: 1, noise: none }, secure: { range: 1 } });
  run.weights[0]!.values.forEach((value) => assert.ok(Math.abs(value - 0.5 / 3) < 1e-6, `${value}`));
});

test("the default noise has the asked deviation, no mean, no repeats", () => {
  const noise = federated.gaussianNoise(100_001, 3);
  const mean = noise.reduce((a, b) => a + b, 0) / noise.length;
  const variance = noise.reduce((a, b) => a + b * b, 0) / noise.length;
  // 7 standard errors.
  assert.ok(Math.abs(mean) < (7 * 3) / Math.sqrt(noise.length), `${mean}`);
  assert.ok(Math.abs(variance / 9 - 1) < 7 * Math.sqrt(2 / noise.length), `${variance}`);
  assert.ok(noise.every(Number.isFinite) && new Set(noise).size > 99_000);
});

test("a secure round gives the model of a plain one, to the step of the quantisation, also when clients fall silent", async () => {
  const clients = names(6).map((name, at) => fixed(name, [Math.sin(at), Math.cos(at)], at + 1));
  const dropOut = (name: string) => name === "c2";
  const plain = await federated.simulate({ ...quiet, clients, dropOut });
  const hidden = await federated.simulate({ ...quiet, clients, dropOut, secure: { range: 2, maxExamples: 100 } });
  assert.equal(hidden.history[0]!.aggregated, true);
  const step = (2 * 2) / (2 ** 32 / (2 * 6 * 100));
  hidden.weights[0]!.values.forEach((value, at) => assert.ok(Math.abs(value - plain.weights[0]!.values[at]!) < step + 1e-6));
  const tooFew = await federated.simulate({ ...quiet, clients, dropOut: (name) => name > "c1", secure: { range: 2, maxExamples: 100 } });
  assert.equal(tooFew.history[0]!.aggregated, false);
});

test("what cannot be kept is refused before the first round", async () => {
  const clients = [fixed("a", [1, 1]), fixed("b", [2, 2])];
  const privacy = { mode: "central", clip: 1, noiseMultiplier: 1, rate: 0.5, normaliser: 1 } as const;
  const refused: [object, RegExp][] = [
    [{ clients: [] }, /expected at least one client, got none/],
    [{ clients: [clients[0]!, clients[0]!] }, /expected names of clients to differ, got a twice/],
    [{ rounds: 0 }, /expected rounds to be a whole number >= 1, got 0/],
    [{ fraction: 0 }, /expected fraction above 0, got 0/],
    [{ strategy: federated.fedMedian(), privacy }, /FedMedian must see single updates: it cannot be joined with privacy/],
    [{ strategy: federated.fedKrum({ byzantine: 1 }), secure: { range: 1 } }, /FedKrum must see single updates: it cannot be joined with secure/],
    [{ privacy, fraction: 0.5 }, /expected fraction or privacy.rate, got both/],
    [{ privacy, secure: { range: 1 } }, /central privacy cannot be joined with secure/],
    [{ privacy, evaluateClients: true }, /evaluateClients cannot be joined with privacy/],
    [{ privacy: { ...privacy, clip: 0 } }, /expected privacy.clip > 0, got 0/],
    [{ privacy: { ...privacy, rate: 0 } }, /expected privacy.rate above 0, got 0/],
    [{ privacy: { ...privacy, mode: "none" } }, /unknown privacy.mode: none/],
    [{ privacy: { ...privacy, rate: 1, noise: () => new Float32Array(1) } }, /expected noise to return 2 float32 values, got 1/],
    [{ privacy: { ...privacy, rate: 1, noise: () => Float32Array.of(Number.NaN, 1) } }, /expected noise to return finite numbers, got NaN/],
    [{ shuffle: true }, /unknown option: shuffle/],
  ];
  for (const [options, message] of refused) await assert.rejects(federated.simulate({ ...quiet, clients, ...options } as never), message, String(message));
});
