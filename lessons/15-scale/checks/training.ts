import { defineCheck } from "../../checks/index.js";

const list = (values: readonly number[]): string => values.map((value) => Number(value.toFixed(3))).join(", ");
/** Equal, but for the last digits. */
const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) < 1e-6);

export const share = defineCheck({
  id: "share",
  points: 2,
  title: { en: "Share the rows out", zh: "把行分开" },
  hints: [
    { en: "Ten rows and four workers: which sizes are fair? Where one share ends the next begins.", zh: "十行，四个工作者：每份多大才公平？一份在哪里结束，下一份就从哪里开始。" },
    { en: "Border number i lies at `Math.floor((i * ___) / ___)`; share i goes from border i to border ___.", zh: "第 i 条界线在 `Math.floor((i * ___) / ___)`；第 i 份从第 i 条界线到第 ___ 条。" },
  ],
  async run(student, t) {
    for (const [rows, workers] of [[10, 4], [225, 4], [8, 2], [11, 3], [3, 5]] as const) {
      const what = `share(${rows}, ${workers})`;
      const value = await student.call("share", [rows, workers]);
      const flat = t.finite(value, { what });
      t.shape(value, [workers, 2], { what });
      const parts = Array.from({ length: workers }, (_, worker) => [flat[2 * worker]!, flat[2 * worker + 1]!] as const);
      const told = parts.map(([from, to]) => `[${from}, ${to}]`).join(", ");
      const reason = (en: string, zh: string) => ({
        saw: { en: `${what} is ${told}.`, zh: `${what} 是 ${told}。` },
        expected: { en: "Every row in exactly one share, and no share larger than another by more than one.", zh: "每一行恰好在一份里，任何两份最多差一行。" },
        cause: { en, zh },
      });
      parts.forEach(([from], worker) => {
        const before = worker === 0 ? 0 : parts[worker - 1]![1];
        t.that(from >= before, reason(`Row ${from} is in two shares.`, `第 ${from} 行在两份里都有。`));
        t.that(from <= before, reason(`Row ${before} is in no share. The end is not included: where one ends, the next begins.`, `第 ${before} 行哪一份里都没有。结尾不算在内：一份在哪里结束，下一份就从哪里开始。`));
      });
      const end = parts.at(-1)![1], sizes = parts.map(([from, to]) => to - from);
      t.that(end >= rows, reason(`${rows - end} of the rows are in no share: what becomes of the remainder when you divide?`, `有 ${rows - end} 行哪一份里都没有：除不尽的余数去哪里了？`));
      t.that(end === rows && Math.min(...sizes) >= 0, reason(`There are only ${rows} rows.`, `一共只有 ${rows} 行。`));
      const uneven = Math.max(...sizes) - Math.min(...sizes) > 1;
      t.that(!uneven || sizes.at(-1) !== Math.max(...sizes), reason("The last one gets the whole remainder, and all wait for it.", "余数全给了最后一个，大家都要等它。"));
      t.that(!uneven || sizes.at(-1) !== Math.min(...sizes), reason("The first ones are rounded up until hardly anything is left for the last.", "前面的都向上取整，最后一个几乎没剩下什么。"));
      t.that(!uneven, reason("Some shares are larger than others by more than one.", "有的份比别的份大了不止一行。"));
      t.that(sizes.every(Number.isInteger), reason("Half rows cannot be handed out.", "半行没法分。"));
    }
    return t.pass({ en: "225 rows for four workers: shares of 56 or 57, so nobody waits for more than one row.", zh: "225 行分给四个工作者：每份 56 或 57 行，谁都最多等一行的工夫。" });
  },
  wrong: [
    { name: "drops the remainder", edit: ["Math.floor((worker * rows) / workers)", "worker * Math.floor(rows / workers)"], expects: /what becomes of the remainder/ },
    { name: "gives the last one all the rest", edit: ["[edge(worker), edge(worker + 1)]", "[worker * Math.floor(rows / workers), worker === workers - 1 ? rows : (worker + 1) * Math.floor(rows / workers)]"], expects: /whole remainder/ },
    { name: "rounds up", edit: ["Math.floor((worker * rows) / workers)", "Math.min(rows, worker * Math.ceil(rows / workers))"], expects: /rounded up/ },
    { name: "includes the end", edit: ["edge(worker + 1)]", "edge(worker + 1) - 1]"], expects: /end is not included/ },
    { name: "gives everybody everything", edit: ["[edge(worker), edge(worker + 1)]", "[0, rows]"], expects: /in two shares/ },
  ],
});

