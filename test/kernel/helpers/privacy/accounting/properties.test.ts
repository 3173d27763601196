import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const { events } = privacy;
const step = (noiseMultiplier: number, rate = 1) => events.poissonSampled({ rate, event: events.gaussian({ noiseMultiplier }) });
const rates = [0.001, 0.01, 0.1, 1];
const noises = [0.8, 2, 5];
const times = [1, 10, 200];
const grid = rates.flatMap((rate) => noises.flatMap((noise) => times.map((steps) => ({ rate, noise, steps }))));
const pld = { kind: "pld", interval: 1e-3 } as const;
/** Coarse enough to be quick; epsilon moves by less than `slack` for it. */
const coarse = { kind: "pld", interval: 5e-3 } as const;
const slack = 0.02;

test("more noise, fewer steps or a lower sampling rate never cost more, with every accountant", () => {
  for (const options of [{ kind: "rdp" }, { kind: "rdp", rule: "opacus" }, coarse] as const) {
    const start = privacy.accountant(options);
    const spent = new Map(grid.map(({ rate, noise, steps }) => [`${rate} ${noise} ${steps}`, start.compose(step(noise, rate), steps).epsilon(1e-5)]));
    const at = (rate: number, noise: number, steps: number) => spent.get(`${rate} ${noise} ${steps}`)! + slack;
    for (const { rate, noise, steps } of grid) {
      const here = spent.get(`${rate} ${noise} ${steps}`)!;
      const [more, wider, longer] = [noises[noises.indexOf(noise) + 1], rates[rates.indexOf(rate) + 1], times[times.indexOf(steps) + 1]];
      if (more) assert.ok(spent.get(`${rate} ${more} ${steps}`)! <= here + slack);
      if (wider) assert.ok(here <= at(wider, noise, steps), `${rate} ${noise} ${steps}`);
      if (longer) assert.ok(here <= at(rate, noise, longer), `${rate} ${noise} ${steps}`);
    }
  }
});

test("RDP never promises more than PLD, and an optimistic estimate never lies above a pessimistic one", () => {
  for (const { rate, noise, steps } of grid) {
    if (rate === 0.001 || steps === 10) continue;
    const event = events.repeated({ event: step(noise, rate), times: steps });
    // The small losses of a low rate need a finer grid, and have room for it.
    const interval = rate < 0.1 ? 1e-3 : 5e-3;
    const upper = privacy.epsilon(event, { kind: "pld", interval, delta: 1e-5 });
    assert.ok(privacy.epsilon(event, { delta: 1e-5 }) >= upper - slack, `${rate} ${noise} ${steps}`);
    assert.ok(privacy.epsilon(event, { kind: "pld", interval, estimate: "optimistic", delta: 1e-5 }) <= upper, `${rate} ${noise} ${steps}`);
  }
});

test("PLD lies above the exact epsilon of Gaussian noise, and a finer grid comes closer", () => {
  for (const noiseMultiplier of [0.5, 1, 4]) {
    const exact = privacy.epsilon(events.gaussian({ noiseMultiplier }), { kind: "gdp", delta: 1e-5 });
    let before = Number.POSITIVE_INFINITY;
    for (const interval of [1e-1, 1e-2, 1e-3]) {
      const excess = privacy.epsilon(events.gaussian({ noiseMultiplier }), { kind: "pld", interval, delta: 1e-5 }) - exact;
      assert.ok(excess >= -1e-9 && excess < before, `${noiseMultiplier} ${interval} ${excess}`);
      before = excess;
    }
    assert.ok(before < 1e-5);
  }
});

test("ten thousand transforms' worth of rounding never pushes PLD below the exact epsilon, down to a delta of 1e-12", () => {
  const noise = events.gaussian({ noiseMultiplier: 100 });
  // Sampled with probability 1, all but a rounding error: so that it is not summed in closed form.
  const spent = privacy.accountant({ kind: "pld" }).compose(events.poissonSampled({ rate: 1 - 1e-13, event: noise }), 10_000);
  const exact = privacy.accountant({ kind: "gdp" }).compose(noise, 10_000);
  for (const delta of [1e-5, 1e-8, 1e-10, 1e-12]) {
    const excess = spent.epsilon(delta) - exact.epsilon(delta);
    assert.ok(excess >= 0 && excess < 0.1, `${delta} ${excess}`);
  }
});

