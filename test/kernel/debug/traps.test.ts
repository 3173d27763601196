import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { hashOf, pathOf } from "../../../kernel/debug/names.js";
import { python, startKernel } from "../../support/jupyter.js";
import { openNotebook } from "../session/support.js";
import { debugClient } from "./client.js";

test("a cell's file name is what ipykernel and JupyterLab compute from its text", async (t) => {
  const texts = ["", "a", "let x = 1\n", "変数 = '😀'", "const long = " + "x".repeat(1001)];
  const script = "import json,sys\nfrom ipykernel.compiler import murmur2_x86\nprint(json.dumps([str(murmur2_x86(text, 0xc70f6907)) for text in json.loads(sys.argv[1])]))";
  assert.deepEqual(texts.map(hashOf), JSON.parse(execFileSync(python, ["-c", script, JSON.stringify(texts)], { encoding: "utf8" })));
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  const { tmpFilePrefix, tmpFileSuffix, hashSeed } = await debug.info();
  assert.equal(hashSeed, 0xc70f6907);
  assert.match(tmpFilePrefix, /ipykernel_/);
  assert.equal((await debug.ask<{ sourcePath: string }>("dumpCell", { code: "a" })).sourcePath, `${tmpFilePrefix}${hashOf("a")}${tmpFileSuffix}`);
  assert.equal(pathOf(hashOf("a")), `${tmpFilePrefix}${hashOf("a")}${tmpFileSuffix}`);
});

test("debugInfo is answered before anything else, while busy, while paused, and after the process died", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  const first = await debug.ask("debugInfo");
  for (const key of ["isStarted", "hashMethod", "hashSeed", "tmpFilePrefix", "tmpFileSuffix", "breakpoints", "stoppedThreads", "richRendering", "copyToGlobals", "exceptionPaths"]) assert.ok(key in first, key);
  assert.equal(first.isStarted, false);
  await debug.attach();
  const busy = kernel.start("while (true) {}");
  await new Promise((go) => setTimeout(go, 200));
  assert.deepEqual((await debug.info()).stoppedThreads, []);
  await kernel.interrupt();
  await busy.done;
  const paused = kernel.start("debugger;\nprocess.kill(process.pid, 'SIGKILL')");
  await debug.stopped();
  assert.deepEqual((await debug.info()).stoppedThreads, [1]);
  await debug.go();
  assert.equal((await paused.done).status, "error");
  assert.equal((await debug.info()).isStarted, true);
});

test("attach and initialize may come twice; initialized is told at attach, not before", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.ask("initialize");
  await debug.ask("initialize");
  assert.deepEqual(debug.events(), []);
  await Promise.all([debug.ask("attach"), debug.ask("attach")]);
  await debug.event("initialized");
  assert.equal((await kernel.execute("1 + 1")).result?.data["text/plain"], "2");
});

test("in the console an await and a call of a function with a breakpoint are answered, and the pause survives them", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "function twice(x: number) {\n  return 2 * x;\n}\nlet at = 1;\nat = 2;";
  await debug.breakpoints(code, 2, 5);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 5);
  assert.equal(await debug.evaluate("twice(21)"), "42");
  assert.match(await debug.evaluate("await 1"), /Error|await/);
  assert.equal((await debug.stack())[0]!.line, 5);
  await debug.go();
  assert.equal((await cell.done).status, "ok");
});

test("what the magnifier cannot show is an empty answer, not a failure", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  assert.deepEqual(await debug.ask("richInspectVariables", { variableName: "nowhere" }), { data: {}, metadata: {} });
});

test("the stop button's disconnect, initialize, attach and breakpoints leave a debugger that works", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let z = 1;\nz = 2;";
  await debug.breakpoints(code, 2);
  const cell = kernel.start(code);
  await debug.stopped();
  await debug.ask("disconnect", { restart: false, terminateDebuggee: false });
  await debug.attach();
  await debug.breakpoints(code, 2);
  await cell.done;
  const again = kernel.start(code);
  assert.equal(await debug.stopped(), 2);
  // JupyterLab forgets the thread first and sends whatever number comes next.
  await debug.ask("continue", { threadId: 2 });
  assert.equal((await again.done).status, "ok");
});

test("a cell edited with a breakpoint: the new text stops, and the old text's breakpoint is gone when its list is emptied", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const [old, edited] = ["let e = 1;\ne = 2;", "let e = 1;\ne = 2;\ne = 3;"];
  await debug.breakpoints(old, 2);
  await debug.breakpoints(edited, 3);
  await debug.breakpoints(old);
  assert.deepEqual((await debug.info()).breakpoints.map(({ breakpoints }) => breakpoints.map(({ line }) => line)), [[3]]);
  const cell = kernel.start(edited);
  assert.equal(await debug.stopped(), 3);
  await debug.go();
  await cell.done;
  assert.equal((await kernel.execute(old)).status, "ok");
});

test("a late callback that pauses with no cell running is told, and a cell sent then runs after continue", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  await kernel.execute("setTimeout(() => {\n  debugger;\n}, 50);");
  assert.equal(await debug.stopped(), 2);
  const cell = kernel.start("'after'");
  await cell.output((message) => message.type === "stream" && /paused in the debugger/.test(String(message.content.text)));
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "'after'");
});

test("a cell sent while another is paused waits for it", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const first = kernel.start("let order = ['first'];\ndebugger;\norder.push('first again');");
  await debug.stopped();
  const second = kernel.start("order.push('second');\norder.join()");
  await new Promise((go) => setTimeout(go, 200));
  await debug.go();
  await first.done;
  assert.equal((await second.done).result?.data["text/plain"], "'first,first again,second'");
});

