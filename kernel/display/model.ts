import type { MimeBundle } from "./contract.js";
import { count, escape, oneLine } from "./escape.js";
import { cell, header } from "./table/cells.js";
import { className, inherited, method, own } from "./reflect.js";

interface LayerRow {
  name: string;
  type: string;
  output: string;
  parameters: number;
}

/** `Sequential "name" (3 layers)` for layers models inside other values, whose own fields are of no help. */
export function modelLabel(value: unknown): string | undefined {
  const layers = own(value, "layers");
  if (!Array.isArray(layers) || typeof inherited(value, "countParams") !== "function" || typeof inherited(value, "predict") !== "function") return undefined;
  return `${className(value as object) ?? "Model"} ${JSON.stringify(own(value, "name") ?? "")} (${count(layers.length, "layer")})`;
}

/** Layers models (`tf.sequential`, `tf.model`): their layers, output shapes and parameters. */
export function modelView(value: object): MimeBundle | undefined {
  if (!modelLabel(value)) return undefined;
  const rows = (own(value, "layers") as object[]).map(layerRow);
  const total = parameters(value);
  const weights = method(value, "getWeights")?.(true);
  const trainable = Array.isArray(weights) ? weights.reduce((n: number, w) => n + (own(w, "size") as number), 0) : total;
  const head = ["Layer", "Type", "Output shape", "Parameters"];
  const cells = rows.map((row) => [row.name, row.type, row.output, row.parameters.toLocaleString("en-US")]);
  const sum = `${total.toLocaleString("en-US")} parameters, ${trainable.toLocaleString("en-US")} trainable`;
  const title = `Model ${String(own(value, "name") ?? "")}: ${count(rows.length, "layer")}, ${sum}`;
  return { data: { "text/plain": `${title}\n${textTable(head, cells)}`, "text/html": htmlTable(title, head, cells) }, metadata: {} };
}

function layerRow(layer: object): LayerRow {
  const type = method(layer, "getClassName")?.();
  return { name: String(own(layer, "name") ?? ""), type: String(type ?? "Layer"), output: outputShape(layer), parameters: parameters(layer) };
}

/** `outputShape` of a layer is an accessor of the library's class, and throws on layers that are used twice or not at all. */
function outputShape(layer: object): string {
  try {
    const shape = (layer as { outputShape?: unknown }).outputShape;
    const text = (s: unknown) => (Array.isArray(s) ? `[${s.map((n) => n ?? "batch").join(", ")}]` : "?");
    return Array.isArray(shape) && Array.isArray(shape[0]) ? shape.map(text).join(" ") : text(shape);
  } catch {
    return "?";
  }
}

function parameters(object: object): number {
  try {
    return Number(method(object, "countParams")?.() ?? 0);
  } catch {
    return 0; // Not built yet.
  }
}

function textTable(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  return all.map((row) => row.map((cell, i) => (i === 3 ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join("  ").trimEnd()).join("\n");
}

function htmlTable(title: string, head: string[], rows: string[][]): string {
  const th = head.map((h, i) => header(h, i === 3 ? "right" : "left", "col")).join("");
  const body = rows.map(([name, ...rest]) =>
    `<tr>${header(escape(name), "left", "row")}${rest.map((c, i) => cell(escape(c), i === 2 ? "right" : "left")).join("")}</tr>`);
  return `<table class="lyceum-table" cellpadding="4"><caption>${oneLine(title)}</caption><thead><tr>${th}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
