import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { csvParse } from "d3-dsv";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import * as track from "../../../../kernel/helpers/track/index.js";
import { tiersHere } from "../../engine/support.js";

const display = Symbol.for("Jupyter.display");
const shown = (value: object) => (value as Record<symbol, () => { data: Record<string, string> }>)[display]!().data;

function place(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "lyceum-track-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const child = (...args: string[]) => new Promise<{ signal: string | null; stderr: string }>((resolve) => {
  execFile(process.execPath, [fileURLToPath(new URL("./writer-child.js", import.meta.url)), ...args], (error, _stdout, stderr) => resolve({ signal: error?.signal ?? null, stderr }));
});

test("a run is lines of JSON that anybody can read, comes back as it was recorded, and is plain data", async (t) => {
  const folder = place(t);
  const run = track.start({ experiment: "digits", parameters: { rate: 0.1, units: [8, 4], net: { relu: true } }, tags: ["first"], note: "a try", seed: 7, data: { x: new Float32Array([1, 2]) }, versions: { lesson: "06" }, folder });
  run.log({ loss: 0.5, accuracy: 0.8 });
  run.log({ loss: Number.NaN });
  run.log({ loss: { dataSync: () => [0.25] } }, 10);
  run.log({ loss: Number.NEGATIVE_INFINITY });
  run.parameters({ rate: 0.2 });
  run.tag("first", "best");
  run.note("两行\nlines");
  const file = run.artefact("notes.txt", "abc");
  run.artefact("figures.json", { a: 1 });
  const record = run.finish();

  const text = readFileSync(join(folder, "digits", run.id, "run.jsonl"), "utf8");
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line) as { event: string; time: string });
  assert.deepEqual(lines.map(({ event }) => event), ["start", "note", "metrics", "metrics", "metrics", "metrics", "parameters", "tags", "note", "artefact", "artefact", "end"]);
  assert.ok(lines.every(({ time }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)));
  const [again] = track.runs({ folder });
  assert.deepEqual(again, record);
  assert.deepEqual(record.metrics["loss"]!.values, [0.5, Number.NaN, 0.25, Number.NEGATIVE_INFINITY]);
  assert.deepEqual(record.metrics["loss"]!.steps, [1, 2, 10, 11]);
  assert.deepEqual([record.status, record.tags, record.notes, record.parameters, record.problems], ["finished", ["first", "best"], ["a try", "两行\nlines"], { rate: 0.2, units: [8, 4], net: { relu: true } }, []]);
  const { versions, seed, data, git } = record.environment;
  assert.deepEqual([seed, versions["lesson"], versions["node"], data], [7, "06", process.versions.node, track.hash({ x: new Float32Array([1, 2]) })]);
  assert.match(versions["tfjs"]!, /^4\./);
  assert.match(git!.commit, /^[0-9a-f]{40}$/);
  assert.equal(new TextDecoder().decode(track.artefact(again!, "notes.txt", { folder })), "abc");
  assert.deepEqual(file, { name: "notes.txt", bytes: 3, sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" });
  assert.throws(() => track.artefact(again!, "none", { folder }), /unknown artefact: none of .* \(known: notes.txt, figures.json\)/);
  assert.throws(() => run.log({ loss: 1 }), /expected the run .* to be going on, got one that is finished/);
  assert.ok(Object.isFrozen(record) && Object.isFrozen(record.metrics) && Object.isFrozen(record.metrics["loss"]!.values));
  assert.match(shown(record)["text/plain"]!, /digits \/ .*: finished.*\nparameters: rate = 0.2, units = \[8,4\]/);
});

test("a run that throws is failed with its message and keeps what it recorded; the error goes on", async (t) => {
  const folder = place(t);
  await assert.rejects(track.run({ folder }, (run) => {
    run.log({ loss: 1 });
    throw new Error("out of luck");
  }), /out of luck/);
  const [run] = track.runs({ folder });
  assert.deepEqual([run!.status, run!.error, run!.metrics["loss"]!.values], ["failed", "out of luck", [1]]);
  assert.equal((await track.run({ folder }, (one) => void one.finish("stopped"))).status, "stopped");
});

test("two processes at once and one that is killed in the middle of a line: no line is lost but that one, and the run goes on from it", async (t) => {
  const folder = place(t);
  const ends = await Promise.all([child(folder, "300"), child(folder, "300"), child(folder, "50", "kill")]);
  assert.deepEqual(ends.map(({ signal }) => signal).sort(), ["SIGKILL", null, null], ends.map(({ stderr }) => stderr).join("\n"));
  const all = track.runs({ folder });
  assert.deepEqual(all.map((run) => [run.status, run.metrics["loss"]!.values.length, run.problems]).sort(), [["finished", 300, []], ["finished", 300, []], ["unfinished", 50, []]]);
  const killed = all.find(({ status }) => status === "unfinished")!;
  const going = track.start({ experiment: "at once", folder, resume: killed.id, parameters: { again: true } });
  going.log({ loss: 9 });
  const record = going.finish();
  assert.deepEqual([record.status, record.metrics["loss"]!.steps.slice(-2), record.parameters["again"]], ["finished", [50, 51], true]);
  assert.equal(record.problems.length, 1);
  assert.match(record.problems[0]!, /^line 52: /);
  appendFileSync(join(folder, "at once", killed.id, "run.jsonl"), "not JSON\n[]\n");
  assert.deepEqual(track.runs({ folder, where: ({ id }) => id === killed.id })[0]!.problems.length, 3);
  assert.throws(() => track.start({ experiment: "at once", folder, resume: "none" }), /unknown run: none of at once/);
});