test("composing one event once is the event itself, in any nesting and order", () => {
  const a = step(1.2, 0.05);
  const b = events.laplace({ noiseMultiplier: 3 });
  for (const options of [{ kind: "rdp" }, coarse] as const) {
    const flat = privacy.accountant(options).compose(a).compose(b, 2).compose(a).epsilon(1e-5);
    assert.equal(privacy.epsilon(events.composed([a]), { ...options, delta: 1e-5 }), privacy.epsilon(a, { ...options, delta: 1e-5 }));
    const nested = events.composed([events.repeated({ event: b, times: 2 }), events.composed([]), events.repeated({ event: events.composed([a]), times: 2 })]);
    assert.ok(Math.abs(privacy.epsilon(nested, { ...options, delta: 1e-5 }) - flat) < 1e-10);
  }
});

test("Gaussian releases on one sample cost what one release with their combined precision costs", () => {
  const both = events.adaptiveClipping({ noiseMultiplier: 1.1, countNoise: 6.4 });
  const combined = 1 / Math.sqrt(1 / 1.1 ** 2 + 1 / 12.8 ** 2);
  assert.ok(Math.abs(privacy.noiseMultiplierOf(both)! - combined) < 1e-15);
  for (const options of [{ kind: "rdp" }, coarse] as const) {
    const cost = { ...options, delta: 1e-5 };
    const together = privacy.epsilon(events.repeated({ event: events.poissonSampled({ rate: 0.02, event: both }), times: 100 }), cost);
    const single = privacy.epsilon(events.repeated({ event: step(privacy.noiseMultiplierOf(both)!, 0.02), times: 100 }), cost);
    assert.equal(together, single);
    assert.ok(together > privacy.epsilon(events.repeated({ event: step(1.1, 0.02), times: 100 }), cost), "the quantile is not free");
  }
});

test("delta and epsilon are each other's inverse", () => {
  for (const options of [{ kind: "rdp" }, pld] as const) {
    const spent = privacy.accountant(options).compose(step(1, 0.02), 200);
    for (const delta of [1e-3, 1e-6]) assert.ok(Math.abs(spent.delta(spent.epsilon(delta)) / delta - 1) < 1e-6);
  }
  const gdp = privacy.accountant({ kind: "gdp" }).compose(events.gaussian({ noiseMultiplier: 2 }), 3);
  assert.ok(Math.abs(gdp.delta(gdp.epsilon(1e-6)) / 1e-6 - 1) < 1e-9);
});

test("replacing a record costs as much as half the noise, in every accountant", () => {
  for (const options of [{ kind: "rdp" }, coarse, { kind: "gdp" }] as const) {
    for (const event of [events.gaussian({ noiseMultiplier: 3 }), events.laplace({ noiseMultiplier: 3 })]) {
      const half = privacy.epsilon({ ...event, noiseMultiplier: 1.5 }, { ...options, delta: 1e-5 });
      assert.equal(privacy.epsilon(event, { ...options, delta: 1e-5, neighbours: "replace-one" }), half);
      assert.equal(privacy.epsilon(event, { ...options, delta: 1e-5, neighbours: "replace-special" }), privacy.epsilon(event, { ...options, delta: 1e-5 }));
    }
  }
});

