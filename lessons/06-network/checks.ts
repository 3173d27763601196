import { defineCheck } from "../checks/index.js";
import { askTensor } from "../checks/tensor.js";

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const softmax = defineCheck({
  id: "softmax",
  points: 2,
  title: { en: "Scores become probabilities", zh: "把得分变成概率" },
  hints: [
    { en: "Two things must hold at the end: nothing negative, and a sum of 1. Which step takes care of which?", zh: "最后要满足两件事：没有负数，总和是 1。哪一步管哪一件？" },
    { en: "`const powers = scores.map((score) => Math.exp(score - ___))`, then each one divided by ___.", zh: "`const powers = scores.map((score) => Math.exp(score - ___))`，然后每一个除以 ___。" },
  ],
  async run(student, t) {
    const what = "softmax([1, -1, 2])";
    const value = t.finite(await student.call("softmax", [[1, -1, 2]]), { what });
    const powers = [1, -1, 2].map(Math.exp), sum = total(value);
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} gives ${value.map((v) => v.toFixed(3)).join(", ")}; together ${sum.toFixed(3)}.`, zh: `${what} 得到 ${value.map((v) => v.toFixed(3)).join("、")}，总和是 ${sum.toFixed(3)}。` },
      expected: { en: "Three positive numbers that sum to 1, in the order of the scores.", zh: "应该是三个正数，总和为 1，大小顺序和得分一致。" },
      cause: { en, zh },
    });
    t.that(value.every((v) => v >= 0), reason("A negative probability: is e to the power missing?", "出现了负的概率：是不是漏了 e 的幂？"));
    t.that(Math.abs(sum - 1) < 1e-6, reason("Is the division by the sum of the powers missing, or is it the sum of the scores?", "是不是漏了除以幂的总和，或者除成了得分的总和？"));
    t.that(Math.abs(value[0]! / value[1]! - 4) > 1e-6, reason("One point of score makes a factor of 2 here: the base should be e, as in Math.exp.", "这里得分多 1，概率乘 2：底数应该是 e，也就是 Math.exp。"));
    t.allClose(value, powers.map((power) => power / total(powers)), { what, tolerance: 1e-9 });
    const huge = (await student.call("softmax", [[1000, 1000]])) as unknown;
    t.that(Array.isArray(huge) && huge.every((v) => typeof v === "number" && Number.isFinite(v)), {
      saw: { en: "softmax([1000, 1000]) is not made of numbers.", zh: "softmax([1000, 1000]) 得到的不是数。" },
      expected: { en: "One half each: the scores are equal.", zh: "应该各占一半：两个得分相等。" },
      cause: { en: "e to the power 1000 is more than a computer can hold. What may you subtract from every score without changing the result?", zh: "e 的 1000 次方大得存不下。从每个得分里减去什么，结果不变？" },
    });
    t.allClose(huge, [0.5, 0.5], { what: "softmax([1000, 1000])", tolerance: 1e-9 });
    return t.pass({ en: "A lead of one point makes one class 2.72 times as probable as another, wherever the two scores stand.", zh: "得分领先 1，概率就是对方的 2.72 倍，不管两个得分本身是多少。" });
  },
  wrong: [
    { name: "divides the scores without e", edit: ["Math.exp(score - largest)", "score"], expects: /negative probability/ },
    { name: "forgets to divide", edit: ["power / sum", "power"], expects: /division by the sum/ },
    { name: "overflows", edit: ["Math.exp(score - largest)", "Math.exp(score)"], expects: /more than a computer can hold/ },
    { name: "takes powers of two", edit: ["Math.exp(score - largest)", "2 ** (score - largest)"], expects: /base should be e/ },
  ],
});

export const crossEntropy = defineCheck({
  id: "cross-entropy",
  points: 2,
  title: { en: "Cross-entropy", zh: "交叉熵" },
  hints: [
    { en: "Ten probabilities come out of softmax. Which one of them does the loss look at?", zh: "softmax 给出一组概率，损失只看其中哪一个？" },
    { en: "`-Math.log(softmax(scores)[___])`", zh: "`-Math.log(softmax(scores)[___])`" },
  ],
  async run(student, t) {
    const given = [2, 0, -1], what = "crossEntropy([2, 0, -1], 1)";
    const value = t.number(await student.call("crossEntropy", [given, 1]), { what });
    const powers = given.map(Math.exp), p = powers.map((power) => power / total(powers));
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${value.toFixed(4)}.`, zh: `${what} 是 ${value.toFixed(4)}。` },
      expected: { en: "Minus the natural logarithm of what the true class got.", zh: "应该是真实类别的概率取自然对数，再取负。" },
      cause: { en, zh },
    });
    const is = (wrong: number) => Math.abs(value - wrong) < 1e-6;
    t.that(!is(Math.log(p[1]!)), reason("A loss below 0: the minus is missing.", "损失小于 0：漏了负号。"));
    t.that(!is(-Math.log(p[0]!)), reason("That is the cost if the largest score were true. The label says which one is.", "这是假设得分最高的那个为真时的损失。哪个为真，由 label 说了算。"));
    t.that(!is(-Math.log10(p[1]!)) && !is(-Math.log2(p[1]!)), reason("Another base: Math.log is the natural logarithm.", "底数不对：自然对数是 Math.log。"));
    t.that(!is(1 - p[1]!), reason("One minus the probability can never be more than 1: being sure and wrong would cost hardly more than being unsure.", "1 减概率最多只有 1：又肯定又错，几乎不比拿不准更贵。"));
    t.that(!is(-total(p.map(Math.log))), reason("All classes are in the sum. Only the true one counts.", "把所有类别都加进去了，只该算真实的那一个。"));
    t.close(value, -Math.log(p[1]!), { what, tolerance: 1e-6 });
    t.close(await student.call("crossEntropy", [[0, 0, 0, 0], 2]), Math.log(4), { what: { en: "The cost of four equal scores", zh: "四个得分相等时的损失" }, tolerance: 1e-9 });
    return t.pass({ en: "Four equal scores cost ln 4 = 1.386, ten cost ln 10 = 2.303: you can know the first loss before you run anything.", zh: "四个相等的得分是 ln 4 = 1.386，十个是 ln 10 = 2.303：还没运行，就能知道第一个损失。" });
  },
  wrong: [
    { name: "forgets the minus", edit: ["-Math.log(softmax(scores)[label])", "Math.log(softmax(scores)[label])"], expects: /minus is missing/ },
    { name: "looks at the largest instead of the true", edit: ["-Math.log(softmax(scores)[label])", "-Math.log(Math.max(...softmax(scores)))"], expects: /label says which/ },
    { name: "takes another logarithm", edit: ["-Math.log(softmax(scores)[label])", "-Math.log2(softmax(scores)[label])"], expects: /Another base/ },
    { name: "takes one minus the probability", edit: ["-Math.log(softmax(scores)[label])", "1 - softmax(scores)[label]"], expects: /never be more than 1/ },
  ],
});

