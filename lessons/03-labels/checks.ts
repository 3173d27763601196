import { defineCheck } from "../checks/index.js";

// Eight articles of the check's own: they agree on six, and use their words differently often.
const ann = ["y", "y", "y", "y", "y", "y", "y", "n"];
const bo = ["y", "y", "y", "y", "y", "n", "n", "n"];

export const kappa = defineCheck({
  id: "kappa",
  points: 3,
  title: { en: "Cohen's kappa", zh: "科恩 kappa 系数" },
  hints: [
    { en: "`share(a, word)` says how often a person uses a word. How often would two people pick the same word if each drew it from their own habit?", zh: "`share(a, word)` 是一个人用某个词的比例。两个人各按自己的习惯随便抽词，抽到同一个词的机会有多大？" },
    { en: "Chance: the sum over `words` of `share(a, word) * share(___, word)`. Then `(seen - chance) / (1 - ___)`.", zh: "碰巧一致：对 `words` 求 `share(a, word) * share(___, word)` 之和。然后是 `(seen - chance) / (1 - ___)`。" },
  ],
  async run(student, t) {
    const what = { en: "Kappa of two people who agree on 6 of 8 articles", zh: "两个人 8 件里有 6 件一致，kappa" };
    const value = t.number(await student.call("kappa", [ann, bo]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `Two people agree on 6 of 8 articles; kappa is ${value.toFixed(4)}.`, zh: `两个人 8 件里有 6 件一致，kappa 是 ${value.toFixed(4)}。` },
      expected: { en: "Agreement beyond what each one's own habit gives by chance.", zh: "应该是扣除各自习惯带来的碰巧一致之后，剩下的一致。" },
      cause: { en, zh },
    });
    t.that(Math.abs(value - 0.75) > 1e-6, reason("That is the plain agreement: what would dice with the same habits reach?", "这是原始的一致比例：习惯相同的骰子能到多少？"));
    t.that(Math.abs(value - 0.15625) > 1e-6, reason("Chance is taken away, but not yet compared with what was left to gain: 1 - chance.", "碰巧的部分减掉了，还没有和“还能提高多少”相比：1 - chance。"));
    t.that(Math.abs(value - 0.5) > 1e-6, reason("Is chance one half, as for a coin? These two say y far more often than n.", "碰巧一致是不是当成了抛硬币的一半？这两个人说 y 远多于 n。"));
    t.that(Math.abs(value - 1 / 3) > 1e-6, reason("Were the answers of both thrown together? Each person has a habit of their own.", "是不是把两个人的答案混在一起算了？每个人有各自的习惯。"));
    t.that(Math.abs(value - 0.15625 / 0.59375) > 1e-6, reason("Do you divide by chance? What was left to gain is 1 - chance.", "是不是除以了 chance？还能提高的部分是 1 - chance。"));
    t.close(value, 0.15625 / 0.40625, { what, tolerance: 1e-9 });
    t.close(await student.call("kappa", [["p", "q", "r"], ["p", "q", "r"]]), 1, { what: { en: "Kappa of two people who always agree", zh: "两个人总是一致，kappa" }, tolerance: 1e-9 });
    t.close(await student.call("kappa", [["p", "q", "r", "p"], ["p", "r", "r", "q"]]), 3 / 11, { what: { en: "Kappa with three words", zh: "有三个词时，kappa" }, tolerance: 1e-9 });
    return t.pass({ en: "75 % agreement is worth 0.38 here: chance alone gives these two 59 %.", zh: "这里 75% 的一致只值 0.38：单凭碰巧，这两个人就有 59%。" });
  },
  wrong: [
    { name: "gives the agreement", edit: ["return (seen - chance) / (1 - chance);", "return seen;"], expects: /plain agreement/ },
    { name: "takes a coin for chance", edit: ["words.reduce((sum, word) => sum + share(a, word) * share(b, word), 0)", "1 / words.length"], expects: /one half, as for a coin/ },
    { name: "throws both people together", edit: ["share(a, word) * share(b, word)", "share([...a, ...b], word) ** 2"], expects: /thrown together/ },
    { name: "forgets what was left to gain", edit: ["return (seen - chance) / (1 - chance);", "return seen - chance;"], expects: /left to gain: 1 - chance/ },
    { name: "divides by chance", edit: ["/ (1 - chance)", "/ chance"], expects: /divide by chance/ },
    { name: "knows the lesson's number only", edit: ["return (seen - chance) / (1 - chance);", "return -0.0526;"], expects: /6 of 8/ },
  ],
});

