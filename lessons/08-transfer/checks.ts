import { defineCheck } from "../checks/index.js";
import { askTensor } from "../checks/tensor.js";

// Three classes on paper, of unequal size, the rows not in order of the classes.
const rows = [[0, 0], [10, 2], [2, 4], [5, 9], [12, 4], [4, 2]];
const labels = [0, 1, 0, 2, 1, 0];
const middles = [[2, 2], [11, 3], [5, 9]];

export const centresCheck = defineCheck({
  id: "centres",
  points: 3,
  title: { en: "The centre of each class", zh: "每一类的中心" },
  hints: [
    { en: "Take one class first. Which rows are its own, and what is the mean of their first column?", zh: "先只看一类。哪些行是它的？这些行第一列的平均是多少？" },
    { en: "For class k: `const own = rows.filter((_, i) => ___ === k)`, then one average for each column j of `own`.", zh: "对类 k：`const own = rows.filter((_, i) => ___ === k)`，再对 `own` 的每一列 j 求一个平均。" },
  ],
  async run(student, t) {
    const what = { en: "centres of six rows in three classes", zh: "三类六行的 centres" };
    const value = await student.call("centres", [rows, labels, 3]);
    t.shape(value, [3, 2], { what });
    const flat = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `The centre of class 0 comes out as (${flat[0]!.toFixed(2)}, ${flat[1]!.toFixed(2)}).`, zh: `类 0 的中心算出来是 (${flat[0]!.toFixed(2)}, ${flat[1]!.toFixed(2)})。` },
      expected: { en: "For each column, the average over the rows of that class.", zh: "每一列，取该类各行的平均。" },
      cause: { en, zh },
    });
    t.that(Math.abs(flat[0]! - 6) > 1e-9 || Math.abs(flat[1]! - 6) > 1e-9, reason("Do you add up where you should average?", "该取平均的地方，是不是用了求和？"));
    t.that(Math.abs(flat[0]! - 5.5) > 1e-9, reason("That is the middle of all rows: were the labels used?", "这是全部行的中心：用到标签了吗？"));
    t.that(Math.abs(flat[0]! - 1) > 1e-9, reason("Do you divide by the number of all rows? Only this class's rows count.", "是不是除以了全部行数？只该除以这一类的行数。"));
    t.that(Math.abs(flat[0]!) > 1e-9, reason("That is one row of the class, not the mean of all of them.", "这是该类的某一行，不是各行的平均。"));
    t.allClose(value, middles, { what, tolerance: 1e-9 });
    return t.pass({ en: "Three rows of class 0 became one: (2, 2). A whole class is now as large as one row.", zh: "类 0 的三行变成了一行：(2, 2)。一整类现在只占一行。" });
  },
  wrong: [
    { name: "sums instead of averaging", edit: ["average(own.map((row) => row[j]))", "own.reduce((sum, row) => sum + row[j], 0)"], expects: /add up where you should average/ },
    { name: "forgets the labels", edit: ["labels[i] === k", "i >= 0 && k >= 0"], expects: /were the labels used/ },
    { name: "divides by all rows", edit: ["average(own.map((row) => row[j]))", "own.reduce((sum, row) => sum + row[j], 0) / rows.length"], expects: /number of all rows/ },
    { name: "takes the first row of the class", edit: ["average(own.map((row) => row[j]))", "own[0][j]"], expects: /one row of the class/ },
  ],
});

