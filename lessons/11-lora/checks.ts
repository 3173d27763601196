import type { Reason } from "../checks/contract.js";
import { askTensor, defineCheck } from "../checks/index.js";

// A layer from three inputs to two outputs with a change of rank 2; every mistake gives another row.
const X = [[1, 2, -1], [0, 1, 1]];
const W = [[1, 0], [2, 1], [0, -1]];
const A = [[1, 0], [0, 1], [1, 1]];
const B = [[1, 2], [3, -1]];
const alpha = 6;

const product = (a: number[][], b: number[][]): number[][] => a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, k) => sum + value * b[k]![column]!, 0)));
const plus = (a: number[][], b: number[][], factor = 1): number[][] => a.map((row, i) => row.map((value, j) => value + factor * b[i]![j]!));
const tensor = (rows: number[][]) => askTensor(rows.flat(), [rows.length, rows[0]!.length]);
const given = [tensor(X), tensor(W), tensor(A), tensor(B), alpha];
const plain = product(X, W);
const road = product(product(X, A), B);
const tuned = plus(plain, road, alpha / 2);
const change = product(A, B);

const same = (values: readonly number[], rows: number[][]): boolean => values.length === rows.flat().length && rows.flat().every((value, at) => Math.abs(value - values[at]!) < 1e-4);
const row = (values: readonly number[]): string => values.slice(0, 2).map((value) => Number(value.toFixed(3))).join(", ");

export const adapted = defineCheck({
  id: "adapted",
  points: 3,
  title: { en: "A side road beside W", zh: "W 旁边的小路" },
  hints: [
    { en: "Two roads lead from x to the answer, and their results are added. Which of the two has the factor alpha / rank?", zh: "从 x 到答案有两条路，结果相加。哪一条要乘 alpha / rank？" },
    { en: "`x.matMul(W).add(x.matMul(___).matMul(___).mul(___))`.", zh: "`x.matMul(W).add(x.matMul(___).matMul(___).mul(___))`。" },
  ],
  async run(student, t) {
    const value = await student.call("adapted", given);
    const what = { en: "adapted on a 3 → 2 layer", zh: "adapted 在一个 3 → 2 的层上" };
    t.shape(value, [2, 2], { what });
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string): Reason => ({
      saw: { en: `On a layer with a change of rank 2 and alpha 6 your first row is ${row(got)}.`, zh: `在一个改动的秩为 2、alpha 为 6 的层上，你的第一行是 ${row(got)}。` },
      expected: { en: "The old answer, plus the side road at a factor of 3.", zh: "应该是原来的答案，加上 3 倍的小路。" },
      cause: { en, zh },
    });
    t.that(!same(got, plain), reason("The side road is missing.", "小路不见了。"));
    t.that(!same(got, plus(plain, road)), reason("Where is the factor alpha / rank?", "系数 alpha / rank 到哪里去了？"));
    t.that(!same(got, plus(plain, road, alpha)), reason("The side road has alpha in front, and is not divided by the rank. Then a larger rank means a larger change.", "小路乘了 alpha，却没有除以秩。那样秩越大，改动就越大。"));
    t.that(!same(got, plus(plain, road, 2 / alpha)), reason("Is the fraction upside down?", "分数是不是上下颠倒了？"));
    t.that(!same(got, tuned.map((line) => line.map((entry) => entry * 3))) && !same(got, plus(plain, road).map((line) => line.map((entry) => entry * 3))), reason("The factor multiplies W's road too; it belongs to the side road alone.", "系数也乘到了 W 那条路上；它只属于小路。"));
    t.that(!same(got, road.map((line) => line.map((entry) => entry * 3))), reason("Only the side road is left: where did x times W go?", "只剩下小路了：x 乘 W 到哪里去了？"));
    t.allClose(value, tuned, { what, tolerance: 1e-4 });
    return t.pass({ en: "With 10 numbers in A and B you steered a layer. A layer of 512 x 512 has 262,144; its side road of rank 4 has 4,096.", zh: "你用 A 和 B 的 10 个数改变了一层。512 x 512 的层有 262144 个数，秩为 4 的小路只有 4096 个。" });
  },
  wrong: [
    { name: "forgets the factor", edit: [".mul(alpha / rank)", ""], expects: /Where is the factor/ },
    { name: "takes alpha alone for the factor", edit: ["alpha / rank", "alpha"], expects: /not divided by the rank/ },
    { name: "turns the fraction round", edit: ["alpha / rank", "rank / alpha"], expects: /upside down/ },
    { name: "scales both roads", edit: ["x.matMul(W).add(x.matMul(A).matMul(B).mul(alpha / rank))", "x.matMul(W).add(x.matMul(A).matMul(B)).mul(alpha / rank)"], expects: /W's road too/ },
    { name: "replaces W", edit: ["x.matMul(W).add(x.matMul(A).matMul(B).mul(alpha / rank))", "x.matMul(A).matMul(B).mul(alpha / rank)"], expects: /x times W go/ },
  ],
});