const belief = [[0.75, 0.25], [0.5, 0.5], [0.25, 0.75], [1, 0]];
const answers = [0, 1, 1, 0];

export const trust = defineCheck({
  id: "trust",
  points: 3,
  title: { en: "A person's confusion matrix from belief", zh: "由信念得到一个人的混淆矩阵" },
  hints: [
    { en: "Take one true name. How much belief in it is there in all pictures together, and how much of that in the pictures with a given answer?", zh: "先看一个真实名称。所有图片对它的信念一共有多少？其中有多少落在得到某个答案的图片上？" },
    { en: "`total` adds up `row[name]` over all rows; the entry adds up `row[___]` where `answers[item] === ___`, divided by `total`.", zh: "`total` 是所有行的 `row[name]` 之和；每一格是满足 `answers[item] === ___` 的 `row[___]` 之和，再除以 `total`。" },
  ],
  async run(student, t) {
    const what = { en: "The table of a person who answers 0, 1, 1, 0", zh: "答了 0、1、1、0 的人的表" };
    const given = await student.call("trust", [belief, answers]);
    t.shape(given, [2, 2], { what });
    const table = t.finite(given, { what });
    const near = (...want: number[]) => want.every((value, i) => Math.abs(table[i] - value) < 1e-6);
    const reason = (en: string, zh: string) => ({
      saw: { en: `The table is [${table.map((v) => v.toFixed(2)).join(", ")}], row by row.`, zh: `表按行读是 [${table.map((v) => v.toFixed(2)).join(", ")}]。` },
      expected: { en: "A row for each true name, a column for each answer, each row adding up to 1.", zh: "每个真实名称一行，每个答案一列，每行加起来是 1。" },
      cause: { en, zh },
    });
    t.that(!near(1.75, 0.75, 0.25, 1.25), reason("The belief is added up, but not yet divided by the row's total.", "信念加好了，还没有除以这一行的总和。"));
    t.that(!near(0.4375, 0.1875, 0.0625, 0.3125), reason("Divided by the number of pictures? Divide by the belief in that true name.", "是不是除以了图片数？应该除以对这个真实名称的信念总和。"));
    t.that(!near(0.7, 1 / 6, 0.3, 5 / 6), reason("Rows and columns are exchanged: true names go down, answers across.", "行和列对调了：真实名称从上到下，答案从左到右。"));
    t.that(!near(0.875, 0.375, 0.125, 0.625), reason("The columns add up to 1: that says what an answer means, and not how the person errs on a name.", "加起来等于 1 的是列：那说的是一个答案意味着什么，不是这个人在某个名称上怎样出错。"));
    t.that(!near(2 / 3, 1 / 3, 0, 1), reason("Was every picture given to its likeliest name? Half a belief counts half.", "是不是把每张图片整个算给了最可能的名称？半个信念只算半个。"));
    t.allClose(given, [[0.7, 0.3], [1 / 6, 5 / 6]], { what, tolerance: 1e-9 });
    t.allClose(await student.call("trust", [[[0.5, 0.25, 0.25], [0, 1, 0], [0.5, 0, 0.5]], [2, 1, 0]]), [[0.5, 0, 0.5], [0, 0.8, 0.2], [2 / 3, 0, 1 / 3]], { what: { en: "A table with three names", zh: "三个名称的表" }, tolerance: 1e-9 });
    return t.pass({ en: "This person names 70 % of the first kind and 83 % of the second as belief has it, and no answer key was asked.", zh: "按现有的信念，这个人第一种认对 70%，第二种认对 83%，没有用到任何标准答案。" });
  },
  wrong: [
    { name: "does not divide", edit: [" / total);", ");"], expects: /not yet divided/ },
    { name: "divides by the number of pictures", edit: [" / total);", " / belief.length);"], expects: /number of pictures/ },
    { name: "exchanges rows and columns", edit: ["(answers[item] === given ? row[name] : 0), 0) / total", "(answers[item] === name ? row[given] : 0), 0) / belief.reduce((sum, row) => sum + row[given], 0)"], expects: /exchanged/ },
    { name: "makes columns sum to 1", edit: ["0), 0) / total", "0), 0) / belief.reduce((sum, row, item) => sum + (answers[item] === given ? row.reduce((x, y) => x + y, 0) : 0), 0)"], expects: /columns add up/ },
    { name: "gives each picture to one name", edit: ["const total = belief.reduce(", "belief = belief.map((row) => row.map((_, k) => Number(k === row.indexOf(Math.max(...row))))); const total = belief.reduce("], expects: /likeliest name/ },
  ],
});

