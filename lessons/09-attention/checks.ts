import { defineCheck, type Text } from "../checks/index.js";

const text = (en: string, zh: string): Text => ({ en, zh });

export const perplexity = defineCheck({
  id: "perplexity",
  points: 2,
  title: text("Perplexity", "困惑度"),
  hints: [
    text("Two steps, and their order matters: first one number for all surprises, then out of the logarithm again. Which function undoes a natural logarithm?", "两步，先后有别：先把所有惊讶度变成一个数，再从对数里出来。哪个函数能还原自然对数？"),
    text("`Math.exp(___(surprises))`", "`Math.exp(___(surprises))`"),
  ],
  async run(student, t) {
    const what = "perplexity([Math.log(2), Math.log(8), Math.log(4)])";
    const surprises = [Math.log(2), Math.log(8), Math.log(4)];
    const value = t.number(await student.call("perplexity", [surprises]), { what });
    const reason = (en: string, zh: string) => ({
      saw: text(`${what} gives ${value.toFixed(3)}.`, `${what} 得到 ${value.toFixed(3)}。`),
      expected: text("e to the mean of the three surprises.", "应该是 e 的（三个惊讶度的平均）次方。"),
      cause: text(en, zh),
    });
    const near = (wrong: number) => Math.abs(value - wrong) < 1e-6;
    t.that(!near(2 ** Math.log(4)), reason("Did you take 2 to the mean? That belongs to bits; these surprises are natural logarithms, so the base is e.", "是不是用了 2 的次方？那是以比特计的；这里是自然对数，底数是 e。"));
    t.that(!near(Math.log(4)), reason("That is the mean surprise, the cross-entropy. One more step leads to the perplexity.", "这是平均惊讶度，也就是交叉熵。再走一步才是困惑度。"));
    t.that(!near(14 / 3), reason("Do you take e to each surprise and then average? Average first: one rare token would rule the result.", "是不是先逐个取 e 的次方再平均？应该先平均，否则一个罕见的词元就能左右结果。"));
    t.that(!near(64), reason("Do you add up where you should average?", "该取平均的地方，是不是用了求和？"));
    t.that(!near(0.25), reason("The sign is turned: surprises are −ln p and positive.", "符号反了：惊讶度是 −ln p，是正数。"));
    t.close(value, 4, { what, tolerance: 1e-9 });
    t.close(await student.call("perplexity", [[0, 0]]), 1, { what: text("The perplexity of a model that was sure and right", "一个既确定又猜对的模型的困惑度"), tolerance: 1e-9 });
    return t.pass(text("As unsure as among 4. A model that is always sure and right has perplexity 1, the best there is.", "像在 4 个里挑一样没把握。永远确定又猜对的模型，困惑度是 1，不能再低。"));
  },
  wrong: [
    { name: "takes 2 to the mean", edit: ["Math.exp(average(surprises))", "2 ** average(surprises)"], expects: /belongs to bits/ },
    { name: "stops at the mean surprise", edit: ["Math.exp(average(surprises))", "average(surprises)"], expects: /cross-entropy/ },
    { name: "averages the powers", edit: ["Math.exp(average(surprises))", "average(surprises.map(Math.exp))"], expects: /one rare token/ },
    { name: "sums the surprises", edit: ["Math.exp(average(surprises))", "Math.exp(surprises.reduce((sum, one) => sum + one, 0))"], expects: /should average/ },
  ],
});

