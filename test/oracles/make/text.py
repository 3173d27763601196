"""Records test/oracles/text.json. pip install tokenizers==0.23.3 torch==2.14 transformers peft; python text.py OUT"""
import json, math, sys
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
import peft, tokenizers, torch, transformers

ENGLISH = ["The quick brown fox jumps over the lazy dog.", "the dog's owner didn't see the fox; they'd left", "She sells sea shells by the sea shore, and the shells she sells are sea shells.",
           "A lower price, the lowest price, lower and lower: low, lower, lowest.", "Newest, widest and lowest; the new, the wide and the low."]
CHINESE = ["机器学习是人工智能的一个分支。", "今天天气很好，我们去公园学习吧！", "学习人工智能，学习机器学习。"]
CODE = ["for (let i = 0; i < n; i++) { total += values[i]; }", "def add(a, b):\n    return a + b\n", "const x = y ?? z?.w; // done"]
CORPUS = ENGLISH * 3 + CHINESE * 2 + CODE * 2
TEXTS = ["", " ", "   ", "\n\n\t x \n", "the lowest price", "The newest DOG's shells aren't low", "hello", "Héllo naïve café", "e\u0301 cafe\u0301 n\u0303 a\u0323\u0302", "学习机器 learning 123",
         "今天 天气。 hao！", "emoji 😀👩‍👩‍👧 flags 🇨🇳 ok", "a\u00a0b\u2003c\u3000d\u200be\ufefff\u0085g", "tab\tsep\r\nline", "x += values[i];  // 42", "İstanbul ÇAĞ Straße ΣΑΣ", "ﬁne ① ２ ㎏ Å",
         "don't can't we'll I'D", "9,876.54 50% $3", "نص عربي", "한국어 각", "हिन्दी", "\u0000nul\u0007bell", "<mask> in <mask>, unmask", "  leading", "trailing  ", "mixed   inner    spaces", "ǅ Ǆ ß ẞ", "\ufffd?"]

FEW = TEXTS[:3] + TEXTS[4:6] + TEXTS[7:13] + TEXTS[15:18] + ["<mask> in <mask>, unmask", "  leading", "\u0000nul\u0007bell"]

def utf16(text, at): return len(text[:at].encode("utf-16-le")) // 2
def encoded(tokenizer, text, pair=None, special=True):
    e = tokenizer.encode(text, pair, add_special_tokens=special)
    second = [i == 1 for i in e.sequence_ids]
    flags = {"typeIds": e.type_ids, "specialTokensMask": e.special_tokens_mask}
    return {"ids": e.ids, "tokens": e.tokens, "offsets": [[utf16(pair if s else text, a), utf16(pair if s else text, b)] for (a, b), s in zip(e.offsets, second)],
            "words": e.word_ids, **{name: values for name, values in flags.items() if any(values)}}

cases = []
def add(name, kind, data, expected, tolerance=0):
    cases.append({"name": name, "input": {"kind": kind, **data}, "expected": expected, "tolerance": {"abs": tolerance, "rel": min(tolerance, 1e-9)}})
def tokenize(name, tokenizer, texts=TEXTS, pairs=()):
    add(name, "tokenizer", {"json": json.loads(tokenizer.to_str()), "texts": texts, "pairs": list(pairs)}, {
        "encodings": [encoded(tokenizer, t) for t in texts], "plain": [encoded(tokenizer, t, special=False)["ids"] for t in texts], "pairs": [encoded(tokenizer, a, b) for a, b in pairs],
        "decoded": [tokenizer.decode(tokenizer.encode(t).ids) for t in texts], "decodedAll": [tokenizer.decode(tokenizer.encode(t).ids, skip_special_tokens=False) for t in texts]})

def byte_level(prefix=False, vocab=420, corpus=CORPUS, frequency=2, **more):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=prefix)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(corpus, trainers.BpeTrainer(vocab_size=vocab, min_frequency=frequency, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False, **more))
    return t
