import { split } from "shamir-secret-sharing";
import { fromHex, randomBytes, toHex, type Bytes } from "./bytes.js";
import { advertised, confirmed, order, type Advertisement, type Confirmation, type MaskedVector, type Revealed, type SealedShares, type Session, type UnmaskRequest } from "./contract.js";
import { agree, agreementKeys, hkdf, open, seal, sha256, sign, verify } from "./crypto.js";
import { addMask, mask, maskVector } from "./mask.js";
import { checkSession } from "./session.js";

export interface SecureClient {
  readonly name: string;
  advertise(): Advertisement;
  share(advertisements: readonly Advertisement[]): Promise<SealedShares>;
  /** `shares`: what the others sealed for this client. */
  mask(vector: Uint32Array, shares: readonly { from: string; sealed: Uint8Array }[]): Promise<MaskedVector>;
  confirm(alive: readonly string[]): Confirmation;
  unmask(request: UnmaskRequest): Revealed;
}

/**
 * One client's side of one secure sum. Five messages, in this order and each only once: `advertise`, `share`, `mask`, `confirm`, `unmask`.
 *
 * What is promised: the server, together with up to threshold - 1 clients, learns of the others' vectors nothing but their sum, as long as it follows the
 * protocol; a server that lies as well, with c clients on its side, as long as 2 * threshold > clients + c. Held by: X25519 keys of this session, signed
 * with identities that the server did not hand out; masks of 256 bits (HKDF, AES-256-CTR); Shamir shares; and the refusals below. Not promised: that the sum
 * is right if a client lies about its vector, or that anything comes out if the server stops. What the sum itself tells is a matter for differential privacy.
 * Source: Bonawitz et al. 2017, "Practical Secure Aggregation for Privacy-Preserving Machine Learning", the protocol for active adversaries.
 *
 * @throws refuses, by name: a key that its owner did not sign, a client that is not in the roster or twice in a list, fewer clients than the threshold, a second
 * vector, one listed both dead and alive, a list of the living that fewer than `threshold` clients confirmed, a second unmasking.
 * @example
 * const keys = federated.secure.identity();
 * const roster = { a: keys.publicKey, b: federated.secure.identity().publicKey };
 * federated.secure.client("a", keys.secretKey, { session: "demo 1", roster, threshold: 2 }).advertise().from // "a"
 */