/** Not the network of the lesson: the second neuron is shut for the row (2, 1), the first one for (-1, 1). */
const net = { w: [[1, -0.5], [-2, 0.5]], b: [0.5, 2], v: [3, -2] };

export const forward = defineCheck({
  id: "forward",
  points: 2,
  title: { en: "The forward pass", zh: "前向传播" },
  hints: [
    { en: "`w` has one row a hidden neuron. What happens to that row, to x and to `b[j]`, before relu?", zh: "`w` 每一行是一个隐藏神经元。relu 之前，这一行、x 和 `b[j]` 要怎样合起来？" },
    { en: "`const hidden = w.map((weights, j) => relu(dot(weights, ___) + ___))`; the output is `dot(___, hidden)`.", zh: "`const hidden = w.map((weights, j) => relu(dot(weights, ___) + ___))`；输出是 `dot(___, hidden)`。" },
  ],
  async run(student, t) {
    const what = { en: "For the row (2, 1) of a small network, hidden", zh: "小网络对 (2, 1) 这一行，hidden" };
    const value = (await student.call("forward", [net, [2, 1]])) as { hidden: unknown; output: unknown };
    const hidden = t.finite(value?.hidden, { what });
    const output = t.number(value?.output, { what: { en: "its output", zh: "它的输出" } });
    const reason = (en: string, zh: string) => ({
      saw: { en: `A small network says hidden ${hidden.join(", ")} and output ${output} for one row.`, zh: `一个小网络对某一行给出 hidden ${hidden.join("、")}，输出 ${output}。` },
      expected: { en: "Each neuron: weighted sum plus bias, through relu. The output: weighted sum of what the neurons say.", zh: "每个神经元：加权求和，加偏置，过 relu。输出：对神经元的结果再加权求和。" },
      cause: { en, zh },
    });
    t.that(hidden.every((v) => v >= 0), reason("A hidden value below 0: where is relu?", "隐藏值小于 0：relu 到哪里去了？"));
    t.that(Math.abs(hidden[0]! - 1.5) > 1e-9, reason("Is the bias missing?", "是不是漏了偏置？"));
    t.that(Math.abs(hidden[0]! - 0.5) > 1e-9, reason("Do you read the columns of `w`? Its rows belong to the neurons.", "是不是按 `w` 的列来算了？它的行才属于神经元。"));
    t.allClose(hidden, [2, 0], { what, tolerance: 1e-9 });
    // (1, 6): the output is negative, and stays so.
    const low = (await student.call("forward", [net, [1, 6]])) as { output: unknown };
    const end = t.number(low?.output, { what: { en: "the output", zh: "输出" } });
    t.that(end !== 0, reason("An output that should be negative is 0: only hidden neurons have relu.", "该是负数的输出成了 0：只有隐藏神经元才过 relu。"));
    t.close(output, 6, { what: { en: "The output for (2, 1)", zh: "(2, 1) 的输出" }, tolerance: 1e-9 });
    t.close(end, -6, { what: { en: "The output for (1, 6)", zh: "(1, 6) 的输出" }, tolerance: 1e-9 });
    return t.pass({ en: "For the row (2, 1) one of the two neurons is shut, for (1, 6) the other: which neurons are open is how the network tells rows apart.", zh: "对 (2, 1)，两个神经元关掉一个；对 (1, 6)，关掉的是另一个。哪些神经元开着，就是网络区分数据的办法。" });
  },
  wrong: [
    { name: "leaves out relu", edit: ["relu(dot(weights, x) + b[j])", "dot(weights, x) + b[j]"], expects: /where is relu/ },
    { name: "forgets the bias", edit: ["relu(dot(weights, x) + b[j])", "relu(dot(weights, x))"], expects: /bias missing/ },
    { name: "reads columns for rows", edit: ["w.map((weights, j) => relu(dot(weights, x) + b[j]))", "w.map((_, j) => relu(dot(w.map((row) => row[j]), x) + b[j]))"], expects: /columns of/ },
    { name: "puts relu on the output", edit: ["output: dot(v, hidden)", "output: relu(dot(v, hidden))"], expects: /only hidden neurons/ },
  ],
});