def training(name, corpus, **options):
    t = json.loads(byte_level(corpus=corpus, **options).to_str())["model"]
    add(name, "train-bpe", {"corpus": corpus, "options": options}, {"tokens": sorted(t["vocab"], key=t["vocab"].get), "merges": t["merges"]})

training("BPE training, English, Chinese and code", CORPUS, vocab=420)
training("BPE training, until nothing comes twice", ENGLISH, vocab=2000)
training("BPE training, ties and repetitions", ["aaaaaaa aaaa aa a", "abab abab baba", "xyxyxy yxyx", "zzzzz zzzzzz"], vocab=400, frequency=1)
training("BPE training, a limit on length, prefix space", ENGLISH, vocab=330, prefix=True, max_token_length=4)

t = byte_level(vocab=380)
t.post_processor = processors.ByteLevel(trim_offsets=False)
tokenize("byte-level BPE, as GPT-2", t)
t = byte_level(vocab=330, prefix=True)
t.add_special_tokens(["<s>", "</s>", AddedToken("<mask>", lstrip=True, special=True)])
t.post_processor = processors.RobertaProcessing(("</s>", t.token_to_id("</s>")), ("<s>", t.token_to_id("<s>")))
tokenize("byte-level BPE, as RoBERTa, trimmed offsets", t, FEW, pairs=[("the fox", "low  prices "), ("学习", "")])
t = Tokenizer(models.BPE())
t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
t.decoder = decoders.ByteLevel()
t.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=330, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
tokenize("byte-level BPE, split as cl100k", t, FEW)

def train_unigram(name, corpus, vocab):
    t = Tokenizer(models.Unigram())
    t.normalizer, t.pre_tokenizer = normalizers.NFKC(), pre_tokenizers.Metaspace()
    t.train_from_iterator(corpus, trainers.UnigramTrainer(vocab_size=vocab, special_tokens=["<unk>", "<s>"], unk_token="<unk>", show_progress=False))
    # Characters that no round kept get scores a little apart, in the order of a hash map: by name, and to that tolerance.
    add(name, "train-unigram", {"corpus": corpus, "vocab": vocab}, {"pieces": sorted(json.loads(t.to_str())["model"]["vocab"])}, 2e-3)
train_unigram("unigram training, English", ENGLISH * 3, 200)
train_unigram("unigram training, English, Chinese and code", CORPUS, 160)

def bert(lowercase, vocab=230):
    t = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    t.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=vocab, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    t.decoder = decoders.WordPiece()
    t.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return t
tokenize("WordPiece, as BERT uncased", bert(True), TEXTS + ["a" * 101 + " " + "b" * 100], pairs=[("the fox", "学习 low!"), ("", "a")])
t = bert(False)
t.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
t.add_tokens([AddedToken("mask", single_word=True), AddedToken("fox", rstrip=True)])
tokenize("WordPiece, as BERT cased, added tokens", t, FEW, pairs=[("the fox sees", "foxes")])

def unigram(normalizer, fallback=False, scheme="always", vocab=160):
    t = Tokenizer(models.Unigram())
    if normalizer: t.normalizer = normalizer
    t.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme=scheme)
    t.decoder = decoders.Metaspace(prepend_scheme=scheme)
    t.train_from_iterator(ENGLISH * 3, trainers.UnigramTrainer(vocab_size=vocab, special_tokens=["<unk>", "<s>", "</s>"], unk_token="<unk>", show_progress=False))
    if fallback:
        m = json.loads(t.to_str())
        m["model"]["vocab"] += [[f"<0x{b:02X}>", -20.0] for b in range(256)]
        m["model"]["byte_fallback"] = True
        t = Tokenizer.from_str(json.dumps(m))
        t.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(prepend_scheme=scheme)])
    return t
tokenize("unigram, NFKC", unigram(normalizers.NFKC()))
tokenize("unigram, bytes for what is unknown, first word only", unigram(normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]), True, "first"), FEW)
tokenize("unigram, NFD, never prepended", unigram(normalizers.Sequence([normalizers.NFD(), normalizers.StripAccents(), normalizers.Lowercase()]), scheme="never"), FEW)

t = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, end_of_word_suffix="</w>"))
t.normalizer = normalizers.Lowercase()
t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Whitespace(), pre_tokenizers.Digits(individual_digits=True)])
t.decoder = decoders.BPEDecoder()
t.train_from_iterator(ENGLISH * 2, trainers.BpeTrainer(vocab_size=200, special_tokens=["<unk>"], end_of_word_suffix="</w>", show_progress=False))
tokenize("BPE on words with an end mark, fused unknowns", t, FEW)
t = Tokenizer(models.WordLevel(unk_token="[UNK]"))
t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("merged_with_previous")])
t.train_from_iterator(CORPUS, trainers.WordLevelTrainer(special_tokens=["[UNK]"], show_progress=False))
tokenize("word level", t, FEW)

class Block(torch.nn.Module):
    """Pre- or post-norm, by PyTorch's own parts."""
    def __init__(self, width, heads, hidden, norm):
        super().__init__()
        self.layer = torch.nn.TransformerEncoderLayer(width, heads, hidden, dropout=0, activation="gelu", batch_first=True, norm_first=norm == "pre", layer_norm_eps=1e-5)
    def forward(self, x, mask, padding): return self.layer(x, src_mask=mask, src_key_padding_mask=padding)

def transformer(name, kind, config, ids, truth):
    torch.manual_seed(len(cases))
    torch.set_default_dtype(torch.float64)
    w, v, n = config["width"], config["vocabSize"], config["layers"]
    table = torch.nn.Parameter(torch.randn(v, w) * 0.5)
    places = torch.nn.Parameter(torch.randn(config["positions"], w) * 0.5)
    blocks = [Block(w, config["heads"], config["hidden"], config["norm"]) for _ in range(n)]
    last = torch.nn.LayerNorm(w, eps=1e-5)
    for module in [*blocks, last]:
        for p in module.parameters(): torch.nn.init.normal_(p, std=0.4)
    x = torch.tensor(ids)
    length = x.shape[1]
    h = table[x] + places[:length]
    mask = torch.triu(torch.ones(length, length, dtype=torch.bool), 1) if kind == "decoder" else None
    padding = (x == config["padding"]) if "padding" in config else None
    for block in blocks: h = block(h, mask, padding)
    if config["norm"] == "pre": h = last(h)
    out = h @ table.T if kind == "decoder" else h
    if kind == "decoder": loss = torch.nn.functional.cross_entropy(out.reshape(-1, v), torch.tensor(truth).reshape(-1), ignore_index=-100)
    else: loss = (out * torch.tensor(truth)).sum()
    loss.backward()
    weights, gradients = {}, {}
    def put(key, value, transpose=False):
        for store, t in ((weights, value.detach()), (gradients, value.grad)): store[key] = (t.T if transpose else t).tolist()
    def put_parts(key, value, transpose):
        for part, chunk, grad in zip(("query", "key", "value"), value.detach().chunk(3), value.grad.chunk(3)):
            weights[f"{key}.{part}.{'kernel' if transpose else 'bias'}"] = (chunk.T if transpose else chunk).tolist()
            gradients[f"{key}.{part}.{'kernel' if transpose else 'bias'}"] = (grad.T if transpose else grad).tolist()
    put("embedding.token", table); put("embedding.position", places)
    for i, b in enumerate(blocks):
        l = b.layer
        put_parts(f"block.{i}.attention", l.self_attn.in_proj_weight, True); put_parts(f"block.{i}.attention", l.self_attn.in_proj_bias, False)
        put(f"block.{i}.attention.output.kernel", l.self_attn.out_proj.weight, True); put(f"block.{i}.attention.output.bias", l.self_attn.out_proj.bias)
        for j, norm in ((1, l.norm1), (2, l.norm2)): put(f"block.{i}.norm{j}.scale", norm.weight); put(f"block.{i}.norm{j}.shift", norm.bias)
        put(f"block.{i}.feed.up.kernel", l.linear1.weight, True); put(f"block.{i}.feed.up.bias", l.linear1.bias)
        put(f"block.{i}.feed.down.kernel", l.linear2.weight, True); put(f"block.{i}.feed.down.bias", l.linear2.bias)
    if config["norm"] == "pre": put("norm.scale", last.weight); put("norm.shift", last.bias)
    short = lambda v: [short(x) for x in v] if isinstance(v, list) else float(f"{v:.10g}")
    weights, gradients = ({k: short(v) for k, v in store.items()} for store in (weights, gradients))
    add(name, "transformer", {"model": kind, "options": config, "weights": weights, "ids": ids, "truth": truth}, {"output": short(out.detach().tolist()), "loss": loss.item(), "gradients": gradients}, 1e-9)