export const nearestCheck = defineCheck({
  id: "nearest",
  points: 2,
  title: { en: "The nearest centre", zh: "最近的中心" },
  hints: [
    { en: "One number for each centre: how far is the row from it? Plus and minus must not cancel.", zh: "每个中心一个数：这一行离它多远？正负不能互相抵消。" },
    { en: "`distances.indexOf(Math.___(...distances))`, where each distance adds up `(value - row[j]) ** 2`.", zh: "`distances.indexOf(Math.___(...distances))`，每个距离是 `(value - row[j]) ** 2` 的和。" },
  ],
  async run(student, t) {
    const ask = async (row: number[]) => t.number(await student.call("nearest", [middles, row]), { what: `nearest(centres, [${row.join(", ")}])` });
    const reason = (row: string, value: number, en: string, zh: string) => ({
      saw: { en: `With centres (2, 2), (11, 3), (5, 9) the row ${row} goes to ${value}.`, zh: `中心是 (2, 2)、(11, 3)、(5, 9) 时，行 ${row} 分给了 ${value}。` },
      expected: { en: "The number of the centre with the smallest squared distance.", zh: "应该是平方距离最小的那个中心的编号。" },
      cause: { en, zh },
    });
    const far = await ask([10, 3.5]);
    t.that(Number.isInteger(far) && far >= 0 && far < 3, reason("(10, 3.5)", far, "Is that a distance? Its place in the list is wanted.", "这是不是距离？要的是它在列表里的位置。"));
    t.that(far === 1, reason("(10, 3.5)", far, "Did you look for the largest distance?", "是不是找了最大的距离？"));
    const sum = await ask([6, 13]);
    t.that(sum === 2, reason("(6, 13)", sum, "Do differences of opposite sign cancel? Square each one first.", "一正一负的差是不是互相抵消了？先把每个差平方。"));
    const both = await ask([2, 7]);
    t.that(both === 2, reason("(2, 7)", both, "Are all columns used, or only the first?", "每一列都用上了吗？还是只用了第一列？"));
    return t.pass({ en: "Three rows, three right bins, by six subtractions each.", zh: "三行都分对了，每行只用了六次减法。" });
  },
  wrong: [
    { name: "takes the furthest", edit: ["Math.min(...distances)", "Math.max(...distances)"], expects: /largest distance/ },
    { name: "returns the distance", edit: ["distances.indexOf(Math.min(...distances))", "Math.min(...distances)"], expects: /Is that a distance/ },
    { name: "lets signs cancel", edit: ["average(centre.map((value, j) => (value - row[j]) ** 2))", "Math.abs(average(centre.map((value, j) => value - row[j])))"], expects: /opposite sign cancel/ },
    { name: "uses the first column only", edit: ["average(centre.map((value, j) => (value - row[j]) ** 2))", "(centre[0] - row[0]) ** 2"], expects: /only the first/ },
  ],
});

