import assert from "node:assert/strict";
import { test } from "node:test";
import * as text from "../../../../kernel/helpers/text/index.js";

const corpus = ["the lowest price, the lower price", "low prices are lower than high prices", "学习机器学习，学习", "x += 1; y += 1;"];
const texts = ["", " ", "\n\t ", "the lower price", "Héllo e\u0301 naïve", "学习 machine 学习！", "👩‍👩‍👧 😀", "a\u00a0b\u200bc\ufeff", "for (;;) { x += 1; }", "a".repeat(300), "\ud83d"];

test("a byte-level tokenizer gives back every text, letter by letter, and offsets that cut the text into its tokens", () => {
  for (const addPrefixSpace of [false, true]) {
    const t = text.trainBpe(corpus, { vocabSize: 300, addPrefixSpace });
    for (const one of texts.filter((one) => one !== "\ud83d")) {
      const { ids, tokens, offsets, words } = t.encode(one);
      assert.equal(t.decode(ids), addPrefixSpace && one !== "" && !one.startsWith(" ") ? ` ${one}` : one);
      assert.equal(tokens.length, ids.length);
      if (!addPrefixSpace) assert.equal([...new Map(offsets.map((range) => [range.join(), range])).values()].map(([from, to]) => one.slice(from, to)).join(""), one);
      assert.deepEqual([...words], [...words].sort((a, b) => a! - b!));
      for (const id of ids) assert.equal(t.tokenToId(t.idToToken(id)), id);
    }
  }
});

test("a tokenizer saved as tokenizer.json and read again is the same", () => {
  const all = [text.trainBpe(corpus, { vocabSize: 280 }), text.trainWordPiece(corpus, { vocabSize: 80 }), text.trainUnigram(corpus, { vocabSize: 60 })];
  for (const t of all) {
    const again = text.tokenizer(JSON.stringify(t));
    assert.equal(again.vocabSize, t.vocabSize);
    for (const one of texts) assert.deepEqual(again.encode(one), t.encode(one));
  }
});

test("a tokenizer of characters knows those of its corpus, gives every text of them back, and survives its file", () => {
  const t = text.characters(["abba", "学习 👩 a"]);
  assert.equal(t.vocabSize, 6);
  const { ids, tokens, offsets } = t.encode("学a👩b");
  assert.deepEqual(tokens, ["学", "a", "👩", "b"]);
  assert.deepEqual(offsets, [[0, 1], [1, 2], [2, 4], [4, 5]]);
  assert.equal(t.decode(ids), "学a👩b");
  const long = "ab ".repeat(2000);
  assert.equal(t.decode(t.encode(long).ids), long);
  assert.deepEqual(text.tokenizer(JSON.stringify(t)).encode("ba 习"), t.encode("ba 习"));
  assert.throws(() => t.encode("abc"), /unknown token: "c"/);
  assert.throws(() => text.characters([]), /expected corpus with at least one character, got none/);
});

test("a batch is padded to one length with a mask, on the side that is asked for, and cut with special tokens kept", () => {
  const t = text.wordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c"]);
  const [short, long] = t.encodeBatch(["a", "a b c a b"], { padding: true, maxLength: 6 }) as [text.Encoding, text.Encoding];
  assert.deepEqual(short.ids, [2, 4, 3, 0, 0, 0]);
  assert.deepEqual(short.attentionMask, [1, 1, 1, 0, 0, 0]);
  assert.deepEqual(long.ids, [2, 4, 5, 6, 4, 3]);
  assert.equal(long.truncated, 1);
  assert.deepEqual(t.encodeBatch(["a"], { padding: 5, paddingSide: "left" })[0]!.ids, [0, 0, 2, 4, 3]);
  assert.deepEqual(t.encode("a b c", { maxLength: 4, truncationSide: "left" }).tokens, ["[CLS]", "b", "c", "[SEP]"]);
  const pair = t.encode("a b c a", { pair: "b c", maxLength: 7 });
  assert.deepEqual(pair.tokens, ["[CLS]", "a", "b", "[SEP]", "b", "c", "[SEP]"]);
  assert.deepEqual(pair.typeIds, [0, 0, 0, 0, 1, 1, 1]);
  assert.equal(t.decode(short.ids), "a");
});

test("special tokens are found in a text and never cut; decode leaves them out unless asked", () => {
  const t = text.trainBpe(corpus, { vocabSize: 280, specialTokens: ["<|endoftext|>", "<|user|>"] });
  const { ids, tokens } = t.encode("low<|user|>low");
  assert.ok(tokens.includes("<|user|>"));
  assert.equal(t.decode(ids), "lowlow");
  assert.equal(t.decode(ids, { skipSpecialTokens: false }), "low<|user|>low");
  assert.deepEqual(t.specialTokens, { "<|endoftext|>": 0, "<|user|>": 1 });
});

