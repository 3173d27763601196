"""Makes lessons/data/penguins/penguins.csv from npm's vega-datasets 3.2.1.

    npm pack vega-datasets@3.2.1 && tar xzf vega-datasets-3.2.1.tgz
    python penguins.py package > penguins.csv
"""
import csv, json, pathlib, sys

source = pathlib.Path(sys.argv[1]) / "data/penguins.json"
columns = {
    "species": "Species",
    "island": "Island",
    "beakLength": "Beak Length (mm)",
    "beakDepth": "Beak Depth (mm)",
    "flipperLength": "Flipper Length (mm)",
    "bodyMass": "Body Mass (g)",
    "sex": "Sex",
}


def cell(name: str, value: object) -> object:
    # One bird's sex is a lone dot in the source: as unknown as the ten that are null.
    if name == "sex":
        return value.lower() if value in ("MALE", "FEMALE") else ""
    return "" if value is None else value


out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(columns)
for bird in json.loads(source.read_text()):
    out.writerow([cell(name, bird[key]) for name, key in columns.items()])
