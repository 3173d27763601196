import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { createSession, type Session } from "../kernel/session/index.js";
import { lyceum } from "./support/cli.js";
import { projectRoot } from "./support/root.js";

const read = (name: string) => readFileSync(join(projectRoot, name), "utf8");
const readmes = { "README.md": read("README.md"), "README.zh.md": read("README.zh.md") };
const english = readmes["README.md"];
/** Contents of the fenced blocks in a language; "" for those that name none. */
const fences = (text: string, language: string) => [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter((found) => found[1] === language).map((found) => found[2]!);

let folder: string;
let session: Session;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-readme-"));
  session = createSession({ directory: folder, onEvent: () => {} });
});
after(async () => {
  await session.dispose();
  rmSync(folder, { recursive: true, force: true });
});

test("Every npm script that the README names is in package.json.", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  for (const [name, text] of Object.entries(readmes)) {
    const named = [...text.matchAll(/npm (?:run )?(start|test|(?<=run )[\w:]+)/g)].map((found) => found[1]!);
    assert.ok(named.length >= 2, name);
    for (const script of named) assert.ok(Object.hasOwn(scripts, script), `${name}: npm run ${script}`);
  }
});

test("Every lyceum command that the README names exists, and knows the options that stand beside it.", async () => {
  const { stdout: help } = await lyceum(["--help"]);
  const named = new Map<string, Set<string>>();
  for (const text of Object.values(readmes)) {
    for (const [, words] of text.matchAll(/npx lyceum ([^`\n]+)`/g)) note(words!.split(" "));
    for (const [, words] of text.matchAll(/npm start -- ([^`\n]+)`(?!: )/g)) note(["start", ...words!.split(" ")]);
    for (const [, words] of text.matchAll(/npm start -- --help`[^:\n]*: (.+)\./g)) note(["start", ...words!.split(/[` ,=|]+/)]);
  }
  function note([command, ...words]: string[]): void {
    const options = named.get(command!) ?? new Set();
    for (const word of words) if (/^--[a-z]/.test(word)) options.add(word);
    named.set(command!, options);
  }
  assert.ok(named.size >= 5, [...named.keys()].join());
  assert.ok((named.get("start")?.size ?? 0) >= 5, "options of start");
  for (const [command, options] of named) {
    assert.match(help, new RegExp(`^  ${command} `, "m"), command);
    const { stdout } = await lyceum([command, "--help"]);
    for (const option of options) assert.ok(option === "--help" || stdout.includes(option), `lyceum ${command} ${option}`);
  }
});

test("Every path in the map of the house exists, and every room of the kernel is on it.", () => {
  const map = fences(english, "").find((block) => block.includes("kernel/  "))!;
  const paths: string[] = [];
  let room = "";
  for (const line of map.trimEnd().split("\n")) {
    const [, indent, first, rest = ""] = /^( *)(\S+)(.*)$/.exec(line)!;
    if (!indent) room = first!.endsWith("/") ? first! : "";
    paths.push((indent ? room : "") + first!);
    // Names ending in a slash, or files, after the first: its neighbours, or what lies inside it.
    const more = [...rest.matchAll(/(?<= {2})[a-z\d][\w-]*(?:\/(?= |$)|(?:\.[a-z]+)+)/g)].map((found) => found[0]);
    const inside = indent && more.every((name) => name.endsWith("/")) ? room : (indent ? room : "") + first!;
    paths.push(...more.map((name) => inside + name));
  }
  for (const path of paths) assert.ok(existsSync(join(projectRoot, path)), path);
  for (const wanted of ["cell/", "types/", "session/", "runner/", "server/", "wire/", "display/", "engine/", "helpers/", "setup/"]) assert.ok(paths.includes(`kernel/${wanted}`), `kernel/${wanted} is not on the map`);
  assert.ok(paths.length > 25, paths.join(" "));
});

test("Every picture and every link inside the project leads somewhere.", () => {
  for (const [name, text] of Object.entries(readmes)) {
    const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#([\w-]+))?\)/g)].filter(([, target]) => !/^https?:/.test(target!));
    assert.ok(targets.length >= 3, name);
    for (const [, target, anchor] of targets) {
      assert.ok(existsSync(join(projectRoot, dirname(name), target!)), `${name}: ${target}`);
      if (anchor) assert.match(read(target!), new RegExp(`^#+ ${anchor}$`, "im"), `${name}: ${target}#${anchor}`);
    }
  }
});

test("The ten lines run and give the printed numbers, the same in both languages.", async () => {
  const [cell] = fences(english, "ts");
  const [printed, slip] = fences(english, "text");
  assert.ok(cell!.trimEnd().split("\n").length <= 10);
  const outcome = await session.execute({ parent: "ten", code: cell!, count: 1 });
  assert.equal(outcome.status, "ok", outcome.error?.traceback.join("\n"));
  assert.equal(outcome.result?.data["text/plain"], printed!.trim());
  assert.deepEqual([fences(readmes["README.zh.md"], "ts")[0], fences(readmes["README.zh.md"], "text")[0]], [cell, printed]);

  // The compiled step goes on from there.
  const fast = await session.execute({ parent: "fast", code: fences(english, "ts")[1]!, count: 3 });
  assert.equal(fast.status, "ok", fast.error?.traceback.join("\n"));
  assert.match(String(fast.result?.data["text/plain"]), /operations in one call/);

  // So does the forest.
  const [, , grown] = fences(english, "ts");
  const forest = await session.execute({ parent: "forest", code: grown!, count: 4 });
  assert.equal(forest.status, "ok", forest.error?.traceback.join("\n"));
  assert.equal(forest.result?.data["text/plain"], / \/\/ ([\d.]+)$/.exec(grown!.trim())![1]);
  assert.equal(fences(readmes["README.zh.md"], "ts").at(-1), grown);

  const wrong = await session.execute({ parent: "slip", code: "X.matmul(w)", count: 2 });
  assert.equal(wrong.error?.kind, "type");
  const squeeze = (text: string) => stripVTControlCharacters(text).replace(/\s+/g, " ").trim();
  assert.equal(squeeze(wrong.error.traceback.join("\n")), squeeze(slip!));
});
