import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { examineEngine } from "../../../kernel/engine/doctor.js";
import { findNvidiaDriver, tensorFlowRequirement } from "../../../kernel/engine/gpu.js";
import { explainLimit, knownLimits } from "../../../kernel/engine/known.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import { tiersHere } from "./support.js";

test("the examination names the tier, times a product and a convolution, and counts memory and disk", async () => {
  const health = await examineEngine({ tier: tiersHere[0]! });
  assert.equal(health.tier, tiersHere[0]);
  for (const [name, milliseconds] of Object.entries(health.timings)) assert.ok(milliseconds >= 0 && milliseconds < 60_000, `${name}: ${milliseconds}`);
  assert.ok(health.timings.matMul > 0.05);
  assert.equal(health.compiles, health.tier === "tensorflow");
  assert.ok(health.memory.total > health.memory.free && health.memory.free > 0 && health.disk.free > 0);
  assert.ok(health.gpuNote.length > 10);
});

test("an NVIDIA driver is found by nvidia-smi and asks for TensorFlow with CUDA; without one the CPU wheel is enough", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-gpu-"));
  try {
    writeFileSync(join(folder, "nvidia-smi"), '#!/bin/sh\necho "NVIDIA GeForce RTX 3060, 12288 MiB"\n');
    chmodSync(join(folder, "nvidia-smi"), 0o755);
    const driver = findNvidiaDriver({ PATH: folder });
    assert.deepEqual(driver, { name: "NVIDIA GeForce RTX 3060, 12288 MiB" });
    assert.equal(tensorFlowRequirement(driver).requirement, "tensorflow[and-cuda]");
    assert.match(tensorFlowRequirement(driver).reason, /untested/);
    assert.equal(tensorFlowRequirement(undefined).requirement, tensorFlowRequirement(findNvidiaDriver()).requirement);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("what is not repaired is recognised by its error, with something to write instead", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const failing: [work: () => unknown, expected: RegExp][] = [
    [() => tf.complex([1], [2]), /complex numbers/],
    [() => tf.einsum("ii->i", tf.ones([2, 2])), /einsum/],
    [() => tf.conv2d(tf.ones([1, 4, 4, 4]) as never, tf.ones([2, 2, 2, 4]) as never, 1, "same"), /grouped convolution/],
    [() => tf.layers.conv1d({ inputShape: [5, 2], filters: 1, kernelSize: 2, padding: "causal" }).apply(tf.ones([1, 5, 2])), /causal/],
    [() => tf.grad((x) => tf.sum(tf.square(tf.grad((y) => tf.sum(tf.square(tf.maxPool(y as never, 2, 2, "valid"))))(x))))(tf.ones([1, 4, 4, 1])), /max pooling/],
  ];
  for (const [work, expected] of failing) {
    let message = "";
    try {
      tf.tidy(() => void work());
    } catch (error) {
      message = (error as Error).message;
    }
    assert.match(explainLimit(message, "wasm")?.what ?? `not recognised: ${message}`, expected);
  }
  assert.ok(knownLimits.every(({ instead, reason }) => instead.length > 10 && reason.length > 10));
  assert.equal(explainLimit("x is not defined", "wasm"), undefined);
});