/** Slopes by differences, of a network in the lesson's shape. */
function nudged(x: number[], y: number): { w: number[][]; b: number[]; v: number[] } {
  const h = 1e-5;
  const lossWith = (change: (copy: typeof net, by: number) => void, by: number): number => {
    const copy = structuredClone(net);
    change(copy, by);
    const hidden = copy.w.map((weights, j) => Math.max(0, weights[0]! * x[0]! + weights[1]! * x[1]! + copy.b[j]!));
    return (copy.v[0]! * hidden[0]! + copy.v[1]! * hidden[1]! - y) ** 2;
  };
  const slope = (change: (copy: typeof net, by: number) => void): number => (lossWith(change, h) - lossWith(change, -h)) / (2 * h);
  return {
    w: net.w.map((row, j) => row.map((_, i) => slope((copy, by) => { copy.w[j]![i]! += by; }))),
    b: net.b.map((_, j) => slope((copy, by) => { copy.b[j]! += by; })),
    v: net.v.map((_, j) => slope((copy, by) => { copy.v[j]! += by; })),
  };
}

export const backward = defineCheck({
  id: "backward",
  points: 4,
  title: { en: "Back-propagation", zh: "反向传播" },
  hints: [
    { en: "Begin at the end: the slope of the loss in the output is 2 · (output − y). What did each `v[j]` multiply, and what did each hidden value get multiplied by?", zh: "从最后开始：损失对输出的斜率是 2 · (output − y)。每个 `v[j]` 乘的是什么？每个隐藏值又被什么乘过？" },
    { en: "`const neuron = hidden.map((value, j) => (value > 0 ? slope * ___ : 0))`; then `w[j][i]` is `neuron[j]` times ___, `b[j]` is ___, and `v[j]` is `slope` times ___.", zh: "`const neuron = hidden.map((value, j) => (value > 0 ? slope * ___ : 0))`；然后 `w[j][i]` 是 `neuron[j]` 乘 ___，`b[j]` 是 ___，`v[j]` 是 `slope` 乘 ___。" },
  ],
  async run(student, t) {
    // Both neurons open for (1, 2); the second one shut for (2, 1).
    const open = nudged([1, 2], 1), shut = nudged([2, 1], 1);
    const value = (await student.call("backward", [net, [1, 2], 1])) as { w: unknown; b: unknown; v: unknown };
    const reason = (name: string, got: readonly number[], en: string, zh: string) => ({
      saw: { en: `On a small network the slopes of ${name} are ${got.map((g) => Number(g.toFixed(4))).join(", ")}.`, zh: `在一个小网络上，${name} 的斜率是 ${got.map((g) => Number(g.toFixed(4))).join("、")}。` },
      expected: { en: "What a nudge of each weight measures.", zh: "应该等于推一推每个权重量出来的斜率。" },
      cause: { en, zh },
    });
    const times = (got: readonly number[], want: readonly number[], factor: number) => got.length === want.length && want.some((w) => Math.abs(w) > 1e-6) && got.every((g, i) => Math.abs(g - factor * want[i]!) < 1e-4);
    await t.part(1, () => {
      const v = t.finite(value?.v, { what: "v" });
      t.that(!times(v, open.v, -1), reason("v", v, "The sign is turned: it is output minus y.", "符号反了：应该是 output 减 y。"));
      t.that(!times(v, open.v, 0.5), reason("v", v, "Half of it: the square leaves a 2 behind.", "只有一半：平方求导会留下一个 2。"));
      t.allClose(v, open.v, { what: { en: "The slopes of v", zh: "v 的斜率" }, tolerance: 1e-4 });
    });
    await t.part(2, () => {
      const w = t.finite(value?.w, { what: "w" }), b = t.finite(value?.b, { what: "b" });
      const flat = open.w.flat();
      const slope = open.v[0]! / 0.5;
      t.that(!times(b, [slope, slope], 1), reason("b", b, "Both neurons get the same. On the way back each is multiplied by its own v.", "两个神经元得到的一样。往回走时，各自要乘自己的 v。"));
      t.that(!times(w, open.b.flatMap((s) => [s, s]), 1), reason("w", w, "A weight's slope is its neuron's slope times the input it multiplied. Is x missing?", "权重的斜率等于神经元的斜率乘上它乘过的输入。是不是漏了 x？"));
      t.that(!times(w, [flat[0]!, flat[2]!, flat[1]!, flat[3]!], 1), reason("w", w, "Rows and columns are exchanged: row j belongs to neuron j.", "行和列交换了：第 j 行属于第 j 个神经元。"));
      t.allClose(w, flat, { what: { en: "The slopes of w, read row by row,", zh: "逐行读 w 的斜率，" }, tolerance: 1e-4 });
      t.allClose(b, open.b, { what: { en: "The slopes of b", zh: "b 的斜率" }, tolerance: 1e-4, cause: { en: "A bias is added as it is: its slope is its neuron's slope.", zh: "偏置是直接加上去的：它的斜率就是神经元的斜率。" } });
    });
    const closed = (await student.call("backward", [net, [2, 1], 1])) as { w: unknown; b: unknown };
    await t.part(1, () => {
      const b = t.finite(closed?.b, { what: "b" });
      t.that(Math.abs(b[1]!) < 1e-9, {
        saw: { en: `For a row where relu is shut in the second neuron, its bias gets the slope ${b[1]}.`, zh: `某一行里第二个神经元的 relu 关着，它的偏置却得到了斜率 ${b[1]}。` },
        expected: { en: "0: a nudge of that bias changes nothing.", zh: "应该是 0：推一推这个偏置，什么也不变。" },
        cause: { en: "Does the slope go back through relu without asking whether it was open?", zh: "斜率穿过 relu 往回走时，是不是没有问它开没开？" },
      });
      t.allClose(b, shut.b, { what: { en: "The slopes of b where one neuron is shut", zh: "有一个神经元关着时，b 的斜率" }, tolerance: 1e-4 });
      t.allClose(t.finite(closed?.w, { what: "w" }), shut.w.flat(), { what: { en: "The slopes of w where one neuron is shut", zh: "有一个神经元关着时，w 的斜率" }, tolerance: 1e-4 });
    });
    return t.pass({ en: "Eight slopes from one walk back. By nudging it takes sixteen walks forward; for the 101,770 weights to come, 203,540.", zh: "往回走一趟，得到八个斜率。用推一推的办法要往前走十六趟；等会儿有 101770 个权重，就要 203540 趟。" });
  },
  wrong: [
    { name: "turns the sign", edit: ["2 * (output - y)", "2 * (y - output)"], expects: /sign is turned/ },
    { name: "forgets the 2", edit: ["2 * (output - y)", "output - y"], expects: /leaves a 2 behind/ },
    { name: "goes back through a shut relu", edit: ["(value > 0 ? slope * net.v[j] : 0)", "slope * net.v[j]"], expects: /without asking whether it was open/ },
    { name: "forgets v on the way back", edit: ["slope * net.v[j] : 0", "slope : 0"], expects: /its own v/ },
    { name: "forgets the input", edit: ["x.map((value) => s * value)", "x.map(() => s)"], expects: /Is x missing/ },
  ],
});

