"""Records test/oracles/data.json and writes test/fixtures/data/.
pip install numpy==2.3.5 pandas==2.3.3 scipy==1.16.3 scikit-learn==1.7.2 pyarrow==22.0.0 Pillow==12.0.0; python data.py OUT_JSON FIXTURES"""
import gzip, json, math, struct, sys
from pathlib import Path
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image
from scipy import stats
from sklearn.ensemble import IsolationForest
from sklearn.impute import KNNImputer
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, TimeSeriesSplit
from sklearn.neighbors import LocalOutlierFactor, NearestNeighbors
from sklearn.preprocessing import KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, RobustScaler, StandardScaler

out, fixtures = Path(sys.argv[1]), Path(sys.argv[2])
rng = np.random.default_rng(8)
cases = []
def plain(x):
    if isinstance(x, dict): return {k: plain(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)): return [plain(v) for v in x]
    if isinstance(x, np.ndarray): return plain(x.tolist())
    if isinstance(x, (np.floating, float)): return float(x) if math.isfinite(x) else ("NaN" if math.isnan(x) else ("Infinity" if x > 0 else "-Infinity"))
    if isinstance(x, np.integer): return int(x)
    return x
def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **plain(data)}, "expected": plain(expected), "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})
def rows_of(frame):
    return [{k: (None if pd.isna(v) else v) for k, v in row.items()} for row in frame.to_dict("records")]

# Profiles: pandas
frame = pd.DataFrame({"a": rng.normal(size=60).round(4), "b": rng.lognormal(size=60).round(4), "c": rng.integers(0, 9, 60).astype(float)})
frame.loc[frame.index % 7 == 3, "a"] = np.nan
frame.loc[frame.index % 11 == 5, "b"] = np.nan
columns = {}
for name in frame:
    s = frame[name]
    q = s.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
    columns[name] = {"missing": int(s.isna().sum()), "unique": int(s.nunique()), "numbers": {"min": s.min(), "max": s.max(), "mean": s.mean(), "deviation": s.std(), "skewness": s.skew(),
        "zeros": int((s == 0).sum()), "quantiles": dict(zip(["p5", "p25", "p50", "p75", "p95"], q))}}
add("profile with missing values, pandas", "data-profile", {"rows": rows_of(frame)}, {"columns": columns, "pearson": frame.corr().values})

# Imputation
holes = pd.DataFrame(rng.normal(size=(25, 4)).round(3), columns=list("abcd"))
for i, j in zip(rng.integers(0, 25, 18), rng.integers(0, 4, 18)): holes.iat[i, j] = np.nan
for weights in ["uniform", "distance"]:
    for k in [1, 3, 5]:
        filled = KNNImputer(n_neighbors=k, weights=weights).fit_transform(holes)
        add(f"KNNImputer, {k} neighbours, {weights}", "data-knn-impute", {"rows": rows_of(holes), "neighbours": k, "weights": weights}, filled)
add("mean and median, pandas", "data-impute", {"rows": rows_of(holes)}, {"mean": holes.mean().to_dict(), "median": holes.median().to_dict()})

# Encoders
train, test = rng.normal(size=(40, 3)).round(3), rng.normal(size=(10, 3)).round(3) * 2
train[:, 2] = np.round(train[:, 2])
bins = KBinsDiscretizer(n_bins=5, encode="ordinal", strategy="quantile", quantile_method="linear", subsample=None).fit(train[:, :2])
add("scalers and bins", "data-scale", {"train": train, "test": test}, {
    "standardize": StandardScaler().fit(train).transform(test), "minMax": MinMaxScaler((-1, 1)).fit(train).transform(test), "robust": RobustScaler().fit(train).transform(test),
    "bins": bins.transform(test[:, :2]), "edges": [e.tolist() for e in bins.bin_edges_]})
towns, others = [["B", "x"], ["A", "y"], ["C", "x"], ["A", "x"]], [["C", "y"], ["B", "x"]]
add("one-hot and ordinal", "data-categories", {"train": towns, "test": others}, {
    "oneHot": OneHotEncoder(sparse_output=False).fit(towns).transform(others), "ordinal": OrdinalEncoder().fit(towns).transform(others)})

