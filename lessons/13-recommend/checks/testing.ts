/** Chance, size and the end of an A/B test. */
import { defineCheck, show, type Text } from "../../checks/index.js";

const text = (en: string, zh: string): Text => ({ en, zh });

export const pValue = defineCheck({
  id: "p-value",
  points: 3,
  title: text("A p-value from shuffling", "洗牌得到 p 值"),
  hints: [
    text("`mixed` holds all results in random order. Which of them go to the first group, which to the second? And does the direction of the gap matter?", "`mixed` 里是打乱了的全部结果。哪些分给第一组，哪些分给第二组？差的方向要紧吗？"),
    text("`average(mixed.slice(0, ___)) - average(mixed.slice(___))` is the gap; count the deal if its size, `Math.abs(___)`, is at least `seen`.", "差是 `average(mixed.slice(0, ___)) - average(mixed.slice(___))`；它的大小 `Math.abs(___)` 不小于 `seen`，就数上这一次。"),
  ],
  async run(student, t) {
    // 7 clicks of 12, dealt to 4 and 8. By counting all deals: both sides 110/495; B above A alone 75/495, A above B alone 35/495.
    const a = [0, 0, 0, 1], b = [1, 1, 1, 1, 1, 1, 0, 0];
    const what = text("The share of deals for 1 click of 4 against 6 of 8", "4 次点 1 次对 8 次点 6 次，占的比例");
    const value = t.number(await student.call("pValue", [a, b, 40_000, 3], { time: 20_000 }), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`For 1 click of 4 against 6 of 8 your p-value is ${show(value)}.`, `4 次点 1 次对 8 次点 6 次，你的 p 值是 ${show(value)}。`),
      expected: text("The share of deals whose two groups lie at least as far apart, in either direction.", "应该是两组至少差这么远的比例，哪个方向都算。"),
      cause: text(en, zh),
    });
    const is = (wrong: number) => Math.abs(value - wrong) < 0.01;
    t.that(value !== 0, reason("No deal was counted. Is `asFar` raised, and is the gap an average less an average, not a sum?", "一次也没有数上。`asFar` 增加了吗？差是平均减平均吗，不是总和？"));
    t.that(!is(1), reason("Every deal counted. Are the groups taken from `mixed`, and compared with each other?", "每一次都数上了。两组是从 `mixed` 里取的吗？是互相比的吗？"));
    t.that(!is(75 / 495) && !is(35 / 495), reason("Only one direction counts. Before the test nobody knew which page would lead: a gap the other way surprises as much.", "只数了一个方向。测试之前谁也不知道哪一页领先：反方向的差一样让人吃惊。"));
    t.that(!is(224 / 924), reason("Do you cut in the middle? The groups keep their old sizes, here 4 and 8.", "是不是从中间切开的？两组要保持原来的大小，这里是 4 和 8。"));
    t.that(!is(1 - 40 / 495) && !is(1 - 110 / 495), reason("The comparison is turned round: count deals that lie as far apart or farther.", "比较的方向反了：要数差得一样远或更远的。"));
    t.close(value, 110 / 495, { what, tolerance: 0.01 });
    return t.pass({
      en: `Two equal pages would look as different in ${Math.round(100 * value)} of 100 tests of this size: twelve people tell nothing here.`,
      zh: `两页完全一样，这么小的测试，100 次里也有 ${Math.round(100 * value)} 次差得这么远：十二个人什么也说明不了。`,
    });
  },
  wrong: [
    { name: "asks in one direction only", edit: ["Math.abs(gap) >= seen", "-gap >= seen"], expects: /one direction/ },
    { name: "asks in the other direction only", edit: ["Math.abs(gap) >= seen", "gap >= seen"], expects: /one direction/ },
    { name: "cuts in the middle", edit: ["average(mixed.slice(0, a.length)) - average(mixed.slice(a.length))", "average(mixed.slice(0, mixed.length / 2)) - average(mixed.slice(mixed.length / 2))"], expects: /cut in the middle/ },
    { name: "does not use the mixed results", edit: ["average(mixed.slice(0, a.length)) - average(mixed.slice(a.length))", "average(a) - average(b)"], expects: /Every deal counted/ },
    { name: "counts the deals that lie closer", edit: ["Math.abs(gap) >= seen", "Math.abs(gap) <= seen + 1e-6"], expects: /turned round/ },
  ],
});

