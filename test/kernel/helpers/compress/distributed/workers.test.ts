import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { distributed, loadModel } from "../../../../../kernel/helpers/compress/index.js";
import { random } from "../../../../../kernel/helpers/data/random.js";
import { tiersHere } from "../../../engine/support.js";
import { projectRoot } from "../../../../support/root.js";

const kinds = ["threads", "processes"] as const;
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
async function gone(pids: readonly number[]): Promise<boolean> {
  for (let times = 0; times < 100; times++) {
    if (!pids.some(alive)) return true;
    await new Promise((go) => setTimeout(go, 50));
  }
  return false;
}

test("ring all-reduce gives every worker the same sum, to the last bit, and sends 2 (n - 1) / n of the vector, whatever n and the length", async () => {
  const { normal } = random(3);
  for (const size of [1, 2, 3, 5, 8]) for (const length of [0, 1, 4, 7, 64, 1001]) {
    const vectors = Array.from({ length: size }, () => Float32Array.from({ length }, normal));
    const exact = Float64Array.from({ length }, (_, at) => vectors.reduce((sum, vector) => sum + vector[at]!, 0));
    const ring = distributed.memoryRing(size);
    const bytes = await Promise.all(vectors.map((vector, rank) => distributed.ringAllReduce(vector, ring[rank]!)));
    for (const vector of vectors) {
      assert.deepEqual(vector, vectors[0]);
      vector.forEach((value, at) => assert.ok(Math.abs(value - exact[at]!) < 1e-5));
    }
    assert.equal(bytes.reduce((sum, one) => sum + one, 0), 2 * (size - 1) * length * 4);
    for (const one of bytes) assert.ok(Math.abs(one - (2 * (size - 1) * length * 4) / size) <= 8 * size);
  }
  const [a, b] = distributed.memoryRing(2);
  await assert.rejects(Promise.all([distributed.ringAllReduce(new Float32Array(4), a!), distributed.ringAllReduce(new Float32Array(6), b!)]), /expected \d numbers from worker \d, got \d: vectors of all workers must have one length/);
  await assert.rejects(distributed.ringAllReduce([1] as never, a!), /expected values as a Float32Array, got an array of 1/);
});

for (const kind of kinds) {
  test(`${kind} see their data, talk to each other, report, ask and are asked, and have all ended afterwards`, async () => {
    const reports: unknown[] = [];
    const results = await distributed.run(async (worker, data: { add: number }) => {
      const mine = Float32Array.of(worker.rank, data.add);
      await worker.allReduce(mine);
      // Around the circle, one after the other.
      if (worker.rank === 0) worker.send(1, Float32Array.of(100));
      const passed = await worker.receive((worker.rank + worker.size - 1) % worker.size);
      if (worker.rank > 0) worker.send((worker.rank + 1) % worker.size, passed.map((value) => value + 1));
      worker.report({ rank: worker.rank, pid: process.pid });
      await worker.barrier();
      return { sum: Array.from(mine), passed: passed[0], twice: await worker.ask(data.add), bytes: worker.bytesSent };
    }, { workers: 3, kind, data: (rank) => ({ add: 10 ** rank }), onReport: (value) => reports.push(value), onAsk: (question) => 2 * (question as number) });
    assert.deepEqual(results.map(({ sum }) => sum), [[3, 111], [3, 111], [3, 111]]);
    assert.deepEqual(results.map(({ passed }) => passed), [102, 100, 101]);
    assert.deepEqual(results.map(({ twice }) => twice), [2, 20, 200]);
    const pids = (reports as { pid: number }[]).map(({ pid }) => pid);
    assert.equal(new Set(pids).size, kind === "threads" ? 1 : 3);
    if (kind === "processes") assert.ok(await gone(pids));
  });

  test(`an error in one of several ${kind} is thrown with its rank, ends the others that wait for it, and says what a worker cannot see`, async () => {
    const what = kind === "threads" ? "thread" : "process";
    const pids: number[] = [];
    const failing = distributed.run(async (worker) => {
      worker.report(process.pid);
      if (worker.rank === 1) throw new Error("no such file");
      await worker.receive(1);
    }, { kind, workers: 3, onReport: (pid) => pids.push(pid as number) });
    await assert.rejects(failing, new RegExp(`worker 1 of 3 \\(${what}\\): no such file`));
    if (kind === "processes") assert.ok(await gone(pids));
    const outside = 3;
    await assert.rejects(distributed.run(() => outside, { kind }), /outside is not defined: a worker sees only its arguments; give it through data/);
    await assert.rejects(distributed.run((worker) => worker.send(5, new Float32Array(1)), { kind, workers: 1 }), /expected another worker from 0 to 0, got 5/);
    await assert.rejects(distributed.run((worker) => worker.ask(1), { kind, workers: 1, onAsk: () => { throw new Error("not that"); } }), /not that/);
  });

  test(`${kind} that would never end are ended by a signal`, async () => {
    const controller = new AbortController();
    const pids: number[] = [];
    const waiting = distributed.run(async (worker) => {
      worker.report(process.pid);
      await new Promise(() => {});
    }, { kind, signal: controller.signal, onReport: (pid) => {
      pids.push(pid as number);
      if (pids.length === 2) controller.abort(new Error("the lesson is over"));
    } });
    await assert.rejects(waiting, /the lesson is over/);
    if (kind === "processes") assert.ok(await gone(pids));
  });
}