export function client(name: string, secretKey: string, session: Session): SecureClient {
  checkSession(session);
  const { roster, threshold } = session;
  if (!(name in roster)) throw new RangeError(`expected ${name} in the roster, got ${order(roster).join(", ")}`);
  const place = new Map(order(roster).map((one, at) => [one, at]));
  const maskKeys = agreementKeys();
  const sealKeys = agreementKeys();
  const seed = randomBytes(32);
  const advertisement: Advertisement = Object.freeze({ from: name, maskKey: maskKeys.publicKey, sealKey: sealKeys.publicKey, signature: sign(advertised(session.session, name, maskKeys.publicKey, sealKeys.publicKey), secretKey) });
  /** Everyone whose keys came, then everyone whose shares came. */
  let keys = new Map<string, Advertisement>();
  const held = new Map<string, { seed: Uint8Array; key: Uint8Array }>();
  let confirmedAlive: readonly string[] | undefined;
  const once = steps(["share", "mask", "confirm", "unmask"]);

  const agreed = new Map<string, Bytes>();
  const sealingKey = (from: string, to: string) => {
    const other = from === name ? to : from;
    const secret = agreed.get(other) ?? fromHex(agree(sealKeys.secretKey, keys.get(other)!.sealKey), "shared secret");
    agreed.set(other, secret);
    return hkdf(secret, { info: JSON.stringify(["lyceum-secagg-v1 share", session.session, from, to]) });
  };

  return {
    name,
    advertise: () => advertisement,

    async share(advertisements) {
      const given = distinct(advertisements.map(({ from }) => from), place, threshold, "keys");
      for (const { from, maskKey, sealKey, signature } of advertisements)
        if (!verify(advertised(session.session, from, maskKey, sealKey), signature, roster[from]!)) throw new Error(`refused: the keys of ${from} are not signed by ${from}`);
      const mine = advertisements.find(({ from }) => from === name);
      if (mine?.maskKey !== maskKeys.publicKey || mine.sealKey !== sealKeys.publicKey) throw new Error(`refused: the list of keys does not hold those of ${name}`);
      once("share");
      keys = new Map(advertisements.map((one) => [one.from, one]));
      const seedShares = await split(seed, given.length, threshold);
      const keyShares = await split(fromHex(maskKeys.secretKey, "secretKey", 32), given.length, threshold);
      const to: Record<string, Uint8Array> = {};
      for (const [at, other] of given.entries()) {
        if (other === name) held.set(name, { seed: seedShares[at]!, key: keyShares[at]! });
        else to[other] = await seal(await sealingKey(name, other), join(seedShares[at]!, keyShares[at]!));
      }
      return Object.freeze({ from: name, seedHash: await sha256(seed), to: Object.freeze(to) });
    },

    async mask(vector, shares) {
      const others = shares.map(({ from }) => from);
      distinct([...others, name], keys, threshold, "shares");
      once("mask");
      for (const { from, sealed } of shares) {
        const bytes = await open(await sealingKey(from, name), sealed).catch(() => {
          throw new Error(`refused: the shares of ${from} were changed on the way`);
        });
        held.set(from, { seed: bytes.subarray(0, bytes.length / 2), key: bytes.subarray(bytes.length / 2) });
      }
      const pairs = others.map((other) => ({ other: place.get(other)!, seed: fromHex(agree(maskKeys.secretKey, keys.get(other)!.maskKey), "shared secret") }));
      const values = await maskVector(vector, { self: place.get(name)!, pairs });
      addMask(values, await mask(seed, values.length), 1);
      return Object.freeze({ from: name, values });
    },

    confirm(alive) {
      distinct(alive, held, threshold, "vectors");
      if (!alive.includes(name)) throw new Error(`refused: ${name} sent its vector and is not among those whose vector arrived`);
      once("confirm");
      confirmedAlive = alive.toSorted();
      return Object.freeze({ from: name, signature: sign(confirmed(session.session, alive), secretKey) });
    },

    unmask({ alive, dead, confirmations }) {
      const both = alive.find((one) => dead.includes(one));
      if (both !== undefined) throw new Error(`refused: ${both} is listed both dead and alive`);
      distinct([...alive, ...dead], held, threshold, "vectors");
      if (alive.length + dead.length !== held.size) throw new Error(`refused: expected ${held.size} clients dead or alive, got ${alive.length + dead.length}`);
      if (confirmedAlive?.join("\n") !== alive.toSorted().join("\n")) throw new Error("refused: the list of the living is not the one that was confirmed");
      const signers = distinct(confirmations.map(({ from }) => from), new Map(alive.map((one) => [one, 0])), threshold, "confirmations");
      for (const { from, signature } of confirmations) if (!verify(confirmed(session.session, alive), signature, roster[from]!)) throw new Error(`refused: ${from} did not confirm this list of the living (${signers.length} signatures)`);
      once("unmask");
      return Object.freeze({
        from: name,
        seeds: Object.freeze(Object.fromEntries(alive.map((one) => [one, held.get(one)!.seed]))),
        keys: Object.freeze(Object.fromEntries(dead.map((one) => [one, held.get(one)!.key]))),
      });
    },
  };
}

/** Names that are known, each once, and enough of them. */
function distinct(names: readonly string[], known: ReadonlyMap<string, unknown>, least: number, what: string): string[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (!known.has(name)) throw new Error(`refused: ${name} is not one of ${[...known.keys()].join(", ")}`);
    if (seen.has(name)) throw new Error(`refused: ${name} is listed twice`);
    seen.add(name);
  }
  if (seen.size < least) throw new Error(`refused: expected ${what} of at least ${least} clients, got ${seen.size}`);
  return [...seen];
}

/** Each step once, in order: a second vector under the same masks would show the difference of the two. */
function steps(names: readonly string[]): (step: string) => void {
  let next = 0;
  return (step) => {
    if (names[next] !== step) throw new Error(`refused: expected ${names[next] ?? "nothing more"}, got ${step}`);
    next++;
  };
}

function join(a: Uint8Array, b: Uint8Array): Bytes {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

export const publicKeyOf = (secretKey: Uint8Array): string => agreementKeys(toHex(secretKey)).publicKey;
