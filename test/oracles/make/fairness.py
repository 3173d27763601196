"""Records test/oracles/fairness-own.json: pip install fairlearn==0.15.0 aif360==0.6.1 BlackBoxAuditing scikit-learn; python fairness.py > ../fairness-own.json"""
import json, sys, warnings
import numpy as np, pandas as pd
warnings.filterwarnings("ignore")
from fairlearn.preprocessing import CorrelationRemover
from fairlearn.metrics import MetricFrame
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score, brier_score_loss, log_loss, balanced_accuracy_score, mean_absolute_error, mean_squared_error
from aif360.datasets import BinaryLabelDataset
from aif360.algorithms.postprocessing import RejectOptionClassification, EqOddsPostprocessing
from aif360.metrics import ClassificationMetric
import aif360, fairlearn, fairlearn.metrics, sklearn

r = np.random.default_rng(7)
cases = []
def clean(v):
    if isinstance(v, np.ndarray): return [clean(x) for x in v]
    if isinstance(v, (list, tuple)): return [clean(x) for x in v]
    if isinstance(v, dict): return {k: clean(x) for k, x in v.items()}
    if isinstance(v, (float, np.floating)):
        return float(v) if np.isfinite(v) else ("NaN" if np.isnan(v) else "Infinity" if v > 0 else "-Infinity")
    if isinstance(v, np.integer): return int(v)
    return v
def case(name, input, expected, tolerance): cases.append(clean({"name": name, "input": input, "expected": expected, "tolerance": tolerance}))

def table(n=20):
    s = r.integers(0, 2, n).astype(float); t = r.normal(size=n)
    return np.round(np.column_stack([s, t, 2 * s + r.normal(size=n), t - s + r.normal(size=n), r.normal(size=n)]), 3)
for alpha in (1.0, 0.4):
    x = table(); new = table(5)
    m = CorrelationRemover(sensitive_feature_ids=[0, 1], alpha=alpha).fit(x)
    case(f"correlation remover, alpha {alpha}", {"kind": "fairness-correlation", "rows": x, "sensitive": [0, 1], "alpha": alpha, "newRows": new}, {"rows": m.transform(x), "transformed": m.transform(new)}, {"abs": 1e-9, "rel": 1e-9})

for C, weighted in ((1.0, False), (1.0, True), (10.0, True)):
    x = np.round(r.normal(size=(40, 3)), 3); y = (x @ [1, -1, .5] + r.normal(size=40) > .2).astype(int); w = np.round(r.uniform(.2, 2, 40), 3) if weighted else np.ones(40)
    m = LogisticRegression(C=C, tol=1e-12, max_iter=100000, solver="newton-cholesky").fit(x, y, sample_weight=w)
    case(f"logistic regression, C {C}, {'weights' if weighted else 'no weights'}", {"kind": "fairness-logistic", "rows": x, "labels": y, "weights": w, "penalty": 1 / C}, {"coefficients": m.coef_[0], "intercept": m.intercept_[0], "proba": m.predict_proba(x[:5])[:, 1]}, {"abs": 1e-7, "rel": 1e-7})

def dataset(n=80):
    g = r.integers(0, 2, n); y = (r.uniform(size=n) < .35 + .25 * g).astype(int); s = np.round(np.clip(.25 + .3 * y + .15 * g + r.normal(scale=.18, size=n), .01, .99), 4)
    return g, y, s
def aif(g, y, s=None, p=None):
    d = BinaryLabelDataset(df=pd.DataFrame({"g": g.astype(float), "y": (y if p is None else p).astype(float)}), label_names=["y"], protected_attribute_names=["g"])
    if s is not None: d.scores = s.reshape(-1, 1)
    return d
groups = dict(unprivileged_groups=[{"g": 0}], privileged_groups=[{"g": 1}])
names = {"statisticalParityDifference": "Statistical parity difference", "averageOddsDifference": "Average odds difference", "truePositiveRateDifference": "Equal opportunity difference"}
for metric, theirs in names.items():
    g, y, s = dataset()
    m = RejectOptionClassification(**groups, metric_name=theirs, metric_lb=-.05, metric_ub=.05, num_class_thresh=30, num_ROC_margin=20)
    m.fit(aif(g, y), aif(g, y, s)); out = m.predict(aif(g, y, s)).labels.ravel()
    case(f"reject option, {metric}", {"kind": "fairness-reject-option", "group": g, "truth": y, "scores": s, "privileged": 1, "metric": metric, "bound": .05, "thresholds": 30, "margins": 20}, {"threshold": m.classification_threshold, "margin": m.ROC_margin, "predicted": out}, {"abs": 1e-12, "rel": 1e-12})

