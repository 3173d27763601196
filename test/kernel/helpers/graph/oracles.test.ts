import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { answers } from "../../../oracles/adapters/ml/graph.js";
import { difference } from "../../../oracles/compare.js";
import type { OracleFile } from "../../../oracles/contract.js";
import { projectRoot } from "../../../support/root.js";

test("measures, normalised adjacency and layers with their gradients give the numbers of networkx and PyTorch", async () => {
  await loadEngine();
  const { cases } = JSON.parse(readFileSync(join(projectRoot, "test/oracles/graph.json"), "utf8")) as OracleFile;
  assert.ok(cases.length > 20);
  for (const { name, input, expected, tolerance } of cases) assert.equal(difference(answers[String(input["kind"])]!(input, expected), expected, tolerance), undefined, name);
});
