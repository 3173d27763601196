import { defineCheck, show, type DecodedTensor } from "../checks/index.js";
import { askTensor } from "../checks/tensor.js";

// Numbers that are easy to follow by hand, and not those of the lesson.
const x = [1, 2, 4];
const y = [3, 3, 8];
const far = [12, 14, 22];

export const mse = defineCheck({
  id: "mse",
  points: 2,
  title: { en: "Mean squared error", zh: "均方误差" },
  hints: [
    {
      en: "For each place, how far is the prediction from the truth? What must you do to that difference so that plus and minus do not cancel?",
      zh: "每个位置上，预测离真实值差多少？要怎样处理这个差，正负才不会互相抵消？",
    },
    { en: "`average(predicted.map((value, i) => (value - ___) ** 2))`", zh: "`average(predicted.map((value, i) => (value - ___) ** 2))`" },
  ],
  async run(student, t) {
    const what = "mse([1, 2, 4], [3, 3, 8])";
    const value = t.number(await student.call("mse", [x, y]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} gives ${show(value)}.`, zh: `${what} 得到 ${show(value)}。` },
      expected: { en: "The three squared differences, averaged.", zh: "应该是三个差的平方，取平均。" },
      cause: { en, zh },
      next: { en: "Work it out on paper for these three numbers, then compare.", zh: "先在纸上算这三个数，再对照。" },
    });
    t.that(Math.abs(value - 21) > 1e-6, reason("Do you add up where you should average?", "该取平均的地方，是不是用了求和？"));
    t.that(Math.abs(value - 7 / 3) > 1e-6, reason("Did the square get lost, so that you average the plain distances?", "是不是漏了平方，平均的是差本身？"));
    t.that(Math.abs(value - Math.sqrt(7)) > 1e-6, reason("Did you take the root? That is the RMSE; here the square stays.", "是不是开了方？那是 RMSE，这里要保留平方。"));
    t.that(Math.abs(value - 49 / 9) > 1e-6, reason("Do you square the average? First square each difference, then average.", "是不是先平均再平方？应该先把每个差平方，再取平均。"));
    t.that(value >= 0, reason("A mean of squares is never negative: is each difference squared, with `** 2`? `^` is no power in TypeScript.", "平方的平均不会是负数：每个差都用 `** 2` 平方了吗？在 TypeScript 里，`^` 不是乘方。"));
    t.that(Math.abs(value - 3.5) > 1e-6, reason("Half of it: some books halve the loss, this lesson does not.", "只有一半：有的书把损失除以 2，这一课不除。"));
    t.close(value, 7, { what, tolerance: 5e-7 });
    t.close(await student.call("mse", [y, y]), 0, { what: { en: "The error of a perfect prediction", zh: "完全猜对时的误差" }, tolerance: 1e-12 });
    return t.pass({ en: "A perfect prediction costs 0, and one error of 4 costs as much as sixteen errors of 1.", zh: "完全猜对时是 0；一个 4 的误差，和十六个 1 的误差一样要紧。" });
  },
  wrong: [
    { name: "sums instead of averaging", edit: ["average(predicted.map((value, i) => (value - actual[i]) ** 2))", "predicted.reduce((sum, value, i) => sum + (value - actual[i]) ** 2, 0)"], expects: /average/ },
    { name: "forgets the square", edit: ["(value - actual[i]) ** 2", "Math.abs(value - actual[i])"], expects: /square get lost/ },
    { name: "writes a power as in mathematics", edit: ["(value - actual[i]) ** 2", "(value - actual[i]) ^ 2"], expects: /no power in TypeScript/ },
    { name: "takes the root", edit: ["return average(predicted.map((value, i) => (value - actual[i]) ** 2));", "return Math.sqrt(average(predicted.map((value, i) => (value - actual[i]) ** 2)));"], expects: /root/ },
    { name: "squares the average", edit: ["return average(predicted.map((value, i) => (value - actual[i]) ** 2));", "return average(predicted.map((value, i) => Math.abs(value - actual[i]))) ** 2;"], expects: /square each difference/ },
    { name: "is right for the lesson's numbers only", edit: ["return average(predicted.map((value, i) => (value - actual[i]) ** 2));", "return 38 / 3;"], expects: /mse\(\[1, 2, 4\]/ },
  ],
});

export const gradient = defineCheck({
  id: "gradient",
  points: 3,
  title: { en: "The gradient", zh: "梯度" },
  hints: [
    { en: "`error` is ready. Which of the two slopes needs x, and why does the other one not?", zh: "`error` 已经算好了。两个斜率里哪一个需要 x？另一个为什么不需要？" },
    { en: "`{ w: 2 * average(error.map((e, i) => e * ___)), b: 2 * average(___) }`", zh: "`{ w: 2 * average(error.map((e, i) => e * ___)), b: 2 * average(___) }`" },
  ],
  async run(student, t) {
    // At w = 1, b = 1 the errors are -1, 0, -3.
    const what = "gradient(1, 1, [1, 2, 4], [3, 3, 8])";
    const slope = (await student.call("gradient", [1, 1, x, y])) as { w: unknown; b: unknown };
    await t.part(2, () => {
      const w = t.number(slope?.w, { what: `${what}.w` });
      const reason = (en: string, zh: string) => ({
        saw: { en: `${what}.w is ${show(w)}.`, zh: `${what}.w 是 ${show(w)}。` },
        expected: { en: "The slope that a nudge of w measures.", zh: "应该等于把 w 推一点点量出来的斜率。" },
        cause: { en, zh },
        next: { en: "Compare with (mse at w + h minus mse at w - h) / 2h.", zh: "和 (w + h 处的 mse 减 w - h 处的 mse) / 2h 比一比。" },
      });
      t.that(Math.abs(w + 26 / 6) > 1e-6, reason("Is the 2 missing, the one that squaring leaves behind?", "是不是漏了平方求导留下的 2？"));
      t.that(Math.abs(w + 26) > 1e-6, reason("Do you add up over the points where you should average?", "该对各点取平均的地方，是不是用了求和？"));
      t.that(Math.abs(w - 26 / 3) > 1e-6, reason("The sign is turned: the error is prediction minus truth.", "符号反了：误差是预测减去真实值。"));
      t.that(Math.abs(w + 8 / 3) > 1e-6, reason("Is x missing? The error is multiplied by the input it came through.", "是不是漏了 x？误差要乘上它经过的那个输入。"));
      t.that(Math.abs(w - 74 / 3) > 1e-6, reason("Do you square the error here too? Its slope is twice the error, without a square.", "这里是不是也把误差平方了？斜率是误差的两倍，不再平方。"));
      t.that(Math.abs(w + 56 / 9) > 1e-6, reason("You multiply two averages. Multiply error and x of each point first, then average.", "你把两个平均数乘在一起了。应该先把每个点的误差和 x 相乘，再取平均。"));
      t.close(w, -26 / 3, { what: `${what}.w`, tolerance: 5e-7 });
    });
    await t.part(1, () => {
      t.close(slope?.b, -8 / 3, {
        what: `${what}.b`,
        tolerance: 5e-7,
        cause: { en: "b is added to every prediction as it is: is there an x or a sum too many, or is the 2 missing?", zh: "b 直接加在每个预测上：是不是多了一个 x，用了求和，或者漏了 2？" },
      });
    });
    return t.pass({ en: "Here w pulls harder than b (−8.7 against −2.7): a point far from zero gives w a long lever.", zh: "这里 w 的拉力比 b 大（−8.7 对 −2.7）：离零远的点给了 w 一根长杠杆。" });
  },
  wrong: [
    { name: "forgets the 2", edit: ["return { w: 2 * average(error.map((e, i) => e * x[i])), b: 2 * average(error) };", "return { w: average(error.map((e, i) => e * x[i])), b: average(error) };"], expects: /squaring leaves behind/ },
    { name: "turns the sign", edit: ["return { w: 2 * average(error.map((e, i) => e * x[i])), b: 2 * average(error) };", "return { w: -2 * average(error.map((e, i) => e * x[i])), b: -2 * average(error) };"], expects: /sign is turned/ },
    { name: "forgets x", edit: ["error.map((e, i) => e * x[i])", "error"], expects: /x missing/ },
    { name: "sums instead of averaging", edit: ["2 * average(error.map((e, i) => e * x[i]))", "2 * x.length * average(error.map((e, i) => e * x[i]))"], expects: /add up/ },
    { name: "multiplies two averages", edit: ["2 * average(error.map((e, i) => e * x[i]))", "2 * average(error) * average(x)"], expects: /two averages/ },
    { name: "multiplies the slope of b by x", edit: ["b: 2 * average(error)", "b: 2 * average(error.map((e, i) => e * x[i]))"], expects: /an x or a sum too many/ },
  ],
});

export const descend = defineCheck({
  id: "descend",
  points: 3,
  title: { en: "Gradient descent", zh: "梯度下降" },
  hints: [
    { en: "The gradient points uphill. You want to go the other way, a little. What does `rate` multiply?", zh: "梯度指向上坡，你要往反方向走一点。`rate` 应该乘什么？" },
    { en: "`const slope = gradient(___); w -= rate * ___; b -= rate * ___;`: ask for the slope once, before you move anything.", zh: "`const slope = gradient(___); w -= rate * ___; b -= rate * ___;`：先求一次斜率，再移动。" },
  ],
  async run(student, t) {
    const one = (await student.call("descend", [x, y, 0.05, 1])) as Record<string, unknown>;
    const what = "descend([1, 2, 4], [3, 3, 8], 0.05, 1)";
    const w = t.number(one?.w, { what: `${what}.w` });
    const b = t.number(one?.b, { what: `${what}.b` });
    // From 0, 0: the slopes are -82/3 and -28/3.
    const reason = (en: string, zh: string) => ({
      saw: { en: `After one step w is ${show(w)} and b is ${show(b)}.`, zh: `走一步之后 w 是 ${show(w)}，b 是 ${show(b)}。` },
      expected: { en: "Both start at 0 and move by rate times slope, downhill.", zh: "两者从 0 出发，各走“学习率乘斜率”，往下坡。" },
      cause: { en, zh },
    });
    t.that(w !== 0 || b !== 0, reason("Nothing moved. Do the new values reach the w and b outside the loop?", "什么都没有动。新的值写回循环外面的 w 和 b 了吗？"));
    t.that(w >= 0 && b >= 0, reason("You went uphill: the step is subtracted.", "往上坡走了：这一步应该减去。"));
    t.that(w !== 0, reason("b moves and w does not.", "b 动了，w 没有动。"));
    t.that(Math.abs(w - 82 / 3) > 1e-6 && Math.abs(b - 28 / 3) > 1e-6, reason("Where is the rate?", "学习率到哪里去了？"));
    t.that(b !== 0, reason("w moves and b does not.", "w 动了，b 没有动。"));
    // The slope of b at w = 82/60, b = 0 is -266/90.
    t.that(Math.abs(b - (0.05 * 266) / 90) > 1e-6, reason("Was the slope of b asked for after w had moved? Both belong to the same place.", "是不是 w 移动之后才求 b 的斜率？两个斜率要在同一个位置求。"));
    t.close(w, 82 / 60, { what: `${what}.w`, tolerance: 5e-7 });
    t.close(b, 28 / 60, { what: `${what}.b`, tolerance: 5e-7 });
    const long = (await student.call("descend", [x, y, 0.05, 3000])) as Record<string, unknown>;
    t.close(long?.w, 25 / 14, { what: { en: "w after 3,000 steps", zh: "3000 步之后的 w" }, tolerance: 1e-4 });
    t.close(long?.b, 0.5, { what: { en: "b after 3,000 steps", zh: "3000 步之后的 b" }, tolerance: 1e-3 });
    const losses = t.finite(long?.losses, { what: "losses" });
    t.that(losses.length === 3000, { saw: { en: `losses has ${losses.length} entries for 3,000 steps.`, zh: `3000 步，losses 有 ${losses.length} 项。` }, expected: { en: "One entry a step.", zh: "每步一项。" } });
    return t.pass({
      en: `The loss fell from ${losses[0].toFixed(1)} to ${losses[2999].toFixed(3)} and not to 0: no line goes through these three points.`,
      zh: `损失从 ${losses[0].toFixed(1)} 降到 ${losses[2999].toFixed(3)}，没有降到 0：没有一条直线能穿过这三个点。`,
    });
  },
  wrong: [
    { name: "goes uphill", edit: ["w -= rate * slope.w;", "w += rate * slope.w;"], expects: /uphill/ },
    { name: "forgets the rate", edit: ["w -= rate * slope.w;", "w -= slope.w;"], expects: /Where is the rate/ },
    { name: "takes b uphill", edit: ["b -= rate * slope.b;", "b += rate * slope.b;"], expects: /uphill/ },
    { name: "leaves b alone", edit: ["b -= rate * slope.b;", ""], expects: /b does not/ },
    { name: "asks for the second slope after the first move", edit: ["b -= rate * slope.b;", "b -= rate * gradient(w, b, x, y).b;"], expects: /after w had moved/ },
  ],
});

export const scale = defineCheck({
  id: "scale",
  points: 2,
  title: { en: "Scaling without peeking", zh: "缩放，但不偷看" },
  hints: [
    { en: "Which rows may the scaler see? And which rows must it change?", zh: "缩放时可以看哪些行？又要改变哪些行？" },
    { en: "Mean and deviation from ___ only; `(value - mean) / deviation` applied to ___ and ___.", zh: "平均和标准差只来自 ___；`(value - mean) / deviation` 用在 ___ 和 ___ 上。" },
  ],
  async run(student, t) {
    const what = "scale([1, 2, 4], [12, 14, 22])";
    const value = (await student.call("scale", [x, far])) as { train: unknown; test: unknown };
    const train = t.finite(value?.train, { what: `${what}.train` });
    const held = t.finite(value?.test, { what: `${what}.test` });
    const mean = 7 / 3, deviation = Math.sqrt(14) / 3;
    const reason = (en: string, zh: string, cause: { en: string; zh: string }) => ({ saw: { en, zh }, expected: { en: "Both parts scaled with what the training part says.", zh: "两部分都按训练部分给出的数缩放。" }, cause });
    t.that(Math.abs(held.reduce((sum, v) => sum + v, 0)) > 1e-9, reason("The test part has mean 0.", "测试部分的平均是 0。", { en: "Was the test part scaled with its own mean?", zh: "是不是用测试部分自己的平均来缩放了它？" }));
    const all = [...x, ...far], together = all.reduce((sum, v) => sum + v, 0) / 6;
    t.that(Math.sign(train[2]) !== Math.sign(4 - together) || Math.abs(train[2] - (4 - mean) / deviation) < 0.5, reason("Every training value is below 0.", "训练部分的值全都小于 0。", { en: "Did the mean come from all rows, test rows included? That is leakage.", zh: "平均是不是从全部行算的，包括测试行？那是数据泄漏。" }));
    t.that(Math.abs(train[2] - (4 - mean)) > 1e-6, reason("The training part has mean 0, but its spread did not change.", "训练部分的平均是 0，但散布没有变。", { en: "Is the division by the standard deviation missing?", zh: "是不是漏了除以标准差？" }));
    t.that(Math.abs(train[2] - (4 - mean) / (deviation * Math.sqrt(1.5))) > 1e-6, reason("The spread is a little too small.", "散布偏小了一点。", { en: "Did you divide by n - 1? Here the plain average of the squares is meant.", zh: "是不是除以了 n - 1？这里用平方的平均就好。" }));
    t.that(Math.abs(train[2] - (4 - mean) / deviation ** 2) > 1e-6, reason("The training part has mean 0, but not deviation 1.", "训练部分的平均是 0，标准差却不是 1。", { en: "Did you divide by the average of the squares? Its root is the deviation.", zh: "是不是除以了平方的平均？它开方才是标准差。" }));
    t.that(!(train[0] === 0 && train[2] === 1), reason("The training part runs from 0 to 1.", "训练部分从 0 到 1。", { en: "That is another scaling, by the smallest and the largest value: here mean and deviation are meant.", zh: "这是按最小值和最大值的另一种缩放，这里要用平均和标准差。" }));
    t.allClose(train, x.map((v) => (v - mean) / deviation), { what: `${what}.train`, tolerance: 1e-5, cause: { en: "Do mean and deviation both come from train alone?", zh: "平均和标准差都只来自 train 吗？" } });
    t.allClose(held, far.map((v) => (v - mean) / deviation), { what: `${what}.test`, tolerance: 1e-5, cause: { en: "Is the test part changed too, by the same two numbers?", zh: "测试部分也用同样的两个数缩放了吗？" } });
    return t.pass({ en: `The largest test value is ${held[2].toFixed(1)} deviations away: new houses may lie outside, and that is honest.`, zh: `最大的测试值离平均有 ${held[2].toFixed(1)} 个标准差：新房子可以在范围之外，这才是诚实的结果。` });
  },
  wrong: [
    { name: "scales the test part with its own mean", edit: ["return { train: apply(train), test: apply(test) };", "const m = average(test), d = Math.sqrt(average(test.map((v) => (v - m) ** 2))); return { train: apply(train), test: test.map((v) => (v - m) / d) };"], expects: /its own mean/ },
    { name: "learns the mean from all rows", edit: ["const mean = average(train);", "const mean = average([...train, ...test]);"], expects: /leakage/ },
    { name: "forgets the deviation", edit: ["(value - mean) / deviation", "value - mean"], expects: /division by the standard deviation/ },
    { name: "divides by the variance", edit: ["Math.sqrt(average(train.map((value) => (value - mean) ** 2)))", "average(train.map((value) => (value - mean) ** 2))"], expects: /Its root is the deviation/ },
    { name: "leaves the test part as it was", edit: ["test: apply(test)", "test"], expects: /test part changed too/ },
    { name: "divides by n - 1", edit: ["Math.sqrt(average(train.map((value) => (value - mean) ** 2)))", "Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (train.length - 1))"], expects: /n - 1/ },
  ],
});

/** A small table with known weights: two uncorrelated columns of deviation 1. */
function table(): { X: DecodedTensor; y: DecodedTensor } {
  const rows = [[1, 1], [1, -1], [-1, 1], [-1, -1]].flatMap((row) => Array.from({ length: 8 }, () => row));
  return { X: askTensor(rows.flat(), [32, 2]), y: askTensor(rows.map(([a, b]) => 0.5 * a - 0.3 * b + 2), [32]) };
}

export const fit = defineCheck({
  id: "fit",
  points: 3,
  title: { en: "A linear model in TensorFlow", zh: "用 TensorFlow 写线性模型" },
  hints: [
    { en: "The same three steps as `mse`: predict, subtract, average the squares. `X.matMul(w)` has shape [rows, 1]; which shape has y?", zh: "和 `mse` 一样三步：预测、相减、平方取平均。`X.matMul(w)` 的形状是 [rows, 1]，y 的形状呢？" },
    { en: "`X.matMul(w).squeeze([1]).add(___).sub(___)` is the error; then `.square().mean().add(___)`.", zh: "误差是 `X.matMul(w).squeeze([1]).add(___).sub(___)`；然后 `.square().mean().add(___)`。" },
  ],
  async run(student, t) {
    const { X, y: truth } = table();
    const free = (await student.call("fit", [X, truth, 0.1, 200], { time: 20_000 })) as { w: unknown; b: unknown };
    await t.part(2, () => {
      const away = { en: "Is the mean missing? A sum over 32 rows makes every step 32 times as long, and the descent runs away.", zh: "是不是漏了取平均？对 32 行求和，每一步就长了 32 倍，下降会发散。" };
      const w = t.finite(free?.w, { what: { en: "The list of weights", zh: "权重" }, cause: away });
      const bias = t.finite(free?.b, { what: { en: "The bias", zh: "偏置" }, cause: away });
      const told = { en: `On a table made with weights 0.5 and -0.3 and bias 2, fit finds ${w.map((v) => v.toFixed(2)).join(" and ")} and ${bias[0]?.toFixed(2)}.`, zh: `这张表是用权重 0.5、-0.3 和偏置 2 造的，fit 找到的是 ${w.map((v) => v.toFixed(2)).join("、")} 和 ${bias[0]?.toFixed(2)}。` };
      const square = { en: "Is the error squared before the mean, and no root taken after it?", zh: "误差是先平方再取平均吗？取平均之后没有再开方吧？" };
      const expected = { en: "The weights that made the table, within 0.01.", zh: "应该找回造表用的权重，误差不超过 0.01。" };
      t.that(!(Math.abs(w[0]) < 0.01 && Math.abs(bias[0] - 2) < 0.05), {
        saw: told, expected,
        cause: { en: "The weights stay at 0: is w in the prediction, and is X.matMul(w) still [rows, 1] when y is subtracted? Then TensorFlow compares every row with every answer.", zh: "权重停在 0：预测里有 w 吗？减去 y 时，X.matMul(w) 是不是还是 [rows, 1]？那样 TensorFlow 会拿每一行和每一个答案比。" },
      });
      t.that(Math.abs(bias[0]) > 0.01, { saw: told, expected, cause: { en: "Is b in the prediction?", zh: "预测里有 b 吗？" } });
      t.allClose(w, [0.5, -0.3], { what: { en: "The weights on a table made with known weights", zh: "在权重已知的表上找到的权重" }, tolerance: 0.01, cause: square });
      t.that(Math.abs(bias[0] - 2) < 0.01, { saw: told, expected, cause: square });
    });
    const fined = (await student.call("fit", [X, truth, 0.1, 200, 1], { time: 20_000 })) as { w: unknown };
    await t.part(1, () => {
      const w = t.finite(fined?.w, { what: { en: "The weights at strength 1", zh: "强度为 1 时的权重" } });
      t.that(Math.abs(w[0] - 0.25) < 0.02 && Math.abs(w[1] + 0.15) < 0.02, {
        saw: { en: `At strength 1 the first weight is ${w[0]?.toFixed(3)}.`, zh: `强度为 1 时，第一个权重是 ${w[0]?.toFixed(3)}。` },
        expected: { en: "With this table a fine of strength 1 halves the weights.", zh: "在这张表上，强度为 1 的罚款会让权重减半。" },
        cause: { en: "Is the fine added to the whole mean squared error, once?", zh: "罚款是不是加到了完整的均方误差上，并且只加一次？" },
      });
    });
    return t.pass({ en: "Your model found 0.5, −0.3 and 2 in a table that was made with them, and the fine halved the weights.", zh: "表是用 0.5、−0.3 和 2 造的，你的模型把它们找了回来；加上罚款，权重减半。" });
  },
  wrong: [
    { name: "lets shapes broadcast", edit: ["X.matMul(w).squeeze([1]).add(b)", "X.matMul(w).add(b)"], expects: /every row with every answer/ },
    { name: "sums instead of averaging", edit: [".square().mean()", ".square().sum()"], expects: /32 times as long/ },
    { name: "forgets the square", edit: ["error.square().mean()", "error.abs().mean()"], expects: /error squared/ },
    { name: "forgets the bias", edit: [".squeeze([1]).add(b)", ".squeeze([1])"], expects: /Is b in the prediction/ },
    { name: "forgets the fine", edit: [".mean().add(fine)", ".mean()"], expects: /Is the fine added/ },
  ],
});

export const choose = defineCheck({
  id: "choose",
  points: 2,
  title: { en: "Choose by the average", zh: "按平均来选" },
  hints: [
    { en: "One number for each strength first. Which number stands for all its samples?", zh: "先给每种强度一个数。哪个数能代表它的全部样本？" },
    { en: "`const means = errors.map(___)`, then find where the smallest one stands.", zh: "`const means = errors.map(___)`，再找最小的那个在第几个。" },
  ],
  async run(student, t) {
    const strengths = [0, 0.1, 1, 10];
    // The smallest single error (0.1) belongs to strength 0, the smallest first sample too; the best worst case to 0.1; the smallest mean to 1.
    const errors = [[0.1, 0.9, 0.8], [0.5, 0.5, 0.5], [0.3, 0.3, 0.6], [0.6, 0.6, 0.7]];
    const what = { en: "choose on a small table", zh: "choose 在一张小表上的结果" };
    const value = t.number(await student.call("choose", [strengths, errors]), { what });
    const reason = (en: string, zh: string) => ({ saw: { en: `On a small table you choose strength ${show(value)}.`, zh: `在一张小表上，你选了强度 ${show(value)}。` }, expected: { en: "The strength whose average error is lowest.", zh: "应该选平均误差最低的强度。" }, cause: { en, zh } });
    t.that(value !== 0, reason("Did one lucky sample decide?", "是不是让一个走运的样本做了决定？"));
    t.that(value !== 0.1, reason("That one has the best worst case. The average is asked for.", "它的最坏情况最好。这里要比的是平均。"));
    t.that(value !== 2 && Math.abs(value - 0.4) > 1e-9, reason("That is a position or an error, not a strength.", "这是位置或者误差，不是强度。"));
    t.that(value !== 10, reason("That has the highest average: is the comparison turned round?", "它的平均误差最高：比较的方向是不是反了？"));
    t.close(value, 1, { what });
    return t.pass({ en: "One lucky sample had an error of 0.1, and you did not fall for it.", zh: "有一个样本走运，误差只有 0.1，你没有上当。" });
  },
  wrong: [
    { name: "takes the lowest single sample", edit: ["errors.map(average)", "errors.map((row) => Math.min(...row))"], expects: /lucky sample/ },
    { name: "compares the worst samples", edit: ["errors.map(average)", "errors.map((row) => Math.max(...row))"], expects: /worst case/ },
    { name: "returns the error", edit: ["strengths[means.indexOf(Math.min(...means))]", "Math.min(...means)"], expects: /not a strength/ },
    { name: "returns the position", edit: ["strengths[means.indexOf(Math.min(...means))]", "means.indexOf(Math.min(...means))"], expects: /position/ },
    { name: "takes the highest", edit: ["Math.min(...means)", "Math.max(...means)"], expects: /turned round/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "Repair the descent", zh: "修好这次下降" },
  hints: [
    { en: "Print `total.w` for the first few steps, beside `slope.w`. Which of the two is the slope at this place?", zh: "前几步把 `total.w` 和 `slope.w` 一起打印出来。哪一个才是此处的斜率？" },
    { en: "`total` remembers all earlier slopes. At each step it should hold only ___.", zh: "`total` 记着以前所有的斜率。每一步它只应该装着 ___。" },
  ],
  async run(student, t) {
    const steps = 40;
    const mine = reference(0.05, steps);
    const value = (await student.call("repaired", [x, y, 0.05, steps])) as Record<string, unknown>;
    const losses = t.finite(value?.losses, { what: "losses" });
    const rises = losses.filter((loss, i) => i > 0 && loss > losses[i - 1] + 1e-9).length;
    t.that(rises === 0, {
      saw: { en: `On three points at rate 0.05 the loss rises in ${rises} of ${steps - 1} steps.`, zh: `三个点，学习率 0.05，${steps - 1} 步里损失上升了 ${rises} 次。` },
      expected: { en: "At this rate it falls in every step.", zh: "这个学习率下，每一步都应该下降。" },
      cause: { en: "Does a step still contain slopes of earlier places?", zh: "每一步里是不是还带着以前位置的斜率？" },
    });
    t.that(Math.abs(losses[1] - mine[1]) < 1e-6 || losses[1] < mine[1], {
      saw: { en: `The loss falls, but slowly: ${losses[1]?.toFixed(2)} after one step.`, zh: `损失在降，但很慢：一步之后是 ${losses[1]?.toFixed(2)}。` },
      expected: { en: "The full rate, as in descend.", zh: "应该和 descend 一样，用完整的学习率。" },
      cause: { en: "A smaller rate hides the swing and leaves the fault where it is.", zh: "调小学习率只是把摆动藏起来，错误还在那里。" },
    });
    t.allClose(losses, mine, { what: "losses", tolerance: 5e-7 });
    return t.pass({ en: "The symptom looked like a rate that is too high, and the cause was a sum that nobody emptied.", zh: "症状像是学习率太大，原因却是一个没有清空的累加。" });
  },
  wrong: [
    { name: "only lowers the rate", edit: ["total.w = slope.w; total.b = slope.b;", "total.w = slope.w / 10; total.b = slope.b / 10;"], expects: /smaller rate hides/ },
    { name: "empties the total before the loop only", edit: ["total.w = slope.w; total.b = slope.b;", "if (step === 0) { total.w = 0; total.b = 0; } total.w += slope.w; total.b += slope.b;"], expects: /earlier places/ },
    { name: "mends w and not b", edit: ["total.w = slope.w; total.b = slope.b;", "total.w = slope.w; total.b += slope.b;"], expects: /earlier places/ },
  ],
});

/** Losses of plain gradient descent on the three points. */
function reference(rate: number, steps: number): number[] {
  let w = 0, b = 0;
  return Array.from({ length: steps }, () => {
    const error = x.map((value, i) => w * value + b - y[i]);
    const loss = error.reduce((sum, e) => sum + e * e, 0) / 3;
    const slopeW = (2 * error.reduce((sum, e, i) => sum + e * x[i], 0)) / 3;
    const slopeB = (2 * error.reduce((sum, e) => sum + e, 0)) / 3;
    w -= rate * slopeW;
    b -= rate * slopeB;
    return loss;
  });
}
