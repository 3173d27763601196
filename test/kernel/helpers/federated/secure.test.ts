import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { secure } from "../../../../kernel/helpers/federated/index.js";

const names = ["ada", "ben", "cem", "dua", "eli"];

/** A session of five with all its clients, up to their masked vectors; `alive` send theirs. */
async function session(vectors: Uint32Array[], { threshold = 4, alive = names } = {}) {
  const keys = Object.fromEntries(names.map((name) => [name, secure.identity()]));
  const plan: secure.Session = { session: `test ${Math.random()}`, roster: Object.fromEntries(names.map((name) => [name, keys[name]!.publicKey])), threshold };
  const clients = Object.fromEntries(names.map((name) => [name, secure.client(name, keys[name]!.secretKey, plan)]));
  const advertisements = names.map((name) => clients[name]!.advertise());
  const sealed = await Promise.all(names.map((name) => clients[name]!.share(advertisements)));
  const sharesFor = (name: string) => sealed.filter(({ from }) => from !== name).map(({ from, to }) => ({ from, sealed: to[name]! }));
  const masked = await Promise.all(alive.map((name) => clients[name]!.mask(vectors[names.indexOf(name)]!, sharesFor(name))));
  return { keys, plan, clients, advertisements, sealed, masked, sharesFor, alive, dead: names.filter((name) => !alive.includes(name)) };
}

async function finish(s: Awaited<ReturnType<typeof session>>, helpers = s.alive) {
  const confirmations = s.alive.map((name) => s.clients[name]!.confirm(s.alive));
  const revealed = helpers.map((name) => s.clients[name]!.unmask({ alive: s.alive, dead: s.dead, confirmations }));
  return secure.unmaskSum(s.plan, { advertisements: s.advertisements, sealed: s.sealed, masked: s.masked, revealed });
}

const vectors = names.map((_, client) => Uint32Array.from({ length: 50 }, (_, at) => (client + 1) * 1000 + at));
const sumOf = (alive: string[]) => Uint32Array.from({ length: 50 }, (_, at) => alive.reduce((sum, name) => sum + vectors[names.indexOf(name)]![at]!, 0));

test("the sum comes out exactly, with everyone there, with any one gone, and with only a threshold of helpers at the end", async () => {
  assert.deepEqual(await finish(await session(vectors)), sumOf(names));
  for (const gone of ["ada", "cem", "eli"]) {
    const alive = names.filter((name) => name !== gone);
    assert.deepEqual(await finish(await session(vectors, { alive })), sumOf(alive), `${gone} gone`);
  }
  const three = ["ada", "dua", "eli"];
  assert.deepEqual(await finish(await session(vectors, { threshold: 3, alive: three })), sumOf(three));
  assert.deepEqual(await finish(await session(vectors, { threshold: 3 }), ["ben", "cem", "dua"]), sumOf(names));
});

test("below the threshold nothing is unmasked", async () => {
  await assert.rejects(async () => finish(await session(vectors), ["ada", "ben", "cem"]), /expected shares of at least 4 clients for ada, got 3/);
  await assert.rejects(secure.sum({ a: [1], b: [2], c: [3] }, { range: 4, silent: ["c"] }), /expected at least 3 clients to stay, got 2/);
});

test("shares of threshold - 1 clients say nothing of a client's seed: combined they are not it", async () => {
  const { combine, split } = await import("shamir-secret-sharing");
  const secret = globalThis.crypto.getRandomValues(new Uint8Array(32));
  const shares = await split(secret, 5, 4);
  assert.deepEqual(await combine(shares.slice(1)), secret);
  assert.notDeepEqual(await combine(shares.slice(0, 3)), secret);
});

/** Each byte of the values: chi-square with 255 degrees of freedom is above 420 with probability < 1e-9. */
function assertUniform(values: Uint32Array, what: string): void {
  for (const shift of [0, 8, 16, 24]) {
    const counts = new Float64Array(256);
    for (const value of values) counts[(value >>> shift) & 255]!++;
    const even = values.length / 256;
    const chi = counts.reduce((sum, n) => sum + (n - even) ** 2 / even, 0);
    assert.ok(chi < 420, `${what}, bits ${shift}: ${chi}`);
  }
}

