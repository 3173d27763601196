import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";
import { concat, fromBase64 } from "../../../../../kernel/helpers/privacy/crypto/encoding.js";

const refused = { name: "DecryptionError" };
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("an envelope opens with its key and context, and with nothing else", async () => {
  const key = await privacy.createKey();
  const envelope = await privacy.encrypt("成绩 A", { key, context: "gradebook" });
  const stored = JSON.parse(JSON.stringify(envelope)) as privacy.Envelope;
  assert.equal(text(await privacy.decrypt(stored, { key, context: "gradebook" })), "成绩 A");
  await assert.rejects(privacy.decrypt(stored, { key }), refused);
  await assert.rejects(privacy.decrypt(stored, { key: await privacy.createKey(), context: "gradebook" }), refused);
  assert.notEqual((await privacy.encrypt("x", { key })).iv, (await privacy.encrypt("x", { key })).iv);
});

test("any changed byte of an envelope is refused, as are unknown algorithms, short nonces and what is not base64", async () => {
  const key = await privacy.createKey();
  const envelope = await privacy.encrypt("secret", { key });
  const bytes = fromBase64({ ciphertext: envelope.ciphertext });
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    await assert.rejects(privacy.decrypt({ ...envelope, ciphertext: btoa(String.fromCharCode(...changed)) }, { key }), refused);
  }
  await assert.rejects(privacy.decrypt({ ...envelope, ciphertext: "" }, { key }), refused);
  await assert.rejects(privacy.decrypt({ ...envelope, algorithm: "none" as never }, { key }), /expected algorithm A256GCM, got "none"/);
  await assert.rejects(privacy.decrypt({ ...envelope, iv: "AAAA" }, { key }), /expected an iv of 12 bytes, got 3/);
  await assert.rejects(privacy.decrypt({ ...envelope, iv: "%" }, { key }), /expected base64 in iv, got "%"/);
  await assert.rejects(privacy.encrypt("x", { key: undefined as never }), /expected an AES-GCM key, got undefined/);
});

test("keys are wrapped for one owner; a sealed envelope opens for each recipient and for nobody else", async () => {
  const [one, two, other] = await Promise.all([1, 2, 3].map(() => privacy.createKeyPair({ bits: 2048 })));
  const key = await privacy.createKey();
  const unwrapped = await privacy.unwrapKey(await privacy.wrapKey(key, { publicKey: one!.publicKey }), { privateKey: one!.privateKey });
  assert.equal(text(await privacy.decrypt(await privacy.encrypt("x", { key }), { key: unwrapped })), "x");
  await assert.rejects(privacy.exportKey(unwrapped), /expected an extractable key/);
  await assert.rejects(privacy.unwrapKey(await privacy.wrapKey(key, { publicKey: one!.publicKey }), { privateKey: other!.privateKey }), refused);
  const sealed = await privacy.seal("to both", { publicKeys: [one!.publicKey, two!.publicKey], context: "c" });
  for (const { privateKey } of [one!, two!]) assert.equal(text(await privacy.unseal(sealed, { privateKey, context: "c" })), "to both");
  await assert.rejects(privacy.unseal(sealed, { privateKey: other!.privateKey, context: "c" }), refused);
  await assert.rejects(privacy.unseal(sealed, { privateKey: one!.privateKey }), refused);
  await assert.rejects(privacy.createKeyPair({ bits: 1024 }), /expected bits 2048, 3072 or 4096, got 1024/);
  await assert.rejects(privacy.importKey(new Uint8Array(16)), /expected a key of 32 bytes, got 16/);
});

const key = await privacy.importKey(new Uint8Array(32).fill(7));

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

const pattern = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31) & 255);

test("a file of any length comes back whole, in whatever pieces it is given or stored", async () => {
  for (const length of [0, 1, 63, 64, 65, 128, 1000]) {
    const data = pattern(length);
    for (const cut of [1, 7, 64, 5000]) {
      const source = Array.from({ length: Math.ceil(length / cut) }, (_, at) => data.subarray(at * cut, (at + 1) * cut));
      const stored = concat(await collect(privacy.encryptChunks(source, { key, chunkSize: 64 })));
      const recut = Array.from({ length: Math.ceil(stored.length / cut) }, (_, at) => stored.subarray(at * cut, (at + 1) * cut));
      assert.deepEqual(concat(await collect(privacy.decryptChunks(recut, { key }))), data, `${length} in pieces of ${cut}`);
    }
  }
});

test("a file with a chunk left out, repeated, swapped, changed, taken from another file, cut anywhere or lengthened is refused", async () => {
  const [header, a, b, c, d] = await collect(privacy.encryptChunks([pattern(200)], { key, chunkSize: 64 })) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const [, otherA] = await collect(privacy.encryptChunks([pattern(200)], { key, chunkSize: 64 })) as [Uint8Array, Uint8Array];
  const open = (parts: Uint8Array[], options = { key }) => collect(privacy.decryptChunks(parts, options));
  assert.equal((await open([header, a, b, c, d])).length, 4);
  for (const wrong of [[header, b, c, d], [header, a, c, d], [header, a, b, c], [header, a, a, b, c, d], [header, b, a, c, d], [header, otherA, b, c, d], [header, a, b, c, d, d], [header, a, b, c, d, new Uint8Array(1)], [header], [a, b, c, d], []])
    await assert.rejects(open(wrong), refused);
  const whole = concat([header, a, b, c, d]);
  for (let end = 0; end < whole.length; end += 5) await assert.rejects(open([whole.subarray(0, end)]), refused, `cut at ${end}`);
  for (let at = 0; at < whole.length; at += 3) {
    const changed = whole.slice();
    changed[at]! ^= 128;
    await assert.rejects(open([changed]), refused, `changed at ${at}`);
  }
  await assert.rejects(open([whole], { key: await privacy.createKey() }), refused);
  await assert.rejects(collect(privacy.decryptChunks([whole], { key, context: "other" })), refused);
  await assert.rejects(collect(privacy.encryptChunks([], { key, chunkSize: 0 })), /expected chunkSize to be a whole number >= 1, got 0/);
});

test("every leaf of a tree of any size is proved by its path, and no other leaf, place or root is", () => {
  for (let size = 1; size <= 17; size++) {
    const leaves = Array.from({ length: size }, (_, at) => `leaf ${at}`);
    const tree = privacy.merkleTree(leaves);
    for (let index = 0; index < size; index++) {
      const proof = privacy.merkleProof(tree, { index });
      const check = (leaf: string, changes = {}) => privacy.verifyMerkleProof(leaf, { root: tree.root, proof, index, size, ...changes });
      assert.ok(check(leaves[index]!));
      assert.ok(!check("forged"));
      assert.ok(!check(leaves[index]!, { root: "0".repeat(64) }));
      assert.ok(!check(leaves[index]!, { proof: [...proof, "00".repeat(32)] }));
      if (size > 1) {
        assert.ok(!check(leaves[index]!, { index: (index + 1) % size }));
        assert.ok(!check(leaves[index]!, { proof: proof.slice(1) }));
      }
    }
  }
  assert.equal(privacy.merkleTree([]).root, privacy.toHex(privacy.sha256("")));
  assert.throws(() => privacy.merkleProof(privacy.merkleTree(["a"]), { index: 1 }), /expected index below 1, got 1/);
});
