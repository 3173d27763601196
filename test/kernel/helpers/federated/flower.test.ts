import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import * as federated from "../../../../kernel/helpers/federated/index.js";
import { signer } from "../../../../kernel/helpers/federated/flower/key.js";
import { defaultLimits } from "../../../../kernel/helpers/federated/flower/limits.js";
import { fromNpy, toNpy } from "../../../../kernel/helpers/federated/flower/npy.js";
import { decode, encode, type Encoded } from "../../../../kernel/helpers/federated/flower/object.js";
import { all, asDouble, double, read, repeated, sint, text, uint, Writer } from "../../../../kernel/helpers/federated/flower/protobuf.js";
import { decodeRecords, encodeRecords, type Tree } from "../../../../kernel/helpers/federated/flower/records.js";

const received = ({ id, content, children }: Encoded): Tree => ({ object: decode(id, content), children: new Map(children.map((child) => [child.id, received(child)])) });
const npy = (descr: string, fortran: boolean, shape: string, data: Uint8Array) => {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }\n`;
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0, ...new TextEncoder().encode(header), ...data);
};

test("protobuf goes there and back, with the extremes of 64 bits and unknown fields skipped", () => {
  const message = new Writer().uint(1, 2n ** 64n - 1n).sint(2, -(2n ** 63n)).double(3, -0).text(4, "é").inner(5, (inner) => inner.double(1, Number.MAX_VALUE).double(1, 5e-324)).bytes(900, new Uint8Array(300)).finish();
  const fields = read(message);
  assert.deepEqual([uint(fields, 1), sint(fields, 2), double(fields, 3), text(fields, 4)], [2n ** 64n - 1n, -(2n ** 63n), -0, "é"]);
  assert.deepEqual(repeated(read(all(fields, 5)[0]!), 1, 1).map(asDouble), [Number.MAX_VALUE, 5e-324]);
  assert.equal(uint(fields, 7), 0n);
  // As the format's own documentation writes 150 and "testing".
  assert.deepEqual([...new Writer().uint(1, 150).text(2, "testing").finish()], [0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  for (let length = 1; length < message.length; length++) try { read(message.subarray(0, length)); } catch (error) { assert.match((error as Error).message, /protobuf/); }
  assert.throws(() => read(Uint8Array.of(0x0b)), /unknown protobuf wire type 3/);
  assert.throws(() => read(new Uint8Array(12).fill(255)), /more than 10 bytes/);
});

test("weights and metrics go through Flower's objects bit by bit, in several chunks, equal chunks once", () => {
  const big = new Float32Array(3_000_000);
  const weights: federated.Weights = [...federated.weights({ "dichte/kern ü": [[1.5, -0], [3e38, 1e-45]], scalar: 7 }), { name: "empty", shape: [0, 4], values: new Float32Array() }, { name: "big", shape: [3000, 1000], values: big }];
  const tree = encodeRecords({ arrays: { arrays: weights }, metrics: { metrics: { "num-examples": 3n, loss: 0.25, list: [1, 2] } }, configs: { config: { word: "a", flag: true, bytes: Uint8Array.of(1, 2), none: "" } } });
  const records = decodeRecords(received(tree), defaultLimits);
  assert.deepEqual(records, { arrays: { arrays: weights }, metrics: { metrics: { "num-examples": 3n, loss: 0.25, list: [1, 2] } }, configs: { config: { word: "a", flag: true, bytes: Uint8Array.of(1, 2), none: "" } } });
  const array = tree.children[0]!.children[3]!;
  assert.equal(array.children.length, 3, "first with the header, one of zeros, the rest");
  assert.equal(tree.id, createHash("sha256").update(tree.content).digest("hex"));
});

test(".npy files of either byte order and either layout are read right, other types are refused by name", () => {
  const values = [1, 2, 3, 4, 5, 6];
  const data = (little: boolean) => { const bytes = new Uint8Array(24); values.forEach((value, at) => new DataView(bytes.buffer).setFloat32(4 * at, value, little)); return bytes; };
  const wanted = { shape: [2, 3], values: Float32Array.from(values) };
  assert.deepEqual(fromNpy(npy("<f4", false, "(2, 3)", data(true)), "w", 10), wanted);
  assert.deepEqual(fromNpy(npy(">f4", false, "(2, 3)", data(false)), "w", 10), wanted);
  assert.deepEqual([...fromNpy(npy("<f4", true, "(2, 3)", data(true)), "w", 10).values], [1, 3, 5, 2, 4, 6]);
  assert.deepEqual(fromNpy(toNpy({ shape: [], values: Float32Array.of(5) }), "w", 10), { shape: [], values: Float32Array.of(5) });
  assert.equal(toNpy(wanted).length % 4, 0);
  assert.throws(() => fromNpy(npy("<f8", false, "(3,)", data(true)), "w", 10), /expected float32 in w, got '<f8': send it as numpy float32/);
  assert.throws(() => fromNpy(npy("|O", false, "(3,)", data(true)), "w", 10), /expected float32 in w, got '\|O'/);
  assert.throws(() => fromNpy(npy("<f4", false, "(2, 4)", data(true)), "w", 10), /expected 32 bytes of data in w, got 24/);
  assert.throws(() => fromNpy(npy("<f4", false, "(99999, 99999)", data(true)), "w", 10), /expected at most 10 elements in w/);
  assert.throws(() => fromNpy(Uint8Array.of(1, 2, 3), "w", 10), /expected an .npy file in w/);
});

test("an object that is not what its name says, of an unknown type, or too large is refused", () => {
  const good = encode("ArrayChunk", Uint8Array.of(1, 2, 3));
  assert.throws(() => decode(good.id, Uint8Array.of(...good.content, 0)), /is not what its name says/);
  const evil = (head: string) => { const content = new TextEncoder().encode(`${head}\0abc`); return () => decode(createHash("sha256").update(content).digest("hex"), content); };
  assert.throws(evil("Pickle  3"), /no head that this client knows/);
  assert.throws(evil("ArrayChunk ../../x 3"), /no head that this client knows/);
  assert.throws(evil("ArrayChunk  4"), /says that it has 4 bytes, and has 3/);
  const tree = received(encodeRecords({ arrays: { arrays: federated.weights({ w: Array(100).fill(0) }) } }));
  assert.throws(() => decodeRecords(tree, { ...defaultLimits, elements: 99 }), /expected at most 99 elements/);
  // One small chunk, named a million times.
  const chunk = encode("ArrayChunk", new Uint8Array(1000));
  const array = encode("Array", new TextEncoder().encode(JSON.stringify({ dtype: "float32", shape: [1], stype: "numpy.ndarray", arraychunk_ids: Array(9000).fill(0) })), [chunk]);
  const record = encode("ArrayRecord", new TextEncoder().encode(JSON.stringify({ w: array.id })), [array]);
  const bomb = encode("RecordDict", new TextEncoder().encode(JSON.stringify({ arrays: record.id })), [record]);
  assert.throws(() => decodeRecords(received(bomb), { ...defaultLimits, elements: 1000 }), /expected at most 1000 elements in w/);
});

test("a node's key signs the time as Flower checks it: DER, SHA-256, P-384", async () => {
  const key = await federated.nodeKey();
  const headers = await signer(key);
  // Several: r and s have leading zeros or high bits now and then.
  for (let at = 0; at < 40; at++) {
    const { "flwr-public-key": name, "flwr-timestamp": time, "flwr-signature": signature } = await headers(new Date(1e12 + at));
    assert.equal(Buffer.from(name!, "base64").toString(), key.publicKey);
    assert.match(time!, /^2001-09-09T01:46:40\.\d{3}\+00:00$/);
    assert.ok(verify("sha256", Buffer.from(time!), createPublicKey(key.publicKey), Buffer.from(signature!, "base64")));
  }
  assert.match(createPublicKey(key.publicKey).export({ format: "jwk" }).crv!, /P-384/);
  await assert.rejects(federated.nodeKey("nonsense"), /expected key.privateKey to be a PEM text/);
});

/** A SuperLink in the place of the network: one message, as `serve` makes it. */
function server(root: Encoded, served: (id: string, content: Uint8Array) => Uint8Array = (_, content) => content) {
  const objects = new Map<string, Uint8Array>();
  const keep = (one: Encoded) => { objects.set(one.id, one.content); one.children.forEach(keep); };
  keep(root);
  const stop = new AbortController();
  const answers: Uint8Array[] = [];
  let sent = false;
  const fetch = (async (url: URL, { body }: { body: Uint8Array }) => {
    const call = url.pathname.split("/").at(-1)!;
    const fields = read(body);
    const out = new Writer();
    if (call === "activate-node") out.uint(1, 77n);
    if (call === "pull-messages" && !sent) {
      sent = true;
      const metadata = (inner: Writer) => inner.uint(1, 5n).text(2, root.id).uint(3, 1n).uint(4, 77n).double(7, 1000).text(8, "train").double(9, Date.now() / 1000);
      out.inner(2, (message) => message.inner(1, metadata)).inner(3, (tree) => tree.text(1, root.id));
    }
    if (call === "pull-object") out.uint(1, 1).uint(2, 1).bytes(3, served(text(fields, 3), objects.get(text(fields, 3)) ?? new Uint8Array()));
    if (call === "push-messages") {
      answers.push(all(fields, 2)[0]!);
      stop.abort();
    }
    return new Response(out.finish());
  }) as unknown as typeof globalThis.fetch;
  return { fetch, signal: stop.signal, reason: () => text(read(all(read(answers[0]!), 3)[0] ?? new Uint8Array()), 2) };
}

const question = (weights = federated.weights({ w: [1, 2] })) => encode("Message", new Uint8Array(), [encodeRecords({ arrays: { arrays: weights } })]);
const train = (weights: federated.Weights) => ({ weights, examples: 1 });

test("a server that sends a wrong object, too many, too deep or too large ones is told so, and its round goes on", async () => {
  const key = await federated.nodeKey();
  const reason = async (link: ReturnType<typeof server>, limits = {}) => {
    await federated.join("http://127.0.0.1:1", { key, train, fetch: link.fetch, signal: link.signal, limits });
    return link.reason();
  };
  assert.equal(await reason(server(question())), "", "the honest server gets an answer");
  assert.match(await reason(server(question(), (_, content) => content.map((byte, at) => (at === content.length - 1 ? byte ^ 1 : byte)))), /is not what its name says/);
  assert.match(await reason(server(question()), { objects: 3 }), /expected at most 3 objects in a message/);
  assert.match(await reason(server(question()), { depth: 4 }), /expected objects at most 4 deep/);
  assert.match(await reason(server(question()), { messageBytes: 300 }), /expected at most 300 bytes in a message/);
  assert.match(await reason(server(question()), { elements: 1 }), /expected at most 1 elements/);
  assert.match(await reason(server(question(federated.weights({ w: Array(500).fill(1) }))), { replyBytes: 1000 }), /expected a reply of at most 1000 bytes to pull-object/);
});

test("a server that was restarted and forgot the node is joined again", async () => {
  const link = server(question());
  const calls: string[] = [];
  const fetch = (async (url: URL, init: RequestInit) => {
    calls.push(url.pathname.split("/").at(-1)!);
    if (calls.length === 3) return new Response('{"detail":"Invalid SuperNode authentication"}', { status: 401 });
    return link.fetch(url, init);
  }) as unknown as typeof globalThis.fetch;
  const lines: string[] = [];
  await federated.join("http://127.0.0.1:1", { key: await federated.nodeKey(), train, fetch, signal: link.signal, log: (line) => lines.push(line) });
  assert.deepEqual(calls.slice(0, 6), ["register-node", "activate-node", "pull-messages", "register-node", "activate-node", "pull-messages"]);
  assert.match(lines[1]!, /trouble: the SuperLink refused pull-messages: 401.*clock/);
  assert.deepEqual(calls.slice(-2), ["deactivate-node", "unregister-node"]);
});

test("a client program that fails is reported with its own words, and what the address must be is said", async () => {
  const key = await federated.nodeKey();
  const link = server(question());
  await federated.join("http://127.0.0.1:1", { key, train: () => { throw new Error("out of chalk"); }, fetch: link.fetch, signal: link.signal });
  assert.equal(link.reason(), "out of chalk");
  await assert.rejects(federated.join("ftp://x", { key, train }), /expected url to begin with http:\/\/ or https:\/\/, got "ftp:\/\/x"/);
  await assert.rejects(federated.join("http://x", { key, train, pollSeconds: 0 }), /expected pollSeconds > 0, got 0/);
  await assert.rejects(federated.join("http://x", { key: { ...key, privateKey: "x" }, train }), /expected key.privateKey to be a PEM text/);
});
