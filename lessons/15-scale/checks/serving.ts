import { defineCheck } from "../../checks/index.js";

const list = (values: readonly number[]): string => values.map((value) => Number(value.toFixed(3))).join(", ");
const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) < 1e-9);

export const waits = defineCheck({
  id: "waits",
  points: 3,
  title: { en: "From question to answer", zh: "从提问到回答" },
  hints: [
    { en: "When can a batch begin: when the counter is free, or when the first one has come? And from which moment on does somebody wait?", zh: "一批什么时候能开始：窗口空了，还是第一个人到了？一个人又是从什么时候开始等的？" },
    { en: "`start = Math.max(___, ___)`; the batch: those of `waiting` who came by ___, at most ___; `free = start + ___`; each waited `free - ___`.", zh: "`start = Math.max(___, ___)`；这一批：`waiting` 里到 ___ 为止到了的，最多 ___ 个；`free = start + ___`；每个人等了 `free - ___`。" },
  ],
  async run(student, t) {
    const what = "answerTimes([0, 1, 2, 3, 30], 2, 4, 1)";
    const value = await student.call("answerTimes", [[0, 1, 2, 3, 30], 2, 4, 1]);
    const got = t.finite(value, { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${list(got)}.`, zh: `${what} 是 ${list(got)}。` },
      expected: { en: "The first is answered alone; the next two wait until the counter is free and are answered together; the fourth is in a third batch; the last one comes to a free counter.", zh: "第一个独自得到回答；接下来两个等窗口空了，一起得到回答；第四个在第三批；最后一个来时窗口空着。" },
      cause: { en, zh },
    });
    t.that(got.length === 5, reason("One time for each arrival, in their order.", "每个到达的人一个时间，按到达的顺序。"));
    t.that(!same(got, [5, 6, 6, 5, 5]), reason("The time in the queue is left out: people wait from their arrival on.", "漏了排队的时间：人是从到达那一刻开始等的。"));
    t.that(!same(got, [5, 5, 5, 5, 5]), reason("Each batch begins when its first one comes, as if the counter were never busy.", "每一批都在第一个人到达时开始，好像窗口从来不忙。"));
    t.that(!same(got, [6, 5, 10, 9, 5]) && got[0] !== 6, reason("The first batch holds somebody who has not come yet when it begins.", "第一批开始时，里面有一个人还没到。"));
    t.that(!same(got, [5, 11, 10, 9, 5]), reason("Three in a batch: at most two were allowed.", "一批里有三个：最多只能两个。"));
    t.that(!same(got, [5, 14, 13, 17, 5]), reason("The fixed part is paid once a batch, not once a question: that is why batches pay.", "固定的部分每批只付一次，不是每个问题一次：批处理划算就在这里。"));
    t.that(!same(got, [5, 9, 8, 12, 5]), reason("A batch of two takes one time `each` more than a batch of one.", "两个人的一批，要比一个人的多用一个 `each`。"));
    t.allClose(value, [5, 10, 9, 13, 5], { what });
    t.allClose(await student.call("answerTimes", [[0, 0, 0], 1, 2, 1]), [3, 6, 9], { what: "answerTimes([0, 0, 0], 1, 2, 1)" });
    t.allClose(await student.call("answerTimes", [[2, 2, 2, 2], 8, 4, 0.5]), [6, 6, 6, 6], { what: "answerTimes([2, 2, 2, 2], 8, 4, 0.5)" });
    return t.pass({ en: "The fourth one waited 13 ms for 5 ms of work: most of a latency is queue.", zh: "第四个人等了 13 毫秒，活儿只要 5 毫秒：延迟里大半是排队。" });
  },
  wrong: [
    { name: "leaves out the queue", edit: ["free - at", "free - start"], expects: /time in the queue/ },
    { name: "forgets that the counter is busy", edit: ["Math.max(free, waiting[0])", "waiting[0]"], expects: /never busy/ },
    { name: "takes those who have not come", edit: [".filter((at) => at <= start)", ""], expects: /not come yet/ },
    { name: "takes everybody who waits", edit: [".slice(0, most)", ""], expects: /at most two/ },
    { name: "pays the fixed part for each", edit: ["fixed + each * batch.length", "(fixed + each) * batch.length"], expects: /once a batch/ },
  ],
});

export const machines = defineCheck({
  id: "machines",
  points: 2,
  title: { en: "How many machines?", zh: "要几台机器？" },
  hints: [
    { en: "Which of the 24 numbers must still go well? And how many questions may a machine get that is used to 70 % only?", zh: "24 个数里，哪一个来了也不能出事？一台只用到七成的机器，每秒可以接多少提问？" },
    { en: "`Math.ceil(Math.max(...___) / (___ * ___))`", zh: "`Math.ceil(Math.max(...___) / (___ * ___))`" },
  ],
  async run(student, t) {
    const what = "machines([10, 100, 70], 35, 0.5)";
    const got = t.number(await student.call("machines", [[10, 100, 70], 35, 0.5]), { what });
    const reason = (en: string, zh: string) => ({
      saw: { en: `${what} is ${Number(got.toFixed(3))}.`, zh: `${what} 是 ${Number(got.toFixed(3))}。` },
      expected: { en: "So many that in the busiest hour each gets at most half of 35 questions a second.", zh: "要够多：最忙的那个小时里，每台每秒最多接 35 的一半。" },
      cause: { en, zh },
    });
    t.that(got !== 4, reason("Planned for the average: in the busiest hour they stand at the wall.", "按平均来规划，到最忙的时候就撞墙了。"));
    t.that(got !== 3, reason("Each machine is used to its full capacity: where is the room to spare?", "每台机器都用满了：余地呢？"));
    t.that(got !== 2, reason("`busy` makes a machine larger than it is here. It should be asked to do less.", "`busy` 在这里反而把机器变大了。应该让它少做一点。"));
    t.that(Number.isInteger(got), reason("A part of a machine cannot be bought.", "机器没法只买一部分。"));
    t.that(got !== 5, reason("Rounded down: then each gets more than it should.", "向下取整了：那样每台都会超过。"));
    t.that(got < 11, reason("All hours added up come at once here.", "这里把所有小时加起来，好像同时来了。"));
    t.close(got, 6, { what });
    t.close(await student.call("machines", [[90, 1], 35, 0.5]), 6, { what: "machines([90, 1], 35, 0.5)", cause: { en: "5.14 machines are not enough if there are 5.", zh: "需要 5.14 台，5 台就不够。" } });
    t.close(await student.call("machines", [[35], 35, 0.5]), 2, { what: "machines([35], 35, 0.5)", cause: { en: "Where it fits exactly, no further machine is needed.", zh: "刚好够的时候，不用再多一台。" } });
    return t.pass({ en: "The average would ask for 4 machines, the busiest hour with room to spare for 6.", zh: "按平均只要 4 台，按最忙的小时、留出余地，要 6 台。" });
  },
  wrong: [
    { name: "plans for the average", edit: ["Math.max(...day)", "sum(day) / day.length"], expects: /average/ },
    { name: "leaves no room", edit: ["(capacity * busy)", "capacity"], expects: /room to spare/ },
    { name: "rounds down", edit: ["Math.ceil", "Math.floor"], expects: /Rounded down/ },
    { name: "divides by busy", edit: ["(capacity * busy)", "(capacity / busy)"], expects: /larger than it is/ },
  ],
});
