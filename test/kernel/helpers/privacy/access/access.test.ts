import assert from "node:assert/strict";
import { test } from "node:test";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const policy = () => privacy.accessPolicy({
  roles: { ana: ["analyst"], tom: ["teacher", "analyst"], eve: [] },
  grants: [
    { role: "analyst", data: "survey", purposes: ["statistics"], columns: ["age", "score"] },
    { role: "teacher", data: "survey", purposes: ["grading"], columns: ["name", "score"] },
    { role: "teacher", data: "notes", purposes: ["grading"] },
  ],
});

test("only what a role was granted, for the purpose and the columns, is allowed; every other combination is refused", () => {
  const access = policy();
  const granted = new Set(["ana survey statistics age", "ana survey statistics score", "tom survey statistics age", "tom survey statistics score", "tom survey grading name", "tom survey grading score",
    "tom notes grading name", "tom notes grading age", "tom notes grading score", "tom notes grading "]);
  let requests = 0;
  for (const user of ["ana", "tom", "eve", "nobody", "__proto__"])
    for (const data of ["survey", "notes", "other"])
      for (const purpose of ["statistics", "grading", "marketing"])
        for (const column of ["age", "score", "name", ""]) {
          const { allowed } = access.request({ user, data, purpose, ...(column && { columns: [column] }) });
          assert.equal(allowed, granted.has(`${user} ${data} ${purpose} ${column}`), `${user} ${data} ${purpose} ${column}`);
          requests += 1;
        }
  assert.equal(access.log.entries.length, requests);
  assert.ok(privacy.verifyLog(access.log.entries, { head: access.log.head }).valid);
});

test("reading gives the granted columns only, and a refused reading is an error and a line in the log", () => {
  const access = policy();
  const rows = [{ name: "a", age: 3, score: 4 }];
  assert.deepEqual(access.read(rows, { user: "ana", data: "survey", purpose: "statistics", columns: ["age"] }), [{ age: 3 }]);
  assert.throws(() => access.read(rows, { user: "ana", data: "survey", purpose: "statistics", columns: ["age", "name"] }), /access refused: not granted: name/);
  assert.throws(() => access.read(rows, { user: "ana", data: "survey", purpose: "statistics" }), /ask for columns by name/);
  assert.deepEqual(access.log.entries.map(({ event }) => event["allowed"]), [true, false, false]);
  assert.throws(() => access.request({ user: "ana", data: "survey" } as never), /expected purpose as a word, got undefined/);
});

test("a policy does not grow when the lists it was made from change", () => {
  const purposes = ["statistics"];
  const access = privacy.accessPolicy({ roles: { ana: ["analyst"] }, grants: [{ role: "analyst", data: "d", purposes }] });
  purposes.push("marketing");
  assert.equal(access.request({ user: "ana", data: "d", purpose: "marketing" }).allowed, false);
  assert.throws(() => privacy.accessPolicy({ roles: {}, grants: [{ role: "analyst", data: "d", purposes: [] }] }), /expected a grant with at least one purpose, got none for role analyst/);
});

test("a changed, removed, inserted or reordered entry breaks the chain at its place; a cut or rewritten log misses the noted head", () => {
  const log = privacy.accessLog([], { clock: () => new Date(0) });
  for (let n = 0; n < 6; n++) log.append({ n, nested: { b: [1, null], a: "x" } });
  const { entries, head } = log;
  assert.deepEqual(privacy.verifyLog(entries, { head }), { valid: true });
  const at = (changed: readonly privacy.LogEntry[]) => privacy.verifyLog(changed).brokenAt;
  for (let n = 0; n < 6; n++) {
    assert.equal(at(entries.map((entry, index) => (index === n ? { ...entry, event: { n: 99 } } : entry))), n);
    assert.equal(at(entries.map((entry, index) => (index === n ? { ...entry, time: "1999" } : entry))), n);
    if (n < 5) assert.equal(at(entries.filter((_, index) => index !== n)), n);
  }
  // A forged entry with a right hash of its own, put in the place of the true one.
  const twin = privacy.accessLog(entries.slice(0, 3), { clock: () => new Date(0) });
  assert.equal(at([...entries.slice(0, 3), twin.append({ n: 99 }), ...entries.slice(4)]), 4);
  assert.equal(at([entries[0]!, entries[2]!, entries[1]!]), 1);
  assert.deepEqual(privacy.verifyLog(entries.slice(0, 4), { head }).brokenAt, 4);
  const forged = privacy.accessLog([], { clock: () => new Date(0) });
  for (let n = 0; n < 6; n++) forged.append({ n: -n });
  assert.equal(privacy.verifyLog(forged.entries).valid, true);
  assert.equal(privacy.verifyLog(forged.entries, { head }).valid, false);
});

test("a log that was stored and read again goes on where it ended, and a broken one is not continued", () => {
  const log = privacy.accessLog();
  const event = { user: "ana", columns: ["b", "a"] };
  log.append(event);
  event.user = "eve";
  assert.equal(log.entries[0]!.event["user"], "ana");
  const stored = JSON.parse(JSON.stringify(log.entries)) as privacy.LogEntry[];
  const next = privacy.accessLog(stored);
  next.append({ user: "tom" });
  assert.ok(privacy.verifyLog(next.entries, { head: log.head }).valid);
  stored[0] = { ...stored[0]!, event: {} };
  assert.throws(() => privacy.accessLog(stored), /log broken at entry 0: its content does not fit its hash/);
  assert.throws(() => log.append({ when: Number.NaN }), /expected plain JSON in a log entry, got NaN/);
  assert.throws(() => log.append({ f: () => 1 }), /expected plain JSON in a log entry, got a function/);
});