export const bigram = defineCheck({
  id: "bigram",
  points: 3,
  title: text("A table of pairs", "二元对的表"),
  hints: [
    text("Walk through `train` from its second token: which two tokens stand side by side at place i? And which row of the table answers at each place of `test`?", "从 `train` 的第二个词元往后走：位置 i 上相邻的是哪两个词元？`test` 的每个位置，该查表的哪一行？"),
    text("`pair[train[i - 1]][___]++`; then for each place of `test` −ln of `pair[before][after]` divided by the sum of row `___`.", "`pair[train[i - 1]][___]++`；然后对 `test` 的每个位置，取 `pair[before][after]` 除以第 `___` 行的和，再取 −ln。"),
  ],
  async run(student, t) {
    // Pairs of 0 1 1 0 1: 01, 11, 10, 01. With one extra each and 3 tokens: row 0 is 1 3 1, row 1 is 2 2 1, row 2 is 1 1 1.
    const what = "bigram([0, 1, 1, 0, 1], [0, 1, 0, 2], 3)";
    const losses = t.finite(await student.call("bigram", [[0, 1, 1, 0, 1], [0, 1, 0, 2], 3]), {
      what, cause: text("Does a pair that never came get probability 0? Each pair has one extra count.", "是不是让没出现过的二元对概率成了 0？每一对都要多数一次。"),
    });
    t.that(losses.length === 3, { saw: text(`${what} has ${losses.length} surprises.`, `${what} 有 ${losses.length} 个惊讶度。`), expected: text("One for each token of test but the first.", "test 里除了第一个，每个词元一个。") });
    const share = losses.map((loss) => Math.exp(-loss));
    const shown = share.map((p) => p.toFixed(3)).join(", ");
    const reason = (en: string, zh: string) => ({
      saw: text(`For the pairs 01, 10, 02 you give probabilities ${shown}.`, `对 01、10、02 这三对，你给出的概率是 ${shown}。`),
      expected: text("The share of each pair in the row of pairs that begin alike.", "应该是每一对在“开头相同”的那一行里占的份额。"),
      cause: text(en, zh),
    });
    const like = (...wrong: number[]) => wrong.every((p, i) => Math.abs(share[i]! - p) < 1e-6);
    t.that(!like(1 / 3, 1 / 3, 1 / 3), reason("Only the extra counts are there: were the pairs of train counted?", "只有多数的那一次：数过 train 里的二元对吗？"));
    t.that(!like(1 / 2, 1 / 2, 1 / 4) && !like(2 / 5, 3 / 5, 1 / 3) && !like(2 / 5, 3 / 5, 1 / 5), reason("The pairs seem to be turned round: the row is the token before, the column the token after.", "二元对好像反了：行是前一个词元，列是后一个。"));
    t.that(!like(3 / 13, 2 / 13, 1 / 13), reason("Do you divide by all pairs? The question is what follows this token, so divide by its own row.", "是不是除以了所有二元对？问的是这个词元之后是什么，应该除以它自己那一行。"));
    t.that(!like(4 / 7, 3 / 6, 2 / 7), reason("Were the pairs of test counted, too? Then the table has seen the exam.", "是不是把 test 的二元对也数进去了？那这张表就看过试卷了。"));
    t.that(losses.every((loss) => loss > 0), reason("A surprise is −ln p and positive.", "惊讶度是 −ln p，应该是正数。"));
    t.allClose(losses, [3 / 5, 2 / 5, 1 / 5].map((p) => -Math.log(p)), { what, tolerance: 1e-9 });
    return t.pass(text("The pair 02 was never seen and still costs only ln 5 = 1.61: that is what the extra count is for.", "02 从没出现过，代价也只有 ln 5 = 1.61：这就是多数一次的用处。"));
  },
  wrong: [
    { name: "forgets to count", edit: ["pair[train[i - 1]][train[i]]++;", ";"], expects: /Only the extra counts/ },
    { name: "turns the pairs round", edit: ["pair[train[i - 1]][train[i]]++", "pair[train[i]][train[i - 1]]++"], expects: /turned round/ },
    { name: "divides by all pairs", edit: ["/ row[test[i]]", "/ row.reduce((a, b) => a + b, 0)"], expects: /divide by all pairs/ },
    { name: "starts at 0", edit: [".fill(1)", ".fill(0)"], expects: /one extra count/ },
    { name: "counts the test text, too", edit: ["const row = pair", "for (let i = 1; i < test.length; i++) pair[test[i - 1]][test[i]]++;\n  const row = pair"], expects: /seen the exam/ },
  ],
});

