import { defineCheck, show } from "../checks/index.js";
import { askTensor } from "../checks/tensor.js";

// Numbers that are easy to follow by hand, and not those of the lesson.
export const distance = defineCheck({
  id: "distance",
  points: 2,
  title: { en: "A ruler in code", zh: "用代码写一把尺子" },
  hints: [
    { en: "Pythagoras: the sides are the differences. What do you do to each side before you add, and what to the sum at the end?", zh: "勾股定理：两条直角边就是两个差。相加之前，每条边要怎样处理？加完之后呢？" },
    { en: "`Math.sqrt(a.reduce((sum, value, i) => sum + (value - ___) ** 2, 0))`", zh: "`Math.sqrt(a.reduce((sum, value, i) => sum + (value - ___) ** 2, 0))`" },
  ],
  async run(student, t) {
    const what = "distance([1, 2], [4, 6])";
    const raw = await student.call("distance", [[1, 2], [4, 6]]);
    t.that(!Number.isNaN(raw), {
      saw: { en: `${what} is NaN, not a number.`, zh: `${what} 是 NaN，不是一个数。` },
      expected: { en: "A length: 0 or more.", zh: "应该是一个长度：0 或更大。" },
      cause: { en: "Below the root stands something negative or missing. Squares are written `** 2`; `^` is no power in TypeScript.", zh: "根号下面是负数，或者有缺的值。平方写作 `** 2`；在 TypeScript 里，`^` 不是乘方。" },
    });
    const value = t.number(raw, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${show(value)}.`, zh: `${what} 是 ${show(value)}。` },
      expected: { en: "The long side of a right triangle whose short sides are 3 and 4.", zh: "应该是直角边为 3 和 4 的直角三角形的斜边。" },
      cause: { en, zh },
    });
    t.that(Math.abs(value - 25) > 1e-9, reason("The sum of the squares is right; is the root missing?", "平方和是对的，是不是漏了开方？"));
    t.that(Math.abs(value - 7) > 1e-9, reason("Do you add the differences themselves? Square each of them first.", "是不是直接把差加起来了？每个差要先平方。"));
    t.that(Math.abs(value - 3) > 1e-9 && Math.abs(value - 4) > 1e-9, reason("Only one of the two numbers counts. Add up over all places.", "只算了两个数中的一个。每个位置都要加进去。"));
    t.that(Math.abs(value - Math.sqrt(12.5)) > 1e-6, reason("Do you average the squares? A ruler adds them up.", "是不是对平方取了平均？尺子是把它们加起来。"));
    t.that(Math.abs(value - Math.sqrt(89)) > 1e-6, reason("Are the numbers added inside the square? The sides are differences.", "平方里面是不是用了加号？边长是差。"));
    t.close(value, 5, { what, tolerance: 5e-7 });
    const back = "distance([4, 6], [1, 2])";
    t.close(await student.call("distance", [[4, 6], [1, 2]]), 5, { what: back, tolerance: 5e-7, cause: { en: "The way back is as long as the way there: is a minus left over?", zh: "回来的路和去的路一样长：是不是留下了负号？" } });
    t.close(await student.call("distance", [[0, 0, 0], [2, 3, 6]]), 7, {
      what: "distance([0, 0, 0], [2, 3, 6])",
      tolerance: 5e-7,
      cause: { en: "Birds may have more than two numbers: does your code go through the whole list?", zh: "一只鸟可能不止两个数：你的代码走完整个数组了吗？" },
    });
    return t.pass({ en: "It works in two dimensions, in three, and in four: nobody can draw four, and the sum does not mind.", zh: "二维、三维、四维都能算：四维画不出来，求和却不在乎。" });
  },
  wrong: [
    { name: "forgets the root", edit: ["Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0))", "a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0)"], expects: /root missing/ },
    { name: "adds the differences", edit: ["Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0))", "a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0)"], expects: /Square each of them first/ },
    { name: "compares lengths only", edit: ["Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0))", "Math.abs(a[0] - b[0])"], expects: /Only one/ },
    { name: "writes a power as in mathematics", edit: ["(value - b[i]) ** 2", "((value - b[i]) ^ 2)"], expects: /no power in TypeScript/ },
    { name: "averages the squares", edit: ["(value - b[i]) ** 2, 0)", "(value - b[i]) ** 2, 0) / a.length"], expects: /average the squares/ },
    { name: "knows two columns only", edit: ["Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0))", "Math.hypot(a[0] - b[0], a[1] - b[1])"], expects: /whole list/ },
  ],
});

const examples = [[10, 0], [0, 10], [2, 2]];
const labels = ["oak", "ash", "elm"];

export const nearest = defineCheck({
  id: "nearest",
  points: 3,
  title: { en: "The nearest neighbour", zh: "最近邻" },
  hints: [
    { en: "First make a list of distances, one for each example. At which place does the smallest one stand?", zh: "先列出到每个样本的距离。最小的那个在第几个位置？" },
    { en: "`const far = examples.map((example) => distance(___, example)); return labels[far.indexOf(Math.min(...___))];`", zh: "`const far = examples.map((example) => distance(___, example)); return labels[far.indexOf(Math.min(...___))];`" },
  ],
  async run(student, t) {
    const value = await student.call("nearest", [[9, 1], examples, labels]);
    const what = 'nearest([9, 1], [[10, 0], [0, 10], [2, 2]], ["oak", "ash", "elm"])';
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${JSON.stringify(value)}.`, zh: `${what} 是 ${JSON.stringify(value)}。` },
      expected: { en: "The label of the example at the smallest distance.", zh: "应该是距离最小的那个样本的标签。" },
      cause: { en, zh },
    });
    t.that(typeof value === "string", reason("That is not a label. Is it the place, the distance or the example itself?", "这不是标签。是不是返回了位置、距离，或者样本本身？"));
    t.that(value !== "ash", reason("That example is the farthest: do you look for the largest distance?", "这是最远的样本：找的是不是最大的距离？"));
    t.that(value === "oak", reason("Does every example get its distance, and is the smallest one chosen?", "每个样本都算了距离吗？选的是最小的那个吗？"));
    const second = await student.call("nearest", [[1, 8], examples, labels]);
    t.that(second === "ash", { saw: { en: `For [1, 8] you answer ${JSON.stringify(second)}.`, zh: `对 [1, 8]，你的回答是 ${JSON.stringify(second)}。` }, expected: { en: "Another beak, another neighbour.", zh: "换一个喙，邻居也要换。" }, cause: { en: "Is it always the same example? Or did distances and labels part ways: by a sort, or a smallest distance that is never updated?", zh: "是不是总是同一个样本？还是距离和标签对不上了：排过序，或者最小距离一直没有更新？" } });
    const third = await student.call("nearest", [[5, 4], [[5, 0], [9, 9], [2, 2], [40, 40]], ["a", "b", "c", "d"]]);
    t.that(third === "c", { saw: { en: `For [5, 4] among [5, 0], [9, 9], [2, 2], [40, 40] you answer ${JSON.stringify(third)}.`, zh: `样本是 [5, 0]、[9, 9]、[2, 2]、[40, 40]，对 [5, 4] 你的回答是 ${JSON.stringify(third)}。` }, expected: { en: "Both numbers of a beak count.", zh: "喙的两个数都要算。" }, cause: { en: "[5, 0] has the same length and quite another depth: do you use your `distance`?", zh: "[5, 0] 长度相同，厚度却差得多：用上你的 `distance` 了吗？" } });
    return t.pass({ en: "You compared with every example and took the name of one: this model does nothing else.", zh: "和每个样本都比一遍，留下其中一个的名字：这个模型的全部就是这些。" });
  },
  wrong: [
    { name: "takes the farthest", edit: ["Math.min(...far)", "Math.max(...far)"], expects: /largest distance/ },
    { name: "gives the first label always", edit: ["return labels[far.indexOf(Math.min(...far))];", "return labels[0];"], expects: /always the same example/ },
    { name: "sorts the distances and not the labels", edit: ["const far = examples.map((example) => distance(beak, example));", "const far = examples.map((example) => distance(beak, example)).sort((a, b) => a - b);"], expects: /part ways/ },
    { name: "compares lengths only", edit: ["distance(beak, example)", "Math.abs(beak[0] - example[0])"], expects: /use your `distance`/ },
    { name: "gives the place", source: "function nearest(beak: number[], examples: number[][], labels: string[]): any {\n  const far = examples.map((example) => distance(beak, example));\n  return far.indexOf(Math.min(...far));\n}", expects: /not a label/ },
  ],
});

