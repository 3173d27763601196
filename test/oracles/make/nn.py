"""Records test/oracles/nn.json. pip install scikit-learn==1.9.1; python nn.py OUT"""
import json, math, sys
import numpy as np
from scipy.special import softmax
import sklearn
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import (average_precision_score, brier_score_loss, cohen_kappa_score, balanced_accuracy_score, classification_report, confusion_matrix,
                             log_loss, matthews_corrcoef, max_error, mean_absolute_error, mean_squared_error, precision_recall_curve, r2_score, roc_auc_score, roc_curve)
from sklearn.calibration import calibration_curve
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(8)
cases = []


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if isinstance(value, (np.integer, np.bool_)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.14g}") if math.isfinite(value) else str(float(value)).replace("inf", "Infinity").replace("nan", "NaN")
    return value


def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **plain(data)}, "expected": plain(expected), "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})


# Values that 32 bits hold, as scikit-learn's trees round to them.
def table(n, d, digits=3):
    return np.round(rng.normal(size=(n, d)), digits).astype(np.float32).astype(np.float64)


def tree_case(name, x, y, query, params, regression=False, weights=None, path=False):
    words = {"max_depth": "maxDepth", "min_samples_leaf": "minSamplesLeaf", "min_samples_split": "minSamplesSplit", "ccp_alpha": "ccpAlpha", "criterion": "criterion", "class_weight": "classWeight"}
    make = lambda seed, **more: (DecisionTreeRegressor if regression else DecisionTreeClassifier)(random_state=seed, **params, **more).fit(x, y, sample_weight=weights)
    models = [make(seed) for seed in range(12)]
    # Only trees that no tie decides: every order of features gives the same.
    same = all(np.array_equal(m.tree_.feature, models[0].tree_.feature) and np.array_equal(m.tree_.threshold, models[0].tree_.threshold) for m in models)
    if not same:
        print("tie, left out:", name, file=sys.stderr)
        return False
    m = models[0]
    t = m.tree_
    expected = {
        "nodeCount": t.node_count, "depth": m.get_depth(), "leaves": m.get_n_leaves(), "importances": m.feature_importances_, "queryPredictions": m.predict(query),
        "tree": {"childrenLeft": t.children_left, "childrenRight": t.children_right, "feature": t.feature, "threshold": np.where(t.children_left < 0, 0, t.threshold),
                 "value": t.value[:, 0, 0] if regression else t.value[:, 0, :], "nodeSamples": t.weighted_n_node_samples, "impurity": t.impurity},
    }
    if not regression:
        expected["queryProbabilities"] = m.predict_proba(query)
    if path:
        found = make(0).cost_complexity_pruning_path(x, y, sample_weight=weights)
        expected["pruningPath"] = {"alphas": found.ccp_alphas, "impurities": found.impurities}
    data = {"x": x, "y": y, "query": query, **{words[k]: v for k, v in params.items() if k != "criterion" or not regression}}
    if regression:
        data["regression"] = True
    if weights is not None:
        data["weights"] = weights
    if params.get("class_weight") not in (None, "balanced"):
        data["classWeight"] = {str(k): v for k, v in params["class_weight"].items()}
    add(name, "decision-tree", data, expected, abs=1e-9, rel=1e-7)
    return True


def until_clear(build):
    for _ in range(60):
        if build():
            return
    raise SystemExit("no case without ties")


def labels(x, classes, noise):
    score = x[:, 0] - 0.8 * x[:, 1] + noise * rng.normal(size=len(x))
    return np.digitize(score, np.quantile(score, np.arange(1, classes) / classes))


def classification(name, n, d, classes, params, weights=False, path=False):
    def build():
        x = table(n, d, 4)
        y = labels(x, classes, 0.7)
        w = np.round(rng.uniform(0.2, 3, n), 3) if weights else None
        return tree_case(name, x, y, table(6, d), params, weights=w, path=path)
    until_clear(build)


classification("tree: gini, depth 3", 60, 4, 2, {"criterion": "gini", "max_depth": 3})
classification("tree: entropy, leaves of 5, 3 classes", 80, 4, 3, {"criterion": "entropy", "min_samples_leaf": 5, "max_depth": 5})
classification("tree: gini, min split 20, path of pruning", 90, 3, 2, {"criterion": "gini", "min_samples_split": 20, "min_samples_leaf": 4}, path=True)
classification("tree: entropy, pruned", 90, 3, 3, {"criterion": "entropy", "min_samples_leaf": 4, "ccp_alpha": 0.05}, path=False)
classification("tree: gini, pruned", 90, 3, 2, {"criterion": "gini", "min_samples_leaf": 3, "ccp_alpha": 0.02})
classification("tree: gini, row weights", 60, 3, 3, {"criterion": "gini", "max_depth": 4, "min_samples_leaf": 3}, weights=True)
classification("tree: entropy, row weights, path of pruning", 60, 3, 2, {"criterion": "entropy", "max_depth": 4, "min_samples_leaf": 3}, weights=True, path=True)
classification("tree: balanced classes", 60, 3, 3, {"criterion": "gini", "max_depth": 3, "min_samples_leaf": 3, "class_weight": "balanced"})
classification("tree: class weights", 60, 3, 2, {"criterion": "gini", "max_depth": 3, "min_samples_leaf": 3, "class_weight": {0: 1.0, 1: 4.5}})


