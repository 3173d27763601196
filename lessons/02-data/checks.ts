import { defineCheck, show } from "../checks/index.js";

export const jaccard = defineCheck({
  id: "jaccard",
  points: 2,
  title: { en: "How much two sets share", zh: "两个集合共有多少" },
  hints: [
    { en: "Count what both have. How many different items are in both sets together, if the shared ones are counted once?", zh: "先数两边都有的。共有的只算一次，两边合起来一共有几个不同的？" },
    { en: "`const shared = [...a].filter((item) => b.has(item)).length; return shared / (a.size + b.size - ___);`", zh: "`const shared = [...a].filter((item) => b.has(item)).length; return shared / (a.size + b.size - ___);`" },
  ],
  async run(student, t) {
    const a = new Set(["oak", "ash", "elm"]), b = new Set(["ash", "elm", "fir", "yew", "box", "bay"]);
    const what = "jaccard({oak, ash, elm}, {ash, elm, fir, yew, box, bay})";
    const value = t.number(await student.call("jaccard", [a, b]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${show(value)}.`, zh: `${what} 是 ${show(value)}。` },
      expected: { en: "Two shared trees, of all different trees in both sets.", zh: "两种共有的树，除以两边所有不同的树。" },
      cause: { en, zh },
    });
    t.that(value !== 2, reason("That is the count of shared items: divide it.", "这是共有的个数，还要除。"));
    t.that(Math.abs(value - 2 / 9) > 1e-9, reason("You divide by 3 + 6: the shared ones are counted twice there.", "除的是 3 + 6：共有的在里面算了两次。"));
    t.that(Math.abs(value - 2 / 3) > 1e-9 && Math.abs(value - 2 / 6) > 1e-9, reason("You divide by the size of one set: then the other set's own items cost nothing.", "除的是一个集合的大小：另一个集合自己的元素就不算数了。"));
    t.that(Math.abs(value - 2 / 5) > 1e-9, reason("You divide by the trees that only one set has: the shared ones belong to \"all\" too.", "除的是只有一边有的树：共有的也在“所有”里。"));
    t.that(Math.abs(value - 5 / 7) > 1e-9, reason("That is the share that is not common: the overlap is the rest.", "这是不共有的比例：重叠是剩下的那部分。"));
    t.that(Math.abs(value - 4 / 9) > 1e-9, reason("You count the shared ones twice above and below the line. Once is enough.", "共有的在分子和分母里都算了两次。算一次就够。"));
    t.close(value, 2 / 7, { what, tolerance: 5e-7 });
    t.close(await student.call("jaccard", [a, a]), 1, { what: { en: "The overlap of a set with itself", zh: "集合和自己的重叠" } });
    t.close(await student.call("jaccard", [new Set(["a"]), new Set(["b"])]), 0, { what: { en: "The overlap of two sets that share nothing", zh: "毫无共有的两个集合的重叠" } });
    return t.pass({ en: "0 for strangers, 1 for copies, 0.29 here: a number for \"almost the same\".", zh: "毫不相干是 0，一模一样是 1，这里是 0.29：“差不多一样”有了一个数。" });
  },
  wrong: [
    { name: "counts without dividing", edit: [" / (a.size + b.size - shared)", ""], expects: /count of shared items/ },
    { name: "counts shared items twice below the line", edit: ["a.size + b.size - shared", "a.size + b.size"], expects: /counted twice/ },
    { name: "divides by one set", edit: ["(a.size + b.size - shared)", "a.size"], expects: /size of one set/ },
    { name: "leaves the shared ones out below the line", edit: ["a.size + b.size - shared", "a.size + b.size - 2 * shared"], expects: /only one set has/ },
    { name: "divides by the larger set", edit: ["(a.size + b.size - shared)", "Math.max(a.size, b.size)"], expects: /size of one set/ },
  ],
});

const orders = [["fir", "oak", "elm", "yew", "ash"], ["ash", "yew", "elm", "fir", "oak"], ["yew", "fir", "ash", "elm", "oak"]];

export const signature = defineCheck({
  id: "signature",
  points: 3,
  title: { en: "A signature by shuffling", zh: "打乱次序得到签名" },
  hints: [
    { en: "Take one order. Walk along it from its start: at which word do you stop?", zh: "先看一个次序。从头往后走，走到哪个词停下？" },
    { en: "`orders.map((order) => order.find((word) => ___)!)`", zh: "`orders.map((order) => order.find((word) => ___)!)`" },
  ],
  async run(student, t) {
    const mine = new Set(["oak", "elm"]);
    const value = await student.call("signature", [mine, orders]);
    const list = Array.isArray(value) ? value.map(String) : [];
    const what = "signature({oak, elm})";
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} with three orders is [${list.join(", ")}].`, zh: `三个次序下，${what} 是 [${list.join(", ")}]。` },
      expected: { en: "One word for each order: the first of that order that is in the set.", zh: "每个次序一个词：这个次序里第一个属于集合的词。" },
      cause: { en, zh },
    });
    t.that(list.length === 3, reason("Is there one word for each order, in a list?", "是不是每个次序一个词，放在一个数组里？"));
    t.that(!list.every((word) => /^\d+$/.test(word)), reason("These are places in the orders. The word itself is asked for.", "这些是次序里的位置。要的是那个词本身。"));
    t.that(list.join() !== "fir,ash,yew", reason("These are the first words of the orders. Are they in the set?", "这是各个次序的第一个词。它们在集合里吗？"));
    t.that(list.join() !== "elm,oak,oak", reason("You stop at the last word of the set, not at the first.", "停在了属于集合的最后一个词，不是第一个。"));
    t.that(new Set(list).size > 1, reason("Every order gives the same word: does the order decide, or the set?", "每个次序都给同一个词：是次序在决定，还是集合在决定？"));
    t.equal(list, ["oak", "elm", "elm"], { what });
    // Two sets that share half of what they have: the share of orders that agree must come near it.
    const letters = [..."abcdefgh"];
    const many = Array.from({ length: 8 }, (_, turn) => letters.map((_, at) => letters[(at + turn) % 8]!));
    const [left, right] = [await student.call("signature", [new Set(letters.slice(0, 6)), many]), await student.call("signature", [new Set(letters.slice(2)), many])] as [unknown[], unknown[]];
    const agree = left.filter((word, at) => word === right[at]).length;
    t.that(agree === 4, { saw: { en: `Of eight orders, two sets that share 4 of 8 letters agree in ${agree}.`, zh: `八个次序里，共有 8 个字母中 4 个的两个集合，有 ${agree} 次一致。` }, expected: { en: "In these orders they agree as often as they overlap.", zh: "在这些次序里，一致的次数应该正好等于重叠的比例。" } });
    return t.pass({ en: "Half of the letters shared, half of the orders agree: eight words told what two sets have in common.", zh: "共有一半字母，就有一半次序一致：八个词，说出了两个集合有多少相同。" });
  },
  wrong: [
    { name: "takes the first word of each order", edit: ["order.find((word) => words.has(word))!", "order[0]"], expects: /first words of the orders/ },
    { name: "takes the last word that is in the set", edit: ["order.find((word) => words.has(word))!", "order.findLast((word) => words.has(word))!"], expects: /last word of the set/ },
    { name: "takes the first word of the set", edit: ["order.find((word) => words.has(word))!", "[...words][0]"], expects: /does the order decide/ },
    { name: "gives all words", edit: ["orders.map((order) => order.find((word) => words.has(word))!)", "orders.flatMap((order) => order.filter((word) => words.has(word)))"], expects: /one word for each order/ },
  ],
});