export const merged = defineCheck({
  id: "merged",
  points: 2,
  title: { en: "One matrix for both roads", zh: "两条路并成一个矩阵" },
  hints: [
    { en: "Which matrix M makes x·M equal to your `adapted`? What must its shape be?", zh: "哪个矩阵 M 让 x·M 等于你的 `adapted`？它的形状应该是什么？" },
    { en: "`W.add(___.matMul(___).mul(___))`: the product has the shape of W.", zh: "`W.add(___.matMul(___).mul(___))`：乘积的形状和 W 一样。" },
  ],
  async run(student, t) {
    const what = { en: "merged on a 3 → 2 layer", zh: "merged 在一个 3 → 2 的层上" };
    // Two rectangles with rank 2, and a square with rank 1, where B·A is one number and spreads without a word.
    const square = { W: [[1, 2], [3, 4]], A: [[1], [2]], B: [[3, -1]] };
    const small = await student.call("merged", [tensor(square.W), tensor(square.A), tensor(square.B), 1]);
    const squared = t.finite(small, { what });
    const turned = square.A[0]![0]! * square.B[0]![0]! + square.A[1]![0]! * square.B[0]![1]!;
    t.that(!same(squared, square.W.map((line) => line.map((value) => value + turned))), {
      saw: { en: "On a square layer with rank 1 every number of W grows by the same amount.", zh: "在秩为 1 的方阵上，W 的每个数都加了同一个数。" },
      expected: { en: "A matrix of changes, as A is tall and B is wide.", zh: "A 是竖的，B 是横的，应该得到一个改动矩阵。" },
      cause: { en: "Is it B times A? That is one number, and it is added everywhere.", zh: "是不是写成了 B 乘 A？那只是一个数，会加到每个位置上。" },
    });
    const value = await student.call("merged", [given[1], given[2], given[3], alpha]);
    t.shape(value, [3, 2], { what });
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string): Reason => ({
      saw: { en: `Your first row is ${row(got)}.`, zh: `你的第一行是 ${row(got)}。` },
      expected: { en: "x times your matrix is what `adapted` answers for x.", zh: "x 乘你的矩阵，应该等于 `adapted` 对 x 的回答。" },
      cause: { en, zh },
    });
    t.that(!same(got, W), reason("This is W, unchanged.", "这是没有改动的 W。"));
    t.that(!same(got, plus(W, change)), reason("The change is there, without its factor alpha / rank.", "改动加上了，但没有乘系数 alpha / rank。"));
    t.that(!same(got, plus(W, change, alpha)), reason("The factor is alpha over the rank, not alpha.", "系数是 alpha 除以秩，不是 alpha。"));
    t.that(!same(got, change.map((line) => line.map((entry) => entry * 3))), reason("This is the change alone. W is the model: keep it.", "这只是改动。W 才是模型，要留着它。"));
    t.allClose(value, plus(W, change, alpha / 2), { what, tolerance: 1e-4 });
    t.allClose(small, plus(square.W, product(square.A, square.B)), { what, tolerance: 1e-4 });
    return t.pass({ en: "Two products became one: a merged layer does 6 multiplications a row here, the two roads did 16.", zh: "两条路并成一条：合并后的这一层每行做 6 次乘法，原来两条路要做 16 次。" });
  },
  wrong: [
    { name: "forgets the factor", edit: [".mul(alpha / A.shape[1]!)", ""], expects: /without its factor/ },
    { name: "takes alpha alone for the factor", edit: ["alpha / A.shape[1]!", "alpha"], expects: /alpha over the rank/ },
    { name: "multiplies in the other order", edit: ["A.matMul(B)", "B.matMul(A)"], expects: /Is it B times A/ },
    { name: "returns the change alone", edit: ["W.add(A.matMul(B).mul(alpha / A.shape[1]!))", "A.matMul(B).mul(alpha / A.shape[1]!)"], expects: /change alone/ },
  ],
});