export const initialise = defineCheck({
  id: "initialise",
  points: 2,
  title: { en: "A start with living signals", zh: "让信号活着的起点" },
  hints: [
    { en: "The text above gives the spread. Which of the two sizes of a layer does it depend on?", zh: "上面的文字给出了散布。它取决于一层的哪一个大小？" },
    { en: "`const spread = Math.sqrt(2 / ___);`", zh: "`const spread = Math.sqrt(2 / ___);`" },
  ],
  async run(student, t) {
    const layers = (await student.call("initialise", [[400, 100, 25], 3])) as { w: unknown; b: unknown }[];
    t.that(Array.isArray(layers) && layers.length === 2, { saw: { en: `Three sizes give ${Array.isArray(layers) ? layers.length : 0} layers.`, zh: `三个大小得到 ${Array.isArray(layers) ? layers.length : 0} 层。` }, expected: { en: "One layer between each two sizes.", zh: "每两个大小之间一层。" } });
    const spreads = layers.map(({ w }, i) => {
      t.shape(w, [[400, 100], [100, 25]][i]!, { what: { en: `The weights of layer ${i + 1}`, zh: `第 ${i + 1} 层的权重` } });
      const values = t.finite(w, { what: { en: `The weights of layer ${i + 1}`, zh: `第 ${i + 1} 层的权重` } });
      return Math.sqrt(total(values.map((v) => v * v)) / values.length);
    });
    const reason = (en: string, zh: string) => ({
      saw: { en: `With 400 and 100 inputs the spreads are ${spreads.map((s) => s.toFixed(4)).join(" and ")}.`, zh: `输入 400 个和 100 个时，散布是 ${spreads.map((s) => s.toFixed(4)).join(" 和 ")}。` },
      expected: { en: "√(2 / inputs) of each layer; the fewer inputs, the larger.", zh: "每层应该是 √(2 / 输入数)：输入越少，散布越大。" },
      cause: { en, zh },
    });
    const [first, second] = spreads as [number, number];
    const near = (value: number, want: number) => Math.abs(value / want - 1) < 0.06;
    t.that(first > 0, reason("All weights are 0, and a network of zeros cannot learn anything.", "权重全是 0，而全零的网络什么也学不会。"));
    t.that(!near(first, 2 / 400), reason("The root is missing.", "漏了开方。"));
    t.that(!near(first, Math.sqrt(1 / 400)), reason("Relu cuts away half of the signal: is the 2 missing?", "relu 会切掉一半信号：是不是漏了 2？"));
    t.that(!near(first, Math.sqrt(2 / 100)), reason("That is the number of outputs. A neuron adds up its inputs.", "这是输出的个数。神经元加起来的是输入。"));
    t.that(!near(first, second), reason("Both layers have the same spread, though one adds up four times as many products.", "两层散布相同，可是其中一层要加的乘积是另一层的四倍。"));
    t.that(near(first, Math.sqrt(2 / 400)) && near(second, Math.sqrt(2 / 100)), reason("Each layer goes by its own number of inputs.", "每一层按自己的输入个数来定。"));
    return t.pass({ en: `Spreads of ${first.toFixed(3)} and ${second.toFixed(3)}: a quarter of the inputs, twice the spread, and signals of one size through all layers.`, zh: `散布是 ${first.toFixed(3)} 和 ${second.toFixed(3)}：输入是四分之一，散布就加倍，信号过每一层都一样强。` });
  },
  wrong: [
    { name: "starts with zeros", edit: ["Math.sqrt(2 / inputs)", "0 * inputs"], expects: /network of zeros/ },
    { name: "forgets the root", edit: ["Math.sqrt(2 / inputs)", "2 / inputs"], expects: /root is missing/ },
    { name: "goes by the outputs", edit: ["Math.sqrt(2 / inputs)", "Math.sqrt(2 / outputs)"], expects: /number of outputs/ },
    { name: "uses one spread for all layers", edit: ["Math.sqrt(2 / inputs)", "0.09 + 0 * inputs"], expects: /Both layers have the same spread/ },
    { name: "forgets that relu cuts away half", edit: ["Math.sqrt(2 / inputs)", "Math.sqrt(1 / inputs)"], expects: /is the 2 missing/ },
  ],
});

