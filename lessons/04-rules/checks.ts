import { defineCheck } from "../checks/index.js";

export const chain = defineCheck({
  id: "chain",
  points: 3,
  title: { en: "Forward chaining", zh: "前向链接" },
  hints: [
    {
      en: "One round through the list is not enough: a rule near the top may wait for what a rule below concludes. How do you notice that a whole round has added nothing?",
      zh: "只走一遍列表不够：排在前面的规则，可能要等后面的规则得出结论。怎样知道一整轮什么也没有添加？",
    },
    {
      en: "`for (const rule of rules) if (rule.when.___((fact) => known.includes(fact)) && !___) known.push(rule.then);`, inside a loop that ends when `known` has stopped growing.",
      zh: "`for (const rule of rules) if (rule.when.___((fact) => known.includes(fact)) && !___) known.push(rule.then);`，外面套一个循环，`known` 不再变长就停。",
    },
  ],
  async run(student, t) {
    const rule = (name: string, when: string[], then: string) => ({ name, when, then });
    // Each rule waits for the one below it.
    const stairs = [rule("c", ["wet"], "slippery"), rule("b", ["rain", "outside"], "wet"), rule("a", ["clouds"], "rain")];
    const ask = async (rules: object[], facts: string[]) => {
      const list = await student.call("chain", [rules, facts]);
      if (!Array.isArray(list) || !list.every((one): one is string => typeof one === "string")) {
        return t.fail({ saw: { en: "chain did not return a list of facts.", zh: "chain 返回的不是一列事实。" }, expected: { en: "A list of strings.", zh: "应该是字符串的列表。" } });
      }
      return list;
    };
    const shown = (list: string[]) => list.join(", ") || "-";
    const all = await ask(stairs, ["clouds", "outside"]);
    const about = (en: string, zh: string) => ({
      saw: { en: `Of rules about weather, given "clouds" and "outside", you conclude: ${shown(all)}.`, zh: `关于天气的规则，已知 clouds 和 outside，你得出：${shown(all)}。` },
      expected: { en: "Everything that follows, also what follows from conclusions.", zh: "应该得出能推出的一切，包括从结论再推出的。" },
      cause: { en, zh },
    });
    t.that(all.includes("clouds") && all.includes("outside"), about("The facts that were given are missing: they hold too.", "少了给定的事实：它们同样成立。"));
    t.that(all.includes("rain"), about("No rule has fired, although all its conditions are known.", "条件全都已知，却没有规则触发。"));
    t.that(all.includes("slippery"), about("Do you go through the list once only? A rule at the top may have to wait for one below.", "是不是只走了一遍列表？上面的规则可能要等下面的规则。"));
    t.that(new Set(all).size === all.length, about("A fact stands there twice: is a conclusion added although it is known?", "有事实重复了：结论已知时，是不是又加了一次？"));
    const half = await ask(stairs, ["rain"]);
    t.that(!half.includes("wet"), {
      saw: { en: `Given "rain" only, you conclude: ${shown(half)}.`, zh: `只知道 rain，你得出：${shown(half)}。` },
      expected: { en: `No "wet": that rule needs "rain" and "outside".`, zh: "不应该有 wet：那条规则需要 rain 和 outside 两个条件。" },
      cause: { en: "Does one condition suffice for you where all are needed?", zh: "需要满足全部条件的地方，是不是满足一个就算数了？" },
    });
    const circle = await ask([rule("there", ["left"], "right"), rule("back", ["right"], "left")], ["left"]);
    t.equal([...circle].sort(), ["left", "right"], { what: { en: "The result of two rules that conclude each other", zh: "两条互相推出的规则的结果" } });
    return t.pass({
      en: `From 2 facts you concluded ${all.length - 2} more, and the rule that stood first fired last: the order of the list does not matter.`,
      zh: `从 2 个事实推出了另外 ${all.length - 2} 个，排在最前的规则最后才触发：列表的顺序不要紧。`,
    });
  },
  wrong: [
    { name: "goes through the list once", edit: ["} while (known.length > before);", "} while (false);"], expects: /list once only/ },
    { name: "takes any condition for all", edit: ["rule.when.every(", "rule.when.some("], expects: /one condition suffice/ },
    { name: "returns conclusions only", edit: ["const known = [...facts];", "const known: string[] = [];\n  const had = facts;"], expects: /given are missing|No rule has fired/ },
    {
      name: "adds known facts again",
      edit: ["if (rule.when.every((fact) => known.includes(fact)) && !known.includes(rule.then)) known.push(rule.then);", "if (rule.when.every((fact) => known.includes(fact)) && known.length < 12) known.push(rule.then);"],
      expects: /stands there twice/,
    },
  ],
});

