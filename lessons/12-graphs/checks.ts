import { defineCheck, type Text } from "../checks/index.js";

const text = (en: string, zh: string): Text => ({ en, zh });
const apart = (a: readonly number[], b: readonly number[]): number => (a.length === b.length ? Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) : Infinity);
const list = (values: readonly number[]) => values.map((value) => Number(value.toFixed(3))).join(", ");

export const homophily = defineCheck({
  id: "homophily",
  points: 2,
  title: text("Homophily", "同配性"),
  hints: [
    text("An edge is a pair of numbers. How do you get the labels of its two ends?", "一条边是两个编号。怎样得到两端的标签？"),
    text("`edges.filter(([from, to]) => labels[from] === ___).length / ___`", "`edges.filter(([from, to]) => labels[from] === ___).length / ___`"),
  ],
  async run(student, t) {
    const edges = [[0, 1], [1, 2], [2, 3], [3, 0], [4, 1]];
    const labels = ["x", "x", "y", "x", "x"];
    const what = "homophily";
    const value = t.number(await student.call("homophily", [edges, labels]), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`Five edges, of which three join equal labels: you give ${list([value])}.`, `五条边，其中三条两端标签相同：你得到 ${list([value])}。`),
      expected: text("The share of edges whose ends agree.", "应该是两端一致的边所占的比例。"),
      cause: text(en, zh),
    });
    t.that(value !== 3, reason("That is a count. Divide by the number of edges.", "这是个数。要除以边的条数。"));
    t.that(Math.abs(value - 0.4) > 1e-9, reason("That is the share of edges whose ends differ.", "这是两端不同的边所占的比例。"));
    t.that(Math.abs(value - 0.3) > 1e-9, reason("Do you divide by the pairs of nodes, or count the edges twice? Only edges count, each once.", "是不是除以了节点对的数目，或者把边数了两遍？只算边，每条一次。"));
    t.that(value > 0, reason("No edge agrees: do you compare the node numbers instead of their labels?", "没有一条边一致：是不是拿节点编号来比，而不是标签？"));
    t.close(value, 0.6, { what, cause: text("Is the number of edges below the line, not that of nodes?", "分母是边的条数吗，而不是节点数？"), tolerance: 1e-9 });
    return t.pass(text("Three of five, 0.6. In the club it is 67 of 78: friends mostly went together.", "五条里三条，0.6。俱乐部里是 78 条里的 67 条：朋友大多一起走。"));
  },
  wrong: [
    { name: "counts and does not divide", edit: [".length / edges.length", ".length"], expects: /Divide by the number of edges/ },
    { name: "counts the edges that differ", edit: ["labels[from] === labels[to]", "labels[from] !== labels[to]"], expects: /ends differ/ },
    { name: "compares node numbers", edit: ["labels[from] === labels[to]", "from === to"], expects: /node numbers/ },
    { name: "divides by the pairs of nodes", edit: ["/ edges.length", "/ (labels.length * (labels.length - 1) / 2)"], expects: /pairs of nodes/ },
  ],
});

// A star: node 0 in the middle, 1, 2 and 3 around it, and 4 alone.
const star = [[1, 2, 3], [0], [0], [0], []];