export const start = defineCheck({
  id: "start",
  points: 3,
  title: { en: "Values to begin with", zh: "初始值" },
  hints: [
    { en: "A product is zero if one factor is. What does the slope of one factor get multiplied by?", zh: "一个因子是零，乘积就是零。一个因子的斜率，要乘上什么？" },
    { en: "`tf.randomNormal([___, ___])` for one of them, `tf.zeros([___, ___])` for the other.", zh: "一个用 `tf.randomNormal([___, ___])`，另一个用 `tf.zeros([___, ___])`。" },
  ],
  async run(student, t) {
    const value = (await student.call("start", [5, 3, 2])) as { A?: unknown; B?: unknown };
    t.shape(value?.A, [5, 2], { what: "A" });
    t.shape(value?.B, [2, 3], { what: "B" });
    const a = t.finite(value?.A, { what: "A" }), b = t.finite(value?.B, { what: "B" });
    const zero = (values: readonly number[]) => values.every((entry) => entry === 0);
    const rows = (values: readonly number[], columns: number) => Array.from({ length: values.length / columns }, (_, i) => values.slice(i * columns, (i + 1) * columns) as number[]);
    t.that(!(zero(a) && zero(b)), {
      saw: { en: "A and B are both zero.", zh: "A 和 B 都是零。" },
      expected: { en: "One of them has a slope at the first step.", zh: "第一步至少有一个有斜率。" },
      cause: { en: "The slope of each is multiplied by the other. Nothing ever moves, and the loss stays flat.", zh: "每一个的斜率都要乘另一个。于是谁也不会动，损失是一条平线。" },
    });
    const most = Math.max(...product(rows(a, 2), rows(b, 3)).flat().map(Math.abs));
    t.that(most < 1e-9, {
      saw: { en: `The product A·B has a number of size ${most.toPrecision(2)}.`, zh: `乘积 A·B 里有一个大小为 ${most.toPrecision(2)} 的数。` },
      expected: { en: "At the start the layer answers exactly as before.", zh: "刚开始时，这一层的回答应该和以前完全一样。" },
      cause: { en: "With noise in both, training begins by repairing damage that you did.", zh: "两个都填随机数，训练就得先修补你造成的破坏。" },
    });
    const full = zero(a) ? rows(b, 3) : rows(a, 2);
    // All columns alike: both ranks would get the same slopes for ever, and be one.
    t.that(full[0]!.length < 2 || full.some((line) => Math.abs(line[0]! - line[1]!) > 1e-9) || (zero(a) && full.some((line, at) => at > 0 && line.some((entry, j) => Math.abs(entry - full[0]![j]!) > 1e-9))), {
      saw: { en: "The factor that is not zero holds the same value everywhere.", zh: "不是零的那个因子，处处是同一个值。" },
      expected: { en: "Each rank begins somewhere else.", zh: "每个秩应该从不同的地方开始。" },
      cause: { en: "Ranks that begin alike get the same slopes and stay alike: two ranks do the work of one.", zh: "起点相同的秩，斜率也相同，永远一样：两个秩只顶一个用。" },
    });
    return t.pass({ en: "A·B is 0 at the start, so nobody notices the adapter; and one step later all 16 numbers can move.", zh: "一开始 A·B 是 0，没有人会察觉适配器；走一步之后，16 个数就都能动了。" });
  },
  wrong: [
    { name: "zeros in both", edit: ['tf.randomNormal([inputs, rank], 0, 1 / Math.sqrt(inputs), "float32", 1)', "tf.zeros([inputs, rank])"], expects: /both zero/ },
    { name: "noise in both", edit: ["tf.zeros([rank, outputs])", "tf.randomNormal([rank, outputs])"], expects: /repairing damage/ },
    { name: "ones in A", edit: ['tf.randomNormal([inputs, rank], 0, 1 / Math.sqrt(inputs), "float32", 1)', "tf.ones([inputs, rank])"], expects: /same value everywhere/ },
    { name: "swaps the shapes", edit: ["tf.zeros([rank, outputs])", "tf.zeros([outputs, rank])"], expects: /shape/i },
  ],
});

/** Rows of a layer whose change has rank 2. */
function puzzle() {
  let state = 7;
  const next = () => ((state = (state * 16807) % 2147483647) / 2147483647) * 2 - 1;
  const matrix = (rows: number, columns: number) => Array.from({ length: rows }, () => Array.from({ length: columns }, next));
  const x = matrix(60, 4), W = matrix(4, 4);
  return { x, W, y: product(x, plus(W, product(matrix(4, 2), matrix(2, 4)))) };
}