def regression(name, n, params, weights=False, path=False):
    def build():
        x = table(n, 3, 4)
        y = np.round(2 * x[:, 0] + np.sin(3 * x[:, 1]) + 0.3 * rng.normal(size=n), 3)
        w = np.round(rng.uniform(0.2, 3, n), 3) if weights else None
        return tree_case(name, x, y, table(6, 3), params, regression=True, weights=w, path=path)
    until_clear(build)


regression("regression tree, depth 4", 70, {"max_depth": 4, "min_samples_leaf": 2})
regression("regression tree, pruned, path", 70, {"min_samples_leaf": 5}, path=True)
regression("regression tree, row weights, ccp", 60, {"min_samples_leaf": 4, "ccp_alpha": 0.05}, weights=True)

# Linear models.
x = table(40, 4)
y = np.round(x @ [1.5, -2, 0.3, 0] + 4 + rng.normal(size=40), 3)
w = np.round(rng.uniform(0.1, 2, 40), 3)
for name, alpha, weights in [("weighted", 0, w), ("weighted ridge", 3.5, w)]:
    m = (Ridge(alpha=alpha) if alpha else LinearRegression()).fit(x, y, sample_weight=weights)
    add(f"linear regression, {name}", "linear-regression", {"x": x, "y": y, "ridgeAlpha": alpha, "weights": weights},
        {"coef": m.coef_, "intercept": m.intercept_, "r2": m.score(x, y, sample_weight=weights), "mse": mean_squared_error(y, m.predict(x), sample_weight=weights)})


def objective(m, x, y, weights):
    z = m.decision_function(x)
    z = np.column_stack([np.zeros(len(z)), z]) if z.ndim == 1 else z
    p = softmax(z, axis=1)[np.arange(len(y)), y]
    return float(-(weights * np.log(p)).sum() + 0.5 / m.C * (m.coef_ ** 2).sum())


for name, classes, C, weights, class_weight, scale in [("3 classes", 3, 1.0, None, None, 1), ("3 classes, weights", 3, 0.2, w, None, 1), ("balanced", 2, 2.0, None, "balanced", 1), ("units far apart", 2, 1.0, None, None, [1, 100, 0.01, 10])]:
    xs = x * scale
    yc = labels(x, classes, 1.0) if class_weight is None else (x[:, 0] > 0.6).astype(int)
    m = LogisticRegression(C=C, tol=1e-12, max_iter=100000, solver="newton-cg" if scale != 1 else "lbfgs", class_weight=class_weight).fit(xs, yc, sample_weight=weights)
    effective = np.ones(40) if weights is None else weights
    if class_weight:
        counts = np.bincount(yc)
        effective = effective * (len(yc) / (len(counts) * counts))[yc]
    data = {"x": xs, "y": yc, "C": C}
    if weights is not None: data["weights"] = weights
    if class_weight: data["classWeight"] = class_weight
    add(f"logistic regression, {name}", "logistic-regression", data, {"coef": m.coef_, "intercept": m.intercept_, "probabilities": m.predict_proba(xs)[:8], "objectiveValue": objective(m, xs, yc, effective)}, abs=1e-5, rel=1e-5)

# Clusters and components.
points = np.round(np.vstack([rng.normal(size=(15, 3)) + c for c in ([0, 0, 0], [4, 1, 0], [0, 4, 4], [5, 5, 0])]), 3)
init = points[[0, 1, 20, 40]]
m = KMeans(4, init=init, n_init=1, tol=0).fit(points)
add("k-means, 4 clusters, two starts in one", "k-means", {"x": points, "init": init}, {"inertia": m.inertia_, "centers": m.cluster_centers_, "labels": m.labels_})
for name, data, params in [("tall", points, {}), ("wide, 5 rows", table(5, 8), {"n_components": 4}), ("whitened", points, {"n_components": 2, "whiten": True})]:
    m = PCA(svd_solver="full", **params).fit(data)
    add(f"pca, {name}", "pca", {"x": data, **({"components": params["n_components"]} if params else {}), **({"whiten": True} if "whiten" in params else {})},
        {"explainedVariance": m.explained_variance_, "explainedVarianceRatio": m.explained_variance_ratio_, "components": m.components_, "singularValues": m.singular_values_, "mean": m.mean_, "transformed": m.transform(data)})