export const gini = defineCheck({
  id: "gini",
  points: 2,
  title: { en: "Gini impurity", zh: "基尼不纯度" },
  hints: [
    { en: "What is the chance that two drawn labels are both \"a\"? And both \"b\"? What is left for two different ones?", zh: "抽两个，都是 a 的机会是多少？都是 b 呢？剩下的就是两个不同的机会。" },
    { en: "For each kind: how many of it, divided by ___. Square that, add up over the kinds, and take it from ___.", zh: "对每一类：个数除以 ___，平方，各类相加，再从 ___ 里减去。" },
  ],
  async run(student, t) {
    const labels = ["a", "a", "a", "a", "b"];
    const what = 'gini(["a", "a", "a", "a", "b"])';
    const value = t.number(await student.call("gini", [labels]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${value}.`, zh: `${what} 是 ${value}。` },
      expected: { en: "The chance that two of these five, drawn with replacement, differ.", zh: "应该是从这五个里有放回地抽两个，两个不同的机会。" },
      cause: { en, zh },
      next: { en: "Work out 4/5 · 4/5 and 1/5 · 1/5 on paper.", zh: "先在纸上算出 4/5 · 4/5 和 1/5 · 1/5。" },
    });
    t.that(Math.abs(value - 0.68) > 1e-9, reason("That is the chance of two labels that are the same. Gini is the chance of different ones.", "这是两个相同的机会。基尼不纯度是两个不同的机会。"));
    t.that(Math.abs(value - 0.64) > 1e-9, reason("Did you scale it so that 1 is fully mixed? Gini is a chance; for two classes it ends at a half.", "是不是乘了一个倍数，让 1 表示完全混合？基尼是一个机会，两类时最多到一半。"));
    t.that(Math.abs(value) > 1e-9, reason("The plain shares always add up to 1: the square is missing.", "份额本身加起来总是 1：漏了平方。"));
    t.that(Math.abs(value - 0.2) > 1e-9, reason("That is the share of the smaller class. Two groups with the same share of errors can be mixed differently.", "这是少数那类所占的份额。错误份额相同的两组，混合程度可以不同。"));
    t.that(Math.abs(value - 0.4) > 1e-9, reason("Did you draw without putting back?", "是不是抽出后没有放回？"));
    t.close(value, 0.32, { what });
    t.close(await student.call("gini", [["a", "b", "c", "c"]]), 0.625, { what: 'gini(["a", "b", "c", "c"])', cause: { en: "Does it work for more than two kinds?", zh: "多于两类时还对吗？" } });
    t.close(await student.call("gini", [["a", "a"]]), 0, { what: { en: "The Gini of labels that are all alike", zh: "标签全部相同时的基尼不纯度" }, tolerance: 1e-12 });
    return t.pass({ en: "Four of one kind and one of another differ in 8 of 25 draws: 0.32.", zh: "四个一类、一个另一类：25 次抽取里有 8 次不同，即 0.32。" });
  },
  wrong: [
    { name: "takes the chance of the same", edit: ["return 1 - [...new Set", "return [...new Set"], expects: /two labels that are the same/ },
    { name: "makes 1 fully mixed", edit: ["return 1 - [...new Set(labels)].reduce((sum, kind) => sum + share(kind) ** 2, 0);", "return 2 * (1 - [...new Set(labels)].reduce((sum, kind) => sum + share(kind) ** 2, 0));"], expects: /1 is fully mixed/ },
    { name: "forgets the square", edit: ["share(kind) ** 2", "share(kind)"], expects: /square is missing/ },
    { name: "counts the smaller class", edit: ["return 1 - [...new Set(labels)].reduce((sum, kind) => sum + share(kind) ** 2, 0);", "return 1 - Math.max(...labels.map(share));"], expects: /smaller class/ },
  ],
});

export const after = defineCheck({
  id: "after",
  points: 2,
  title: { en: "What is still mixed", zh: "问过之后还有多混" },
  hints: [
    { en: "Suppose one side has 1 patient and the other 99. Should both count the same?", zh: "假如一边有 1 个病人，另一边有 99 个，两边该一样重要吗？" },
    { en: "`(yes.length * gini(yes) + ___ * gini(no)) / ___`", zh: "`(yes.length * gini(yes) + ___ * gini(no)) / ___`" },
  ],
  async run(student, t) {
    // Yes: one a, settled. No: two a, two b.
    const what = 'after([1, 2, 3, 4, 5], ["a", "a", "b", "a", "b"], 1)';
    const value = t.number(await student.call("after", [[1, 2, 3, 4, 5], ["a", "a", "b", "a", "b"], 1]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${value}.`, zh: `${what} 是 ${value}。` },
      expected: { en: "One settled label and four that are half and half, each side weighted by its rows.", zh: "一个已经确定，另外四个各半；两边按行数加权。" },
      cause: { en, zh },
    });
    t.that(Math.abs(value - 0.25) > 1e-9, reason("Did you average the two sides as if they had equally many rows? Then splitting off single patients looks wonderful.", "是不是把两边当成一样多来取平均？那样，每次只分出一个病人会显得非常好。"));
    t.that(Math.abs(value - 0.5) > 1e-9, reason("Do you add the two sides, or look at the worse one only?", "是不是把两边直接相加，或者只看较差的一边？"));
    t.that(Math.abs(value - 2) > 1e-9, reason("The weights are numbers of rows: divide by all rows at the end.", "权重用的是行数：最后要除以总行数。"));
    t.that(Math.abs(value - 0.1) > 1e-9, reason("The weights are crossed: each side counts by its own rows.", "权重交叉了：每一边要用自己的行数。"));
    t.that(Math.abs(value - 0.08) > 1e-9, reason("That is how much the Gini falls. Here we ask for what is left.", "这是基尼下降了多少。这里要的是剩下多少。"));
    t.close(value, 0.4, { what, tolerance: 1e-9 });
    t.close(await student.call("after", [[2, 1, 4, 3], ["a", "a", "b", "b"], 2]), 0, { what: { en: "after a question that settles everything", zh: "一个问题就分清所有行之后的结果" }, tolerance: 1e-12 });
    return t.pass({ en: "One patient of five is settled, and Gini fell from 0.48 to 0.40 only: the four others still weigh most.", zh: "五个里确定了一个，基尼只从 0.48 降到 0.40：另外四个仍占大头。" });
  },
  wrong: [
    { name: "averages the sides without weights", edit: ["(yes.length * gini(yes) + no.length * gini(no)) / labels.length", "(gini(yes) + gini(no)) / 2"], expects: /equally many rows/ },
    { name: "adds the sides", edit: ["(yes.length * gini(yes) + no.length * gini(no)) / labels.length", "gini(yes) + gini(no)"], expects: /add the two sides/ },
    { name: "forgets to divide", edit: [" / labels.length;\n}", ";\n}"], expects: /divide by all rows/ },
    { name: "crosses the weights", edit: ["yes.length * gini(yes) + no.length * gini(no)", "no.length * gini(yes) + yes.length * gini(no)"], expects: /crossed/ },
    { name: "gives the fall", edit: ["return (yes.length", "return gini(labels) - (yes.length"], expects: /how much the Gini falls/ },
  ],
});

