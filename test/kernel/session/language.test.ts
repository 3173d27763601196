import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { createSession } from "../../../kernel/session/index.js";

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