export const softmax = defineCheck({
  id: "softmax",
  points: 2,
  title: text("Softmax", "softmax 权重"),
  hints: [
    text("What must be true of all weights together? And which step makes every number positive?", "所有权重加在一起必须满足什么？哪一步让每个数都变成正数？"),
    text("`powers = scores.map((score) => Math.exp(score - ___))`, then each power divided by `___`.", "`powers = scores.map((score) => Math.exp(score - ___))`，再把每一个除以 `___`。"),
  ],
  async run(student, t) {
    const what = "softmax([0, Math.log(3)])";
    const value = t.finite(await student.call("softmax", [[0, Math.log(3)]]), { what });
    const sum = value.reduce((a, b) => a + b, 0);
    const reason = (en: string, zh: string) => ({
      saw: text(`${what} gives ${value.map((v) => v.toFixed(3)).join(", ")}.`, `${what} 得到 ${value.map((v) => v.toFixed(3)).join("、")}。`),
      expected: text("Two positive weights that add up to 1, one three times the other.", "应该是两个正的权重，加起来是 1，一个是另一个的三倍。"),
      cause: text(en, zh),
    });
    t.that(Math.abs(sum - 1) < 1e-6, reason("They do not add up to 1: is the division by their sum missing?", "它们加起来不是 1：是不是漏了除以总和？"));
    t.that(Math.abs(value[0]!) > 1e-9, reason("A score of 0 got no weight at all: do you divide the scores themselves? Take e to each first.", "得分为 0 的权重成了 0：是不是直接拿得分去除？应该先取 e 的次方。"));
    t.that(!(value[0]! > value[1]!), reason("The larger score has the smaller weight: is there a minus too many?", "得分大的权重反而小：是不是多了一个负号？"));
    t.allClose(value, [0.25, 0.75], { what, tolerance: 1e-9 });
    const large = await student.call("softmax", [[1000, 1000 + Math.log(3)]]);
    t.finite(large, {
      what: "softmax([1000, 1001.1])",
      expected: text("The same weights as for 0 and 1.1: only differences count.", "应该和 0 与 1.1 的权重一样：只有差才算数。"),
      cause: text("e to the 1,000 is too large for a number. Subtract the largest score first.", "e 的 1000 次方太大，装不下。先减去最大的得分。"),
    });
    t.allClose(large, [0.25, 0.75], { what: "softmax([1000, 1001.1])", tolerance: 1e-6 });
    return t.pass(text("0 and ln 3 give 1/4 and 3/4, and so do 1,000 and 1,000 + ln 3: softmax sees only differences.", "0 和 ln 3 得到 1/4 和 3/4，1000 和 1000 + ln 3 也一样：softmax 只看差。"));
  },
  wrong: [
    { name: "forgets to divide by the sum", edit: ["power / sum", "power"], expects: /do not add up to 1/ },
    { name: "divides the scores themselves", edit: ["Math.exp(score - most)", "score"], expects: /themselves/ },
    { name: "does not subtract the largest", edit: ["score - most", "score"], expects: /e to the 1,000/ },
    { name: "turns the sign", edit: ["score - most", "most - score"], expects: /minus too many/ },
  ],
});

// One query, three tokens: d = 4, so that √d is 2.
const query = [2, 0, 0, 2];
const keys = [[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 1]];
const values = [[4, 0], [0, 4], [8, 8]];
const shares = (scores: number[]): number[] => {
  const powers = scores.map((score) => Math.exp(score));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};
const mix = (weights: number[], rows: number[][]): number[] => rows[0]!.map((_, i) => rows.reduce((sum, row, token) => sum + weights[token]! * row[i]!, 0));
const apart = (a: readonly number[], b: readonly number[]): number => (a.length === b.length ? Math.max(...a.map((x, i) => Math.abs(x - b[i]!))) : Infinity);

