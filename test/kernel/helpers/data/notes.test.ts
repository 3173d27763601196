import assert from "node:assert/strict";
import { test } from "node:test";
import * as data from "../../../../kernel/helpers/data/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";

const identifying = ["NAME", "DATE", "PHONE", "ID"];

test("every word of a note has a tag, and the tags, the entities and the text say the same", async () => {
  const { notes, truth } = await data.notes({ count: 300, seed: 4, abbreviations: 0.3 });
  assert.equal(notes.length, 300);
  for (const [at, note] of notes.entries()) {
    assert.equal(note.words.length, note.tags.length);
    assert.ok(note.words.every((word) => word && !/\s/.test(word)), note.text);
    assert.deepEqual(nn.entities([note.tags]).map(({ type, first, last }) => ({ type, first, last })), note.entities.map(({ type, first, last }) => ({ type, first, last })));
    for (const { type, first, last, text, phi } of note.entities) {
      assert.equal(text, note.words.slice(first, last + 1).join(" "));
      assert.equal(phi, identifying.includes(type));
    }
    assert.equal(note.text.replaceAll(" ", ""), note.words.join("").replaceAll(" ", ""));
    assert.doesNotMatch(note.text, /undefined|NaN|[{}]/);
    assert.equal(truth[at]!.id, note.id);
    for (const detail of truth[at]!.said) assert.ok(note.text.includes(String(truth[at]!.patient[detail])), `${detail} of "${note.text}"`);
  }
});

test("the same seed writes the same notes, another seed others", async () => {
  const texts = async (seed: number) => (await data.notes({ count: 20, seed })).notes.map(({ text }) => text);
  assert.deepEqual(await texts(3), await texts(3));
  assert.notDeepEqual(await texts(3), await texts(4));
});

test("what a test note names, no training note does: concepts, first names and surnames are kept apart", async () => {
  const named = async (part: "train" | "test") => {
    const { notes } = await data.notes({ count: 1500, part, seed: 2 });
    const entities = notes.flatMap((note) => note.entities);
    return { medical: new Set(entities.filter(({ phi }) => !phi).map(({ text }) => text.toLowerCase())), names: new Set(entities.filter(({ type }) => type === "NAME").flatMap(({ text }) => [`first ${text.split(" ")[0]}`, `last ${text.split(" ")[1]}`])) };
  };
  const [train, test] = [await named("train"), await named("test")];
  assert.deepEqual([...test.medical].filter((term) => train.medical.has(term)), []);
  assert.deepEqual([...test.names].filter((name) => train.names.has(name)), []);
  const terms = await data.load("medical-terms");
  const parts = new Map<number, Set<string>>();
  for (const { concept, part } of terms) parts.set(concept, (parts.get(concept) ?? new Set()).add(part));
  assert.ok([...parts.values()].every((sides) => sides.size === 1), "no concept is on both sides");
});

test("the knobs turn what they say: negation, shorthand, names, and how often a note names its patient", async () => {
  const share = async (options: data.NotesOptions, of: (note: data.Note) => boolean) => {
    const { notes } = await data.notes({ count: 600, seed: 5, ...options });
    return notes.filter(of).length / 600;
  };
  const negated = ({ entities }: data.Note) => entities.some((entity) => entity.negated);
  assert.equal(await share({ negation: 0 }, negated), 0);
  assert.ok((await share({ negation: 1 }, negated)) > 0.95);
  assert.ok(Math.abs((await share({ phi: 0.3 }, ({ entities }) => entities.some(({ type, first }) => type === "NAME" && first < 6))) - 0.3) < 0.08);
  const short = ({ entities }: data.Note) => entities.some(({ long }) => long !== undefined);
  assert.equal(await share({ abbreviations: 0 }, short), 0);
  assert.ok((await share({ abbreviations: 1 }, short)) > 0.6);
  const { notes } = await data.notes({ count: 50, seed: 1, phi: 1, names: ["Wang Xiaoming"] });
  assert.deepEqual([...new Set(notes.flatMap(({ entities }) => entities.filter(({ type }) => type === "NAME").map(({ text }) => text)))], ["Wang Xiaoming"]);
});

test("a canary is put word for word into as many notes as asked, and the truth says which", async () => {
  const text = "The locker of Abby Jones opens with 4821 .";
  const { notes, truth } = await data.notes({ count: 40, seed: 6, canaries: [{ text, times: 8 }, { text: "Never twice .", times: 1 }] });
  const holds = notes.filter((note) => note.words.join(" ").includes(text));
  assert.equal(holds.length, 8);
  assert.deepEqual(truth.filter(({ canaries }) => canaries.includes(0)).map(({ id }) => id), holds.map(({ id }) => id));
  assert.equal(truth.filter(({ canaries }) => canaries.includes(1)).length, 1);
});

test("options that make no sense are refused by name", async () => {
  await assert.rejects(data.notes({ negation: 2 }), /expected negation from 0 to 1, got 2/);
  await assert.rejects(data.notes({ part: "dev" as "train" }), /unknown part: dev/);
  await assert.rejects(data.notes({ sentences: [0, 3] }), /expected sentences from 1 to 12/);
  await assert.rejects(data.notes({ count: 5, canaries: [{ text: "x", times: 9 }] }), /expected times of canary 0 to be at most the 5 notes, got 9/);
  await assert.rejects(data.notes({ cuont: 5 } as data.NotesOptions), /unknown option: cuont/);
});

test("the gazetteer holds no slur, no capital letters but of names, and the five types", async () => {
  const terms = await data.load("medical-terms");
  assert.deepEqual([...new Set(terms.map(({ type }) => type))].sort(), ["body part", "disease", "drug", "procedure", "symptom"]);
  for (const { term } of terms) assert.doesNotMatch(term, /idiocy|kaffir|chinese|cuban|asiatic|montezuma|the shits|lobotomy|\d|_/i);
  assert.equal(new Set(terms.map(({ term }) => term)).size, terms.length);
});
