import { defineCheck } from "../checks/index.js";

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Sums of products, the kernel as it stands. */
function slide(image: number[][], kernel: number[][]): number[][] {
  return Array.from({ length: image.length - kernel.length + 1 }, (_, y) =>
    Array.from({ length: image[0]!.length - kernel[0]!.length + 1 }, (_row, x) => total(kernel.flatMap((row, i) => row.map((weight, j) => weight * image[y + i]![x + j]!)))));
}

export const convolve = defineCheck({
  id: "convolve",
  points: 3,
  title: { en: "Slide a kernel", zh: "滑动卷积核" },
  hints: [
    { en: "Fix one place first, the top left corner. Which pixels does the kernel cover there? And how many places fit in a row?", zh: "先固定一个位置，左上角。卷积核在那里盖住哪些像素？一行又放得下几个位置？" },
    { en: "The value at row y, column x is the sum of `kernel[i][j] * image[___][___]` over all i and j; rows run from 0 to `image.length - kernel.length`.", zh: "第 y 行第 x 列的值，是所有 i、j 的 `kernel[i][j] * image[___][___]` 之和；行从 0 到 `image.length - kernel.length`。" },
  ],
  async run(student, t) {
    // Three rows, four columns; a kernel of one row and two of two.
    const image = [[1, 2, 0, 3], [0, 1, 4, 1], [5, 0, 2, 2]], kernel = [[1, 2], [-1, 3]];
    const what = { en: "The result for a picture of 3 x 4 and a kernel of 2 x 2, read row by row,", zh: "3 x 4 的图和 2 x 2 的卷积核，逐行读结果，" };
    const value = await student.call("convolve", [image, kernel]);
    const rows = Array.isArray(value) ? value.length : 0;
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `A picture of 3 x 4 and a kernel of 2 x 2 give ${rows} rows: ${got.join(", ")}.`, zh: `3 x 4 的图和 2 x 2 的卷积核，得到 ${rows} 行：${got.join("、")}。` },
      expected: { en: "Two rows of three sums, one for each place where the whole kernel fits.", zh: "应该是两行，每行三个和：整个卷积核放得下的位置各一个。" },
      cause: { en, zh },
    });
    const is = (other: number[][]) => got.join() === other.flat().join();
    t.that(rows !== 3, reason("As large as the picture: the kernel must not hang over the edge here. How many places fit?", "和原图一样大：这里卷积核不能伸出边缘。放得下几个位置？"));
    t.that(!is(slide(image, kernel.toReversed().map((row) => row.toReversed()))), reason("The kernel is turned round. Mathematicians do that and call it convolution; networks take it as it stands.", "卷积核被翻转了。数学里的卷积是这样，神经网络里却照原样用。"));
    t.that(!is(slide(image, [[1, -1], [2, 3]])), reason("Rows and columns of the kernel are exchanged.", "卷积核的行和列交换了。"));
    t.that(!is(slide(image, [[1, 0], [0, 3]])), reason("Only the diagonal is in the sum: every i meets every j.", "只加了对角线：每个 i 要配每个 j。"));
    t.that(!is(slide(image, kernel).map((row) => row.map((sum) => sum / 4))), reason("You average; the sum is asked for.", "取了平均，要的是和。"));
    t.shape(value, [2, 3], { what });
    t.allClose(value, slide(image, kernel), { what });
    t.allClose(await student.call("convolve", [image, [[1, -1]]]), slide(image, [[1, -1]]), { what: { en: "The result for a kernel of one row", zh: "只有一行的卷积核得到的结果" }, cause: { en: "Are height and width of the kernel told apart?", zh: "有没有分清卷积核的高和宽？" } });
    return t.pass({ en: "Four weights gave six sums here, and would give 729 on a picture of 28 by 28: the same detector, everywhere.", zh: "这里四个权重给出六个和；换成 28 × 28 的图，就是 729 个。同一个探测器，用在每个地方。" });
  },
  wrong: [
    { name: "flips the kernel", edit: ["kernel[i][j] * image[y + i][x + j]", "kernel[kernel.length - 1 - i][kernel[0].length - 1 - j] * image[y + i][x + j]"], expects: /turned round/ },
    { name: "exchanges rows and columns", edit: ["kernel[i][j] * image", "(kernel[j]?.[i] ?? 0) * image"], expects: /exchanged/ },
    { name: "keeps the size of the picture", source: `function convolve(image: number[][], kernel: number[][]): number[][] {
  return image.map((row, y) => row.map((_, x) => kernel.reduce((sum, line, i) => sum + line.reduce((part, weight, j) => part + weight * (image[y + i]?.[x + j] ?? 0), 0), 0)));
}`, expects: /hang over the edge/ },
    { name: "multiplies along the diagonal only", edit: ["kernel[i][j] * image[y + i][x + j]", "(i === j ? 1 : 0) * kernel[i][j] * image[y + i][x + j]"], expects: /Only the diagonal/ },
  ],
});