export const attend = defineCheck({
  id: "attend",
  points: 3,
  title: text("Attention for one query", "一个查询的注意力"),
  hints: [
    text("Keys decide the weights, values are what is averaged. How long is the query here, and what is the root of that?", "键决定权重，被平均的是值。这里的查询有多长？它的平方根是多少？"),
    text("`weights = softmax(keys.map((key) => dot(query, key) / ___))`; number i of the output is the sum over the tokens of `weights[token] * ___[token][i]`.", "`weights = softmax(keys.map((key) => dot(query, key) / ___))`；输出的第 i 个数，是对各词元求 `weights[token] * ___[token][i]` 的和。"),
  ],
  async run(student, t) {
    const answer = (await student.call("attend", [query, keys, values])) as { weights: unknown; output: unknown };
    const raw = [2, 0, 4], right = shares(raw.map((score) => score / 2));
    const weights = t.finite(answer?.weights, { what: text("The weights for a query of four numbers", "一个四维查询的权重") });
    const reason = (en: string, zh: string) => ({
      saw: text(`For a query of 4 numbers with scores 2, 0, 4 the weights are ${weights.map((w) => w.toFixed(3)).join(", ")}.`, `查询有 4 个数、得分是 2、0、4 时，权重是 ${weights.map((w) => w.toFixed(3)).join("、")}。`),
      expected: text("The softmax of the scores over √d.", "应该是“得分除以 √d”的 softmax。"),
      cause: text(en, zh),
    });
    t.that(!(apart(weights, shares(raw)) < 1e-6), reason("Is the division by √d missing? In the lesson's example d is 2, here it is 4.", "是不是漏了除以 √d？课文例子里 d 是 2，这里是 4。"));
    t.that(!(apart(weights, shares(raw.map((score) => score / 4))) < 1e-6), reason("Do you divide by d itself? The root is missing.", "是不是除以了 d 本身？漏了开方。"));
    t.that(!(apart(weights, shares(raw.map((score) => score / Math.SQRT2))) < 1e-6), reason("Do you divide by √2 always? That was right for two numbers only; take the length of the query.", "是不是总除以 √2？那只适合两个数；应该用查询的长度。"));
    t.that(!(apart(weights, raw.map((score) => score / 2)) < 1e-6), reason("These are scores still: the softmax is missing.", "这还是得分：漏了 softmax。"));
    t.allClose(weights, right, { what: text("The weights", "权重"), tolerance: 1e-6 });
    const output = t.finite(answer?.output, { what: text("The output", "输出") });
    t.that(!(apart(output, mix(right, keys)) < 1e-6), {
      saw: text(`The output has ${output.length} numbers, as many as a key.`, `输出有 ${output.length} 个数，和键一样长。`),
      expected: text("As many as a value has: two.", "应该和值一样长：两个。"),
      cause: text("Do you average the keys? They only decide the weights; what is handed over are the values.", "是不是对键求了平均？键只决定权重，交出去的是值。"),
    });
    t.that(!(apart(output, mix([1 / 3, 1 / 3, 1 / 3], values)) < 1e-6), { saw: text("The output is the plain average of the values.", "输出是值的普通平均。"), expected: text("The average under the weights.", "应该按权重取平均。") });
    t.allClose(output, mix(right, values), { what: text("The output", "输出"), tolerance: 1e-6 });
    return t.pass(text(`The third token got ${Math.round(100 * right[2]!)} % of the look, because its key matched the query twice.`, `第三个词元拿到了 ${Math.round(100 * right[2]!)}% 的目光，因为它的键和查询对上了两次。`));
  },
  wrong: [
    { name: "does not scale", edit: [" / Math.sqrt(query.length)", ""], expects: /division by √d missing/ },
    { name: "divides by d", edit: ["Math.sqrt(query.length)", "query.length"], expects: /root is missing/ },
    { name: "divides by the root of 2", edit: ["Math.sqrt(query.length)", "Math.sqrt(2)"], expects: /√2 always/ },
    { name: "forgets the softmax", edit: ["softmax(keys.map((key) => dot(query, key) / Math.sqrt(query.length)))", "keys.map((key) => dot(query, key) / Math.sqrt(query.length))"], expects: /softmax is missing/ },
    { name: "averages the keys", edit: ["values[0].map((_, i) => values.reduce((sum, value, token) => sum + weights[token] * value[i], 0))", "keys[0].map((_, i) => keys.reduce((sum, key, token) => sum + weights[token] * key[i], 0))"], expects: /average the keys/ },
  ],
});

