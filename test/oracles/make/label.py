"""Records test/oracles/label.json. pip install scikit-learn==1.9.1 krippendorff==0.9.0 snorkel==0.10.0 cleanlab==2.9.0 statsmodels==0.14.6 seqeval==1.2.2; python label.py OUT"""
import json, math, sys
import numpy as np
import krippendorff
from sklearn.metrics import cohen_kappa_score
from sklearn.semi_supervised import LabelPropagation, LabelSpreading
from cleanlab.filter import find_label_issues
from scipy.stats import entropy
from seqeval.metrics.sequence_labeling import get_entities
from snorkel.labeling import LFAnalysis
from snorkel.labeling.model import LabelModel
from statsmodels.stats.inter_rater import fleiss_kappa

rng = np.random.default_rng(20)
cases = []
def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **data}, "expected": expected, "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})

for missing, n, m in [(0.0, 30, 2), (0.25, 40, 4)]:
    base = rng.integers(1, 6, n)
    votes = [[None if rng.random() < missing else int(np.clip(b + rng.integers(-1, 2), 1, 5)) for _ in range(m)] for b in base]
    table = np.array([[math.nan if v is None else v for v in row] for row in votes]).T
    alpha = lambda level: krippendorff.alpha(table, level_of_measurement=level)
    expected = {"krippendorffNominal": alpha("nominal"), "krippendorffOrdinal": alpha("ordinal"), "krippendorffInterval": alpha("interval"), "krippendorffRatio": alpha("ratio")}
    pairs = []
    for a in range(m):
        for b in range(a + 1, m):
            both = [(r[a], r[b]) for r in votes if r[a] is not None and r[b] is not None]
            k = lambda w: float(cohen_kappa_score([x for x, _ in both], [y for _, y in both], labels=[1, 2, 3, 4, 5], weights=w))
            pairs.append({"a": a, "b": b, "kappa": k(None), "linear": k("linear"), "quadratic": k("quadratic")})
    expected["cohenPairs"] = pairs
    add(f"agreement, {m} raters, {missing:.0%} missing", "agreement", {"labels": votes, "classValues": [1, 2, 3, 4, 5]}, expected)

L = rng.choice([-1, 0, 1, 2], size=(50, 5), p=[0.5, 0.2, 0.2, 0.1])
Y = rng.integers(0, 3, 50)
a = LFAnalysis(L)
add("labelling functions, 50 x 5", "lf-analysis", {"votes": [[None if v < 0 else int(v) for v in row] for row in L], "truth": Y.tolist()}, {
    "coverage": float(a.label_coverage()), "overlap": float(a.label_overlap()), "conflict": float(a.label_conflict()),
    "functions": [{"polarity": [int(p) for p in pol], "coverage": float(c), "overlap": float(o), "conflict": float(f), "accuracy": float(acc)}
                  for pol, c, o, f, acc in zip(a.lf_polarities(), a.lf_coverages(), a.lf_overlaps(), a.lf_conflicts(), a.lf_empirical_accuracies(Y))]})

truth = rng.integers(0, 4, 200)
given = np.where(rng.random(200) < 0.2, rng.integers(0, 4, 200), truth)
logits = rng.normal(size=(200, 4)); logits[np.arange(200), truth] += 2.5
P = np.exp(logits); P /= P.sum(1, keepdims=True); P = np.round(P, 6); P /= P.sum(1, keepdims=True)
issues = {rank: find_label_issues(given, P, filter_by="confident_learning", return_indices_ranked_by=rank, n_jobs=1).tolist() for rank in ["self_confidence", "normalized_margin"]}
add("label errors, 200 items, 4 classes", "label-errors", {"labels": given.tolist(), "predProbs": P.tolist()}, {
    "selfConfidence": issues["self_confidence"], "normalizedMargin": issues["normalized_margin"]})

