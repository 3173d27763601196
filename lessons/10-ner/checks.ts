import { defineCheck } from "../checks/index.js";

const six = ["O", "B-PROBLEM", "I-PROBLEM", "B-TREATMENT", "I-TREATMENT", "B-BODY", "I-BODY", "B-NAME", "I-NAME", "B-DATE", "I-DATE", "B-NUMBER", "I-NUMBER"];
const label = (tag: string): number => six.indexOf(tag);
const words = (value: unknown): string => JSON.stringify(value);

interface Span {
  type: string;
  first: number;
  last: number;
}

export const spans = defineCheck({
  id: "spans",
  points: 3,
  title: { en: "Entities in BIO tags", zh: "BIO 标记里的实体" },
  hints: [
    { en: "At an `I-` tag there are two cases. When may it make `open` longer? What are the two things that must agree?", zh: "遇到 `I-` 有两种情况。什么时候可以把 `open` 拉长？要同时满足哪两个条件？" },
    { en: "`if (tag.startsWith(\"I-\") && open?.type === ___ && open.last === ___) open.last = ___; else if (tag !== ___) found.push(___)`", zh: "`if (tag.startsWith(\"I-\") && open?.type === ___ && open.last === ___) open.last = ___; else if (tag !== ___) found.push(___)`" },
  ],
  async run(student, t) {
    const ask = async (tags: string[]): Promise<Span[]> => (await student.call("spans", [tags])) as Span[];
    const told = (tags: string[], got: Span[], en: string, zh: string, cause: { en: string; zh: string }) => ({
      saw: { en: `spans(${words(tags)}) gives ${Array.isArray(got) ? `${got.length} entities` : "no list"}: ${words(got)}.`, zh: `spans(${words(tags)}) 给出${Array.isArray(got) ? ` ${got.length} 个实体` : "的不是列表"}：${words(got)}。` },
      expected: { en, zh }, cause,
    });
    const two = ["O", "B-NAME", "I-NAME", "O", "B-DATE"];
    const plain = await ask(two);
    t.that(Array.isArray(plain) && plain.length === 2, told(two, plain, "Two entities: a name of two words and a date of one.", "应该是两个实体：两个词的姓名，一个词的日期。", { en: "Does an I- open an entity of its own, or is the closing word lost?", zh: "是不是让 I- 另开了实体，或者漏掉了收尾？" }));
    t.that(plain[0]!.last === 2 || plain[0]!.last !== 3, told(two, plain, "`last` is the last word of the entity itself.", "`last` 应该是实体自己的最后一个词。", { en: "Is last one too far, as in slice?", zh: "last 是不是像 slice 那样多了一位？" }));
    t.that(plain[0]!.last !== 1, told(two, plain, "The name reaches from word 1 to word 2.", "姓名应该从词 1 到词 2。", { en: "Does I- leave the open entity as short as it was?", zh: "遇到 I- 时，是不是没有把实体拉长？" }));
    const side = ["B-PROBLEM", "B-PROBLEM"];
    const beside = await ask(side);
    t.that(beside.length === 2, told(side, beside, "Two problems, side by side.", "应该是并排的两个问题。", { en: "A B- always opens: do you join neighbours of one type?", zh: "B- 总是新开一个：是不是把相邻的同类连成了一个？" }));
    const gap = ["B-NAME", "O", "I-NAME"];
    const apart = await ask(gap);
    t.that(apart.length !== 1, told(gap, apart, "The I- is not right behind, so it opens an entity of its own.", "I- 没有紧跟在后面，所以应该另开一个实体。", { en: "Is the O between them forgotten?", zh: "是不是忘了中间隔着 O？" }));
    const other = ["B-NAME", "I-DATE"];
    const mixed = await ask(other);
    t.that(mixed.length === 2 && mixed[1]!.type === "DATE", told(other, mixed, "A name, then a date: the types differ.", "应该是姓名和日期：类型不同。", { en: "Do you compare the types before you make the open entity longer?", zh: "拉长之前，有没有比较类型？" }));
    t.equal([plain, beside, apart, mixed], [[{ type: "NAME", first: 1, last: 2 }, { type: "DATE", first: 4, last: 4 }], [{ type: "PROBLEM", first: 0, last: 0 }, { type: "PROBLEM", first: 1, last: 1 }], [{ type: "NAME", first: 0, last: 0 }, { type: "NAME", first: 2, last: 2 }], [{ type: "NAME", first: 0, last: 0 }, { type: "DATE", first: 1, last: 1 }]], { what: { en: "spans on four short lists", zh: "spans 在四个短列表上的结果" } });
    t.equal(await ask([]), [], { what: { en: "spans of no tags", zh: "没有标记时的 spans" } });
    return t.pass({ en: "Four lists, seven entities, and the two loose I- tags opened their own, as the usual scorers read them.", zh: "四个列表，七个实体；两个落单的 I- 各自成了实体，常用的评分程序也是这样读的。" });
  },
  wrong: [
    { name: "opens an entity at every tag", edit: ["if (tag.startsWith(\"I-\") && open?.type === type && open.last === at - 1) open.last = at;\n    else if (tag", "if (tag"], expects: /I- open an entity of its own/ },
    { name: "ignores I-", edit: ["open.last = at;", "open.last = open.last;"], expects: /as short as it was/ },
    { name: "counts one too far", edit: ["open.last = at;\n    else if (tag !== \"O\") found.push({ type, first: at, last: at });", "open.last = at;\n    else if (tag !== \"O\") found.push({ type, first: at, last: at });\n    if (tag === \"O\" && open && open.last === at - 1 && open.first < open.last) open.last = at;"], expects: /one too far/ },
    { name: "joins neighbours of one type", edit: ["tag.startsWith(\"I-\") &&", "tag !== \"O\" &&"], expects: /join neighbours/ },
    { name: "jumps over O", edit: [" && open.last === at - 1", ""], expects: /O between them/ },
    { name: "does not compare types", edit: ["open?.type === type && open.last", "open?.last"], expects: /compare the types/ },
  ],
});