export const best = defineCheck({
  id: "best",
  points: 3,
  title: { en: "The best question", zh: "最好的问题" },
  hints: [
    { en: "Sort the different values first. Between which of them can a threshold lie, and how many middles are there?", zh: "先把不同的值排好序。阈值可以落在哪些值之间？一共有几个中点？" },
    { en: "`const sorted = [...new Set(values)].sort((a, b) => ___)`; for each i from 1: the middle of `sorted[i - 1]` and `___`, and keep it if `after(...)` is ___ than before.", zh: "`const sorted = [...new Set(values)].sort((a, b) => ___)`；i 从 1 开始：取 `sorted[i - 1]` 和 `___` 的中点，如果 `after(...)` 比之前更 ___ 就留下。" },
  ],
  async run(student, t) {
    // As text, 10 and 12 would stand before 2: then the middle of 9 and 10 is never tried.
    const values = [10, 2, 12, 9, 4, 11];
    const labels = ["b", "a", "b", "a", "a", "b"];
    const what = "bestQuestion([10, 2, 12, 9, 4, 11], [b, a, b, a, a, b])";
    const found = (await student.call("bestQuestion", [values, labels])) as { threshold?: unknown; mixed?: unknown } | undefined;
    const threshold = t.number(found?.threshold, { what: { en: `The threshold of ${what}`, zh: `${what} 的阈值` }, cause: { en: "Was any threshold kept?", zh: "有没有留下任何阈值？" } });
    const reason = (en: string, zh: string) => ({
      saw: { en: `On six values between 2 and 12 your threshold is ${threshold}.`, zh: `六个值在 2 和 12 之间，你的阈值是 ${threshold}。` },
      expected: { en: "The one that separates a from b completely: all a are at most 9, all b at least 10.", zh: "应该是把 a 和 b 完全分开的那个：a 都不超过 9，b 都不小于 10。" },
      cause: { en, zh },
    });
    const { length } = labels.filter((label, i) => (label === "a") !== (values[i]! <= threshold));
    t.that(threshold !== 3 && threshold !== 11.5, reason("Is the comparison turned round? You keep a question after which the labels are most mixed.", "比较的方向是不是反了？你留下的是问完之后最混的那个问题。"));
    t.that(length === 0, reason("Are the values sorted as numbers? Plain sort() compares text, and there \"10\" stands before \"2\". Are all neighbours tried?", "是按数排序的吗？直接用 sort() 比的是文字，“10”会排在“2”前面。所有相邻的值都试过了吗？"));
    t.that(threshold !== 9, reason("That is a value of the data, not the middle: a new patient with 9.2 would be closer to 9 than to 10.", "这是数据里的一个值，不是中点：新病人若是 9.2，离 9 比离 10 近。"));
    t.that(Math.abs(threshold - 9.5) < 1e-9, reason("It separates, but it is not halfway between the two neighbours.", "分是分开了，但不在两个相邻值的正中间。"));
    t.close(found?.mixed, 0, { what: { en: "`mixed` of a question that separates everything", zh: "完全分开时的 `mixed`" }, tolerance: 1e-9 });
    // Ties: no threshold may fall between equal values, and the best is not the most even one.
    const tied = (await student.call("bestQuestion", [[5, 5, 5, 6, 7, 7], ["a", "a", "b", "b", "b", "b"]])) as { threshold?: unknown; mixed?: unknown } | undefined;
    t.close(tied?.threshold, 5.5, { what: { en: "The threshold for 5, 5, 5, 6, 7, 7 with labels a, a, b, b, b, b", zh: "值 5, 5, 5, 6, 7, 7，标签 a, a, b, b, b, b 时的阈值" }, tolerance: 1e-9 });
    t.close(tied?.mixed, 2 / 9, { what: { en: "`mixed` for that question", zh: "这个问题的 `mixed`" }, tolerance: 1e-9 });
    return t.pass({ en: "You tried 5 thresholds for 6 values; the tree does the same with 400 and more, for every column.", zh: "6 个值，你试了 5 个阈值；树对每一列都这样做，一列有四百多个值。" });
  },
  wrong: [
    { name: "sorts as text", edit: [".sort((a, b) => a - b)", ".sort()"], expects: /sorted as numbers/ },
    { name: "keeps the most mixed", edit: ["if (mixed < best.mixed)", "if (mixed > best.mixed || i === 1)"], expects: /turned round/ },
    { name: "takes a value for the middle", edit: ["(sorted[i - 1] + sorted[i]) / 2", "sorted[i - 1]"], expects: /not the middle/ },
    { name: "stops one too early", edit: ["i < sorted.length; i++", "i < 3; i++"], expects: /all neighbours tried/ },
  ],
});

