import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const training = { examples: 10000, batchSize: 64, epochs: 5, noiseMultiplier: 1, delta: 1e-6 };
const shown = (value: unknown) => (value as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!()["text/markdown"]!;

test("a statement tells both figures, rounded up, with what each takes for granted, and shows itself", () => {
  const told = privacy.statement({ ...training, recordsPerUser: 3 });
  for (const part of ["ε = 1.617", "ε = 13.38", "ε = 6.426", "ε = 56.23", "Poisson sampling", "No help from sampling", "added or removed", "up to 3 examples", "hyperparameters"]) assert.ok(told.text.includes(part), part);
  assert.equal(shown(told), told.text);
  assert.ok(!told.text.includes("Warning"));
});

test("the Chinese statement holds the same figures as the English one", () => {
  const numbers = (text: string) => text.match(/\d+(?:[.,]\d+)*/g)!.sort();
  for (const recordsPerUser of [1, 4]) {
    const [english, chinese] = (["en", "zh"] as const).map((language) => privacy.statement({ ...training, recordsPerUser, language }).text);
    assert.deepEqual(numbers(chinese!), numbers(english!));
    assert.match(chinese!, /泊松采样/);
  }
});

test("a delta too large for the data is warned of in both languages, and infinite figures read as such", () => {
  assert.match(privacy.statement({ ...training, delta: 1e-3 }).text, /Warning/);
  assert.match(privacy.statement({ ...training, delta: 1e-3, language: "zh" }).text, /警告/);
  assert.match(privacy.statement({ ...training, noiseMultiplier: 0 }).text, /ε = ∞/);
});

test("a training is refused that cannot be: batches larger than the data, both epochs and steps, or neither", () => {
  assert.throws(() => privacy.dpsgd({ ...training, batchSize: 20000 }), /expected batchSize <= examples \(10000\), got 20000/);
  assert.throws(() => privacy.dpsgd({ ...training, steps: 4 }), /expected epochs or steps, got both/);
  const { epochs: _, ...neither } = training;
  assert.throws(() => privacy.dpsgd(neither), /got neither/);
  assert.throws(() => privacy.dpsgd({ ...training, delta: 0 }), /expected delta above 0 and below 1, got 0/);
  assert.throws(() => privacy.statement({ ...training, language: "fr" as "en" }), /unknown language: fr/);
  assert.equal(privacy.dpsgd({ ...neither, steps: 782 }).epochs, 6);
});

test("more records of one person never cost less, and one costs what the accountant says", () => {
  for (const options of [{ kind: "rdp" }, { kind: "pld", interval: 1e-3 }] as const) {
    for (const rate of [0.01, 1]) {
      const spent = privacy.accountant(options).compose(privacy.events.poissonSampled({ rate, event: privacy.events.gaussian({ noiseMultiplier: 3 }) }), 20);
      const costs = [1, 2, 3, 5].map((records) => privacy.userEpsilon(spent, { records, delta: 1e-5 }));
      assert.equal(costs[0], spent.epsilon(1e-5));
      for (let k = 1; k < costs.length; k++) assert.ok(costs[k]! > costs[k - 1]!);
    }
  }
  const gaussian = privacy.accountant({ kind: "gdp" }).compose(privacy.events.gaussian({ noiseMultiplier: 6 }));
  assert.equal(privacy.userEpsilon(gaussian, { records: 3, delta: 1e-5 }), privacy.epsilon(privacy.events.gaussian({ noiseMultiplier: 2 }), { kind: "gdp", delta: 1e-5 }));
});

test("the plots show what was computed: epsilon over steps, utility by epsilon, trade-off curves and noise", () => {
  const step = privacy.events.poissonSampled({ rate: 0.01, event: privacy.events.gaussian({ noiseMultiplier: 1 }) });
  const steps = privacy.plot.epsilonOverSteps(step, { steps: 100, delta: 1e-5, points: 3, accountants: { RDP: {}, PLD: { kind: "pld", interval: 1e-3 } } });
  assert.deepEqual(steps.data.map(({ name }) => name), ["RDP", "PLD"]);
  assert.equal(steps.data[0]!.type === "scatter" && steps.data[0]!.y.at(-1), privacy.accountant().compose(step, 100).epsilon(1e-5));
  const utility = privacy.plot.privacyUtility([{ epsilon: 3, utility: 0.8, series: "a" }, { epsilon: 1, utility: 0.6, series: "a" }, { epsilon: 1, utility: 0.5, series: "b" }]);
  assert.deepEqual(utility.data.map(({ name }) => name), ["a", "b"]);
  assert.equal(utility.layout.xaxis.type, "log");
  assert.deepEqual(utility.layout.xaxis.ticktext, ["1", "3"], "the epsilons that were tried stand at the axis");
  assert.equal(steps.layout.yaxis.title!.text, "epsilon at delta 1e-5");
  assert.throws(() => privacy.plot.privacyUtility([{ epsilon: 0, utility: 1 }]), /expected epsilon > 0, got 0/);
  assert.match(privacy.plot.tradeOff({ a: privacy.tradeOff(step, { points: 5 }) }).layout.meta!.description!, /no information/);
  const noise = privacy.plot.noise({ a: [0, 1, 2, 3], b: Float64Array.of(3, 3) }, { bins: 4 });
  assert.deepEqual(noise.data.map((trace) => trace.type === "scatter" && [trace.x, trace.y]), [
    [[0, 0.75, 0.75, 1.5, 1.5, 2.25, 2.25, 3], [0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25]],
    [[0, 0.75, 0.75, 1.5, 1.5, 2.25, 2.25, 3], [0, 0, 0, 0, 0, 0, 1, 1]],
  ], "steps from edge to edge: no slope where no noise is");
  assert.equal(privacy.plot.noise([1, 2, 3], { bins: 3 }).data[0]!.type, "bar");
  assert.throws(() => privacy.plot.noise({ a: [Number.NaN] }), /expected finite numbers in a, got NaN/);
});