small = {"vocabSize": 7, "positions": 5, "width": 4, "heads": 2, "layers": 2, "hidden": 6}
transformer("GPT, pre-norm", "decoder", {**small, "norm": "pre"}, [[1, 2, 3, 4], [6, 5, 0, 1]], [[2, 3, 4, -100], [5, 0, 1, 2]])
transformer("GPT, post-norm", "decoder", {**small, "norm": "post"}, [[3, 3, 1, 0, 2]], [[3, 1, 0, 2, 6]])
gradient = torch.randn(2, 4, 4, generator=torch.Generator().manual_seed(1), dtype=torch.float64).round(decimals=3)
masked = gradient.clone(); masked[0, 3] = 0; masked[1, 2:] = 0
transformer("BERT, post-norm, padding", "encoder", {**small, "norm": "post", "padding": 0}, [[1, 2, 3, 0], [6, 5, 0, 0]], masked.tolist())
transformer("encoder, pre-norm", "encoder", {**small, "norm": "pre"}, [[1, 2, 3, 4], [6, 5, 1, 1]], gradient.tolist())

def adalora(name, total, tinit, tfinal, every, initial, target, sizes):
    """PEFT's allocator on parameters of its own shapes, moved by SGD with gradients that are given."""
    from peft import AdaLoraConfig
    from peft.tuners.adalora.layer import RankAllocator
    torch.manual_seed(3)
    config = AdaLoraConfig(init_r=initial, target_r=target, tinit=tinit, tfinal=tfinal, deltaT=every, total_step=total, beta1=0.85, beta2=0.85)
    class Fake(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.all = {}
            for i, (a, b) in enumerate(sizes):
                for part, shape in (("A", (initial, a)), ("E", (initial, 1)), ("B", (b, initial))): self.all[f"w{i}.lora_{part}.default"] = torch.nn.Parameter(torch.randn(shape).round(decimals=3))
        def named_parameters(self): return self.all.items()
    model = Fake()
    ours = lambda n, t: t.flatten().tolist() if "lora_E" in n else t.T.tolist()
    key = lambda n: n.split(".")[0] + ".kernel." + {"A": "p", "E": "lambda", "B": "q"}[n.split("lora_")[1][0]]
    start = {key(n): ours(n, p.detach()) for n, p in model.all.items()}
    allocator, gradients, lambdas, pattern = RankAllocator(model, config, "default"), [], [], None
    for step in range(1, total + 1):
        for p in model.all.values(): p.grad = torch.randn(p.shape).round(decimals=3)
        gradients.append({key(n): ours(n, p.grad) for n, p in model.all.items()})
        with torch.no_grad():
            for p in model.all.values(): p -= 0.05 * p.grad
        if step < total - tfinal: allocator.update_and_allocate(model, step)
        elif step == total - tfinal: _, pattern = allocator.update_and_allocate(model, step, force_mask=True)
        else:
            for n, kept in pattern.items(): model.all[n].data[~torch.tensor(kept)] = 0
        lambdas.append([p.detach().flatten().tolist() for n, p in model.all.items() if "lora_E" in n])
    add(name, "adalora", {"sizes": sizes, "options": {"totalSteps": total, "warmup": tinit, "cooldown": tfinal, "every": every, "initialRank": initial, "rank": target}, "start": start, "gradients": gradients, "rate": 0.05}, {"lambdas": lambdas}, 1e-9)
adalora("AdaLoRA, ranks over 18 steps", 18, 3, 5, 2, 3, 1, [[3, 4], [4, 3]])

def sampling(name, logits, previous, **options):
    from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper
    chain = LogitsProcessorList()
    if "repetitionPenalty" in options: chain.append(RepetitionPenaltyLogitsProcessor(options["repetitionPenalty"]))
    if "temperature" in options: chain.append(TemperatureLogitsWarper(options["temperature"]))
    if "topK" in options: chain.append(TopKLogitsWarper(options["topK"]))
    if "topP" in options: chain.append(TopPLogitsWarper(options["topP"]))
    scores = chain(torch.tensor([previous]), torch.tensor([logits], dtype=torch.float64))
    add(name, "sampling", {"logits": logits, "previous": previous, "options": options}, {"probabilities": torch.softmax(scores, -1)[0].tolist()}, 1e-9)
logits = [round(3 * math.sin(i * 12.9898), 3) for i in range(20)]
sampling("sampling, temperature", logits, [0], temperature=0.7)
sampling("sampling, top-k", logits, [0], topK=5)
sampling("sampling, top-p", logits, [0], topP=0.8)
sampling("sampling, all", logits, [3, 7, 7, 1], repetitionPenalty=1.3, temperature=1.5, topK=12, topP=0.6)

def bert(name):
    """A tiny BertModel and its weights as a .safetensors file."""
    import base64
    from safetensors.torch import save
    from transformers import BertConfig, BertModel
    torch.manual_seed(11)
    torch.set_default_dtype(torch.float32)
    model = BertModel(BertConfig(vocab_size=9, hidden_size=4, num_hidden_layers=2, num_attention_heads=2, intermediate_size=6, max_position_embeddings=5, initializer_range=0.5)).eval()
    for p in model.parameters(): torch.nn.init.normal_(p, std=0.5)
    ids, mask, segments = torch.tensor([[1, 2, 3, 4], [5, 6, 0, 0]]), torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0]]), torch.tensor([[0, 0, 1, 1], [0, 0, 0, 0]])
    file = save({k: v for k, v in model.state_dict().items() if "position_ids" not in k})
    half = save({k: v.half() if "word" in k else v.bfloat16() for k, v in model.state_dict().items() if "embeddings." in k and "position_ids" not in k})
    model = model.double()
    states = model(ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
    add(name, "bert", {"safetensors": base64.b64encode(file).decode(), "heads": 2, "ids": ids.tolist(), "mask": mask.tolist(), "segments": segments.tolist(), "half": base64.b64encode(half).decode()}, {
        "states": states.tolist(), "unused": ["pooler.dense.bias", "pooler.dense.weight"], "half": {k: (v.half() if "word" in k else v.bfloat16()).flatten().tolist() for k, v in model.float().state_dict().items() if "embeddings." in k and "position_ids" not in k}}, 1e-9)
bert("BERT of transformers, from safetensors")

json.dump({"source": f"tokenizers {tokenizers.__version__}, PyTorch {torch.__version__} (float64), peft {peft.__version__}, transformers {transformers.__version__}", "set": "text", "notes": [
    "tokenizer: offsets in UTF-16 units; plain: ids without special tokens; decodedAll: special tokens too",
    "train-bpe: alphabet of all bytes, special token <|endoftext|>; tokens by id",
    "transformer: kernels [in, out]; of a decoder the loss is the mean cross-entropy of truth (-100 does not count), of an encoder the sum of output times truth"], "cases": cases}, open(sys.argv[1], "w"), ensure_ascii=False, separators=(",", ":"))
