import { federated } from "../../../kernel/index.js";
import type { Adapter } from "../contract.js";

const { secure } = federated;
const hex = (bytes: ArrayLike<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

interface Input {
  [name: string]: any; // a case of any kind
}

const answers: Record<string, (input: Input) => unknown> = {
  "hkdf-sha256": async ({ ikmHex, saltHex, infoHex, length }) => ({ okmHex: hex(await secure.hkdf(bytes(ikmHex), { salt: bytes(saltHex), info: bytes(infoHex), length })) }),
  "x25519-ed25519": ({ privateA, privateB, signingSeed, messageHex }) => {
    const [a, b, signer] = [secure.agreementKeys(privateA), secure.agreementKeys(privateB), secure.identity(signingSeed)];
    return { publicA: a.publicKey, publicB: b.publicKey, sharedSecret: secure.agree(privateA, b.publicKey), signingPublic: signer.publicKey, signature: secure.sign(bytes(messageHex), signingSeed) };
  },
  shamir: ({ prime, coefficients, shares, threshold, reconstructFrom }) => {
    const [secret, ...rest] = coefficients.map(BigInt);
    const made = secure.shareSecret(secret, { shares, threshold, prime: BigInt(prime), coefficients: rest });
    const some = made.filter(({ x }) => reconstructFrom.includes(x));
    const recover = (from: typeof some) => String(secure.recoverSecret(from, { prime: BigInt(prime) }));
    return { secret: String(secret), shares: made.map(({ x, y }) => ({ x, y: String(y) })), reconstructed: recover(some), oneTooFewGives: recover(some.slice(0, -1)) };
  },
  "secagg-masks": async ({ vectors, pairSeedsHex }) => {
    const masked = await Promise.all(vectors.map((vector: number[], self: number) => {
      const pairs = vectors.flatMap((_: unknown, other: number) => (other === self ? [] : [{ other, seed: bytes(pairSeedsHex[[self, other].sort((a, b) => a - b).join()]) }]));
      return secure.maskVector(Uint32Array.from(vector), { self, pairs });
    }));
    return { masked, sum: masked.reduce((a, b) => a.map((value: number, at: number) => value + b[at])) };
  },
  "federated-aggregate": ({ rule, options, clients }) => {
    const updates = clients.map(({ values, examples }: { values: number[]; examples: number }) => ({ weights: federated.weights({ w: values }), examples }));
    const rules: Record<string, () => federated.Weights> = {
      mean: () => federated.weightedMean(updates),
      median: () => federated.coordinateMedian(updates),
      "trimmed-mean": () => federated.trimmedMean(updates, options),
      krum: () => federated.krum(updates, options).weights,
    };
    return rules[rule]!()[0]!.values;
  },
  "federated-strategy": ({ strategy, options, start, rounds }) => {
    const chosen = { adagrad: federated.fedAdagrad, adam: federated.fedAdam, yogi: federated.fedYogi }[strategy as "adam"](options);
    let weights = federated.weights({ w: start });
    let state = chosen.init(weights);
    return rounds.map((clients: { values: number[]; examples: number }[]) => {
      ({ weights, state } = chosen.next(weights, clients.map(({ values, examples }) => ({ weights: federated.weights({ w: values }), examples })), state));
      return weights[0]!.values;
    });
  },
};

/** What the federated room answers for; the other kinds of crypto.json belong to privacy. */
export const adapter: Adapter = {
  handles: ({ kind }) => typeof kind === "string" && kind in answers,
  answer: (input) => answers[input["kind"] as string]!(input),
};
