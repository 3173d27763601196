"""Data frames out of R packages, without R: `rda` for a file of its own, `lazy` for a package's lazy-load database."""
import bz2, lzma, pathlib, struct, zlib
import rdata


def rda(path, name):
    return _plain(rdata.conversion.convert(rdata.parser.parse_file(str(path)), default_encoding="ascii")[name])


def lazy(folder, name, strip=True):
    base = pathlib.Path(folder)
    index = (base / "Rdata.rdx").read_bytes()
    index = zlib.decompress(index) if index[:1] == b"x" else index
    offset, length = (int(n) for n in rdata.conversion.convert(rdata.parser.parse_data(index))["variables"][name])
    block = (base / "Rdata.rdb").read_bytes()[offset : offset + length]
    # A block is its unpacked length (4 bytes, big-endian), then "2" and bzip2, "Z" and raw xz, or zlib data.
    size = struct.unpack(">I", block[:4])[0]
    match block[4:5]:
        case b"2":
            raw = bz2.decompress(block[5:])
        case b"Z":
            raw = lzma.decompress(block[5:], format=lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA2}])
        case _:
            raw = zlib.decompress(block[4:])
    assert len(raw) == size
    table = rdata.conversion.convert(rdata.parser.parse_data(raw), default_encoding="ascii")
    return _plain(table) if strip else table


def _plain(table):
    for name in table.select_dtypes(include=["category", "object"]):
        table[name] = table[name].astype(str).str.strip()
    return table
