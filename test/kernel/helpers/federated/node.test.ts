import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as federated from "../../../../kernel/helpers/federated/index.js";
import { run } from "../../../../kernel/helpers/federated/node/command.js";
import { keyFile, startFence, workerClient } from "../../../../kernel/helpers/federated/node/index.js";

const module = new URL("./mean-client.js", import.meta.url);

test("clients in threads train at the same time and give what they would give here; a thread that dies costs its update only", async () => {
  const clients = [[1, 3], [10], [7, "die"]].map((data, at) => workerClient({ name: `c${at}`, module, data }));
  const { weights, history } = await federated.simulate({ clients, weights: federated.weights({ w: [0] }), rounds: 2, progress: false, evaluateClients: false });
  assert.ok(Math.abs(weights[0]!.values[0]! - 14 / 3) < 1e-6);
  assert.deepEqual(history[0]!.participation!.failed, [{ client: "c2", reason: "the thread of c2 ended (3)" }]);
  assert.deepEqual(history[1]!.participation!.reported, ["c0", "c1"]);
  await assert.rejects(async () => clients[0]!.evaluate!(weights, { round: 1, proximal: 0 }), /c0 has no evaluate/);
  await Promise.all(clients.map((client) => client.close()));
  await assert.rejects(async () => clients[0]!.train(weights, { round: 1, proximal: 0 }), /the thread of c0 ended/);
});

test("the fence lets only nodes' requests of its list through, of bounded size, and takes nothing else along", async () => {
  const seen: { url: string; headers: object; size: number }[] = [];
  const inner = createServer((request, response) => {
    let size = 0;
    request.on("data", (part: Buffer) => (size += part.length)).on("end", () => {
      seen.push({ url: request.url!, headers: request.headers, size });
      response.end("ok");
    });
  });
  await new Promise<void>((resolve) => inner.listen(0, "127.0.0.1", resolve));
  const key = await federated.nodeKey();
  const name = Buffer.from(key.publicKey).toString("base64");
  const fence = await startFence({ target: `http://127.0.0.1:${(inner.address() as AddressInfo).port}`, nodes: [key.publicKey], maxBytes: 1000 });
  const post = (path: string, headers: Record<string, string> = { "flwr-public-key": name }, body = "x", method = "POST") => fetch(fence.url + path, { method, headers, ...(method !== "GET" && { body }) }).then(({ status }) => status);
  try {
    assert.equal(await post("/v1/fleet/pull-messages", { "flwr-public-key": name, cookie: "a=b", authorization: "Bearer x", "x-forwarded-for": "1.2.3.4" }), 200);
    assert.deepEqual(Object.keys(seen[0]!.headers).filter((header) => /cookie|auth|x-/.test(header)), []);
    for (const path of ["/v1/control/start-run", "/v1/runtime/acquire-task", "/v1/fleet", "/v1/fleet/", "/v1/fleet/a/../../control/x", "/v1/fleet/pull-messages?x=1", "/v1/fleet/%2e%2e", "/V1/FLEET/pull-messages", "//v1/fleet/pull-messages"]) assert.equal(await post(path), 404, path);
    assert.equal(await post("/v1/fleet/pull-messages", undefined, undefined, "GET"), 404);
    assert.equal(await post("/v1/fleet/pull-messages", {}), 403);
    assert.equal(await post("/v1/fleet/pull-messages", { "flwr-public-key": Buffer.from((await federated.nodeKey()).publicKey).toString("base64") }), 403);
    assert.equal(await post("/v1/fleet/push-object", undefined, "y".repeat(1001)), 413);
    assert.deepEqual(seen.map(({ url }) => url), ["/v1/fleet/pull-messages"]);
  } finally {
    await fence.close();
    inner.close();
  }
  await assert.rejects(startFence({ target: "http://127.0.0.1:1", host: "0.0.0.0" }), /expected tls for host 0.0.0.0/);
  await assert.rejects(startFence({ target: "http://192.0.2.1:1" }), /expected a SuperLink on this machine, got 192.0.2.1/);
});

test("a key file is made once, for its owner only, and the command prints its public key", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-key-"));
  try {
    const path = join(folder, "node.pem");
    const key = await keyFile(path);
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o600);
    const text = readFileSync(path, "utf8");
    const said: string[] = [];
    assert.equal(await run(["key", path], { say: (line) => said.push(line) }), 0);
    assert.equal(said[0], key.publicKey.trimEnd());
    assert.equal(readFileSync(path, "utf8"), text);
    assert.equal(await run(["stat"], { say: (line) => said.push(line) }), 1);
    assert.match(said.at(-1)!, /lyceum federation start/);
    await assert.rejects(run(["start", "--port", "x"]), /expected --port from 0 to 65535, got x/);
    await assert.rejects(run(["start", "--cert", path]), /expected --cert and --key together/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