export const outputSize = defineCheck({
  id: "output-size",
  points: 2,
  title: { en: "How large is the result?", zh: "结果有多大？" },
  hints: [
    { en: "How many steps can the kernel take before it hits the end? The place where it starts counts as well.", zh: "卷积核走到头之前能走几步？出发的那个位置也要算上。" },
    { en: "`Math.floor((size + ___ - kernel) / ___) + 1`", zh: "`Math.floor((size + ___ - kernel) / ___) + 1`" },
  ],
  async run(student, t) {
    const ask = async (size: number, kernel: number, stride: number, padding: number) => t.number(await student.call("outputSize", [size, kernel, stride, padding]), { what: `outputSize(${size}, ${kernel}, ${stride}, ${padding})` });
    const plain = await ask(10, 3, 1, 0), padded = await ask(10, 3, 1, 1), strided = await ask(10, 3, 2, 0);
    const reason = (what: string, got: number, en: string, zh: string) => ({
      saw: { en: `${what} is ${got}.`, zh: `${what} 是 ${got}。` },
      expected: { en: "The number of places where the kernel can stand.", zh: "应该是卷积核站得下的位置数。" },
      cause: { en, zh },
      next: { en: "Draw ten squares and put a strip of three on them.", zh: "画十个格子，拿一条三格的纸带放上去数。" },
    });
    t.that(plain !== 7, reason("outputSize(10, 3, 1, 0)", plain, "One is missing: the place where it starts counts too.", "少了一个：出发的位置也算。"));
    t.that(padded !== 9, reason("outputSize(10, 3, 1, 1)", padded, "Padding is added on both sides.", "填充在两边都要加。"));
    t.that(padded !== 8 || plain !== 8, reason("outputSize(10, 3, 1, 1)", padded, "Does the padding play a part?", "填充用上了吗？"));
    t.that(strided !== 4.5 && strided !== 5, reason("outputSize(10, 3, 2, 0)", strided, "A step that does not fit any more is not taken: round down.", "放不下的那一步不走：向下取整。"));
    t.that(strided !== 8, reason("outputSize(10, 3, 2, 0)", strided, "Does the stride play a part?", "步幅用上了吗？"));
    for (const [size, kernel, stride, padding, want] of [[10, 3, 1, 0, 8], [10, 3, 1, 1, 10], [10, 3, 2, 0, 4], [28, 5, 1, 2, 28], [7, 7, 1, 0, 1], [28, 2, 2, 0, 14]] as const) {
      t.close(await ask(size, kernel, stride, padding), want, { what: `outputSize(${size}, ${kernel}, ${stride}, ${padding})` });
    }
    return t.pass({ en: "A kernel of 3 with padding 1 keeps the size; a stride of 2 halves it. With these two, most networks are built.", zh: "卷积核 3、填充 1，大小不变；步幅 2，大小减半。大多数网络就靠这两样搭起来。" });
  },
  wrong: [
    { name: "forgets the starting place", edit: ["/ stride) + 1", "/ stride)"], expects: /starts counts too/ },
    { name: "pads one side", edit: ["2 * padding", "padding"], expects: /both sides/ },
    { name: "rounds up", edit: ["Math.floor", "Math.ceil"], expects: /round down/ },
    { name: "forgets the stride", edit: ["/ stride)", "/ 1)"], expects: /stride play a part/ },
  ],
});

