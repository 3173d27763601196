import { fraction, known, oneOf, shown, whole } from "../../../arguments.js";
import { load } from "../../load.js";
import { random, type Random } from "../../random.js";
import type { Note, NoteEntity, Notes, NotesOptions, NoteTruth, NoteType } from "./contract.js";
import { drawDate, drawDose, drawId, drawJob, drawPhone, surnamesOf, towns } from "./fillers.js";
import { absent, openings, quietOpenings, sentences, terse, terseAbsent } from "./sentences.js";
import { shorthand } from "./shorthand.js";

const places: Record<string, NoteType> = { disease: "DISEASE", symptom: "SYMPTOM", drug: "DRUG", procedure: "PROCEDURE", "body part": "BODY" };
const identifying: readonly NoteType[] = ["NAME", "DATE", "PHONE", "ID"];
const optionNames = ["count", "part", "sentences", "negation", "abbreviations", "phi", "names", "canaries", "seed"];

/**
 * Invented clinic notes with a tag for every word: sentences from a small grammar, medical words from `medical-terms` (WordNet), invented
 * patients with names from `first-names`, dates, phone numbers and record numbers. Tags cost nothing here, because the program that wrote
 * a word knows what it is. No note is about anybody.
 *
 * Of what is written 20 in 100 findings are said to be absent, and 70 in 100 notes name the patient; the knobs change that. `part: "test"`
 * uses other diseases, drugs and names than `part: "train"`, in the same sentences: a tagger that knows the sentences by heart scores
 * higher here than on real notes.
 *
 * @returns `notes` to learn from, and `truth`: who the invented patients are, which details stand in the text without a tag, which canaries
 * @throws `expected negation from 0 to 1, got 2`; `unknown part: dev (known: train, test, all)`; `expected sentences from 1 to 12, got [0, 3]`; `expected times of canary 0 to be at most the 5 notes, got 9`
 * @example
 * const { notes } = await data.notes({ count: 2, seed: 3 });
 * notes[0].words.length === notes[0].tags.length // true
 * const same = await data.notes({ count: 2, seed: 3 });
 * same.notes[1].text === notes[1].text // true
 */
export async function notes(options: NotesOptions = {}): Promise<Notes> {
  known(options, optionNames);
  const count = whole({ count: options.count ?? 100 }, 1);
  const part = oneOf({ part: options.part ?? "all" }, ["train", "test", "all"]);
  const [least, most] = options.sentences ?? [2, 4];
  if (!(Number.isInteger(least) && Number.isInteger(most) && 1 <= least && least <= most && most <= 12)) throw new RangeError(`expected sentences from 1 to 12, got ${shown(options.sentences)}`);
  const shares = { negation: fraction({ negation: options.negation ?? 0.2 }), abbreviations: fraction({ abbreviations: options.abbreviations ?? 0 }), phi: fraction({ phi: options.phi ?? 0.7 }) };
  const canaries = options.canaries ?? [];
  canaries.forEach(({ times }, at) => {
    if (whole({ times }) > count) throw new RangeError(`expected times of canary ${at} to be at most the ${count} notes, got ${times}`);
  });
  const draw = random(options.seed ?? 1);
  const writer = await writerOf(part, options.names, shares, draw);
  const host = canaries.map(({ times }) => new Set(draw.shuffle(Array.from({ length: count }, (_, at) => at)).slice(0, times)));
  const written = Array.from({ length: count }, (_, id) => writer(id, draw.integer(least, most), canaries.flatMap(({ text }, at) => (host[at]!.has(id) ? [{ at, text }] : []))));
  return Object.freeze({ notes: Object.freeze(written.map(({ note }) => note)), truth: Object.freeze(written.map(({ truth }) => truth)) });
}

type Writer = (id: number, length: number, canaries: readonly { at: number; text: string }[]) => { note: Note; truth: NoteTruth };

