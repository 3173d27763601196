/** Vectors, lists and what is popular: the tasks before the A/B test. */
import { defineCheck, show, type Text } from "../../checks/index.js";

const text = (en: string, zh: string): Text => ({ en, zh });
const list = (values: readonly number[]): string => values.map((value) => String(Number(value.toFixed(3)))).join(", ");
const near = (values: readonly number[], want: readonly number[]): boolean => values.length === want.length && values.every((value, k) => Math.abs(value - want[k]!) < 1e-9);

export const step = defineCheck({
  id: "step",
  points: 3,
  title: text("One step for two vectors", "两个向量各走一步"),
  hints: [
    text("The error is ready. Along which vector does p move, and along which q? Both start from the vectors that were handed in.", "误差已经算好了。p 沿着哪个向量走，q 又沿着哪个？两个都从传进来的向量出发。"),
    text("`p.map((value, k) => value + rate * error * ___[k])`, and the same the other way round for q.", "`p.map((value, k) => value + rate * error * ___[k])`，q 反过来写。"),
  ],
  async run(student, t) {
    // The guess is -1.5, so the error is 2.
    const what = "step([1, 2], [0.5, -1], 0.5, 0.1)";
    const value = (await student.call("step", [[1, 2], [0.5, -1], 0.5, 0.1])) as { p: unknown; q: unknown };
    // Three numbers, and a guess that is right.
    const settled = (await student.call("step", [[1, 0, 2], [0, 3, 1], 2, 0.5])) as { p: unknown };
    await t.part(2, () => {
      const p = t.finite(value?.p, { what: `${what}.p` });
      const reason = (en: string, zh: string) => ({
        saw: text(`${what}.p is [${list(p)}].`, `${what}.p 是 [${list(p)}]。`),
        expected: text("p moved along q, by rate times error; the error is 2.", "p 沿着 q 走“学习率乘误差”这么远；误差是 2。"),
        cause: text(en, zh),
      });
      t.that(!near(p, [1, 2]), reason("p did not move.", "p 没有动。"));
      t.that(!near(p, [0.9, 2.2]), reason("It went the wrong way: the guess was too low, so it must rise. Here you add.", "走反了：猜低了，就该升上去。这里是加。"));
      t.that(!near(p, [2, 0]), reason("Where is the rate?", "学习率到哪里去了？"));
      t.that(!near(p, [1.05, 1.9]), reason("Where is the error? Without it, a perfect guess would move as far as a bad one.", "误差到哪里去了？没有它，猜得全对和猜得很差会走得一样远。"));
      t.that(!near(p, [1.2, 2.4]), reason("p moved along itself. It moves along the other vector: where the thing has much, the customer's number matters much.", "p 沿着自己走了。它该沿着另一个向量走：商品在哪一项上大，顾客的那一项就要紧。"));
      t.that(!near(p, [1.2, 1.6]), reason("Twice as far: the factor 2 is in the rate here.", "走了两倍远：这里的 2 已经算在学习率里了。"));
      t.allClose(p, [1.1, 1.8], { what: `${what}.p`, tolerance: 1e-9 });
    });
    await t.part(1, () => {
      const q = t.finite(value?.q, { what: `${what}.q` });
      const reason = (en: string, zh: string) => ({
        saw: text(`${what}.q is [${list(q)}].`, `${what}.q 是 [${list(q)}]。`),
        expected: text("q moved along the p that was handed in.", "q 应该沿着传进来的那个 p 走。"),
        cause: text(en, zh),
      });
      t.that(!near(q, [0.5, -1]), reason("q did not move. Things learn from customers, too.", "q 没有动。商品也要向顾客学。"));
      t.that(!near(q, [0.72, -0.64]), reason("Had p already moved when q used it? Both steps belong to the same place.", "轮到 q 的时候，p 是不是已经走过了？两步要从同一个位置走。"));
      t.allClose(q, [0.7, -0.6], { what: `${what}.q`, tolerance: 1e-9, cause: text("Is it rate times error times p?", "是学习率乘误差乘 p 吗？") });
      t.allClose(settled?.p, [1, 0, 2], { what: "step([1, 0, 2], [0, 3, 1], 2, 0.5).p", expected: text("A guess that is right moves nothing, however long the vectors are.", "猜对了就什么也不动，向量有多长都一样。") });
    });
    return t.pass(text("The guess was −1.5 and is now −0.31, on its way to 0.5: one rating moved four numbers.", "原来猜 −1.5，现在是 −0.31，正往 0.5 走：一个评分挪动了四个数。"));
  },
  wrong: [
    { name: "goes the wrong way", edit: ["value + rate * error * q[k]", "value - rate * error * q[k]"], expects: /wrong way/ },
    { name: "moves q along the p that has moved", source: "function step(p: number[], q: number[], rating: number, rate: number) { const error = rating - dot(p, q); const next = p.map((value, k) => value + rate * error * q[k]); return { p: next, q: q.map((value, k) => value + rate * error * next[k]) }; }\nconst dot = (p: readonly number[], q: readonly number[]) => p.reduce((sum, value, k) => sum + value * q[k], 0);", expects: /already moved/ },
    { name: "forgets the rate", edit: ["value + rate * error * q[k]", "value + error * q[k]"], expects: /Where is the rate/ },
    { name: "forgets the error", edit: ["value + rate * error * q[k]", "value + rate * q[k]"], expects: /Where is the error/ },
    { name: "moves p along itself", edit: ["value + rate * error * q[k]", "value + rate * error * value"], expects: /along itself/ },
    { name: "leaves the thing alone", edit: ["q: q.map((value, k) => value + rate * error * p[k])", "q: [...q]"], expects: /q did not move/ },
  ],
});

