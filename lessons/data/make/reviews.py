"""Makes lessons/data/reviews/reviews.jsonl.gz from Debian's r-cran-modeldata 1.1.0-1.

    apt-get download r-cran-modeldata && dpkg-deb -x r-cran-modeldata_*.deb modeldata
    pip install rdata pandas && python reviews.py modeldata > reviews.jsonl.gz
"""
import bz2, gzip, json, lzma, pathlib, struct, sys, zlib
import rdata

base = pathlib.Path(sys.argv[1]) / "usr/lib/R/site-library/modeldata/data"
index = (base / "Rdata.rdx").read_bytes()
index = zlib.decompress(index) if index[:1] == b"x" else index
places = rdata.conversion.convert(rdata.parser.parse_data(index))["variables"]
lines = []
for part, name in (("train", "training_data"), ("test", "testing_data")):
    offset, length = (int(n) for n in places[name])
    block = (base / "Rdata.rdb").read_bytes()[offset : offset + length]
    # A lazy-load block is its unpacked length (4 bytes, big-endian), then "2" and bzip2, "Z" and raw xz, or zlib data.
    size = struct.unpack(">I", block[:4])[0]
    match block[4:5]:
        case b"2":
            raw = bz2.decompress(block[5:])
        case b"Z":
            raw = lzma.decompress(block[5:], format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])
        case _:
            raw = zlib.decompress(block[4:])
    assert len(raw) == size
    for row in rdata.conversion.convert(rdata.parser.parse_data(raw)).to_dict("records"):
        lines.append({key: str(value) for key, value in row.items()} | {"part": part})
print(lines[0].keys(), len(lines), file=sys.stderr)
text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
sys.stdout.buffer.write(gzip.compress(text.encode(), 9, mtime=0))
