import { combine } from "shamir-secret-sharing";
import { fromHex, toHex } from "./bytes.js";
import { order, type Advertisement, type MaskedVector, type Revealed, type SealedShares, type Session } from "./contract.js";
import { agree, sha256 } from "./crypto.js";
import { publicKeyOf } from "./client.js";
import { addMask, mask } from "./mask.js";

/** Everything that the server of a secure sum has seen. */
export interface Transcript {
  readonly advertisements: readonly Advertisement[];
  readonly sealed: readonly SealedShares[];
  readonly masked: readonly MaskedVector[];
  readonly revealed: readonly Revealed[];
}

/**
 * The server's work: the exact sum, modulo 2^32, of the vectors of those whose vector arrived. Takes away each one's own mask (its seed, from shares), and the masks
 * with clients that shared keys and then fell silent (their mask key, from shares). Shares that do not give the advertised key are named.
 *
 * @throws `expected shares of at least 3 clients for b, got 2`; `the shares of b do not give its seed: a client sent a wrong one`.
 * @example
 * const keys = Object.fromEntries(["a", "b", "c"].map((name) => [name, federated.secure.identity()]));
 * (await federated.secure.sum({ a: [1], b: [2], c: [3] }, { range: 4, keys })).sum[0] // 6.0000
 */
export async function unmaskSum({ roster, threshold }: Session, { advertisements, sealed, masked, revealed }: Transcript): Promise<Uint32Array> {
  const place = new Map(order(roster).map((name, at) => [name, at]));
  const total = new Uint32Array(masked[0]!.values.length);
  for (const { from, values } of masked) {
    if (values.length !== total.length) throw new RangeError(`expected ${total.length} values of ${from}, got ${values.length}`);
    addMask(total, values, 1);
  }
  const recover = async (name: string, kind: "seeds" | "keys") => {
    const shares = revealed.flatMap((one) => one[kind][name] ?? []);
    if (shares.length < threshold) throw new RangeError(`expected shares of at least ${threshold} clients for ${name}, got ${shares.length}`);
    return new Uint8Array(await combine(shares.slice(0, threshold)));
  };
  const alive = new Set(masked.map(({ from }) => from));
  for (const { from: name, seedHash } of sealed) {
    if (alive.has(name)) {
      const seed = await recover(name, "seeds");
      if ((await sha256(seed)) !== seedHash) throw new Error(`the shares of ${name} do not give its seed: a client sent a wrong one`);
      addMask(total, await mask(seed, total.length), -1);
      continue;
    }
    const key = await recover(name, "keys");
    if (publicKeyOf(key) !== advertisements.find(({ from }) => from === name)?.maskKey) throw new Error(`the shares of ${name} do not give its mask key: a client sent a wrong one`);
    for (const other of alive) {
      // What `other` did with the mask of the pair, undone.
      const seed = fromHex(agree(toHex(key), advertisements.find(({ from }) => from === other)!.maskKey), "shared secret");
      addMask(total, await mask(seed, total.length), place.get(name)! > place.get(other)! ? -1 : 1);
    }
  }
  return total;
}