export const smooth = defineCheck({
  id: "smooth",
  points: 2,
  title: text("One round of averaging", "平均一轮"),
  hints: [
    text("Over how many values does a node with two neighbours average?", "有两个邻居的节点，要对几个值取平均？"),
    text("For each node: `average([___, ...around].map((other) => values[other]))`.", "对每个节点：`average([___, ...around].map((other) => values[other]))`。"),
  ],
  async run(student, t) {
    const what = text("A star with values 8, 0, 4, 0 and a node alone with 5", "星形图，值是 8、0、4、0，外加一个孤立节点，值是 5");
    const value = await student.call("smooth", [star, [8, 0, 4, 0, 5]]);
    const got = Array.isArray(value) ? value.map(Number) : [];
    const reason = (en: string, zh: string) => ({
      saw: text(`A star with values 8, 0, 4, 0 and a node alone with 5 becomes ${list(got)}.`, `星形图（8、0、4、0）加一个孤立节点（5），变成了 ${list(got)}。`),
      expected: text("Each node holds the mean of its own and its neighbours' values.", "每个节点应该是自己和邻居的值的平均。"),
      cause: text(en, zh),
    });
    t.that(got.length === 5, { saw: text(`${got.length} values came back for 5 nodes.`, `5 个节点，得到 ${got.length} 个值。`), expected: text("One value a node.", "每个节点一个值。") });
    t.that(!(Math.abs(got[1]! - 8) < 1e-9 && Math.abs(got[2]! - 8) < 1e-9), reason("The outer nodes took the middle's value and forgot their own: is the self-loop missing?", "外圈的节点拿了中间的值，忘了自己的：是不是漏了自环？"));
    t.that(!(Math.abs(got[0]! - 12) < 1e-9), reason("Do you add up where you should average?", "该取平均的地方，是不是用了求和？"));
    t.that(!(Math.abs(got[0]! - 4) < 1e-9), reason("Do you divide by the neighbours only? The node itself counts, too.", "是不是只除以邻居的个数？节点自己也要算进去。"));
    t.that(!(Math.abs(got[0]! - 3) < 1e-9 && Math.abs(got[1]! - 1.5) < 1e-9), reason("Did values change while you were still averaging? All new values come from the old ones.", "是不是边算边改了值？所有新值都要从旧值来算。"));
    t.allClose(value, [3, 4, 6, 4, 5], { what, tolerance: 1e-9 });
    return t.pass(text("The middle fell from 8 to 3, and the node alone kept its 5: no news without an edge.", "中间从 8 降到 3，孤立的节点还是 5：没有边，就没有消息。"));
  },
  wrong: [
    { name: "forgets the self-loop", edit: ["[node, ...around]", "(around.length ? around : [node])"], expects: /self-loop/ },
    { name: "sums", edit: ["average([node, ...around].map((other) => values[other]))", "[node, ...around].reduce((sum, other) => sum + values[other], 0)"], expects: /should average/ },
    { name: "divides by the neighbours only", edit: ["average([node, ...around].map((other) => values[other]))", "[node, ...around].reduce((sum, other) => sum + values[other], 0) / Math.max(1, around.length)"], expects: /itself counts, too/ },
    { name: "changes values on the way", edit: ["return neighbors.map((around, node) => average([node, ...around].map((other) => values[other])));", "const now = [...values]; neighbors.forEach((around, node) => { now[node] = average([node, ...around].map((other) => now[other])); }); return now;"], expects: /old ones/ },
  ],
});