# Outliers
X = np.vstack([rng.normal(size=(60, 2)), rng.normal(scale=0.1, size=(30, 2)) + 4, [[8, -8], [2, 2]]]).round(4)
for k in [5, 20]:
    add(f"local outlier factor, {k} neighbours", "data-lof", {"rows": X, "neighbours": k}, -LocalOutlierFactor(n_neighbors=k, algorithm="brute").fit(X).negative_outlier_factor_)
add("isolation forest (random: within 0.03)", "data-isolation-forest", {"rows": X, "sample": 64}, -np.mean([IsolationForest(n_estimators=400, max_samples=64, random_state=s).fit(X).score_samples(X) for s in range(4)], axis=0), abs=0.03, rel=0)
v = np.concatenate([rng.normal(size=30), [9, -12]]).round(3)
add("modified z-scores, SciPy's MAD", "data-mad", {"values": v}, 0.6745 * (v - np.median(v)) / stats.median_abs_deviation(v))

# Tests of distributions
for name, a, b in [("normal and moved", rng.normal(size=40), rng.normal(size=55) + 0.7), ("alike", rng.normal(size=30), rng.normal(size=30)), ("small", rng.normal(size=4), rng.normal(size=6) + 2), ("with ties", rng.integers(0, 5, 50), rng.integers(1, 6, 40)), ("many", rng.normal(size=900), rng.normal(size=1100) + 0.1), ("far", rng.normal(size=90), rng.normal(size=110) + 2)]:
    result = stats.ks_2samp(a, b, method="exact")
    add(f"Kolmogorov-Smirnov, {name}", "data-ks", {"a": np.round(a, 6), "b": np.round(b, 6)}, {"statistic": stats.ks_2samp(np.round(a, 6), np.round(b, 6), method="exact").statistic, "pValue": stats.ks_2samp(np.round(a, 6), np.round(b, 6), method="exact").pvalue}, rel=1e-7)
for name, table in [("2 x 3", [[12, 30, 9], [20, 22, 19]]), ("3 x 4", rng.integers(1, 40, (3, 4))), ("far", [[100, 1], [3, 120]]), ("2 x 9", rng.integers(1, 40, (2, 9)))]:
    statistic, p, dof, expected = stats.chi2_contingency(table, correction=False)
    add(f"chi-squared, {name}", "data-chi2", {"counts": np.asarray(table)}, {"statistic": statistic, "pValue": p, "freedom": dof, "least": expected.min()})
x, y, c = rng.normal(size=50).round(3), rng.integers(0, 2, 50), rng.integers(0, 4, 50)
z = (x + rng.normal(scale=0.2, size=50)).round(3)
table = pd.crosstab(c, y).values; n = 50; chi = stats.chi2_contingency(table, correction=False)[0]; r, k = table.shape
phi = max(0, chi / n - (r - 1) * (k - 1) / (n - 1)); least = min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1
add("strength of single columns", "data-leakage", {"x": x, "y": [str(v) for v in y], "c": [f"c{v}" for v in c], "z": z}, {"auc": abs(2 * roc_auc_score(y, x) - 1), "rank": abs(stats.spearmanr(x, z)[0]), "cramer": math.sqrt(phi / least)})

# Folds
sizes = [9, 7, 6, 5, 4, 3, 2, 1]
groups = rng.permutation(np.repeat(np.arange(8), sizes))
add("GroupKFold", "data-group-folds", {"groups": groups, "folds": 3}, [sorted(t.tolist()) for _, t in GroupKFold(3).split(groups, groups=groups)])
add("TimeSeriesSplit", "data-time-folds", {"count": 23, "folds": 4}, [{"train": a, "test": b} for a, b in TimeSeriesSplit(4).split(np.arange(23))])

