"""Makes lessons/data/reviews/reviews.jsonl.gz from Debian's r-cran-modeldata 1.1.0-1.

    apt-get download r-cran-modeldata && dpkg-deb -x r-cran-modeldata_*.deb modeldata
    pip install rdata pandas && python reviews.py modeldata > reviews.jsonl.gz
"""
import gzip, json, pathlib, sys
from r_table import lazy

folder = pathlib.Path(sys.argv[1]) / "usr/lib/R/site-library/modeldata/data"
lines = [
    {key: str(value) for key, value in row.items()} | {"part": part}
    for part, name in (("train", "training_data"), ("test", "testing_data"))
    for row in lazy(folder, name, strip=False).to_dict("records")
]
text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
sys.stdout.buffer.write(gzip.compress(text.encode(), 9, mtime=0))
