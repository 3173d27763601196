import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../../kernel/helpers/data/index.js";
import * as label from "../../../../../kernel/helpers/label/index.js";

const clothes = ["Coat", "Dress", "Pullover", "Shirt", "T-shirt"];
const truthOf = (items: number, classes: readonly string[] = clothes) => Array.from({ length: items }, (_, i) => classes[(i * 7) % classes.length]!);
const right = (labels: readonly unknown[], truth: readonly unknown[]) => labels.filter((one, i) => one === truth[i]).length / truth.length;
const shareRight = ({ annotations, truth }: data.Crowd<string>, which: (row: data.CrowdLabel<string>) => boolean = () => true) => {
  const rows = annotations.filter(which);
  return rows.filter((row) => row.label === truth.labels[row.item]).length / rows.length;
};

test("every item gets as many different workers as asked for, work is shared evenly, and the bill is labels times price", () => {
  const crowd = data.crowd(truthOf(103), { labelsPerItem: 5, price: 0.03, seed: 4 });
  for (let item = 0; item < 103; item++) assert.equal(new Set(crowd.annotations.filter((row) => row.item === item).map((row) => row.annotator)).size, 5);
  const load = crowd.truth.workers.map(({ annotator }) => crowd.annotations.filter((row) => row.annotator === annotator).length);
  assert.ok(Math.max(...load) - Math.min(...load) <= 1, String(load));
  assert.equal(crowd.cost, 15.45);
  for (const { annotator } of crowd.truth.workers) {
    const turns = crowd.annotations.filter((row) => row.annotator === annotator).map((row) => row.turn).sort((a, b) => a - b);
    assert.deepEqual(turns, turns.map((_, i) => i));
  }
});

test("the same seed gives the same crowd, another seed another one", () => {
  assert.deepEqual(data.crowd(truthOf(40), { seed: 3 }), data.crowd(truthOf(40), { seed: 3 }));
  assert.notDeepEqual(data.crowd(truthOf(40), { seed: 3 }).annotations, data.crowd(truthOf(40), { seed: 4 }).annotations);
});

test("labels follow the hidden confusion matrices where no item is difficult", () => {
  const truth = truthOf(6000);
  const crowd = data.crowd(truth, { workers: { expert: 1, average: 1, confuser: 1, spammer: 1, oneButton: 1, adversary: 1 }, confusable: [["Shirt", "T-shirt", "Pullover"]], labelsPerItem: 6, difficulty: 0, seed: 2 });
  for (const { annotator, confusion } of crowd.truth.workers) {
    const rows = crowd.annotations.filter((row) => row.annotator === annotator);
    confusion.forEach((expected, k) => {
      assert.ok(Math.abs(expected.reduce((sum, p) => sum + p, 0) - 1) < 1e-12);
      const own = rows.filter((row) => truth[row.item] === clothes[k]);
      expected.forEach((p, given) => assert.ok(Math.abs(own.filter((row) => row.label === clothes[given]).length / own.length - p) < 0.05));
    });
  }
  const kinds = Object.fromEntries(crowd.truth.workers.map((worker) => [worker.kind, worker]));
  assert.ok(kinds.oneButton!.confusion.every((row) => row.includes(1)));
  assert.ok(kinds.spammer!.confusion.flat().every((p) => Math.abs(p - 0.2) < 1e-12));
  assert.ok(kinds.adversary!.confusion.every((row, k) => row[k]! <= 0.151));
  // Four of five mistakes of a Shirt stay among what looks like a shirt.
  const shirt = kinds.expert!.confusion[3]!;
  assert.ok(Math.abs((shirt[2]! + shirt[4]!) / (1 - shirt[3]!) - 0.8) < 1e-9);
});

test("independent workers who are right 70 % of the time, ten classes: the vote of one, three and five", () => {
  const truth = truthOf(3000, Array.from({ length: 10 }, (_, k) => `c${k}`));
  const vote = (labelsPerItem: number) => {
    const { annotations } = data.crowd(truth, { workers: { average: 12 }, accuracy: { average: 0.7 }, difficulty: 0, labelsPerItem, seed: 5 });
    // A tie is broken by the first label: by lot.
    return right(label.majorityVote(annotations).labels.map((one, i) => one ?? annotations.find((row) => row.item === i)!.label), truth);
  };
  [[1, 0.7], [3, 0.84], [5, 0.95]].forEach(([n, expected]) => assert.ok(Math.abs(vote(n!) - expected!) < 0.03, `${n}: ${vote(n!)}`));
});

test("difficulty has the mean that was asked for, and costs careful workers accuracy", () => {
  const easy = data.crowd(truthOf(4000), { workers: { expert: 4 }, difficulty: 0, seed: 1 });
  const hard = data.crowd(truthOf(4000), { workers: { expert: 4 }, difficulty: 0.3, seed: 1 });
  const mean = hard.truth.difficulty.reduce((sum, d) => sum + d, 0) / 4000;
  assert.ok(Math.abs(mean - 0.3) < 0.015, String(mean));
  assert.ok(Math.abs(shareRight(easy) - shareRight(hard) - 0.3 * 0.75) < 0.02);
  const given = data.crowd(["a", "b"], { workers: { expert: 2 }, labelsPerItem: 2, difficulty: [0, 1] });
  assert.deepEqual(given.truth.difficulty, [0, 1]);
});