export const scores = defineCheck({
  id: "scores",
  points: 2,
  title: { en: "Through all layers", zh: "穿过所有层" },
  hints: [
    { en: "The same steps as in `forward`, for all rows at once. Which layer must not have relu, and how do you recognise it by `i`?", zh: "和 `forward` 一样的步骤，只是所有行一起算。哪一层不能有 relu？怎样用 `i` 认出它？" },
    { en: "`tf.matMul(signal, w).add(___)`, then relu if `i` is less than ___.", zh: "`tf.matMul(signal, w).add(___)`，如果 `i` 小于 ___，再过 relu。" },
  ],
  async run(student, t) {
    const layer = (w: number[][], b: number[]) => ({ w: askTensor(w.flat(), [w.length, b.length]), b: askTensor(b, [b.length]) });
    const x = askTensor([1, 2, -1, 0.5], [2, 2]);
    const layers = [layer([[1, -1], [0.5, 1]], [0.25, -2]), layer([[1, 0], [2, 1]], [0, 0.5]), layer([[1, -1], [-2, 1]], [0.1, 0])];
    const run = (bias: boolean, hidden: boolean, last: boolean) => [[1, 2], [-1, 0.5]].flatMap((row) => [
      { w: [[1, -1], [0.5, 1]], b: [0.25, -2] }, { w: [[1, 0], [2, 1]], b: [0, 0.5] }, { w: [[1, -1], [-2, 1]], b: [0.1, 0] },
    ].reduce((signal, { w, b }, i) => b.map((shift, k) => {
      const sum = total(signal.map((s, j) => s * w[j]![k]!)) + (bias ? shift : 0);
      return (i < 2 ? hidden : last) ? Math.max(0, sum) : sum;
    }), row));
    const what = { en: "The scores of a small network for two rows", zh: "小网络对两行的得分" };
    const value = t.finite(await student.call("scores", [x, layers], { time: 20_000 }), { what });
    const is = (wrong: number[]) => value.length === wrong.length && value.every((v, i) => Math.abs(v - wrong[i]!) < 1e-4);
    const reason = (en: string, zh: string) => ({
      saw: { en: `A network of three layers gives ${value.map((v) => Number(v.toFixed(3))).join(", ")}.`, zh: `三层的网络给出 ${value.map((v) => Number(v.toFixed(3))).join("、")}。` },
      expected: { en: "Times w, plus b, in every layer; relu in all but the last.", zh: "每层都乘 w 加 b；除最后一层外都过 relu。" },
      cause: { en, zh },
    });
    t.that(!is(run(true, true, true)), reason("No score is negative: the last layer has relu too. Then softmax cannot tell bad answers apart.", "没有负的得分：最后一层也过了 relu。那样 softmax 就分不清坏答案了。"));
    t.that(!is(run(false, true, false)) && !is(run(false, false, false)), reason("Is b missing?", "是不是漏了 b？"));
    t.that(!is(run(true, false, false)), reason("No relu anywhere: three layers in a row are then one line.", "哪里都没有 relu：三层连起来还是一条直线。"));
    t.allClose(value, run(true, true, false), { what, tolerance: 1e-4 });
    t.shape(await student.call("scores", [x, layers.slice(0, 1)], { time: 20_000 }), [2, 2], { what: { en: "The scores of a network without a hidden layer", zh: "没有隐藏层的网络的得分" } });
    return t.pass({ en: "The same function runs a network of one layer, of two or of three: only the list of layers changes.", zh: "一层、两层、三层的网络都用这同一个函数，变的只是层的列表。" });
  },
  wrong: [
    { name: "puts relu on the last layer", edit: ["if (i < layers.length - 1) signal = signal.relu();", "signal = signal.relu();"], expects: /last layer has relu too/ },
    { name: "forgets b", edit: ["tf.matMul(signal, w).add(b)", "tf.matMul(signal, w)"], expects: /Is b missing/ },
    { name: "leaves out relu", edit: ["if (i < layers.length - 1) signal = signal.relu();", ""], expects: /No relu anywhere/ },
  ],
});

