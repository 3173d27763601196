import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { createSession } from "../../../kernel/session/index.js";

test("plots and tables speak the notebook's language", async (t) => {
  const shown = async (language: "en" | "zh") => {
    const session = createSession({ directory: tmpdir(), language, onEvent: () => {} });
    t.after(() => session.dispose());
    const run = async (code: string) => {
      const { result, error } = await session.execute({ parent: "one", code, count: 1, cellId: "one" });
      assert.equal(error, undefined, JSON.stringify(error));
      return result!.data;
    };
    return [String((await run("JSON.stringify(plot.confusion([[1, 0], [0, 1]]).layout)"))["text/plain"]), String((await run("data.table({ a: [1, null] })"))["text/html"]).replaceAll("\u00a0", " ")].join(" ");
  };
  assert.match(await shown("zh"), /预测类别[^]*2 行 × 1 列[^]*缺失 1/);
  assert.match(await shown("en"), /predicted class[^]*2 rows x 1 column[^]*1 missing/);
});

test("what a helper shows to people speaks the notebook's language, unless it is told another", async (t) => {
  const shown = async (language: "en" | "zh", code: string) => {
    const session = createSession({ directory: tmpdir(), language, onEvent: () => {} });
    t.after(() => session.dispose());
    const { result, error } = await session.execute({ parent: "one", code, count: 1, cellId: "one" });
    assert.equal(error, undefined);
    return String(result?.data["text/plain"]);
  };
  const report = `fairness.report({ truth: [1, 0, 1, 0], predicted: [1, 0, 1, 1], group: ["a", "a", "b", "b"] }).title`;
  assert.match(await shown("zh", report), /公平性报告/);
  assert.match(await shown("en", report), /Fairness report/i);
  assert.match(await shown("zh", report.replace("] })", '], language: "en" })')), /Fairness report/i);
});

test("trees, tags, groups and neighbours show Chinese words in a Chinese notebook", async (t) => {
  const session = createSession({ directory: tmpdir(), language: "zh", onEvent: () => {} });
  t.after(() => session.dispose());
  const shown = async (code: string) => {
    const { result, error } = await session.execute({ parent: "one", code, count: 1, cellId: "one" });
    assert.equal(error, undefined, JSON.stringify(error));
    return Object.values(result!.data).join(" ").replaceAll("\u00a0", " ");
  };
  assert.match(await shown('const tree = nn.decisionTree({ x: [[1], [2], [3], [4]], y: ["a", "a", "b", "b"], features: ["age"] });\nnn.plotTree(tree, { x: [3.2] })'), /决策树，2 个叶子；样本的路径：[^]*到达 b[^]*>是</);
  assert.match(await shown('text.showTags(["chest", "pain"], { truth: ["B-PROBLEM", "I-PROBLEM"], predicted: ["O", "B-PROBLEM"] })'), /真实：[^]*预测：[^]*边界有偏差/);
  assert.match(await shown('fairness.byGroup({ truth: [1, 0, 1, 0], predicted: [1, 0, 1, 1], group: ["a", "a", "b", "b"], metrics: ["accuracy"] })'), /按组[^]*总体[^]*差值（最大 − 最小）/);
  assert.match(await shown('nn.knn({ x: [[1], [2], [3]], y: ["a", "b", "b"] }, { k: 1 })'), /3 个样本中最近的 1 个/);
});
