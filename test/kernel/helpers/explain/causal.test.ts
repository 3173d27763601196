import assert from "node:assert/strict";
import { test } from "node:test";
import { random, type Random } from "../../../../kernel/helpers/data/random.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";

const near = (actual: number, expected: number, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);

function randomDag(dice: Random, size: number, share: number): explain.Dag {
  const nodes = dice.shuffle(Array.from({ length: size }, (_, at) => `n${at}`));
  const edges: [string, string][] = [];
  for (let i = 0; i < size; i++) for (let j = i + 1; j < size; j++) if (dice.uniform() < share) edges.push([nodes[i]!, nodes[j]!]);
  return explain.dag(edges, { nodes });
}

/** All simple paths of the skeleton, each judged by the definition: the plain, exponential way. */
function separatedByPaths({ nodes, edges }: explain.Dag, x: string, y: string, given: string[]): boolean {
  const arrow = (from: string, to: string) => edges.some(([a, b]) => a === from && b === to);
  const below = (node: string): string[] => [node, ...edges.filter(([a]) => a === node).flatMap(([, b]) => below(b))];
  const open = (path: string[]) => path.slice(1, -1).every((node, at) => {
    const collider = arrow(path[at]!, node) && arrow(path[at + 2]!, node);
    return collider ? below(node).some((one) => given.includes(one)) : !given.includes(node);
  });
  const anyOpen = (path: string[]): boolean => {
    const last = path.at(-1)!;
    if (last === y) return open(path);
    return nodes.some((next) => !path.includes(next) && (arrow(last, next) || arrow(next, last)) && anyOpen([...path, next]));
  };
  return !anyOpen([x]);
}

test("d-separation is what the definition says, path by path, on random graphs", () => {
  const dice = random(9);
  let [yes, no] = [0, 0];
  for (let round = 0; round < 250; round++) {
    const graph = randomDag(dice, 3 + (round % 5), 0.2 + 0.1 * (round % 4));
    const [x, y, ...rest] = dice.shuffle(graph.nodes);
    const given = rest.filter(() => dice.uniform() < 0.4);
    const expected = separatedByPaths(graph, x!, y!, given);
    assert.equal(explain.dSeparated(graph, { x: x!, y: y!, given }), expected, JSON.stringify({ graph, x, y, given }));
    assert.equal(explain.dSeparated(graph, { x: y!, y: x!, given }), expected, "symmetric");
    if (expected) yes++;
    else no++;
  }
  assert.ok(yes > 50 && no > 50);
});

test("each back-door set found is one, is minimal, and none is missed, on random graphs", () => {
  const dice = random(4);
  for (let round = 0; round < 40; round++) {
    const graph = randomDag(dice, 6, 0.4);
    const [treatment, outcome] = [graph.nodes[2]!, graph.nodes[4]!];
    const others = graph.nodes.filter((node) => node !== treatment && node !== outcome);
    const sets = explain.backdoorSets(graph, { treatment, outcome });
    const holds = (set: string[]) => explain.isBackdoorSet(graph, { treatment, outcome, set });
    for (let bits = 0; bits < 16; bits++) {
      const set = others.filter((_, at) => (bits >> at) & 1);
      const minimal = holds(set) && !Array.from({ length: 16 }, (_, less) => less).some((less) => less !== bits && (less & bits) === less && holds(others.filter((__, at) => (less >> at) & 1)));
      assert.equal(sets.some((one) => [...one].sort().join() === [...set].sort().join()), minimal, JSON.stringify({ graph, set }));
    }
  }
});

test("the textbook graphs: confounder, chain, collider, M-bias, front door", () => {
  const confounded = explain.dag([["z", "t"], ["z", "y"], ["t", "y"]]);
  assert.deepEqual(explain.backdoorSets(confounded, { treatment: "t", outcome: "y" }), [["z"]]);
  assert.deepEqual(explain.backdoorSets(confounded, { treatment: "t", outcome: "y", observed: ["t", "y"] }), []);
  const mBias = explain.dag([["a", "t"], ["a", "m"], ["b", "m"], ["b", "y"], ["t", "y"]]);
  assert.deepEqual(explain.backdoorSets(mBias, { treatment: "t", outcome: "y" }), [[]]);
  assert.equal(explain.isBackdoorSet(mBias, { treatment: "t", outcome: "y", set: ["m"] }), false, "adjusting for the collider opens a path");
  const mediated = explain.dag([["t", "m"], ["m", "y"]]);
  assert.equal(explain.isBackdoorSet(mediated, { treatment: "t", outcome: "y", set: ["m"] }), false, "an effect of the treatment");
  const front = explain.dag([["u", "t"], ["u", "y"], ["t", "m"], ["m", "y"]]);
  assert.deepEqual(explain.frontdoorSets(front, { treatment: "t", outcome: "y", observed: ["t", "m", "y"] }), [["m"]]);
  assert.deepEqual(explain.frontdoorSets(explain.dag([...front.edges, ["t", "y"]]), { treatment: "t", outcome: "y", observed: ["t", "m", "y"] }), [], "a direct way past the mediator");
  assert.deepEqual(explain.frontdoorSets(explain.dag([...front.edges, ["u", "m"]]), { treatment: "t", outcome: "y", observed: ["t", "m", "y"] }), [], "the mediator is confounded too");
});