const people = [
  { radius: 15.1, texture: 23, smoothness: 0.132, dents: 0.149 },
  { radius: 17.2, texture: 20.4, smoothness: 0.12, dents: 0.11 },
  { radius: 14.3, texture: 29, smoothness: 0.15, dents: 0.16 },
  { radius: 16, texture: 30, smoothness: 0.14, dents: 0.142 },
  { radius: 11, texture: 20, smoothness: 0.11, dents: 0.05 },
];

export const contest = defineCheck({
  id: "contest",
  points: 3,
  title: { en: "What a patient can contest", zh: "病人可以质疑什么" },
  hints: [
    { en: "Copy the patient, change one column in the copy, and ask the tree again. Which two factors stand for 5 percent up and 5 percent down?", zh: "复制病人，只改副本的一列，再问一次树。上调 5% 和下调 5%，各乘以什么？" },
    { en: "`asked.filter((column) => [1 - slack, ___].some((factor) => tree.predict([{ ...patient, [column]: patient[column] * ___ }])[0] !== ___))`", zh: "`asked.filter((column) => [1 - slack, ___].some((factor) => tree.predict([{ ...patient, [column]: patient[column] * ___ }])[0] !== ___))`" },
  ],
  async run(student, t) {
    const columns = ["radius", "texture", "smoothness", "dents"] as const;
    let [shaky, firm] = [0, 0];
    for (const slack of [0.05, 0.15]) for (const patient of people) {
      const moves = columns.flatMap((column) => [1 - slack, 1 + slack].map((factor) => ({ column, factor, patient: { ...patient, [column]: patient[column] * factor } })));
      const all = columns.reduce((copy, column) => ({ ...copy, [column]: patient[column] * (1 - slack) }), patient);
      const answers = (await student.call("tree.predict", [[patient, ...moves.map((move) => move.patient), all]])) as string[];
      const turns = moves.filter((_, i) => answers[i + 1] !== answers[0]);
      const want = columns.filter((column) => turns.some((move) => move.column === column));
      const list = await student.call("contest", [patient, slack]);
      const name = `contest({ radius: ${patient.radius}, texture: ${patient.texture}, smoothness: ${patient.smoothness}, dents: ${patient.dents} }, ${slack})`;
      if (!Array.isArray(list)) return t.fail({ saw: { en: `${name} gives no list.`, zh: `${name} 给出的不是列表。` }, expected: { en: "A list of columns.", zh: "应该是一列列名。" } });
      const got = [...new Set(list.map(String))];
      const reason = (en: string, zh: string) => ({
        saw: { en: `${name} gives ${got.length} columns${got.length ? `: ${got.join(", ")}` : ""}.`, zh: `${name} 给出 ${got.length} 列${got.length ? `：${got.join("、")}` : ""}。` },
        expected: { en: "Each column that alone, moved up or down by that share, changes what your tree answers.", zh: "应该是这样的列：只把它上调或下调这个比例，树的回答就变。" },
        cause: { en, zh },
      });
      for (const column of columns) {
        if (want.includes(column) && !got.includes(column)) {
          const up = turns.some((move) => move.column === column && move.factor > 1);
          const down = turns.some((move) => move.column === column && move.factor < 1);
          t.fail(reason(
            up && down ? `${column} is missing: moving it changes the answer. Is the slack a share of the value?` : `${column} is missing: moved ${up ? "up" : "down"} it changes the answer. Do you move in both directions?`,
            up && down ? `少了 ${column}：移动它会改变回答。slack 是不是按值的比例算的？` : `少了 ${column}：${up ? "上调" : "下调"}它会改变回答。两个方向都试了吗？`,
          ));
        }
        if (!want.includes(column) && got.includes(column)) {
          t.fail(reason(
            `${column} does not belong there: moved alone, it leaves the answer as it is. Do you look at the threshold instead of the answer, or move several values at once?`,
            `${column} 不该在里面：只移动它，回答不变。看的是不是阈值而不是回答，或者一次移动了几个值？`,
          ));
        }
      }
      if (want.length) shaky++;
      else firm++;
    }
    return t.pass({
      en: `Of ${shaky + firm} trials the answer could be contested in ${shaky}. Crossing a threshold is not enough: behind it the same answer may wait.`,
      zh: `${shaky + firm} 次试验里，有 ${shaky} 次的回答可以质疑。越过阈值还不够：另一边的回答可能一样。`,
    });
  },
  wrong: [
    { name: "moves up only", edit: ["[1 - slack, 1 + slack].some", "[1 + slack].some"], expects: /both directions/ },
    { name: "takes crossing a threshold for another answer", edit: ["return tree.predict([moved])[0] !== answer;", "return nn.decisionPath(tree, { x: moved }).nodes.join() !== nn.decisionPath(tree, { x: patient }).nodes.join();"], expects: /threshold instead of the answer/ },
    { name: "moves every value at once", edit: ["{ ...patient, [column]: patient[column] * factor }", "{ radius: patient.radius * factor, texture: patient.texture * factor, smoothness: patient.smoothness * factor, dents: patient.dents * factor }"], expects: /several values at once|both directions|share of the value/ },
    { name: "adds the slack instead of a share", edit: ["patient[column] * factor }", "patient[column] + factor - 1 }"], expects: /share of the value|both directions|threshold instead/ },
    { name: "lists all questions of the path", edit: ["return tree.predict([moved])[0] !== answer;", "return moved !== undefined;"], expects: /does not belong/ },
  ],
});

