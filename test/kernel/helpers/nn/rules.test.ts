import assert from "node:assert/strict";
import { test } from "node:test";
import * as nn from "../../../../kernel/helpers/nn/index.js";

const family: nn.Rule[] = [
  { name: "parent", when: ["?a parent-of ?b"], then: ["?a ancestor-of ?b"] },
  { name: "further", when: ["?a parent-of ?b", "?b ancestor-of ?c"], then: ["?a ancestor-of ?c"] },
];

test("rules fire until nothing new follows: the ancestors of a chain are all pairs", () => {
  const facts = Array.from({ length: 12 }, (_, i) => ["p" + i, "parent-of", "p" + (i + 1)]);
  const found = nn.forwardChain({ rules: family, facts });
  assert.equal(found.conclusions.length, (13 * 12) / 2);
  assert.equal(found.ask("p0 ancestor-of ?who").length, 12);
  assert.equal(found.ask("?a ancestor-of ?a").length, 0);
  // What follows does not depend on the order of facts, or on the strategy.
  for (const conflict of [["recency"], ["specificity", "priority"], []] as nn.Criterion[][]) assert.deepEqual([...nn.forwardChain({ rules: family, facts: facts.toReversed() }, { conflict }).conclusions].sort(), [...found.conclusions].sort());
});

test("no way is found twice and none is missed: conditions that fit the same fact, and the same fact twice", () => {
  const rules: nn.Rule[] = [{ name: "pair", when: ["?a is red", "?b is red", "?c is red"], then: ["?a ?b ?c"] }];
  const found = nn.forwardChain({ rules, facts: ["x is red", "y is red", "z is red"] });
  assert.equal(found.conclusions.length, 27);
  assert.equal(new Set(found.conclusions).size, 27);
  const two = nn.forwardChain({ rules, facts: ["x is red", "y is red"] });
  assert.deepEqual(two.firings.map(({ agenda }) => new Set(agenda.map(({ bindings }) => JSON.stringify(bindings))).size), [7, 6, 5, 4, 3, 2, 1, 0]);
  assert.deepEqual(two.firings.map(({ agenda }) => agenda.length), [7, 6, 5, 4, 3, 2, 1, 0]);
});

test("a proof leads down to the facts that were given, why names what a fact was used for, whyNot what is missing", () => {
  const rules: nn.Rule[] = [
    { name: "hot", when: ["?who temperature ?t"], where: ({ t }) => t > 38, then: ["?who has fever"] },
    { name: "flu", when: ["?who has fever", "?who has cough"], unless: ["?who is vaccinated"], then: ["?who may-have flu"] },
  ];
  const found = nn.forwardChain({ rules, facts: ["ann temperature 39.2", "ann has cough", "bob temperature 37", "bob has cough", "cy has fever", "cy has cough", "cy is vaccinated"] });
  assert.deepEqual(found.conclusions, ["ann has fever", "ann may-have flu"]);
  const proof = found.how("ann may-have flu");
  assert.equal(proof.text, "ann may-have flu (rule flu)\n  ann has fever (rule hot)\n    ann temperature 39.2 (given)\n  ann has cough (given)\n  not: ann is vaccinated");
  assert.deepEqual(found.why("ann has fever").map(({ rule }) => rule), ["flu"]);
  assert.deepEqual([...found.whyNot("bob may-have flu")], [{ rule: "flu", met: [], missing: "bob has fever" }]);
  assert.deepEqual([...found.whyNot("bob has fever")], [{ rule: "hot", met: ["bob temperature 37"], missing: "the test of rule hot" }]);
  assert.deepEqual([...found.whyNot("cy may-have flu")], [{ rule: "flu", met: ["cy has fever", "cy has cough"], missing: "not: cy is vaccinated" }]);
  const shop = nn.forwardChain({ rules: [{ name: "go", when: ["?p is near", "?p is open", "?p is cheap"], then: ["we go"] }], facts: ["a is near", "b is near", "b is open", "c is near"] });
  assert.deepEqual([...shop.whyNot("we go")], [{ rule: "go", met: ["b is near", "b is open"], missing: "b is cheap" }]);
  assert.throws(() => found.how("bob has fever"), { message: "unknown fact: bob has fever does not hold (ask whyNot)" });
});

test("conflicts are resolved by priority, then certainty, specificity and recency, and the agenda shows what waited", () => {
  const rules: nn.Rule[] = [
    { name: "plain", when: ["a"], then: ["1"] },
    { name: "specific", when: ["a", "b"], then: ["2"] },
    { name: "urgent", when: ["a"], then: ["3"], priority: 5 },
    { name: "uncertain", when: ["a", "b", "c"], unless: ["1"], then: ["4"] },
  ];
  const found = nn.forwardChain({ rules, facts: ["a", "b", "c"] });
  assert.deepEqual(found.firings.map(({ rule }) => rule), ["urgent", "specific", "plain"]);
  assert.deepEqual(found.firings[0]!.agenda.map(({ rule }) => rule), ["specific", "plain", "uncertain"]);
  const eager = nn.forwardChain({ rules, facts: ["a", "b", "c"] }, { conflict: ["specificity"] });
  assert.equal(eager.firings[0]!.rule, "uncertain");
  assert.deepEqual(eager.overtaken, [{ fact: "4", rule: "uncertain", by: "1" }]);
  const recent = nn.forwardChain({ rules: [{ name: "r", when: ["see ?x"], then: ["saw ?x"] }], facts: ["see old", "see new"] });
  assert.deepEqual(recent.conclusions, ["saw new", "saw old"]);
});

test("numbers, lists of terms and made conclusions", () => {
  const rules: nn.Rule[] = [{ name: "sum", when: [["?x", "costs", "?a"], ["?y", "costs", "?b"]], where: ({ x, y }) => x < y, then: ({ x, y, a, b }) => [[x, "and", y, "cost", a + b]] }];
  assert.deepEqual(nn.forwardChain({ rules, facts: [["green tea", "costs", 2], ["milk", "costs", 1.5]] }).conclusions, ["green tea and milk cost 3.5"]);
  assert.deepEqual(nn.forwardChain({ rules: [{ name: "start", when: [], then: ["ready"] }], facts: [] }).conclusions, ["ready"]);
});

test("rules that cannot work are named before they run, and rules without end are stopped", () => {
  const run = (rule: object, facts: nn.Fact[] = ["n 1"]) => () => nn.forwardChain({ rules: [{ name: "r", when: ["n ?x"], then: ["m ?x"], ...rule } as nn.Rule], facts }, { limit: 50 });
  const cases: [() => unknown, RegExp][] = [
    [run({ then: ["m ?y"] }), /expected \?y in then of rule "r" to stand in its when too/],
    [run({ then: [] }), /expected rule "r" to conclude something, got no then/],
    [run({ name: "" }), /expected rule 0 to have a name/],
    [run({ wen: [] }), /unknown option: wen/],
    [run({}, ["n ?x"]), /expected fact 0 without variables, got \?x in "n \?x"/],
    [run({ then: ({ x }: { x: number }) => [["n", x + 1]] }), /expected the rules to come to rest within 50 firings, rule "r" still adds "n 52"/],
    [run({ where: () => { throw new Error("oops"); } }), /where of rule "r" failed with x = 1: oops/],
    [() => nn.forwardChain({ rules: [...family, family[0]!], facts: [] }), /expected rules of different names, got "parent" twice/],
  ];
  for (const [work, message] of cases) assert.throws(work, { message });
});