test("what cannot be encoded, decoded or read is named with its value and the mend", () => {
  const small = text.wordPiece(["[UNK]", "[CLS]", "[SEP]", "a"]);
  const bare = { version: "1.0", truncation: null, padding: null, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  const unigram = text.unigram([["a", -1]], { unknown: null });
  assert.throws(() => unigram.encode("é"), /unknown token: "▁": the vocabulary has no token for it and none for what is unknown \(its unk_id is null\)/);
  const strict = text.tokenizer({ ...bare, model: { type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab: { a: 0 }, merges: [] } });
  assert.throws(() => strict.encode("aé"), /unknown token: "é": .*give unk_token, or train on bytes/);
  const noUnknown = text.tokenizer({ ...bare, model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab: { a: 0 } } });
  assert.throws(() => noUnknown.encode("b"), /unknown token: "b"/);
  assert.throws(() => small.decode([9]), /expected ids from 0 to 3, got 9/);
  assert.throws(() => small.idToToken(-1), /expected id from 0 to 3, got -1/);
  assert.throws(() => small.encode(3 as never), /expected text to be a string, got 3/);
  assert.throws(() => small.encode("a", { maxLength: 1 }), /expected maxLength >= 2, the special tokens, got 1/);
  assert.throws(() => small.encode("a", { length: 1 } as never), /unknown option: length/);
  assert.throws(() => small.encodeBatch(["a"], { padding: true }), /expected padToken, got none/);
  assert.throws(() => small.encodeBatch(["a a a"], { padding: 3, padToken: "[UNK]" }), /expected padding >= 5, the longest text, got 3: give maxLength 3 too/);
  assert.throws(() => text.trainBpe([], { vocabSize: 300 }), /expected corpus with at least one word, got no text/);
  assert.throws(() => text.trainBpe(["", ""], { vocabSize: 300 }), /got 2 empty texts/);
  assert.throws(() => text.trainBpe("a", { vocabSize: 100 }), /expected vocabSize to be a whole number >= 257, got 100/);
  assert.throws(() => text.trainUnigram("abcdef", { vocabSize: 7 }), /expected vocabSize of at least 7 besides the special tokens, one a character of the corpus, got 3/);
  assert.throws(() => text.tokenizer("{"), /expected the JSON text of a tokenizer.json, got "\{"/);
  assert.throws(() => text.tokenizer({ a: 1 } as never), /expected a tokenizer.json with model, got an object with a/);
  assert.throws(() => text.tokenizer({ ...bare, model: { type: "Best" } } as never), /unknown model: "Best" \(known: BPE, Unigram, WordLevel, WordPiece\)/);
  assert.throws(() => text.tokenizer({ ...small.toJSON(), normalizer: { type: "Precompiled" } }), /unknown normalizer: Precompiled/);
  assert.throws(() => text.tokenizer({ ...small.toJSON(), pre_tokenizer: { type: "X" } }), /unknown pre_tokenizer: X/);
  assert.throws(() => text.tokenizer({ ...small.toJSON(), post_processor: { type: "X" } }), /unknown post_processor: X/);
  assert.throws(() => text.tokenizer({ ...small.toJSON(), decoder: { type: "X" } }), /unknown decoder: X/);
  assert.throws(() => text.tokenizer({ ...bare, model: { ...strict.toJSON().model, merges: ["a b"] } } as never), /expected the parts and the result of merge 0 in the vocabulary, got "a" and "b"/);
  assert.throws(() => text.wordPiece(["[UNK]"]), /expected \[CLS\] in the vocabulary/);
  assert.throws(() => text.wordPiece(["a", "a"]), /expected every token once in vocab, got "a" twice/);
  assert.throws(() => text.unigram([["a", Number.NaN]], { unknown: null }), /expected vocab as a list of \[piece, score\], got "a", NaN at index 0/);
});

test("an encoding shows itself as coloured tokens, and is frozen plain data", () => {
  const encoding = text.wordPiece(["[UNK]", "[CLS]", "[SEP]", "<b>"]).encode("<b>");
  const { data } = (encoding as unknown as Record<symbol, () => { data: Record<string, string> }>)[Symbol.for("Jupyter.display")]!();
  assert.match(data["text/plain"]!, /^5 tokens: \[CLS\]:1/);
  assert.ok(!data["text/html"]!.includes("<b>"));
  const spaced = (text.bpe({ vocab: { "<|endoftext|>": 5, "Ġhi": 0, Ġ: 1, h: 2, i: 3, hi: 4 }, merges: ["h i", "Ġ hi"] }).encode(" hi") as unknown as { [key: symbol]: () => { data: Record<string, string> } })[Symbol.for("Jupyter.display")]!().data;
  assert.match(spaced["text/html"]!, />␣hi</, "a space is shown as one, not as Ġ");
  assert.ok(Object.isFrozen(encoding) && Object.isFrozen(encoding.ids));
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(encoding))), ["text", "ids", "tokens", "offsets", "words", "typeIds", "attentionMask", "specialTokensMask", "truncated"]);
});

test("labels of words become labels of tokens: the first piece has it, the others do not count", () => {
  const t = text.wordPiece(["[UNK]", "[CLS]", "[SEP]", "fe", "##ver", "high"]);
  assert.deepEqual(text.alignLabels(t.encode("high fever"), [1, 2]), [-100, 1, 2, -100, -100]);
  assert.throws(() => text.alignLabels(t.encode("high fever"), [1]), /expected labels for 2 words, got 1/);
});
