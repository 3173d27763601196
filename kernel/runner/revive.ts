import type { Engine } from "../engine/contract.js";
import type { DecodedTensor } from "../../lessons/checks/contract.js";

/** Arguments that a check sends as data become what a learner's function expects: tensors, also inside arrays and plain objects. */
export function reviveTensors(value: unknown, engine: () => Engine | undefined): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (isTensorData(value)) return makeTensor(value, engine);
  if (Array.isArray(value)) return value.map((item) => reviveTensors(item, engine));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reviveTensors(item, engine)]));
}

function isTensorData(value: object): value is DecodedTensor {
  return (value as Partial<DecodedTensor>).kind === "tensor" && "values" in value && "dtype" in value;
}

function makeTensor({ values, shape, dtype }: DecodedTensor, engine: () => Engine | undefined): unknown {
  const loaded = engine();
  if (!loaded) throw new Error("TensorFlow is not loaded yet: run a cell that uses tf first");
  return loaded.tf.tensor(values as Float32Array, [...shape], dtype as "float32");
}