# Neighbours.
x = table(60, 3)
query = table(8, 3)
y = labels(x, 3, 0.5)
for distance in ["euclidean", "manhattan", "chebyshev", "cosine"]:
    for weights in ["uniform", "distance"]:
        m = KNeighborsClassifier(5, metric=distance, weights=weights, algorithm="brute").fit(x, y)
        distances, indices = m.kneighbors(query)
        add(f"k nearest, {distance}, {weights}", "k-nearest", {"x": x, "y": y, "query": query, "k": 5, "distance": distance, "weights": weights}, {"predictions": m.predict(query), "probabilities": m.predict_proba(query), "indices": indices, "distances": distances})
m = KNeighborsRegressor(4, weights="distance").fit(x, x[:, 0] * 2)
add("k nearest, numbers", "k-nearest", {"x": x, "y": x[:, 0] * 2, "query": query, "k": 4, "distance": "euclidean", "weights": "distance", "regression": True}, {"predictions": m.predict(query)})

m = GaussianNB().fit(x, y)
add("gaussian naive bayes", "gaussian-naive-bayes", {"x": x, "y": y, "query": query}, {"means": m.theta_, "variances": m.var_, "priors": m.class_prior_, "probabilities": m.predict_proba(query)})

# Metrics.
truth = rng.integers(0, 4, 50)
said = np.where(rng.random(50) < 0.6, truth, rng.integers(0, 4, 50))
add("report, 4 classes, kappas", "classification-report", {"yTrue": truth, "yPred": said}, {
    "report": classification_report(truth, said, output_dict=True, zero_division=0), "confusion": confusion_matrix(truth, said), "matthews": matthews_corrcoef(truth, said), "cohenKappa": cohen_kappa_score(truth, said),
    "balancedAccuracy": balanced_accuracy_score(truth, said), "kappaLinear": cohen_kappa_score(truth, said, weights="linear"), "kappaQuadratic": cohen_kappa_score(truth, said, weights="quadratic")})
for name, n, digits, weighted in [("many ties", 60, 1, False), ("weights", 40, 2, True)]:
    y = rng.integers(0, 2, n)
    score = np.clip(np.round(0.5 + 0.25 * (2 * y - 1) * rng.random(n) + 0.2 * rng.normal(size=n), digits), 0.05, 0.95)
    w = np.round(rng.uniform(0.1, 3, n), 3) if weighted else None
    fpr, tpr, thresholds = roc_curve(y, score, sample_weight=w, drop_intermediate=False)
    precision, recall, cuts = precision_recall_curve(y, score, sample_weight=w)
    expected = {"rocAuc": roc_auc_score(y, score, sample_weight=w), "averagePrecision": average_precision_score(y, score, sample_weight=w), "logLoss": log_loss(y, score, sample_weight=w), "brier": brier_score_loss(y, score, sample_weight=w),
                "rocCurve": {"fpr": fpr, "tpr": tpr, "thresholds": thresholds}, "prCurve": {"precision": precision, "recall": recall, "thresholds": cuts}}
    if not weighted:
        frequency, confidence = calibration_curve(y, score + 1e-12, n_bins=8)
        expected["calibrationCurve"] = {"frequency": frequency, "confidence": confidence}
    add(f"binary scores, {name}", "binary-scores", {"y": y, "score": score, "bins": 8, **({"weights": w} if weighted else {})}, expected)
p = softmax(rng.normal(size=(30, 3)), axis=1)
y = rng.integers(0, 3, 30)
add("probabilities of 3 classes", "multiclass-scores", {"y": y, "probabilities": p}, {"logLoss": log_loss(y, p), "brier": brier_score_loss(y, p)})
a, b, w = np.round(rng.normal(size=20), 3), np.round(rng.normal(size=20), 3), np.round(rng.uniform(0, 2, 20), 3)
add("regression scores", "regression-scores", {"yTrue": a, "yPred": b}, {"mse": mean_squared_error(a, b), "mae": mean_absolute_error(a, b), "r2": r2_score(a, b), "maxError": max_error(a, b)})
add("regression scores, weights", "regression-scores", {"yTrue": a, "yPred": b, "weights": w}, {"mse": mean_squared_error(a, b, sample_weight=w), "mae": mean_absolute_error(a, b, sample_weight=w), "r2": r2_score(a, b, sample_weight=w)})

with open(sys.argv[1], "w") as file:
    notes = ["decision-tree: cases where equally good splits would decide are left out; rows hold values that 32 bits hold", "k-means: from the centres of init, to rest", "logistic-regression: C * sum of log-losses + 0.5 * |coef|^2, intercepts free"]
    json.dump({"source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", "notes": notes, "cases": cases}, file)
    file.write("\n")