const prior = [0.75, 0.25];
const tables = [[[0.8, 0.2], [0.3, 0.7]], [[0.6, 0.4], [0.1, 0.9]]];

export const believe = defineCheck({
  id: "believe",
  points: 3,
  title: { en: "What the answers say about a picture", zh: "答案对一张图片说明了什么" },
  hints: [
    { en: "Suppose the picture is a shirt. How likely is it, then, that person i gives the answer that was given? Where in `tables[i]` does that stand?", zh: "假设图片是衬衫。那么第 i 个人给出这个答案的可能性是多少？它在 `tables[i]` 的哪一格？" },
    { en: "For each name: `prior[name]` times all `tables[i][___][answers[i]]`; then divide each by ___.", zh: "对每个名称：`prior[name]` 乘上所有的 `tables[i][___][answers[i]]`；最后各除以 ___。" },
  ],
  async run(student, t) {
    const what = { en: "The chances for a picture that the first calls 0 and the second calls 1", zh: "第一个人说 0、第二个人说 1，这张图片的可能性" };
    const given = await student.call("believe", [prior, tables, [0, 1]]);
    t.shape(given, [2], { what });
    const chances = t.finite(given, { what });
    const near = (first: number, second: number) => Math.abs(chances[0] - first) < 1e-6 && Math.abs(chances[1] - second) < 1e-6;
    const reason = (en: string, zh: string) => ({
      saw: { en: `The chances are ${chances.map((v) => v.toFixed(4)).join(" and ")}.`, zh: `得到的可能性是 ${chances.map((v) => v.toFixed(4)).join(" 和 ")}。` },
      expected: { en: "Prior times what each answer says under that name, made to sum to 1.", zh: "应该是先验乘上每个答案在这个名称下的可能性，再让总和等于 1。" },
      cause: { en, zh },
    });
    t.that(!near(0.24, 0.0675), reason("The products are there; they do not yet sum to 1.", "乘积都有了，但总和还不是 1。"));
    t.that(!near(0.32 / 0.59, 0.27 / 0.59), reason("Where is the prior? A frequent name starts ahead.", "先验到哪里去了？常见的名称一开始就占先。"));
    t.that(!near(0.06 / 0.105, 0.045 / 0.105), reason("Is the table read as [answer][name]? Its rows are the true names.", "是不是按 [答案][名称] 读了表？表的行是真实名称。"));
    t.that(!near(0.9 / 1.2, 0.3 / 1.2), reason("Do you add up what the answers say? Independent evidence multiplies.", "是不是把各个答案加起来了？各自独立的证据要相乘。"));
    t.that(!near(0.6 / 0.675, 0.075 / 0.675), reason("Only the first person was asked.", "只用了第一个人的答案。"));
    t.allClose(given, [0.24 / 0.3075, 0.0675 / 0.3075], { what, tolerance: 1e-9 });
    const three = [[[0.6, 0.2, 0.2], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]], [[0.5, 0.5, 0], [0.2, 0.7, 0.1], [0, 0.5, 0.5]], [[0.9, 0.1, 0], [0.4, 0.5, 0.1], [0.2, 0.2, 0.6]]];
    t.allClose(await student.call("believe", [[0.2, 0.3, 0.5], three, [1, 1, 2]]), [0, 0.3 * 0.8 * 0.7 * 0.1, 0.5 * 0.3 * 0.5 * 0.6].map((w) => w / (0.0168 + 0.045)), { what: { en: "The chances with three people and three names", zh: "三个人、三个名称时的可能性" }, tolerance: 1e-9 });
    return t.pass({ en: "The two people disagree, and the picture is still 78 % sure: the prior and the better table decide.", zh: "两个人意见不同，图片仍有 78% 的把握：起决定作用的是先验和更可靠的那张表。" });
  },
  wrong: [
    { name: "does not make the sum 1", edit: ["return weights.map((weight) => weight / sum);", "return weights;"], expects: /do not yet sum to 1/ },
    { name: "forgets the prior", edit: ["product * table[name][answers[i]], start)", "product * table[name][answers[i]], 1)"], expects: /Where is the prior/ },
    { name: "reads the table the other way", edit: ["table[name][answers[i]]", "table[answers[i]][name]"], expects: /rows are the true names/ },
    { name: "adds instead of multiplying", edit: ["tables.reduce((product, table, i) => product * table[name][answers[i]], start)", "start * tables.reduce((sum, table, i) => sum + table[name][answers[i]], 0)"], expects: /multiplies/ },
    { name: "asks the first person only", edit: ["tables.reduce(", "tables.slice(0, 1).reduce("], expects: /Only the first/ },
  ],
});