export const accuracy = defineCheck({
  id: "accuracy",
  points: 2,
  title: { en: "Accuracy", zh: "准确率" },
  hints: [
    { en: "At how many places do the two lists hold the same word? And out of how many places?", zh: "两个数组有几个位置的词相同？一共有几个位置？" },
    { en: "`answers.filter((answer, i) => answer === ___).length / ___`", zh: "`answers.filter((answer, i) => answer === ___).length / ___`" },
  ],
  async run(student, t) {
    const what = 'accuracy(["a", "b", "a", "a"], ["a", "a", "a", "b"])';
    const value = t.number(await student.call("accuracy", [["a", "b", "a", "a"], ["a", "a", "a", "b"]]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${show(value)}.`, zh: `${what} 是 ${show(value)}。` },
      expected: { en: "Two of the four places agree; the share is asked for.", zh: "四个位置里有两个一致，要的是比例。" },
      cause: { en, zh },
    });
    t.that(value !== 2, reason("That is the count. Divide by the number of places.", "这是个数，还要除以位置的个数。"));
    t.that(value !== 50, reason("That is percent. A share lies between 0 and 1.", "这是百分数。比例在 0 和 1 之间。"));
    t.that(value !== 1, reason("Do you compare which words occur instead of place by place, or round the share?", "是不是只比了出现哪些词，没有逐个位置比？或者把比例四舍五入了？"));
    t.close(value, 0.5, { what, tolerance: 5e-7, cause: { en: "Is every place compared, the first and the last too, and divided by how many places there are?", zh: "每个位置都比了吗，包括第一个和最后一个？除的是位置的个数吗？" } });
    const unequal = t.number(await student.call("accuracy", [["x", "y", "x"], ["x", "x", "x"]]), { what: 'accuracy(["x", "y", "x"], ["x", "x", "x"])' });
    t.that(Math.abs(unequal - 1 / 3) > 1e-9, { saw: { en: `With two of three right you report ${show(unequal)}.`, zh: `三个对两个，你报告的是 ${show(unequal)}。` }, expected: { en: "The share of right answers.", zh: "应该是答对的比例。" }, cause: { en: "That is the share of wrong ones.", zh: "这是答错的比例。" } });
    t.close(unequal, 2 / 3, { what: 'accuracy(["x", "y", "x"], ["x", "x", "x"])', tolerance: 5e-7 });
    return t.pass({ en: "Accuracy counts every mistake alike. Whether a mistake is harmless or not, it does not say.", zh: "准确率把每个错误都算成一样。错误有没有害处，它不说。" });
  },
  wrong: [
    { name: "counts without dividing", edit: [" / truth.length", ""], expects: /That is the count/ },
    { name: "gives percent", edit: ["return answers", "return 100 * answers"], expects: /percent/ },
    { name: "counts the wrong ones", edit: ["answer === truth[i]", "answer !== truth[i]"], expects: /share of wrong ones/ },
    { name: "asks only whether the word occurs", edit: ["answer === truth[i]", "truth.includes(answer)"], expects: /place by place/ },
  ],
});

export const distances = defineCheck({
  id: "distances",
  points: 2,
  title: { en: "All distances at once", zh: "一次算出全部距离" },
  hints: [
    { en: "After `examples.sub(beak)` the shape is [rows, columns]. Along which axis must you add to keep one number a row?", zh: "`examples.sub(beak)` 之后形状是 [rows, columns]。沿哪个轴相加，才能每行留下一个数？" },
    { en: "`examples.sub(___).square().sum(___).sqrt() as tf.Tensor1D`", zh: "`examples.sub(___).square().sum(___).sqrt() as tf.Tensor1D`" },
  ],
  async run(student, t) {
    const table = askTensor([3, 4, 0, 0, 6, 8], [3, 2]);
    const value = await student.call("distances", [[0, 0], table]);
    const what = { en: "distances([0, 0], rows [3, 4], [0, 0], [6, 8])", zh: "distances([0, 0]，各行为 [3, 4]、[0, 0]、[6, 8])" };
    const got = t.finite(value, { what });
    const told = { en: `Three rows in, ${got.length} ${got.length === 1 ? "number" : "numbers"} out: ${got.slice(0, 6).map(show).join(", ")}.`, zh: `输入三行，得到 ${got.length} 个数：${got.slice(0, 6).map(show).join("、")}。` };
    const reason = (en: string, zh: string) => ({ saw: told, expected: { en: "One distance for each row.", zh: "应该每行一个距离。" }, cause: { en, zh } });
    t.that(got.length !== 1, reason("`sum()` adds up everything. Name the axis that runs along a row.", "`sum()` 把全部都加起来了。写明沿着行的那个轴。"));
    t.that(got.length !== 2, reason("You added down the columns. Which axis runs along a row?", "你是沿着列相加的。沿着行的是哪个轴？"));
    t.that(got.length !== 6, reason("Nothing was added up: the sum along each row is missing.", "没有相加：漏了沿每行求和。"));
    t.shape(value, [3], { what, cause: { en: "A row of one number is still a row: `sum(1)` alone leaves a plain list.", zh: "只有一个数的行也还是一行：只写 `sum(1)`，得到的才是一列数。" } });
    t.that(!(Math.abs(got[0] - Math.sqrt(12.5)) < 1e-3), reason("The squares are averaged along the row. A ruler adds them.", "沿着行取了平均。尺子是相加。"));
    t.that(!(Math.abs(got[0] - 25) < 1e-3), reason("These are squared distances: is the root missing?", "这是距离的平方：是不是漏了开方？"));
    t.that(!(Math.abs(got[0] - 7) < 1e-3), reason("The differences are added without being squared.", "差没有平方就加起来了。"));
    t.allClose(value, [5, 0, 10], { what, tolerance: 1e-4 });
    t.allClose(await student.call("distances", [[3, 4], table]), [0, 5, 5], { what: { en: "The distances from [3, 4]", zh: "到 [3, 4] 的距离" }, tolerance: 1e-4, cause: { en: "Is the beak subtracted?", zh: "减去 beak 了吗？" } });
    return t.pass({ en: "One line for 3 rows or for 3 million: the loop has moved into TensorFlow.", zh: "3 行也好，300 万行也好，都是一行代码：循环交给了 TensorFlow。" });
  },
  wrong: [
    { name: "adds up everything", edit: [".sum(1)", ".sum().reshape([1])"], expects: /adds up everything/ },
    { name: "adds down the columns", edit: [".sum(1)", ".sum(0)"], expects: /down the columns/ },
    { name: "forgets the root", edit: [".sqrt()", ""], expects: /root missing/ },
    { name: "forgets to subtract", edit: [".sub(beak)", ""], expects: /beak subtracted/ },
    { name: "does not square", edit: [".square().sum(1).sqrt()", ".abs().sum(1)"], expects: /without being squared/ },
  ],
});

export const centres = defineCheck({
  id: "centres",
  points: 3,
  title: { en: "Six numbers", zh: "六个数" },
  hints: [
    { en: "Which beaks belong to `name`? The species of beak number i stands in `species[i]`. Then average each column of those.", zh: "哪些喙属于 `name`？第 i 个喙的物种在 `species[i]`。然后对这些喙的每一列取平均。" },
    { en: "`const own = beaks.filter((_, i) => ___ === name); centre[name] = [0, 1].map((column) => own.reduce((sum, beak) => sum + beak[column], 0) / ___);`", zh: "`const own = beaks.filter((_, i) => ___ === name); centre[name] = [0, 1].map((column) => own.reduce((sum, beak) => sum + beak[column], 0) / ___);`" },
  ],
  async run(student, t) {
    // Lopsided on purpose: the mean of "a" is neither the median nor the middle between the extremes.
    const beaks = [[1, 10], [3, 30], [8, 2], [5, 80], [12, 6]];
    const value = (await student.call("centres", [beaks, ["a", "a", "b", "a", "b"]])) as Record<string, unknown> | null;
    const names = value && typeof value === "object" ? Object.keys(value) : [];
    t.that(names.length === 2 && names.includes("a") && names.includes("b"), {
      saw: { en: `For beaks of "a" and "b" the keys are ${names.join(", ") || "missing"}.`, zh: `喙属于 "a" 和 "b"，得到的键是 ${names.join("、") || "空的"}。` },
      expected: { en: "One centre for each species.", zh: "每个物种一个中心。" },
    });
    const a = t.finite(value!.a, { what: { en: 'The centre of "a"', zh: '"a" 的中心' } });
    t.that(a.length === 2, { saw: { en: `The centre of "a" has ${a.length} ${a.length === 1 ? "number" : "numbers"}.`, zh: `"a" 的中心有 ${a.length} 个数。` }, expected: { en: "Two: mean length and mean depth.", zh: "应该有两个：平均长度和平均厚度。" } });
    const reason = (en: string, zh: string) => ({
      saw: { en: `The beaks of "a" are [1, 10], [3, 30], [5, 80]; your centre is [${a.map(show).join(", ")}].`, zh: `"a" 的喙是 [1, 10]、[3, 30]、[5, 80]，你的中心是 [${a.map(show).join(", ")}]。` },
      expected: { en: "The mean of the lengths and the mean of the depths of this species alone.", zh: "应该只用这个物种：长度的平均，厚度的平均。" },
      cause: { en, zh },
    });
    const is = (length: number, depth: number) => Math.abs(a[0] - length) < 1e-6 && Math.abs(a[1] - depth) < 1e-6;
    t.that(!is(5.8, 25.6), reason("That is the mean of all birds: choose those of this species first.", "这是所有鸟的平均：先选出这个物种的鸟。"));
    t.that(!is(9, 120), reason("That is the sum: divide by the number of birds of this species.", "这是总和：还要除以这个物种的鸟数。"));
    t.that(!is(1.8, 24), reason("You divide by all birds, and only three are of this species.", "除的是全部鸟的数目，而这个物种只有三只。"));
    t.that(!is(1, 10) && !is(5, 80), reason("That is a single bird, not the middle of them.", "这是其中一只鸟，不是它们的中间。"));
    t.that(!is(3, 30) && !is(3, 45), reason("That is the bird in the middle, or the middle between the extremes. The mean is asked for.", "这是排在中间的鸟，或者两头的中点。要的是平均。"));
    t.that(!is(40, 3), reason("Length and depth are the wrong way round.", "长度和厚度放反了。"));
    t.allClose(a, [3, 40], { what: { en: 'The centre of "a"', zh: '"a" 的中心' }, tolerance: 5e-7 });
    t.allClose(value!.b, [10, 4], { what: { en: 'The centre of "b"', zh: '"b" 的中心' }, tolerance: 5e-7 });
    return t.pass({ en: "Five beaks became four numbers here, and 274 become six in the lesson: a model can be much smaller than its data.", zh: "这里五个喙变成了四个数，课里的 274 个变成六个：模型可以比数据小得多。" });
  },
  wrong: [
    { name: "averages all birds", edit: ["beaks.filter((_, i) => species[i] === name)", "beaks"], expects: /mean of all birds/ },
    { name: "sums", edit: [" / own.length", ""], expects: /That is the sum/ },
    { name: "divides by all birds", edit: ["/ own.length", "/ beaks.length"], expects: /divide by all birds/ },
    { name: "takes the middle between the extremes", edit: ["own.reduce((sum, beak) => sum + beak[column], 0) / own.length", "(Math.min(...own.map((beak) => beak[column])) + Math.max(...own.map((beak) => beak[column]))) / 2"], expects: /between the extremes/ },
    { name: "keeps one bird", edit: ["centre[name] = [0, 1].map((column) => own.reduce((sum, beak) => sum + beak[column], 0) / own.length);", "centre[name] = own[0];"], expects: /single bird/ },
  ],
});

const known = [[40, 18, "Adelie"], [41, 18.5, "Adelie"], [48, 18, "Chinstrap"], [47, 15, "Gentoo"]].map(bird);
const fresh = [[40.5, 18.2, "Adelie"], [45.5, 18, "Adelie"], [47.5, 14.8, "Gentoo"]].map(bird);

function bird([beakLength, beakDepth, species]: (number | string)[]) {
  return { species, island: "Dream", beakLength, beakDepth, flipperLength: 190, bodyMass: 3700, sex: null };
}

export const repair = defineCheck({
  id: "repair",
  points: 2,
  title: { en: "An exam with new questions", zh: "用新题考试" },
  hints: [
    { en: "How far is a known bird from the nearest known bird? Whom does the function ask, and who should sit the exam?", zh: "一只已知的鸟，离最近的已知的鸟有多远？函数考的是谁？该考的又是谁？" },
    { en: "`examples` and `names` are what the model knows. `asked` should be ___.", zh: "`examples` 和 `names` 是模型知道的。`asked` 应该是 ___。" },
  ],
  async run(student, t) {
    const value = t.number(await student.call("examine", [known, fresh]), { what: "examine" });
    const reason = (en: string, zh: string) => ({
      saw: { en: `Of three new birds the nearest known one names two rightly. Your score is ${show(value)}.`, zh: `三只新鸟里，靠最近的已知鸟认对了两只。你的分数是 ${show(value)}。` },
      expected: { en: "The share of the new birds that are named rightly.", zh: "应该是新鸟中认对的比例。" },
      cause: { en, zh },
    });
    const hard = t.number(await student.call("examine", [known, fresh.slice(1, 2)]), { what: "examine" });
    t.that(value !== hard || value === 1, {
      saw: { en: `Other new birds, and your score stays ${show(value)}.`, zh: `换一批新鸟，你的分数还是 ${show(value)}。` },
      expected: { en: "The score is about the new birds.", zh: "分数应该说的是新鸟。" },
      cause: { en: "Who is asked? A smaller number is not a truer one.", zh: "考的是谁？数字小一点，不等于更真。" },
    });
    t.that(Math.abs(value - 1) > 1e-9, reason("Does a bird meet itself among the examples? Then its nearest neighbour is itself, and always right.", "鸟是不是在样本里遇到了自己？那样最近的就是它自己，永远是对的。"));
    t.that(Math.abs(value - 6 / 7) > 1e-9, reason("Known and new birds are both in the exam: the known ones find themselves and lift the score.", "已知的鸟和新鸟都参加了考试：已知的鸟找到自己，把分数抬高了。"));
    t.that(Math.abs(value - 1 / 3) > 1e-9, reason("That is the share of wrong answers.", "这是答错的比例。"));
    t.close(value, 2 / 3, { what: "examine", cause: { en: "Are answers and true names those of the same birds? And do `nearest` and `accuracy` above still pass their checks?", zh: "答案和真名说的是同一批鸟吗？上面的 `nearest` 和 `accuracy` 还能通过检查吗？" } });
    return t.pass({ en: "67 % here instead of 100 %: the lower number is the one to trust.", zh: "这里是 67%，不再是 100%：低的那个数才可信。" });
  },
  wrong: [
    { name: "examines everybody", edit: ["const asked = fresh;", "const asked = [...known, ...fresh];"], expects: /lift the score/ },
    {
      name: "learns the exam",
      source: "function examine(known: data.Penguin[], fresh: data.Penguin[]): number {\n  const all = [...known, ...fresh], examples = all.map(beakOf), names = all.map((bird) => bird.species);\n  const answers = fresh.map((bird) => nearest(beakOf(bird), examples, names));\n  return accuracy(answers, fresh.map((bird) => bird.species));\n}",
      expects: /meet itself/,
    },
    {
      name: "only takes something off the score",
      source: "function examine(known: data.Penguin[], fresh: data.Penguin[]): number {\n  const examples = known.map(beakOf), names = known.map((bird) => bird.species);\n  return accuracy(known.map((bird) => nearest(beakOf(bird), examples, names)), names) - 0.05;\n}",
      expects: /not a truer one/,
    },
    {
      name: "reports the mistakes",
      source: "function examine(known: data.Penguin[], fresh: data.Penguin[]): number {\n  const examples = known.map(beakOf), names = known.map((bird) => bird.species);\n  return 1 - accuracy(fresh.map((bird) => nearest(beakOf(bird), examples, names)), fresh.map((bird) => bird.species));\n}",
      expects: /share of wrong answers/,
    },
  ],
});
