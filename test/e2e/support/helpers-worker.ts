// A module worker in the page: the notebook's helpers on WebAssembly, as a page would load them.
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { createDisplay, toBundle } from "../../../kernel/display/index.js";
import { repairGradients } from "../../../kernel/engine/gradients/register.js";
import { repairJavaScript } from "../../../kernel/engine/repairs/javascript.js";
import { repairWasm } from "../../../kernel/engine/wasm/register.js";
import * as data from "../../../kernel/helpers/data/index.js";
import { setDataSource } from "../../../kernel/helpers/data/source.js";
import * as explain from "../../../kernel/helpers/explain/index.js";
import * as fairness from "../../../kernel/helpers/fairness/index.js";
import * as federated from "../../../kernel/helpers/federated/index.js";
import * as label from "../../../kernel/helpers/label/index.js";
import * as text from "../../../kernel/helpers/text/index.js";
import * as vision from "../../../kernel/helpers/vision/index.js";
import * as graph from "../../../kernel/helpers/graph/index.js";
import * as recommend from "../../../kernel/helpers/recommend/index.js";
import * as compress from "../../../kernel/helpers/compress/index.js";
import * as track from "../../../kernel/helpers/track/index.js";
import * as nn from "../../../kernel/helpers/nn/index.js";
import * as plot from "../../../kernel/helpers/plot/index.js";
import * as privacy from "../../../kernel/helpers/privacy/index.js";
import * as train from "../../../kernel/helpers/train/index.js";
import * as widgets from "../../../kernel/helpers/widgets/index.js";
import type { Example } from "../../support/examples.js";
import type { FixtureCell } from "../../support/notebooks.js";
import { AsyncFunction, runExample } from "../../support/promised.js";

/** A room's examples, or a notebook's code cells in their order. */
export type Question = { examples: Example[] } | { cells: FixtureCell[] };

export interface Answer {
  backend: string;
  /** What did not go as promised, with its place. */
  failures: string[];
}

const scope = { compress, data, explain, fairness, federated, graph, label, nn, plot, privacy, recommend, text, track, train, vision, widgets, tf };
const ready = start();

async function start(): Promise<void> {
  setDataSource(async (path) => {
    const response = await fetch(`/lessons/data/${path}`);
    if (!response.ok) throw new Error(`no file lessons/data/${path}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  setWasmPaths("/wasm/");
  repairJavaScript(tf);
  repairGradients(tf);
  repairWasm(tf);
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm backend did not start");
}

addEventListener("message", async ({ data: question }: MessageEvent<Question>) => {
  await ready;
  const failures = "cells" in question ? await runNotebook(question.cells) : await runExamples(question.examples);
  postMessage({ backend: tf.getBackend(), failures } satisfies Answer);
});

async function runExamples(examples: Example[]): Promise<string[]> {
  const failures: string[] = [];
  for (const example of examples) {
    const failure = await runExample(example, scope);
    if (failure) failures.push(failure);
  }
  return failures;
}

/** All cells as the body of one function, so that each sees the names of those before it. */
async function runNotebook(cells: FixtureCell[]): Promise<string[]> {
  const failures: string[] = [];
  const values: [string, unknown][] = [];
  const { display } = createDisplay(() => {});
  let current = "";
  const lyceum = { enter: (id: string) => (current = id), result: (value: unknown) => values.push([current, value]) };
  const body = cells.map(({ id, script }) => `__lyceum__.enter(${JSON.stringify(id)});\n${script}`).join("\n;");
  try {
    await new AsyncFunction(...Object.keys(scope), "display", "__lyceum__", body)(...Object.values(scope), display, lyceum);
  } catch (error) {
    failures.push(`${current}: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const [id, value] of values) {
    const { data } = await toBundle(value);
    if (value !== undefined && !data["text/plain"]) failures.push(`${id} ends in a value, and shows none`);
  }
  const shown = new Set(values.map(([id]) => id));
  return [...failures, ...cells.filter(({ id, hasResult }) => hasResult && !shown.has(id)).map(({ id }) => `${id} gave no value`)];
}
