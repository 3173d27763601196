import { parseArgs } from "node:util";
import { examineMachine, type Finding } from "../findings.js";
import { findPlace } from "../place.js";
import { oneOf } from "../options.js";

export const usage = `lyceum doctor [--json] [--engine NAME]

Says what works on this machine and what to do about the rest. Exit status 0: the kernel runs and computes.

  --engine NAME         examine tensorflow, wasm or cpu; default: what a notebook would get
  --json                as data`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false }, engine: { type: "string" } } });
  const tier = oneOf("--engine", values.engine, ["tensorflow", "wasm", "cpu"]);
  const findings = await examineMachine(findPlace(), tier);
  const usable = findings.every(({ state }) => state !== "broken");
  if (values.json) console.log(JSON.stringify({ usable, findings }, undefined, 2));
  else console.log(`${findings.map(line).join("\n")}\n\n${usable ? "Everything that is needed works." : "Something that is needed does not work: see ✗ above."}`);
  return usable ? 0 : 1;
}

const marks = { good: "✓", limited: "!", broken: "✗" };

function line({ name, state, text, next }: Finding): string {
  return `${marks[state]} ${name.padEnd(12)} ${text}${next ? `\n${" ".repeat(15)}${next}` : ""}`;
}
