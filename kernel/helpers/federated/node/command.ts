import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../../root.js";
import { startFence } from "./fence.js";
import { flowerVenv, installFlower } from "./flower.js";
import { keyFile } from "./key-file.js";
import { startRun, startSuperLink } from "./superlink.js";

export const usage = `lyceum federation start [--host 127.0.0.1] [--port 8443] [--cert FILE --key FILE] [--nodes FILE] [--database FILE]
lyceum federation run APP
lyceum federation key FILE

A Flower federation for a class. One machine runs \`start\`: Flower's SuperLink, which only this machine can reach, behind a fence that lets
nodes in and nobody else. The others run \`federated.join(url, { key, train, evaluate })\`.

  start         without --cert and --key: plain http, for this machine only
    --cert, --key   PEM files for https; needed for any other --host
    --nodes FILE    only these nodes: public keys in PEM, one after the other (\`key\` prints them)
    --database FILE runs and nodes outlive a restart
  run APP       starts a run of a Flower app (a folder with pyproject.toml) on that server
  key FILE      makes a node's key, or reads it, and prints the public one`;

/** LYCEUM_FEDERATION moves it. */
const home = () => process.env["LYCEUM_FEDERATION"] ?? join(projectRoot(), ".build", "federation");

/** `lyceum federation ...`; returns the exit status. `signal` ends `start`, as Ctrl-C does. */
export async function run(args: string[], { signal, say = console.log }: { signal?: AbortSignal; say?: (line: string) => void } = {}): Promise<number> {
  const [command, ...rest] = args;
  if (command === "start") return start(rest, say, signal);
  if (command === "run" && rest.length === 1) {
    await startRun({ venv: flowerVenv(), home: home() }, resolve(rest[0]!));
    say("started; the terminal of `lyceum federation start` shows its rounds");
    return 0;
  }
  if (command === "key" && rest.length === 1) {
    say((await keyFile(rest[0]!)).publicKey.trimEnd());
    return 0;
  }
  say(usage);
  return command === undefined || command === "--help" || command === "-h" ? 0 : 1;
}

async function start(args: string[], say: (line: string) => void, signal?: AbortSignal): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { host: text, port: text, cert: text, key: text, nodes: text, database: text } });
  const port = values.port === undefined ? 8443 : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError(`expected --port from 0 to 65535, got ${values.port}`);
  if ((values.cert === undefined) !== (values.key === undefined)) throw new TypeError("expected --cert and --key together");
  const tls = values.cert !== undefined ? { cert: readFileSync(values.cert, "utf8"), key: readFileSync(values.key!, "utf8") } : undefined;
  const nodes = values.nodes === undefined ? undefined : publicKeys(readFileSync(values.nodes, "utf8"));

  await installFlower(say);
  const link = await startSuperLink({ home: home(), onLine: (line) => say(`  ${line}`), ...(values.database && { database: resolve(values.database) }) });
  try {
    const fence = await startFence({ target: link.url, port, ...(values.host && { host: values.host }), ...(tls && { tls }), ...(nodes && { nodes }) });
    say(`The federation is open at ${fence.url} for ${nodes ? `${nodes.length} nodes` : "any node"}${tls ? "" : ", on this machine only"}. Nodes: federated.join("${fence.url}", { key, train, evaluate })`);
    say("Start a run from another terminal: lyceum federation run APP. Ctrl-C ends the federation.");
    await Promise.race([stopped(signal), link.ended]);
    await fence.close();
  } finally {
    await link.close();
  }
  return 0;
}

function stopped(signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    signal?.addEventListener("abort", () => done());
    if (signal?.aborted) done();
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => done());
  });
}

/** Every key of the file in one spelling, so that the fence can compare texts. */
function publicKeys(text: string): string[] {
  const keys = text.match(/-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g);
  if (!keys) throw new TypeError("expected public keys in PEM in the file of --nodes, got none");
  return keys.map((pem) => createPublicKey(pem).export({ type: "spki", format: "pem" }) as string);
}