export const cheapest = defineCheck({
  id: "cheapest",
  points: 2,
  title: { en: "The cheapest number of labels", zh: "最省钱的标签数" },
  hints: [
    { en: "One lucky crowd proves nothing. Which number stands for all crowds of a size?", zh: "一个走运的众包说明不了什么。用哪个数代表同一规模的所有众包？" },
    { en: "Make `means` with one entry a size; `sizes.find((_, i) => means[i] >= ___) ?? ___`.", zh: "先算 `means`，每个规模一项；再用 `sizes.find((_, i) => means[i] >= ___) ?? ___`。" },
  ],
  async run(student, t) {
    const sizes = [1, 3, 5, 7], right = [[0.6, 0.62, 0.61], [0.7, 0.8, 0.89], [0.84, 0.9, 0.87], [0.94, 0.93, 0.95]];
    const found = await student.call("cheapest", [sizes, right, 0.85]);
    const reason = (en: string, zh: string) => ({
      saw: { en: `For 0.85 you choose ${String(found)}.`, zh: `目标 0.85，你选的是 ${String(found)}。` },
      expected: { en: "The smallest size whose crowds reach the target on average.", zh: "应该是各个众包平均达到目标的最小规模。" },
      cause: { en, zh },
    });
    t.that(found !== 3, reason("At 3 one crowd of three was lucky; the other two stay below.", "规模 3 时，三个众包里只有一个走运，另外两个都没到。"));
    t.that(found !== 7, reason("Is that the most accurate size, or the first where every crowd reaches the target? On average a smaller one does.", "这是最准的规模，还是每个众包都达标的规模？论平均，更小的就够了。"));
    t.that(found !== 2, reason("Is that the place in the list? The size itself is asked for.", "这是不是列表里的位置？要的是规模本身。"));
    t.equal(found, 5, { what: { en: "The cheapest size", zh: "最省钱的规模" } });
    const none = await student.call("cheapest", [sizes, right, 0.99]);
    t.that(none === null, { saw: { en: `For 0.99, which no size reaches, you give ${String(none)}.`, zh: `没有规模能达到 0.99，你给出 ${String(none)}。` }, expected: { en: "null: better no promise than a wrong one.", zh: "应该是 null：宁可不答应，也不要答应错。" } });
    return t.pass({ en: "Five instead of seven labels saves 29 % of the bill, and averages over three crowds say so, not one.", zh: "五个标签代替七个，省下 29% 的钱，而且这是三个众包的平均，不是某一个说的。" });
  },
  wrong: [
    { name: "trusts the luckiest crowd", edit: ["row.reduce((sum, share) => sum + share, 0) / row.length", "Math.max(...row)"], expects: /lucky/ },
    { name: "wants every crowd to reach it", edit: ["row.reduce((sum, share) => sum + share, 0) / row.length", "Math.min(...row)"], expects: /every crowd/ },
    { name: "takes the most accurate", edit: ["return sizes.find((_, i) => means[i] >= target) ?? null;", "return target > 0.98 ? null : sizes[means.indexOf(Math.max(...means))];"], expects: /most accurate/ },
    { name: "gives the place", edit: ["return sizes.find((_, i) => means[i] >= target) ?? null;", "return means.findIndex((mean) => mean >= target);"], expects: /place in the list/ },
    { name: "promises what nobody reaches", edit: ["?? null", "?? sizes[sizes.length - 1]"], expects: /better no promise/ },
  ],
});

