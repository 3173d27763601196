import { existsSync, readFileSync, statfsSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { join } from "node:path";
import type { Tier } from "../engine/contract.js";
import { examineEngine } from "../engine/doctor.js";
import { kernelName, prefixKernels } from "../server/kernelspec.js";
import { findPython } from "./python.js";
import { missingSets, packageSets } from "./packages.js";
import type { Place } from "./place.js";

/** One thing that was looked at. */
export interface Finding {
  name: string;
  /** limited: it works, and could be better; broken: a notebook cannot run. */
  state: "good" | "limited" | "broken";
  text: string;
  /** What to do about it. */
  next?: string;
  /** The numbers behind the text. Bytes and milliseconds. */
  data?: Record<string, unknown>;
}

/** Look at everything that a notebook needs. A few seconds, most of them for the engine. */
export async function examineMachine(place: Place, tier?: Tier): Promise<Finding[]> {
  return [node(), await python(place), jupyter(place), kernelspec(place), ...(await engine(place, tier)), memory(), disk(place)];
}

function node(): Finding {
  return { name: "Node.js", state: "good", text: `${process.version} at ${process.execPath}`, data: { version: process.version } };
}

async function python(place: Place): Promise<Finding> {
  try {
    const { command, version, venv } = await findPython(existsSync(place.python) ? [place.python] : undefined);
    return { name: "Python", state: "good", text: `${version.join(".")} (${command})`, data: { version: version.join("."), venv } };
  } catch (error) {
    // VS Code runs the kernel without Python: only JupyterLab needs it.
    return { name: "Python", state: "limited", text: "not found; JupyterLab needs it, VS Code does not", next: (error as Error).message.split("\n").slice(1).join(" ") };
  }
}

function jupyter(place: Place): Finding {
  const missing = missingSets(place, [packageSets.jupyter]).length > 0;
  return missing
    ? { name: "JupyterLab", state: "limited", text: "not set up", next: "npm start" }
    : { name: "JupyterLab", state: "good", text: `in ${place.venv}` };
}

function kernelspec(place: Place): Finding {
  const file = join(prefixKernels(place.venv), kernelName, "kernel.json");
  if (!existsSync(file)) return { name: "Kernelspec", state: "limited", text: "not installed", next: "npm start, or for VS Code: lyceum kernel install" };
  const { argv } = JSON.parse(readFileSync(file, "utf8")) as { argv: string[] };
  const gone = argv.filter((word) => /^([A-Za-z]:)?[\\/]/.test(word) && !existsSync(word));
  if (gone.length) return { name: "Kernelspec", state: "broken", text: `${file} names files that are gone: ${gone.join(", ")}`, next: "npm start writes it again" };
  return { name: "Kernelspec", state: "good", text: file };
}

async function engine(place: Place, tier?: Tier): Promise<Finding[]> {
  try {
    const { timings, gpu, gpuNote, reasons, label, compiles, tier: got } = await examineEngine({ directory: place.root, ...(tier && { tier }) });
    const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
    return [
      { name: "Engine", state: got === "tensorflow" ? "good" : "limited", text: label, ...(reasons.length && { next: reasons.join("; ") }), data: { tier: got, reasons } },
      { name: "Speed", state: "good", text: `matMul 1024x1024 ${ms(timings.matMul)}, convolution with gradients ${ms(timings.convolution)}, loaded in ${ms(timings.load)}`, data: timings },
      {
        name: "Compiling", state: compiles ? "good" : "limited", data: { compiles },
        text: compiles ? "compile and model.fit run a training step as one call" : got === "tensorflow" ? "not with a TensorFlow package of your own: its binding cannot make graphs" : `not on ${label}: steps run operation by operation`,
        ...(!compiles && { next: "npm start builds TensorFlow's binding where it can" }),
      },
      { name: "GPU", state: "good", text: gpuNote, data: { gpu } },
    ];
  } catch (error) {
    return [{ name: "Engine", state: "broken", text: (error as Error).message, next: "npm start, or npm start -- --engine wasm" }];
  }
}

function memory(): Finding {
  const free = availableMemory();
  return { name: "Memory", state: free < 1.5e9 ? "limited" : "good", text: `${gigabytes(free)} free of ${gigabytes(totalmem())}`, data: { free, total: totalmem() }, ...(free < 1.5e9 && { next: "TensorFlow wants about 1 GB: close other programs" }) };
}

/** Linux counts cached files as used; what a program could have is in MemAvailable. */
function availableMemory(): number {
  const found = existsSync("/proc/meminfo") ? /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8")) : null;
  return found ? Number(found[1]) * 1024 : freemem();
}

function disk(place: Place): Finding {
  const { bavail, bsize } = statfsSync(place.root);
  const free = bavail * bsize;
  return { name: "Disk", state: free < 2e9 ? "limited" : "good", text: `${gigabytes(free)} free`, data: { free } };
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