for k in range(3):
    g, y, s = dataset(); p = (s > .5).astype(int)
    m = EqOddsPostprocessing(**groups, seed=1).fit(aif(g, y), aif(g, y, p=p))
    sp2p, sn2p, op2p, on2p = m.model_params.x
    # privileged: sp2p, sn2p; unprivileged: op2p, on2p
    def rate(side, label, a, b):
        q = p[(g == side) & (y == label)].mean(); return a * q + b * (1 - q)
    t, f = rate(1, 1, sp2p, sn2p), rate(1, 0, sp2p, sn2p)
    err = np.mean(np.where(y == 1, 1 - t, f)) if abs(t - rate(0, 1, op2p, on2p)) < 1e-9 else None
    case(f"equalized odds post-processing {k}", {"kind": "fairness-equalized-odds", "group": g, "truth": y, "predicted": p}, {"error": err}, {"abs": 1e-8, "rel": 0})

g3 = np.array(["a", "b", "c"])[r.integers(0, 3, 60)]; y = r.integers(0, 2, 60); s = np.round(r.uniform(.02, .98, 60), 2); w = np.round(r.uniform(.1, 2, 60), 2); p = (s > .5).astype(int)
fns = {"areaUnderCurve": (roc_auc_score, s), "brierScore": (brier_score_loss, s), "logLoss": (lambda a, b, sample_weight: log_loss(a, b, sample_weight=sample_weight, labels=[0, 1]), s), "balancedAccuracy": (balanced_accuracy_score, p)}
out = {}
for name, (fn, pred) in fns.items():
    out[name] = MetricFrame(metrics=fn, y_true=y, y_pred=pred, sensitive_features=g3, sample_params={"sample_weight": w}).by_group.to_dict()
case("scores by group, weights", {"kind": "fairness-by-group", "truth": y, "predicted": p, "scores": s, "group": g3, "weights": w}, out, {"abs": 1e-12, "rel": 1e-9})
t, q = np.round(r.normal(size=60), 3), np.round(r.normal(size=60), 3)
out = {n: MetricFrame(metrics=fn, y_true=t, y_pred=q, sensitive_features=g3, sample_params={"sample_weight": w}).by_group.to_dict() for n, fn in (("meanAbsoluteError", mean_absolute_error), ("meanSquaredError", mean_squared_error))}
case("regression by group, weights", {"kind": "fairness-by-group", "truth": t, "predicted": q, "group": g3, "weights": w}, out, {"abs": 1e-12, "rel": 1e-9})

# Parity of precision and of errors, false-negative rates, distributions, calibration, several classes.
from fairlearn.reductions import DemographicParity, GridSearch
from scipy.stats import ks_2samp
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_score, zero_one_loss
for n_groups in (2, 3):
    g = np.array(["a", "b", "c"])[r.integers(0, n_groups, 90)]; y = r.integers(0, 2, 90); p = np.where(r.uniform(size=90) < .75, y, 1 - y); w = np.round(r.uniform(.1, 2, 90), 2)
    out = {}
    for name, fn in (("predictiveParity", precision_score), ("errorRateParity", zero_one_loss)):
        frame = MetricFrame(metrics=fn, y_true=y, y_pred=p, sensitive_features=g, sample_params={"sample_weight": w})
        for method in ("between_groups", "to_overall"):
            ours = "betweenGroups" if method == "between_groups" else "toOverall"
            out |= {f"{name}Difference.{ours}": frame.difference(method=method), f"{name}Ratio.{ours}": frame.ratio(method=method)}
    case(f"precision and error parity, {n_groups} groups, weights", {"kind": "fairness-parity", "truth": y, "predicted": p, "group": g, "weights": w}, out, {"abs": 1e-12, "rel": 1e-9})
    s = np.round(np.where(g == "a", r.beta(2, 3, 90), r.beta(3, 2, 90)), 2)
    pairs = [ks_2samp(s[g == one], s[g == other]).statistic for one in set(g) for other in set(g) if one < other]
    case(f"distributions of scores, {n_groups} groups", {"kind": "fairness-distribution", "predicted": s, "group": g}, {"difference": max(pairs)}, {"abs": 1e-12, "rel": 1e-9})