test("runs are found by experiment, status, tag, parameters, words and a rule of one's own; nothing is deleted but what is asked", async (t) => {
  const folder = place(t);
  assert.deepEqual([...track.runs({ folder })], []);
  for (const [experiment, rate, tag] of [["a", 0.1, "x"], ["a", 0.2, "y"], ["b", 0.1, "y"]] as const) await track.run({ experiment, folder, parameters: { rate }, tags: [tag], note: `about ${rate} Zebra` }, (run) => run.log({ loss: rate }));
  const count = (options: track.RunsOptions) => track.runs({ folder, ...options }).length;
  assert.deepEqual([count({}), count({ experiment: "a" }), count({ tag: "y" }), count({ parameters: { rate: 0.1 } }), count({ text: "zebra" }), count({ text: "0.2" }), count({ experiment: "a", tag: "y" }), count({ where: (run) => run.metrics["loss"]!.values[0]! > 0.15 }), count({ status: "failed" })], [3, 2, 2, 2, 3, 1, 1, 1, 0]);
  assert.equal(track.remove(track.runs({ folder, tag: "x" }), { folder }), 1);
  assert.equal(count({}), 2);
  assert.deepEqual(readdirSync(join(folder, "a")).length, 1);
  assert.throws(() => track.remove([{ ...track.runs({ folder })[0]!, id: "../../x" }], { folder }), /expected id that a file can have as its name, got "..\/..\/x"/);
  assert.throws(() => track.remove([{ ...track.runs({ folder })[0]!, id: "gone" }], { folder }), /unknown run: gone of a/);
  assert.throws(() => track.runs({ status: "done" as never }), /unknown status: done \(known: finished/);
});

test("a comparison says in what the runs differ, which is best by the metric and its direction, and its table shows both", async () => {
  const made: track.RunRecord[] = [];
  for (const [rate, accuracy] of [[0.1, 0.7], [0.2, 0.9], [0.4, 0.8]] as const) made.push(await track.run({ folder: false, parameters: { rate, units: 8, ...(rate > 0.1 && { extra: "<b>" }) } }, (run) => [0.1, accuracy, Number.NaN].forEach((value) => run.log({ accuracy: value, loss: 1 - value }))));
  const compared = track.compare(made, { metric: "accuracy" });
  assert.deepEqual([compared.mode, compared.differing, compared.best], ["max", ["rate", "extra"], made[1]!.id]);
  assert.deepEqual(compared.runs.map((run) => run.metrics["accuracy"]), [0.7, 0.9, 0.8]);
  assert.equal(track.compare(made).metric, "loss");
  assert.equal(track.compare(made).best, made[1]!.id);
  assert.equal(track.compare(made, { metric: "loss", mode: "max", value: "best" }).runs[0]!.metrics["loss"], 0.9);
  const { "text/html": html, "text/plain": text } = shown(compared);
  assert.match(text!, /3 runs; differ in rate, extra; ★ best by accuracy \(highest\)/);
  assert.match(html!, /★/);
  assert.ok(html!.includes("&lt;b&gt;") && !html!.includes("<b>"));
  assert.equal(html!.match(/background:rgba\(128,128,128/g)!.length, 2 * (1 + made.length));
  assert.throws(() => track.compare([]), /expected at least one run, got none/);
  assert.throws(() => track.compare(made, { metric: "f1" }), /unknown metric: f1 \(known: accuracy, loss\)/);
  assert.throws(() => track.compare("runs" as never), /expected a list of runs, as track.runs gives, got "runs"/);

  const rows = csvParse(track.csv(made));
  assert.deepEqual(rows.map((row) => [row["parameter rate"], row["metric accuracy"], row["parameter extra"]]), [["0.1", "0.7", ""], ["0.2", "0.9", "<b>"], ["0.4", "0.8", "<b>"]]);
  assert.equal(csvParse(track.csv(made, { steps: true })).length, 18);

  const curves = track.curves(made, { metric: "accuracy" });
  assert.deepEqual(curves.data.map(({ name }) => name), ["rate 0.1, extra none", "rate 0.2, extra <b>", "rate 0.4, extra <b>"]);
  assert.throws(() => track.curves(made, { metric: "f1" }), /unknown metric: f1/);
  const points = track.scatter(made, { parameter: "rate", metric: "accuracy" });
  assert.deepEqual(points.data.map((trace) => [trace.name, trace.type === "scatter" && trace.x]), [["run", [0.1, 0.4]], ["best", [0.2]]]);
  assert.throws(() => track.scatter(made, { parameter: "depth" }), /unknown parameter: depth \(known: rate, units, extra\)/);
  const lines = track.parallel(made, { metric: "accuracy" });
  const places = lines.data.map((trace) => (trace.type === "scatter" ? (trace.y as number[]).map((value) => value === null ? null : Number(value.toFixed(3))) : []));
  assert.deepEqual(places, [[0, null, 0], [0.333, 0.5, 1], [1, 0.5, 0.5]]);
  assert.throws(() => track.parallel([made[0]!]), /expected parameters in which the runs differ, got none/);
});

test("one line in nn.fit records every epoch, the learning rate, how it ended, and an error", async (t) => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const folder = place(t);
  const w = tf.tidy(() => tf.variable(tf.zeros([1, 1])));
  const model = { predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] };
  const data = { x: tf.ones([20, 1]), y: tf.ones([20, 1]) };
  const run = track.start({ experiment: "fit", folder, tensorboard: true });
  const { history } = await nn.fit(model, data, { progress: false, loss: "meanSquaredError", optimizer: tf.train.sgd(0.1), epochs: 8, validation: 0.2, schedule: nn.schedule.step(0.1, { every: 2 }), earlyStopping: { patience: 1, minDelta: 0.2 }, callbacks: [run.callback({ everyBatches: 1, histograms: true, finish: true })] });
  const record = run.record();
  assert.equal(record.status, "finished");
  assert.deepEqual(record.metrics["loss"]!.values, history["loss"]);
  assert.deepEqual(record.metrics["val_loss"]!.steps, history["val_loss"]!.map((_, at) => at + 1));
  assert.deepEqual(record.metrics["learningRate"]!.values, history["learningRate"]);
  assert.ok(record.metrics["batch_loss"]);
  assert.match(record.notes[0]!, /stopped early after epoch/);
  assert.ok(existsSync(join(folder, "fit", run.id, `events.out.tfevents.${run.id}`)));
  const other = track.start({ experiment: "fit", folder });
  const late = tf.tidy(() => tf.mul(data.y, Number.NaN));
  await assert.rejects(nn.fit(model, { x: data.x, y: late }, { progress: false, loss: "meanSquaredError", callbacks: [other.callback({ finish: true })] }), /expected loss to be finite/);
  assert.deepEqual([other.record().status, /y has NaN in row 0/.test(other.record().error!)], ["failed", true]);
  assert.throws(() => other.callback({ histograms: true }), /expected tensorboard: true at the start of the run for histograms, got false/);
  tf.dispose([w, data.x, data.y, late]);
});

