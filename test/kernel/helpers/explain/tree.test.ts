import assert from "node:assert/strict";
import { test } from "node:test";
import { random, type Random } from "../../../../kernel/helpers/data/random.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";

const near = (actual: number, expected: number, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** A random tree whose thresholds lie on a coarse grid, so that values stand on them; some nodes have no cover. */
function randomTree(dice: Random, depth: number, width: number): explain.Tree {
  const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], value: [] as number[], cover: [] as number[] };
  const grow = (level: number, cover: number): number => {
    const node = tree.left.length;
    const leaf = level === depth || dice.uniform() < 0.15;
    tree.feature.push(leaf ? -2 : dice.integer(0, width - 1));
    tree.threshold.push(dice.integer(-2, 2) / 2);
    tree.value.push(dice.normal());
    tree.cover.push(cover);
    tree.left.push(-1);
    tree.right.push(-1);
    if (!leaf) {
      const goes = dice.uniform() < 0.1 ? 0 : dice.integer(0, cover);
      tree.left[node] = grow(level + 1, goes);
      tree.right[node] = grow(level + 1, cover - goes);
    }
    return node;
  };
  grow(0, 64);
  return tree;
}

/** v(S) of the path-dependent game, and Shapley's formula over all subsets: slow and plain. */
function bruteForce(tree: explain.Tree, x: number[]): number[] {
  const worth = (known: number): number => {
    const go = (node: number): number => {
      if (tree.left[node] === -1) return tree.value[node] as number;
      const [left, right] = [tree.left[node]!, tree.right[node]!];
      if ((known >> tree.feature[node]!) & 1) return go(x[tree.feature[node]!]! <= tree.threshold[node]! ? left : right);
      const cover = tree.cover[node]!;
      return cover === 0 ? 0 : (tree.cover[left]! * go(left) + tree.cover[right]! * go(right)) / cover;
    };
    return go(0);
  };
  const n = x.length;
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  const ones = (set: number) => [...set.toString(2)].filter((bit) => bit === "1").length;
  return x.map((_, i) => {
    let sum = 0;
    for (let set = 0; set < 2 ** n; set++) {
      if ((set >> i) & 1) continue;
      const size = ones(set);
      sum += (factorial(size) * factorial(n - size - 1)) / factorial(n) * (worth(set | (1 << i)) - worth(set));
    }
    return sum;
  });
}

test("path-dependent TreeSHAP is Shapley's formula over all subsets, also with repeated features and values on thresholds", () => {
  const dice = random(5);
  for (let round = 0; round < 60; round++) {
    const width = 2 + (round % 4);
    const tree = { ...randomTree(dice, 1 + (round % 6), width) };
    // Where no training row ever came, the definition has nothing to say below: give such nodes a row.
    const covered = { ...tree, cover: coverAll(tree) };
    const x = Array.from({ length: width }, () => dice.integer(-3, 3) / 2);
    const { values, baseValue, predictions } = explain.treeShap(covered, [x]);
    bruteForce(covered, x).forEach((value, column) => near(values[0]![column]!, value, 1e-10));
    near(total(values[0]!) + baseValue, predictions[0]!, 1e-10);
  }
});

test("many rows at once, which look their patterns up, have the values that each has alone, and that the formula has", () => {
  const dice = random(11);
  for (let round = 0; round < 24; round++) {
    const width = 1 + (round % 5);
    const trees = Array.from({ length: 3 }, () => randomTree(dice, 1 + (round % 6), width));
    const covered = trees.map((tree) => ({ ...tree, cover: coverAll(tree) }));
    const x = Array.from({ length: 600 }, () => Array.from({ length: width }, () => dice.integer(-3, 3) / 2));
    for (const given of [trees, covered]) {
      const { values, baseValue, predictions } = explain.treeShap(given, x, { aggregate: "sum" });
      for (const row of [0, 1, 299, 599]) {
        const alone = explain.treeShap(given, [x[row]!], { aggregate: "sum" });
        alone.values[0]!.forEach((value, column) => near(values[row]![column]!, value, 1e-10));
        near(total(values[row]!) + baseValue, predictions[row]!, 1e-9);
      }
    }
    const { values } = explain.treeShap(covered, x, { aggregate: "sum" });
    const plain = covered.map((tree) => bruteForce(tree, x[7]!));
    values[7]!.forEach((value, column) => near(value, total(plain.map((tree) => tree[column]!)), 1e-10));
  }
});