test("when the process dies while paused the front end is told that it goes on, and the breakpoints live in the new one", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let x = 1;\nx = 2;";
  await debug.breakpoints(code, 2);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 2);
  process.kill(Number(await debug.evaluate("process.pid")), "SIGKILL");
  await debug.event("continued");
  assert.equal((await cell.done).status, "error");
  const again = kernel.start(code);
  assert.equal(await debug.stopped(), 2);
  await debug.go();
  assert.equal((await again.done).status, "ok");
});

test("disconnect lets a paused cell end, forgets the breakpoints and turns everything off", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let y = 1;\ny = 2;\ny";
  await debug.breakpoints(code, 2);
  const cell = kernel.start(code);
  await debug.stopped();
  await debug.ask("disconnect", { restart: false, terminateDebuggee: false });
  assert.equal((await cell.done).result?.data["text/plain"], "2");
  await debug.event("terminated");
  const { isStarted, breakpoints, stoppedThreads } = await debug.info();
  assert.deepEqual({ isStarted, breakpoints, stoppedThreads }, { isStarted: false, breakpoints: [], stoppedThreads: [] });
  assert.equal((await kernel.execute(`debugger;\n${code}`)).status, "ok");
  assert.equal((await debug.raw("continue")).success, false);
});

test("a breakpoint inside a compiled step makes it run line by line; without one, stepping into it says that it is one graph", async (t) => {
  const kernel = await startKernel({ test: t, timeout: 60_000 });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "const twice = compile(function twice(x: tf.Tensor) {\n  const doubled = x.mul(2);\n  return doubled;\n});\nfor (let i = 0; i < 6; i++) twice(tf.scalar(i)).dispose();\ntwice.variants[0]?.mode";
  assert.equal((await kernel.execute(code)).result?.data["text/plain"], "'graph'");
  const call = "const two = tf.scalar(2);\nconst four = twice(two);\nfour.dataSync()[0]";
  await debug.breakpoints(call, 2);
  const stepped = kernel.start(call);
  assert.equal(await debug.stopped(), 2);
  assert.equal(await debug.step("stepIn"), 3);
  await stepped.output((message) => message.type === "stream" && /twice ran as one TensorFlow graph/.test(String(message.content.text)));
  await debug.breakpoints(call);
  await debug.go();
  await stepped.done;
  await debug.breakpoints(code, 3);
  const eager = kernel.start(call);
  assert.equal(await debug.stopped(), 3);
  assert.match(debug.texts((await debug.scopes()).Locals!).doubled!, /Tensor float32/);
  await debug.breakpoints(code);
  await debug.go();
  assert.equal((await eager.done).result?.data["text/plain"], "4");
});

test("breakpoints that come without the cell's text, as after a restart, and twice at once, stop the cell when it runs", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let once = 1;\nonce = 2;";
  await Promise.all([debug.breakpointsIn(pathOf(hashOf(code)), 2), debug.breakpointsIn(pathOf(hashOf(code)), 2)]);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 2);
  await debug.go();
  assert.equal((await cell.done).status, "ok");
});

test("breakpoints that are set again while a loop runs over them miss no turn", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let hits = 0;\nlet turns = 0;\nfor (const end = Date.now() + 2000; Date.now() < end; ) {\n  turns++;\n}\n[turns > 100, turns - hits]";
  const counting = { line: 4, condition: "(hits++, false)" };
  await debug.breakpoints(code, counting);
  const cell = kernel.start(code);
  for (let ended = false; !ended; ) {
    await debug.breakpoints(code, counting);
    await debug.breakpoints(code, counting, { line: 6, condition: "false" }); // another one comes and goes
    await debug.breakpoints(code, counting);
    ended = await Promise.race([cell.done.then(() => true), new Promise<false>((go) => setTimeout(() => go(false), 5))]);
  }
  assert.equal((await cell.done).result?.data["text/plain"], "[ true, 0 ]");
});

test("a stop that came behind the front end's last look is told again when the breakpoints are set, a known one is not", async (t) => {
  const kernel = await startKernel({ test: t });
  const debug = debugClient(kernel);
  await debug.attach();
  const code = "let q = 1;\nq = 2;";
  await debug.breakpoints(code, 2);
  assert.deepEqual((await debug.info()).stoppedThreads, []);
  const cell = kernel.start(code);
  await debug.stopped();
  await debug.breakpoints(code, 2);
  assert.deepEqual(await debug.event("stopped"), { reason: "breakpoint", threadId: 1, allThreadsStopped: true, preserveFocusHint: false });
  assert.deepEqual((await debug.info()).stoppedThreads, [1]);
  await debug.breakpoints(code, 1, 2);
  await new Promise((go) => setTimeout(go, 300));
  assert.deepEqual(debug.events(), []);
  await debug.go();
  assert.equal((await cell.done).status, "ok");
});

test("a question of the trusted side waits while what it called is paused", async (t) => {
  const { session, run } = openNotebook(t);
  await session.debug({ command: "attach" });
  await run("function slow(x: number) {\n  debugger;\n  return x + 1;\n}");
  const time = 2000;
  let settled: unknown;
  const answer = session.ask({ ask: "call", name: "slow", args: [1] }, { time }).then((found) => (settled = found));
  while (!(((await session.debug({ command: "debugInfo" })).body.stoppedThreads as unknown[]).length > 0)) {
    assert.equal(settled, undefined, "answered without stopping");
    await new Promise((go) => setTimeout(go, 20));
  }
  await new Promise((go) => setTimeout(go, time + 400));
  await session.debug({ command: "continue" });
  assert.deepEqual(await answer, { status: "ok", value: 2 });
});
