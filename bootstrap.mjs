// The only plain JavaScript of the project, because it runs before anything is installed:
// check Node, install the npm packages, compile, then hand over to the `lyceum` command with the same arguments.
// Every step leaves its stamp last, so a killed run is taken up again where it stopped.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const rooms = ["kernel", "lessons", "site", "test"];
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19))
  stop(`Lyceum needs Node.js 20.19 or newer; this is ${process.version}.\nInstall a current version from nodejs.org or with your package manager, then run the same command again.`);

if (!packagesAreCurrent()) await installPackages();
const build = buildStamp();
const errors = readStamp("dist/.built") === build && existsSync(join(root, "dist/kernel/cli.js")) ? 0 : await compile(build);

// A compile error is the developer's to see: the command still runs on what was emitted, the tests count it as a failure.
process.env.LYCEUM_COMPILE_ERRORS = String(errors);
process.argv[1] = join(root, "dist/kernel/cli.js");
await import(pathToFileURL(process.argv[1]).href);

/** True when what npm itself recorded as installed (written last) holds every package of the lock file in its version. */
function packagesAreCurrent() {
  const lock = join(root, "package-lock.json");
  const stamp = hash(readFileSync(lock));
  if (readStamp("node_modules/.lyceum") === stamp) return true;
  if (!existsSync(join(root, "node_modules/.package-lock.json"))) return false;
  const wanted = JSON.parse(readFileSync(lock, "utf8")).packages;
  const installed = JSON.parse(readFileSync(join(root, "node_modules/.package-lock.json"), "utf8")).packages;
  const missing = Object.keys(wanted).some(
    (name) => name !== "" && !wanted[name].optional && !wanted[name].peer && installed[name]?.version !== wanted[name].version,
  );
  if (!missing) writeFileSync(join(root, "node_modules/.lyceum"), stamp);
  return !missing;
}

async function installPackages() {
  if (process.argv[2] === "start") console.error("  First set-up: about 680 MB to download in all, 2.4 GB on disk (npm packages 220 MB, JupyterLab 60 MB, TensorFlow 285 MB, language models 110 MB;\n  without TensorFlow 390 MB:  npm start -- --engine wasm). A run that is cut off goes on where it stopped.");
  const done = step("npm packages (about 220 MB to download)");
  const npm = process.env.npm_execpath?.endsWith(".js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status, output } = await run(npm[0], [...npm.slice(1), ...args], npm.length === 1 && process.platform === "win32");
  if (status !== 0) {
    const offline = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED/.test(output);
    const next = offline ? "The npm registry cannot be reached: check the network, then run the same command again." : "Run `npm ci --ignore-scripts` to see it again.";
    stop(`${output.trim()}\n\nInstalling the npm packages failed. ${next}`);
  }
  writeFileSync(join(root, "node_modules/.lyceum"), hash(readFileSync(join(root, "package-lock.json"))));
  done();
}

/** Compiles into dist/ and returns the number of errors. tsc emits even then; the stamp is written only without errors. */
async function compile(stamp) {
  const done = step("compile TypeScript");
  rmSync(join(root, "dist/.built"), { force: true });
  const { status, output } = await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.json")]);
  removeOrphans(join(root, "dist"));
  const errors = status === 0 ? 0 : Math.max(1, (output.match(/error TS\d+/g) ?? []).length);
  if (errors) console.error(output.trim());
  if (!existsSync(join(root, "dist/kernel/cli.js"))) stop("Compiling failed, so the lyceum command cannot start.");
  if (!errors) {
    mkdirSync(join(root, "dist"), { recursive: true });
    writeFileSync(join(root, "dist/.built"), stamp);
  }
  done(errors ? `${errors} compile errors, going on with what was emitted` : "");
  return errors;
}

/** Names, sizes and times of everything the compiler reads: milliseconds, where hashing contents would take a second. */
function buildStamp() {
  const parts = [readStamp("node_modules/.lyceum") ?? ""];
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.(tsx?|mts|cts|json)$/.test(entry.name)) {
        const { mtimeMs, size } = statSync(path);
        parts.push(`${path} ${mtimeMs} ${size}`);
      }
    }
  };
  for (const room of rooms) if (existsSync(join(root, room))) visit(join(root, room));
  parts.push(readFileSync(join(root, "tsconfig.json"), "utf8"));
  return hash(parts.join("\n"));
}

/** Compiled files whose source is gone would still run as tests or be imported. */
function removeOrphans(dist) {
  if (!existsSync(dist)) return;
  for (const entry of readdirSync(dist, { withFileTypes: true, recursive: true })) {
    const name = /^(.*)\.(?:js|d\.ts|js\.map)$/.exec(entry.name)?.[1];
    if (!entry.isFile() || name === undefined) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const source = join(root, relative(dist, dirname(path)), name);
    if (![".ts", ".tsx", ".js"].some((suffix) => existsSync(source + suffix))) rmSync(path);
  }
}

function run(command, args, shell = false) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, shell, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => resolve({ status: 1, output: output + error.message }));
    child.on("close", (status) => resolve({ status, output }));
  });
}

/** One line a step: its name while it runs, then its seconds. Goes to stderr, because stdout may be JSON. */
function step(name) {
  const start = performance.now();
  process.stderr.write(`… ${name}\n`);
  return (note = "") => process.stderr.write(`✓ ${name}${note && `: ${note}`} (${((performance.now() - start) / 1000).toFixed(1)} s)\n`);
}

function readStamp(path) {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function hash(data) {
  return createHash("sha256").update(data).digest("hex");
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
