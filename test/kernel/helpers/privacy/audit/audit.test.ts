import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";
import { betaCdf, betaQuantile, binomialTail, logGamma } from "../../../../../kernel/helpers/privacy/audit/beta.js";
import { normalQuantile } from "../../../../../kernel/helpers/privacy/mechanisms/special.js";

const near = (actual: number, expected: number, tolerance = 1e-9) => assert.ok(Math.abs(actual - expected) <= tolerance, `expected ${expected}, got ${actual}`);

test("beta probabilities and quantiles agree with sums of binomials, and undo each other", () => {
  near(logGamma(5), Math.log(24), 1e-13);
  near(logGamma(0.5), Math.log(Math.PI) / 2, 1e-13);
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
  for (const [n, p] of [[10, 0.3], [25, 0.01], [40, 0.9]] as const)
    for (let k = 1; k <= n; k += 3) {
      let tail = 0;
      for (let j = n; j >= k; j--) tail += choose(n, j) * p ** j * (1 - p) ** (n - j);
      assert.ok(Math.abs(binomialTail(k, n, p) / tail - 1) < 1e-11, `${n} ${k} ${p}`);
    }
  for (const [a, b] of [[1, 500], [3.5, 2], [400, 600]] as const) for (const p of [1e-6, 0.05, 0.5, 0.975]) near(betaCdf(betaQuantile(p, a, b), a, b), p, 1e-12);
});

test("a one-run audit of 20,000 scores gives the numbers that JAX-Privacy's own test asserts, nothing where nothing leaks", () => {
  const n = 10000;
  const base = Array.from({ length: n }, (_, at) => normalQuantile((at + 0.5) / n));
  // Quantiles of N(0, 1) against N(shift, 1), significance 0.05, delta 1e-6: jax_privacy tests/auditing_test.py, test_epsilon_one_run_close, to its rtol of 1e-5.
  for (const [shift, expected] of [[0, 0], [1, 1.13346], [2, 2.311945], [4, 4.395568]] as const) {
    const { epsilon } = privacy.auditScores({ in: base.map((score) => score + shift), out: base }, { method: "oneRun", delta: 1e-6 });
    near(epsilon, expected, 1e-5 * expected);
  }
});

test("more right guesses raise the bound, a smaller significance or a larger delta lowers it", () => {
  const bound = (correct: number, significance = 0.05, delta = 0) => privacy.oneRunAudit({ canaries: 200, guesses: 100, correct }, { significance, delta }).epsilon;
  for (let correct = 60; correct < 100; correct += 5) assert.ok(bound(correct + 5) > bound(correct));
  assert.ok(bound(95, 0.01) < bound(95, 0.05));
  assert.ok(bound(95, 0.05, 1e-3) < bound(95, 0.05));
  const pearson = (truePositives: number) => privacy.epsilonLowerBound({ truePositives, positives: 100, falsePositives: 10, negatives: 100 }).epsilon;
  for (let right = 40; right < 100; right += 10) assert.ok(pearson(right + 10) > pearson(right));
});

test("a true guarantee is never refuted more often than the significance says: randomized response audited 400 times", () => {
  let refuted = 0;
  for (let trial = 0; trial < 400; trial++) {
    const said = privacy.randomizedResponse(Array.from({ length: 200 }, (_, at) => Number(at < 100)), { epsilon: 1, unsafeSeed: trial }).value;
    const ones = (from: number, to: number) => said.slice(from, to).reduce((sum, bit) => sum + bit, 0);
    refuted += Number(privacy.epsilonLowerBound({ truePositives: ones(0, 100), positives: 100, falsePositives: ones(100, 200), negatives: 100 }, { significance: 0.1 }).epsilon > 1);
  }
  assert.ok(refuted <= 40, String(refuted));
});

test("the Gaussian bound of an attack on Gaussian noise is tighter than the plain one and below the truth", () => {
  // Threshold mu + 1 against noise of deviation 1, mu = 2: rates as expected, 100,000 trials.
  const counts = { truePositives: 84134, positives: 100000, falsePositives: 15866, negatives: 100000 };
  const { mu, epsilon } = privacy.gdpLowerBound(counts, { delta: 1e-5 });
  assert.ok(mu > 1.97 && mu < 2, String(mu));
  assert.ok(epsilon > privacy.epsilonLowerBound(counts, { delta: 1e-5 }).epsilon);
  near(privacy.gdpConversion(mu, { epsilons: [epsilon] }).delta[0]!, 1e-5, 1e-10);
  assert.deepEqual(privacy.gdpLowerBound({ truePositives: 1, positives: 10, falsePositives: 9, negatives: 10 }), { mu: 0, epsilon: 0 });
});