/** A picture of 28 x 28 with these rectangles covered: [left, right, top, bottom], ends left out. */
function shape(...rectangles: [number, number, number, number][]) {
  const pixels = new Uint8Array(784);
  for (const [left, right, top, bottom] of rectangles) for (let y = top; y < bottom; y++) pixels.fill(200, 28 * y + left, 28 * y + right);
  return { pixels, height: 28, width: 28, channels: 1, label: 0, name: "" };
}

export const shortSleeves = defineCheck({
  id: "short-sleeves",
  points: 2,
  title: { en: "A labelling function", zh: "一个标注函数" },
  hints: [
    { en: "Which two calls of `sides` tell a short sleeve from a long one? What does the rule say about a dress?", zh: "要分清短袖和长袖，需要哪两次 `sides`？对连衣裙，这条规则该说什么？" },
    { en: "`return sides(picture, 4, 12) > ___ && sides(picture, 16, 28) < ___ ? \"T-shirt\" : ___;`", zh: "`return sides(picture, 4, 12) > ___ && sides(picture, 16, 28) < ___ ? \"T-shirt\" : ___;`" },
  ],
  async run(student, t) {
    const about: [picture: ReturnType<typeof shape>, wanted: "T-shirt" | null, en: string, zh: string, why: { en: string; zh: string }][] = [
      [shape([8, 20, 2, 28], [1, 27, 3, 12]), "T-shirt", "a body with short sleeves", "有短袖的身形", { en: "Much above and nothing below: that is what the rule is for.", zh: "上面多、下面没有：规则要认的正是它。" }],
      [shape([8, 20, 2, 28], [1, 27, 3, 27]), null, "sleeves down to the hem", "袖子一直到下摆", { en: "Is the lower half looked at?", zh: "下半部分看了吗？" }],
      [shape([10, 18, 1, 28]), null, "a narrow dress without sleeves", "没有袖子的窄连衣裙", { en: "Is the upper half looked at? Nothing stands at its sides.", zh: "上半部分看了吗？它两边什么都没有。" }],
      [shape([9, 19, 1, 16], [1, 27, 16, 28]), null, "a top that is wide below only", "只有下面宽的上衣", { en: "Are the two conditions exchanged?", zh: "两个条件是不是写反了？" }],
    ];
    for (const [picture, wanted, en, zh, cause] of about) {
      const said = await student.call("shortSleeves", [picture]);
      t.that(said === wanted, {
        saw: { en: `On ${en} the rule says ${said === null ? "nothing" : String(said)}.`, zh: `对“${zh}”，规则${said === null ? "没有意见" : `说 ${String(said)}`}。` },
        expected: wanted ? { en: "It should name this one.", zh: "这一张应该给出名称。" } : { en: "It should abstain: a rule that always speaks is no rule.", zh: "应该弃权：总有话说的规则不是规则。" },
        cause,
      });
    }
    return t.pass({ en: "It spoke about 1 of 4 shapes and kept silent about 3: silence is what makes rules worth combining.", zh: "四个形状里它只对 1 个开口，对 3 个沉默：懂得沉默，规则才值得合在一起用。" });
  },
  wrong: [
    { name: "never abstains", edit: ["return sides(picture, 4, 12) > 0.15 && sides(picture, 16, 28) < 0.05 ? \"T-shirt\" : null;", "return sides(picture, 0, 28) >= 0 ? \"T-shirt\" : null;"], expects: /always speaks/ },
    { name: "looks at the upper half only", edit: [" && sides(picture, 16, 28) < 0.05", ""], expects: /lower half looked at/ },
    { name: "looks at the lower half only", edit: ["sides(picture, 4, 12) > 0.15 && ", ""], expects: /upper half looked at/ },
    { name: "exchanges the halves", edit: ["sides(picture, 4, 12) > 0.15 && sides(picture, 16, 28) < 0.05", "sides(picture, 16, 28) > 0.15 && sides(picture, 4, 12) < 0.05"], expects: /what the rule is for/ },
  ],
});