export const keep = defineCheck({
  id: "keep",
  points: 2,
  title: { en: "One of each pair goes", zh: "每对去掉一个" },
  hints: [
    { en: "Of each pair one row must stay: if both go, the sale is lost. Make the set of those that go first.", zh: "每一对都要留下一行：两行都去掉，这笔买卖就丢了。先把要去掉的放进一个集合。" },
    { en: "`const gone = new Set(pairs.map(({ b }) => ___));`, then keep the rows that `gone` does not have.", zh: "`const gone = new Set(pairs.map(({ b }) => ___));`，再留下不在 `gone` 里的行。" },
  ],
  async run(student, t) {
    const pairs = [{ a: 0, b: 3 }, { a: 1, b: 4 }, { a: 4, b: 5 }];
    const rows = [...t.finite(await student.call("keep", [7, pairs]), { what: "keep" })];
    const told = { en: `Of rows 0 to 6 with the pairs 0-3, 1-4, 4-5 you keep [${rows.join(", ")}].`, zh: `第 0 到 6 行，成对的是 0-3、1-4、4-5，你留下的是 [${rows.join(", ")}]。` };
    const reason = (en: string, zh: string) => ({ saw: told, expected: { en: "Row 2 and row 6, and one row of each family of twins.", zh: "第 2 行和第 6 行，以及每一家双胞胎中的一行。" }, cause: { en, zh } });
    t.that(rows.every((row) => Number.isInteger(row) && row >= 0 && row < 7) && new Set(rows).size === rows.length, reason("Are these row numbers from 0 to 6, each once?", "这些是 0 到 6 的行号吗？每个只出现一次吗？"));
    t.that(rows.includes(2) && rows.includes(6), reason("A row that has no twin was lost: is the list turned round?", "没有双胞胎的行也丢了：是不是留下和去掉弄反了？"));
    t.that(!pairs.some(({ a, b }) => rows.includes(a) && rows.includes(b)), reason("Two twins are both still there. Do rows change their numbers while you take some out?", "有一对双胞胎两个都还在。是不是一边去掉，一边行号就变了？"));
    t.that(rows.includes(0) || rows.includes(3), reason("Both rows of a pair are gone: the sale itself is lost.", "一对里两行都没了：这笔买卖本身丢了。"));
    t.that(rows.includes(1) || rows.includes(4) || rows.includes(5), reason("A family of three lost all of its rows.", "三行的一家全都没了。"));
    t.equal(rows, rows.toSorted((x, y) => x - y), { what: { en: "The order of the rows", zh: "行的次序" }, cause: { en: "Row numbers should ascend.", zh: "行号应该从小到大。" } });
    const none = t.finite(await student.call("keep", [3, []]), { what: { en: "keep without pairs", zh: "没有成对的行时的 keep" } });
    t.that(none.length === 3, { saw: { en: `Without any pair you keep ${none.length} of 3 rows.`, zh: `没有成对的行，3 行里你留下 ${none.length} 行。` }, expected: { en: "All rows.", zh: "应该全部留下。" } });
    return t.pass({ en: `Seven rows became ${rows.length}, and no sale was lost.`, zh: `七行变成 ${rows.length} 行，一笔买卖也没有丢。` });
  },
  wrong: [
    { name: "drops both", edit: ["pairs.map(({ b }) => b)", "pairs.flatMap(({ a, b }) => [a, b])"], expects: /sale itself is lost/ },
    { name: "keeps the twins only", edit: ["!gone.has(row)", "gone.has(row)"], expects: /turned round/ },
    { name: "looks at the first pair only", edit: ["pairs.map(({ b }) => b)", "pairs.slice(0, 1).map(({ b }) => b)"], expects: /both still there/ },
    { name: "gives the rows that go", edit: ["return Array.from({ length: count }, (_, row) => row).filter((row) => !gone.has(row));", "return [...gone];"], expects: /turned round/ },
  ],
});