export const needed = defineCheck({
  id: "needed",
  points: 2,
  title: text("How many customers?", "要多少顾客？"),
  hints: [
    text("Which rate lies half-way? And what stands squared below the line?", "居中的那个比率是多少？分母里平方的是什么？"),
    text("`16 * rate * (1 - ___) / (to - from) ** ___`, with rate = (from + to) / 2.", "`16 * rate * (1 - ___) / (to - from) ** ___`，其中 rate = (from + to) / 2。"),
  ],
  async run(student, t) {
    // r = 0.25, d = 0.1: 300; the exact number is about 294.
    const what = "needed(0.2, 0.3)";
    const value = t.number(await student.call("needed", [0.2, 0.3]), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`${what} gives ${show(value)}.`, `${what} 得到 ${show(value)}。`),
      expected: text("16 · r(1 − r) / d² for each page, with r half-way.", "每一页 16 · r(1 − r) / d²，r 取正中间。"),
      cause: text(en, zh),
    });
    const is = (wrong: number) => Math.abs(value - wrong) <= 0.005 * wrong;
    t.that(!is(30), reason("Is the square missing? Half the difference needs four times as many, not twice.", "是不是漏了平方？差减半，人数要四倍，不是两倍。"));
    t.that(!is(600), reason("That is for both pages together.", "这是两页加起来的人数。"));
    t.that(!is(18.75), reason("Where is the 16?", "16 到哪里去了？"));
    t.that(!is(400), reason("Is 1 − r missing?", "是不是漏了 1 − r？"));
    t.that(!is(256) && !is(336), reason("Which rate do you take? Here the one half-way between the two.", "取的是哪个比率？这里取两者正中间的。"));
    t.that(!is(12) && !is(1200), reason("Is d a relative difference? Here it is to - from, so 0.1.", "d 是不是相对差？这里是 to - from，也就是 0.1。"));
    t.between(value, 280, 310, { what });
    t.between(await student.call("needed", [0.3, 0.2]), 280, 310, { what: text("For a fall from 0.3 to 0.2", "从 0.3 降到 0.2"), cause: text("A fall is to be seen as well as a rise.", "下降和上升一样要看得见。") });
    return t.pass(text("300 customers a page for 10 points. For 1 point it would be about 27,000: small differences are dear.", "差 10 个百分点，每页 300 人；差 1 个百分点，就要大约 27000 人：小差别是很贵的。"));
  },
  wrong: [
    { name: "forgets the square", edit: ["(to - from) ** 2", "(to - from)"], expects: /square missing/ },
    { name: "counts both pages", edit: ["(16 * rate", "(32 * rate"], expects: /both pages/ },
    { name: "takes the first rate", edit: ["const rate = (from + to) / 2;", "const rate = from;"], expects: /half-way/ },
    { name: "forgets 1 - r", edit: ["rate * (1 - rate)", "rate"], expects: /1 − r missing/ },
    { name: "takes a relative difference", edit: ["(to - from) ** 2", "((to - from) / from) ** 2"], expects: /relative difference/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: text("Repair the stopping rule", "修好停止规则"),
  hints: [
    text("How strict is the rule at its first look, and at its fifth? Which of the two arguments does it never read?", "这条规则第一次看的时候有多严，第五次呢？两个参数里，有一个它从来没有读过，是哪一个？"),
    text("`z.findIndex((value, look) => Math.abs(value) >= ___[___]) + 1`", "`z.findIndex((value, look) => Math.abs(value) >= ___[___]) + 1`"),
  ],
  async run(student, t) {
    const limits = [3, 2.5, 2];
    const ask = async (z: number[]) => t.number(await student.call("decidedAt", [z, limits]), { what: `decidedAt([${z.join(", ")}], [3, 2.5, 2])` });
    const reason = (z: number[], value: number, en: string, zh: string) => ({
      saw: text(`With limits 3, 2.5 and 2, decidedAt([${z.join(", ")}]) is ${show(value)}.`, `限值是 3、2.5、2 时，decidedAt([${z.join(", ")}]) 是 ${show(value)}。`),
      expected: text("The first look whose |z| reaches the limit of this look, counted from 1; 0 for none.", "应该是第一个 |z| 达到本次限值的那次，从 1 数起；一次也没有就是 0。"),
      cause: text(en, zh),
    });
    const early = [2.2, 1.4, 0.3];
    const first = await ask(early);
    t.that(first !== 1, reason(early, first, "The first look stops at 2.2, where the plan asks for 3.", "第一次看，2.2 就停了，而计划要求 3。"));
    t.that(first !== -1, reason(early, first, "findIndex counts from 0 and says -1 for none: is the + 1 still there?", "findIndex 从 0 数起，没有时是 -1：那个 + 1 还在吗？"));
    t.that(first === 0, reason(early, first, "None of the three reaches its limit.", "三次都没有达到各自的限值。"));
    const fall = [1, -2.7, 0.4];
    const second = await ask(fall);
    t.that(second !== 0, reason(fall, second, "At the second look |z| is 2.7. Do you look at the last one only, or at a rise only? B may also be worse.", "第二次看时 |z| 是 2.7。是不是只看了最后一次，或者只看上升？B 也可能更差。"));
    t.that(second === 2, reason(fall, second, "Which look is it?", "是第几次？"));
    const late = [0.5, 1.2, 2.1];
    const third = await ask(late);
    t.that(third !== 0, reason(late, third, "The last look may decide at 2. One strict limit for all looks keeps false alarms away, and true differences too.", "最后一次到 2 就可以下结论。每次都用同一个很严的限值，挡住了误报，也挡住了真的差别。"));
    t.that(third === 3, reason(late, third, "Which look is it?", "是第几次？"));
    const twice = [3.1, 2.9, 2.8];
    const both = await ask(twice);
    t.that(both === 1, reason(twice, both, "The test ends at the first look that decides, not at a later one.", "第一次达到限值，测试就结束了，不会等到后面。"));
    return t.pass(text("Early looks must be far surer than late ones; the last is hardly stricter than a plain test. Together they spend the 5 %.", "早看要有大得多的把握，最后一次只比普通检验严一点点。几次加起来，一共花掉那 5%。"));
  },
  wrong: [
    { name: "raises one limit for all looks", edit: [">= limits[look]", ">= 2.58"], expects: /One strict limit/ },
    { name: "takes the last limit for all looks", edit: ["limits[look]", "limits[limits.length - 1]"], expects: /where the plan asks for 3/ },
    { name: "forgets that B may be worse", edit: ["Math.abs(value)", "value"], expects: /B may also be worse/ },
    { name: "looks at the end only", edit: ["z.findIndex((value, look) => Math.abs(value) >= limits[look]) + 1", "Math.abs(z[z.length - 1]) >= limits[z.length - 1] ? z.length : 0"], expects: /the last one only/ },
    { name: "gives the index", edit: [" + 1;", ";"], expects: /says -1 for none/ },
    { name: "gives the last look that decides", edit: ["z.findIndex(", "z.findLastIndex("], expects: /not at a later one/ },
  ],
});