test("an epsilon-private event is never promised more than its epsilon, and GDP's bound on it holds", () => {
  for (const epsilon of [0.1, 1, 4]) {
    const [pure, choice] = [events.epsilonDelta({ epsilon }), events.exponentialMechanism({ epsilon })];
    for (const kind of ["rdp", "pld"] as const) assert.ok(privacy.epsilon(pure, { kind, delta: 1e-9 }) <= epsilon + 1e-4 + (kind === "rdp" ? 0.01 * epsilon + 0.02 : 0));
    const rest = { ...pld, delta: 1e-6 };
    const twenty = (event: privacy.PrivacyEvent) => events.repeated({ event, times: 20 });
    assert.ok(privacy.epsilon(twenty(choice), rest) < privacy.epsilon(twenty(pure), rest), "a bounded range composes better");
    assert.ok(privacy.epsilon(twenty(pure), { kind: "gdp", delta: 1e-6 }) >= privacy.epsilon(twenty(pure), rest) - 1e-3);
    // Not of the same pair, but of the same mechanism: both are bounds, neither always the better one.
    assert.ok(privacy.epsilon(twenty(choice), { delta: 1e-6 }) <= 20 * epsilon);
  }
});

test("no noise is no privacy, no event costs nothing, and a failure larger than delta has no epsilon", () => {
  for (const kind of ["rdp", "pld", "gdp"] as const) {
    assert.equal(privacy.epsilon(events.gaussian({ noiseMultiplier: 0 }), { kind, delta: 1e-5 }), Number.POSITIVE_INFINITY);
    assert.equal(privacy.epsilon(events.laplace({ noiseMultiplier: 0 }), { kind, delta: 1e-5 }), Number.POSITIVE_INFINITY);
    assert.equal(privacy.delta(events.gaussian({ noiseMultiplier: 0 }), { kind, epsilon: 1 }), 1);
    assert.equal(privacy.epsilon(events.composed([]), { kind, delta: 0 }), 0);
    assert.equal(privacy.epsilon(events.repeated({ event: events.gaussian({ noiseMultiplier: 0 }), times: 0 }), { kind, delta: 1e-5 }), 0);
  }
  assert.equal(privacy.epsilon(step(1, 0), { delta: 0 }), 0);
  assert.equal(privacy.epsilon(events.epsilonDelta({ epsilon: 1, delta: 1e-3 }), { kind: "pld", delta: 1e-4 }), Number.POSITIVE_INFINITY);
});

test("the published figures of TensorFlow Privacy come out", () => {
  const cost = (examples: number, batchSize: number, noiseMultiplier: number, epochs: number, delta: number) => privacy.dpsgd({ examples, batchSize, noiseMultiplier, epochs, delta }).epsilon;
  assert.ok(Math.abs(cost(60000, 150, 1.3, 15, 1e-5) - 0.7242234026109595) < 1e-9);
  assert.ok(Math.abs(cost(100000, 100, 1, 30, 1e-7) - 1.4154988495444842) < 1e-9);
  const told = privacy.statement({ examples: 10000, batchSize: 64, epochs: 5, noiseMultiplier: 1, delta: 1e-6, recordsPerUser: 3 });
  const figures = [told.epsilon, told.epsilonWithoutSampling, told.userEpsilon, told.userEpsilonWithoutSampling];
  assert.deepEqual(figures.map((value) => value.toFixed(3)), ["1.616", "13.376", "6.425", "56.224"]);
});

test("a trade-off curve falls, is its own mirror image and never promises more error than the exact one of Gaussian noise", () => {
  const exact = [0.05, 0.2, 0.5].map((alpha, k) => [alpha, [0.740489, 0.437079, 0.158655][k]!] as const); // Phi(Phi^-1(1 - alpha) - 1)
  for (const options of [{ kind: "gdp" }, pld, { kind: "rdp" }] as const) {
    const { falsePositive, falseNegative } = privacy.tradeOff(events.gaussian({ noiseMultiplier: 1 }), { ...options, points: 101 });
    for (const [alpha, error] of exact) {
      const ours = falseNegative[Math.round(alpha * 100)]!;
      assert.ok(ours <= error + 1e-6 && ours > error - (options.kind === "rdp" ? 0.3 : 0.002), `${options.kind} ${alpha} ${ours}`);
    }
    for (let k = 1; k < falsePositive.length; k++) assert.ok(falseNegative[k]! <= falseNegative[k - 1]!);
  }
});