export const prepareCheck = defineCheck({
  id: "prepare",
  points: 2,
  title: { en: "Keep the contract", zh: "守住约定" },
  hints: [
    { en: "Where must 0 go, and where 1? A multiplication and one more step.", zh: "0 要变成多少，1 要变成多少？一次乘法，再加一步。" },
    { en: "`pictures.mul(___).sub(___)`", zh: "`pictures.mul(___).sub(___)`" },
  ],
  async run(student, t) {
    const picture = askTensor([0, 0.25, 0.5, 0.75, 1, 0.1], [1, 1, 2, 3]);
    const what = { en: "prepare of a picture of two pixels", zh: "两个像素的图片的 prepare" };
    const value = await student.call("prepare", [picture]);
    t.shape(value, [1, 1, 2, 3], { what });
    const flat = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `0, 0.5 and 1 become ${flat[0]!.toFixed(2)}, ${flat[2]!.toFixed(2)} and ${flat[4]!.toFixed(2)}.`, zh: `0、0.5、1 变成了 ${flat[0]!.toFixed(2)}、${flat[2]!.toFixed(2)}、${flat[4]!.toFixed(2)}。` },
      expected: { en: "The darkest value at one end of the network's range, the brightest at the other.", zh: "最暗的值到网络范围的一端，最亮的到另一端。" },
      cause: { en, zh },
    });
    t.that(Math.abs(flat[4]! - 255) > 1e-3, reason("Those are bytes. This network would answer, and answer badly.", "这是字节。网络照样回答，只是答得很差。"));
    t.that(!(flat[0]! > 0.9 && flat[4]! < -0.9), reason("Dark and bright are exchanged: a negative.", "明暗颠倒了：成了底片。"));
    t.that(Math.abs(flat[4]! - 0.5) > 1e-6, reason("The middle is at 0, but the range is only half as wide as agreed.", "中点是 0 了，但范围只有约定的一半宽。"));
    t.that(Math.abs(flat[0]!) > 1e-6 || Math.abs(flat[4]! - 1) > 1e-6, reason("These values were 0 to 1 before, and still are.", "原来是 0 到 1，现在还是。"));
    t.allClose(flat, [-1, -0.5, 0, 0.5, 1, -0.8], { what, tolerance: 1e-5 });
    return t.pass({ en: "Middle grey is 0 now, and a sheet of white paper is 1 in all three colours.", zh: "中灰现在是 0，一张白纸的三种颜色都是 1。" });
  },
  wrong: [
    { name: "gives bytes", edit: ["pictures.mul(2).sub(1)", "pictures.mul(255)"], expects: /Those are bytes/ },
    { name: "centres without stretching", edit: ["pictures.mul(2).sub(1)", "pictures.sub(0.5)"], expects: /half as wide/ },
    { name: "makes a negative", edit: ["pictures.mul(2).sub(1)", "tf.sub(1, pictures.mul(2))"], expects: /a negative/ },
    { name: "copies the picture", edit: ["pictures.mul(2).sub(1)", "pictures.mul(1)"], expects: /still are/ },
  ],
});

export const shallowest = defineCheck({
  id: "shallowest",
  points: 2,
  title: { en: "The cheapest good cut", zh: "够好里最便宜的切口" },
  hints: [
    { en: "Each row of `trials` is one split. What is the score of one depth, over all splits?", zh: "`trials` 的每一行是一种划分。一个深度在全部划分上的成绩是多少？" },
    { en: "`means.findIndex((mean) => mean >= Math.max(...___) - ___)`", zh: "`means.findIndex((mean) => mean >= Math.max(...___) - ___)`" },
  ],
  async run(student, t) {
    // Means by depth: 0.3, 0.46, 0.5, 0.48. The best single score (0.64) belongs to depth 3.
    const trials = [[0.3, 0.47, 0.5, 0.32], [0.2, 0.45, 0.49, 0.64], [0.4, 0.46, 0.51, 0.48]];
    const what = { en: "shallowest on a small table with slack 0.05", zh: "shallowest 在一张小表上、slack 为 0.05 时" };
    const value = t.number(await student.call("shallowest", [trials, 0.05]), { what });
    const reason = (en: string, zh: string) => ({ saw: { en: `On a small table with slack 0.05 you cut at depth ${value}.`, zh: `在一张小表上，slack 为 0.05，你切在深度 ${value}。` }, expected: { en: "The first depth whose mean is good enough.", zh: "应该是平均够好的第一个深度。" }, cause: { en, zh } });
    t.that(Number.isInteger(value), reason("That is a score. The number of the depth is wanted.", "这是成绩，要的是深度的编号。"));
    t.that(value !== 2, reason("That is the best depth. A cheaper one lies within the slack.", "这是最好的深度。slack 之内还有更便宜的。"));
    t.that(value !== 3, reason("Did one lucky split decide, or the last depth that is good enough?", "是不是让一次走运的划分做了决定，或者取了最后一个够好的？"));
    t.that(value !== 0, reason("Depth 0 is far below the best. Is the slack taken from the best mean?", "深度 0 比最好的差很多。slack 是从最好的平均里减的吗？"));
    t.close(value, 1, { what });
    t.close(await student.call("shallowest", [trials, 0]), 2, { what: { en: "shallowest with slack 0", zh: "slack 为 0 时的 shallowest" }, cause: { en: "Without slack only the best mean is good enough.", zh: "没有 slack，只有最好的平均才够好。" } });
    return t.pass({ en: "You gave up 0.04 of the score and a good part of the network. On a phone that is a bargain.", zh: "你放弃了 0.04 的成绩，也省掉了网络的一大段。在手机上这很划算。" });
  },
  wrong: [
    { name: "takes the best", edit: [" - slack", ""], expects: /cheaper one lies within the slack/ },
    { name: "lets the luckiest split decide", edit: ["average(trials.map((scores) => scores[depth]))", "Math.max(...trials.map((scores) => scores[depth]))"], expects: /lucky split/ },
    { name: "takes the last good one", edit: ["means.findIndex(", "means.findLastIndex("], expects: /last depth/ },
    { name: "returns the score", edit: ["return means.findIndex((mean) => mean >= Math.max(...means) - slack);", "return means.find((mean) => mean >= Math.max(...means) - slack)!;"], expects: /That is a score/ },
  ],
});