test("a process that is killed is named, and the others end too", async () => {
  const pids: number[] = [];
  const killed = distributed.run(async (worker) => {
    worker.report(process.pid);
    await worker.receive((worker.rank + 1) % 2);
  }, { kind: "processes", onReport: (pid, rank) => {
    pids.push(pid as number);
    if (rank === 0) process.kill(pid as number, "SIGKILL");
  } });
  // The one that is left may notice first.
  await assert.rejects(killed, /worker 0 of 2 \(process\): ended before it was done \(signal SIGKILL\)|worker 1 of 2 \(process\): worker 0 is gone/);
  assert.ok(await gone(pids));
});

test("when the program that started them is killed, no process is left, not even one that computes", { skip: process.platform === "win32" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-orphans-"));
  try {
    const helper = new URL("../../../../../kernel/helpers/compress/distributed/index.js", import.meta.url).href;
    writeFileSync(join(folder, "parent.mjs"), `import { run } from ${JSON.stringify(helper)};
      await run(async (worker) => { worker.report(process.pid); for (;;) { const until = Date.now() + 50; while (Date.now() < until); await new Promise((go) => setTimeout(go, 1)); } }, { kind: "processes", onReport: (pid) => console.log(pid) });`);
    const parent = spawn(process.execPath, [join(folder, "parent.mjs")], { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] });
    const pids: number[] = [];
    await new Promise<void>((ready) => parent.stdout.setEncoding("utf8").on("data", (text: string) => {
      pids.push(...text.trim().split("\n").map(Number));
      if (pids.length === 2) ready();
    }));
    assert.ok(pids.every(alive));
    parent.kill("SIGKILL");
    assert.ok(await gone(pids));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("threads that alone have used TensorFlow end without taking the program with them", { skip: !tiersHere.includes("tensorflow") && "no TensorFlow" }, async () => {
  const helper = new URL("../../../../../kernel/helpers/compress/distributed/index.js", import.meta.url).href;
  const script = `import { run } from ${JSON.stringify(helper)};
    // One that ends at once, while TensorFlow's own threads still start.
    const answers = await run(async (worker) => (await worker.tf()).getBackend(), { tier: "tensorflow", workers: 1 });
    await new Promise((go) => setTimeout(go, 100));
    console.log(JSON.stringify(answers));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: projectRoot, stdio: ["ignore", "pipe", "pipe"] });
  let [out, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => child.on("close", (...how) => done(how)));
  assert.deepEqual([code, signal, out.trim()], [0, null, '["tensorflow"]'], errors);
});

test("wrong arguments of workers are named", async () => {
  await assert.rejects(distributed.run("x" as never), /expected program to be a function of a worker and its data, got "x"/);
  await assert.rejects(distributed.run(() => 1, { workers: 0 }), /expected workers to be a whole number >= 1, got 0/);
  await assert.rejects(distributed.run(() => 1, { data: [1] }), /expected data for 2 workers, got 1/);
  await assert.rejects(distributed.run(() => 1, { kind: "machines" as never }), /unknown kind: machines \(known: threads, processes\)/);
});

test("where there is no Node, as in the page, workers, servers and folders say so", async () => {
  const { getBuiltinModule } = process;
  process.getBuiltinModule = undefined as never;
  try {
    for (const kind of kinds) await assert.rejects(distributed.run(() => 1, { kind }), new RegExp(`running in ${kind} needs Node: open this notebook in the kernel, not in the page`));
    await assert.rejects(distributed.serve({ predict: (x: never) => x }, { inputShape: [1] }), /serving a model needs Node/);
    await assert.rejects(loadModel("some/folder"), /reading some\/folder needs Node: in the page take the files \(exportModel\(...\).files\) or load from a URL/);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});
