"""Makes lessons/data/wdbc/wdbc.csv from Debian's python3-sklearn 1.2.1+dfsg-1.

    apt-get download python3-sklearn && dpkg-deb -x python3-sklearn_*.deb sklearn
    python wdbc.py sklearn > wdbc.csv

Columns get the names that scikit-learn gives them, with underscores; 0 and 1 become words. The numbers are left as they are.
"""
import csv, pathlib, sys

source = pathlib.Path(sys.argv[1]) / "usr/lib/python3/dist-packages/sklearn/datasets/data/breast_cancer.csv"
traits = ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points", "symmetry", "fractal_dimension"]
names = [f"mean_{one}" for one in traits] + [f"{one}_error" for one in traits] + [f"worst_{one}" for one in traits]
with source.open() as file:
    rows, columns, *classes = next(reader := csv.reader(file))
    assert (rows, columns, classes) == ("569", "30", ["malignant", "benign"])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([*names, "diagnosis"])
    for *values, code in reader:
        assert len(values) == len(names)
        out.writerow([*values, classes[int(code)]])