/** Every leaf one row more, summed upwards. */
function coverAll(tree: explain.Tree): number[] {
  const cover = [...tree.cover];
  const sum = (node: number): number => (cover[node] = tree.left[node] === -1 ? 1 + tree.cover[node]! : sum(tree.left[node]!) + sum(tree.right[node]!));
  sum(0);
  return cover;
}

test("nodes that no training row reached are no trouble: the values still add up", () => {
  const dice = random(8);
  for (let round = 0; round < 40; round++) {
    const tree = randomTree(dice, 5, 3);
    const x = [0, 1, 2].map(() => dice.integer(-3, 3) / 2);
    const { values, baseValue, predictions } = explain.treeShap(tree, [x]);
    near(total(values[0]!) + baseValue, predictions[0]!, 1e-9);
  }
});

test("interventional TreeSHAP is the Shapley value of the trees' predictions over the background, for forests and sums", async () => {
  const dice = random(6);
  for (const aggregate of ["mean", "sum"] as const) {
    for (const width of [1, 2, 4, 5]) {
      const trees = Array.from({ length: 3 }, () => randomTree(dice, 6, width));
      const rows = (count: number) => Array.from({ length: count }, () => Array.from({ length: width }, () => dice.integer(-3, 3) / 2));
      const [x, background] = [rows(4), rows(5)];
      const fast = explain.treeShap(trees, x, { background, aggregate });
      const plain = await explain.shapley((asked) => explain.predictTree(trees, asked, { aggregate }), x, { background });
      fast.values.forEach((values, row) => values.forEach((value, column) => near(value, plain.values[row]![column]!, 1e-10)));
      near(fast.baseValue, plain.baseValue, 1e-10);
    }
  }
});

test("a deep chain on one column and many columns on one path both add up to 1e-6", () => {
  const chain = (depth: number, feature: (level: number) => number): explain.Tree => {
    const tree = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], value: [] as number[], cover: [] as number[] };
    for (let level = 0; level <= depth; level++) {
      tree.feature.push(feature(level), -2);
      tree.threshold.push(level, 0);
      tree.left.push(level === depth ? -1 : 2 * level + 1, -1);
      tree.right.push(level === depth ? -1 : 2 * level + 2, -1);
      tree.value.push(level, level ** 1.5);
      tree.cover.push(depth + 1 - level, 1);
    }
    tree.feature.pop(); tree.threshold.pop(); tree.left.pop(); tree.right.pop(); tree.value.pop(); tree.cover.pop();
    return tree;
  };
  for (const tree of [chain(40, () => 0), chain(40, (level) => level)]) {
    const x = Array.from({ length: 41 }, (_, at) => (at * 7) % 41);
    const { values, baseValue, predictions } = explain.treeShap(tree, [x]);
    near(total(values[0]!) + baseValue, predictions[0]!, 1e-6);
  }
});

test("a tree of one leaf explains nothing, and a column that the trees do not ask about has 0", () => {
  const stump: explain.Tree = { feature: [-2], threshold: [0], left: [-1], right: [-1], value: [7], cover: [3] };
  assert.deepEqual(explain.treeShap(stump, [[1, 2]]).values, [[0, 0]]);
  assert.equal(explain.treeShap(stump, [[1, 2]]).baseValue, 7);
  assert.deepEqual(explain.treeShap(stump, [[1, 2]], { background: [[0, 0]] }).values, [[0, 0]]);
});

