import assert from "node:assert/strict";
import { test } from "node:test";
import * as recommend from "../../../../kernel/helpers/recommend/index.js";
import { random } from "../../../../kernel/helpers/data/random.js";

const shop = recommend.shop({ users: 150, items: 80, perUser: 20, seed: 6 });
const { train, test: held } = recommend.split(shop.ratings, { seed: 2 });
const near = (actual: number, expected: number, within = 1e-9) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);
const rows = (r: recommend.Ratings) => Array.from(r.value, (value, at) => ({ user: r.users[r.user[at]!]!, item: r.items[r.item[at]!]!, value, ...(r.time && { time: r.time[at]! }) }));

test("ratings keep every row, by user, and reading them again changes nothing", () => {
  const draw = random(3);
  const mixed = draw.shuffle(rows(shop.ratings));
  const r = recommend.ratings(mixed);
  assert.equal(r.value.length, mixed.length);
  const key = ({ user, item, value, time }: recommend.RatingRow) => `${user} ${item} ${value} ${time}`;
  assert.deepEqual(rows(r).map(key).sort(), mixed.map(key).sort());
  assert.deepEqual(recommend.ratings(rows(shop.ratings), { users: shop.ratings.users, items: shop.ratings.items }), shop.ratings);
});

test("bad ratings are refused by name and place, and nothing is merged without being asked", () => {
  const row = { user: "ann", item: "tea", value: 3 };
  assert.throws(() => recommend.ratings([row, { user: "bo", item: "tea", value: Number.NaN }]), /expected value of row 1 to be a finite number, got NaN/);
  assert.throws(() => recommend.ratings([row, row]), /row 1 repeats row 0 \(user "ann", item "tea"\): say duplicates: "last" or "mean"/);
  assert.deepEqual([...recommend.ratings([row, { ...row, value: 5 }], { duplicates: "last" }).value], [5]);
  assert.deepEqual([...recommend.ratings([row, { ...row, value: 5 }], { duplicates: "mean" }).value], [4]);
  assert.throws(() => recommend.ratings([row, { ...row, user: "bo", time: 3 }]), /expected time in all rows or in none, got 3 in row 1/);
  assert.throws(() => recommend.ratings([row], { users: ["bo"] }), /unknown user: "ann" in row 0/);
  assert.throws(() => recommend.ratings([{ item: 3 } as never]), /expected user of row 0 to be a name or a number, got undefined/);
  assert.throws(() => recommend.factorize(recommend.ratings([])), /expected at least one rating, got none/);
});

test("every way to split puts each rating into one part, and keeps what it promises", () => {
  const key = ({ user, item }: recommend.RatingRow) => `${user} ${item}`;
  const all = rows(shop.ratings).map(key).sort();
  for (const by of ["user", "random", "time", "last"] as const) {
    const parts = recommend.split(shop.ratings, { by, test: 0.25, seed: 3 });
    assert.deepEqual([...rows(parts.train), ...rows(parts.test)].map(key).sort(), all, by);
    if (by !== "last") near(parts.test.value.length / all.length, 0.25, 0.03);
    if (by === "time") assert.ok(Math.max(...parts.train.time!) < Math.min(...parts.test.time!));
    if (by === "user") for (let u = 0; u < 150; u++) assert.ok(parts.train.offsets[u + 1]! > parts.train.offsets[u]! && parts.test.offsets[u + 1]! > parts.test.offsets[u]!);
    if (by === "last") {
      for (let u = 0; u < 150; u++) {
        assert.equal(parts.test.offsets[u + 1]! - parts.test.offsets[u]!, 1);
        assert.ok(parts.test.time![parts.test.offsets[u]!]! >= Math.max(...parts.train.time!.subarray(parts.train.offsets[u], parts.train.offsets[u + 1])));
      }
    }
  }
  // What happened at one moment stays together, on the later side.
  const moments = recommend.ratings([1, 1, 2, 2, 2, 3].map((time, item) => ({ user: 1, item, time })));
  assert.deepEqual([...recommend.split(moments, { by: "time", test: 0.4 }).test.time!], [2, 2, 2, 3]);
  assert.throws(() => recommend.split(recommend.ratings([{ user: 1, item: 1 }, { user: 1, item: 2 }]), { by: "time" }), /expected ratings with time for by: "time", got none/);
  assert.throws(() => recommend.split(recommend.ratings([{ user: 1, item: 1, time: 1 }, { user: 1, item: 2, time: 1 }]), { by: "time" }), /expected two different times, got one/);
});