const row = (vendor: string, object: string) => ({ vendor, object });
const small = { train: [row("a", "jar"), row("b", "jar"), row("c", "jar"), row("a", "sock")], test: [row("a", "key"), row("b", "key"), row("c", "key")] };

export const holdOut = defineCheck({
  id: "hold-out",
  points: 3,
  title: { en: "Hold one vendor out, with a control", zh: "留出一家，并设对照" },
  hints: [
    { en: "Both comparisons must ask the same test pictures. Which rows may each training side have?", zh: "两边要用同样的测试图片来比。训练的两边各可以有哪些行？" },
    { en: "`test`: only rows whose vendor ___; `without`: training rows whose vendor ___; `control`: ___ training rows.", zh: "`test`：只要 vendor `___` 的行；`without`：只要 vendor `___` 的训练行；`control`：`___` 训练行。" },
  ],
  async run(student, t) {
    const value = (await student.call("holdOut", [small, "a"])) as Record<string, unknown>;
    const list = (name: string) => (Array.isArray(value?.[name]) ? (value[name] as { vendor: string; object: string }[]) : []);
    const says = (name: string) => list(name).map(({ vendor, object }) => `${vendor} ${object}`).join(", ");
    const reason = (name: string, en: string, zh: string) => ({
      saw: { en: `Holding out vendor a, ${name} holds: ${says(name) || "nothing"}.`, zh: `留出 a 时，${name} 里有：${says(name) || "什么也没有"}。` },
      expected: { en: "The same test pictures of vendor a, and training with and without a.", zh: "同样是 a 的测试图片；训练一边有 a，一边没有。" },
      cause: { en, zh },
    });
    t.that(list("test").every(({ vendor }) => vendor === "a"), reason("test", "The question is about vendor a: other vendors' pictures blur it.", "问的是 a：别家的图片会把结果冲淡。"));
    t.that(list("test").every(({ object }) => object === "key"), reason("test", "Training pictures are among the test pictures: those the control knows by heart.", "测试里混进了训练图片：对照那一边早就背下来了。"));
    t.that(list("without").every(({ vendor }) => vendor !== "a"), reason("without", "Vendor a is still in the training rows.", "训练行里还有 a。"));
    t.that(list("control").some(({ vendor }) => vendor === "a"), reason("control", "The control must have seen the style, else both sides are the same.", "对照必须见过这种画风，不然两边一样。"));
    t.that(list("control").every(({ object }) => object !== "key"), reason("control", "Test pictures are among the control's training rows.", "对照的训练行里混进了测试图片。"));
    t.equal(value, { test: [small.test[0]], without: [small.train[1], small.train[2]], control: small.train }, { what: { en: "holdOut on seven rows", zh: "holdOut 在七行上的结果" } });
    return t.pass({ en: "One test picture, two trainings of 2 and 4 rows: what differs in the score comes from the training alone.", zh: "一张测试图，两种训练（2 行和 4 行）：成绩的差别只来自训练。" });
  },
  wrong: [
    { name: "tests on all vendors", edit: ["test: parts.test.filter((row) => row.vendor === vendor)", "test: parts.test"], expects: /other vendors' pictures blur it/ },
    { name: "tests on training pictures", edit: ["test: parts.test.filter((row) => row.vendor === vendor)", "test: [...parts.train, ...parts.test].filter((row) => row.vendor === vendor)"], expects: /knows by heart/ },
    { name: "keeps the vendor in training", edit: ["without: parts.train.filter((row) => row.vendor !== vendor)", "without: parts.train"], expects: /still in the training rows/ },
    { name: "has no control", edit: ["control: parts.train,", "control: parts.train.filter((row) => row.vendor !== vendor),"], expects: /must have seen the style/ },
  ],
});

/** Objects whose features say nothing about their label, each there with a near copy: only a leak can score here. */
const pool = Array.from({ length: 40 }, (_, at) => {
  const features = [Math.sin(37 * at + 1), Math.cos(91 * at + 2), Math.sin(53 * at * at + 3)];
  return [0, 1e-3].map((nudge) => ({ features: features.map((value) => value + nudge), label: (at * 7 + (at >> 2)) % 4, object: `thing ${at}` }));
}).flat();

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "Repair the examination", zh: "修好这场考试" },
  hints: [
    { en: "Print the object of a test sample and of its most similar training sample. What do you notice?", zh: "把一个测试样本和它最相似的训练样本的 object 打印出来。发现了什么？" },
    { en: "Lesson 02: split by the unit that repeats. `data.split(pool, { test: 0.25, by: (sample) => ___, seed })`", zh: "第 02 课：按重复的单位来划分。`data.split(pool, { test: 0.25, by: (sample) => ___, seed })`" },
  ],
  async run(student, t) {
    const scores: number[] = [];
    for (const seed of [1, 2, 3, 4]) scores.push(t.number(await student.call("examine", [pool, seed]), { what: `examine(pool, ${seed})` }));
    const mean = scores.reduce((sum, value) => sum + value, 0) / scores.length;
    const reason = (en: string, zh: string) => ({
      saw: { en: `On 40 objects whose features say nothing about their four labels, examine reports ${mean.toFixed(2)}.`, zh: `40 件东西，特征和四种标签毫无关系，examine 报告 ${mean.toFixed(2)}。` },
      expected: { en: "About one in four right: there is nothing to learn.", zh: "应该四个里对一个左右：没有东西可学。" },
      cause: { en, zh },
    });
    t.that(mean < 0.55, reason("Does a copy of the test object lie in the training part?", "训练部分里是不是有测试物件的副本？"));
    t.that(mean > 0.02, reason("Nothing is right at all: can every label still occur in training?", "一个都没对：训练里还会出现每种标签吗？"));
    t.that(new Set(scores).size > 1, reason("Every seed gives the same score: is `seed` still used?", "每个种子成绩都一样：`seed` 还在用吗？"));
    return t.pass({ en: `Where nothing can be learned, your examination says ${mean.toFixed(2)}. Now its good scores mean something.`, zh: `在没有东西可学的地方，你的考试给出 ${mean.toFixed(2)}。现在它的高分才有意义。` });
  },
  wrong: [
    { name: "only changes the seed", edit: ["by: (sample) => sample.object, seed }", "seed: seed + 1 }"], expects: /copy of the test object/ },
    { name: "holds back more", edit: ["test: 0.25, by: (sample) => sample.object, seed }", "test: 0.5, seed }"], expects: /copy of the test object/ },
    { name: "splits by label", edit: ["sample.object", "sample.label"], expects: /can every label still occur/ },
    { name: "fixes the seed", edit: ["by: (sample) => sample.object, seed }", "by: (sample) => sample.object, seed: 1 }"], expects: /is `seed` still used/ },
  ],
});
