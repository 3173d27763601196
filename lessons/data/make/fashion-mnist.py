"""Makes lessons/data/fashion-mnist from Debian's dataset-fashion-mnist 0.0~git20200523.55506a9-1.

    apt-get download dataset-fashion-mnist && dpkg-deb -x dataset-fashion-mnist_*.deb fashion
    python fashion-mnist.py fashion lessons/data/fashion-mnist

Training part: the first 2,000 pictures of each of the ten classes, mixed by a fixed seed so that every stretch of rows is nearly balanced.
Test part: the official 10,000 in their order. Gzip is written without a date or a name, so the same input gives the same bytes.
"""
import gzip, pathlib, random, struct, sys

source, target = pathlib.Path(sys.argv[1]) / "usr/share/datasets/fashion-mnist", pathlib.Path(sys.argv[2])
each, size = 2000, 28 * 28


def read(part, count):
    pictures, labels = (gzip.decompress((source / f"{part}-{kind}-ubyte.gz").read_bytes()) for kind in ("images-idx3", "labels-idx1"))
    assert struct.unpack(">4I", pictures[:16]) == (0x803, count, 28, 28) and struct.unpack(">2I", labels[:8]) == (0x801, count)
    return pictures[16:], labels[8:]


def write(name, pictures, labels):
    heads = struct.pack(">4I", 0x803, len(labels), 28, 28), struct.pack(">2I", 0x801, len(labels))
    for kind, head, body in (("images", heads[0], pictures), ("labels", heads[1], labels)):
        with open(target / f"{name}-{kind}.idx.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as zipped:
            zipped.write(head + body)


target.mkdir(parents=True, exist_ok=True)
pictures, labels = read("train", 60000)
seen, rows = [0] * 10, []
for row, label in enumerate(labels):
    if seen[label] < each:
        seen[label] += 1
        rows.append(row)
assert seen == [each] * 10
random.Random(2017).shuffle(rows)
write("train", b"".join(pictures[row * size : (row + 1) * size] for row in rows), bytes(labels[row] for row in rows))
write("test", *read("t10k", 10000))
