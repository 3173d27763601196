import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const { events } = privacy;

test("calibrated noise, steps and rates always stay within the target, and no cheaper value would", () => {
  for (const accountant of [{ kind: "rdp" }, { kind: "pld", interval: 1e-2 }] as const) {
    for (const epsilon of accountant.kind === "rdp" ? [0.5, 3] : [1]) {
      const target = { epsilon, delta: 1e-5, accountant, tolerance: 3e-4 };
      const spend = (noiseMultiplier: number, steps: number, rate: number) =>
        privacy.epsilon(events.repeated({ event: events.poissonSampled({ rate, event: events.gaussian({ noiseMultiplier }) }), times: steps }), { ...accountant, delta: 1e-5 });
      const noise = privacy.calibrate({ ...target, find: "noiseMultiplier", steps: 200, rate: 0.02 });
      assert.ok(noise.epsilon <= epsilon && spend(noise.value, 200, 0.02) <= epsilon);
      assert.ok(spend(noise.value * 0.999, 200, 0.02) > epsilon);
      const steps = privacy.calibrate({ ...target, find: "steps", noiseMultiplier: 1, rate: 0.02 });
      assert.ok(steps.epsilon <= epsilon && spend(1, steps.value + 1, 0.02) > epsilon);
      const rate = privacy.calibrate({ ...target, find: "rate", noiseMultiplier: 1, steps: 200 });
      assert.ok(rate.epsilon <= epsilon && spend(1, 200, rate.value * 1.001) > epsilon);
      assert.equal(privacy.epsilon(rate.event, { ...accountant, delta: 1e-5 }), rate.epsilon);
    }
  }
});

test("where not even one step fits the answer is 0 steps, and a target out of reach is an error", () => {
  assert.equal(privacy.calibrate({ find: "steps", epsilon: 0.01, delta: 1e-5, noiseMultiplier: 0.5, rate: 1 }).value, 0);
  assert.equal(privacy.calibrate({ find: "rate", epsilon: 100, delta: 1e-5, noiseMultiplier: 5, steps: 1 }).value, 1);
  assert.throws(() => privacy.calibrate({ find: "noiseMultiplier", epsilon: 1, delta: 0 }), /no noise multiplier up to 1e6/);
});

test("a calibration refuses a wrong target, a missing number and one that is to be found", () => {
  assert.throws(() => privacy.calibrate({ find: "noiseMultiplier", epsilon: 0, delta: 1e-5 }), /expected epsilon > 0, got 0/);
  assert.throws(() => privacy.calibrate({ find: "noiseMultiplier", epsilon: 1, delta: 1 }), /expected delta from 0 to below 1, got 1/);
  assert.throws(() => privacy.calibrate({ find: "steps", epsilon: 1, delta: 1e-5 }), /expected noiseMultiplier > 0, got undefined/);
  assert.throws(() => privacy.calibrate({ find: "steps", epsilon: 1, delta: 1e-5, noiseMultiplier: 1, steps: 3 }), /expected no steps/);
  assert.throws(() => privacy.calibrate({ find: "epochs" as "steps", epsilon: 1, delta: 1e-5 }), /unknown find: epochs/);
  const make = (scale: number) => events.laplace({ noiseMultiplier: scale });
  assert.throws(() => privacy.calibrateEvent(make, { epsilon: 1, delta: 0, between: [5, 9], accountant: { kind: "pld" } }), /one end of between within epsilon 1/);
});

test("an event of one's own is calibrated in either direction, to whole numbers too", () => {
  const noisy = privacy.calibrateEvent((scale) => events.laplace({ noiseMultiplier: scale }), { epsilon: 0.5, delta: 0, between: [0.1, 10], accountant: { kind: "pld", interval: 0.125 } });
  assert.ok(Math.abs(noisy.value - 2) < 1e-6 && noisy.value >= 2);
  const releases = privacy.calibrateEvent((times) => events.repeated({ event: events.gaussian({ noiseMultiplier: 10 }), times }), { epsilon: 1, delta: 1e-5, between: [0, 1000], whole: true, accountant: { kind: "gdp" } });
  const spend = (times: number) => privacy.epsilon(events.repeated({ event: events.gaussian({ noiseMultiplier: 10 }), times }), { kind: "gdp", delta: 1e-5 });
  assert.ok(spend(releases.value) <= 1 && spend(releases.value + 1) > 1);
});

test("the analytic Gaussian's noise keeps its delta and a trace less noise does not, from tiny to huge epsilons", () => {
  for (const epsilon of [1e-3, 0.1, 1, 10, 100]) {
    for (const delta of [1e-12, 1e-5, 0.3]) {
      const standardDeviation = privacy.analyticGaussian({ epsilon, delta, sensitivity: 3 });
      assert.ok(privacy.gaussianDelta({ epsilon, standardDeviation, sensitivity: 3 }) <= delta * (1 + 1e-12));
      assert.ok(privacy.gaussianDelta({ epsilon, standardDeviation: standardDeviation * (1 - 1e-6), sensitivity: 3 }) > delta);
    }
  }
  assert.throws(() => privacy.analyticGaussian({ epsilon: -1, delta: 1e-5 }), /expected epsilon > 0, got -1/);
  assert.throws(() => privacy.analyticGaussian({ epsilon: 1, delta: 0 }), /expected delta above 0 and below 1, got 0/);
  assert.ok(privacy.classicalGaussian({ epsilon: 20, delta: 1e-5 }).trueDelta > 1e-3, "the classical rule fails at large epsilon");
});