export const maxPool = defineCheck({
  id: "max-pool",
  points: 2,
  title: { en: "Max pooling", zh: "最大池化" },
  hints: [
    { en: "The window at row y, column x of the result begins at which row and column of the map?", zh: "结果第 y 行第 x 列的窗口，从原图的第几行第几列开始？" },
    { en: "The largest of `map[___ * y + i][___ * x + j]` for i and j from 0 to 1.", zh: "`map[___ * y + i][___ * x + j]` 里最大的，i、j 取 0 和 1。" },
  ],
  async run(student, t) {
    const map = [[1, 5, 2, 0, 7], [3, 2, 8, 1, 7], [-4, -1, 0, 2, 7], [-2, -3, 6, 1, 7], [9, 9, 9, 9, 9]];
    const what = { en: "The pooled map of 5 x 5, read row by row,", zh: "5 x 5 的图池化后，逐行读，" };
    const value = await student.call("maxPool", [map]);
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `A map of 5 x 5 becomes ${got.join(", ")}.`, zh: `5 x 5 的图变成 ${got.join("、")}。` },
      expected: { en: "The largest value of each window of 2 x 2 that fits; windows do not overlap.", zh: "每个放得下的 2 x 2 窗口里最大的值；窗口不重叠。" },
      cause: { en, zh },
    });
    t.that(got.length !== 16, reason("The windows overlap: each begins where the last one ended.", "窗口重叠了：上一个窗口结束的地方，才是下一个的开头。"));
    t.that(got.length !== 9, reason("A row or column that is left over makes no window of its own.", "多出来的一行一列，自己成不了窗口。"));
    t.that(got.join() !== "5,8,0,6", reason("Where all four are below 0 the largest is below 0 too: what does your search begin with?", "四个都小于 0 时，最大的也小于 0：你是从什么数开始比的？"));
    t.that(Math.abs(got[0]! - 2.75) > 1e-9, reason("That is the average of the window.", "这是窗口的平均值。"));
    t.allClose(value, [[5, 8], [-1, 6]], { what });
    return t.pass({ en: "25 numbers became 4, and where in its window the largest stood is forgotten: that is the point, and the price.", zh: "25 个数变成 4 个；最大的那个在窗口的哪里，已经忘了。要的就是这个，代价也是这个。" });
  },
  wrong: [
    { name: "lets windows overlap", edit: ["maxPool(map: number[][]): number[][] {", "maxPool(map: number[][]): number[][] { if (map.length) return map.slice(1).map((_, y) => map[0].slice(1).map((_unused, x) => Math.max(map[y][x], map[y][x + 1], map[y + 1][x], map[y + 1][x + 1])));"], expects: /windows overlap/ },
    { name: "averages", edit: ["Math.max(map[2 * y][2 * x], map[2 * y][2 * x + 1], map[2 * y + 1][2 * x], map[2 * y + 1][2 * x + 1])", "(map[2 * y][2 * x] + map[2 * y][2 * x + 1] + map[2 * y + 1][2 * x] + map[2 * y + 1][2 * x + 1]) / 4"], expects: /average of the window/ },
    { name: "begins the search at 0", edit: ["Math.max(map[2 * y][2 * x],", "Math.max(0, map[2 * y][2 * x],"], expects: /what does your search begin with/ },
    { name: "makes windows of what is left over", edit: ["maxPool(map: number[][]): number[][] {", "maxPool(map: number[][]): number[][] { if (map.length % 2) { const n = Math.ceil(map.length / 2); return Array.from({ length: n }, (_, y) => Array.from({ length: n }, (_unused, x) => Math.max(...map.slice(2 * y, 2 * y + 2).flatMap((row) => row.slice(2 * x, 2 * x + 2))))); }"], expects: /left over/ },
  ],
});