export const tune = defineCheck({
  id: "tune",
  points: 3,
  title: { en: "Training the side road", zh: "训练小路" },
  hints: [
    { en: "You have `adapted` and the mean squared error of lesson 05. Which variables stand for the side road?", zh: "`adapted` 你已经有了，均方误差第 05 课学过。小路由哪几个变量组成？" },
    { en: "`() => adapted(x, W, ___, ___, rank).sub(___).square().mean() as tf.Scalar`, and `[___, ___]` may move.", zh: "`() => adapted(x, W, ___, ___, rank).sub(___).square().mean() as tf.Scalar`，可以动的是 `[___, ___]`。" },
  ],
  async run(student, t) {
    const { x, W: weights, y } = puzzle();
    const from = product(x, weights).flat().reduce((sum, value, at) => sum + (value - y.flat()[at]!) ** 2, 0) / y.flat().length;
    const value = (await student.call("tune", [tensor(x), tensor(y), tensor(weights), 2, 300], { time: 60_000 })) as { losses?: unknown; A?: unknown; B?: unknown };
    const losses = t.finite(value?.losses, { what: "losses" });
    const last = losses.at(-1) ?? Number.NaN;
    const saw = { en: `On a puzzle whose change has rank 2, the loss goes from ${losses[0]?.toPrecision(3)} to ${last.toPrecision(3)} in 300 steps.`, zh: `在一道改动的秩为 2 的题上，300 步里损失从 ${losses[0]?.toPrecision(3)} 变到 ${last.toPrecision(3)}。` };
    const expected = { en: "It begins at the error of W alone and falls near to 0, because two ranks are enough.", zh: "应该从只用 W 的误差开始，降到接近 0，因为两个秩就够了。" };
    t.that(Math.abs(losses[0]! - from) < 0.02 * from, { saw, expected, cause: { en: "The first loss is not that of W alone. Is it the mean of the squared differences from y?", zh: "最初的损失不是只用 W 的误差。它是和 y 之差的平方的平均吗？" } });
    t.that(last < 0.999 * from, { saw, expected, cause: { en: "Nothing was learned. A has no slope while B is zero: may B move?", zh: "什么也没学到。B 是零时 A 没有斜率：B 可以动吗？" } });
    t.that(last < 0.02 * from, { saw, expected, cause: { en: "It stops halfway. Does only one of the two factors move?", zh: "停在了半路。是不是两个因子只动了一个？" } });
    t.shape(value?.A, [4, 2], { what: "A" });
    t.shape(value?.B, [2, 4], { what: "B" });
    return t.pass({ en: `16 numbers of A and B brought the loss from ${from.toFixed(2)} to ${last.toPrecision(1)}, and W never moved.`, zh: `A 和 B 的 16 个数把损失从 ${from.toFixed(2)} 降到 ${last.toPrecision(1)}，W 一直没有动。` });
  },
  wrong: [
    { name: "moves A alone", edit: ["moving = [A, B]", "moving = [A]"], expects: /may B move/ },
    { name: "moves B alone", edit: ["moving = [A, B]", "moving = [B]"], expects: /only one of the two/ },
    { name: "forgets the squares", edit: [".sub(y).square().mean()", ".sub(y).mean()"], expects: /mean of the squared differences/ },
    { name: "sums instead of averaging", edit: [".square().mean()", ".square().sum()"], expects: /mean of the squared differences/ },
  ],
});