export const fill = defineCheck({
  id: "fill",
  points: 3,
  title: { en: "Filling gaps without peeking", zh: "填空，但不偷看" },
  hints: [
    { en: "Which part may say what the middle is? And what must be left out before you sort?", zh: "中位数该由哪一部分来定？排序之前要先去掉什么？" },
    { en: "`const middle = median(train.filter((value) => value !== ___));`, then `?? middle` in ___ and ___.", zh: "`const middle = median(train.filter((value) => value !== ___));`，再在 ___ 和 ___ 里用 `?? middle`。" },
  ],
  async run(student, t) {
    const train = [4, null, 20, 1, 6, 5, null], test = [100, null, 300, 200];
    const what = "fill([4, null, 20, 1, 6, 5, null], [100, null, 300, 200])";
    const value = (await student.call("fill", [train, test])) as { train: unknown; test: unknown };
    const gap = { en: "Is a gap (null) still there?", zh: "是不是还留着空（null）？" };
    const learned = t.finite(value?.train, { what: `${what}.train`, cause: gap }), held = t.finite(value?.test, { what: `${what}.test`, cause: gap });
    const reason = (en: string, zh: string) => ({
      saw: { en: `The gap in train becomes ${learned[1]}, the gap in test ${held[1]}.`, zh: `train 的空填成了 ${learned[1]}，test 的空填成了 ${held[1]}。` },
      expected: { en: "Both gaps get the same number: what the training part says.", zh: "两个空填同一个数：由训练部分给出。" },
      cause: { en, zh },
    });
    t.that(learned.length === 7 && held.length === 4, reason("Rows were lost. A gap is filled, not dropped.", "行数少了。空是要填的，不是删掉。"));
    t.that(learned[1] !== 200, reason("Both gaps were filled by the test part: the exam taught the model.", "两个空都由测试部分来填：成了考卷在教模型。"));
    t.that(held[1] !== 200, reason("The test part filled its own gap: it has told something about itself.", "测试部分自己填了自己的空：它把自己的情况说出去了。"));
    t.that(held[1] !== 0, reason("0 is a value too: a lot of 0 square feet would be a strange house.", "0 也是一个值：占地 0 平方英尺，那是怪房子。"));
    t.that(learned[1] !== 20 && learned[1] !== 13, reason("The middle of all known values, test rows included: that is leakage.", "这是全部已知值的中位数，测试行也算了进去：这是数据泄漏。"));
    t.that(learned[1] !== 4, reason("The gaps themselves were sorted in as small numbers: filter them out before you take the median.", "空也被当作小数排了进去：求中位数之前先把它们去掉。"));
    t.that(learned[1] !== 1, reason("The middle place, but of an unsorted list.", "是中间的位置，可是没有排序。"));
    t.that(held[1] === learned[1], reason("The two parts got different numbers.", "两部分填的数不一样。"));
    t.close(learned[1], 5, { what: { en: "The number in the gaps", zh: "填进空里的数" }, cause: { en: "Is it the median, and not the mean?", zh: "用的是中位数，不是平均数吗？" } });
    const known = { en: "Known values stay as they are; only gaps change.", zh: "已知的值不变，只填空。" };
    t.allClose(learned, [4, 5, 20, 1, 6, 5, 5], { what: `${what}.train`, cause: known });
    t.allClose(held, [100, 5, 300, 200], { what: `${what}.test`, cause: known });
    return t.pass({ en: "A 5 among hundreds looks odd, and is honest: on the day of the test nobody knew of the hundreds.", zh: "几百中间填个 5，看着奇怪，却是诚实的：考试那天，谁也不知道有几百。" });
  },
  wrong: [
    { name: "learns from all rows", edit: ["median(train.filter((value) => value !== null))", "median([...train, ...test].filter((value) => value !== null))"], expects: /test rows included/ },
    { name: "learns from the test rows", edit: ["train.filter((value) => value !== null)", "test.filter((value) => value !== null)"], expects: /exam taught/ },
    { name: "lets the test fill itself", edit: ["test: test.map((value) => value ?? middle)", "test: test.map((value) => value ?? median(test.filter((other) => other !== null)))"], expects: /filled its own gap/ },
    { name: "sorts gaps as zeros", edit: ["train.filter((value) => value !== null)", "train.map((value) => value ?? 0)"], expects: /filter them out/ },
    { name: "drops rows", edit: ["test.map((value) => value ?? middle)", "test.filter((value) => value !== null)"], expects: /Rows were lost/ },
    { name: "takes the mean", edit: ["median(train.filter((value) => value !== null))", "train.reduce<number>((sum, value) => sum + (value ?? 0), 0) / train.filter((value) => value !== null).length"], expects: /not the mean/ },
  ],
});