export const causal = defineCheck({
  id: "causal",
  points: 3,
  title: text("The causal mask", "因果掩码"),
  hints: [
    text("How many keys may token i see, itself included? Over which keys does its softmax run?", "第 i 个词元能看到几个键（包括自己）？它的 softmax 在哪些键上算？"),
    text("For query i: `softmax` over `keys.slice(0, ___)`, then as many zeros as are left.", "对查询 i：在 `keys.slice(0, ___)` 上做 `softmax`，剩下的位置填零。"),
  ],
  async run(student, t) {
    const queries = [[1, 1, 0, 0], [2, 0, 0, 2], [0, 2, 2, 0]];
    const score = (i: number, j: number): number => queries[i]!.reduce((sum, x, k) => sum + x * keys[j]![k]!, 0) / 2;
    const right = queries.map((_, i) => [...shares(Array.from({ length: i + 1 }, (_, j) => score(i, j))), ...new Array<number>(2 - i).fill(0)]);
    const got = await student.call("causal", [queries, keys]);
    t.shape(got, [3, 3], { what: "causal" });
    const flat = t.finite(got, { what: "causal" });
    const rows = [0, 1, 2].map((i) => flat.slice(3 * i, 3 * i + 3));
    const shown = (row: readonly number[]) => row.map((w) => w.toFixed(3)).join(", ");
    const reason = (i: number, en: string, zh: string) => ({
      saw: text(`Of three tokens, row ${i} of the weights is ${shown(rows[i]!)}.`, `三个词元，权重的第 ${i} 行是 ${shown(rows[i]!)}。`),
      expected: text(`Token ${i} looks at tokens 0 to ${i}, with weights that add up to 1.`, `第 ${i} 个词元看第 0 到第 ${i} 个，权重加起来是 1。`),
      cause: text(en, zh),
    });
    const full = queries.map((_, i) => shares([0, 1, 2].map((j) => score(i, j))));
    const zeroScore = queries.map((_, i) => shares([0, 1, 2].map((j) => (j <= i ? score(i, j) : 0))));
    t.that(!(apart(rows[0]!, full[0]!) < 1e-6), reason(0, "The first token sees the others: where is the mask?", "第一个词元看到了后面的：掩码在哪里？"));
    t.that(!(apart(rows[0]!, zeroScore[0]!) < 1e-6), reason(0, "Did you set the hidden scores to 0? e to the 0 is 1, so they still get weight. Leave them out, or use −Infinity.", "是不是把要藏起来的得分设成了 0？e 的 0 次方是 1，它们还是会分到权重。应该去掉它们，或者用 −Infinity。"));
    t.that(Math.abs(rows[0]!.reduce((a, b) => a + b, 0)) > 1e-9, reason(0, "The first token sees nothing: it may look at itself.", "第一个词元什么也看不到：它可以看自己。"));
    t.that(rows[0]![1]! < 1e-9 && rows[0]![2]! < 1e-9, reason(0, "It looks ahead: is the comparison turned round, or one too far?", "它在往后看：比较的方向是不是反了，或者多看了一个？"));
    for (const i of [0, 1, 2]) t.that(Math.abs(rows[i]!.reduce((a, b) => a + b, 0) - 1) < 1e-6, reason(i, "The row does not add up to 1: was the mask put on after the softmax? Hide first, then take the softmax of what is left.", "这一行加起来不是 1：掩码是不是加在了 softmax 之后？应该先藏起来，再对剩下的做 softmax。"));
    t.allClose(flat, right.flat(), { what: "causal", tolerance: 1e-6, cause: text("Is every score divided by √d, and does each row use its own query?", "每个得分都除以 √d 了吗？每一行用的是自己的查询吗？") });
    return t.pass(text("Row 0 is 1, 0, 0: the first token has nobody else to look at, so it takes in only itself.", "第 0 行是 1、0、0：第一个词元没有别人可看，只能接收自己。"));
  },
  wrong: [
    { name: "has no mask", edit: ["keys.slice(0, i + 1)", "keys.slice()"], expects: /where is the mask/ },
    { name: "sets hidden scores to 0", edit: ["keys.slice(0, i + 1).map((key) => dot(query, key) / Math.sqrt(query.length))", "keys.map((key, j) => (j <= i ? dot(query, key) / Math.sqrt(query.length) : 0))"], expects: /e to the 0 is 1/ },
    { name: "masks after the softmax", edit: ["softmax(keys.slice(0, i + 1).map((key) => dot(query, key) / Math.sqrt(query.length)))", "softmax(keys.map((key) => dot(query, key) / Math.sqrt(query.length))).map((weight, j) => (j <= i ? weight : 0))"], expects: /after the softmax/ },
    { name: "hides the token itself", edit: ["keys.slice(0, i + 1)", "keys.slice(0, i)"], expects: /sees nothing/ },
    { name: "lets it see one too many", edit: ["keys.slice(0, i + 1)", "keys.slice(0, i + 2)"], expects: /looks ahead/ },
  ],
});