export const ndcg = defineCheck({
  id: "ndcg",
  points: 3,
  title: text("NDCG by hand", "动手算 NDCG"),
  hints: [
    text("At which places are hits? What would the best list look like: how many hits can it have among k places, and where do they stand?", "命中在第几位？最好的名单长什么样：k 位里最多有几个命中，都站在哪里？"),
    text("Sum of `weight(place)` over the hits among `list.slice(0, ___)`, divided by the sum of `weight(place)` for place 1 to `Math.min(___, ___)`.", "在 `list.slice(0, ___)` 里对命中的位置把 `weight(place)` 加起来，除以位置 1 到 `Math.min(___, ___)` 的 `weight(place)` 之和。"),
  ],
  async run(student, t) {
    const weight = (place: number) => 1 / Math.log2(place + 1);
    const best3 = weight(1) + weight(2) + weight(3);
    const what = "ndcg([10, 20, 30, 40, 50], [40, 20, 99], 3)";
    const value = t.number(await student.call("ndcg", [[10, 20, 30, 40, 50], [40, 20, 99], 3]), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`${what} gives ${show(value)}.`, `${what} 得到 ${show(value)}。`),
      expected: text("One hit, at place 2, against the best three places.", "只有第 2 位命中，和最好的三位相比。"),
      cause: text(en, zh),
    });
    const is = (wrong: number) => Math.abs(value - wrong) < 1e-9;
    t.that(!is((weight(2) + weight(4)) / best3), reason("Place 4 counts too. Only the first k places are on the page.", "第 4 位也算进去了。页面上只有前 k 位。"));
    t.that(!is(weight(2)), reason("That is the sum of the hits. Divide by what the best list would collect.", "这是命中的权重之和。还要除以最好的名单能得到的和。"));
    t.that(!is(1 / 3), reason("That is a share of hits without weights: place 2 would be worth as much as place 1.", "这是没有权重的命中比例：第 2 位就和第 1 位一样值钱了。"));
    t.that(!is(0) && !is(weight(1) / best3) && !is(weight(3) / best3), reason("Are your places off by one? Indices begin at 0, places at 1.", "位置是不是差了一个？下标从 0 开始，位置从 1 开始。"));
    t.that(!is(weight(2) / 3), reason("The best list has weights as well: 1, 0.63, 0.5, and not 1, 1, 1.", "最好的名单也有权重：1、0.63、0.5，不是 1、1、1。"));
    t.close(value, weight(2) / best3, { what });
    const one = t.number(await student.call("ndcg", [["x", "y"], ["y"], 3]), { what: 'ndcg(["x", "y"], ["y"], 3)' });
    t.that(Math.abs(one - weight(2) / best3) > 1e-9, {
      saw: text(`ndcg(["x", "y"], ["y"], 3) gives ${show(one)}.`, `ndcg(["x", "y"], ["y"], 3) 得到 ${show(one)}。`),
      expected: text("The best list for somebody who wants one thing has one hit.", "只想要一样东西的人，最好的名单也只有一个命中。"),
      cause: text("Does your best list have k hits, whatever is wanted?", "你的最好名单是不是总有 k 个命中，不管想要的有几样？"),
    });
    t.close(one, weight(2), { what: 'ndcg(["x", "y"], ["y"], 3)' });
    t.close(await student.call("ndcg", [[1, 2, 3, 4], [4, 3, 2, 1, 5, 6], 2]), 1, {
      what: text("A list whose first two are both wanted, of six wanted, for k = 2", "想要六样，k = 2，前两位都命中的名单"),
      cause: text("Two places cannot hold six hits: is the best sum cut off at k?", "两个位置装不下六个命中：最好的和在 k 处截断了吗？"),
    });
    return t.pass(text("A hit at place 2 alone is worth 0.63 where one thing is wanted, and 0.30 where three are.", "只在第 2 位命中：想要一样时值 0.63，想要三样时只值 0.30。"));
  },
  wrong: [
    { name: "counts places that are not on the page", edit: ["list.slice(0, k).flatMap", "list.flatMap"], expects: /Place 4 counts too/ },
    { name: "does not divide by the best list", edit: ["return total(hits) / total(Array.from({ length: Math.min(k, wanted.length) }, (_, at) => at + 1));", "return total(hits);"], expects: /what the best list would collect/ },
    { name: "gives the precision", edit: ["return total(hits) / total(Array.from({ length: Math.min(k, wanted.length) }, (_, at) => at + 1));", "return hits.length / k;"], expects: /without weights/ },
    { name: "counts places from 0", edit: ["[at + 1]", "[at]"], expects: /off by one/ },
    { name: "expects k hits of everybody", edit: ["Math.min(k, wanted.length)", "k"], expects: /k hits, whatever is wanted/ },
    { name: "expects all wanted things on the page", edit: ["Math.min(k, wanted.length)", "wanted.length"], expects: /cannot hold six hits/ },
  ],
});

