import { defineCheck, show } from "../checks/index.js";

const listed = (numbers: readonly number[]): string => numbers.map((number) => show(number)).join(", ");
const close = (a: readonly number[], b: readonly number[], tolerance = 1e-9): boolean => a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) <= tolerance);

export const quantise = defineCheck({
  id: "quantise",
  points: 3,
  title: { en: "Eight bits", zh: "八位整数" },
  hints: [
    { en: "Which weight must become 127 or −127? It decides the scale. Mind that it may be negative.", zh: "哪个权重要变成 127 或 −127？比例由它决定。注意它可能是负数。" },
    { en: "`scale = (the largest of Math.abs(___)) / ___`; each value is `Math.round(weight / ___)`.", zh: "`scale =（Math.abs(___) 里最大的）/ ___`；每个整数是 `Math.round(weight / ___)`。" },
  ],
  async run(student, t) {
    const weights = [0.309, -2.54, 1.093, -0.045, 0.011];
    const what = "quantise([0.309, -2.54, 1.093, -0.045, 0.011])";
    const answer = (await student.call("quantise", [weights])) as { values: unknown; scale: unknown };
    const scale = t.number(answer?.scale, { what: `${what}.scale` });
    const reason = (saw: { en: string; zh: string }, en: string, zh: string) => ({
      saw,
      expected: { en: "The weight farthest from 0, here −2.54, becomes −127; the scale is what one step is worth.", zh: "离 0 最远的权重，这里是 −2.54，应该变成 −127；比例就是一步值多少。" },
      cause: { en, zh },
    });
    const sawScale = { en: `${what}.scale is ${show(scale)}.`, zh: `${what}.scale 是 ${show(scale)}。` };
    const near = (value: number) => Math.abs(scale - value) < 1e-6;
    await t.part(1, () => {
      t.that(scale > 0, reason(sawScale, "A step is a positive size: compare sizes, without signs.", "一步的大小是正数：比大小时要去掉符号。"));
      t.that(!near(1.093 / 127), reason(sawScale, "Is it the largest weight that you look for? A negative one may be larger in size.", "找的是不是最大的权重？负的权重，大小可能更大。"));
      t.that(!near(127 / 2.54), reason(sawScale, "That is how many steps a weight of 1 has. Is the fraction upside down?", "这是权重 1 有多少步。是不是把分子分母弄反了？"));
      t.that(!near(2.54 / 128), reason(sawScale, "With 128 steps the largest becomes 128, which 8 bits with a sign do not have.", "分成 128 步，最大的会变成 128，而带符号的 8 位没有这个数。"));
      t.that(!near(2.54 / 255) && !near(3.633 / 255), reason(sawScale, "There are 127 steps on each side of 0; 255 would be for both sides together, with a zero point.", "0 的每一边有 127 步；255 是两边合起来，那样还需要一个零点。"));
      t.close(scale, 2.54 / 127, { what: `${what}.scale`, tolerance: 1e-7 });
    });
    await t.part(2, async () => {
      const values = t.finite(answer?.values, { what: `${what}.values` });
      const saw = { en: `${what}.values is ${listed(values)}.`, zh: `${what}.values 是 ${listed(values)}。` };
      t.that(values.length === 5, reason(saw, "One whole number for each weight.", "每个权重应该有一个整数。"));
      t.that(values.every(Number.isInteger), reason(saw, "These are not whole numbers: 8 bits hold nothing else.", "这些不是整数，而 8 位只放得下整数。"));
      t.that(values[3] !== -3, reason(saw, "Do you always round down? −2.25 is nearer to −2, and 0.55 nearer to 1.", "是不是总是往下取整？−2.25 离 −2 更近，0.55 离 1 更近。"));
      t.that(values[4] !== 0, reason(saw, "Do you cut the digits off? 0.55 is nearer to 1 than to 0: the error would grow to a whole step.", "是不是直接去掉了小数？0.55 离 1 比离 0 近：这样误差会大到一整步。"));
      t.that(values.some((value) => value < 0), reason(saw, "The signs are lost.", "符号丢了。"));
      t.that(values.every((value) => Math.abs(value) <= 127), reason(saw, "A value lies outside −127 to 127.", "有的值超出了 −127 到 127。"));
      t.allClose(values, [15, -127, 55, -2, 1], { what: `${what}.values` });
      const other = (await student.call("quantise", [[10, -20, 12.8, 25.4]])) as { values: unknown };
      t.allClose(other?.values, [50, -100, 64, 127], { what: "quantise([10, -20, 12.8, 25.4]).values", cause: { en: "Does the scale follow the weights that come in?", zh: "比例有没有跟着传进来的权重变？" } });
    });
    return t.pass({ en: "No weight moved by more than half a step, here 0.01, and 20 bytes became 5 and a scale.", zh: "没有一个权重移动超过半步，这里是 0.01；20 个字节变成了 5 个，外加一个比例。" });
  },
  wrong: [
    { name: "looks for the largest weight, not the largest size", edit: ["weights.map(Math.abs)", "weights"], expects: /negative one may be larger/ },
    { name: "divides by 128", edit: ["/ 127", "/ 128"], expects: /becomes 128/ },
    { name: "turns the scale upside down", edit: ["Math.max(...weights.map(Math.abs)) / 127", "127 / Math.max(...weights.map(Math.abs))"], expects: /upside down/ },
    { name: "does not round", edit: ["Math.round(weight / scale)", "weight / scale"], expects: /not whole numbers/ },
    { name: "rounds down", edit: ["Math.round(weight / scale)", "Math.floor(weight / scale)"], expects: /round down/ },
    { name: "cuts the digits off", edit: ["Math.round(weight / scale)", "Math.trunc(weight / scale)"], expects: /cut the digits off/ },
    { name: "spreads 255 steps over both sides", edit: ["Math.max(...weights.map(Math.abs)) / 127", "(Math.max(...weights) - Math.min(...weights)) / 255"], expects: /zero point/ },
  ],
});

