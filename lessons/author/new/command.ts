import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { fromHere } from "../../../kernel/setup/options.js";
import { Problem } from "../../../kernel/setup/problem.js";
import { lessonFolders, lessonId, lessonsFolder } from "../../format/node/folders.js";
import { template } from "./template.js";

export const usage = `lyceum lesson new ID [options]

Begins a lesson: a folder NN-ID under lessons/ with lesson.en.md, lesson.zh.md and checks.ts. It is a small whole: it parses,
runs, and its one task has a check with a wrong solution. \`lyceum lesson check ID\` then says what it lacks.

  ID                    a-z, 0-9 and -, as in check("ID.task")
  --title TITLE         default: the id
  --title-zh 标题        default: the id
  --number NN           default: the next free one
  --in DIR              a folder of lessons of your own; default: the project's`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { title: { type: "string" }, "title-zh": { type: "string" }, number: { type: "string" }, in: { type: "string" } } });
  const home = values.in === undefined ? lessonsFolder() : fromHere(values.in);
  mkdirSync(home, { recursive: true });
  const id = positionals[0];
  if (positionals.length !== 1 || !id || !/^[a-z][a-z0-9-]*$/.test(id)) throw new Problem(`expected one ID of a-z, 0-9 and - that begins with a letter, got ${positionals.join(" ") || "none"}`, 2);
  const folders = await lessonFolders(home);
  for (const folder of folders) if ((await lessonId(folder)) === id) throw new Problem(`there is a lesson ${id} already: ${basename(folder)}`, 2);
  const taken = folders.map((folder) => basename(folder).slice(0, 2));
  const number = values.number ?? String(Math.max(0, ...taken.map(Number)) + 1).padStart(2, "0");
  if (!/^\d\d$/.test(number)) throw new Problem(`expected --number of two digits, got ${number}`, 2);
  if (taken.includes(number)) throw new Problem(`the number ${number} is taken: ${folders.map((folder) => basename(folder)).find((name) => name.startsWith(number))}`, 2);
  const folder = join(home, `${number}-${id}`);
  if (existsSync(folder)) throw new Problem(`there is a folder ${folder} already`, 2);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(template({ id, title: values.title ?? id, titleZh: values["title-zh"] ?? id, checks: relative(folder, join(lessonsFolder(), "checks", "index.js")).replaceAll("\\", "/") }))) writeFileSync(join(folder, name), text);
  const name = values.in === undefined ? id : folder;
  console.log(`${folder}: lesson.en.md, lesson.zh.md, checks.ts\nNow:  lyceum lesson check ${name}     what it lacks\n      lyceum lesson preview ${name}   see it in JupyterLab`);
  return 0;
}