test("every learnt model beats the baseline on held-back ratings of a shop with tastes", () => {
  const baseline = recommend.errors(recommend.popularity(train, { by: "mean" }), held).rmse;
  for (const model of [recommend.factorize(train, { factors: 4, epochs: 60 }), recommend.als(train, { factors: 4, regularization: 0.1 }), recommend.itemKnn(train, { answer: "ratings", similarity: "cosine" })]) {
    const { rmse, mae } = recommend.errors(model, held);
    assert.ok(rmse < baseline && mae < rmse, `${model.kind}: ${rmse}, baseline ${baseline}`);
  }
});

test("on what users will like, implicit methods rank far above chance, and their loss never rises where it must not", () => {
  const chance = recommend.evaluate({ ...recommend.popularity(train), scores: () => Float64Array.from({ length: 80 }, (_, at) => (at * 37) % 80) }, held).ndcg;
  const als = recommend.implicitAls(train, { factors: 8 });
  for (let at = 1; at < als.loss.length; at++) assert.ok(als.loss[at]! <= als.loss[at - 1]! + 1e-12);
  for (const model of [als, recommend.bpr(train, { factors: 8, epochs: 40 }), recommend.itemKnn(train), recommend.popularity(train)]) assert.ok(recommend.evaluate(model, held).ndcg > 1.5 * chance, model.kind);
});

test("BPR raises what users have and lowers what nobody has, and its loss falls", () => {
  const r = recommend.ratings([1, 2, 3].map((user) => ({ user, item: "hit" })), { items: ["hit", "dud"] });
  const { itemBias, loss } = recommend.bpr(r, { factors: 2, epochs: 50 });
  assert.ok(itemBias[0]! > 0.5 && itemBias[1]! < -0.5);
  assert.ok(loss.at(-1)! < 0.5 * loss[0]!);
});

test("popularity shows few items to everyone; recommenders of tastes show more, more evenly and less known ones", () => {
  const [popular, personal] = [recommend.popularity(train), recommend.implicitAls(train, { factors: 8 })].map((model) => recommend.evaluate(model, held));
  assert.ok(personal!.coverage > popular!.coverage && personal!.gini < popular!.gini && personal!.novelty > popular!.novelty);
});

test("the smaller group is pushed further towards the popular than the larger one by a popularity list", () => {
  const lists = shop.ratings.users.map((user) => recommend.top(recommend.popularity(shop.ratings), user, { unseen: false }).map(({ item }) => item));
  const [main, niche] = recommend.popularityBias({ lists, train: shop.ratings, groups: shop.groups });
  assert.deepEqual([main!.group, niche!.group], ["main", "niche"]);
  assert.ok(niche!.lift > main!.lift && main!.lift > 0);
});

test("a list with the user's own balance of categories is calibrated, a list of one category is not", () => {
  const r = recommend.ratings(["a1", "a2", "b1", "b2"].map((item) => ({ user: "ann", item })));
  const categories = ["a", "a", "b", "b"];
  assert.equal(recommend.calibration({ lists: [["a1", "b1"]], train: r, categories }).mean, 0);
  // Half of the user's interest is shown as good as nothing: 0.5 log2(0.5 / (0.99 + 0.005)) + 0.5 log2(0.5 / 0.005).
  near(recommend.calibration({ lists: [["a1", "a2"]], train: r, categories }).mean, 0.5 * Math.log2(0.5 / 0.995) + 0.5 * Math.log2(100));
  assert.throws(() => recommend.calibration({ lists: [[]], train: r, categories }), /expected at least one recommendation of user "ann", got none/);
});

test("recommended items are the highest scores in order, without what the user has, however many are asked for", () => {
  const model = recommend.factorize(train, { factors: 3, epochs: 3 });
  for (const user of [0, 70, 149]) {
    const scores = Array.from(model.scores(user));
    const own = new Set(train.item.subarray(train.offsets[user], train.offsets[user + 1]));
    for (const k of [1, 10, 200]) {
      const expected = [...scores.keys()].filter((item) => !own.has(item)).sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, k);
      assert.deepEqual(recommend.top(model, user, { k }).map(({ item }) => item), expected);
    }
    assert.equal(recommend.top(model, user, { k: 200, unseen: false }).length, 80);
  }
});