/** Repeatable noise of the check's own. */
function noiseOf(seed: number, columns: number, rows: number): { noise: number[][]; coin: number[] } {
  let state = seed;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < 20; i++) uniform();
  const noise = Array.from({ length: columns }, () => Array.from({ length: rows }, () => uniform() + uniform() + uniform() - 1.5));
  return { noise, coin: Array.from({ length: rows }, () => (uniform() < 0.5 ? -1 : 1)) };
}

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "The coin is fair again", zh: "硬币又公平了" },
  hints: [
    { en: "Which people may have a say in which columns are chosen? Follow `rows`, `train` and `test` through the function.", zh: "选列的时候，谁可以发言？顺着 `rows`、`train`、`test` 在函数里走一遍。" },
    { en: "Inside the fold, `best` should look at ___ only.", zh: "在每一折里，`best` 只应该看 ___。" },
  ],
  async run(student, t) {
    const meanOf = async (tables: ReturnType<typeof noiseOf>[]) => {
      let sum = 0;
      for (const table of tables) sum += t.number(await student.call("examine", [table], { time: 20_000 }), { what: "examine" });
      return sum / tables.length;
    };
    const mean = await meanOf([5, 6, 7, 8].map((seed) => noiseOf(seed, 600, 60)));
    // One column that is the coin itself: here the answer can be known, and an honest function finds it.
    const told = noiseOf(9, 100, 60);
    told.noise[40] = told.coin.map((side) => 3 * side);
    const known = t.number(await student.call("examine", [told], { time: 20_000 }), { what: "examine" });
    const reason = (en: string, zh: string) => ({
      saw: { en: `On four fair coins and pure noise your mean score is ${mean.toFixed(2)}; on a table with the coin itself in it, ${known.toFixed(2)}.`, zh: `四枚公平的硬币，纯噪声，你的平均成绩是 ${mean.toFixed(2)}；表里真有硬币那一列时，是 ${known.toFixed(2)}。` },
      expected: { en: "About a half on noise, and nearly 1 where the answer is in the table.", zh: "噪声上应该是一半左右，答案真在表里时应该接近 1。" },
      cause: { en, zh },
    });
    t.that(known > 0.8, reason("The score was lowered, not repaired: now it misses what can be known.", "成绩只是压低了，没有修好：真能知道的也找不到了。"));
    t.that(mean < 0.68, reason("The people asked had a say before: in the training, or in which columns were chosen. Their coins got in.", "被考的人事先发过言：不是在训练里，就是在选列的时候。他们的硬币混了进来。"));
    // Twenty columns and twenty people: nothing to choose, so a score above a half can only come from the directions.
    const directions = await meanOf(Array.from({ length: 12 }, (_, i) => noiseOf(20 + i, 20, 20)));
    t.that(directions < 0.7, {
      saw: { en: `On small tables of noise your mean score is ${directions.toFixed(2)}.`, zh: `在几张噪声小表上，你的平均成绩是 ${directions.toFixed(2)}。` },
      expected: { en: "About a half.", zh: "应该是一半左右。" },
      cause: { en: "The columns are chosen well now, and their direction is learned from the people asked.", zh: "列选对了，可是列的方向还是从被考的人那里学的。" },
    });
    // Every column leans a little: those who choose by the people asked find what leans for them.
    const weak = await meanOf([31, 32, 33].map((seed) => { const { noise, coin } = noiseOf(seed, 200, 60); return { coin, noise: noise.map((column) => column.map((value, row) => value + 0.05 * coin[row]!)) }; }));
    t.that(weak < 0.74, {
      saw: { en: `Where each column knows very little of the coin, your mean score is ${weak.toFixed(2)}.`, zh: `每一列都只知道一点点硬币时，你的平均成绩是 ${weak.toFixed(2)}。` },
      expected: { en: "About two thirds: 20 columns, chosen by those who train.", zh: "应该是三分之二左右：由训练的人选出 20 列。" },
      cause: { en: "Who chooses the columns? Not those who are asked; and a choice there must be.", zh: "列由谁来选？不能是被考的人；也不能不选。" },
    });
    t.that(mean > 0.32, reason("Far below a half is as strange as far above: is a sign turned?", "远低于一半和远高于一半同样奇怪：是不是符号反了？"));
    return t.pass({ en: `${mean.toFixed(2)} on noise and ${known.toFixed(2)} where the answer is there: now the number means something.`, zh: `噪声上 ${mean.toFixed(2)}，有答案时 ${known.toFixed(2)}：这个数现在有意义了。` });
  },
  wrong: [
    { name: "chooses on train and test together", edit: ["best(experiment, train)", "best(experiment, [...train, ...test])"], expects: /had a say/ },
    { name: "asks those who trained it", edit: ["return test.map((row)", "return train.map((row)"], expects: /had a say/ },
    { name: "chooses on the people asked", edit: ["best(experiment, train)", "best(experiment, test)"], expects: /Who chooses the columns/ },
    { name: "learns the direction from everybody", edit: ["lean(column, experiment.coin, train)", "lean(column, experiment.coin, rows)"], expects: /direction is learned/ },
    { name: "gives a half always", edit: ["return right.filter(Boolean).length / right.length;", "return 0.5;"], expects: /lowered, not repaired/ },
    { name: "keeps fewer of the same columns", edit: ["best(experiment, train)", "best(experiment, rows).slice(0, 5)"], expects: /had a say/ },
  ],
});