export const judge = defineCheck({
  id: "judge",
  points: 3,
  title: { en: "Judge by unseen patients", zh: "用没见过的病人评判" },
  hints: [
    { en: "Which rows may the tree grow on, and which only answer questions afterwards? Where does `depth` go?", zh: "树可以用哪些行来长，哪些行只在之后用来打分？`depth` 放在哪里？" },
    { en: "`const grown = grow(___, ___)`, then `score(grown.predict(___), ___).right` twice.", zh: "`const grown = grow(___, ___)`，再写两次 `score(grown.predict(___), ___).right`。" },
  ],
  async run(student, t) {
    const ask = async (depth: number, seed: number) => {
      const what = `judge(${depth}, ${seed})`;
      const value = (await student.call("judge", [depth, seed])) as { seen?: unknown; unseen?: unknown } | undefined;
      return { seen: t.between(value?.seen, 0, 1, { what: `${what}.seen` }), unseen: t.between(value?.unseen, 0, 1, { what: `${what}.unseen` }) };
    };
    const deep = await ask(30, 11);
    const flat = await ask(1, 11);
    const told = {
      saw: { en: `A tree that may ask 30 questions: seen ${deep.seen.toFixed(3)}, unseen ${deep.unseen.toFixed(3)}. One question: ${flat.seen.toFixed(3)} and ${flat.unseen.toFixed(3)}.`, zh: `最多问 30 个问题的树：见过的 ${deep.seen.toFixed(3)}，没见过的 ${deep.unseen.toFixed(3)}。只问一个：${flat.seen.toFixed(3)} 和 ${flat.unseen.toFixed(3)}。` },
      expected: { en: "The deep tree should settle all rows that it grew on, and fail on some of the others.", zh: "深的树应该把见过的行全部答对，在没见过的行上会错一些。" },
    };
    t.that(!(deep.unseen === 1 && deep.seen < 1), { ...told, cause: { en: "Seen and unseen are swapped, or the tree grew on the rows that were held back.", zh: "见过的和没见过的对调了，或者树是用留出的行长的。" } });
    t.that(deep.unseen < 1, { ...told, cause: { en: "Has the tree seen the held-back rows? Grow it on `seen` only.", zh: "树是不是见过了留出的行？只能用 `seen` 来长。" } });
    t.that(deep.seen > 0.5 && flat.unseen > 0.5, { ...told, cause: { en: "Do you count wrong answers, or `missed`? Take `right`.", zh: "数的是答错的，还是 `missed`？应该取 `right`。" } });
    t.that(flat.seen < 0.98, { ...told, cause: { en: "One question cannot settle all rows: is `depth` handed to the tree?", zh: "一个问题分不清所有行：`depth` 交给树了吗？" } });
    t.that(deep.seen === 1, { ...told, cause: { en: "Are seen and unseen scored with the same rows, or is `depth` lost?", zh: "两个分数是不是用了同样的行，或者丢了 `depth`？" } });
    t.between(flat.unseen, 0.8, 0.99, { what: { en: "The score of one question on unseen rows", zh: "只问一个问题，在没见过的行上的成绩" } });
    const other = await ask(30, 12);
    t.that(other.unseen < 1 && other.seen === 1, told);
    return t.pass({ en: `Your deep tree is right for 100 % of what it has seen and for ${(100 * deep.unseen).toFixed(0)} % of what it has not. Only the second number is for Mei.`, zh: `你的深树：见过的答对 100%，没见过的答对 ${(100 * deep.unseen).toFixed(0)}%。对林梅来说，只有第二个数有意义。` });
  },
  wrong: [
    { name: "scores the rows it learned", edit: ["score(grown.predict(unseen), unseen)", "score(grown.predict(seen), seen)"], expects: /seen the held-back rows/ },
    { name: "grows on all rows", edit: ["grow(seen, depth)", "grow(parts.train, depth)"], expects: /Grow it on `seen` only/ },
    { name: "swaps the two", edit: ["grow(seen, depth)", "grow(unseen, depth)"], expects: /swapped/ },
    { name: "forgets the depth", edit: ["grow(seen, depth)", "grow(seen, 30)"], expects: /is `depth` handed/ },
    { name: "counts wrong answers", edit: ["seen).right, unseen: score(grown.predict(unseen), unseen).right", "seen).right, unseen: 1 - score(grown.predict(unseen), unseen).right"], expects: /wrong answers/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "A question worth asking", zh: "值得问的问题" },
  hints: [
    { en: "Write down the four cases of a and b, and harm or well beside each. Which single number is large for harm and small for well?", zh: "写下 a 和 b 的四种情况，旁边注明 harm 或 well。哪一个数在 harm 时大、well 时小？" },
    { en: "Harm comes when the two differ: `Math.abs(___ - ___)`. The outcome itself is not known at the bedside.", zh: "两者不同时才有害：`Math.abs(___ - ___)`。结果本身，在病床边还不知道。" },
  ],
  async run(student, t) {
    const cases = [[0, 0], [0, 1], [1, 0], [1, 1]] as const;
    const ask = async (outcome: (a: number, b: number) => string) => {
      const values: number[] = [];
      for (const [a, b] of cases) values.push(Number(await student.call("helpful", [{ a, b, outcome: outcome(a, b) }])));
      return values;
    };
    const values = await ask((a, b) => (a === b ? "well" : "harm"));
    const turned = await ask((a, b) => (a === b ? "harm" : "well"));
    const listed = cases.map(([a, b], i) => `a ${a}, b ${b}: ${values[i]}`).join("; ");
    const reason = (en: string, zh: string) => ({
      saw: { en: `Your column: ${listed}.`, zh: `你的列：${listed}。` },
      expected: { en: "A number on which one threshold separates one medicine from none and both.", zh: "应该是一个数，用一个阈值就能把“只用一种”和“都不用、都用”分开。" },
      cause: { en, zh },
    });
    t.finite(values, { what: { en: "The values of your column", zh: "你这一列的值" } });
    t.that(values.every((value, i) => value === turned[i]), reason("It changes when only the outcome changes. At the bedside nobody knows the outcome: that is data leakage.", "只改结果，它也跟着变。在病床边没有人知道结果：这是数据泄漏。"));
    const harm = [values[1]!, values[2]!], well = [values[0]!, values[3]!];
    const apart = Math.min(...harm) > Math.max(...well) || Math.max(...harm) < Math.min(...well);
    t.that(apart || !(values[0]! < values[1]! && values[2]! < values[3]! || values[0]! > values[1]! && values[2]! > values[3]!), reason("It grows with the number of medicines, and harm lies in the middle: that needs two questions.", "它随药的种数变大，而有害的在中间：要问两个问题。"));
    t.that(apart, reason("Some case of harm and some case of well are on the same side of every threshold.", "无论阈值取在哪里，总有一个 harm 和一个 well 落在同一边。"));
    return t.pass({ en: "One question instead of a lottery about age: the tree is now right for all 200. It needed somebody who knows medicines.", zh: "不再靠年龄碰运气，一个问题就够：200 人全对。但这需要一个懂药的人。" });
  },
  wrong: [
    { name: "looks at the outcome", edit: ["return Math.abs(patient.a - patient.b);", 'return patient.outcome === "harm" ? 1 : 0;'], expects: /data leakage/ },
    { name: "counts the medicines", edit: ["return Math.abs(patient.a - patient.b);", "return patient.a + patient.b + 1;"], expects: /two questions/ },
    { name: "asks whether both are taken", edit: ["return Math.abs(patient.a - patient.b);", "return patient.a * patient.b;"], expects: /same side of every threshold/ },
    { name: "takes one medicine", edit: ["return Math.abs(patient.a - patient.b);", "return patient.b;"], expects: /two questions|same side/ },
  ],
});