export const combine = defineCheck({
  id: "combine",
  points: 3,
  title: { en: "One gradient from several", zh: "几个梯度合成一个" },
  hints: [
    { en: "Each gradient is a mean. How do you get back the sum that it came from? And by what is the sum of all divided?", zh: "每个梯度都是一个平均。怎样变回当初的和？所有的和加起来之后，又该除以什么？" },
    { en: "At each place: the sum over workers of `gradient[at] * rows[___]`, divided by the sum of ___.", zh: "在每一位上：对所有工作者把 `gradient[at] * rows[___]` 加起来，再除以 ___ 的和。" },
  ],
  async run(student, t) {
    const what = "combine([[1, 10], [4, -2]], [3, 1])";
    const value = await student.call("combine", [[[1, 10], [4, -2]], [3, 1]]);
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${list(got)}.`, zh: `${what} 是 ${list(got)}。` },
      expected: { en: "The mean over all four rows.", zh: "应该是全部四行上的平均。" },
      cause: { en, zh },
    });
    t.that(!same(got, [5, 8]), reason("A sum of means: the step would be longer the more workers there are.", "这是平均的和：工作者越多，步子就越大。"));
    t.that(!same(got, [2.5, 4]), reason("A mean of means: one worker has three rows and the other one, yet both count the same.", "这是平均的平均：一个有三行，另一个只有一行，分量却一样。"));
    t.that(!same(got, [7, 28]), reason("That is the sum over the rows: by how many rows must it be divided?", "这是各行的和：还要除以多少行？"));
    t.that(!same(got, [3.5, 14]), reason("Divided by the number of workers; each row should count once, so divide by the rows.", "除以了工作者的个数；每一行该算一次，所以要除以行数。"));
    t.that(!same(got, [3.25, 1]), reason("The gradients and the numbers of rows are crossed.", "梯度和行数对错了人。"));
    t.allClose(value, [1.75, 7], { what, tolerance: 1e-6 });
    t.allClose(await student.call("combine", [[[2], [0], [6]], [5, 0, 5]]), [4], { what: { en: "The result of three workers, one of whom has no row", zh: "三个工作者、其中一个没有行时的结果" }, tolerance: 1e-6 });
    return t.pass({ en: "Three rows of slope 1 and one of slope 4 give 1.75: what one machine with four rows would find.", zh: "三行的斜率是 1，一行是 4，合起来 1.75：和一台机器拿着四行算出来的一样。" });
  },
  wrong: [
    { name: "sums the gradients", edit: ["sum(gradients.map((gradient, worker) => gradient[at] * rows[worker])) / sum(rows)", "sum(gradients.map((gradient) => gradient[at]))"], expects: /sum of means/ },
    { name: "averages the means", edit: ["sum(gradients.map((gradient, worker) => gradient[at] * rows[worker])) / sum(rows)", "sum(gradients.map((gradient) => gradient[at])) / gradients.length"], expects: /mean of means/ },
    { name: "forgets to divide", edit: [" / sum(rows)", ""], expects: /by how many rows/ },
    { name: "divides by the workers", edit: ["/ sum(rows)", "/ rows.length"], expects: /number of workers/ },
  ],
});

/** Everybody's numbers after each round of a ring all-reduce. */
function rounds(start: readonly (readonly number[])[]): number[][][] {
  const people = start.length, history = [start.map((row) => [...row])];
  for (let round = 0; round < 2 * (people - 1); round++) {
    const before = history[round]!, after = before.map((row) => [...row]);
    for (let person = 0; person < people; person++) {
      const next = (person + 1) % people, place = (person - round + 2 * people) % people;
      after[next]![place] = before[person]![place]! + (round < people - 1 ? before[next]![place]! : 0);
    }
    history.push(after);
  }
  return history;
}

export const ring = defineCheck({
  id: "ring",
  points: 3,
  title: { en: "All-reduce in a ring", zh: "环形全归约" },
  hints: [
    { en: "Which two numbers meet in the first half, and which one of them survives in the second? Try three people on paper: when is the first sum complete?", zh: "前一半里，哪两个数碰面？后一半里，留下的是哪一个？用三个人在纸上试试：第一个完整的和什么时候出现？" },
    { en: "`after[next][place] = before[___][place] + before[___][place]` for the first `people - 1` rounds, and `before[___][place]` alone afterwards.", zh: "前 `people - 1` 轮 `after[next][place] = before[___][place] + before[___][place]`，之后只有 `before[___][place]`。" },
  ],
  async run(student, t) {
    const start = [[1, 2, 3], [10, 20, 30], [100, 200, 300]], mine = rounds(start);
    const what = { en: "The history of three people", zh: "三个人的历史" };
    const value = await student.call("ring", [start]);
    t.finite(value, { what });
    t.shape(value, [5, 3, 3], { what });
    const history = value as number[][][];
    const reason = (round: number, en: string, zh: string) => ({
      saw: { en: `After round ${round}, three people who began with ${start.map((row) => `[${row.join(", ")}]`).join(", ")} have ${history[round + 1]!.map((row) => `[${row.join(", ")}]`).join(", ")}.`, zh: `三个人从 ${start.map((row) => `[${row.join(", ")}]`).join("、")} 开始，第 ${round} 轮之后是 ${history[round + 1]!.map((row) => `[${row.join(", ")}]`).join("、")}。` },
      expected: { en: "In the first two rounds sums grow; in the last two they are passed on, until all have 111, 222, 333.", zh: "前两轮里和在长大，后两轮里和被传下去，直到人人都是 111、222、333。" },
      cause: { en, zh },
    });
    const at = (round: number) => history[round + 1]!.flat();
    t.that(!same(at(0), start.flat()), reason(0, "Nobody's numbers change: does the next one get anything?", "谁的数都没有变：下一个人收到东西了吗？"));
    t.that(!(at(0)[3] === 1), reason(0, "The next one throws away her own number; in the first half it must stay in the sum.", "下一个人把自己的数丢了；前一半里，它得留在和里。"));
    t.that(same(at(0), mine[1]!.flat()), reason(0, "Number `place` of `person` goes to `next`, and is added to hers at the same place.", "`person` 的第 `place` 位传给 `next`，加到她同一位的数上。"));
    t.that(same(at(1), mine[2]!.flat()), reason(1, "For three people the first half has two rounds, the second half too.", "三个人时，前一半有两轮，后一半也有两轮。"));
    t.that(same(at(2), mine[3]!.flat()), reason(2, "From here on the sums are complete: adding again counts somebody twice.", "从这里起和已经完整了：再加，就有人被算了两次。"));
    t.that(same(at(3), mine[4]!.flat()), reason(3, "The last round passes on as the one before it.", "最后一轮和前一轮一样，往下传。"));
    for (const people of [2, 5]) {
      const begin = Array.from({ length: people }, (_, person) => Array.from({ length: people }, (_unused, place) => person * 7 + place));
      t.allClose(await student.call("ring", [begin]), rounds(begin), { what: { en: `The history of ${people} people`, zh: `${people} 个人的历史` }, cause: { en: "Does the first half have one round less than there are people?", zh: "前一半的轮数，是不是人数减一？" } });
    }
    return t.pass({ en: "Three people, four rounds, and each sent four numbers out of three: 2(N − 1)/N of what she has.", zh: "三个人，四轮，每人手里三个数，一共发了四个：正是 2(N − 1)/N 倍。" });
  },
  wrong: [
    { name: "adds in both halves", edit: ["(round < people - 1 ? before[next][place] : 0)", "before[next][place]"], expects: /counts somebody twice/ },
    { name: "takes over in both halves", edit: [" + (round < people - 1 ? before[next][place] : 0)", ""], expects: /throws away her own/ },
    { name: "adds one round too long", edit: ["round < people - 1 ?", "round < people ?"], expects: /counts somebody twice/ },
    { name: "adds one round too short", edit: ["round < people - 1 ?", "round < people - 2 ?"], expects: /first half has two rounds/ },
    { name: "averages the two", edit: ["before[person][place] + (round < people - 1 ? before[next][place] : 0)", "round < people - 1 ? (before[person][place] + before[next][place]) / 2 : before[person][place]"], expects: /added to hers/ },
  ],
});

export const stepTime = defineCheck({
  id: "step-time",
  points: 2,
  title: { en: "Seconds of a step", zh: "一步要几秒" },
  hints: [
    { en: "Which part gets shorter with more workers? Which part does one worker alone not have at all?", zh: "哪一部分会随工作者变多而变短？哪一部分，只有一个工作者时根本没有？" },
    { en: "`compute / ___ + (2 * (workers - 1) / ___) * (bytes / ___)`", zh: "`compute / ___ + (2 * (workers - 1) / ___) * (bytes / ___)`" },
  ],
  async run(student, t) {
    const what = "stepTime(0.8, 1e6, 4, 1e6)";
    const got = t.number(await student.call("stepTime", [0.8, 1e6, 4, 1e6]), { what });
    const is = (other: number) => Math.abs(got - other) < 1e-9 * Math.max(1, other);
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${Number(got.toPrecision(4))}.`, zh: `${what} 是 ${Number(got.toPrecision(4))}。` },
      expected: { en: "A quarter of the computing, then 1.5 times the gradient over the network.", zh: "计算的四分之一，再加上 1.5 倍的梯度过网络的时间。" },
      cause: { en, zh },
    });
    t.that(!is(2.3), reason("The computing is not shared yet.", "计算还没有分摊。"));
    t.that(!is(0.95), reason("Round the ring goes everything twice: once to be added, once to be told.", "每样东西要绕两趟：一趟相加，一趟告知。"));
    t.that(!is(6.2), reason("In each of the 2(N − 1) rounds a worker sends one place of N, not the whole gradient.", "2(N − 1) 轮里，每轮只发 N 份中的一份，不是整个梯度。"));
    t.that(!is(1.2), reason("The gradient counts once here. How much of it does a worker send in all six rounds?", "这里梯度只算了一次。六轮里一个工作者一共发了多少？"));
    t.that(!is(0.575), reason("Talking does not get shorter with more workers.", "说话的时间不会因为工作者多就变短。"));
    t.that(!is(1.5), reason("The larger of the two? Here a worker first computes and then talks, so the times add up.", "取了两者中大的？这里是先算完再说话，时间要相加。"));
    t.that(got < 1e6, reason("Bytes divided by bytes a second are seconds: is speed on the right side?", "字节除以每秒的字节才是秒：speed 放对地方了吗？"));
    t.close(got, 1.7, { what });
    t.close(await student.call("stepTime", [0.8, 1e6, 1, 1e6]), 0.8, { what: "stepTime(0.8, 1e6, 1, 1e6)", cause: { en: "One worker has nobody to talk to.", zh: "只有一个工作者，没有人可以说话。" } });
    t.close(await student.call("stepTime", [6, 3e6, 2, 1e6]), 6, { what: "stepTime(6, 3e6, 2, 1e6)" });
    return t.pass({ en: "0.8 s of computing become 1.7 s with four workers: at a megabyte a second talking costs more than is saved.", zh: "0.8 秒的计算，四个工作者要 1.7 秒：每秒一兆字节的网络上，说话花掉的比省下的还多。" });
  },
  wrong: [
    { name: "does not share the computing", edit: ["compute / workers", "compute"], expects: /not shared/ },
    { name: "forgets the way back", edit: ["(2 * (workers - 1)", "((workers - 1)"], expects: /twice/ },
    { name: "sends the whole gradient in each round", edit: ["(workers - 1) / workers)", "(workers - 1))"], expects: /one place of N/ },
    { name: "exchanges bytes and speed", edit: ["bytes / speed", "bytes * speed"], expects: /right side/ },
    { name: "counts the gradient once", edit: ["(2 * (workers - 1) / workers) * ", ""], expects: /all six rounds/ },
  ],
});

