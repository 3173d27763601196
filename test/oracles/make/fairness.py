"""Records test/oracles/fairness-own.json: pip install fairlearn==0.15.0 aif360==0.6.1 scikit-learn; python fairness.py > ../fairness-own.json"""
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
import aif360, fairlearn, sklearn

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

json.dump({"source": f"fairlearn {fairlearn.__version__} CorrelationRemover, MetricFrame; aif360 {aif360.__version__} RejectOptionClassification, EqOddsPostprocessing; scikit-learn {sklearn.__version__} LogisticRegression and metrics", "notes": ["made by test/oracles/make/fairness.py", "equalized odds: the error of the optimum is compared, since several optima may exist"], "cases": cases}, sys.stdout, indent=1)