test("cycles, unknown nodes and overlapping groups are refused by name", () => {
  assert.throws(() => explain.dag([["a", "b"], ["b", "c"], ["c", "a"]]), /expected a graph without cycles, got a -> b -> c -> a/);
  assert.throws(() => explain.dag([["a", "a"]]), /expected a graph without cycles, got a -> a/);
  assert.throws(() => explain.dag([["a", "b"], ["a", "b"]]), /expected each edge once, got a -> b twice/);
  assert.throws(() => explain.dag([["a"] as never]), /expected edges as \[cause, effect\], got an array of 1/);
  const graph = explain.dag([["a", "b"]]);
  assert.throws(() => explain.dSeparated(graph, { x: "a", y: "q" }), /unknown node: q in y \(known: a, b\)/);
  assert.throws(() => explain.dSeparated(graph, { x: "a", y: "b", given: ["a"] }), /expected given apart from x, got a in both/);
});

/** z confounds: treated more often where z is 1, and z adds 5. The effect of t is 2. */
function confounded(rows: number, seed: number) {
  const dice = random(seed);
  const data = { z: [] as number[], t: [] as number[], y: [] as number[], m: [] as number[] };
  for (let row = 0; row < rows; row++) {
    const z = Number(dice.uniform() < 0.5);
    const t = Number(dice.uniform() < (z ? 0.8 : 0.2));
    const m = 2 * t + 0.5 * dice.normal();
    data.z.push(z);
    data.t.push(t);
    data.m.push(m);
    data.y.push(m + 5 * z + 0.5 * dice.normal());
  }
  return data;
}

test("every estimator finds the effect that the plain difference misses; the front door finds it without the confounder", () => {
  const data = confounded(4000, 1);
  for (const method of ["regression", "stratification", "weighting", "doublyRobust"] as const) {
    const { effect, naive } = explain.causalEffect(data, { treatment: "t", outcome: "y", covariates: ["z"], method });
    near(effect, 2, 0.12);
    near(naive, 5, 0.3);
  }
  near(explain.frontdoorEffect(data, { treatment: "t", outcome: "y", mediators: ["m"] }).effect, 2, 0.2);
});

test("one binary covariate: stratification, weighting and doubly robust agree to rounding, since all are saturated", () => {
  const data = confounded(300, 2);
  const [a, b, c] = (["stratification", "weighting", "doublyRobust"] as const).map((method) => explain.causalEffect(data, { treatment: "t", outcome: "y", covariates: ["z"], method }).effect);
  near(a!, b!, 1e-8);
  near(a!, c!, 1e-8);
});

test("refutation: a right adjustment passes all three tests, and the placebo effect is near 0", () => {
  const data = confounded(600, 3);
  for (const name of ["placebo", "randomCommonCause", "subset"] as const) {
    const made = explain.refute(data, { treatment: "t", outcome: "y", covariates: ["z"], test: name, repeats: 30 });
    assert.equal(made.effects.length, 30);
    near(made.mean, made.expected, 0.15);
    assert.ok(made.p > 0.05, `${name}: p = ${made.p}`);
  }
});

test("constant treatments, missing overlap, wrong lengths, NaN and unknown columns are named", () => {
  const y = [1, 2, 3, 4];
  const ask = (data: explain.CausalData, more: object = {}) => () => explain.causalEffect(data, { treatment: "t", outcome: "y", ...more });
  assert.throws(ask({ t: [1, 1, 1, 1], y }), /expected treatment t to vary, got 1 throughout/);
  assert.throws(ask({ t: [1, 1, 1, 1], y }, { method: "weighting" }), /expected treatment t with both 0 and 1, got only 1/);
  assert.throws(ask({ t: [0, 2, 1, 1], y }, { method: "weighting" }), /expected treatment t of 0 and 1 for this method, got 2 at row 1/);
  assert.throws(ask({ t: [0, 0, 1, 1], y, z: [0, 0, 1, 1] }, { covariates: ["z"], method: "stratification" }), /expected both treatments in every stratum \(overlap\), got only 0 where the covariates are 0/);
  assert.throws(ask({ t: [0, 0, 1, 1], y, z: [0, 0, 1, 1] }, { covariates: ["z"], method: "weighting" }), /expected covariates that leave both treatments possible \(overlap\)/);
  assert.throws(ask({ t: [0, 1], y }), /expected column y of length 2, got 4/);
  assert.throws(ask({ t: [0, 1, 0, 1], y: [1, NaN, 2, 3] }), /expected finite numbers in y, got NaN at index 1/);
  assert.throws(ask({ t: [0, 1, 0, 1] }), /unknown column: y \(known: t\)/);
  assert.throws(ask({ t: [0, 1, 0, 1], y }, { covariates: ["y"] }), /expected covariates apart from treatment and outcome, got y/);
});