export const prune = defineCheck({
  id: "prune",
  points: 2,
  title: { en: "The smallest go", zh: "最小的先走" },
  hints: [
    { en: "What is small about a weight: its value, or its distance from 0? And how many are `share` of them?", zh: "权重的“小”指什么：值小，还是离 0 近？`share` 这么大的比例是多少个？" },
    { en: "Sort the **places** by `Math.abs(___)`, take the first `Math.floor(share * ___)`, then `weights.map(...)` with 0 at those places.", zh: "把**位置**按 `Math.abs(___)` 排序，取前 `Math.floor(share * ___)` 个，再用 `weights.map(...)` 在这些位置放 0。" },
  ],
  async run(student, t) {
    const weights = [5, -0.2, 30, -4, 0.7, -100, 2, 9, 0.1, -12];
    const name = "prune([5, -0.2, 30, -4, 0.7, -100, 2, 9, 0.1, -12], 0.4)";
    const got = t.finite(await student.call("prune", [weights, 0.4]), { what: name });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${name} is ${listed(got)}.`, zh: `${name} 是 ${listed(got)}。` },
      expected: { en: "Ten weights in their places, the four nearest to 0 replaced by 0.", zh: "十个权重都在原来的位置，离 0 最近的四个换成 0。" },
      cause: { en, zh },
    });
    const gone = weights.flatMap((weight, at) => (got[at] === 0 ? [weight] : []));
    t.that(got.length === weights.length, reason("The weights were taken out, and those behind them moved up. Which weight belongs where is lost.", "权重被拿掉了，后面的往前移，哪个权重在哪里就乱了。"));
    t.that(!(gone.includes(30) && !gone.includes(0.1)), reason("The largest went and the smallest stayed.", "最大的走了，最小的留下了。"));
    t.that(!(gone.includes(-100) && gone.includes(0.7)), reason("Weights went that are not the smallest. Are numbers compared as text here, as `sort()` without a rule does?", "走掉的不是最小的。是不是把数当文字来比了？`sort()` 不给规则时就是这样。"));
    t.that(!gone.includes(-100), reason("−100 was set to 0, one of the strongest. Do you look at the value instead of its size?", "−100 被设成了 0，它是最强的之一。看的是不是值，而不是大小？"));
    t.that(!(gone.length === 2 && gone.includes(-0.2) && gone.includes(0.1)), reason("All weights below 0.4 are gone: the share is a part of their number, not a bound on their size.", "小于 0.4 的都没了：share 是个数的比例，不是大小的界限。"));
    t.that(gone.length !== 6, reason("Six are gone: the share says how many go, not how many stay.", "走了六个：share 说的是走多少，不是留多少。"));
    t.that(gone.length !== 0, reason("Nothing became 0. Do you return the changed weights?", "没有一个变成 0。返回的是改过的权重吗？"));
    t.allClose(got, [5, 0, 30, -4, 0, -100, 0, 9, 0, -12], { what: name });
    t.allClose(await student.call("prune", [[3, -1, 2], 0.5]), [3, 0, 2], { what: "prune([3, -1, 2], 0.5)", cause: { en: "Half of three is 1.5: round down, one goes.", zh: "三个的一半是 1.5：往下取整，走一个。" } });
    t.allClose(await student.call("prune", [[1, -2], 0]), [1, -2], { what: "prune([1, -2], 0)" });
    return t.pass({ en: "Four of ten are zero, and together they held less than 2 percent of all the size there was.", zh: "十个里有四个是零，它们加起来还不到总大小的 2%。" });
  },
  wrong: [
    { name: "takes the smallest values, sign and all", edit: ["Math.abs(weights[a]) - Math.abs(weights[b])", "weights[a] - weights[b]"], expects: /value instead of its size/ },
    { name: "takes the share as a bound", edit: ["return weights.map((weight, at) => (gone.has(at) ? 0 : weight));", "return weights.map((weight) => (Math.abs(weight) < share ? 0 : weight));"], expects: /not a bound/ },
    { name: "takes the weights out", edit: ["return weights.map((weight, at) => (gone.has(at) ? 0 : weight));", "return weights.filter((_, at) => !gone.has(at));"], expects: /moved up/ },
    { name: "keeps the share instead", edit: ["Math.floor(share * weights.length)", "Math.floor((1 - share) * weights.length)"], expects: /not how many stay/ },
    { name: "sorts as text", edit: [".sort((a, b) => Math.abs(weights[a]) - Math.abs(weights[b]))", ".sort((a, b) => (String(Math.abs(weights[a])) < String(Math.abs(weights[b])) ? -1 : 1))"], expects: /compared as text/ },
    { name: "prunes the largest", edit: ["Math.abs(weights[a]) - Math.abs(weights[b])", "Math.abs(weights[b]) - Math.abs(weights[a])"], expects: /largest went/ },
  ],
});

export const stored = defineCheck({
  id: "stored",
  points: 2,
  title: { en: "What zeros save", zh: "零省下什么" },
  hints: [
    { en: "Does a zero need fewer bits than 0.337 when both are 32-bit numbers? And how does a list know where its third number belongs?", zh: "都是 32 位的数，零要的位数比 0.337 少吗？列表里的第三个数，怎么知道自己该在哪里？" },
    { en: "A byte has 8 bits, so a number takes ___ bytes. The list has `count - zeros` entries of ___ bytes each.", zh: "一个字节 8 位，所以一个数占 ___ 个字节。列表有 `count - zeros` 项，每项 ___ 个字节。" },
  ],
  async run(student, t) {
    const answer = (await student.call("stored", [1000, 800])) as { row: unknown; list: unknown };
    const reason = (saw: string, got: number, en: string, zh: string) => ({
      saw: { en: `stored(1000, 800).${saw} is ${got.toLocaleString("en-US")}.`, zh: `stored(1000, 800).${saw} 是 ${got.toLocaleString("en-US")}。` },
      expected: { en: "In a row: every weight, 32 bits each. In a list: the 200 others, and with each its place.", zh: "排成一行：每个权重 32 位。列成表：另外那 200 个，每个还要写上位置。" },
      cause: { en, zh },
    });
    await t.part(1, () => {
      const row = t.number(answer?.row, { what: "stored(1000, 800).row" });
      t.that(row !== 800, reason("row", row, "A zero in the row takes its 32 bits like any other number: pruning alone makes nothing smaller.", "一行里的零和别的数一样占 32 位：光剪枝，什么也没有变小。"));
      t.that(row !== 32_000, reason("row", row, "Those are bits. A byte has eight.", "这是位数。一个字节有八位。"));
      t.that(row !== 1000 && row !== 200, reason("row", row, "One byte a number? 32 bits are more.", "一个数一个字节？32 位不止这些。"));
      t.close(row, 4000, { what: "stored(1000, 800).row" });
    });
    await t.part(1, async () => {
      const list = t.number(answer?.list, { what: "stored(1000, 800).list" });
      t.that(list !== 800, reason("list", list, "200 numbers without their places: nobody can put them back.", "200 个数却没有位置：谁也放不回去。"));
      t.that(list !== 6400, reason("list", list, "The list holds the 800 zeros. It is the others that must be kept.", "列表里放的是那 800 个零。要留的是其余的。"));
      t.that(list !== 12_800, reason("list", list, "Those are bits. A byte has eight.", "这是位数。一个字节有八位。"));
      t.close(list, 1600, { what: "stored(1000, 800).list" });
      const few = (await student.call("stored", [1000, 100])) as { list: unknown };
      t.close(few?.list, 7200, { what: { en: "stored(1000, 100).list", zh: "stored(1000, 100).list" }, cause: { en: "With few zeros the list is longer than the row, and that is how it is.", zh: "零很少时，列表比一行还长，本来就是这样。" } });
    });
    return t.pass({ en: "With 80 percent zeros 4,000 bytes become 1,600, a list that must be read with care; with 10 percent it would be 7,200.", zh: "80% 是零时，4000 字节变成 1600，不过列表读起来要费事；只有 10% 是零时，反而要 7200。" });
  },
  wrong: [
    { name: "believes that zeros take no room", edit: ["row: 4 * count", "row: 4 * (count - zeros)"], expects: /pruning alone makes nothing smaller/ },
    { name: "forgets the places", edit: ["list: 8 * (count - zeros)", "list: 4 * (count - zeros)"], expects: /without their places/ },
    { name: "lists the zeros", edit: ["list: 8 * (count - zeros)", "list: 8 * zeros"], expects: /holds the 800 zeros/ },
    { name: "counts bits", edit: ["row: 4 * count", "row: 32 * count"], expects: /Those are bits/ },
  ],
});

export const soften = defineCheck({
  id: "soften",
  points: 2,
  title: { en: "Softened answers", zh: "软化的回答" },
  hints: [
    { en: "It is the softmax of lesson 06; only the scores change beforehand. At a high temperature, should the shares come closer or move apart?", zh: "就是第 06 课的 softmax，只是分数先变一下。温度高时，各个份额应该靠近还是拉开？" },
    { en: "`Math.exp(score / ___)` for each, then divide each by ___.", zh: "每个取 `Math.exp(score / ___)`，再各自除以 ___。" },
  ],
  async run(student, t) {
    const scores = [4, 2, -2, 0];
    const name = "soften([4, 2, -2, 0], 2)";
    const got = t.finite(await student.call("soften", [scores, 2]), { what: name });
    const softmax = (numbers: readonly number[]) => {
      const powers = numbers.map(Math.exp);
      const sum = powers.reduce((a, b) => a + b, 0);
      return powers.map((power) => power / sum);
    };
    const reason = (en: string, zh: string) => ({
      saw: { en: `${name} is ${listed(got)}.`, zh: `${name} 是 ${listed(got)}。` },
      expected: { en: "Four shares that add up to 1, closer together than at temperature 1.", zh: "应该是四个份额，加起来等于 1，比温度 1 时更接近。" },
      cause: { en, zh },
    });
    t.that(!close(got, [1, 0, 0, 0], 1e-6), reason("That is a label: the doubts of the teacher are gone, and with them what the student could learn.", "这成了标签：老师的犹豫没了，学生能学的也没了。"));
    t.that(!close(got, softmax(scores), 1e-6), reason("The temperature plays no part.", "温度没有起作用。"));
    t.that(!close(got, softmax(scores.map((score) => score * 2)), 1e-6), reason("The scores are multiplied: that makes the teacher surer, not softer.", "分数被乘大了：老师变得更肯定，而不是更软。"));
    t.that(!close(got, softmax(scores).map((share) => share / 2), 1e-6), reason("The division comes after softmax; the shares no longer add up to 1.", "softmax 之后才除，份额加起来就不等于 1 了。"));
    t.that(Math.abs(got.reduce((sum, share) => sum + share, 0) - 1) < 1e-6, reason("The shares do not add up to 1.", "份额加起来不等于 1。"));
    t.allClose(got, softmax([2, 1, -1, 0]), { what: name, tolerance: 1e-6 });
    t.allClose(await student.call("soften", [[1, 3], 10]), softmax([0.1, 0.3]), { what: "soften([1, 3], 10)", tolerance: 1e-6 });
    return t.pass({ en: "The first share fell from 0.86 to 0.64; what it lost went to the others, most to the most alike.", zh: "第一个份额从 0.86 降到 0.64；让出来的归了别人，越像的分得越多。" });
  },
  wrong: [
    { name: "copies the label", edit: ["return powers.map((power) => power / sum);", "return scores.map((score) => (score === Math.max(...scores) && sum > 0 ? 1 : 0));"], expects: /That is a label/ },
    { name: "multiplies by the temperature", edit: ["Math.exp(score / temperature)", "Math.exp(score * temperature)"], expects: /surer, not softer/ },
    { name: "divides the shares", edit: ["power / sum)", "power / sum / temperature)"], expects: /do not add up to 1/ },
    { name: "divides after softmax", edit: ["const powers = scores.map((score) => Math.exp(score / temperature));\n  const sum = powers.reduce((total, power) => total + power, 0);\n  return powers.map((power) => power / sum);", "const powers = scores.map(Math.exp);\n  const sum = powers.reduce((total, power) => total + power, 0);\n  return powers.map((power) => power / sum / temperature);"], expects: /comes after softmax/ },
    { name: "forgets the temperature", edit: ["Math.exp(score / temperature)", "Math.exp(score + 0 * temperature)"], expects: /plays no part/ },
  ],
});

export const front = defineCheck({
  id: "front",
  points: 3,
  title: { en: "The front", zh: "前沿" },
  hints: [
    { en: "Write \"a beats b\" first, as a comparison of two models. How many conditions has it? May two models that are alike in both figures beat each other?", zh: "先写“a 胜过 b”，只比两个模型。它有几个条件？两项都一样的两个模型，可以互相胜过吗？" },
    { en: "`a.accuracy >= ___ && a.bytes <= ___ && (a.accuracy > ___ || a.bytes < ___)`; then keep the models that no other beats.", zh: "`a.accuracy >= ___ && a.bytes <= ___ && (a.accuracy > ___ || a.bytes < ___)`；然后留下没有谁胜过的。" },
  ],
  async run(student, t) {
    const models = [
      { name: "oak", accuracy: 0.9, bytes: 900 }, { name: "elm", accuracy: 0.8, bytes: 100 }, { name: "ash", accuracy: 0.85, bytes: 400 },
      { name: "fir", accuracy: 0.84, bytes: 500 }, { name: "yew", accuracy: 0.85, bytes: 450 }, { name: "box", accuracy: 0.5, bytes: 100 },
    ];
    const answer = await student.call("front", [models]);
    const names = Array.isArray(answer) ? answer.map(String) : [];
    const reason = (en: string, zh: string) => ({
      saw: { en: `Of oak (0.90, 900 bytes), elm (0.80, 100), ash (0.85, 400), fir (0.84, 500), yew (0.85, 450) and box (0.50, 100) you keep ${names.join(", ") || "none"}.`, zh: `oak（0.90，900 字节）、elm（0.80，100）、ash（0.85，400）、fir（0.84，500）、yew（0.85，450）、box（0.50，100）里，你留下了 ${names.join("、") || "零个"}。` },
      expected: { en: "A model goes only if some other is at least as right and at least as small, and better in one.", zh: "只有别的模型至少一样准、至少一样小，而且有一项更好，才能丢掉它。" },
      cause: { en, zh },
    });
    t.that(Array.isArray(answer) && answer.every((name) => typeof name === "string"), reason("A list of names is wanted.", "应该返回名字的列表。"));
    const has = (...wanted: string[]) => wanted.length === names.length && wanted.every((name) => names.includes(name));
    t.that(names.length > 0, reason("Nothing is left. Every model is as right and as small as itself: is \"and better in one of the two\" missing?", "一个也没留下。每个模型都和自己一样准、一样小：是不是漏了“而且有一项更好”？"));
    t.that(!has("oak"), reason("Only the most accurate is left: one figure decided alone.", "只剩最准的：由一项独自决定了。"));
    t.that(!has("elm") && !has("elm", "box"), reason("Only the smallest is left: one figure decided alone.", "只剩最小的：由一项独自决定了。"));
    t.that(!has("fir", "yew", "box"), reason("These are the models that can be dropped.", "这些正是可以丢掉的。"));
    t.that(!names.includes("yew") || names.includes("fir") || !names.includes("box"), reason("yew and box are not beaten in both figures, but ash is as right as yew and smaller, elm is as small as box and better.", "yew 和 box 没有两项都输，可是 ash 和 yew 一样准却更小，elm 和 box 一样小却更准。"));
    t.that(!names.includes("fir"), reason("fir is less right and larger than ash: it is beaten in both.", "fir 比 ash 又不准又大：两项都输。"));
    t.that(names.includes("ash"), reason("ash is gone although no other is as right and as small.", "ash 没了，可是没有谁同时和它一样准、一样小。"));
    t.equal([...names].sort(), ["ash", "elm", "oak"], { what: { en: "The front of six models", zh: "六个模型的前沿" } });
    const twins = await student.call("front", [[{ name: "left", accuracy: 0.7, bytes: 10 }, { name: "right", accuracy: 0.7, bytes: 10 }]]);
    t.that(Array.isArray(twins) && twins.length === 2, {
      saw: { en: `Of two models with the same figures you keep ${Array.isArray(twins) ? twins.length : "none"}.`, zh: `两个数字完全一样的模型，你留下了 ${Array.isArray(twins) ? twins.length : 0} 个。` },
      expected: { en: "Both: neither is better in anything.", zh: "两个都留：谁也没有哪项更好。" },
      cause: { en: "Is \"and better in one of the two\" missing? Then twins drop each other.", zh: "是不是漏了“而且有一项更好”？那样一样的两个会互相丢掉。" },
    });
    return t.pass({ en: "Three of six remain. Between them the figures do not decide; what they are for does.", zh: "六个里留下三个。在它们之间，数字不做决定，用途才做决定。" });
  },
  wrong: [
    { name: "lets accuracy decide alone", edit: ["a.accuracy >= b.accuracy && a.bytes <= b.bytes && (a.accuracy > b.accuracy || a.bytes < b.bytes)", "a.accuracy > b.accuracy"], expects: /Only the most accurate/ },
    { name: "lets size decide alone", edit: ["a.accuracy >= b.accuracy && a.bytes <= b.bytes && (a.accuracy > b.accuracy || a.bytes < b.bytes)", "a.bytes < b.bytes"], expects: /Only the smallest/ },
    { name: "asks for better in both", edit: ["a.accuracy >= b.accuracy && a.bytes <= b.bytes && (a.accuracy > b.accuracy || a.bytes < b.bytes)", "a.accuracy > b.accuracy && a.bytes < b.bytes"], expects: /not beaten in both/ },
    { name: "lets every model drop itself", edit: [" && (a.accuracy > b.accuracy || a.bytes < b.bytes)", ""], expects: /as small as itself/ },
    { name: "lets twins drop each other", edit: ["a.accuracy >= b.accuracy && a.bytes <= b.bytes && (a.accuracy > b.accuracy || a.bytes < b.bytes)", "a !== b && a.accuracy >= b.accuracy && a.bytes <= b.bytes"], expects: /twins drop each other/ },
    { name: "gives those that can be dropped", edit: ["!models.some((other)", "models.some((other)"], expects: /can be dropped/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: { en: "Sixteen bits that remember", zh: "记得住的十六位" },
  hints: [
    { en: "Three numbers are rounded here: what the slope is computed from, the slope, and the sum. Which of them loses something that never comes back?", zh: "这里有三个数被舍入：用来算斜率的、斜率、还有累加的和。哪一个丢掉的东西再也回不来？" },
    { en: "`weight` may keep all its digits; `used` is its 16-bit copy. So `weight = ___ - rate * ___`, without ___.", zh: "`weight` 可以保留全部位数，`used` 是它的 16 位副本。所以 `weight = ___ - rate * ___`，不要 ___。" },
  ],
  async run(student, t) {
    const ask = async (goal: number, rate: number, steps: number) => t.finite(await student.call("distances", [goal, rate, steps]), { what: `distances(${goal}, ${rate}, ${steps})` });
    // From 1 with slope -2.80078125: 1.280078125, whose 16-bit copy is 1.2802734375.
    const few = await ask(2.4, 0.1, 5);
    const early = (en: string, zh: string) => ({
      saw: { en: `distances(2.4, 0.1, 5) is ${listed(few)}.`, zh: `distances(2.4, 0.1, 5) 是 ${listed(few)}。` },
      expected: { en: "Five distances from 1.4 on, each step rate times slope, the slope computed from the 16-bit copy.", zh: "五个距离，从 1.4 开始，每一步是学习率乘斜率，斜率用 16 位的副本来算。" },
      cause: { en, zh },
    });
    t.that(few.length === 5, early("One distance a step.", "每步一个距离。"));
    t.that(Math.abs(few[0]! - 1.4) < 1e-9, early("The weight no longer begins at 1.", "权重不再从 1 出发。"));
    t.that(few[1]! < few[0]!, early("The weight runs away: the step is subtracted.", "权重越走越远：这一步应该减去。"));
    t.that(Math.abs(few[1]! - 1.1197265625) > 2e-6 ? Math.abs(few[1]! - 1.1197265625) > 1e-3 : true, early("Are all numbers 32 bits now? Chips multiply 16-bit numbers: only the sum keeps its digits.", "是不是所有的数都变成 32 位了？芯片乘的是 16 位的数，只有和保留全部位数。"));
    t.that(Math.abs(few[1]! - 1.1197265625) < 2e-6, early("The first step is not rate times slope. Rate and slope were right before: leave them.", "第一步不等于学习率乘斜率。学习率和斜率本来就对，不用动。"));
    const far = await ask(2.4, 0.002, 3000);
    const end = far.at(-1) ?? NaN;
    const late = (en: string, zh: string) => ({
      saw: { en: `distances(2.4, 0.002, 3000) ends ${show(end)} away from the goal.`, zh: `distances(2.4, 0.002, 3000) 最后离目标 ${show(end)}。` },
      expected: { en: "An end less than 0.002 away, the distance between 16-bit numbers there.", zh: "最后应该离目标不到 0.002，那是 16 位数在这里的间隔。" },
      cause: { en, zh },
    });
    t.that(end < 0.05, late("It stopped on the way: the steps are still rounded away where they are added.", "半路就停了：在累加的地方，步子还是被舍掉了。"));
    t.that(end < 0.0021, late("It stops close to the goal: is something beside the copy and the slope rounded?", "快到时停了：除了副本和斜率，是不是还有什么被舍入？"));
    return t.pass({ en: `The last distance is ${show(end)}. Before, it stood still about a quarter away, with the same slopes.`, zh: `最后的距离是 ${show(end)}。之前停在大约四分之一远的地方，斜率却是一样的。` });
  },
  wrong: [
    { name: "leaves the sum in 16 bits", edit: ["weight = weight - rate * slope;", "weight = low(weight - low(rate * slope));"], expects: /stopped on the way/ },
    { name: "adds the step to the 16-bit copy", edit: ["weight = weight - rate * slope;", "weight = used - rate * slope;"], expects: /stopped on the way/ },
    { name: "turns the rate up instead", edit: ["weight = weight - rate * slope;", "weight = low(weight - 3 * rate * slope);"], expects: /leave them/ },
    { name: "computes everything in 32 bits", edit: ["const used = low(weight);", "const used = weight;"], expects: /all numbers 32 bits/ },
    { name: "goes the other way", edit: ["weight = weight - rate * slope;", "weight = weight + rate * slope;"], expects: /runs away/ },
  ],
});