export const score = defineCheck({
  id: "score",
  points: 3,
  title: { en: "Precision, recall, F1", zh: "精确率、召回率和 F1" },
  hints: [
    { en: "`real` and `said` hold one text for each entity. Which texts are in both? By what do you divide for each share?", zh: "`real` 和 `said` 里每个实体是一段文字。哪些文字两边都有？每个比例各除以什么？" },
    { en: "`const right = said.filter((name) => ___).length`; precision is right / ___, recall is right / ___.", zh: "`const right = said.filter((name) => ___).length`；精确率是 right / ___，召回率是 right / ___。" },
  ],
  async run(student, t) {
    // 4 real entities, 3 said, 2 right; the last problem has an edge off.
    const truth = [["B-NAME", "I-NAME", "O", "B-DATE"], ["B-PROBLEM", "I-PROBLEM", "O", "B-BODY"]];
    const predicted = [["B-NAME", "I-NAME", "O", "B-DATE"], ["O", "B-PROBLEM", "O", "O"]];
    const what = { en: "score on two short notes", zh: "score 在两段短病历上的结果" };
    const got = (await student.call("score", [truth, predicted])) as { precision: unknown; recall: unknown; f1: unknown };
    const precision = t.number(got?.precision, { what: "precision" }), recall = t.number(got?.recall, { what: "recall" }), f1 = t.number(got?.f1, { what: "f1" });
    const told = (cause: { en: string; zh: string }) => ({
      saw: { en: `Of 4 entities a tagger names 3, two of them exactly. Your precision is ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, F1 ${f1.toFixed(3)}.`, zh: `4 个实体，标注程序说了 3 个，其中两个完全对。你的精确率是 ${precision.toFixed(3)}，召回率 ${recall.toFixed(3)}，F1 ${f1.toFixed(3)}。` },
      expected: { en: "Right ones over those said, right ones over those there, and their harmonic mean.", zh: "对的除以说出的，对的除以存在的，再取调和平均。" }, cause,
    });
    t.that(!(Math.abs(precision - 0.5) < 1e-9 && Math.abs(recall - 2 / 3) < 1e-9), told({ en: "Precision and recall are exchanged: which one asks about what was said?", zh: "精确率和召回率对调了：哪一个问的是“说出来的”？" }));
    t.that(!(Math.abs(precision - 1) < 1e-9), told({ en: "Does an entity with a wrong edge count as right?", zh: "边界错了的实体，是不是也算对了？" }));
    t.that(Math.abs(f1 - 7 / 12) > 1e-9, told({ en: "F1 is the harmonic mean, 2pr / (p + r), not (p + r) / 2.", zh: "F1 是调和平均 2pr / (p + r)，不是 (p + r) / 2。" }));
    t.close(precision, 2 / 3, { what });
    t.close(recall, 0.5, { what });
    t.close(f1, 4 / 7, { what });
    const none = (await student.call("score", [truth, truth.map((tags) => tags.map(() => "O"))])) as { precision: unknown; recall: unknown; f1: unknown };
    t.that(none?.precision === 0 && none.recall === 0 && none.f1 === 0, {
      saw: { en: `Where nothing is said, your answer is ${words(none)}.`, zh: `什么都没说时，你的答案是 ${words(none)}。` },
      expected: { en: "Three zeros.", zh: "应该是三个 0。" },
      cause: { en: "0 divided by 0 is not a number: treat that case first.", zh: "0 除以 0 不是一个数：先处理这种情况。" },
    });
    const swapped = (await student.call("score", [[["B-NAME"], ["O"]], [["O"], ["B-NAME"]]])) as { f1: unknown };
    t.close(swapped?.f1, 0, { what: { en: "F1 where the right tag stands in the wrong note", zh: "标记对、病历错时的 F1" } });
    return t.pass({ en: "Three said and two right, four there: F1 0.57. Guessing nothing gives 0, however many words are outside.", zh: "说了三个、对了两个、实际有四个：F1 是 0.57。什么都不猜得 0，不管有多少词在外面。" });
  },
  wrong: [
    { name: "exchanges precision and recall", edit: ["const precision = right / said.length, recall = right / real.length;", "const precision = right / real.length, recall = right / said.length;"], expects: /exchanged/ },
    { name: "takes the plain mean", edit: ["f1: (2 * precision * recall) / (precision + recall)", "f1: (precision + recall) / 2"], expects: /harmonic mean/ },
    { name: "forgives edges", edit: ["said.filter((name) => real.includes(name))", "said.filter((name) => real.some((one) => one.split(\" \")[1] === name.split(\" \")[1]))"], expects: /wrong edge/ },
    { name: "divides 0 by 0", edit: ["if (right === 0) return { precision: 0, recall: 0, f1: 0 };", ""], expects: /0 divided by 0|finite/ },
  ],
});