export const card = defineCheck({
  id: "card",
  points: 2,
  title: { en: "A card that says it", zh: "一张把话说清的卡" },
  hints: [
    { en: "The card of the Ames data above names licence and source. At its end, what does your own card list as not said?", zh: "上面埃姆斯数据的卡写着许可证和来源。你自己的卡最后列出了哪些没有说？" },
    { en: "`license: \"___\", source: \"Debian package ___\", purpose: \"...\", misuse: \"...\", people: \"...\", knownFaults: [\"...\", \"...\"], protected: [\"Neighborhood\", ___]`", zh: "`license: \"___\", source: \"Debian package ___\", purpose: \"...\", misuse: \"...\", people: \"...\", knownFaults: [\"...\", \"...\"], protected: [\"Neighborhood\", ___]`" },
  ],
  async run(student, t) {
    const value = (await student.value("myCard")) as Record<string, unknown> | null;
    const text = (name: string) => (typeof value?.[name] === "string" ? (value[name] as string).trim() : "");
    const list = (name: string) => (Array.isArray(value?.[name]) ? (value[name] as unknown[]).map(String) : []);
    t.that(text("license") === "MIT", {
      saw: { en: `The card gives the licence as ${text("license") || "nothing"}.`, zh: `卡上写的许可证是 ${text("license") || "空的"}。` },
      expected: { en: "The licence that the rows came with: cleaning does not change it.", zh: "应该是这些行原来的许可证：清洗不会改变它。" },
      cause: { en: "Run the card of the Ames data again and read its licence.", zh: "再运行一次埃姆斯数据的卡，看看它的许可证。" },
    });
    // A Chinese character says as much as two letters; a name is enough to call somebody.
    const length = (name: string) => [...text(name)].reduce((sum, letter) => sum + (/\p{Script=Han}/u.test(letter) ? 2 : 1), 0);
    const unsaid = ["purpose", "misuse", "people", "citation", "contact"].filter((name) => length(name) < (name === "contact" ? 5 : 8));
    t.that(unsaid.length === 0, {
      saw: { en: `Not said, or in a word only: ${unsaid.join(", ")}.`, zh: `没有说，或者只有一个词：${unsaid.join("、")}。` },
      expected: { en: "A few words for each: the next reader has nobody else to ask.", zh: "每一项都要有几个字：下一个读者没有别人可问。" },
    });
    t.that(list("knownFaults").length >= 2, {
      saw: { en: `The card names ${list("knownFaults").length} known faults.`, zh: `卡上列出 ${list("knownFaults").length} 条已知的毛病。` },
      expected: { en: "At least two: you have made some yourself, by a threshold and by healing names.", zh: "至少两条：有几条是你自己造成的，一个阈值，一次改名。" },
    });
    t.that(list("protected").some((name) => /Neighborhood|Longitude|Latitude/.test(name)), {
      saw: { en: `Columns about who somebody is: ${list("protected").join(", ") || "none"}.`, zh: `透露身份的列：${list("protected").join("、") || "没有"}。` },
      expected: { en: "At least one: in these rows something stands in for income and race.", zh: "至少一列：这些行里，有东西能代表收入和种族。" },
      cause: { en: "No column says it outright. Which one says where somebody lives?", zh: "没有一列明说。哪一列说出了人住在哪里？" },
    });
    t.that(text("source").length >= 20, { saw: { en: `The source is "${text("source")}".`, zh: `来源是“${text("source")}”。` }, expected: { en: "Enough to fetch the same file again: package, version, what was done to it.", zh: "要足够别人再取到同一份文件：包名、版本、做过什么。" } });
    return t.pass({ en: `${t.number(value?.rows, { what: "rows" }).toLocaleString("en-US")} rows with a name, a licence and a history: now somebody else can use them, or refuse to.`, zh: `${t.number(value?.rows, { what: "rows" })} 行有了名字、许可证和来历：别人可以用它，也可以拒绝用它。` });
  },
  wrong: [
    { name: "gives away what is not its own", edit: ['license: "MIT"', 'license: "CC0-1.0"'], expects: /cleaning does not change it/ },
    { name: "does not say what it is not for", edit: [' misuse: "Not for pricing houses today, nor for deciding who gets a loan.",', ""], expects: /Not said, or in a word only: misuse/ },
    { name: "claims to have no faults", edit: ['knownFaults: ["About fifty honest sales were removed as twins.", "Rare spellings were joined by similarity."]', "knownFaults: []"], expects: /At least two/ },
    { name: "sees nobody in the rows", edit: ['protected: ["Neighborhood", "Longitude", "Latitude"]', "protected: []"], expects: /where somebody lives/ },
    { name: "names the internet as the source", edit: ['source: "Debian package r-cran-modeldata 1.1.0-1, damaged with seed 2, then cleaned in lesson 02"', 'source: "the internet"'], expects: /fetch the same file again/ },
  ],
});