export const normalise = defineCheck({
  id: "normalise",
  points: 3,
  title: text("The normalised adjacency matrix", "归一化的邻接矩阵"),
  hints: [
    text("What stands on the diagonal before you count degrees? And how many degrees does an entry have to do with?", "数度之前，对角线上应该是什么？一个元素和几个度有关？"),
    text("`entry / Math.sqrt(degree[i] * ___)`, with degrees that are sums of the rows of ___.", "`entry / Math.sqrt(degree[i] * ___)`，度是 ___ 各行的和。"),
  ],
  async run(student, t) {
    // A path of three: with self-loops the degrees are 2, 3, 2.
    const a = [[0, 1, 0], [1, 0, 1], [0, 1, 0]];
    const right = [[1 / 2, 1 / Math.sqrt(6), 0], [1 / Math.sqrt(6), 1 / 3, 1 / Math.sqrt(6)], [0, 1 / Math.sqrt(6), 1 / 2]];
    const value = await student.call("normalise", [a]);
    t.shape(value, [3, 3], { what: "normalise" });
    const got = t.finite(value, { what: "normalise" });
    const reason = (en: string, zh: string) => ({
      saw: text(`For a path of three nodes the first two rows are ${list(got.slice(0, 3))} and ${list(got.slice(3, 6))}.`, `三个节点的一条路，前两行是 ${list(got.slice(0, 3))} 和 ${list(got.slice(3, 6))}。`),
      expected: text("Entries of A + I, each divided by the root of both degrees.", "应该是 A + I 的元素，各除以两个度之积的平方根。"),
      cause: text(en, zh),
    });
    t.that(got[0] !== 0, reason("The diagonal is empty: where are the self-loops?", "对角线是空的：自环在哪里？"));
    t.that(!(Math.abs(got[0]! - 1) < 1e-9 && Math.abs(got[1]! - 1) < 1e-9), reason("Nothing is divided yet.", "还没有除。"));
    t.that(!(apart(got, [1 / 2, 1 / 2, 0, 1 / 3, 1 / 3, 1 / 3, 0, 1 / 2, 1 / 2]) < 1e-9), reason("Do you divide by one degree only? That is a plain mean; here both ends count, each by its root.", "是不是只除以了一个度？那是普通平均；这里两端都算，各开平方根。"));
    t.that(!(Math.abs(got[0]! - 1) < 1e-9 && Math.abs(got[1]! - Math.SQRT1_2) < 1e-9), reason("Were degrees counted before the self-loops were added?", "是不是在加自环之前数的度？"));
    t.that(!(Math.abs(got[1]! - 1 / 6) < 1e-9), reason("The root is missing.", "漏了平方根。"));
    t.allClose(got, right.flat(), { what: "normalise", tolerance: 1e-9 });
    return t.pass(text("The middle node hears itself with 1/3 and each neighbour with 0.41: who has many neighbours is turned down.", "中间的节点听自己占 1/3，听每个邻居占 0.41：邻居多的，音量调小。"));
  },
  wrong: [
    { name: "adds no self-loops", edit: ["entry + (i === j ? 1 : 0)", "entry"], expects: /where are the self-loops/ },
    { name: "divides by its own degree only", edit: ["Math.sqrt(degree[i] * degree[j])", "degree[i]"], expects: /one degree only/ },
    { name: "counts degrees before the self-loops", edit: ["const degree = looped.map", "const degree = adjacency.map"], expects: /before the self-loops/ },
    { name: "forgets the root", edit: ["Math.sqrt(degree[i] * degree[j])", "(degree[i] * degree[j])"], expects: /root is missing/ },
  ],
});

export const layer = defineCheck({
  id: "layer",
  points: 2,
  title: text("A graph convolution", "图卷积"),
  hints: [
    text("Two products and one cut. In which order do the shapes fit: N is nodes × nodes, X nodes × columns, W columns × units?", "两次乘法，一次截断。形状按什么顺序才对得上：N 是节点×节点，X 是节点×列，W 是列×单元？"),
    text("`multiply(multiply(n, ___), ___)`, then `Math.max(0, entry)` for every entry.", "`multiply(multiply(n, ___), ___)`，再对每个元素取 `Math.max(0, entry)`。"),
  ],
  async run(student, t) {
    const n = [[0.5, 0.5], [0.25, 0.75]], x = [[2, 0], [0, 4]], w = [[1, -1], [1, 0.25]];
    const value = await student.call("layer", [n, x, w]);
    t.shape(value, [2, 2], { what: "layer" });
    const got = t.finite(value, { what: "layer" });
    const reason = (en: string, zh: string) => ({
      saw: text(`On a graph of two nodes the layer gives ${list(got)}.`, `两个节点的图上，这一层得到 ${list(got)}。`),
      expected: text("relu(N X W).", "应该是 relu(N X W)。"),
      cause: text(en, zh),
    });
    t.that(!(got[1]! < 0), reason("A negative number is left: is the relu missing?", "还有负数：是不是漏了 relu？"));
    t.that(!(apart(got, [2, 0, 4, 1]) < 1e-9), reason("Did the edges take part? This is X W alone, a layer without a graph.", "边参加了吗？这只是 X W，是没有图的层。"));
    t.that(!(apart(got, [1, 2, 0.5, 3]) < 1e-9), reason("Did the weights take part? This is N X alone.", "权重参加了吗？这只是 N X。"));
    t.allClose(got, [3, 0, 3.5, 0.25], { what: "layer", tolerance: 1e-9, cause: text("Is the order N, then X, then W?", "顺序是 N、X、W 吗？") });
    return t.pass(text("Two products and a cut: that is all of a GCN's layer. Both nodes now hold something of the other.", "两次乘法加一次截断，GCN 的一层就是这些。两个节点里都有了对方的一部分。"));
  },
  wrong: [
    { name: "forgets the relu", edit: [".map((row) => row.map((entry) => Math.max(0, entry)))", ""], expects: /relu missing/ },
    { name: "leaves the edges out", edit: ["multiply(multiply(n, x), w)", "multiply(x, w)"], expects: /layer without a graph/ },
    { name: "leaves the weights out", edit: ["multiply(multiply(n, x), w)", "multiply(n, x)"], expects: /N X alone/ },
    { name: "multiplies in another order", edit: ["multiply(multiply(n, x), w)", "multiply(multiply(x, n), w)"], expects: /order N/ },
  ],
});