export const draw = defineCheck({
  id: "draw",
  points: 3,
  title: text("Draw the next token", "抽出下一个词元"),
  hints: [
    text("Imagine the chances of the best tokens side by side on a stick of length 1. On whose piece does `point` lie?", "把最好的几个词元的概率并排放在一根长为 1 的棍子上。`point` 落在谁的那一段？"),
    text("`chances = softmax(best.map((id) => scores[id] / ___))`; subtract one chance after the other from `point` until less than ___ is left.", "`chances = softmax(best.map((id) => scores[id] / ___))`；从 `point` 里依次减去概率，直到剩下的小于 ___。"),
  ],
  async run(student, t) {
    const points = Array.from({ length: 24 }, (_, i) => (i + 0.5) / 24);
    /** How often each id comes, over points spread evenly. */
    const tally = async (scores: number[], temperature: number, topK: number): Promise<number[]> => {
      const counts = scores.map(() => 0);
      for (const point of points) {
        const id = t.number(await student.call("draw", [scores, temperature, topK, point]), { what: "draw" });
        t.that(Number.isInteger(id) && id >= 0 && id < scores.length, { saw: text(`draw gives ${id}.`, `draw 得到 ${id}。`), expected: text("The id of a token: its place in `scores`.", "应该是词元的编号，也就是它在 `scores` 里的位置。") });
        counts[id]!++;
      }
      return counts;
    };
    const scores = [-2, 0, Math.log(3), -1];
    const words = (counts: number[]) => counts.map((n, id) => `${n}x id ${id}`).join(", ");
    const reason = (counts: number[], setting: string, en: string, zh: string) => ({
      saw: text(`24 draws from scores -2, 0, 1.1, -1 with ${setting}: ${words(counts)}.`, `得分 -2、0、1.1、-1，${setting}，抽 24 次：${words(counts)}。`),
      expected: text("Each of the kept ids as often as its chance says.", "留下来的每个编号，出现的次数应该和它的概率相符。"),
      cause: text(en, zh),
    });
    const close = (counts: number[], want: number[]) => counts.every((n, id) => Math.abs(n - want[id]!) <= 1);
    const plain = await tally(scores, 1, 2);
    t.that(plain[2] !== 24, reason(plain, "temperature 1, top 2", "Always the best one: is the dice, `point`, used?", "总是最好的那个：骰子 `point` 用上了吗？"));
    t.that(!close(plain, [6, 18, 0, 0]) && plain[0] === 0, reason(plain, "temperature 1, top 2", "An id that is not among the best two came up: do you return the place in `best` instead of the id?", "出现了不在前两名里的编号：返回的是不是 `best` 里的位置，而不是编号？"));
    t.that(plain[3] === 0, reason(plain, "temperature 1, top 2", "An id outside the best two came up: is the softmax taken over all scores?", "出现了前两名以外的编号：softmax 是不是对所有得分算的？"));
    t.that(!(plain[1]! > plain[2]!), reason(plain, "temperature 1, top 2", "The better one comes less often: does the walk give the rest to the wrong end?", "好的那个反而少：多出来的概率是不是给错了一端？"));
    t.that(close(plain, [0, 6, 18, 0]), reason(plain, "temperature 1, top 2", "Do the chances of the kept ids add up to 1? Take the softmax over them alone.", "留下来的编号，概率加起来是 1 吗？只对它们做 softmax。"));
    const cool = await tally(scores, 0.5, 2);
    t.that(!close(cool, [0, 9, 15, 0]), reason(cool, "temperature 0.5, top 2", "Cooler became more daring: are the scores multiplied by the temperature?", "温度低了反而更大胆：得分是不是乘以了温度？"));
    t.that(!close(cool, [0, 6, 18, 0]), reason(cool, "temperature 0.5, top 2", "The temperature changes nothing: where is it?", "温度没有起作用：它在哪里？"));
    t.that(close(cool, [0, 2.4, 21.6, 0]), reason(cool, "temperature 0.5, top 2", "Divide the scores by the temperature before the softmax.", "在 softmax 之前把得分除以温度。"));
    const one = await tally(scores, 1, 1);
    t.that(one[2] === 24, reason(one, "temperature 1, top 1", "With one kept there is nothing to choose.", "只留一个时，没有别的可选。"));
    return t.pass(text(`At temperature 1 the better of two came ${plain[2]} times in 24, at 0.5 ${cool[2]} times: cooling makes the likely likelier.`, `温度 1 时，两个里较好的那个 24 次出现了 ${plain[2]} 次；0.5 时是 ${cool[2]} 次：降温让可能的更可能。`));
  },
  wrong: [
    { name: "always takes the best", edit: ["let left = point, at = 0;", "let left = 0, at = 0;"], expects: /dice/ },
    { name: "multiplies by the temperature", edit: ["scores[id] / temperature", "scores[id] * temperature"], expects: /multiplied/ },
    { name: "forgets the temperature", edit: ["scores[id] / temperature", "scores[id]"], expects: /where is it/ },
    { name: "returns the place among the best", edit: ["return best[at];", "return at;"], expects: /place in `best`/ },
    { name: "takes chances among all scores", edit: ["softmax(best.map((id) => scores[id] / temperature))", "best.map((id) => softmax(scores.map((score) => score / temperature))[id])"], expects: /over them alone|wrong end/ },
  ],
});

