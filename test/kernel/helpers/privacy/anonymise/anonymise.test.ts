import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../../kernel/helpers/data/random.js";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";

const draw = random(5);
/** 240 rows with a postcode, an age, a job and an illness, the same every time. */
const rows = Array.from({ length: 240 }, (_, at) => ({
  name: `person ${at}`, zip: `47${draw.integer(100, 999)}`, age: draw.integer(20, 79), job: ["nurse", "cook", "clerk"][draw.integer(0, 2)]!, ill: ["flu", "cold", "asthma", "none"][draw.integer(0, 3)]!,
}));
const hierarchies = {
  zip: privacy.prefixHierarchy({ keep: [4, 3, 2] }),
  age: privacy.rangeHierarchy({ widths: [5, 10, 20, 60] }),
  job: privacy.treeHierarchy({ nurse: ["care"], cook: ["food"], clerk: ["office"] }),
};
const quasiIdentifiers = ["zip", "age", "job"];

test("a release has the k, l and t that were asked for, measured again, for every combination tried", () => {
  for (const k of [2, 5, 20])
    for (const more of [{}, { l: 3, sensitive: "ill" }, { t: 0.3, sensitive: "ill" }])
      for (const maxSuppressed of [0, 0.1]) {
        const { rows: out, suppressed, loss } = privacy.anonymize(rows, { hierarchies, k, maxSuppressed, ...more });
        const measured = privacy.measureAnonymity(out, { quasiIdentifiers, sensitive: "ill" });
        assert.ok(measured.k >= k && out.length + suppressed.length === rows.length && suppressed.length <= maxSuppressed * rows.length);
        if ("l" in more) assert.ok(measured.lDistinct! >= 3);
        if ("t" in more) assert.ok(measured.tEqual! <= 0.3);
        assert.ok(loss > 0 && loss <= 1);
      }
});

test("a larger k never loses less, and leaving out some rows never loses more", () => {
  let before = 0;
  for (const k of [1, 2, 4, 8, 16, 32, 64]) {
    const { loss } = privacy.anonymize(rows, { hierarchies, k });
    assert.ok(loss >= before, `k ${k}`);
    assert.ok(privacy.anonymize(rows, { hierarchies, k, maxSuppressed: 0.2 }).loss <= loss);
    before = loss;
  }
  assert.equal(privacy.anonymize(rows, { hierarchies, k: 1 }).loss, 0);
  assert.equal(privacy.anonymize(rows, { hierarchies, k: 240 }).loss, 1);
});

test("what cannot be reached is refused with the numbers asked for, and the input is not changed", () => {
  const copy = structuredClone(rows);
  assert.throws(() => privacy.anonymize(rows, { hierarchies, k: 241 }), /no generalisation reaches k 241 with at most 0 rows left out/);
  assert.throws(() => privacy.anonymize(rows, { hierarchies, k: 2, l: 5, sensitive: "ill" }), /no generalisation reaches k 2, l 5/);
  assert.throws(() => privacy.anonymize(rows, { hierarchies, k: 2, l: 2 }), /expected sensitive with l or t, got none/);
  assert.throws(() => privacy.anonymize([], { hierarchies, k: 2 }), /expected at least one row, got none/);
  assert.throws(() => privacy.anonymize(rows, { hierarchies: { shoe: [] }, k: 2 }), /unknown column: shoe in row 0/);
  assert.deepEqual(rows, copy);
});

test("a linkage attack finds people in the bare table and only groups in the anonymous one", () => {
  const attacker = rows.slice(0, 50).map(({ zip, age, job }) => ({ zip, age, job }));
  const bare = privacy.linkageAttack({ released: rows, known: attacker }, { on: quasiIdentifiers });
  assert.ok(bare.unique > 40, String(bare.unique));
  assert.ok(bare.candidates.every((found, person) => found.includes(person)));
  const { rows: released, levels } = privacy.anonymize(rows, { hierarchies, k: 5 });
  const level = (name: keyof typeof hierarchies, value: unknown) => (levels[name] === 0 ? value : levels[name]! > hierarchies[name].length ? "*" : hierarchies[name][levels[name]! - 1]!(value));
  const generalised = attacker.map((one) => ({ zip: level("zip", one.zip), age: level("age", one.age), job: level("job", one.job) }));
  const safe = privacy.linkageAttack({ released, known: generalised }, { on: quasiIdentifiers });
  assert.equal(safe.unique, 0);
  assert.ok(safe.expectedFound <= 50 / 5);
});

test("a number and the same digits as text are different values", () => {
  assert.equal(privacy.measureAnonymity([{ a: 1 }, { a: "1" }], { quasiIdentifiers: ["a"] }).k, 1);
});