test("scores that separate perfectly, not at all and the wrong way round have AUC 1, 0.5 and 0", () => {
  assert.equal(privacy.attackRoc({ in: [3, 4], out: [1, 2] }).auc, 1);
  assert.equal(privacy.attackRoc({ in: [1, 1], out: [1, 1] }).auc, 0.5);
  const wrong = privacy.attackRoc({ in: [1, 2], out: [3, 4] });
  assert.equal(wrong.auc, 0);
  assert.equal(wrong.hullAuc, 0.5);
  assert.equal(privacy.tprAtFpr(wrong, { fpr: 0.5 }), 0);
  assert.equal(privacy.tprAtFpr(wrong, { fpr: 1 }), 1);
  assert.throws(() => privacy.attackRoc({ in: [], out: [1] }), /expected at least one score in in, got none/);
  assert.throws(() => privacy.attackRoc({ in: [Number.NaN], out: [1] }), /expected finite numbers in in, got NaN at index 0/);
});

test("the likelihood-ratio attack finds members that the loss threshold misses, because it knows which examples are hard", () => {
  const models = 32;
  const examples = 200;
  const noise = privacy.random.normals((models + 1) * examples, { unsafeSeed: 11 });
  const bits = privacy.random.normals((models + 1) * examples, { unsafeSeed: 12 });
  const member = (model: number, at: number) => bits[model * examples + at]! > 0;
  // Each example has its own difficulty, far larger than what membership adds.
  const score = (model: number, at: number) => 10 * Math.sin(at) + (member(model, at) ? 2 : 0) + noise[model * examples + at]!;
  const row = <T>(of: (model: number, at: number) => T, model: number): T[] => Array.from({ length: examples }, (_, at) => of(model, at));
  const target = row(score, models);
  const members = row(member, models);
  const shadows = Array.from({ length: models }, (_, model) => row(score, model));
  const shadowMembers = Array.from({ length: models }, (_, model) => row(member, model));
  const threshold = privacy.lossThresholdAttack({ members: target.filter((_, at) => members[at]).map((s) => -s), nonMembers: target.filter((_, at) => !members[at]).map((s) => -s) });
  assert.ok(threshold.auc < 0.65, String(threshold.auc));
  for (const mode of ["online", "offline"] as const)
    for (const variance of ["fixed", "perExample"] as const) {
      const { roc, scores } = privacy.likelihoodRatioAttack({ target, members, shadows, shadowMembers }, { mode, variance });
      assert.ok(roc.auc > 0.85, `${mode} ${variance} ${roc.auc}`);
      assert.equal(scores.length, examples);
    }
  assert.throws(() => privacy.likelihoodRatioAttack({ target, members, shadows, shadowMembers: shadowMembers.map((one) => one.map(() => true)) }), /expected at least 2 shadow models without example 0, got 0/);
  assert.throws(() => privacy.likelihoodRatioAttack({ target: [1], members, shadows, shadowMembers }), /expected members of length 1 like target, got 200/);
});

test("exposure is highest when the canary is liked best, 0 when last, and a tie is not counted for it", () => {
  const references = Array.from({ length: 1023 }, (_, at) => at + 1);
  assert.deepEqual(privacy.canaryExposure({ canary: 0, references }), { exposure: 10, rank: 1, largest: 10 });
  assert.equal(privacy.canaryExposure({ canary: 2000, references }).exposure, 0);
  assert.equal(privacy.canaryExposure({ canary: 1, references }).rank, 2);
  assert.throws(() => privacy.canaryExposure({ canary: 1, references: [] }), /expected at least one loss in references, got none/);
});

test("impossible counts and options are refused by name", () => {
  const counts = { truePositives: 5, positives: 4, falsePositives: 0, negatives: 4 };
  assert.throws(() => privacy.epsilonLowerBound(counts), /expected truePositives <= positives, got 5 of 4/);
  assert.throws(() => privacy.epsilonLowerBound({ ...counts, positives: 5 }, { significance: 0 }), /expected significance above 0 and below 1, got 0/);
  assert.throws(() => privacy.oneRunAudit({ canaries: 4, guesses: 5, correct: 1 }), /expected guesses <= canaries, got 5 of 4/);
  assert.throws(() => privacy.oneRunAudit({ canaries: 8, guesses: 4, correct: 5 }), /expected correct <= guesses, got 5 of 4/);
  assert.throws(() => privacy.auditScores({ in: [1], out: [0] }, { method: "magic" as never }), /unknown method: magic \(known: clopperPearson, oneRun\)/);
  assert.throws(() => privacy.logitOfLoss([0.1, 0]), /expected losses > 0, got 0 at index 1/);
});

test("the plot of attacks has a curve for each and the line of guessing, with axes that say what they are", () => {
  const roc = privacy.attackRoc({ in: [3, 2, 1], out: [0, 2] });
  const figure = privacy.plotRoc({ loss: roc, lira: roc }, { scale: "log" });
  assert.deepEqual(figure.data.map(({ name }) => name), ["loss", "lira", "guessing"]);
  assert.match(figure.layout.meta?.description ?? "", /False positive rate/);
});