g, y, s = dataset(); p = (s > .5).astype(int)
m = ClassificationMetric(aif(g, y), aif(g, y, p=p), **groups)
case("false-negative rates, unprivileged - privileged", {"kind": "fairness-false-negatives", "truth": y, "predicted": p, "group": g, "privileged": 1}, {"difference": m.false_negative_rate_difference()}, {"abs": 1e-12, "rel": 1e-9})
s = np.where(np.isclose(s * 5 % 1, 0), s + .003, s)  # not on an edge of a bin: there the two part
out = {str(k): dict(zip(("positiveShare", "meanScore"), calibration_curve(y[g == k], s[g == k], n_bins=5))) for k in (0, 1)}
case("calibration by group, 5 bins", {"kind": "fairness-calibration", "truth": y, "scores": s, "group": g, "bins": 5}, out, {"abs": 1e-12, "rel": 1e-9})
y3, g3 = r.integers(0, 3, 90), np.array(["a", "b", "c"])[r.integers(0, 3, 90)]; p3 = np.where(r.uniform(size=90) < .7, y3, r.integers(0, 3, 90))
spread = {name: [MetricFrame(metrics=fn, y_true=(y3 == k).astype(int), y_pred=(p3 == k).astype(int), sensitive_features=g3).difference() for k in range(3)] for name, fn in
          (("selectionRate", fairlearn.metrics.selection_rate), ("truePositiveRate", fairlearn.metrics.true_positive_rate), ("falsePositiveRate", fairlearn.metrics.false_positive_rate))}
case("three classes, each against the rest", {"kind": "fairness-multiclass", "truth": y3, "predicted": p3, "group": g3}, {name: {"difference": max(v), "class": str(int(np.argmax(v))), "mean": np.mean(v)} for name, v in spread.items()}, {"abs": 1e-12, "rel": 1e-9})

# Disparate-impact repair of a column in two and in three groups, ties among it.
from aif360.algorithms.preprocessing import DisparateImpactRemover
for n_groups, level in ((2, 1.0), (2, .4), (3, 1.0), (3, .7)):
    g = r.integers(0, n_groups, 70); x = np.round(r.normal(size=70) * (1 + g) + g, 1)
    d = BinaryLabelDataset(df=pd.DataFrame({"x": x, "g": g.astype(float), "y": r.integers(0, 2, 70).astype(float)}), label_names=["y"], protected_attribute_names=["g"])
    out = DisparateImpactRemover(repair_level=level, sensitive_attribute="g").fit_transform(d).features[:, d.feature_names.index("x")]
    case(f"disparate-impact repair, {n_groups} groups, level {level}", {"kind": "fairness-repair", "rows": x.reshape(-1, 1), "group": g, "level": level}, {"rows": out.reshape(-1, 1)}, {"abs": 1e-12, "rel": 1e-12})

# Grid search: the classifier that each multiplier gives, of a learner that says 1 in a cell where y = 1 weighs more.
class Table:
    def fit(self, X, y, sample_weight):
        x = np.asarray(X).ravel().astype(int); self.one = {c for c in set(x) if sample_weight[(x == c) & (np.asarray(y) == 1)].sum() > sample_weight[(x == c) & (np.asarray(y) == 0)].sum() + 1e-9}
        return self
    def predict(self, X): return np.array([int(c in self.one) for c in np.asarray(X).ravel().astype(int)])
for k in range(2):
    g = np.array(["a", "b"])[r.integers(0, 2, 120)]; x = np.clip(r.integers(0, 5, 120) + (g == "b"), 0, 5); y = (r.uniform(size=120) < .15 + .12 * x).astype(int)
    lambdas = np.round(np.linspace(-1.5, 1.5, 7), 6)
    grid = pd.DataFrame({j: {("+", "all", "a"): max(v, 0), ("+", "all", "b"): 0., ("-", "all", "a"): max(-v, 0), ("-", "all", "b"): 0.} for j, v in enumerate(lambdas)})
    grid.index = pd.MultiIndex.from_tuples(grid.index, names=["sign", "event", "group_id"])
    m = GridSearch(Table(), DemographicParity(difference_bound=1e-9), grid=grid).fit(x.reshape(-1, 1), y, sensitive_features=g)
    said = [one.predict(x.reshape(-1, 1)) for one in m.predictors_]
    rates = [[abs(h[g == one].mean() - h.mean()) for one in "ab"] for h in said]
    case(f"grid search, demographic parity {k}", {"kind": "fairness-grid-search", "rows": x.reshape(-1, 1), "labels": y, "group": g, "gridSize": 7, "gridLimit": 1.5},
         {"multipliers": [[v] for v in lambdas], "predicted": said, "error": [np.mean(h != y) for h in said], "violation": [max(one) for one in rates]}, {"abs": 1e-9, "rel": 1e-9})

json.dump({"source": f"fairlearn {fairlearn.__version__} CorrelationRemover, MetricFrame, GridSearch; aif360 {aif360.__version__} RejectOptionClassification, EqOddsPostprocessing, ClassificationMetric, DisparateImpactRemover; scikit-learn {sklearn.__version__} LogisticRegression, calibration_curve and metrics; SciPy ks_2samp", "notes": ["made by test/oracles/make/fairness.py", "equalized odds: the error of the optimum is compared, since several optima may exist"], "cases": cases}, sys.stdout, indent=1)
