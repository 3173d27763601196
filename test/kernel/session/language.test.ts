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