/** A session, and the secret keys and seeds that its clients drew. */
async function watched(vectors: Uint32Array[]) {
  const drawn = new Set<string>();
  const { crypto } = globalThis;
  const real = crypto.getRandomValues.bind(crypto);
  crypto.getRandomValues = ((bytes: Uint8Array<ArrayBuffer>) => {
    drawn.add(Buffer.from(real(bytes)).toString("hex"));
    return bytes;
  }) as typeof crypto.getRandomValues;
  const s = await session(vectors).finally(() => delete (crypto as Partial<Crypto>).getRandomValues);
  const keys = [...drawn].filter((text) => text.length === 64);
  const byPublic = new Map(keys.map((key) => [secure.agreementKeys(key).publicKey, key]));
  const byHash = new Map(keys.map((key) => [createHash("sha256").update(Buffer.from(key, "hex")).digest("hex"), key]));
  const secrets = Object.fromEntries(s.sealed.map(({ from, seedHash }) => [from, { maskKey: byPublic.get(s.advertisements.find((one) => one.from === from)!.maskKey)!, seed: Buffer.from(byHash.get(seedHash)!, "hex") }]));
  return { ...s, secrets };
}

test("what the server sees of a client is uniform, whatever its vector", async () => {
  const { masked } = await session(names.map(() => new Uint32Array(65536)));
  for (const { from, values } of masked) assertUniform(values, from);
});

test("the server and threshold - 1 colluding clients, at the end of the protocol, learn of the other two only their sum", async () => {
  const count = 65536;
  const zeros = names.map((_, client) => new Uint32Array(count).fill(client === 0 ? 3 : client === 1 ? 39 : 0));
  const s = await watched(zeros);
  const colluders = ["cem", "dua", "eli"];
  const confirmations = names.map((name) => s.clients[name]!.confirm(names));
  const revealed = names.map((name) => s.clients[name]!.unmask({ alive: names, dead: [], confirmations }));
  assert.ok(revealed.every(({ keys }) => Object.keys(keys).length === 0), "no share of a mask key is given away");
  // They take off all that they know: own masks (their seeds are revealed) and the masks of pairs with a colluder.
  const rest = async (name: string) => {
    const values = s.masked.find(({ from }) => from === name)!.values.slice();
    const take = (mask: Uint32Array, sign: number) => mask.forEach((value, at) => (values[at] = values[at]! - sign * value));
    take(await secure.mask(s.secrets[name]!.seed, count), 1);
    for (const other of colluders) take(await secure.mask(Buffer.from(secure.agree(s.secrets[other]!.maskKey, s.advertisements.find(({ from }) => from === name)!.maskKey), "hex"), count), name < other ? 1 : -1);
    return values;
  };
  const [ada, ben] = [await rest("ada"), await rest("ben")];
  assertUniform(ada, "what is left of ada");
  assertUniform(ben, "what is left of ben");
  assert.ok(ada.every((value, at) => ((value + ben[at]!) >>> 0) === 42), "their sum, and only it");
});

test("two sessions never use the same mask: the difference of a client's two messages is not the difference of its vectors", async () => {
  const [one, two] = [await session(vectors), await session(vectors)];
  assert.ok(one.masked[0]!.values.filter((value, at) => value === two.masked[0]!.values[at]).length <= 2);
});

test("the server cannot swap a client's keys: a key that its owner did not sign is refused", async () => {
  const { keys, plan, clients, advertisements } = await session(vectors);
  const again = () => secure.client("ada", keys["ada"]!.secretKey, plan);
  const swapped = (change: Partial<secure.Advertisement>) => advertisements.map((one) => (one.from === "ben" ? { ...one, ...change } : one));
  const evil = secure.agreementKeys().publicKey;
  for (const change of [{ maskKey: evil }, { sealKey: evil }, { signature: secure.sign("x", keys["ada"]!.secretKey) }, { signature: "00" }]) {
    const ada = again();
    const list = swapped(change).map((one) => (one.from === "ada" ? ada.advertise() : one));
    await assert.rejects(ada.share(list), /refused: the keys of ben are not signed by ben/);
  }
  const ada = again();
  await assert.rejects(ada.share(advertisements), /refused: the list of keys does not hold those of ada/, "keys of an older session");
  await assert.rejects(ada.share([ada.advertise(), ...advertisements.slice(1, 3)]), /refused: expected keys of at least 4 clients, got 3/);
  await assert.rejects(ada.share([ada.advertise(), ada.advertise(), ...advertisements.slice(1)]), /refused: ada is listed twice/);
  await assert.rejects(ada.share([...advertisements, { ...advertisements[0]!, from: "mal" }]), /refused: mal is not one of/);
  assert.ok(clients);
});

test("a share that the server changed on the way is refused", async () => {
  const s = await session(vectors, { alive: names.slice(1) });
  const shares = s.sharesFor("ada").map((one, at) => (at ? one : { from: one.from, sealed: one.sealed.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) }));
  await assert.rejects(s.clients["ada"]!.mask(vectors[0]!, shares), /refused: the shares of ben were changed on the way/);
});