export const trainable = defineCheck({
  id: "trainable",
  points: 2,
  title: { en: "Counting what is trained", zh: "数清训练了多少" },
  hints: [
    { en: "A is [inputs, rank], B is [rank, outputs]. How many numbers has each?", zh: "A 是 [inputs, rank]，B 是 [rank, outputs]。各有多少个数？" },
    { en: "`shapes.reduce((sum, [inputs, outputs]) => sum + ___ * (___ + ___), 0)`.", zh: "`shapes.reduce((sum, [inputs, outputs]) => sum + ___ * (___ + ___), 0)`。" },
  ],
  async run(student, t) {
    const what = "trainable([[10, 3], [4, 6]], 2)";
    const value = t.number(await student.call("trainable", [[[10, 3], [4, 6]], 2]), { what });
    const reason = (en: string, zh: string): Reason => ({ saw: { en: `${what} is ${value}.`, zh: `${what} 是 ${value}。` }, expected: { en: "The numbers in A and in B, for both matrices.", zh: "应该是两个矩阵的 A 和 B 里的数。" }, cause: { en, zh } });
    t.that(value !== 54, reason("These are the numbers of the matrices themselves. They are frozen.", "这是矩阵自己的数，它们是冻结的。"));
    t.that(value !== 108, reason("The rank multiplies the whole matrix: inputs times outputs. Look at the shape of A.", "秩乘到了整个矩阵上：inputs 乘 outputs。看看 A 的形状。"));
    t.that(value !== 23, reason("Where is the rank?", "秩到哪里去了？"));
    t.that(value !== 28 && value !== 18, reason("Only one of A and B is counted.", "A 和 B 只数了一个。"));
    t.that(value !== 26, reason("Only the first matrix is counted.", "只数了第一个矩阵。"));
    t.close(value, 46, { what });
    return t.pass({ en: "The count grows with the sides of a matrix and not with its area: at 512 x 512 and rank 4 it is 1 in 64.", zh: "个数随矩阵的边长增长，不随面积：512 x 512、秩为 4 时，只有 64 分之一。" });
  },
  wrong: [
    { name: "counts the frozen matrix", edit: ["rank * (inputs + outputs)", "inputs * outputs"], expects: /They are frozen/ },
    { name: "multiplies the area by the rank", edit: ["rank * (inputs + outputs)", "rank * inputs * outputs"], expects: /Look at the shape of A/ },
    { name: "forgets the rank", edit: ["rank * (inputs + outputs)", "inputs + outputs"], expects: /Where is the rank/ },
    { name: "counts A alone", edit: ["rank * (inputs + outputs)", "rank * inputs"], expects: /Only one of A and B/ },
  ],
});

export const keep = defineCheck({
  id: "keep",
  points: 3,
  title: { en: "Sharing out the ranks", zh: "分配秩" },
  hints: [
    { en: "Put all importances into one list first. Which is the last that may stay?", zh: "先把所有的重要性放进一个列表。最后一个能留下的是哪个？" },
    { en: "`const border = importance.flat().sort(___)[___]`; then count, row by row, what reaches it.", zh: "`const border = importance.flat().sort(___)[___]`；再逐行数一数，有几个达到它。" },
  ],
  async run(student, t) {
    const importance = [[0.9, 0.8, 0.05], [0.1, 0.02, 0.01], [10, 0.7, 0.6]];
    const value = await student.call("keep", [importance, 4]);
    const got = t.finite(value, { what: "keep" });
    t.that(got.length === 3, { saw: { en: `There are ${got.length} counts for 3 matrices.`, zh: `3 个矩阵，却有 ${got.length} 个计数。` }, expected: { en: "One count a matrix, also where nothing stays.", zh: "每个矩阵一个计数，一个不留的也要写。" } });
    const told = got.join(", ");
    const reason = (en: string, zh: string): Reason => ({
      saw: { en: `With a budget of 4 for three matrices you keep ${told}.`, zh: `三个矩阵共有 4 个名额，你留下的是 ${told}。` },
      expected: { en: "The four most important ranks of all, wherever they are.", zh: "应该留下全体里最要紧的四个，不管它们在哪里。" },
      cause: { en, zh },
    });
    const is = (...counts: number[]) => counts.every((count, at) => got[at] === count);
    t.that(!is(1, 3, 0) && !is(1, 2, 1), reason("These are the least important ones: is the order turned round?", "这些是最不要紧的：顺序是不是反了？"));
    t.that(got.reduce((sum, count) => sum + count, 0) === 4, reason(`These are ${got.reduce((sum, count) => sum + count, 0)} ranks, and the budget has 4. Does the border belong to those who stay?`, `一共 ${got.reduce((sum, count) => sum + count, 0)} 个，名额只有 4 个。分界上的那个算不算留下？`));
    t.that(!is(2, 1, 1) && !is(1, 1, 2) && !is(1, 2, 1), reason("Every matrix gets a share. A budget that is the same for all is LoRA again.", "每个矩阵都分到一份。人人一样的预算，又变回 LoRA 了。"));
    t.equal(got, [2, 0, 2], { what: "keep" });
    const other = t.finite(await student.call("keep", [[[3, 10], [9, 1]], 2]), { what: "keep" });
    t.that(other[0] === 1 && other[1] === 1, { saw: { en: `Of 3, 10 and 9, 1 the two largest are kept as ${other.join(", ")}.`, zh: `3、10 和 9、1 里最大的两个，你留下的是 ${other.join(", ")}。` }, expected: { en: "The two largest numbers, one in each matrix.", zh: "应该是最大的两个数，两个矩阵各有一个。" }, cause: { en: "Does sort() compare words? It needs a function to compare numbers.", zh: "sort() 是不是在按文字比较？比较数字要给它一个函数。" } });
    return t.pass({ en: "One matrix kept 2 ranks, one none at all: 4 ranks were spent where they count.", zh: "有的矩阵留下 2 个秩，有的一个不留：4 个秩都用在了要紧的地方。" });
  },
  wrong: [
    { name: "keeps the least important", edit: ["(a, b) => b - a)[budget - 1];\n  return importance.map((row) => row.filter((value) => value >= border)", "(a, b) => a - b)[budget - 1];\n  return importance.map((row) => row.filter((value) => value <= border)"], expects: /turned round/ },
    { name: "leaves one too many", edit: ["[budget - 1]", "[budget]"], expects: /budget has 4/ },
    { name: "loses the one on the border", edit: ["value >= border", "value > border"], expects: /budget has 4/ },
    { name: "gives each matrix the same", source: "function keep(importance: number[][], budget: number): number[] {\n  return importance.map((_, i) => Math.floor((budget + importance.length - 1 - i) / importance.length));\n}", expects: /LoRA again/ },
    { name: "sorts numbers as words", edit: ["sort((a, b) => b - a)", "sort().reverse()"], expects: /compare words/ },
  ],
});