test("tired workers are worse at the end of a shift, and as good as ever at its start", () => {
  const crowd = data.crowd(truthOf(6000), { workers: { expert: 3 }, labelsPerItem: 1, difficulty: 0, fatigue: 0.8, seed: 1 });
  assert.ok(shareRight(crowd, (row) => row.turn < 200) > 0.87);
  assert.ok(shareRight(crowd, (row) => row.turn >= 1800) < 0.55);
});

test("everybody answers the gold questions, at turns of all kinds", () => {
  const crowd = data.crowd(truthOf(100), { gold: 0.1, seed: 6 });
  assert.equal(crowd.gold.length, 10);
  for (const item of crowd.gold) assert.equal(crowd.annotations.filter((row) => row.item === item).length, 12);
  const turns = crowd.annotations.filter((row) => crowd.gold.includes(row.item)).map((row) => row.turn);
  assert.ok(Math.min(...turns) < 5 && Math.max(...turns) > 20);
  assert.deepEqual(data.crowd(truthOf(10), { gold: [7, 2, 7] }).gold, [2, 7]);
});

test("a shared habit is one mistake made by many: no method sees it", () => {
  const truth = truthOf(300);
  const items = truth.flatMap((name, i) => (name === "Shirt" && i % 2 === 0 ? [i] : []));
  const crowd = data.crowd(truth, { workers: { expert: 8 }, labelsPerItem: 5, difficulty: 0, habits: [{ items, from: "Shirt", to: "Dress", share: 1 }] });
  const found = label.dawidSkene(crowd.annotations);
  assert.ok(items.every((item) => found.labels[found.items.indexOf(item)] === "Dress"));
  assert.ok(crowd.truth.workers.every((worker) => worker.habits.length === 1));
  const half = data.crowd(truth, { workers: { expert: 8 }, habits: [{ items, from: "Shirt", to: "Dress", share: 0.5 }] });
  assert.equal(half.truth.workers.filter((worker) => worker.habits.length === 1).length, 4);
});

test("Dawid-Skene finds the spammers of the usual crowd and beats the vote", () => {
  for (const seed of [1, 2, 3]) {
    const truth = truthOf(600);
    const { annotations, truth: hidden } = data.crowd(truth, { labelsPerItem: 5, seed });
    const [vote, model] = [label.majorityVote(annotations), label.dawidSkene(annotations)];
    assert.ok(right(model.labels, truth) > right(vote.labels, truth), `${seed}`);
    const trace = (annotator: string) => model.confusion[model.annotators.indexOf(annotator)]!.reduce((sum, row, k) => sum + row[k]!, 0) / 5;
    const lazy = hidden.workers.filter(({ kind }) => kind === "spammer" || kind === "oneButton").map(({ annotator }) => trace(annotator));
    const busy = hidden.workers.filter(({ kind }) => kind !== "spammer" && kind !== "oneButton").map(({ annotator }) => trace(annotator));
    assert.ok(Math.max(...lazy) < Math.min(...busy), `${seed}: ${lazy} ${busy}`);
  }
});

test("the picture of a crowd does not give the truth away", () => {
  const show = (data.crowd(truthOf(30)) as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]!;
  assert.match(show()["text/plain"]!, /90 labels by 12 workers for 30 items; cost 1\.8$/);
});

test("wrong options are refused by name and value", () => {
  assert.throws(() => data.crowd([]), /expected at least one item, got none/);
  assert.throws(() => data.crowd(["a", "b"], { workers: { expert: 2 } }), /expected labelsPerItem <= 2, the number of workers, got 3/);
  assert.throws(() => data.crowd(["a", "b"], { workers: { wizard: 2 } as never }), /unknown kind of worker: wizard/);
  assert.throws(() => data.crowd(["a", "b"], { confusable: [["a", "c"]] }), /unknown class: c in confusable \(classes: a, b\)/);
  assert.throws(() => data.crowd(["a", "b"], { difficulty: 0.9 }), /expected difficulty of mean 0 to 0.5, got 0.9/);
  assert.throws(() => data.crowd(["a", "b"], { difficulty: [0.9] }), /expected difficulty of length 2 like truth, got 1/);
  assert.throws(() => data.crowd(["a", "b"], { gold: [2] }), /expected places of items below 2 in gold, got 2/);
  assert.throws(() => data.crowd(["a", "a"]), /expected at least 2 classes, got 1/);
  assert.throws(() => data.crowd(["a", "b"], { accuracy: { expert: 2 } }), /expected accuracy.expert from 0 to 1, got 2/);
  assert.throws(() => data.crowd(["a", "b"], { workes: {} } as never), /unknown option: workes/);
});