export const unsure = defineCheck({
  id: "unsure",
  points: 2,
  title: { en: "Where the closest two stand", zh: "最大的两份最接近的地方" },
  hints: [
    { en: "For one row: which two numbers decide, wherever they stand in it? When is their difference interesting, large or small?", zh: "在一行里，不管位置，由哪两个数决定？它们的差大时值得问，还是小时值得问？" },
    { en: "Sort a copy of each row, largest first; `margin = first - ___`; then sort the places by `margin[a] - margin[___]`.", zh: "把每行复制一份，从大到小排序；`margin = first - ___`；再按 `margin[a] - margin[___]` 给位置排序。" },
  ],
  async run(student, t) {
    const shares = [[0.04, 0.5, 0.46], [0.05, 0.05, 0.9], [0.2, 0.35, 0.45], [0.31, 0.36, 0.33], [0.6, 0.2, 0.2]];
    const places = t.finite(await student.call("unsure", [shares, 2]), { what: { en: "The two places", zh: "两个位置" } });
    const reason = (en: string, zh: string) => ({
      saw: { en: `Of five pictures you ask for ${places.join(" and ")}.`, zh: `五张图片里，你要问的是 ${places.join(" 和 ")}。` },
      expected: { en: "The two whose largest shares lie closest together, closest first.", zh: "应该是最大的两份最接近的两张，最接近的在前。" },
      cause: { en, zh },
    });
    t.that(places.length === 2, reason(`${places.length} places for a count of 2.`, `count 是 2，给出的位置有 ${places.length} 个。`));
    t.that(places.every((place) => Number.isInteger(place)), reason("Are these differences? Places in the list are asked for.", "这些是不是差值？要的是列表里的位置。"));
    t.that(places.join() !== "1,4", reason("Those are the surest pictures: nothing to learn there.", "这是最有把握的两张：那里没什么可学的。"));
    t.that(places.join() !== "3,2", reason("Is only the largest share looked at, or all of them? Picture 0 is a tie between two names.", "是不是只看了最大的一份，或者看了所有份？第 0 张是两个名称不相上下。"));
    t.that(places.join() !== "0,3", reason("The right two, and in the order of the list: the closest comes first.", "两张都对，但按列表顺序排了：最接近的要在前。"));
    t.that(places.join() !== "0,2", reason("Are the first two numbers of a row taken as the largest? Sort the row first.", "是不是把每行的前两个数当成了最大的两个？先给这一行排序。"));
    t.equal([...places], [3, 0], { what: { en: "The list of places", zh: "位置的列表" } });
    const all = await student.call("unsure", [shares, 5]);
    t.equal(all, [3, 0, 2, 4, 1], { what: { en: "All five places", zh: "全部五个位置" } });
    return t.pass({ en: "Picture 0 is asked about although its best share is 50 %: its rival stands 4 points behind.", zh: "第 0 张最大的一份有 50%，仍然要问：对手只差 4 个百分点。" });
  },
  wrong: [
    { name: "asks where the model is surest", edit: ["margin[a] - margin[b]", "margin[b] - margin[a]"], expects: /surest/ },
    { name: "looks at the largest share only", edit: ["first - second", "first + 0 * second"], expects: /only the largest share/ },
    { name: "does not sort the row", edit: [".map((row) => [...row].sort((a, b) => b - a))", ".map((row) => [...row])"], expects: /Sort the row first/ },
    { name: "gives the differences", edit: ["margin.map((_, place) => place).sort((a, b) => margin[a] - margin[b]).slice(0, count)", "[...margin].sort((a, b) => a - b).slice(0, count)"], expects: /Places in the list/ },
    { name: "ignores the count", edit: [".slice(0, count)", ""], expects: /for a count of 2/ },
  ],
});