export const late = defineCheck({
  id: "late",
  points: 2,
  title: { en: "Slopes that come late", zh: "迟到的斜率" },
  hints: [
    { en: "There are two places: where the weight is now, and where the slope was taken. Which one does the step begin at?", zh: "有两个位置：权重现在在哪里，斜率是在哪里算的。一步该从哪一个出发？" },
    { en: "`const old = weights[Math.max(0, step - ___)]`, then `weights[___] - rate * 2 * (___ - 3)`.", zh: "`const old = weights[Math.max(0, step - ___)]`，然后 `weights[___] - rate * 2 * (___ - 3)`。" },
  ],
  async run(student, t) {
    const what = "descendLate(2, 0.25, 4)";
    const value = await student.call("descendLate", [2, 0.25, 4]);
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${list(got)}.`, zh: `${what} 是 ${list(got)}。` },
      expected: { en: "Five weights. Each step begins at the newest weight and uses the slope of two steps ago.", zh: "五个权重。每一步都从最新的权重出发，用的是两步之前的斜率。" },
      cause: { en, zh },
    });
    t.that(got.length === 5, reason("One weight at the start and one after each step.", "开始时一个，每一步之后一个。"));
    t.that(!same(got, [0, 1.5, 2.25, 2.625, 2.8125]), reason("Nothing is late here: the slope is that of the newest weight.", "这里谁也没有迟到：斜率是最新权重的。"));
    t.that(!same(got, [0, 1.5, 1.5, 1.5, 2.25]), reason("Your step also begins at the old weight: so the steps in between are lost.", "步子也从旧权重出发了：中间那几步就丢了。"));
    t.that(!same(got, [0, 1.5, 3, 4.5, 6]), reason("The slope is three steps old.", "斜率是三步之前的。"));
    t.that(!same(got, [0, 1.5, 3, 3.75, 3.75]), reason("The slope is one step old.", "斜率是一步之前的。"));
    t.that(got[1]! > 0, reason("The first step goes away from 3: is it uphill?", "第一步离 3 更远了：是不是上坡？"));
    t.that(got[1] !== 6, reason("Where is the rate?", "学习率呢？"));
    t.allClose(value, [0, 1.5, 3, 4.5, 5.25], { what, tolerance: 1e-9 });
    t.allClose(await student.call("descendLate", [0, 0.25, 4]), [0, 1.5, 2.25, 2.625, 2.8125], { what: "descendLate(0, 0.25, 4)", tolerance: 1e-9 });
    return t.pass({ en: "Two steps late, and at rate 0.25 the weight runs to 5.25 before the slope knows that 3 has gone by.", zh: "迟两步，学习率 0.25，权重一直跑到 5.25，斜率才知道已经过了 3。" });
  },
  wrong: [
    { name: "is not late", edit: ["weights[Math.max(0, step - delay)]", "weights[step]"], expects: /Nothing is late/ },
    { name: "begins at the old weight", edit: ["weights.push(weights[step] -", "weights.push(old -"], expects: /steps in between are lost/ },
    { name: "is a step too late", edit: ["step - delay)", "step - delay - 1)"], expects: /three steps old/ },
    { name: "goes uphill", edit: ["- rate * 2", "+ rate * 2"], expects: /uphill/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 2,
  title: { en: "Several workers, one curve", zh: "几个工作者，一条曲线" },
  hints: [
    { en: "Print `gradient[0]` before and after the all-reduce, with one worker and with eight. What has become of a mean?", zh: "在全归约前后打印 `gradient[0]`，一个工作者和八个各一次。平均变成了什么？" },
    { en: "All-reduce gives a sum of means; parts are of one size, so divide by ___.", zh: "全归约给的是平均的和；每部分一样大，所以要除以 ___。" },
  ],
  async run(student, t) {
    const points = Array.from({ length: 8 }, (_, i) => [0.25 * (i + 1), 0.5 * (i + 1) + (i % 2 ? 0.1 : -0.1)]);
    const ask = async (workers: number) => t.finite(await student.call("together", [Array.from({ length: workers }, (_, worker) => points.slice((8 / workers) * worker, (8 / workers) * (worker + 1))), 0.1, 6]), { what: { en: `The weights of ${workers} workers`, zh: `${workers} 个工作者的权重` } });
    const one = await ask(1), four = await ask(4), two = await ask(2);
    const first = points.reduce((sum, [x, y]) => sum + (0.1 * 2 * x! * y!) / 8, 0);
    t.that(Math.abs(one[1]! - first) < 1e-4, {
      saw: { en: `With one worker the first step is ${one[1]!.toFixed(4)}.`, zh: `只有一个工作者时，第一步是 ${one[1]!.toFixed(4)}。` },
      expected: { en: "With one worker nothing was wrong, and nothing should change.", zh: "一个工作者时本来就没有错，不该变。" },
      cause: { en: "A step that is shorter for everybody only hides the fault: with another number of workers it is wrong again.", zh: "让谁的步子都变短，只是把错误藏起来：换个人数，又不对了。" },
    });
    const ratio = four[1]! / one[1]!;
    const reason = (en: string, zh: string) => ({
      saw: { en: `On the same points the first step of four workers is ${ratio.toFixed(2)} times that of one.`, zh: `同样的点，四个工作者的第一步是一个工作者的 ${ratio.toFixed(2)} 倍。` },
      expected: { en: "The same weights, however many share the points.", zh: "不管几个人分这些点，权重都应该一样。" },
      cause: { en, zh },
    });
    t.that(Math.abs(ratio - 4) > 0.01, reason("Is a sum used where a mean is meant?", "该用平均的地方，是不是用了和？"));
    t.that(Math.abs(ratio - 2) > 0.01 && Math.abs(ratio - 0.5) > 0.01, reason("Divided by a number that is not the number of workers, such as the rows of a part or a constant.", "除以的数不是工作者的个数，而是每部分的行数，或者某个常数。"));
    const alone = points.slice(0, 2).reduce((sum, [x, y]) => sum + (0.1 * 2 * x! * y!) / 2, 0);
    t.that(Math.abs(four[1]! - alone) > 1e-4 && four[1] !== 0, reason("Does the first worker hear of the others' gradients, and do the weights move?", "第一个工作者听到别人的梯度了吗？权重动了吗？"));
    for (const other of [four, two]) t.that(other.length === one.length && other.every((value, at) => Math.abs(value - one[at]!) < 1e-4), reason("Does every worker use everybody's gradient in every step?", "每个工作者是不是每一步都用了所有人的梯度？"));
    return t.pass({ en: `One, two and four workers all end at ${one.at(-1)!.toFixed(3)}. This test costs a second, and would have found the fault.`, zh: `一个、两个、四个工作者，最后都在 ${one.at(-1)!.toFixed(3)}。这个检查只要一秒，当初就能发现这个错误。` });
  },
  wrong: [
    { name: "only lowers the rate", edit: ["gradient[0] / parts.length", "gradient[0] / 8"], expects: /only hides the fault/ },
    { name: "divides by the rows of a part", edit: ["gradient[0] / parts.length", "gradient[0] / (parts.length > 1 ? parts[worker].length : 1)"], expects: /not the number of workers/ },
    { name: "does not talk at all", edit: ["w[worker] -= rate * gradient[0] / parts.length;", "w[worker] -= rate * sum(parts[worker].map(([x, y]) => 2 * (w[worker] * x - y) * x)) / parts[worker].length;"], expects: /hear of the others/ },
    { name: "repairs it for two workers", edit: ["gradient[0] / parts.length", "gradient[0] / Math.min(2, parts.length)"], expects: /not the number of workers/ },
  ],
});