# SMOTE: the neighbours that new rows may go towards
M = rng.normal(size=(14, 3)).round(3)
add("SMOTE's neighbours", "data-smote", {"rows": M, "neighbours": 4}, NearestNeighbors(n_neighbors=5).fit(M).kneighbors(M)[1][:, 1:])
words = rng.choice(["p", "q", "r"], 14)
median = np.median(M.std(axis=0))
D = np.sqrt(((M[:, None] - M[None]) ** 2).sum(-1) + (words[:, None] != words[None]) * median ** 2)
add("SMOTE-NC's neighbours, by section 6.1 of the paper", "data-smote-nc", {"rows": M, "words": words.tolist(), "neighbours": 4}, np.argsort(D + np.diag([-1.0] * 14), axis=1, kind="stable")[:, 1:5])

out.write_text(json.dumps({"source": f"pandas {pd.__version__}, scikit-learn 1.7.2, SciPy, numpy {np.__version__}; made by make/data.py", "notes": "A missing value is null. KBinsDiscretizer with linear quantiles, as ours. imbalanced-learn's SMOTENC halves the squared penalty of a different word; ours is the paper's, recorded by brute force.", "cases": cases}, separators=(",", ":")) + "\n")

# Files
fixtures.mkdir(parents=True, exist_ok=True)
people = "城市,人数,备注\n北京,2189,首都\n上海,2487,\"港口, 金融\"\n广州,1868,\n"
(fixtures / "cities-gb18030.csv").write_bytes(people.encode("gb18030"))
(fixtures / "cities-utf8-bom.csv").write_bytes(people.encode("utf-8-sig"))
(fixtures / "cities-utf16le.csv").write_bytes(b"\xff\xfe" + people.encode("utf-16-le"))
(fixtures / "cities-utf16be-bare.csv").write_bytes(people.encode("utf-16-be"))
(fixtures / "staedte-latin1.csv").write_bytes("Stadt;Höhe;Fläche\nMünchen;519;310,7\nKöln;53;405,0\nGörlitz;199;67,9\n".encode("latin-1"))
(fixtures / "ragged.csv").write_text('id,name,price\n1,"A, with\na break",10\n2,B,20\n3,C\n4,D,40\n')
(fixtures / "duplicate-header.csv").write_text("id,price,price\n1,2,3\n")
(fixtures / "empty.csv").write_text("")
(fixtures / "lines.jsonl").write_text('{"a":1,"b":"x"}\n\n{"a":2,"c":true}\n')
table = pa.table({"id": pa.array([1, 2, 3, 4], pa.int64()), "price": pa.array([1.5, None, -2.25, 1e10]), "town": pa.array(["A", "B", None, "北京"]), "sold": pa.array([True, False, None, True]),
                  "day": pa.array(pd.to_datetime(["2024-03-01", "2024-03-02", None, "1999-12-31"])).cast(pa.timestamp("ms")), "big": pa.array([2 ** 60, 1, 2, 3], pa.int64()), "kind": pa.array(["u", "v", "u", "u"]).dictionary_encode()})
for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pq.write_table(table, fixtures / f"houses-{codec}.parquet", compression=codec)
whole = (fixtures / "houses-snappy.parquet").read_bytes()
(fixtures / "truncated.parquet").write_bytes(whole[: len(whole) // 2])
digits = rng.integers(0, 256, (3, 4, 5), dtype=np.uint8)
(fixtures / "digits-idx3-ubyte.gz").write_bytes(gzip.compress(bytes([0, 0, 8, 3]) + struct.pack(">III", 3, 4, 5) + digits.tobytes(), mtime=0))
(fixtures / "digits.json").write_text(json.dumps({"shape": [3, 4, 5], "data": digits.ravel().tolist()}) + "\n")
pixels = np.zeros((6, 8, 3), np.uint8); pixels[:3] = [255, 0, 0]; pixels[3:, :4] = [0, 128, 255]; pixels[3:, 4:] = [10, 20, 30]
Image.fromarray(pixels).save(fixtures / "flag.png"); Image.fromarray(pixels).resize((32, 24), Image.NEAREST).save(fixtures / "flag.jpg", quality=95)