export const repair = defineCheck({
  id: "repair",
  points: 3,
  title: text("Repair the mask", "修好掩码"),
  hints: [
    text("Write down the four rows for a length of 4. Which token does row 0 look at, and is that allowed?", "写出长度为 4 时的四行。第 0 行看了哪些词元？允许吗？"),
    text("Token i may look at column j where j is at most ___.", "第 i 个词元可以看第 j 列，条件是 j 不超过 ___。"),
  ],
  async run(student, t) {
    const got = await student.call("visible", [5]);
    t.shape(got, [5, 5], { what: "visible(5)" });
    const mask = t.finite(got, { what: "visible(5)" });
    const at = (i: number, j: number): number => mask[5 * i + j]!;
    const reason = (i: number, en: string, zh: string) => ({
      saw: text(`Of visible(5), row ${i} is ${[0, 1, 2, 3, 4].map((j) => at(i, j)).join(" ")}.`, `visible(5) 的第 ${i} 行是 ${[0, 1, 2, 3, 4].map((j) => at(i, j)).join(" ")}。`),
      expected: text("Token i sees itself and what came before.", "第 i 个词元看得到自己和前面的。"),
      cause: text(en, zh),
    });
    t.that(at(1, 1) !== 0 || at(1, 0) === 0, reason(1, "It does not see itself. It needs to: the letter that is there now is what the next one follows.", "它看不到自己。它应该看到：下一个字母跟着的，正是现在这个。"));
    t.that(!(at(2, 0) === 0 && at(2, 3) === 1), reason(2, "It sees what comes and not what came: rows and columns are exchanged.", "它看得到后面，看不到前面：行和列对调了。"));
    t.that(!(at(0, 1) === 1 && at(0, 2) === 0), reason(0, "It still sees one letter ahead, and that letter is the answer.", "它还是多看了一个字母，而那个字母就是答案。"));
    t.that(at(0, 4) === 0, reason(0, "It sees everything: that is no mask.", "它什么都看得到：这不是掩码。"));
    t.that(!(at(4, 0) === 0 && at(4, 4) === 1), reason(4, "It no longer sees the beginning. Hiding the past makes the model blind, not honest.", "它看不到开头了。藏起过去只会让模型变瞎，不会让它诚实。"));
    t.allClose(mask, Array.from({ length: 25 }, (_, k) => (k % 5 <= Math.floor(k / 5) ? 1 : 0)), { what: "visible(5)" });
    return t.pass(text("Of 25 cells 15 are open. The four that you closed beside the diagonal held the answers.", "25 格里开着 15 格。你在对角线旁边关上的那四格，装的正是答案。"));
  },
  wrong: [
    { name: "hides the token itself", edit: ["j <= i", "j < i"], expects: /does not see itself/ },
    { name: "exchanges rows and columns", edit: ["j <= i", "j >= i"], expects: /exchanged/ },
    { name: "opens everything", edit: ["j <= i", "j <= length"], expects: /no mask/ },
    { name: "sees one back only", edit: ["j <= i", "j <= i && j >= i - 1"], expects: /no longer sees the beginning/ },
    { name: "starts the leak one row later", edit: ["j <= i ", "j <= i + (i > 0 ? 1 : 0) "], expects: /differ from mine/ },
  ],
});
