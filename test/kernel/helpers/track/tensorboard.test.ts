import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { encodePng } from "../../../../kernel/display/image/png.js";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as track from "../../../../kernel/helpers/track/index.js";
import { crc32c } from "../../../../kernel/helpers/track/tensorboard/crc32c.js";
import { tfRecord, tfRecords } from "../../../../kernel/helpers/track/tensorboard/record.js";
import { findPlace } from "../../../../kernel/setup/place.js";
import { projectRoot } from "../../../support/root.js";

/** A Python that has TensorBoard: the project's own, or one that is named. */
const python = process.env["LYCEUM_TENSORBOARD_PYTHON"] ?? findPlace().python;
const reader = join(projectRoot, "test/kernel/helpers/track/read_events.py");

function missing(): string | false {
  try {
    execFileSync(python, ["-c", "import tensorboard"], { stdio: "ignore" });
    return false;
  } catch {
    return "this Python has no tensorboard: kernel/setup/requirements-test.txt, or LYCEUM_TENSORBOARD_PYTHON";
  }
}

const skip = missing();

interface Found {
  version: number;
  first: number;
  scalars: Record<string, [step: number, value: number, time: number][]>;
  histograms: Record<string, { step: number; min: number; max: number; num: number; sum: number; squares: number; limits: number[]; counts: number[] }[]>;
  images: Record<string, [step: number, width: number, height: number, start: string][]>;
  texts: Record<string, [step: number, text: string][]>;
  hparams?: Record<string, unknown>;
  end?: number;
  columns?: [string[], string[]];
}

const read = (folder: string): Found => JSON.parse(execFileSync(python, [reader, folder], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).replaceAll("NaN", "null")) as Found;

function place(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "lyceum-events-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test("TensorBoard reads scalars, histograms, images, texts and hyper-parameters as they were written", { skip }, (t) => {
  const folder = place(t);
  const draw = random(3);
  const values = Float32Array.from({ length: 500 }, () => draw.normal());
  const png = encodePng({ data: new Uint8Array(6 * 4).fill(200), width: 6, height: 4, channels: 1 });
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  const events: track.TensorBoardEvent[] = [
    { kind: "hparams", parameters: { rate: 0.5, zero: 0, net: "mlp", empty: "", on: true, off: false }, metrics: ["loss"], time },
    ...[1, 0.5, 1e-30, -0, Number.NaN].map((value, step) => ({ kind: "scalar" as const, tag: "loss/学习", value, step, time: time + step })),
    { kind: "scalar", tag: "far", value: 3, step: 2 ** 40, time },
    { kind: "histogram", tag: "w", values, step: 2, time }, { kind: "histogram", tag: "zeros", values: [0, 0, 5], time },
    { kind: "image", tag: "digit", png, step: 1, time }, { kind: "text", tag: "note", text: "**bold** 你好", step: 4, time }, { kind: "end", good: false, time },
  ];
  writeFileSync(join(folder, "events.out.tfevents.1"), track.eventFile(events, { time }));
  const found = read(folder);
  assert.equal(found.version, 2);
  assert.equal(found.first, time / 1000);
  assert.deepEqual(found.scalars["loss/学习"]!.slice(0, 4), [[0, 1, time / 1000], [1, 0.5, (time + 1) / 1000], [2, Math.fround(1e-30), (time + 2) / 1000], [3, -0, (time + 3) / 1000]]);
  // NaN, as JSON has it.
  assert.equal(found.scalars["loss/学习"]![4]![1], null);
  assert.equal(found.scalars["far"]![0]![0], 2 ** 40);
  const { limits, counts, ...w } = found.histograms["w"]![0]!;
  const sum = values.reduce((a, b) => a + b, 0);
  assert.deepEqual({ ...w, sum: Math.abs(w.sum - sum) < 1e-9, squares: Math.abs(w.squares - values.reduce((a, b) => a + b * b, 0)) < 1e-9 }, { step: 2, min: Math.min(...values), max: Math.max(...values), num: 500, sum: true, squares: true });
  limits.forEach((limit, at) => assert.equal(counts[at], values.filter((value) => value <= limit && (at === 0 || value > limits[at - 1]!)).length));
  assert.equal(counts.reduce((a, b) => a + b, 0), 500);
  const zeros = found.histograms["zeros"]![0]!;
  assert.deepEqual(zeros.counts.filter(Boolean), [2, 1]);
  assert.equal(zeros.limits[zeros.counts.indexOf(2)], 0);
  assert.deepEqual(found.images, { digit: [[1, 6, 4, "89504e47"]] });
  assert.deepEqual(found.texts, { note: [[4, "**bold** 你好"]] });
  assert.deepEqual(found.hparams, { rate: 0.5, zero: 0, net: "mlp", empty: "", on: true, off: false });
  assert.deepEqual([found.columns, found.end], [[["rate", "zero", "net", "empty", "on", "off"], ["loss"]], 2]);
});