async function writerOf(part: "train" | "test" | "all", names: readonly string[] | undefined, shares: { negation: number; abbreviations: number; phi: number }, draw: Random): Promise<Writer> {
  const [terms, firstNames] = await Promise.all([load("medical-terms"), load("first-names")]);
  const fits = (row: { part: string }): boolean => part === "all" || row.part === part;
  const words = Object.fromEntries(Object.entries(places).map(([type, tag]) => [tag, terms.filter((row) => row.type === type && fits(row)).map(({ term }) => term)]));
  const given = firstNames.filter(fits), family = surnamesOf(part);
  const pick = <T>(items: readonly T[]): T => items[draw.integer(0, items.length - 1)]!;
  const name = (): string => (names ? pick(names) : `${pick(given).name} ${pick(family)}`);

  return (id, length, canaries) => {
    const patient = { name: name(), age: draw.integer(18, 94), job: drawJob(draw), town: pick(towns) };
    const note = new Draft();
    const said = new Set<"age" | "job" | "town">();
    let named = false;
    const short = (): boolean => draw.uniform() < shares.abbreviations;
    const fill = (slot: string): void => {
      const type = slot.replace("!", "") as NoteType;
      if (type in words) {
        const known = shorthand.filter((one) => one.type === type);
        const brief = known.length > 0 && short() && draw.uniform() < 0.6 ? pick(known) : undefined;
        note.entity(type, brief?.short ?? pick(words[type]!), slot.endsWith("!"), brief?.long);
      } else if (type === "NAME") {
        note.entity(type, named ? name() : patient.name, false);
        named = true;
      } else if (type === "DATE") note.entity(type, drawDate(draw), false);
      else if (type === "PHONE") note.entity(type, drawPhone(draw), false);
      else if (type === "ID") note.entity(type, drawId(draw), false);
      else {
        if (slot === "age" || slot === "job" || slot === "town") said.add(slot);
        const plain = { age: String(patient.age), job: patient.job, town: patient.town, year: String(draw.integer(1995, 2023)), weeks: String(draw.integer(2, 9)), dose: drawDose(draw) }[slot];
        if (plain === undefined) throw new RangeError(`unknown place: ${slot}`);
        note.plain(plain);
      }
    };
    const write = (sentence: string): void => {
      note.sentence();
      for (const word of sentence.split(" ")) {
        const [, before, slot, after] = /^([^{]*)\{([^}]+)\}(.*)$/.exec(word) ?? [];
        if (slot === undefined) note.plain(word);
        else if (after || before) note.plain(`${before}${slot === "age" ? (said.add("age"), patient.age) : slot}${after}`);
        else fill(slot);
      }
    };
    const open = draw.uniform() < shares.phi;
    named = !open;
    write(pick(open ? openings : quietOpenings));
    for (let at = 1; at < length; at++) {
      const brief = short();
      const no = draw.uniform() < shares.negation;
      write(pick(brief ? (no ? terseAbsent : terse) : no ? absent : sentences));
    }
    for (const { text } of canaries) {
      note.sentence();
      text.split(/\s+/).forEach((word) => note.plain(word));
    }
    return { note: note.done(id), truth: Object.freeze({ id, patient: Object.freeze(patient), said: Object.freeze([...said]), canaries: Object.freeze(canaries.map(({ at }) => at)) }) };
  };
}

/** A note while it is written. */
class Draft {
  readonly #words: string[] = [];
  readonly #tags: string[] = [];
  readonly #entities: NoteEntity[] = [];
  #begins = false;

  sentence(): void {
    this.#begins = true;
  }

  plain(text: string): void {
    for (const word of text.split(" ")) this.#word(word, "O");
  }

  entity(type: NoteType, text: string, negated: boolean, long?: string): void {
    const first = this.#words.length;
    // A phone number or date with marks inside stays one word.
    text.split(" ").forEach((word, at) => this.#word(word, `${at === 0 ? "B" : "I"}-${type}`));
    const last = this.#words.length - 1;
    this.#entities.push(Object.freeze({ type, first, last, text: this.#words.slice(first).join(" "), phi: identifying.includes(type), negated, ...(long !== undefined && { long }) }));
  }

  #word(word: string, tag: string): void {
    this.#words.push(this.#begins ? word.charAt(0).toUpperCase() + word.slice(1) : word);
    this.#tags.push(tag);
    this.#begins = false;
  }

  done(id: number): Note {
    const text = this.#words.join(" ").replace(/ ([.,:)])/g, "$1").replace(/\( /g, "(");
    const shownAs = `Note ${id}: ${text}`;
    const note = { id, text, words: Object.freeze(this.#words), tags: Object.freeze(this.#tags), entities: Object.freeze(this.#entities) };
    Object.defineProperty(note, Symbol.for("Jupyter.display"), { value: () => ({ "text/plain": shownAs }), enumerable: false });
    return Object.freeze(note);
  }
}
