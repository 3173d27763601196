import { fraction, known, nonNegative, positive, shown, whole } from "../../../arguments.js";
import type { PrivacyEvent } from "./event.js";

const made = new WeakSet<object>();
const keys = new WeakMap<object, string>();

const readers: { [K in PrivacyEvent["kind"]]: (given: Record<string, unknown>) => Omit<Extract<PrivacyEvent, { kind: K }>, "kind"> } = {
  gaussian: ({ noiseMultiplier }) => ({ noiseMultiplier: nonNegative({ noiseMultiplier }) }),
  laplace: ({ noiseMultiplier }) => ({ noiseMultiplier: nonNegative({ noiseMultiplier }) }),
  discreteGaussian: ({ sigma, sensitivity = 1 }) => ({ sigma: positive({ sigma }), sensitivity: whole({ sensitivity }, 1) }),
  discreteLaplace: ({ scale, sensitivity = 1 }) => ({ scale: positive({ scale }), sensitivity: whole({ sensitivity }, 1) }),
  randomizedResponse: ({ noiseParameter, categories = 2 }) => ({ noiseParameter: fraction({ noiseParameter }), categories: whole({ categories }, 1) }),
  exponentialMechanism: ({ epsilon }) => ({ epsilon: nonNegative({ epsilon }) }),
  epsilonDelta: ({ epsilon, delta = 0 }) => ({ epsilon: nonNegative({ epsilon }), delta: fraction({ delta }) }),
  zcdp: ({ rho, xi = 0 }) => ({ rho: nonNegative({ rho }), xi: nonNegative({ xi }) }),
  poissonSampled: ({ rate, event }) => ({ rate: fraction({ rate }), event: readEvent(event) }),
  sampledWithoutReplacement: ({ datasetSize, sampleSize, event }) => {
    whole({ datasetSize }, 1);
    whole({ sampleSize });
    if ((sampleSize as number) > (datasetSize as number)) throw new RangeError(`expected sampleSize <= datasetSize (${datasetSize}), got ${sampleSize}`);
    return { datasetSize: datasetSize as number, sampleSize: sampleSize as number, event: readEvent(event) };
  },
  composed: ({ events }) => {
    if (!Array.isArray(events)) throw new TypeError(`expected events to be a list of events, got ${shown(events)}`);
    return { events: Object.freeze(events.map(readEvent)) };
  },
  repeated: ({ event, times }) => ({ event: readEvent(event), times: whole({ times }) }),
  repeatAndSelect: ({ event, mean, shape = "poisson" }) => {
    if (!(typeof mean === "number" && mean >= 1 && Number.isFinite(mean))) throw new RangeError(`expected mean >= 1, got ${shown(mean)}`);
    return { event: readEvent(event), mean, shape: shape === "poisson" ? shape : nonNegative({ shape }) };
  },
};

/** An event from data: checked, completed with its defaults and frozen. What comes from here is taken as it is. */
export function readEvent(given: unknown): PrivacyEvent {
  if (typeof given !== "object" || given === null) throw new TypeError(`expected an event, got ${shown(given)}`);
  if (made.has(given)) return given as PrivacyEvent;
  const { kind, ...rest } = given as { kind?: unknown } & Record<string, unknown>;
  const read = typeof kind === "string" && Object.hasOwn(readers, kind) ? readers[kind as PrivacyEvent["kind"]] : undefined;
  if (!read) throw new TypeError(`unknown event: ${shown(kind)} (known: ${Object.keys(readers).join(", ")})`);
  const values = read(rest);
  known(rest, Object.keys(values));
  const event = Object.freeze({ kind, ...values }) as PrivacyEvent;
  made.add(event);
  return event;
}

/** The same text for equal events. */
export function eventKey(event: PrivacyEvent): string {
  let key = keys.get(event);
  if (key === undefined) keys.set(event, (key = JSON.stringify(event)));
  return key;
}
