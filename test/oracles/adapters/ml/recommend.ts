import * as recommend from "../../../../kernel/helpers/recommend/index.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const { abTest } = recommend;
const numbers = (size: number) => Array.from({ length: size }, (_, at) => at);
const read = ({ users, items, rows }: Input) => recommend.ratings((rows as number[][]).map(([user, item, value]) => ({ user: user!, item: item!, value: value! })), { users: numbers(users), items: numbers(items) });
const start = ({ factors, epochs, userFactors, itemFactors, regularization }: Input) => ({ factors, epochs, regularization, start: { userFactors, itemFactors } });
const sides = <T>(ask: (alternative: "different" | "greater" | "less") => T) => ({ different: ask("different"), greater: ask("greater"), less: ask("less") });

export const answers: Record<string, (input: Input, expected: any) => unknown> = { // oxlint-disable-line no-explicit-any
  factorize: (input) => recommend.factorize(read(input), { ...start(input), learningRate: input["learningRate"], shuffle: false }),
  als: (input) => {
    const { userFactors, itemFactors, loss } = recommend.als(read(input), start(input));
    return { userFactors, itemFactors, loss: loss.at(-1) };
  },
  "implicit-als": (input) => {
    const { userFactors, itemFactors, loss } = recommend.implicitAls(read(input), { ...start(input), alpha: input["alpha"] });
    return { userFactors, itemFactors, loss: loss.at(-1) };
  },
  "item-knn": (input) => {
    const model = recommend.itemKnn(read(input), { similarity: input["similarity"], shrink: input["shrink"], neighbors: input["neighbors"], answer: "ratings" });
    return { nearest: model.nearest.map((near) => near.map(({ item }) => item)), similarities: model.nearest.map((near) => near.map(({ similarity }) => similarity)), predicted: numbers(input["users"]).map((user) => Array.from(model.scores(user))) };
  },
  ranking: ({ recommended, relevant, k }) => recommend.ranking({ recommended, relevant }, { k }),
  gini: ({ values }) => ({ gini: recommend.gini(values) }),
  "ab-proportions": ({ a, b }) => {
    const variants = { a: { successes: a[0], trials: a[1] }, b: { successes: b[0], trials: b[1] } };
    return { ...sides((alternative) => abTest.proportions(variants, { alternative })), newcombe: abTest.proportions(variants, { level: 0.9 }).interval, wald: abTest.proportions(variants, { level: 0.9, interval: "wald" }).interval };
  },
  "ab-means": ({ a, b }) => ({ ...sides((alternative) => abTest.means({ a, b }, { alternative })), interval: abTest.means({ a, b }, { level: 0.9 }).interval }),
  "ab-power": ({ effect, n, ...rest }) => {
    const { kind: _kind, ...options } = rest;
    const ask = (test: "z" | "t") => ({ power: abTest.power({ effect, n }, { ...options, test }), size: abTest.sampleSize({ effect, power: 0.9 }, { ...options, test }).exact });
    const [z, t] = [ask("z"), ask("t")];
    return { z: z.power, t: t.power, sizeZ: z.size, sizeT: t.size };
  },
  "ab-effect-size": ({ from, to }) => ({ effect: abTest.effectSize({ from, to }) }),
  "ab-sample-ratio": ({ counts, ratio }) => abTest.sampleRatio(Object.fromEntries((counts as number[]).map((count, at) => [`v${at}`, count])), { ratio }),
  "ab-multiple": ({ p }) => ({ holm: abTest.holm(p), bh: abTest.benjaminiHochberg(p) }),
  "ab-cuped": ({ a, b }) => {
    const { theta, varianceReduction, test } = abTest.cuped({ a, b });
    return { theta, varianceReduction, pValue: test.pValue, difference: test.difference };
  },
  "ab-always-valid": ({ a, b, tau, from }) => abTest.alwaysValid({ a, b }, { tau, from }),
  "ab-group-sequential": ({ looks, alpha, spending }) => ({ z: abTest.groupSequential(looks, { alpha, spending }).map((look) => look.z) }),
};
