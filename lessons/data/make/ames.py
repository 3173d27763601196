"""Makes lessons/data/ames/ames.csv from Debian's r-cran-modeldata 1.1.0-1.

    apt-get download r-cran-modeldata && dpkg-deb -x r-cran-modeldata_*.deb modeldata
    pip install rdata pandas && python ames.py modeldata > ames.csv
"""
import bz2, lzma, pathlib, struct, sys, zlib
import rdata

base = pathlib.Path(sys.argv[1]) / "usr/lib/R/site-library/modeldata/data"
index = (base / "Rdata.rdx").read_bytes()
index = zlib.decompress(index) if index[:1] == b"x" else index
offset, length = (int(n) for n in rdata.conversion.convert(rdata.parser.parse_data(index))["variables"]["ames"])
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
table = rdata.conversion.convert(rdata.parser.parse_data(raw))
for name in table.select_dtypes(include=["category", "object"]):
    table[name] = table[name].astype(str).str.strip()
table.to_csv(sys.stdout, index=False)