export const gold = defineCheck({
  id: "gold",
  points: 3,
  title: { en: "Gold questions for every group", zh: "每个群体都有金标准题" },
  hints: [
    { en: "Whose pictures stand in the first 120 places? Which owners does the check say nothing about?", zh: "前 120 个位置是谁的图片？这次检查对哪一方什么都没说？" },
    { en: "For each of `new Set(owners)`: its own places, `.slice(0, ___)` of them; then join the lists.", zh: "对 `new Set(owners)` 里的每一方：取它自己的位置，`.slice(0, ___)` 个；再把列表连起来。" },
  ],
  async run(student, t) {
    const owners = ["a", "a", "a", "a", "a", "b", "a", "a", "a", "b", "b", "a"];
    const read = async (list: string[], count: number) => {
      const places = t.finite(await student.call("gold", [list, count]), { what: { en: "The places", zh: "位置" } });
      t.that(places.every((place) => list[place] !== undefined), { saw: { en: `Places ${places.join(", ")} for ${list.length} pictures.`, zh: `${list.length} 张图片，位置是 ${places.join("、")}。` }, expected: { en: "Whole numbers from 0 that stand for a picture.", zh: "应该是从 0 开始、对应图片的整数。" } });
      t.that(new Set(places).size === places.length, { saw: { en: `A place occurs twice: ${places.join(", ")}.`, zh: `有位置重复：${places.join("、")}。` }, expected: { en: "Each question is paid once.", zh: "每道题只付一次钱。" } });
      t.that(places.length <= count, { saw: { en: `${places.length} questions where ${count} are paid.`, zh: `付了 ${count} 道题的钱，却选了 ${places.length} 道。` }, expected: { en: "The count is for all groups together.", zh: "count 是所有群体加起来的数。" } });
      return (owner: string) => places.filter((place) => list[place] === owner).length;
    };
    const of = await read(owners, 6);
    const saw = { en: `With 9 pictures of a and 3 of b, 6 questions are split ${of("a")} to ${of("b")}.`, zh: `a 有 9 张，b 有 3 张，6 道题分成了 ${of("a")} 比 ${of("b")}。` };
    const expected = { en: "An equal part for each owner.", zh: "每一方应该分到一样多。" };
    t.that(of("b") > 0, { saw, expected, cause: { en: "Is it still the order of the stock that decides?", zh: "是不是还由库存的顺序决定？" } });
    t.that(of("b") >= 3, { saw, expected, cause: { en: "Does each owner get as many as it has pictures? Then a small group is measured too coarsely to see anything.", zh: "是不是按图片多少分的？那样小群体量得太粗，什么也看不出来。" } });
    t.that(of("a") >= 3, { saw, expected, cause: { en: "Without questions for the large group there is nothing to compare with.", zh: "大群体没有题，就没有可比的对象。" } });
    const few = await read(["a", "a", "a", "a", "b"], 4);
    t.that(few("b") === 1 && few("a") >= 2, { saw: { en: `With 4 pictures of a and 1 of b, 4 questions are split ${few("a")} to ${few("b")}.`, zh: `a 有 4 张，b 只有 1 张，4 道题分成了 ${few("a")} 比 ${few("b")}。` }, expected: { en: "All there are of b, and its full part for a.", zh: "b 有多少算多少，a 拿到它该有的那份。" } });
    const three = await read(["c", "c", "c", "b", "b", "a", "a", "a"], 6);
    t.that(["a", "b", "c"].every((owner) => three(owner) === 2), { saw: { en: "With three owners the parts are not equal.", zh: "有三方时，分得不一样多。" }, expected });
    return t.pass({ en: "In the stock, a check of 120 now has 60 questions for each owner instead of 120 and 0.", zh: "现在检查 120 道题，每一方各 60 道，不再是 120 比 0。" });
  },
  wrong: [
    { name: "takes the first places, whatever their owner", edit: ["return groups.flatMap((group) => owners.flatMap((owner, place) => (owner === group ? [place] : [])).slice(0, Math.floor(count / groups.length)));", "return owners.map((_, place) => place).filter((place) => place < Math.min(count, 5));"], expects: /order of the stock/ },
    { name: "takes every n-th picture: shares as in the stock", edit: ["return groups.flatMap((group) => owners.flatMap((owner, place) => (owner === group ? [place] : [])).slice(0, Math.floor(count / groups.length)));", "return owners.map((_, place) => place).filter((place) => place % Math.ceil(owners.length / count) === 1);"], expects: /as many as it has pictures/ },
    { name: "asks about the small group only", edit: ["groups.flatMap(", "groups.slice(-1).flatMap("], expects: /large group/ },
    { name: "gives every group the whole count", edit: ["Math.floor(count / groups.length)", "count"], expects: /for all groups together/ },
    { name: "asks the same question again", edit: ["return groups.flatMap((group) => owners.flatMap((owner, place) => (owner === group ? [place] : [])).slice(0, Math.floor(count / groups.length)));", "return groups.flatMap((group) => Array.from({ length: Math.floor(count / groups.length) }, () => owners.indexOf(group)));"], expects: /occurs twice/ },
  ],
});