export const deployed = defineCheck({
  id: "deployed",
  points: 3,
  title: { en: "Repair the phone", zh: "修好手机上的模型" },
  hints: [
    { en: "Compare the three rows. How far is it from the first to the second, and from the first to the third?", zh: "比较那三行。第一行到第二行差多少？到第三行呢？" },
    { en: "`whole` already contains ___. What is left to do with x?", zh: "`whole` 里已经有了 ___。x 还要做什么？" },
  ],
  async run(student, t) {
    const value = await student.call("deployed", given);
    const what = { en: "deployed on a 3 → 2 layer", zh: "deployed 在一个 3 → 2 的层上" };
    t.shape(value, [2, 2], { what });
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string): Reason => ({
      saw: { en: `Your first row is ${row(got)}.`, zh: `你的第一行是 ${row(got)}。` },
      expected: { en: "What `adapted` answers: the change, once.", zh: "应该和 `adapted` 的回答一样：改动只加一遍。" },
      cause: { en, zh },
    });
    t.that(!same(got, plus(plain, road, alpha)), reason("The change is in there twice: in `whole`, and in the side road.", "改动加了两遍：一遍在 `whole` 里，一遍在小路上。"));
    t.that(!same(got, plain), reason("Now the change is gone altogether: this is the model before tuning.", "现在改动全没了：这是微调之前的模型。"));
    t.that(!same(got, plus(plain, road, 1.5 * alpha / 2)) && !same(got, plus(plain, road, 0.75 * alpha)), reason("A smaller alpha hides part of it. The change is still added in two places.", "调小 alpha 只遮住了一部分，改动还是在两处都加了。"));
    t.that(!same(got, road.map((line) => line.map((entry) => entry * 3))), reason("This is the change alone.", "这只是改动。"));
    t.allClose(value, tuned, { what, tolerance: 1e-4 });
    return t.pass({ en: "The change counts once. `tuned.merge()` does the same for you: it shuts the side road, factor 0, in the same step.", zh: "改动只算一遍。`tuned.merge()` 也是这样做的：合并的同时把小路关上，系数变成 0。" });
  },
  wrong: [
    { name: "writes the side road out, and leaves it on", edit: ["x.matMul(whole)", "x.matMul(whole).add(x.matMul(A).matMul(B).mul(alpha / A.shape[1]!))"], expects: /twice/ },
    { name: "halves alpha", edit: ["x.matMul(whole)", "adapted(x, whole, A, B, alpha / 2)"], expects: /smaller alpha hides/ },
    { name: "takes the change away again", edit: ["x.matMul(whole)", "adapted(x, whole, A, B, -alpha)"], expects: /before tuning/ },
    { name: "answers with the old weights", edit: ["x.matMul(whole)", "x.matMul(W)"], expects: /before tuning/ },
  ],
});