export const align = defineCheck({
  id: "align",
  points: 3,
  title: { en: "Labels for tokens", zh: "给词元分配标签" },
  hints: [
    { en: "How many tokens has the text, [CLS] and [SEP] included? Your list needs one entry for each.", zh: "连同 [CLS] 和 [SEP]，这段文字有多少个词元？你的列表要一一对应。" },
    { en: "`pieces.flatMap((word, i) => word.map((_, at) => (at === 0 ? ___ : ___)))`, with one -100 before and one after.", zh: "`pieces.flatMap((word, i) => word.map((_, at) => (at === 0 ? ___ : ___)))`，前后再各加一个 -100。" },
  ],
  async run(student, t) {
    const pieces = [["no"], ["hyper", "##py", "##rexia"], ["today"]];
    const what = "align([[\"no\"], [\"hyper\", \"##py\", \"##rexia\"], [\"today\"]], [0, 1, 9])";
    const got = t.finite(await student.call("align", [pieces, [0, 1, 9]]), { what });
    const told = (cause: { en: string; zh: string }) => ({
      saw: { en: `${what} gives ${words(got)}.`, zh: `${what} 得到 ${words(got)}。` },
      expected: { en: "One label for each of the seven tokens; only first pieces count.", zh: "七个词元各有一个标签，只有每个词的第一块算数。" }, cause,
    });
    t.that(got.join() !== "0,1,-100,-100,9", told({ en: "Are [CLS] and [SEP] forgotten? Then every label stands one token too early.", zh: "是不是忘了 [CLS] 和 [SEP]？那样每个标签都早了一位。" }));
    t.that(got.join() !== "-100,0,1,1,1,9,-100", told({ en: "Every piece has the word's label: then one word becomes three entities.", zh: "每一块都拿到了词的标签：一个词会变成三个实体。" }));
    t.that(got.join() !== "-100,0,-100,-100,1,9,-100", told({ en: "The last piece has the label; here the first is meant.", zh: "标签给了最后一块；这里要给第一块。" }));
    t.that(!/^0,0|,0,0,/.test(got.join()) && got[0] !== 0, told({ en: "Is 0 used for \"does not count\"? 0 is the class O, and the model would learn it.", zh: "是不是用 0 表示“不算数”？0 是类别 O，模型会去学它。" }));
    t.equal(got, [-100, 0, 1, -100, -100, 9, -100], { what });
    t.equal(await student.call("align", [[], []]), [-100, -100], { what: { en: "align of no words", zh: "没有词时的 align" } });
    return t.pass({ en: "Seven tokens, three labels: four entries stay out of the loss.", zh: "七个词元，三个标签：有四项不进损失。" });
  },
  wrong: [
    { name: "forgets the frame", edit: ["return [-100, ...inside, -100];", "return inside;"], expects: /CLS/ },
    { name: "labels every piece", edit: ["at === 0 ? labels[i] : -100", "labels[i]"], expects: /three entities/ },
    { name: "labels the last piece", edit: ["at === 0 ?", "at === word.length - 1 ?"], expects: /last piece/ },
    { name: "writes 0 for what does not count", edit: ["const inside = pieces.flatMap((word, i) => word.map((_, at) => (at === 0 ? labels[i] : -100)));\n  return [-100, ...inside, -100];", "const inside = pieces.flatMap((word, i) => word.map((_, at) => (at === 0 ? labels[i] : 0)));\n  return [0, ...inside, 0];"], expects: /class O/ },
  ],
});

