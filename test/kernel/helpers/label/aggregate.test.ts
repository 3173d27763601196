import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as label from "../../../../kernel/helpers/label/index.js";
import { patients } from "./dawid-skene-1979.js";

const close = (actual: readonly number[], expected: readonly number[], within: number) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, at) => assert.ok(Math.abs(value - expected[at]!) <= within, `at ${at}: expected ${expected[at]}, got ${value}`));
};

test("Dawid and Skene's 45 patients give the class marginals, error rates and likelihood of their paper", () => {
  const fit = label.dawidSkene(patients, { tolerance: 1e-10, iterations: 500 });
  close(fit.priors, [0.3996, 0.422, 0.1118, 0.0667], 5e-5);
  close(fit.confusion[0]!.flat(), [0.889, 0.111, 0, 0, 0.071, 0.876, 0.053, 0, 0, 0.339, 0.661, 0, 0, 0, 0.556, 0.444], 5e-4);
  close([fit.logLikelihoods.at(-1)!], [-192.8909], 5e-5);
  assert.equal(fit.converged, true);
});

/** Annotators with known accuracies over items of known classes. */
function crowd({ items = 400, classes = 3, skills = [0.9, 0.85, 0.8, 0.4, 0.4], missing = 0, seed = 1 }): { truth: number[]; votes: (number | null)[][] } {
  const draw = random(seed);
  const truth = Array.from({ length: items }, () => draw.integer(0, classes - 1));
  const votes = truth.map((right) => skills.map((skill) => (draw.uniform() < missing ? null : draw.uniform() < skill ? right : (right + draw.integer(1, classes - 1)) % classes)));
  return { truth, votes };
}

const accuracy = (labels: readonly unknown[], truth: readonly unknown[]) => labels.filter((name, i) => name === truth[i]).length / truth.length;

test("methods that weigh annotators beat the majority where two of five answer nearly at random", () => {
  const { truth, votes } = crowd({ items: 1000 });
  const majority = accuracy(label.majorityVote(votes).labels, truth);
  for (const method of [label.dawidSkene, label.oneCoin, label.glad, label.mace]) {
    const found = accuracy(method(votes).labels, truth);
    assert.ok(found > majority + 0.02, `${method.name}: ${found} against ${majority}`);
  }
});

test("estimated skills are the true ones within sampling error, and MACE finds who spams", () => {
  const skills = [0.95, 0.8, 0.6, 0.34];
  const { votes } = crowd({ items: 5000, skills, seed: 4 });
  close(label.oneCoin(votes).skills, skills, 0.05);
  const { competence, strategy } = label.mace(votes.map(([a, b, c]) => [a!, b!, c!, 2]), { restarts: 3 });
  assert.ok(competence[3]! < 0.05 && competence[0]! > 0.8, competence.join(" "));
  assert.ok(strategy[3]![2]! > 0.9);
});

test("the likelihood never falls from one round of Dawid-Skene or one-coin to the next, whatever is missing", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { votes } = crowd({ items: 60, missing: 0.3, seed });
    const labelled = votes.map((row) => (row.every((v) => v === null) ? [0, ...row.slice(1)] : row));
    for (const method of [label.dawidSkene, label.oneCoin]) {
      const { logLikelihoods } = method(labelled, { iterations: 30, tolerance: 0 });
      logLikelihoods.forEach((value, at) => assert.ok(at === 0 || value >= logLikelihoods[at - 1]! - 1e-6, `${method.name} ${seed} round ${at}`));
    }
  }
});

test("every method gives probabilities that sum to 1, and the same answer when items and annotators come in another order", () => {
  const { votes } = crowd({ items: 80, missing: 0.2, seed: 9 });
  const rows = votes.flatMap((row, item) => row.flatMap((name, annotator) => (name === null ? [] : [{ item, annotator, label: name }])));
  const mixed = random(2).shuffle(rows);
  const exactly = { iterations: 10, tolerance: 0 };
  for (const method of [label.majorityVote, (v: typeof rows) => label.dawidSkene(v, exactly), (v: typeof rows) => label.oneCoin(v, exactly), (v: typeof rows) => label.glad(v, exactly)]) {
    const [a, b] = [method(rows), method(mixed)];
    const byItem = new Map(b.items.map((item, i) => [item, b.probabilities[i]!]));
    a.items.forEach((item, i) => {
      close([a.probabilities[i]!.reduce((sum, p) => sum + p, 0)], [1], 1e-9);
      // GLAD's inner search stops a little elsewhere when sums come in another order.
      close(a.probabilities[i]!, byItem.get(item)!, a.method === "GLAD" ? 0.01 : 1e-9);
    });
  }
});

