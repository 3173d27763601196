import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { federated } from "../../../../../kernel/index.js";
import { installFlower, keyFile, startFence, startRun, startSuperLink, trusting, type SuperLink } from "../../../../../kernel/helpers/federated/node/index.js";
import { run as command } from "../../../../../kernel/helpers/federated/node/command.js";
import { flwr } from "../../../../../kernel/helpers/federated/node/superlink.js";
import { projectRoot } from "../../../../support/root.js";

const here = "test/kernel/helpers/federated/full";
const app = join(projectRoot, here, "app");
let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-flower-"));
  await installFlower();
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Full-batch gradient steps on a line of its own, as the config says. */
function lineClient(seed: number, examples: number, seen: federated.FlowerContext[] = []) {
  const random = (at: number) => Math.sin(seed * 100 + at * 12.9898) * 2;
  const rows = Array.from({ length: examples }, (_, at) => ({ x: [random(2 * at), random(2 * at + 1)], y: random(2 * at) - 2 * random(2 * at + 1) + seed }));
  const predict = (weights: federated.Weights, x: number[]) => weights[0]!.values[0]! * x[0]! + weights[0]!.values[1]! * x[1]! + weights[1]!.values[0]!;
  return {
    train(weights: federated.Weights, context: federated.FlowerContext): federated.Update {
      seen.push(context);
      let now = weights;
      for (let step = 0n; step < ((context.config["steps"] as bigint | undefined) ?? 5n); step++) {
        const gradient = [0, 0, 0];
        for (const { x, y } of rows) {
          const error = predict(now, x) - y;
          [x[0]!, x[1]!, 1].forEach((value, at) => (gradient[at]! += (error * value) / rows.length));
        }
        const rate = context.config["rate"] as number;
        const [kernel, bias, rest] = now;
        now = [{ ...kernel!, values: kernel!.values.map((value, at) => value - rate * gradient[at]!) }, { ...bias!, values: bias!.values.map((value) => value - rate * gradient[2]!) }, rest!];
      }
      return { weights: now, examples, metrics: { loss: 0.5 } };
    },
    evaluate: (weights: federated.Weights) => ({ examples, metrics: { mse: rows.reduce((sum, { x, y }) => sum + (predict(weights, x) - y) ** 2, 0) / rows.length } }),
  };
}

/** The same three rounds without Flower. */
async function byHand(sizes: number[]) {
  const context = { round: 1, proximal: 0, config: { rate: 0.1, steps: 5n } };
  const start = federated.weights({ kernel: [[0], [0]], bias: [0], fortran: [[0, 1, 2], [3, 4, 5]] });
  const clients = sizes.map((examples, at) => ({ name: `${at}`, train: (weights: federated.Weights) => lineClient(at + 1, examples).train(weights, context) }));
  const run = await federated.simulate({ clients, weights: start, rounds: 3, progress: false });
  const evaluations = sizes.map((examples, at) => lineClient(at + 1, examples).evaluate(run.weights));
  return { weights: run.weights, mse: evaluations.reduce((sum, { examples, metrics }) => sum + examples * metrics.mse, 0) / sizes.reduce((a, b) => a + b) };
}

async function result(file: string, seconds: number): Promise<{ arrays: Record<string, number[][]>; evaluate: Record<string, Record<string, number>> }> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    if (!existsSync(file)) continue;
    try {
      return JSON.parse(readFileSync(file, "utf8"));
    } catch {
      // Half written.
    }
  }
  throw new Error(`no result after ${seconds} s`);
}

const flat = (values: unknown): number[] => [values].flat(9) as number[];

function agree(found: Awaited<ReturnType<typeof result>>, wanted: Awaited<ReturnType<typeof byHand>>): void {
  for (const { name, values } of wanted.weights) flat(found.arrays[name]).forEach((value, at) => assert.ok(Math.abs(value - values[at]!) < 1e-6, `${name}: ${found.arrays[name]} for ${values}`));
  assert.ok(Math.abs(found.evaluate["3"]!["mse"]! - wanted.mse) < 1e-5, JSON.stringify(found.evaluate));
}

/** A SuperLink, nodes at `url`, a run, its result; all ended after. */
async function federation(name: string, link: SuperLink, joins: ((signal: AbortSignal) => Promise<void>)[]): Promise<Awaited<ReturnType<typeof result>>> {
  const stop = new AbortController();
  const nodes = joins.map((begin) => begin(stop.signal));
  try {
    await startRun(link, app);
    return await Promise.race([result(join(folder, `${name}.json`), 150), Promise.all(nodes).then(() => { throw new Error("the nodes left early"); })]);
  } finally {
    stop.abort();
    await Promise.allSettled(nodes);
    await link.close();
  }
}

/** The server's program writes its result to a file that it is told by the environment. */
async function superLink(name: string, options: Partial<Parameters<typeof startSuperLink>[0]> = {}, nodes = 2): Promise<SuperLink> {
  process.env["LYCEUM_CONTRACT_RESULT"] = join(folder, `${name}.json`);
  process.env["LYCEUM_CONTRACT_NODES"] = String(nodes);
  return startSuperLink({ home: join(folder, name), ...options });
}