test("TensorBoard follows a run while it is recorded, in the folder of all runs, and reads one that was exported later", { skip }, async (t) => {
  const folder = place(t);
  const run = track.start({ experiment: "board", folder, tensorboard: true, parameters: { rate: 0.1, units: [4, 2] } });
  for (const loss of [3, 2, 1]) run.log({ loss });
  const home = join(folder, "board", run.id);
  assert.deepEqual(read(home).scalars["loss"]!.map(([step, value]) => [step, value]), [[1, 3], [2, 2], [3, 1]]);
  run.tensorboard({ kind: "histogram", tag: "w", values: [1, 2, 3], step: 1 });
  run.note("done");
  const record = run.finish();
  const live = read(home);
  assert.deepEqual([live.hparams, live.end, live.texts["note"], Object.keys(live.histograms)], [{ rate: 0.1, units: "[4,2]" }, 1, [[0, "done"]], ["w"]]);
  const later = place(t);
  writeFileSync(join(later, "events.out.tfevents.later"), track.toTensorBoard(record));
  const exported = read(later);
  assert.deepEqual([exported.scalars["loss"]!.map(([step, value]) => [step, value]), exported.hparams, exported.end, exported.texts], [[[1, 3], [2, 2], [3, 1]], live.hparams, 1, live.texts]);
  assert.ok(Math.abs(exported.scalars["loss"]![0]![2] - live.scalars["loss"]![0]![2]) < 0.01);
});

test("records have the sums of RFC 3720, come back, and a damaged one is named while a cut-off one is left out", () => {
  const text = (words: string) => new TextEncoder().encode(words);
  assert.equal(crc32c(text("123456789")), 0xe3069283);
  assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  assert.equal(crc32c(new Uint8Array(32).fill(255)), 0x62a8ab43);
  assert.equal(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e);
  const messages = [text("one"), new Uint8Array(), text("three")];
  const bytes = new Uint8Array(messages.flatMap((message) => [...tfRecord(message)]));
  assert.deepEqual(tfRecords(bytes), messages);
  assert.deepEqual(tfRecords(bytes.subarray(0, -1)), messages.slice(0, 2));
  for (const at of [1, 9, 13, 16]) assert.throws(() => tfRecords(bytes.map((byte, place) => (place === at ? byte ^ 1 : byte))), /expected record 0 with the sum of its bytes, got another: the file is damaged/);
  assert.throws(() => track.eventFile([{ kind: "histogram", tag: "w", values: [1, Number.NaN] }]), /expected finite numbers in w, got NaN at index 1/);
  assert.throws(() => track.eventFile([{ kind: "histogram", tag: "w", values: [] }]), /expected numbers in w, got none/);
  assert.throws(() => track.eventFile([{ kind: "image", tag: "w", png: new Uint8Array(3) }]), /expected png to be the bytes of a PNG file, got an array of 3/);
  assert.throws(() => track.eventFile([{ kind: "scalar", tag: "", value: 1 }]), /expected a tag, got ""/);
  assert.throws(() => track.eventFile([{ kind: "sound" } as never]), /unknown kind: sound/);
});