test("class trees are explained for the class named", () => {
  const tree: explain.Tree = { feature: [0, -2, -2], threshold: [0, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [[0.5, 0.5], [1, 0], [0, 1]], cover: [2, 1, 1] };
  assert.deepEqual(explain.treeShap(tree, [[1]], { output: 1 }).values, [[0.5]]);
  assert.throws(() => explain.treeShap(tree, [[1]]), /expected output from 0 to 1/);
});

test("broken trees are refused: lengths, two parents, loops, unreached nodes, columns that rows do not have", () => {
  const good = { feature: [0, -2, -2], threshold: [0, 0, 0], left: [1, -1, -1], right: [2, -1, -1], value: [0, 1, 2], cover: [2, 1, 1] };
  const x = [[1]];
  assert.throws(() => explain.treeShap({ ...good, cover: [2, 1] }, x), /expected tree.cover of length 3 like left, got 2/);
  assert.throws(() => explain.treeShap({ ...good, right: [1, -1, -1] }, x), /expected tree to be a tree, got node 1 below two parents/);
  assert.throws(() => explain.treeShap({ ...good, feature: [-2, 0, -2], left: [-1, 2, -1], right: [-1, 1, -1] }, x), /expected tree to be one tree whose root reaches all 3 nodes, got 1 reached/);
  assert.throws(() => explain.treeShap({ ...good, feature: [3, -2, -2] }, x), /expected tree.feature from 0 to 0, got 3 at node 0/);
  assert.throws(() => explain.treeShap({ ...good, value: [0, NaN, 2] }, x), /expected finite numbers in tree.value, got NaN at node 1/);
  assert.throws(() => explain.treeShap([], x), /expected at least one tree, got none/);
  assert.throws(() => explain.treeShap(good, x, { algorithm: "interventional" }), /expected background rows for algorithm "interventional", got none/);
  assert.throws(() => explain.treeShap(good, [[NaN]]), /expected finite numbers in x/);
});

test("a rule keeps the tighter of two questions about one column, whichever the tree asks first", () => {
  const tree: explain.Tree = { feature: [0, 0, -2, -2, -2], threshold: [1, 5, 0, 0, 0], left: [1, 2, -1, -1, -1], right: [4, 3, -1, -1, -1], value: [0, 0, 1, 2, 3], cover: [3, 2, 2, 0, 1] };
  assert.deepEqual(explain.treeRules(tree).map(({ conditions }) => [conditions[0]!.low, conditions[0]!.high]), [[-Infinity, 1], [5, 1], [1, Infinity]]);
});

test("a surrogate tree deep enough copies a step model perfectly, a shallow one says how far it falls short, and its rules cover each row once", async () => {
  const model = (rows: number[][]) => rows.map(([a, b]) => (a! > 0.5 ? 1 : 0) + (b! > 0.2 ? 2 : 0));
  const dice = random(2);
  const x = Array.from({ length: 200 }, () => [dice.uniform(), dice.uniform(), dice.uniform()]);
  const full = await explain.surrogateTree(model, x, { depth: 2 });
  assert.equal(full.fidelity, 1);
  assert.deepEqual(explain.predictTree(full.tree, x), model(x));
  const shallow = await explain.surrogateTree(model, x, { depth: 1 });
  assert.ok(shallow.fidelity > 0.3 && shallow.fidelity < 0.95);
  const rules = explain.treeRules(full.tree, { names: ["a", "b", "c"] });
  for (const row of x) {
    const hits = rules.filter(({ conditions }) => conditions.every(({ feature, low, high }) => row[feature]! > low && row[feature]! <= high));
    assert.equal(hits.length, 1);
    assert.equal(hits[0]!.value, model([row])[0]);
  }
  assert.equal(total(rules.map(({ cover }) => cover)), 200);
  const words = await explain.surrogateTree(model, x, { task: "classification", threshold: 1.5, depth: 2, leaf: 5 });
  assert.ok(words.fidelity > 0.99);
  assert.equal((await explain.surrogateTree((rows) => rows.map(() => 4), x)).fidelity, 1, "a constant model is copied by one leaf");
});
