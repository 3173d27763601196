import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs";
import { displaySymbol } from "../../../../display/contract.js";
import { escape } from "../../../../display/escape.js";
import { number } from "../../../../display/number.js";
import { known, positive, shown, whole } from "../../../arguments.js";
import { random } from "../../../data/random.js";
import { numericalGradient } from "./numerical.js";

/** Gradients to check: tensors, arrays, or numbers, by the name of the variable (or, for a list of variables, in their order). */
export type GivenGradients = Readonly<Record<string, Tensor | ArrayLike<number>>> | readonly (Tensor | ArrayLike<number>)[];

export interface GradientCheckOptions {
  /** Your own gradients, to be checked; default what tfjs computes. Needed where the variables are plain numbers. */
  gradients?: GivenGradients;
  /** Relative error up to which a gradient counts as right; default 1e-2 for tensors (float32), 1e-6 for plain numbers. */
  tolerance?: number;
  /** Of the differences; default 1e-2 for tensors, 1e-3 for plain numbers, times max(1, |value|). */
  step?: number;
  /** Entries of each variable that are looked at; default 50, drawn by `seed`. */
  entries?: number;
  /** Default 1. */
  seed?: number;
}

export interface VariableCheck {
  readonly name: string;
  readonly right: boolean;
  /** The largest |given - differences| / max(|given|, |differences|, floor) of the entries looked at; the floor is what rounding alone can make. */
  readonly relativeError: number;
  /** The entry with that error. */
  readonly worst: { readonly index: number; readonly given: number; readonly numerical: number };
  readonly entries: number;
}

export interface GradientCheck {
  readonly right: boolean;
  readonly variables: readonly VariableCheck[];
  /** In a sentence: which are wrong, and where. */
  readonly verdict: string;
}

/** The same function, of variables that are tfjs variables or plain lists of numbers. */
interface Subject {
  name: string;
  values: Float64Array;
  given: ArrayLike<number>;
  /** f with one value of this variable replaced. */
  at(index: number, value: number): number;
}

/**
 * Are these the gradients of f? Compares them, entry by entry, with central differences, and says which variable is wrong and where. A relative error of 1 means no relation,
 * 2 the wrong sign, 0.5 a missing factor of 2.
 *
 * Tensors are float32, so that differences are good to about three digits; a kink (relu at 0) inside the step looks like an error. Plain numbers are 64-bit and good to nine.
 *
 * @param f gives a scalar; deterministic. Of tfjs variables `() => tensor`; of plain numbers `() => number`
 * @param variables tfjs variables, or arrays of numbers by name, which f reads and which are changed in place and put back
 * @returns relative errors by variable, and a verdict; shows itself
 * @throws `expected gradients for plain numbers, got none`; `expected f to give a scalar, got shape [2]`; `expected 3 numbers in the gradient of w, got 2`
 * @example
 * const w = { w: [1, 2] };
 * nn.gradientCheck(() => w.w[0]! ** 2 * w.w[1]!, w, { gradients: { w: [4, 1] } }).right // true
 * nn.gradientCheck(() => w.w[0]! ** 2 * w.w[1]!, w, { gradients: { w: [2, 1] } }).verdict // "wrong: w (relative error 0.5: entry 0 is 2, differences give 4)"
 */
export function gradientCheck(f: () => Scalar | Tensor | number, variables: readonly Variable[] | Readonly<Record<string, number[] | Float64Array | Float32Array>>, options: GradientCheckOptions = {}): GradientCheck {
  known(options, ["gradients", "tolerance", "step", "entries", "seed"]);
  if (typeof f !== "function") throw new TypeError(`expected f to be a function without arguments, got ${shown(f)}`);
  const tensors = Array.isArray(variables);
  if (Object.keys(variables).length === 0) throw new RangeError("expected at least one variable, got none");
  const subjects = tensors ? ofTensors(f as () => Tensor, variables as readonly Variable[], options.gradients) : ofNumbers(f as () => number, variables as Readonly<Record<string, number[]>>, options.gradients);
  const tolerance = positive({ tolerance: options.tolerance ?? (tensors ? 1e-2 : 1e-6) });
  const step = positive({ step: options.step ?? (tensors ? 1e-2 : 1e-3) });
  const most = whole({ entries: options.entries ?? 50 }, 1);
  const draw = random(options.seed ?? 1);
  const checks = subjects.map((subject) => check(subject, { step, tolerance, noise: tensors ? 2 ** -22 : 2 ** -50, indices: chosen(subject.values.length, most, draw) }));
  const wrong = checks.filter(({ right }) => !right);
  const verdict = wrong.length === 0
    ? `right: ${checks.map(({ name }) => name).join(", ")}`
    : `wrong: ${wrong.map(({ name, relativeError, worst }) => `${name} (relative error ${number(relativeError, 3)}: entry ${worst.index} is ${number(worst.given)}, differences give ${number(worst.numerical)})`).join("; ")}`;
  return shownCheck({ right: wrong.length === 0, variables: Object.freeze(checks), verdict });
}

