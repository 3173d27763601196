import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answers } from "../../../oracles/adapters/ml/recommend.js";
import { difference } from "../../../oracles/compare.js";
import type { OracleFile } from "../../../oracles/contract.js";
import { projectRoot } from "../../../support/root.js";

test("factorisations, rankings and A/B tests give the numbers of numpy, scikit-learn, scipy and statsmodels", async () => {
  const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/oracles/recommend.json"), "utf8")) as OracleFile;
  assert.ok(cases.length > 25);
  for (const { name, input, expected, tolerance } of cases) assert.equal(difference(answers[String(input["kind"])]!(input, expected), expected, tolerance), undefined, name);
});
