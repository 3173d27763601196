import { shown } from "../../../arguments.js";

/** @throws `expected JSON, got "..."`; `expected { "instances": [...] }, got ...`; `expected instance 0 of shape [4], got [3]`; `expected finite numbers in instance 0, got null` */
export function readInstances(text: string, shape: readonly number[]): Float32Array[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new TypeError(`expected JSON, got ${shown(text)}`);
  }
  const { instances } = (body ?? {}) as { instances?: unknown };
  if (!Array.isArray(instances) || instances.length === 0) throw new TypeError(`expected { "instances": [...] } with at least one, got ${shown(body)}`);
  return instances.map((instance, at) => {
    const own = shapeOf(instance);
    const flat = Array.isArray(instance) ? (instance as unknown[]).flat(16) : [instance];
    const wanted = shape.reduce((a, b) => a * b, 1);
    const wrong = flat.find((value) => typeof value !== "number" || !Number.isFinite(value));
    if (own.join() !== shape.join() || flat.length !== wanted) throw new RangeError(`expected instance ${at} of shape [${shape.join(", ")}], got [${own.join(", ")}]${own.join() === shape.join() ? " with rows of different length" : ""}`);
    if (wrong !== undefined) throw new RangeError(`expected finite numbers in instance ${at}, got ${shown(wrong)}`);
    return Float32Array.from(flat as number[]);
  });
}

const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0]) : [])] : []);
