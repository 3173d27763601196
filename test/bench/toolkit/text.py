"""The tokenizers of Hugging Face on FOLDER/lines.json: seconds and a sum of ids for each task, as JSON. The vocabularies are left in FOLDER."""
import json, sys, time
from pathlib import Path
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

folder = Path(sys.argv[1])
lines = json.loads((folder / "lines.json").read_text())
out = {}

def note(name, work):
    started = time.perf_counter()
    value = work()
    out[name] = {"seconds": time.perf_counter() - started, "sum": value}

def train():
    global bpe
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=8000, min_frequency=2, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return len(json.loads(bpe.to_str())["model"]["merges"])

def encode(tokenizer, texts):
    return sum(sum(tokenizer.encode(text).ids) for text in texts)

note("train byte-level BPE, 8,000 tokens", train)
path = folder / "bert.json"
if not path.exists():
    bert = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    bert.normalizer, bert.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    bert.train_from_iterator(lines, trainers.WordPieceTrainer(vocab_size=8000, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], show_progress=False))
    bert.decoder = decoders.WordPiece()
    bert.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    bert.save(str(path))
fresh = Tokenizer.from_str(bpe.to_str())
note("encode line by line, byte-level BPE", lambda: encode(fresh, lines))
bert = Tokenizer.from_file(str(path))
note("encode line by line, WordPiece (BERT uncased)", lambda: encode(bert, lines))
whole = "".join(lines)
fresh = Tokenizer.from_str(bpe.to_str())
note("encode one long text, byte-level BPE", lambda: encode(fresh, [whole]))
print(json.dumps(out))