export const decode = defineCheck({
  id: "decode",
  points: 2,
  title: { en: "Back to words", zh: "从词元回到词" },
  hints: [
    { en: "At which tokens does a new word begin? Compare `words[t]` with the entry before it.", zh: "哪些词元是一个新词的开头？把 `words[t]` 和前一项比一比。" },
    { en: "`best.filter((_, t) => words[t] !== null && words[t] !== ___)`, then look each up in `tags`.", zh: "`best.filter((_, t) => words[t] !== null && words[t] !== ___)`，再到 `tags` 里查。" },
  ],
  async run(student, t) {
    const of = [null, 0, 1, 1, 1, 2, null, null];
    const best = [3, 0, label("B-PROBLEM"), label("I-PROBLEM"), label("O"), label("B-DATE"), 5, 5];
    const what = "decode([3, 0, 1, 2, 0, 9, 5, 5], [null, 0, 1, 1, 1, 2, null, null])";
    const got = (await student.call("decode", [best, of])) as unknown[];
    const told = (cause: { en: string; zh: string }) => ({
      saw: { en: `${what} gives ${words(got)}.`, zh: `${what} 得到 ${words(got)}。` },
      expected: { en: "Three tags, for three words.", zh: "三个词，应该是三个标记。" }, cause,
    });
    t.that(Array.isArray(got), told({ en: "Is a return missing?", zh: "是不是漏了 return？" }));
    t.that(got.length !== 8, told({ en: "Padding and the frame are no words: what is `words[t]` there?", zh: "填充和首尾标志不是词：那里的 `words[t]` 是什么？" }));
    t.that(got.length !== 5, told({ en: "Every piece gives a tag: the word of three pieces is counted three times.", zh: "每一块都给了一个标记：三块组成的词被数了三次。" }));
    t.that(!got.some((one) => typeof one === "number"), told({ en: "These are class numbers; `tags` has the words for them.", zh: "这些是类别编号；`tags` 里有对应的文字。" }));
    t.that(got[1] !== "O", told({ en: "That is the answer at the last piece; keep the first.", zh: "这是最后一块的答案；要留第一块的。" }));
    t.equal(got, ["O", "B-PROBLEM", "B-DATE"], { what });
    return t.pass({ en: "Eight tokens, three words, three tags. What the model says at other pieces is not asked.", zh: "八个词元，三个词，三个标记。模型在其余各块上说什么，不去问它。" });
  },
  wrong: [
    { name: "keeps every piece", edit: [" && words[t] !== words[t - 1]", ""], expects: /three times/ },
    { name: "keeps everything", edit: ["words[t] !== null && words[t] !== words[t - 1]", "true"], expects: /Padding/ },
    { name: "keeps the last piece", edit: ["words[t] !== words[t - 1]", "words[t] !== words[t + 1]"], expects: /last piece/ },
    { name: "returns numbers", edit: ["return first.map((one) => tags[one]);", "return first as unknown as string[];"], expects: /class numbers/ },
  ],
});