function check(subject: Subject, { step, tolerance, noise, indices }: { step: number; tolerance: number; noise: number; indices: number[] }): VariableCheck {
  const size = Math.abs(subject.at(0, subject.values[0]!));
  let worst = { index: indices[0]!, given: 0, numerical: 0, error: -1 };
  for (const index of indices) {
    const own = subject.values[index]!;
    const [numerical] = numericalGradient(([value]) => subject.at(index, value!), [own], { step });
    subject.at(index, own);
    const given = subject.given[index]!;
    // What rounding of f can make of a difference.
    const floor = (noise * Math.max(size, 1e-3)) / (step * Math.max(1, Math.abs(own))) / tolerance;
    const error = Number.isFinite(given) ? Math.abs(given - numerical!) / Math.max(Math.abs(given), Math.abs(numerical!), floor) : Number.POSITIVE_INFINITY;
    if (error > worst.error) worst = { index, given, numerical: numerical!, error };
  }
  const { error, ...entry } = worst;
  return Object.freeze({ name: subject.name, right: error <= tolerance, relativeError: error, worst: Object.freeze(entry), entries: indices.length });
}

function chosen(length: number, most: number, draw: { shuffle<T>(items: readonly T[]): T[] }): number[] {
  const all = Array.from({ length }, (_, index) => index);
  return length <= most ? all : draw.shuffle(all).slice(0, most).sort((a, b) => a - b);
}

function givenFor(gradients: GivenGradients, name: string, at: number, size: number): ArrayLike<number> {
  const found = Array.isArray(gradients) ? (gradients as readonly (Tensor | ArrayLike<number>)[])[at] : (gradients as Record<string, Tensor | ArrayLike<number>>)[name];
  if (found === undefined) throw new RangeError(`expected a gradient of ${name}, got ${Array.isArray(gradients) ? `${gradients.length} gradients` : `those of ${Object.keys(gradients).join(", ") || "nothing"}`}`);
  const values = found instanceof tf.Tensor ? found.dataSync() : (found as ArrayLike<number>);
  if (values.length !== size) throw new RangeError(`expected ${size} numbers in the gradient of ${name}, got ${values.length}`);
  return values;
}

function ofNumbers(f: () => number, variables: Readonly<Record<string, number[]>>, gradients: GivenGradients | undefined): Subject[] {
  if (gradients === undefined) throw new TypeError("expected gradients for plain numbers, got none");
  return Object.entries(variables).map(([name, values], place) => ({
    name,
    values: Float64Array.from(values),
    given: givenFor(gradients, name, place, values.length),
    at(index, value) {
      const own = values[index]!;
      values[index] = value;
      try {
        return f();
      } finally {
        values[index] = own;
      }
    },
  }));
}

function ofTensors(f: () => Tensor, variables: readonly Variable[], gradients: GivenGradients | undefined): Subject[] {
  const value = (): number => {
    const answer = tf.tidy(f);
    if (!(answer instanceof tf.Tensor) || answer.size !== 1) throw new TypeError(`expected f to give a scalar, got ${answer instanceof tf.Tensor ? `shape [${answer.shape}]` : shown(answer)}`);
    const [only] = answer.dataSync();
    answer.dispose();
    return only!;
  };
  value();
  const own = gradients === undefined ? tf.tidy(() => {
    const { grads } = tf.variableGrads(() => tf.reshape(f(), []) as Scalar, [...variables]);
    return variables.map(({ name, size }) => (grads[name] ? Array.from(grads[name].dataSync()) : Array.from({ length: size }, () => 0))) as never;
  }) as unknown as number[][] : undefined;
  return variables.map((variable, place) => {
    const values = Float64Array.from(variable.dataSync());
    const label = /^\d+$/.test(variable.name) ? `variable ${place}` : variable.name;
    return {
      name: label,
      values,
      given: own ? own[place]! : givenFor(gradients!, variable.name, place, variable.size),
      at(index, moved) {
        const put = (numbers: Float64Array): void => tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(numbers), variable.shape) as never));
        put(values.with(index, moved));
        try {
          // The step that float32 makes of it is the step that counts.
          return value();
        } finally {
          put(values);
        }
      },
    };
  });
}

function shownCheck(result: GradientCheck): GradientCheck {
  return Object.freeze(Object.defineProperty(result, displaySymbol, {
    value: () => {
      const row = ({ name, right, relativeError, worst, entries }: VariableCheck): string =>
        `<tr><th scope="row" style="text-align:left">${escape(name)}</th><td>${right ? "✓ right" : "✗ <strong>wrong</strong>"}</td>${[number(relativeError, 3), String(worst.index), number(worst.given), number(worst.numerical), String(entries)].map((text) => `<td style="text-align:right">${text}</td>`).join("")}</tr>`;
      const head = ["variable", "gradient", "relative error", "at entry", "given", "differences", "entries looked at"].map((text) => `<th scope="col">${text}</th>`).join("");
      return { data: { "text/html": `<p>${escape(result.verdict)}</p><table class="lyceum-table" cellpadding="4"><thead><tr>${head}</tr></thead><tbody>${result.variables.map(row).join("")}</tbody></table>`, "text/plain": result.verdict }, metadata: {} };
    },
  }));
}