test("hierarchies that do not nest, and values outside of them, are refused", () => {
  assert.throws(() => privacy.rangeHierarchy({ widths: [4, 10] }), /expected each width to be a multiple of the one before, got 10 after 4/);
  assert.throws(() => privacy.prefixHierarchy({ keep: [2, 3] }), /expected keep to decrease, got 3 after 2/);
  assert.throws(() => privacy.treeHierarchy({ nurse: ["care", "work"], cook: ["food"] }), /expected 2 ancestors of cook like of nurse, got 1/);
  assert.throws(() => hierarchies.job[0]!("pilot"), /expected a value of the hierarchy, got "pilot"/);
  assert.throws(() => hierarchies.age[0]!("old"), /expected value to be a finite number, got "old"/);
});

test("pseudonyms are the same for the same value, key and column only, and tell nothing without the key", () => {
  const key = privacy.random.bytes(32);
  const once = privacy.pseudonymize(rows, { columns: ["name"], key });
  assert.equal(new Set(once.map(({ name }) => name)).size, rows.length);
  assert.deepEqual(privacy.pseudonymize(rows, { columns: ["name"], key }), once);
  assert.notEqual(privacy.pseudonymize(rows, { columns: ["name"], key: privacy.random.bytes(32) })[0]!.name, once[0]!.name);
  const [both] = privacy.pseudonymize([{ a: "x", b: "x" }], { columns: ["a", "b"], key });
  assert.notEqual(both!.a, both!.b);
  assert.equal(once[0]!.age, rows[0]!.age);
  assert.throws(() => privacy.pseudonymize(rows, { columns: ["name"], key: new Uint8Array(8) }), /expected key of at least 16 bytes, got 8/);
});

test("identifiers of English and Chinese text are found with their place, and what stands beside them stays", () => {
  for (const [text, expected] of [
    ["Dr. Anna Smith called (415) 555-0132 on March 3, 2024.", "Dr. [NAME] called [PHONE] on [DATE]."],
    ["Write to a.b@example.org or see https://example.org/x?id=1 now", "Write to [EMAIL] or see [URL] now"],
    ["She lives at 221 Old Baker Street, Apt 4, Springfield, IL 62704 with a cat.", "She lives at [ADDRESS] with a cat."],
    ["SSN 078-05-1120, born 12/31/1980.", "SSN [ID], born [DATE]."],
    ["card 4111 1111 1111 1111 declined", "card [ID] declined"],
    ["My name is Jane Doe and it rained.", "My name is [NAME] and it rained."],
    ["患者：王小明，2023年5月6日入院。", "患者：[NAME]，[DATE]入院。"],
    ["联系人李娜女士，手机13912345678，座机010-12345678。", "联系人[NAME]女士，手机[PHONE]，座机[PHONE]。"],
    ["身份证号11010519491231002X，工号：A-20415。", "身份证号[ID]，工号：[ID]。"],
  ] as const) assert.equal(privacy.deidentify(text).text, expected, text);
  const address = privacy.deidentify("住在北京市海淀区中关村大街27号3单元");
  assert.ok(address.text.endsWith("[ADDRESS]") && !/北京|海淀|27/.test(address.text), address.text);
});

test("spans point at what they name, listed names are found anywhere as whole words, and ordinary numbers and words are left", () => {
  const text = "Kim saw Kimberly. kim's file: 3.14, 2024 pages, version 1.2.3, 100-200.";
  const { spans, limit, text: out } = privacy.deidentify(text, { names: ["Kim"] });
  assert.deepEqual(spans.map(({ start, end }) => text.slice(start, end)), ["Kim", "kim"]);
  assert.ok(out.includes("Kimberly") && out.includes("3.14, 2024 pages, version 1.2.3, 100-200"), out);
  assert.match(limit, /missed/);
  assert.equal(privacy.deidentify("4111 1111 1111 1112 and 110105194912310021").spans.filter(({ kind }) => kind === "id").length, 0);
  assert.equal(privacy.deidentify("Dr. Smith, 2024-01-01", { kinds: ["date"] }).text, "Dr. Smith, [DATE]");
  assert.equal(privacy.deidentify("Dr. Smith", { replace: ({ kind, text: found }) => `<${kind} ${found.length}>` }).text, "Dr. <name 5>");
  assert.throws(() => privacy.deidentify("x", { kinds: ["place" as never] }), /unknown kind: place/);
  assert.throws(() => privacy.deidentify("x", { names: [""] }), /expected names that are not empty/);
});

test("a long text without identifiers is read in time that grows with its length only", () => {
  const started = performance.now();
  for (const piece of ["a", "1", "1 ", "A", "Aa ", "王", "路", "1-", "a.", "@"]) privacy.deidentify(piece.repeat(20000 / piece.length));
  assert.ok(performance.now() - started < 3000);
});