export const choose = defineCheck({
  id: "choose",
  points: 2,
  title: { en: "Choose a layer", zh: "选一层" },
  hints: [
    { en: "`means` has one number a layer. Which layers are near enough to the largest, and which of them is the cheapest?", zh: "`means` 每层一个数。哪些层离最大的够近？其中哪一层最便宜？" },
    { en: "`means.findIndex((mean) => mean >= ___ - close)`", zh: "`means.findIndex((mean) => mean >= ___ - close)`" },
  ],
  async run(student, t) {
    const curves = [[0.5, 0.8, 0.82, 0.82], [0.5, 0.82, 0.83, 0.82]];
    const ask = async (curves: number[][], close: number) => t.number(await student.call("chooseLayer", [curves, close]), { what: `chooseLayer(..., ${close})` });
    const near = await ask(curves, 0.02);
    const told = (close: number, got: number, cause: { en: string; zh: string }) => ({
      saw: { en: `With means 0.500, 0.810, 0.825, 0.820 and close = ${close} you choose layer ${got}.`, zh: `各层平均是 0.500、0.810、0.825、0.820，close = ${close}，你选了第 ${got} 层。` },
      expected: { en: "The lowest layer that is near enough to the best.", zh: "应该是离最好的够近的各层里，最低的一层。" }, cause,
    });
    t.that(near !== 2, told(0.02, near, { en: "That is the best layer. A lower one is within 0.02: is `close` used?", zh: "这是最好的一层。还有更低的一层只差不到 0.02：用到 `close` 了吗？" }));
    t.that(near < 1.5 && Number.isInteger(near), told(0.02, near, { en: "Is that a score in place of a layer, or the highest of the layers that are near?", zh: "返回的是不是分数而不是层号？或者取了够近的层里最高的一层？" }));
    t.close(near, 1, { what: { en: "The layer within 0.02 of the best", zh: "与最好相差不到 0.02 的层" }, cause: { en: "Every layer that is near the best must be compared with the best mean, from below.", zh: "应该从最低的一层开始，逐层和最好的平均比较。" } });
    const wide = await ask([[0.3, 0.5, 0.9], [0.3, 0.5, 0.9]], 0.45);
    t.that(wide !== 2, { saw: { en: `With means 0.3, 0.5, 0.9 and close = 0.45 you choose layer ${wide}.`, zh: `平均是 0.3、0.5、0.9，close = 0.45，你选了第 ${wide} 层。` }, expected: { en: "Layer 1 is 0.4 below the best, so it is near enough.", zh: "第 1 层比最好的低 0.4，够近了。" }, cause: { en: "Is `close` a difference in F1, and not a number of layers?", zh: "`close` 是 F1 的差，不是层数的差。" } });
    t.close(wide, 1, { what: { en: "The layer within 0.45 of the best", zh: "与最好相差不到 0.45 的层" } });
    const lucky = await ask([[0.1, 0.9, 0.2], [0.1, 0.2, 0.95], [0.1, 0.2, 0.95]], 0);
    t.that(lucky !== 1, { saw: { en: "On three curves you choose the layer that is best on the first.", zh: "三条线里，你选了第一条线上最好的那层。" }, expected: { en: "The mean over all three decides.", zh: "应该由三条线的平均来定。" }, cause: { en: "Is only one half looked at?", zh: "是不是只看了一份一半？" } });
    t.close(lucky, 2, { what: { en: "The best layer with close = 0", zh: "close = 0 时最好的层" } });
    return t.pass({ en: "Layer 1 with 0.810 instead of layer 2 with 0.825: too close to call, and one layer cheaper for every note.", zh: "选了 0.810 的第 1 层，而不是 0.825 的第 2 层：差别分不清，每段病历少算一层。" });
  },
  wrong: [
    { name: "takes the best, however close", edit: ["means.findIndex((mean) => mean >= Math.max(...means) - close)", "means.indexOf(Math.max(...means))"], expects: /is `close` used/ },
    { name: "takes the highest layer that is near", edit: ["means.findIndex((mean) => mean >= Math.max(...means) - close)", "means.map((mean) => mean >= Math.max(...means) - close).lastIndexOf(true)"], expects: /highest of the layers/ },
    { name: "trusts the first half", edit: ["means.findIndex((mean) => mean >= Math.max(...means) - close)", "curves[0].findIndex((mean) => mean >= Math.max(...curves[0]) - close)"], expects: /first|near the best/ },
    { name: "returns the score", edit: ["return means.findIndex((mean) => mean >= Math.max(...means) - close);", "return Math.max(...means);"], expects: /score in place of a layer|compared with the best/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "One fever, not three", zh: "一个发热，不是三个" },
  hints: [
    { en: "Run the cell below and read the four tags. Which of them should begin with another letter?", zh: "运行下一个单元格，读那四个标记。哪几个应该换个开头字母？" },
    { en: "Where `at > 0` and the word's tag begins with `B-`, return the label of the `I-` beside it: in `tags` it stands ___.", zh: "当 `at > 0` 且词的标记以 `B-` 开头时，返回旁边那个 `I-` 的编号：在 `tags` 里它就在 ___。" },
  ],
  async run(student, t) {
    const pieces = [["no"], ["hyper", "##py", "##rexia"], ["of", "##ten"], ["me", "##ch"]];
    const given = [label("O"), label("B-PROBLEM"), label("O"), label("I-NAME")];
    const what = { en: "alignAll on four words", zh: "alignAll 在四个词上的结果" };
    const got = t.finite(await student.call("alignAll", [pieces, given]), { what });
    const shown = got.map((one) => six[one] ?? String(one)).join(" ");
    const told = (cause: { en: string; zh: string }, expected = { en: "One entity begins at `hyper`, and its other pieces go on.", zh: "实体从 `hyper` 开始，其余各块是它的继续。" }) => ({ saw: { en: `The pieces get: ${shown}.`, zh: `各块得到：${shown}。` }, expected, cause });
    const inside = got.slice(1, -1);
    t.that(inside.length === 8 && got[0] === -100 && got.at(-1) === -100, told({ en: "Is every piece still there, with -100 at both ends?", zh: "是不是每一块都在，两头各有一个 -100？" }));
    t.that(!inside.slice(2, 4).every((one) => one === -100), told({ en: "With -100 the other pieces are dropped. This version is meant to label them all.", zh: "用 -100 就把其余各块丢掉了。这个版本要给每一块标签。" }));
    t.that(inside[5] === 0 && inside[4] === 0, told({ en: "A word outside stays outside in all its pieces: O has no I- beside it.", zh: "在外面的词，每一块都在外面：O 旁边没有对应的 I-。" }, { en: "`often` is outside.", zh: "`often` 在外面。" }));
    t.that(inside.filter((one) => one === label("B-PROBLEM")).length < 2, told({ en: "Several pieces of one word still begin an entity.", zh: "同一个词里，还是有好几块在新开实体。" }));
    t.that(inside[1] === label("B-PROBLEM"), told({ en: "The first piece must still begin the entity.", zh: "第一块仍然要开启实体。" }));
    t.that(inside[7] === label("I-NAME"), told({ en: "An I- goes on as I- of the same type.", zh: "I- 后面接的还是同类的 I-。" }));
    t.equal(got, [-100, 0, 1, 2, 2, 0, 0, 8, 8, -100], { what });
    return t.pass({ en: "Eight pieces and two entities, as there are two in the words.", zh: "八块、两个实体，和词里的一样多。" });
  },
  wrong: [
    { name: "drops the other pieces", edit: ["return goesOn ? labels[i] + 1 : labels[i];", "return at > 0 ? -100 : labels[i];"], expects: /dropped/ },
    { name: "adds one to every later piece", edit: ["at > 0 && tags[labels[i]].startsWith(\"B-\")", "at > 0"], expects: /outside stays outside/ },
    { name: "adds one to every piece of the word", edit: ["at > 0 && tags[labels[i]]", "tags[labels[i]]"], expects: /first piece must still begin/ },
    { name: "mends only the second piece", edit: ["at > 0 &&", "at === 1 &&"], expects: /still begin an entity/ },
  ],
});

export const hide = defineCheck({
  id: "hide",
  points: 2,
  title: { en: "Hide entities", zh: "遮住实体" },
  hints: [
    { en: "`spans(tags)` gives whole entities. What happens to the positions of later words when you replace two words by one?", zh: "`spans(tags)` 给出完整的实体。把两个词换成一个之后，后面各词的位置会怎样？" },
    { en: "From the last entity to the first: `out.splice(first, ___, `[${type}]`)`.", zh: "从最后一个实体往前：`out.splice(first, ___, `[${type}]`)`。" },
  ],
  async run(student, t) {
    const given = "Ann Reed , seen 3 May , denies chest pain , call 555-0100".split(" ");
    const tags = ["B-NAME", "I-NAME", "O", "O", "B-DATE", "I-DATE", "O", "O", "B-PROBLEM", "I-PROBLEM", "O", "O", "B-NUMBER"];
    const got = String(await student.call("hide", [given, tags]));
    const told = (cause: { en: string; zh: string }) => ({
      saw: { en: `The hidden note reads "${got}".`, zh: `遮住之后是“${got}”。` },
      expected: { en: "One bracket for each name, date and number; the rest word for word.", zh: "每个姓名、日期、号码换成一个方括号，其余一字不动。" }, cause,
    });
    t.that(!/Ann|Reed|May|555/.test(got), told({ en: "A word of a person's details is still there. Did positions move while you replaced from the front?", zh: "还留着当事人的信息。从前往后替换时，位置是不是变了？" }));
    t.that(!/\[NAME\] \[NAME\]/.test(got), told({ en: "Every word has its own bracket: an entity is one thing, and its length tells something too.", zh: "每个词各有一个方括号：一个实体是一件事，它的长度也会透露信息。" }));
    t.that(/chest pain/.test(got), told({ en: "Problems must stay: without them the note is of no use.", zh: "问题要留下：没有它，病历就没用了。" }));
    t.that(got === "[NAME] , seen [DATE] , denies chest pain , call [NUMBER]", told({ en: "Look at the words around the brackets, one by one.", zh: "逐个看方括号周围的词。" }));
    return t.pass({ en: "Five words became three brackets, and the chest pain stayed for the researchers.", zh: "五个词变成三个方括号，胸痛留给了研究者。" });
  },
  wrong: [
    { name: "replaces from the front", edit: ["spans(tags).reverse()", "spans(tags)"], expects: /positions move|one by one|details is still there/ },
    { name: "one bracket a word", source: "const identifying = [\"NAME\", \"DATE\", \"NUMBER\"];\nfunction hide(words: readonly string[], tags: string[]): string {\n  return words.map((word, i) => (identifying.includes(tags[i].slice(2)) ? `[${tags[i].slice(2)}]` : word)).join(\" \");\n}", expects: /own bracket/ },
    { name: "hides problems too", edit: ["if (identifying.includes(type)) out", "out"], expects: /Problems must stay/ },
    { name: "hides only the first word", edit: ["last - first + 1", "1"], expects: /still there/ },
  ],
});

export const leaks = defineCheck({
  id: "leaks",
  points: 3,
  title: { en: "Count what leaks", zh: "数一数泄露了多少" },
  hints: [
    { en: "For each true entity that identifies: look at the predicted tags of all its words. When is it safe?", zh: "对每个能认出人的真实实体，看它所有词的预测标记。什么时候才算安全？" },
    { en: "`spans(truth[i]).filter(({ type, first, last }) => identifying.includes(___) && predicted[i].slice(first, ___).some(open))`", zh: "`spans(truth[i]).filter(({ type, first, last }) => identifying.includes(___) && predicted[i].slice(first, ___).some(open))`" },
  ],
  async run(student, t) {
    // Leaks: the half-hidden number of note 0, the name of note 1. The name tagged as a date is hidden; the problem does not identify.
    const truth = [["B-NAME", "I-NAME", "O", "B-NUMBER", "I-NUMBER", "O"], ["B-NAME", "O", "B-PROBLEM", "B-DATE", "O", "O"]];
    const predicted = [["B-DATE", "I-DATE", "O", "B-NUMBER", "O", "O"], ["O", "O", "O", "B-DATE", "O", "B-NAME"]];
    const what = { en: "leaks on two short notes", zh: "leaks 在两段短病历上的结果" };
    const got = t.number(await student.call("leaks", [truth, predicted]), { what });
    const told = (cause: { en: string; zh: string }) => ({
      saw: { en: `Two notes, four identifying entities. You count ${got} leaks.`, zh: `两段病历，四个能认出人的实体。你数出 ${got} 处泄露。` },
      expected: { en: "An entity leaks if at least one of its words is in the open.", zh: "一个实体只要有一个词露在外面，就算泄露。" }, cause,
    });
    t.that(got !== 1, told({ en: "A number with one half hidden: do you ask for every word to be open?", zh: "有一个号码只遮了一半：是不是要求每个词都露着才算？" }));
    t.that(got >= 1 && Number.isInteger(got), told({ en: "Count entities, not shares of words: half a number is not half private.", zh: "数实体，不要算词的比例：遮一半不等于保护一半。" }));
    t.that(got !== 3, told({ en: "Does a problem count that identifies nobody? Or a name that is hidden under another label?", zh: "是不是把认不出人的问题也算了？或者把用别的标签遮住的姓名算了？" }));
    t.that(got !== 4, told({ en: "Do you count every entity whose tags differ? A name tagged as a date is hidden all the same.", zh: "是不是标记不一样就算？姓名标成了日期，照样被遮住。" }));
    t.close(got, 2, { what });
    return t.pass({ en: "Two of four leak, though four of the six words are hidden: a share of words flatters.", zh: "四个里泄露了两个，虽然六个相关的词遮住了四个：按词算，成绩总是好看些。" });
  },
  wrong: [
    { name: "asks for every word to be open", edit: [".some(open)", ".every(open)"], expects: /one half hidden/ },
    { name: "counts problems", edit: ["identifying.includes(type) && predicted", "predicted"], expects: /identifies nobody/ },
    { name: "counts every difference", edit: [".some(open)", ".some((tag, at) => tag !== truth[i][first + at])"], expects: /identifies nobody|hidden under another label|tags differ/ },
    { name: "takes shares of words", edit: ["return truth.reduce((sum, _, i) => sum + leaking(i).length, 0);", "return truth.flat().filter((tag, i) => identifying.includes(tag.slice(2)) && open(predicted.flat()[i])).length / truth.flat().filter((tag) => identifying.includes(tag.slice(2))).length;"], expects: /not shares/ },
  ],
});