export const cost = defineCheck({
  id: "cost",
  points: 3,
  title: { en: "Count before you build", zh: "先算再搭" },
  hints: [
    { en: "One output channel looks at how many numbers at one place? How many output channels are there, and at how many places is it done? Which of these has to do with weights, which with work?", zh: "一个输出通道在一个位置上要看多少个数？有多少个输出通道，又在多少个位置上做？哪些关系到权重，哪些只关系到计算？" },
    { en: "`weights = kernel * kernel * (from / ___) * ___`; multiplications: that, once for each of the ___ places.", zh: "`weights = kernel * kernel * (from / ___) * ___`；乘法次数：在 ___ 个位置上各做一遍。" },
  ],
  async run(student, t) {
    const layer = { kernel: 5, from: 6, to: 12, side: 10 };
    const what = "cost({ kernel: 5, from: 6, to: 12, side: 10 })";
    const value = (await student.call("cost", [layer])) as { weights: unknown; multiplications: unknown };
    const weights = t.number(value?.weights, { what: `${what}.weights` });
    const reason = (saw: string, got: number, en: string, zh: string) => ({
      saw: { en: `${saw} is ${got.toLocaleString("en-US")}.`, zh: `${saw} 是 ${got.toLocaleString("en-US")}。` },
      expected: { en: "Weights: one kernel for each pair of channels that meet. Multiplications: all of them, at every place.", zh: "权重：每一对相遇的通道一个卷积核。乘法：所有权重，在每个位置上各一次。" },
      cause: { en, zh },
    });
    await t.part(2, async () => {
      t.that(weights !== 180_000 && weights !== 18_000, reason(`${what}.weights`, weights, "Weights do not grow with the picture: the same kernel is used at every place.", "权重不随图片变大：每个位置用的是同一个卷积核。"));
      t.that(weights !== 360, reason(`${what}.weights`, weights, "A kernel of 5 is 5 high and 5 wide.", "大小为 5 的卷积核，高 5，宽也 5。"));
      t.that(weights !== 300 && weights !== 150, reason(`${what}.weights`, weights, "Each of the output channels has a kernel for each of the input channels.", "每个输出通道，对每个输入通道都有一个卷积核。"));
      t.close(weights, 1800, { what: `${what}.weights` });
      const grouped = t.number(((await student.call("cost", [{ ...layer, groups: 3 }])) as { weights: unknown })?.weights, { what: { en: "weights with 3 groups", zh: "分 3 组的权重数" } });
      t.that(grouped !== 1800, reason("weights with 3 groups", grouped, "Do the groups play a part?", "分组用上了吗？"));
      t.that(grouped !== 200, reason("weights with 3 groups", grouped, "That is one of the groups; there are three of them.", "这只是其中一组，一共有三组。"));
      t.close(grouped, 600, { what: { en: "weights with 3 groups", zh: "分 3 组的权重数" } });
    });
    await t.part(1, async () => {
      const work = t.number(value?.multiplications, { what: `${what}.multiplications` });
      t.that(work !== 18_000, reason(`${what}.multiplications`, work, "A map of side 10 has 100 places, not 10.", "边长 10 的图有 100 个位置，不是 10 个。"));
      t.close(work, 180_000, { what: `${what}.multiplications` });
      const depthwise = (await student.call("cost", [{ kernel: 3, from: 8, to: 8, side: 4, groups: 8 }])) as { multiplications: unknown };
      t.close(depthwise?.multiplications, 1152, { what: { en: "multiplications with each channel by itself", zh: "每个通道各管各时的乘法次数" } });
    });
    return t.pass({ en: "On a picture ten times as wide, the same 1,800 weights make 100 times as many multiplications.", zh: "图片宽到十倍，权重还是 1800 个，乘法却多到 100 倍。" });
  },
  wrong: [
    { name: "lets weights grow with the picture", edit: ["kernel * kernel * (from / groups) * to", "kernel * kernel * (from / groups) * to * side * side"], expects: /do not grow with the picture/ },
    { name: "forgets that a kernel has two sides", edit: ["kernel * kernel * (from / groups) * to", "kernel * (from / groups) * to"], expects: /5 high and 5 wide/ },
    { name: "counts one group of several", edit: ["(from / groups) * to", "(from / groups) * (to / groups)"], expects: /one of the groups/ },
    { name: "forgets the groups", edit: ["(from / groups)", "(from + 0 * groups)"], expects: /groups play a part/ },
    { name: "counts one row of places", edit: ["weights * side * side", "weights * side"], expects: /100 places/ },
  ],
});