test("a client never gives both secrets of another: dead and alive at once, two lists, a second request are refused", async () => {
  const s = await session(vectors, { alive: names.slice(0, 4) });
  const confirmations = s.alive.map((name) => s.clients[name]!.confirm(s.alive));
  const [ada, ben] = [s.clients["ada"]!, s.clients["ben"]!];
  const ask = (change: Partial<secure.UnmaskRequest>) => () => ada.unmask({ alive: s.alive, dead: s.dead, confirmations, ...change });
  assert.throws(ask({ dead: ["eli", "ben"] }), /refused: ben is listed both dead and alive/);
  assert.throws(ask({ dead: [] }), /refused: expected 5 clients dead or alive, got 4/);
  assert.throws(ask({ alive: ["ada", "ben", "cem", "eli"], dead: ["dua"] }), /refused: the list of the living is not the one that was confirmed/);
  assert.throws(ask({ confirmations: confirmations.slice(1) }), /refused: expected confirmations of at least 4 clients, got 3/);
  assert.throws(ask({ confirmations: [...confirmations.slice(1), confirmations[1]!] }), /refused: ben is listed twice/);
  assert.throws(ask({ confirmations: confirmations.map((one) => (one.from === "dua" ? { ...one, signature: confirmations[0]!.signature } : one)) }), /refused: dua did not confirm/);
  const revealed = ask({})();
  assert.deepEqual([Object.keys(revealed.seeds), Object.keys(revealed.keys)], [["ada", "ben", "cem", "dua"], ["eli"]]);
  assert.throws(ask({}), /refused: expected nothing more, got unmask/);
  assert.throws(() => ben.confirm(s.alive), /refused: expected unmask, got confirm/);
});

test("a client masks one vector only: a second under the same masks would show the difference", async () => {
  const s = await session(vectors);
  await assert.rejects(s.clients["ada"]!.mask(vectors[1]!, s.sharesFor("ada")), /refused: expected confirm, got mask/);
});

test("a client that gives a wrong share is found out, not believed", async () => {
  const s = await session(vectors);
  const confirmations = s.alive.map((name) => s.clients[name]!.confirm(s.alive));
  const revealed = s.alive.map((name) => s.clients[name]!.unmask({ alive: s.alive, dead: s.dead, confirmations }));
  const lie = { ...revealed[0]!, seeds: { ...revealed[0]!.seeds, cem: revealed[0]!.seeds["cem"]!.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) } };
  await assert.rejects(secure.unmaskSum(s.plan, { ...s, revealed: [lie, ...revealed.slice(1)] }), /the shares of cem do not give its seed: a client sent a wrong one/);
});

test("quantised sums never wrap, are off by half a step a client at most, and clipping is counted", async () => {
  const options = { range: 2, clients: 7, maxExamples: 13 };
  const steps = secure.levels(options);
  assert.ok(2 * steps * 7 * 13 <= 2 ** 32 - 1 && 2 * (steps + 1) * 7 * 13 > 2 ** 32 - 1);
  const most = secure.quantise([2, -2, 9, -9], { ...options, examples: 13 });
  assert.deepEqual([...most.vector], [26 * steps, 0, 26 * steps, 0, 13]);
  assert.equal(most.clipped, 2);
  const values = { a: [0.1, -1.9], b: [1.7, 0.3], c: [0, 0.77] };
  const { sum, examples, clipped } = await secure.sum(values, { range: 2 });
  assert.deepEqual([examples, clipped], [3, 0]);
  const step = 2 / secure.levels({ range: 2, clients: 3 });
  [1.8, -0.83].forEach((value, at) => assert.ok(Math.abs(sum[at]! - value) <= 1.5 * step + 1e-12));
});

test("thresholds that would let a server split the clients, and wrong keys, are refused", () => {
  const keys = secure.identity();
  const roster = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, secure.identity().publicKey]));
  const make = (change: Partial<secure.Session>, name = "a") => () => secure.client(name, keys.secretKey, { session: "s", roster, threshold: 3, ...change });
  assert.throws(make({ threshold: 2 }), /expected threshold from 3 to 4 of 4 clients, got 2/);
  assert.throws(make({ threshold: 5 }), /expected threshold from 3 to 4 of 4 clients, got 5/);
  assert.throws(make({}, "mal"), /expected mal in the roster, got a, b, c, d/);
  assert.throws(make({ roster: { ...roster, a: "abc" } }), /expected public key of a to be 64 hexadecimal digits, got "abc"/);
  assert.throws(make({ roster: { ...roster, a: roster["b"]! } }), /expected a public key of its own for every client/);
  assert.throws(() => secure.levels({ range: 1, clients: 3_000_000 }), /expected clients \* maxExamples at most 2097151, got 3000000/);
  assert.throws(() => secure.quantise([1], { range: 1, clients: 2, examples: 5 }), /expected examples at most 1 \(maxExamples\), got 5/);
  assert.throws(() => secure.agree(keys.secretKey, "00".repeat(32)), Error, "a key of small order gives a secret that everyone knows");
});