test("a real SuperLink with stock FedAvg and two TypeScript nodes behind the fence give the weights of the same rounds by hand", async () => {
  const link = await superLink("plain");
  const [one, two, stranger] = await Promise.all([keyFile(join(folder, "one.pem")), keyFile(join(folder, "two.pem")), federated.nodeKey()]);
  const fence = await startFence({ target: link.url, nodes: [one.publicKey, two.publicKey] });
  const seen: federated.FlowerContext[] = [];
  try {
    for (const path of ["/v1/control/list-runs", "/v1/runtime/acquire-task", "/", "/v1/fleet/../control/list-runs", "/v1/fleet/%2e%2e/control/list-runs"])
      assert.equal((await fetch(fence.url + path, { method: "POST" })).status, 404, path);
    await assert.rejects(federated.join(fence.url, { key: stranger, ...lineClient(1, 20) }), /403.*not on the list/);
    const found = await federation("plain", link, [
      (signal) => federated.join(fence.url, { key: one, ...lineClient(1, 20, seen), signal, pollSeconds: 1 }),
      (signal) => federated.join(fence.url, { key: two, ...lineClient(2, 60), signal, pollSeconds: 1 }),
    ]);
    agree(found, await byHand([20, 60]));
    assert.deepEqual(seen.map(({ round }) => round), [1, 2, 3]);
    assert.deepEqual([seen[0]!.config["words"], seen[0]!.config["flag"]], [["é", "b"], true]);
  } finally {
    await fence.close();
    await link.close();
  }
});

test("over TLS with keys that the teacher registered, the same bits; an unregistered key stays outside", async () => {
  const openssl = (...args: string[]) => new Promise<void>((resolve, reject) => spawn("openssl", args, { cwd: folder, stdio: "ignore" }).on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`openssl ${args[0]}: ${code}`)))));
  await openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=lyceum test");
  await openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1");
  writeFileSync(join(folder, "ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  await openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.crt", "-days", "2", "-extfile", "ext");
  const link = await superLink("tls", { tls: { ca: join(folder, "ca.crt"), cert: join(folder, "server.crt"), key: join(folder, "server.key") }, registeredOnly: true });
  const keys = [await federated.nodeKey(), await federated.nodeKey()];
  const fetch = trusting(readFileSync(join(folder, "ca.crt"), "utf8"));
  try {
    for (const [at, { ssh }] of keys.entries()) {
      writeFileSync(join(folder, `${at}.pub`), `${ssh}\n`);
      const { status, output } = await flwr(link, ["supernode", "register", join(folder, `${at}.pub`), "lyceum"]);
      assert.equal(status, 0, output);
    }
    await assert.rejects(federated.join(link.url, { key: await federated.nodeKey(), ...lineClient(1, 20), fetch }), (error: federated.FleetError) => error.status === 412);
    await assert.rejects(federated.join(link.url, { key: keys[0]!, ...lineClient(1, 20) }), /fetch failed/, "a certificate that nothing vouches for");
    agree(await federation("tls", link, [20, 60].map((examples, at) => (signal) => federated.join(link.url, { key: keys[at]!, ...lineClient(at + 1, examples), signal, fetch, pollSeconds: 1 }))), await byHand([20, 60]));
  } finally {
    await link.close();
  }
});

test("a node that is killed in the middle of a round costs the round its update only: the federation goes on", async () => {
  const link = await superLink("killed", {}, 2);
  let victim: ChildProcess | undefined;
  try {
    const file = join(folder, "victim.mjs");
    const index = new URL("../../../../../kernel/index.js", import.meta.url).href;
    writeFileSync(file, `import { federated } from ${JSON.stringify(index)};
await federated.join(${JSON.stringify(link.url)}, { key: await federated.nodeKey(), pollSeconds: 1, log: (line) => process.send(line), train: () => { process.send("training"); return new Promise((done) => setTimeout(done, 1e6)); } });\n`);
    victim = spawn(process.execPath, [file], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    const said: string[] = [];
    const joined = new Promise<void>((resolve) => victim!.on("message", (line: string) => {
      said.push(line);
      if (line.startsWith("joined")) resolve();
      if (line === "training") victim!.kill("SIGKILL");
    }));
    await joined;
    const joins = [20, 60].map((examples, at) => async (signal: AbortSignal) => federated.join(link.url, { key: await federated.nodeKey(), ...lineClient(at + 1, examples), signal, pollSeconds: 1 }));
    const found = await federation("killed", link, joins);
    assert.equal(said.at(-1), "training");
    assert.equal(victim.signalCode, "SIGKILL");
    agree(found, await byHand([20, 60]));
    assert.ok(Object.keys(found.evaluate).length === 3, JSON.stringify(found));
  } finally {
    victim?.kill("SIGKILL");
    await link.close();
  }
});

test("one command opens a federation for a class: the fence answers, the SuperLink behind is not told, and its end ends both", async () => {
  process.env["LYCEUM_FEDERATION"] = join(folder, "command");
  const stop = new AbortController();
  const lines: string[] = [];
  const opened = new Promise<string>((resolve) => lines.push = (...more: string[]) => {
    for (const line of more) {
      const url = /open at (\S+)/.exec(line)?.[1];
      if (url) resolve(url);
    }
    return Array.prototype.push.apply(lines, more);
  });
  const ended = command(["start", "--port", "0"], { signal: stop.signal, say: (line) => void lines.push(line) });
  const url = await Promise.race([opened, ended.then(() => { throw new Error(lines.join("\n")); })]);
  assert.equal((await fetch(`${url}/v1/control/list-runs`, { method: "POST" })).status, 404);
  const node = new AbortController();
  await federated.join(url, { key: await federated.nodeKey(), train: (weights) => ({ weights, examples: 1 }), signal: node.signal, log: (line) => line.startsWith("joined") && node.abort() });
  stop.abort();
  assert.equal(await ended, 0);
  await assert.rejects(fetch(url));
});