export const block = defineCheck({
  id: "block",
  points: 3,
  title: { en: "MobileNet's block", zh: "MobileNet 的块" },
  hints: [
    { en: "Two layers, two jobs: the first looks around within a channel, the second mixes channels within a pixel. Which kernel size does each need?", zh: "两层各管一件事：第一层在一个通道里看四周，第二层在一个像素上混合各通道。各自需要多大的卷积核？" },
    { en: "`tf.layers.depthwiseConv2d({ kernelSize: ___, padding: \"same\" })`, then `tf.layers.conv2d({ filters, kernelSize: ___, activation: \"relu\" })`.", zh: "`tf.layers.depthwiseConv2d({ kernelSize: ___, padding: \"same\" })`，然后 `tf.layers.conv2d({ filters, kernelSize: ___, activation: \"relu\" })`。" },
  ],
  async run(student, t) {
    const value = (await student.call("tryBlock", [4, 6], { time: 20_000 })) as { output: unknown; weights: unknown };
    const output = t.finite(value?.output, { what: { en: "The size of what the block gives", zh: "块给出的大小" } });
    const shapes = Array.isArray(value?.weights) ? (value.weights as number[][]) : [];
    const kernels = shapes.filter((shape) => shape.length === 4).map((shape) => shape.join(" x "));
    const reason = (en: string, zh: string) => ({
      saw: { en: `From 8 x 8 x 4 the block makes ${output.join(" x ")}, with kernels of ${kernels.join(" and ") || "no size"}.`, zh: `块把 8 x 8 x 4 变成 ${output.join(" x ")}，卷积核是 ${kernels.join(" 和 ") || "没有"}。` },
      expected: { en: "A 3 x 3 kernel for each channel by itself, then a 1 x 1 convolution to 6 channels, at the same size.", zh: "先是每个通道各自一个 3 x 3 的卷积核，再用 1 x 1 卷积变成 6 个通道，大小不变。" },
      cause: { en, zh },
    });
    t.that(!kernels.includes("3 x 3 x 4 x 6"), reason("A full convolution: every channel meets every channel, at every place. That is what the block avoids.", "这是普通卷积：每个通道和每个通道都相遇，处处如此。这个块要避免的正是它。"));
    t.that(output[2] !== 4 || kernels.length > 1, reason("The channels are never mixed. Where is the 1 x 1 convolution?", "各通道一直没有混合。1 x 1 卷积在哪里？"));
    t.that(!kernels.includes("3 x 3 x 6 x 1"), reason("The order is turned round: first look around in each channel, then mix.", "顺序反了：先在每个通道里看四周，再混合。"));
    t.that(output[0] === 8 && output[1] === 8, reason("The map has shrunk: is padding \"same\" missing?", "图变小了：是不是漏了 padding \"same\"？"));
    t.that(kernels.includes("3 x 3 x 4 x 1"), reason("No kernel of 3 x 3 for each channel by itself: that is tf.layers.depthwiseConv2d.", "没有每个通道各自一个的 3 x 3 卷积核：那是 tf.layers.depthwiseConv2d。"));
    t.that(kernels.includes("1 x 1 x 4 x 6"), reason("No convolution of 1 x 1 that mixes 4 channels into 6.", "没有把 4 个通道混成 6 个的 1 x 1 卷积。"));
    t.allClose(output, [8, 8, 6], { what: { en: "The size of what the block gives", zh: "块给出的大小" } });
    return t.pass({ en: "36 + 24 = 60 weights without biases, where a full convolution has 216. With more channels the saving grows towards nine times.", zh: "不算偏置是 36 + 24 = 60 个权重，普通卷积要 216 个。通道越多省得越多，最多接近九倍。" });
  },
  wrong: [
    { name: "uses a full convolution", edit: ["tf.layers.depthwiseConv2d({ kernelSize: 3, padding: \"same\" }),", "tf.layers.conv2d({ filters, kernelSize: 3, padding: \"same\" }),"], expects: /full convolution/ },
    { name: "never mixes the channels", edit: ["tf.layers.conv2d({ filters, kernelSize: 1, activation: \"relu\" }),", "tf.layers.reLU(),"], expects: /never mixed/ },
    { name: "forgets the padding", edit: ["kernelSize: 3, padding: \"same\"", "kernelSize: 3"], expects: /padding "same" missing/ },
    { name: "mixes first", source: `function block(filters: number): tf.layers.Layer[] {
  return [tf.layers.conv2d({ filters, kernelSize: 1, activation: "relu" }), tf.layers.depthwiseConv2d({ kernelSize: 3, padding: "same" })];
}
function tryBlock(channels: number, filters: number): { output: number[]; weights: number[][] } {
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [8, 8, channels] }), ...block(filters)] });
  return { output: model.outputs[0].shape.slice(1) as number[], weights: model.getWeights().map(({ shape }) => shape) };
}`, expects: /order is turned round/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 2,
  title: { en: "Rows of the right length", zh: "行的长度要对" },
  hints: [
    { en: "Take a picture of 2 rows and 3 columns: six numbers. Where does the second row begin?", zh: "取一张 2 行 3 列的图，一共六个数。第二行从第几个数开始？" },
    { en: "A row is as long as the picture is ___; there are as many rows as it is ___.", zh: "一行的长度等于图的 ___；行数等于图的 ___。" },
  ],
  async run(student, t) {
    const value = await student.call("rowsOf", [[1, 2, 3, 4, 5, 6], 2, 3]);
    const got = t.finite(Array.isArray(value) ? value.flat() : value, { what: { en: "rowsOf(six numbers, 2, 3)", zh: "rowsOf(六个数, 2, 3)" } });
    const rows = Array.isArray(value) ? (value as unknown[]) : [];
    const lengths = rows.map((row) => (Array.isArray(row) ? row.length : 0));
    const reason = (en: string, zh: string) => ({
      saw: { en: `Six numbers, 2 high and 3 wide, become ${rows.length} rows of ${lengths.join(" and ")}: ${got.join(", ")}.`, zh: `六个数，高 2 宽 3，变成 ${rows.length} 行，长度 ${lengths.join(" 和 ")}：${got.join("、")}。` },
      expected: { en: "Two rows of three, in reading order.", zh: "应该是两行，每行三个，按阅读顺序。" },
      cause: { en, zh },
    });
    t.that(!(rows.length === 2 && lengths[0] === 2), reason("A row is cut at the height instead of the width.", "按高度切了行，应该按宽度切。"));
    t.that(rows.length !== 3, reason("There are as many rows as the picture is high.", "有多高，就有多少行。"));
    t.that(got[1] !== 3 && got[1] !== 4, reason("The numbers lie row by row from the top, not column by column.", "这些数从上往下一行一行放，不是一列一列放。"));
    t.allClose(value, [[1, 2, 3], [4, 5, 6]], { what: { en: "rowsOf(six numbers, 2, 3)", zh: "rowsOf(六个数, 2, 3)" } });
    t.allClose(await student.call("rowsOf", [[1, 2, 3, 4, 5, 6], 3, 2]), [[1, 2], [3, 4], [5, 6]], { what: { en: "rowsOf(six numbers, 3, 2)", zh: "rowsOf(六个数, 3, 2)" } });
    return t.pass({ en: "With 28 by 28 both lines give the same: a test on squares only could never have told them apart.", zh: "28 × 28 时两种写法结果一样：只拿正方形来测，永远分不出对错。" });
  },
  wrong: [
    { name: "exchanges height and width altogether", edit: ["Array.from({ length: height }, (_, row) => pixels.slice(row * width, (row + 1) * width))", "Array.from({ length: width }, (_, row) => pixels.slice(row * height, (row + 1) * height))"], expects: /as many rows as the picture is high/ },
    { name: "mends only the beginning of each row", edit: ["(row + 1) * width)", "row * width + height)"], expects: /height instead of the width/ },
    { name: "reads column by column", edit: ["pixels.slice(row * width, (row + 1) * width)", "pixels.filter((_unused, i) => i % height === row)"], expects: /column by column/ },
  ],
});