export const stop = defineCheck({
  id: "stop",
  points: 2,
  title: { en: "Stop in time", zh: "及时停下" },
  hints: [
    { en: "`best` is an epoch, not a loss. After each epoch: is this one better than that one? If not, how long ago was that one?", zh: "`best` 是第几轮，不是损失。每过一轮问一问：这一轮比那一轮好吗？不好的话，那一轮过去多久了？" },
    { en: "`if (losses[epoch] < losses[___]) best = ___;` and then `if (epoch - ___ >= patience) break;`", zh: "`if (losses[epoch] < losses[___]) best = ___;`，然后 `if (epoch - ___ >= patience) break;`" },
  ],
  async run(student, t) {
    // Lowest of all (0.2) only after five epochs without anything better than epoch 2.
    const losses = [1, 0.7, 0.5, 0.6, 0.55, 0.58, 0.9, 0.95, 0.2];
    const what = { en: "The epoch kept, with patience 3", zh: "耐心为 3 时保留的轮次" };
    const value = t.number(await student.call("stopEarly", [losses, 3]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `For the losses ${losses.join(", ")} and patience 3 you keep epoch ${value}.`, zh: `损失是 ${losses.join("、")}，耐心为 3，你保留的是第 ${value} 轮。` },
      expected: { en: "The lowest one before three epochs in a row brought nothing lower. Epochs count from 0.", zh: "应该是连续三轮没有更低之前的最低点。轮次从 0 数起。" },
      cause: { en, zh },
    });
    t.that(value !== 8, reason("That epoch lies beyond the stop: nobody would have waited for it.", "那一轮在停下之后：没有人会等到它。"));
    t.that(value !== 5 && value !== 6 && value !== 7, reason("That is where the waiting ended, not where the loss was lowest.", "那是等待结束的地方，不是损失最低的地方。"));
    t.that(value !== 0.5, reason("That is a loss; an epoch is asked for.", "这是损失，要的是第几轮。"));
    t.that(value !== 4, reason("Is each epoch compared with the one just before it? Compare it with the best so far.", "是不是和上一轮比了？应该和目前最好的一轮比。"));
    t.close(value, 2, { what });
    t.close(await student.call("stopEarly", [losses, 6]), 8, { what: { en: "The epoch kept, with patience 6", zh: "耐心为 6 时保留的轮次" } });
    t.close(await student.call("stopEarly", [[3, 2, 2, 2, 1], 2]), 1, { what: { en: "The epoch kept when the loss only stays level", zh: "损失只是持平时保留的轮次" }, cause: { en: "Level is not lower: waiting goes on.", zh: "持平不算更低，等待继续。" } });
    return t.pass({ en: "With patience 3 you keep epoch 2, with patience 6 you find epoch 8: patience costs time and sometimes pays.", zh: "耐心为 3，保留第 2 轮；耐心为 6，等到了第 8 轮。耐心要花时间，有时值得。" });
  },
  wrong: [
    { name: "takes the lowest of all", edit: ["if (epoch - best >= patience) break;", ""], expects: /beyond the stop/ },
    { name: "keeps the last epoch", edit: ["if (epoch - best >= patience) break;", "if (epoch - best >= patience) return epoch;"], expects: /waiting ended/ },
    { name: "compares with the epoch before", edit: ["if (losses[epoch] < losses[best]) best = epoch;", "if (losses[epoch] < losses[epoch - 1]) best = epoch;"], expects: /just before it/ },
    { name: "takes level for lower", edit: ["losses[epoch] < losses[best]", "losses[epoch] <= losses[best]"], expects: /Level is not lower/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "Keep every slope", zh: "一个斜率也不能丢" },
  hints: [
    { en: "In a · a both factors are the same value. What does the second line do to what the first has just written?", zh: "在 a · a 里，两个因数是同一个值。第二行对第一行刚写下的数做了什么？" },
    { en: "Look at how `add` writes its slopes: with `___`, not with `=`.", zh: "看看 `add` 怎样写斜率：用的是 `___`，不是 `=`。" },
  ],
  async run(student, t) {
    const what = "slopesAt(2, 7)";
    const value = t.finite(await student.call("slopesAt", [2, 7]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `At a = 2, b = 7 your slopes are ${value.join(" and ")}.`, zh: `在 a = 2、b = 7 处，你的斜率是 ${value.join(" 和 ")}。` },
      expected: { en: "What nudging a and b in a · b + a · a measures.", zh: "应该等于在 a · b + a · a 里推一推 a 和 b 量出来的斜率。" },
      cause: { en, zh },
    });
    const is = (a: number, b: number) => Math.abs(value[0]! - a) < 1e-9 && Math.abs(value[1]! - b) < 1e-9;
    // The tape goes back from its end: a · a writes first, a · b last.
    t.that(!is(7, 2) && !is(2, 2), reason("a is used three times, and only one use has left its slope: the others were overwritten.", "a 用了三次，只留下一次的斜率：其余的被覆盖了。"));
    t.that(!is(9, 2), reason("One of the two lines still overwrites, so that a · a counts once.", "两行里还有一行在覆盖，所以 a · a 只算了一次。"));
    t.that(!is(6, 7), reason("The factors are exchanged. The slope in a of a · b is b: that line was right before.", "因数换错了。a · b 对 a 的斜率是 b：那一行本来是对的。"));
    t.that(!is(14, 2) && !is(11, 4), reason("A factor of 2 by hand makes this formula right and every other one wrong.", "手工乘 2 只能凑对这一个公式，别的全错。"));
    t.allClose(value, [11, 2], { what, tolerance: 1e-9 });
    t.allClose(await student.call("slopesAt", [-1, 0.5]), [-1.5, -1], { what: "slopesAt(-1, 0.5)", tolerance: 1e-9 });
    return t.pass({ en: "7 + 2 + 2 = 11: three uses of a, three slopes. TensorFlow adds up just so, for every weight and every row.", zh: "7 + 2 + 2 = 11：a 用了三次，三个斜率相加。TensorFlow 对每个权重、每一行都是这样累加的。" });
  },
  wrong: [
    { name: "only changes the order", source: overwriting("b.slope = slope * a.data;", "a.slope = slope * b.data;"), expects: /overwritten/ },
    { name: "mends one line of two", source: overwriting("a.slope += slope * b.data;", "b.slope = slope * a.data;"), expects: /overwr/ },
    { name: "'repairs' the derivative, which was right", source: overwriting("a.slope += slope * a.data;", "b.slope += slope * b.data;"), expects: /right before/ },
    { name: "doubles by hand", source: overwriting("a.slope = 2 * slope * b.data;", "b.slope = slope * a.data;"), expects: /factor of 2 by hand/ },
  ],
});

/** The repair cell with other lines in `multiply`. */
function overwriting(first: string, second: string): string {
  return `function multiply(a: Value, b: Value): Value {
  return record(a.data * b.data, (slope) => {
    ${first}
    ${second}
  });
}
function slopesAt(a: number, b: number): number[] {
  tape.length = 0;
  const [left, right] = [record(a), record(b)];
  add(multiply(left, right), multiply(left, left)).slope = 1;
  for (const value of tape.toReversed()) value.back(value.slope);
  return [left.slope, right.slope];
}`;
}
