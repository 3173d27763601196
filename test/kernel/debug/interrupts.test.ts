import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startKernel } from "../../support/jupyter.js";
import { debugClient } from "./client.js";

for (const [name, code] of [
  ["a plain loop", "let turns = 0;\nwhile (true) {\n  turns++; // break if turns === 5\n}"],
  ["code after an await", "let turns = 0;\nawait new Promise((go) => setTimeout(go, 5));\nturns = 5; // break if true\nawait new Promise(() => {});"],
] as const) {
  test(`interrupt while paused in ${name} ends the cell, keeps the state, and the next cell runs`, async (t) => {
    const kernel = await startKernel({ test: t });
    const debug = debugClient(kernel);
    await debug.attach();
    await debug.breakpoints(code, 3);
    const cell = kernel.start(code);
    assert.equal(await debug.stopped(), 3);
    await kernel.interrupt();
    assert.equal((await cell.done).error?.ename, "Interrupted");
    await debug.event("continued");
    assert.deepEqual((await debug.info()).stoppedThreads, []);
    await debug.breakpoints(code);
    assert.match(String((await kernel.execute("turns")).result?.data["text/plain"]), /^[05]$/);
  });
}

for (const [name, arm] of Object.entries({ timeout: "setTimeout(act, 20)", interval: "setInterval(act, 20)", immediate: "setImmediate(act)", "file's": "require('fs').stat('/', act)", promise: "Promise.resolve().then(act)" })) {
  test(`interrupt while paused in a callback (${name}) does not abort the process`, async (t) => {
    const kernel = await startKernel({ test: t });
    const debug = debugClient(kernel);
    await debug.attach();
    await kernel.execute("let kept = 41;");
    const cell = kernel.start(`await new Promise<void>((go) => {\n  const act = () => {\n    debugger;\n    go();\n  };\n  ${arm};\n});\nkept = 42;`);
    assert.equal(await debug.stopped(), 3);
    await kernel.interrupt();
    assert.equal((await cell.done).error?.ename, "Interrupted");
    await debug.event("continued");
    assert.equal((await kernel.execute("kept")).result?.data["text/plain"], "41");
    assert.equal(kernel.complaints.some((line) => /abort|async hook stack/i.test(line)), false);
  });
}

/** The front end asks without a pause for as long as `act` takes; each answer takes a waiting pause away. */
async function whileAsking(debug: ReturnType<typeof debugClient>, act: () => Promise<unknown>): Promise<void> {
  let asking = true;
  const questions = [1, 2, 3, 4].map(async () => {
    while (asking) await debug.ask("inspectVariables").catch(() => {});
  });
  await act();
  asking = false;
  await Promise.all(questions);
}

for (const [name, loop] of Object.entries({ awaits: "while (true) await null;", timers: "while (true) await new Promise((go) => setTimeout(go));", sums: "for (let i = 0, sum = 0; ; i++) sum += i;" })) {
  test(`an endless loop of ${name} is ended and keeps the variables, although the front end keeps asking for them`, async (t) => {
    const kernel = await startKernel({ test: t });
    const debug = debugClient(kernel);
    await debug.attach();
    for (let round = 0; round < 3; round++) {
      const busy = kernel.start(`var kept = 7;\nconsole.log("runs");\n${loop}`);
      await busy.output((message) => message.type === "stream");
      await whileAsking(debug, async () => {
        await kernel.interrupt();
        assert.equal((await busy.done).error?.ename, "Interrupted", `round ${round}`);
      });
      assert.equal((await kernel.execute("kept")).result?.data["text/plain"], "7");
    }
  });
}

test("an interrupt at a breakpoint is obeyed although the front end keeps asking, and the next cell stops where it should", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  for (let round = 0; round < 5; round++) {
    const paused = kernel.start("var kept = 7;\nwhile (true) {\n  debugger;\n}");
    assert.equal(await debug.stopped(), 3);
    await whileAsking(debug, async () => {
      await kernel.interrupt();
      assert.equal((await paused.done).error?.ename, "Interrupted", `round ${round}`);
    });
    const next = kernel.start("debugger; kept");
    assert.equal(await debug.stopped(), 1);
    await debug.go();
    assert.equal((await next.done).result?.data["text/plain"], "7");
  }
});

for (const [name, loop] of Object.entries({ plain: "for (;;);", awaiting: "for (;;) await null;" })) {
  test(`an endless ${name} loop in a package, where the debugger does not stop, is ended`, async (t) => {
    const cwd = mkdtempSync(join(tmpdir(), "lyceum-spins-"));
    t.after(() => rmSync(cwd, { recursive: true, force: true }));
    mkdirSync(join(cwd, "node_modules/spins"), { recursive: true });
    writeFileSync(join(cwd, "node_modules/spins/index.js"), `exports.spin = async () => { console.log("runs"); ${loop} };\n`);
    writeFileSync(join(cwd, "node_modules/spins/index.d.ts"), "export function spin(): Promise<void>;\n");
    const kernel = await startKernel({ test: t, cwd });
    const debug = debugClient(kernel);
    await debug.attach();
    const busy = kernel.start('import { spin } from "spins";\nvar kept = 7;\nawait spin();');
    await busy.output((message) => message.type === "stream");
    await kernel.interrupt();
    assert.equal((await busy.done).error?.ename, "Interrupted");
    const next = kernel.start("kept;\ndebugger;");
    assert.equal(await debug.stopped(), 2);
    await debug.go();
    assert.equal((await next.done).status, "ok");
  });
}
