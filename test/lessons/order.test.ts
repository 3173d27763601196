import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { loadLesson } from "../../lessons/checks/node/load.js";
import { curriculum } from "../../lessons/curriculum.js";
import { lessonFolders } from "../../lessons/format/node/folders.js";
import { projectRoot } from "../support/root.js";

const own = await lessonFolders();

test("every lesson of the curriculum is there, and has its tests on TensorFlow and on WebAssembly", () => {
  assert.deepEqual(curriculum.map(({ number, id }) => `${number}-${id}`).filter((name) => !own.some((folder) => basename(folder) === name)), []);
  for (const place of ["test/lessons/each", "test/lessons/full/wasm"]) {
    assert.deepEqual(own.map((folder) => `${place}/${basename(folder)}.test.ts`).filter((file) => !existsSync(join(projectRoot, file))), []);
  }
});

test("every lesson builds on lessons that come before it, and bears the curriculum's title", async () => {
  const lessons = await Promise.all(own.map(async (folder) => (await loadLesson(folder)).lesson));
  const before: string[] = [];
  for (const { id, title, prerequisites } of lessons) {
    assert.deepEqual(prerequisites.filter((needed) => !before.includes(needed)), [], `${id} needs a later or unknown lesson`);
    const row = curriculum.find((one) => one.id === id);
    if (row) assert.deepEqual(title, row.title);
    before.push(id);
  }
});