test("the same data have the same hash, whatever the order of keys; other numbers, types, shapes or orders have others", async () => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const values: unknown[] = [[1, 2], [2, 1], ["1", "2"], new Float32Array([1, 2]), new Int32Array([1, 2]), new Float64Array([1, 2]), { a: 1 }, { a: "1" }, { a: 1, b: null }, { ab: 1 }, "ab", ["a", "b"], ["ab"], null, undefined, 0, false];
  const hashes = values.map(track.hash);
  assert.equal(new Set(hashes).size, values.length);
  assert.ok(hashes.every((text) => /^[0-9a-f]{64}$/.test(text)));
  const [one, other] = [tf.tensor2d([[1, 2], [3, 4]]), tf.tensor1d([1, 2, 3, 4])];
  assert.notEqual(track.hash(one), track.hash(other));
  assert.equal(track.hash({ y: other, x: one }), track.hash({ x: one, y: other }));
  assert.throws(() => track.hash({ rows: [() => 1] }), /expected data of tensors, arrays and plain values, got a function at .rows\[0\]/);
  tf.dispose([one, other]);
});

test("what a run cannot hold is named before anything is written", (t) => {
  const folder = place(t);
  const refused = (options: object, pattern: RegExp) => assert.throws(() => track.start({ folder, ...options }), pattern);
  for (const experiment of ["a/b", "..", "", "a:b", "con\n", ".hidden", "end."]) refused({ experiment }, /expected experiment that a file can have as its name, got/);
  refused({ parameters: { rate: Number.NaN } }, /expected parameter rate to be finite, got NaN/);
  refused({ parameters: { model: () => 1 } }, /expected parameter model to be plain data, got a function/);
  refused({ parameters: [1] }, /expected parameters by name, got an array of 1/);
  refused({ seeds: 1 }, /unknown option: seeds/);
  assert.throws(() => track.start({ folder: "" }), /expected folder to be a path or false, got ""/);
  assert.deepEqual(readdirSync(folder), []);
  const run = track.start({ folder });
  assert.throws(() => run.log({ loss: "low" as never }), /expected loss to be a number or a scalar tensor, got "low"/);
  assert.throws(() => run.log({ loss: 1 }, 0.5), /expected step to be a whole number >= 0, got 0.5/);
  assert.throws(() => run.log({}), /expected metrics to log, got none/);
  assert.throws(() => run.artefact("../x", "y"), /expected name that a file can have as its name/);
  assert.throws(() => run.tensorboard({ kind: "scalar", tag: "a", value: 1 }), /expected tensorboard: true at the start of the run, got false/);
});
