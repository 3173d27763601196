import { known } from "../../arguments.js";
import { randomBytes, toHex } from "./bytes.js";
import { client } from "./client.js";
import type { Session } from "./contract.js";
import { identity, type KeyPair } from "./crypto.js";
import { dequantise, quantise } from "./quantise.js";
import { unmaskSum, type Transcript } from "./server.js";
import { defaultThreshold } from "./session.js";

export interface SecureSumOptions {
  /** As in `quantise`. */
  readonly range: number;
  readonly maxExamples?: number;
  readonly threshold?: number;
  /** Clients that share their keys and then fall silent. */
  readonly silent?: readonly string[];
  /** Identities by name; default new ones. */
  readonly keys?: Readonly<Record<string, KeyPair>>;
}

export interface SecureSum {
  /** Of examples times values, over the clients that stayed. */
  readonly sum: Float64Array;
  readonly examples: number;
  /** Values clipped to the range, over all clients: known to them, not to the server. */
  readonly clipped: number;
  /** All that the server saw. */
  readonly transcript: Transcript;
}

/** The whole protocol between clients in this program. Undefined where fewer stayed than the threshold. */
export async function secureSum(inputs: readonly { name: string; values: ArrayLike<number>; examples: number }[], options: SecureSumOptions): Promise<SecureSum | undefined> {
  known(options, ["range", "maxExamples", "threshold", "silent", "keys"]);
  const names = [...inputs.map(({ name }) => name), ...(options.silent ?? [])];
  const threshold = options.threshold ?? Math.max(2, defaultThreshold(names.length));
  const keys = Object.fromEntries(names.map((name) => [name, options.keys?.[name] ?? identity()]));
  const session: Session = { session: toHex(randomBytes(16)), roster: Object.fromEntries(names.map((name) => [name, keys[name]!.publicKey])), threshold };
  const clients = names.map((name) => client(name, keys[name]!.secretKey, session));
  if (inputs.length < threshold) return undefined;

  const scale = { range: options.range, clients: names.length, ...(options.maxExamples !== undefined && { maxExamples: options.maxExamples }) };
  const advertisements = clients.map((one) => one.advertise());
  const sealed = await Promise.all(clients.map((one) => one.share(advertisements)));
  let clipped = 0;
  const present = clients.filter(({ name }) => inputs.some((input) => input.name === name));
  const masked = await Promise.all(present.map((one) => {
    const { values, examples } = inputs.find(({ name }) => name === one.name)!;
    const quantised = quantise(values, { ...scale, examples });
    clipped += quantised.clipped;
    return one.mask(quantised.vector, sealed.filter(({ from }) => from !== one.name).map(({ from, to }) => ({ from, sealed: to[one.name]! })));
  }));
  const alive = present.map(({ name }) => name);
  const dead = names.filter((name) => !alive.includes(name));
  const confirmations = present.map((one) => one.confirm(alive));
  const revealed = present.map((one) => one.unmask({ alive, dead, confirmations }));
  const transcript = { advertisements, sealed, masked, revealed };
  return Object.freeze({ ...dequantise(await unmaskSum(session, transcript), scale), clipped, transcript });
}

/**
 * A sum that the server learns without learning a single summand: the whole protocol (see `secure.client`) between clients in this program, and all that
 * the server saw.
 *
 * @param values the vectors, by client: equal lengths, finite.
 * @param options `range` (no default), `threshold` (default two thirds of the clients, plus one), `silent`: clients that fall silent after sharing their keys, whose vector is left out; `keys`: identities.
 * @throws `expected at least 3 clients to stay, got 2`.
 * @example (await federated.secure.sum({ a: [1.5, 2], b: [0.25, -1], c: [0, 3] }, { range: 4 })).sum // [1.75000, 4.00000]
 */
export async function sum(values: Readonly<Record<string, ArrayLike<number>>>, options: SecureSumOptions): Promise<SecureSum> {
  const silent = options.silent ?? [];
  const inputs = Object.entries(values).filter(([name]) => !silent.includes(name)).map(([name, vector]) => ({ name, values: vector, examples: 1 }));
  for (const name of silent) if (!(name in values)) throw new RangeError(`expected silent clients among ${Object.keys(values).join(", ")}, got ${name}`);
  const result = await secureSum(inputs, options);
  if (!result) throw new RangeError(`expected at least ${options.threshold ?? Math.max(2, defaultThreshold(Object.keys(values).length))} clients to stay, got ${inputs.length}`);
  return result;
}