test("users and items of which nothing is known are named, and answered by whoever is asked to", () => {
  const r = recommend.ratings([{ user: "ann", item: "tea", value: 5 }, { user: "bo", item: "tea", value: 1 }, { user: "bo", item: "rice", value: 3 }], { users: ["ann", "bo", "new"], items: ["tea", "rice", "fresh"] });
  const model = recommend.als(r, { factors: 2 });
  assert.throws(() => recommend.top(model, "zoe"), /unknown user: "zoe" \(3 users: ann, bo, new\)/);
  assert.throws(() => recommend.top(model, "new"), /expected ratings of user "new" to recommend from, got none \(cold start\): pass coldStart, such as recommend.popularity\(train\)/);
  assert.equal(recommend.top(model, "new", { coldStart: recommend.popularity(r) })[0]!.item, "tea");
  near(model.predict("new", "tea"), 3);
  near(model.predict("ann", "fresh"), 3);
  assert.throws(() => model.predict("ann", "gold"), /unknown item: "gold"/);
  assert.equal(recommend.itemKnn(r, { answer: "ratings" }).predict("ann", "fresh"), 3);
});

test("evaluation counts whom it leaves out, and refuses a test that the model does not fit", () => {
  const r = recommend.ratings([{ user: 1, item: "a" }, { user: 1, item: "b" }, { user: 2, item: "a", value: 5 }, { user: 3, item: "b" }], { users: [1, 2, 3, 4] });
  const known = recommend.ratings([{ user: 1, item: "a" }, { user: 2, item: "b" }], { users: [1, 2, 3, 4], items: ["a", "b"] });
  const model = recommend.popularity(known);
  const { users, skipped } = recommend.evaluate(model, r, { k: 1 });
  assert.deepEqual([users, skipped], [2, 1]);
  assert.deepEqual(recommend.evaluate(model, r, { k: 1, relevant: 4 }).lists, [{ user: 2, items: ["a"] }]);
  assert.throws(() => recommend.evaluate(model, r, { relevant: 9 }), /expected a user with something relevant in the test, got none/);
  assert.throws(() => recommend.evaluate(model, recommend.ratings([{ user: 1, item: "a" }])), /expected a test with the model's 4 users and 2 items, got 1 and 1: make both by recommend.split/);
});

test("a learning rate that is too high ends in a named error, not in NaN scores", () => {
  assert.throws(() => recommend.factorize(train, { learningRate: 5, epochs: 30 }), /expected loss to be finite, got .*: lower the learning rate or raise the regularization/);
  assert.throws(() => recommend.factorize(train, { learningrate: 1 } as never), /unknown option: learningrate/);
  assert.throws(() => recommend.implicitAls(recommend.ratings([{ user: "a", item: 3, value: -1 }])), /expected values >= 0 for implicit feedback, got -1 \(user "a", item 3\)/);
  assert.throws(() => recommend.bpr(recommend.ratings([{ user: "a", item: 3 }])), /expected a user with some but not all items, got none/);
  assert.throws(() => recommend.als(train, { factors: 2, start: { userFactors: [1], itemFactors: [1] } }), /expected userFactors of 150 x 2 numbers, got 1/);
});

test("the same seed gives the same shop, split and model", () => {
  assert.deepEqual(recommend.shop({ users: 150, items: 80, perUser: 20, seed: 6 }).ratings, shop.ratings);
  assert.deepEqual(recommend.bpr(train, { factors: 4, epochs: 2 }).userFactors, recommend.bpr(train, { factors: 4, epochs: 2 }).userFactors);
  assert.notDeepEqual(recommend.shop({ users: 150, items: 80, perUser: 20, seed: 5 }).ratings, shop.ratings);
});

test("the shop's popularity follows Zipf's law, and its ratings are missing not at random: people rate what they like", () => {
  const { liking, popularity } = shop.truth;
  const sorted = [...popularity].sort((a, b) => b - a);
  near(sorted[0]! / sorted[9]!, 10 ** 0.8, 1e-9);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const rated = Array.from(shop.ratings.user, (user, at) => liking[user]![shop.ratings.item[at]!]!);
  assert.ok(mean(rated) > mean(liking.flat()) + 0.15);
  const open = recommend.shop({ users: 300, items: 80, perUser: 20, selection: 0, zipf: 0, noise: 0, seed: 4 });
  near(mean(Array.from(open.ratings.user, (user, at) => open.truth.liking[user]![open.ratings.item[at]!]!)), mean(open.truth.liking.flat()), 0.05);
  assert.throws(() => recommend.shop({ items: 10, perUser: 9 }), /expected perUser of at most a half of 10 items, got 9/);
});

test("in a shop of some size the methods rank as they do elsewhere: who learns beats the mean in stars, popularity beats the stars in lists, and implicit feedback beats both", () => {
  for (const seed of [1, 2, 3]) {
    const { train: known, test: later } = recommend.split(recommend.shop({ users: 400, items: 120, perUser: 30, seed }).ratings);
    const stars = recommend.factorize(known, { factors: 4, epochs: 60, learningRate: 0.02 });
    const { rmse } = recommend.errors(recommend.popularity(known, { by: "mean" }), later);
    for (const model of [stars, recommend.als(known, { factors: 4 }), recommend.itemKnn(known, { answer: "ratings", similarity: "adjusted", neighbors: 40 })]) assert.ok(recommend.errors(model, later).rmse < rmse - 0.04, model.kind);
    const [byStars, byCount, byTaking] = [stars, recommend.popularity(known), recommend.implicitAls(known, { factors: 4 })].map((model) => recommend.evaluate(model, later).ndcg);
    assert.ok(byStars! < byCount! - 0.03 && byCount! < byTaking! - 0.03, `${byStars}, ${byCount}, ${byTaking}`);
  }
});

test("inverse propensity tells what another policy earns from the log of the one that ran, where the plain mean does not", () => {
  const { log, truth, ratings } = recommend.shop({ users: 60, items: 30, perUser: 10, impressions: 40000, seed: 6 });
  // The other policy shows one of all items, each as likely.
  const target = 1 / 30;
  const expected = ratings.users.reduce<number>((sum, _, user) => sum + ratings.items.reduce<number>((all, __, item) => all + truth.click(user, item), 0) / 30, 0) / 60;
  const rowsOf = log.map(({ propensity, reward }) => ({ propensity, target, reward }));
  for (const normalize of [false, true]) {
    const { value, standardError, interval, logged } = recommend.inversePropensity(rowsOf, { normalize });
    assert.ok(Math.abs(value - expected) < 4 * standardError, `${value} ± ${standardError}, truth ${expected}`);
    assert.ok(Math.abs(logged - expected) > 3 * standardError && interval[0] < value && value < interval[1]);
  }
  const two = [{ propensity: 0.25, target: 0.5, reward: 1 }, { propensity: 1, target: 0.5, reward: 0 }];
  assert.deepEqual([recommend.inversePropensity(two).value, recommend.inversePropensity(two, { normalize: true }).value], [1, 0.8]);
  assert.match(recommend.inversePropensity(rowsOf, { clip: 1 }).warnings[0]!, /weights were clipped to 1/);
  assert.throws(() => recommend.inversePropensity([{ propensity: 0, target: 1, reward: 1 }, { propensity: 1, target: 1, reward: 1 }]), /expected propensity of row 0 above 0 and at most 1, got 0/);
  assert.throws(() => recommend.inversePropensity([{ propensity: 1, target: 1, reward: 1 }]), /expected at least 2 rows, got 1/);
});

test("ranking metrics hold at the corners: a perfect list, an empty one, nothing relevant, an item twice", () => {
  assert.deepEqual(recommend.ranking({ recommended: ["a", "b"], relevant: ["b", "a"] }, { k: 2 }), { precision: 1, recall: 1, ndcg: 1, averagePrecision: 1, reciprocalRank: 1, hit: 1 });
  assert.deepEqual(recommend.ranking({ recommended: [], relevant: ["b"] }), { precision: 0, recall: 0, ndcg: 0, averagePrecision: 0, reciprocalRank: 0, hit: 0 });
  assert.throws(() => recommend.ranking({ recommended: ["a"], relevant: [] }), /expected at least one relevant item, got none/);
  assert.throws(() => recommend.ranking({ recommended: ["a", "a"], relevant: ["a"] }), /expected each item once in recommended, got "a" twice/);
  near(recommend.gini([3, 3, 3]), 0, 1e-12);
  assert.throws(() => recommend.gini([1, -1]), /expected values >= 0, got -1 at index 1/);
});