export const lift = defineCheck({
  id: "lift",
  points: 2,
  title: text("How far towards the popular?", "往热门推了多远？"),
  hints: [
    text("How many owners has a thing on average, among those the customer has? And among those shown? Which of the two goes below the line?", "顾客已有的商品，平均每样有几个拥有者？给他看的呢？哪一个放在分母？"),
    text("`average(shown.map((thing) => owners[___])) / average(___) - 1`", "`average(shown.map((thing) => owners[___])) / average(___) - 1`"),
  ],
  async run(student, t) {
    // Owners: 20 on average of what the customer has, 30 of what is shown.
    const owners = [10, 30, 0, 50, 20, 10];
    const what = "lift([0, 1, 4], [3, 5], [10, 30, 0, 50, 20, 10])";
    const value = t.number(await student.call("lift", [[0, 1, 4], [3, 5], owners]), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`${what} gives ${show(value)}.`, `${what} 得到 ${show(value)}。`),
      expected: text("20 owners on average before, 30 on the page.", "原来平均 20 个拥有者，页面上平均 30 个。"),
      cause: text(en, zh),
    });
    const is = (wrong: number) => Math.abs(value - wrong) < 1e-9;
    t.that(!is(1.5), reason("That is how many times as well known. For equal lists the answer is to be 0.", "这是几倍。两边一样时，答案应该是 0。"));
    t.that(!is(20 / 30 - 1), reason("Turned round: what is shown is compared with what the customer has.", "反了：是拿给看的去和已有的比。"));
    t.that(!is(0), reason("Do you compare sums? Lists of different lengths need averages.", "比的是不是总和？两个名单长度不同，要用平均。"));
    t.that(!is(10), reason("That is a difference in owners. Divide, so that it can be compared between customers.", "这是拥有者人数之差。要用除法，不同顾客之间才好比。"));
    t.that(!is(1.4), reason("Do you average the numbers of the things? They are names: look up their owners.", "平均的是不是商品的编号？编号只是名字，要查它的拥有者。"));
    t.that(!is(50), reason("That is in per cent. A share is asked for.", "这是百分数。要的是小数。"));
    t.close(value, 0.5, { what });
    return t.pass(text("Thirty owners against twenty: a lift of 0.5. For Mei, the bestsellers' page reaches 4.6.", "三十对二十：提升 0.5。对小梅来说，畅销榜那一页达到 4.6。"));
  },
  wrong: [
    { name: "forgets to take one off", edit: ["fame(shown) / fame(has) - 1", "fame(shown) / fame(has)"], expects: /how many times/ },
    { name: "turns the comparison round", edit: ["fame(shown) / fame(has) - 1", "fame(has) / fame(shown) - 1"], expects: /Turned round/ },
    { name: "compares sums", edit: ["average(things.map((thing) => owners[thing]))", "things.reduce((sum, thing) => sum + owners[thing], 0)"], expects: /compare sums/ },
    { name: "averages the names of things", edit: ["average(things.map((thing) => owners[thing]))", "average(things)"], expects: /They are names/ },
    { name: "subtracts", edit: ["fame(shown) / fame(has) - 1", "fame(shown) - fame(has)"], expects: /difference in owners/ },
  ],
});