test("a tie has no label; a class that nobody used, two annotators and an unfinished run are told in warnings", () => {
  assert.deepEqual(label.majorityVote([["a", "b"], ["b", "b"]]).labels, [null, "b"]);
  const { warnings } = label.dawidSkene([["a", "b"], ["b", "b"], ["a", "b"], ["b", "a"], ["b", "b"]], { classes: ["a", "b", "c"], iterations: 1 });
  assert.match(warnings.join("; "), /2 annotators: .*three are needed; no annotator used c; not converged after 1 iterations/);
});

test("one item, one class, and labels of false are answered as they stand", () => {
  for (const method of [label.majorityVote, label.dawidSkene, label.oneCoin, label.glad, label.mace]) {
    assert.deepEqual(method([["a", "a", "a"]]).labels, ["a"], method.name);
    assert.deepEqual(method([[false, false, true]]).labels, [false], method.name);
  }
});

test("an item with thousands of labels does not underflow", () => {
  const rows = Array.from({ length: 5000 }, (_, at) => ({ item: at < 4990 ? 0 : at % 10, annotator: at % 50, label: at % 3 ? "a" : "b" }));
  for (const method of [label.dawidSkene, label.oneCoin, label.glad, label.mace]) {
    for (const row of method(rows as label.AnnotationRow<string>[]).probabilities) assert.ok(row.every(Number.isFinite), method.name);
  }
});

test("bad input to the estimators is refused by name", () => {
  for (const method of [label.dawidSkene, label.oneCoin, label.glad, label.mace]) {
    assert.throws(() => method([["a"], ["b"]]), /expected at least 2 annotators, got 1/, method.name);
    assert.throws(() => method([["a", "a"], [null, null]]), /expected at least one label for every item, got none for item 1/, method.name);
    assert.throws(() => method([["a", "a"]], { iterations: 0 }), /expected iterations to be a whole number >= 1, got 0/, method.name);
    assert.throws(() => method([["a", "a"]], { rounds: 3 } as object), /unknown option: rounds/, method.name);
  }
  assert.throws(() => label.glad([["a", "a"]], { start: { abilities: [1], easiness: [1] } }), /start.abilities of length 2 like annotators, got 1/);
  assert.throws(() => label.mace([["a", "b"]], { method: "gibbs" as "em" }), /unknown method: gibbs/);
});

test("100,000 labels pass through ten rounds of Dawid-Skene within two seconds", () => {
  const { votes } = crowd({ items: 20000, classes: 4 });
  const started = performance.now();
  label.dawidSkene(votes, { iterations: 10, tolerance: 0 });
  assert.ok(performance.now() - started < 2000, `${performance.now() - started} ms`);
});

test("results are frozen plain data that JSON keeps whole and a notebook shows as a table", () => {
  const fit = label.dawidSkene([["a", "a", "b"], ["b", "b", "b"]]);
  assert.ok(Object.isFrozen(fit));
  assert.deepEqual(JSON.parse(JSON.stringify(fit)), { ...fit });
  const shown = (fit as unknown as Record<symbol, () => { data: Record<string, string> }>)[Symbol.for("Jupyter.display")]!();
  assert.match(shown.data["text/html"]!, /Dawid-Skene: 2 items, 3 annotators[\s\S]*<table/);
});

test("GLAD spreads an error evenly over the other classes: the E-step of three classes worked by hand", () => {
  // Right with s = sigmoid(2) and sigmoid(0.5); wrong with (1 - s) / 2 each.
  const [a, b] = [2, 0.5].map((ability) => 1 / (1 + Math.exp(-ability))) as [number, number];
  const raw = [a * ((1 - b) / 2), ((1 - a) / 2) * b, ((1 - a) / 2) * ((1 - b) / 2)];
  const sum = raw.reduce((total, p) => total + p, 0);
  const fit = label.glad([["x", "y"]], { classes: ["x", "y", "z"], iterations: 1, start: { abilities: [2, 0.5], easiness: [0] } });
  close(fit.probabilities[0]!, raw.map((p) => p / sum), 1e-12);
});