export const walk = defineCheck({
  id: "walk",
  points: 3,
  title: text("A random walk", "随机游走"),
  hints: [
    text("Where does the walk stand now? From whose neighbours do you choose?", "现在走到哪里了？该从谁的邻居里选？"),
    text("`choices = neighbors[___]`; the place in it is `Math.floor(number * ___)`.", "`choices = neighbors[___]`；在其中的位置是 `Math.floor(number * ___)`。"),
  ],
  async run(student, t) {
    const around = [[1], [0, 2, 3], [1, 3], [1, 2]];
    const dice = [0.99, 0.4, 0.6, 0.1, 0.99];
    const what = "walk";
    const value = await student.call("walk", [around, 0, dice]);
    const got = Array.isArray(value) ? value.map(Number) : [];
    const shown = got.join(" ");
    const reason = (en: string, zh: string) => ({ saw: text(`From node 0 with dice 0.99, 0.4, 0.6, 0.1, 0.99 you walk ${shown}.`, `从节点 0 出发，骰子是 0.99、0.4、0.6、0.1、0.99，你走过 ${shown}。`), expected: text("A start and five steps, each along an edge.", "应该是起点加五步，每一步都沿着边。"), cause: text(en, zh) });
    t.that(got.length === 6, reason("The start and one node for each number of the dice: is something added twice or never?", "起点加上每个骰子数对应的一个节点：是不是有的加了两次，有的没加？"));
    t.that(got.every((node) => Number.isInteger(node) && node >= 0 && node < 4), reason("That is no node: round down with Math.floor, and look the neighbour up in the list.", "这不是节点编号：用 Math.floor 向下取整，再到邻居表里去查。"));
    const bad = got.findIndex((node, i) => i > 0 && !around[got[i - 1]!]!.includes(node));
    t.that(bad < 0 || !got.slice(1).every((node) => around[0]!.includes(node)), reason("All steps start from node 0. The next step begins where the last one ended.", "每一步都从节点 0 出发。下一步应该从上一步的终点开始。"));
    t.that(bad < 0, reason(`Between ${got[bad - 1]} and ${got[bad]} there is no edge: choose among the neighbours, not among all nodes.`, `${got[bad - 1]} 和 ${got[bad]} 之间没有边：要在邻居里选，不是在所有节点里选。`));
    const first = (await student.call("walk", [around, 1, [0.1, 0.1, 0.1]])) as unknown[];
    const last = (await student.call("walk", [around, 1, [0.9, 0.9, 0.9]])) as unknown[];
    t.that(String(first) !== String(last), { saw: text("Low dice and high dice give the same walk.", "骰子小和骰子大，走的路一样。"), expected: text("The number chooses: low ones the first neighbours, high ones the last.", "由数来选：小的选前面的邻居，大的选后面的。"), cause: text("Is `number` used?", "用到 `number` 了吗？") });
    // Each neighbour of node 1 has a third of the dice.
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 12; i++) counts[Number(((await student.call("walk", [around, 1, [(i + 0.5) / 12]])) as unknown[])[1])]!++;
    t.that(counts[0] === 4 && counts[2] === 4 && counts[3] === 4, { saw: text(`From node 1, with 12 dice spread evenly, its neighbours 0, 2, 3 come ${counts[0]}, ${counts[2]} and ${counts[3]} times.`, `从节点 1 出发，12 个均匀的骰子，邻居 0、2、3 各来了 ${counts[0]}、${counts[2]}、${counts[3]} 次。`), expected: text("Each equally often.", "应该一样多。") });
    t.equal(got[0], 0, { what });
    return t.pass(text(`Your walk: ${shown}. From node 1 each of three neighbours has a third of the dice.`, `你走过的路：${shown}。从节点 1 出发，三个邻居各占三分之一。`));
  },
  wrong: [
    { name: "jumps to any node", edit: ["const choices = neighbors[visited.at(-1)!];", "const choices = neighbors.map((_, node) => node);"], expects: /there is no edge/ },
    { name: "always starts from the start", edit: ["neighbors[visited.at(-1)!]", "neighbors[start]"], expects: /start from node 0/ },
    { name: "takes the first neighbour always", edit: ["choices[Math.floor(number * choices.length)]", "choices[0]"], expects: /Is `number` used/ },
    { name: "returns the place, not the neighbour", edit: ["choices[Math.floor(number * choices.length)]", "Math.floor(number * choices.length)"], expects: /there is no edge|start from node 0/ },
    { name: "adds each node twice", edit: ["visited.push(choices[Math.floor(number * choices.length)]);", "const next = choices[Math.floor(number * choices.length)]; visited.push(next, next);"], expects: /added twice/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: text("Repair the label features", "修好标签特征"),
  hints: [
    text("For a node that is not in `train`, what does its row say now? What may it say?", "不在 `train` 里的节点，现在那一行写着什么？它可以写什么？"),
    text("A one only where the name is the label and the node is ___.", "只有名称等于标签，而且这个节点 ___ 时，才写 1。"),
  ],
  async run(student, t) {
    const labels = ["b", "a", "c", "b", "a"];
    const got = await student.call("labelFeatures", [labels, ["a", "b", "c"], [0, 4]]);
    t.shape(got, [5, 3], { what: "labelFeatures" });
    const flat = t.finite(got, { what: "labelFeatures" });
    const row = (node: number) => flat.slice(3 * node, 3 * node + 3);
    const reason = (node: number, en: string, zh: string) => ({
      saw: text(`Of five nodes 0 and 4 may be known; the row of node ${node} is ${list(row(node))}.`, `五个节点里只有 0 和 4 的标签可以知道；节点 ${node} 的那一行是 ${list(row(node))}。`),
      expected: text("The class of a node of train, and nothing but zeros for the others.", "train 里的节点写出类别，其余全是零。"),
      cause: text(en, zh),
    });
    t.that(row(0).some((value) => value !== 0) || row(1).every((value) => value === 0), reason(0, "Known and unknown are exchanged.", "已知和未知对调了。"));
    t.that(row(0).some((value) => value !== 0), reason(0, "Now nobody's label is shown. Those of train may be.", "现在谁的标签都没有了。train 里的是可以用的。"));
    for (const node of [1, 2, 3]) t.that(row(node).every((value) => value === 0), reason(node, "This node is to be judged later, and its answer stands in its own features.", "这个节点以后要用来评分，答案却写在它自己的特征里。"));
    t.allClose(flat, [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], { what: "labelFeatures", tolerance: 1e-9 });
    return t.pass(text("Three of five rows are zeros now. What is honest looks emptier.", "五行里有三行是零了。诚实的数据看起来空一些。"));
  },
  wrong: [
    { name: "hides all labels", edit: ["open && name === label", "open && !open && name === label"], expects: /nobody's label/ },
    { name: "shows the others instead", edit: ["open && name === label", "!open && name === label"], expects: /exchanged/ },
    { name: "hides them with a half", edit: ["(open && name === label ? 1 : 0)", "(name === label ? (open ? 1 : 0.5) : 0)"], expects: /answer stands in its own features/ },
    { name: "shows a false class to the others", edit: ["(open && name === label ? 1 : 0)", "(open ? Number(name === label) : Number(name === classes[0]))"], expects: /answer stands in its own features/ },
  ],
});