X = np.vstack([rng.normal(size=(20, 2)), rng.normal(size=(20, 2)) + [2.5, 1]]).round(3)
y = np.full(40, -1); y[[0, 1]] = 0; y[[20, 21]] = 1
for name, options, model in [
    ("propagation rbf", {"method": "propagation", "kernel": "rbf", "gamma": 2.0, "iterations": 1000}, LabelPropagation(kernel="rbf", gamma=2.0, max_iter=1000)),
    ("propagation knn", {"method": "propagation", "kernel": "knn", "neighbors": 5, "iterations": 200}, LabelPropagation(kernel="knn", n_neighbors=5, max_iter=200)),
    ("spreading rbf", {"method": "spreading", "kernel": "rbf", "gamma": 2.0, "alpha": 0.2, "iterations": 30}, LabelSpreading(kernel="rbf", gamma=2.0, alpha=0.2, max_iter=30)),
    ("spreading knn", {"method": "spreading", "kernel": "knn", "neighbors": 5, "alpha": 0.3, "iterations": 30}, LabelSpreading(kernel="knn", n_neighbors=5, alpha=0.3, max_iter=30)),
]:
    fit = model.fit(X, y)
    add(name, "propagate", {"points": X.tolist(), "labels": [None if v < 0 else int(v) for v in y], "options": options}, {"probabilities": np.nan_to_num(fit.label_distributions_).tolist()}, abs=1e-7)

U = rng.dirichlet([1, 1, 1], 12); U2 = rng.dirichlet([1, 1, 1], 12); U3 = rng.dirichlet([1, 1, 1], 12)
top = np.sort(U, 1)[:, ::-1]
mean = (U + U2 + U3) / 3
votes = np.stack([u.argmax(1) for u in (U, U2, U3)], 1)
add("uncertainty and committee, 12 items", "active", {"members": [u.tolist() for u in (U, U2, U3)]}, {
    "entropy": entropy(U, axis=1).tolist(), "leastConfidence": (1 - top[:, 0]).tolist(), "margin": (1 - (top[:, 0] - top[:, 1])).tolist(),
    "voteEntropy": [float(entropy(np.bincount(v, minlength=3) / 3)) for v in votes], "consensusEntropy": entropy(mean, axis=1).tolist(),
    "klDivergence": np.mean([entropy(u, mean, axis=1) for u in (U, U2, U3)], axis=0).tolist()})

# Fleiss' kappa, spans of BIO tags, and what Snorkel's label model says of votes that err independently.
counts = rng.multinomial(4, [0.5, 0.3, 0.2], size=20) + np.eye(3, dtype=int)[rng.integers(0, 3, 20)]
add("Fleiss' kappa, 20 items, 5 raters", "fleiss", {"labels": [sum(([k] * int(c) for k, c in enumerate(row)), []) for row in counts]}, {
    "kappa": float(fleiss_kappa(counts, method="fleiss"))})
kinds = ["PER", "LOC", "ORG"]
for scheme in range(6):
    tags, before = [], "O"
    for _ in range(25):
        begin = "B-" + kinds[rng.integers(0, 3)]
        before = ["O", begin, begin if before == "O" else "I-" + before[2:]][rng.integers(0, 3)]
        tags.append(before)
    add(f"spans of BIO tags {scheme}", "bio", {"tags": tags}, {"spans": [{"start": first, "end": last + 1, "label": kind} for kind, first, last in get_entities(tags)], "tags": tags})
truth = rng.integers(0, 2, 600)
accuracy = [0.9, 0.8, 0.75, 0.7, 0.65]
L = np.stack([np.where(rng.random(600) < 0.35, -1, np.where(rng.random(600) < p, truth, 1 - truth)) for p in accuracy], 1)
model = LabelModel(cardinality=2, verbose=False)
model.fit(L, n_epochs=500, seed=1, progress_bar=False)
proba = model.predict_proba(L)
add("label model, 600 items, 5 functions", "label-model", {"votes": [[None if v < 0 else int(v) for v in row] for row in L]}, {
    "labelsWhereClear": [int(row.argmax()) if row.max() > 0.75 else None for row in proba], "rankOfFunctions": np.argsort(-model.get_weights()).tolist()})

source = "scikit-learn 1.9.1, krippendorff 0.9.0, Snorkel 0.10.0 LFAnalysis and LabelModel, cleanlab 2.9.0, SciPy entropies, statsmodels 0.14.6 fleiss_kappa, seqeval 1.2.2 get_entities; made by test/oracles/make/label.py"
notes = ["label errors: indices of find_label_issues(filter_by=\"confident_learning\"), ranked", "label model: Snorkel solves by matrix completion, ours by expectation maximisation: compared where Snorkel is sure"]
json.dump({"source": source, "notes": notes, "cases": cases}, open(sys.argv[1], "w"))
