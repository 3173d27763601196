import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook } from "./notebook.js";

const loop = "let acc = 0; for (let i = 0; i < 2e6; i++) acc += i % 7";

// Side by side 1.0 to 1.2 on a quiet machine; without compiled top-level variables it would be 20 to 100.
test("A hot loop at the top level of a cell runs at the speed of plain JavaScript.", async () => {
  const notebook = openNotebook();
  const plain = new Function(`${loop}; return acc`) as () => number;
  const best = async (run: () => unknown) => {
    let least = Infinity;
    for (let round = 0; round < 7; round++) {
      const start = performance.now();
      await run();
      least = Math.min(least, performance.now() - start);
    }
    return least;
  };
  const plainTime = await best(plain);
  const cellTime = await best(() => notebook.run(loop));
  assert.equal(await notebook.run("acc"), plain());
  assert.ok(cellTime < plainTime * 4, `${cellTime} ms in the cell, ${plainTime} ms plain`);
});
