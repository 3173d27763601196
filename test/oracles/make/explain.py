"""Makes test/oracles/explain-more.json: what explain.json does not cover.

python -m venv V; V/bin/pip install shap scikit-learn lime networkx numpy; V/bin/python test/oracles/make/explain.py
"""
import json
import pathlib
import numpy as np
import networkx as nx
import shap
import sklearn
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.tree import DecisionTreeRegressor, DecisionTreeClassifier
from sklearn.ensemble import GradientBoostingRegressor, RandomForestClassifier

rng = np.random.default_rng(7)
rounded = lambda *shape: np.round(rng.normal(size=shape), 3)
cases = []


def add(name, input, expected, tolerance=1e-8):
    cases.append(dict(name=name, input=input, expected=expected, tolerance=dict(abs=tolerance, rel=tolerance)))


def plain(tree, value):
    return dict(feature=tree.feature.tolist(), threshold=tree.threshold.tolist(), left=tree.children_left.tolist(), right=tree.children_right.tolist(),
                value=value.tolist(), cover=tree.weighted_n_node_samples.tolist())


# KernelSHAP with the logit link, all coalitions.
model = dict(link="sigmoid", bias=0.3, terms=[dict(coef=1.2, exponents=[1, 0, 0, 0]), dict(coef=-0.7, exponents=[0, 1, 1, 0]), dict(coef=0.4, exponents=[0, 0, 0, 2])])
def predict(z):
    s = model["bias"] + sum(t["coef"] * np.prod(z ** np.array(t["exponents"]), axis=1) for t in model["terms"])
    return 1 / (1 + np.exp(-s))
background, x = rounded(6, 4), rounded(3, 4)
kernel = shap.KernelExplainer(predict, background, link="logit")
add("kernel shap: logit link", dict(kind="kernel-shap-logit", model=model, background=background.tolist(), x=x.tolist()),
    dict(values=kernel.shap_values(x, l1_reg=0, silent=True).tolist(), baseValue=float(kernel.expected_value)), 1e-7)

# Deep boosted (less their constant start) and classification trees. Rows are 32-bit numbers, as scikit-learn compares them.
X = rounded(200, 6).astype(np.float32).astype(float)
y = X[:, 0] * 2 + X[:, 1] * X[:, 2] + np.abs(X[:, 3])
boosted = GradientBoostingRegressor(n_estimators=20, max_depth=4, learning_rate=0.3, random_state=0).fit(X, y)
trees = [plain(t[0].tree_, t[0].tree_.value[:, 0, 0] * 0.3) for t in boosted.estimators_]
explainer = shap.TreeExplainer(boosted, feature_perturbation="tree_path_dependent")
against = shap.TreeExplainer(boosted, X[:20], feature_perturbation="interventional")
add("tree shap: 20 boosted trees of depth 4, summed", dict(kind="tree-shap-plain", trees=trees, aggregate="sum", x=X[:5].tolist(), background=X[:20].tolist()),
    dict(pathDependent=explainer.shap_values(X[:5]).tolist(), interventional=against.shap_values(X[:5]).tolist(), prediction=(boosted.predict(X[:5]) - y.mean()).tolist()), 1e-6)
forest = RandomForestClassifier(10, random_state=1).fit(X, (y > 1).astype(int) + (y > 0))
trees = [plain(t.tree_, t.tree_.value[:, 0, :]) for t in forest.estimators_]
add("tree shap: forest of 10 grown trees, class 2 of 3", dict(kind="tree-shap-plain", trees=trees, aggregate="mean", output=2, x=X[:3].tolist()),
    dict(pathDependent=shap.TreeExplainer(forest).shap_values(X[:3])[:, :, 2].tolist(), prediction=forest.predict_proba(X[:3])[:, 2].tolist()), 1e-6)

# Partial dependence of a fitted tree, given as plain data.
grower = DecisionTreeRegressor(max_depth=4, random_state=0).fit(X, y)
made = partial_dependence(grower, X[:40], [0], kind="both", custom_values={0: np.array([-1.5, -0.5, 0.0, 0.5, 1.5])})
add("partial dependence and ICE", dict(kind="partial-dependence", tree=plain(grower.tree_, grower.tree_.value[:, 0, 0]), x=X[:40].tolist(), feature=0, grid=[-1.5, -0.5, 0.0, 0.5, 1.5]),
    dict(average=made["average"][0].tolist(), individual=made["individual"][0].tolist()))

# CART: the surrogate's tree is scikit-learn's on the same answers.
for task, grow, answers in [("regression", DecisionTreeRegressor(max_depth=3, min_samples_leaf=3, random_state=0), y[:80]), ("classification", DecisionTreeClassifier(max_depth=3, min_samples_leaf=3, random_state=0), (y[:80] > 0.5).astype(float))]:
    tree = grow.fit(X[:80], answers).tree_
    add(f"surrogate tree: {task}", dict(kind="cart", task=task, depth=3, leaf=3, x=X[:80].tolist(), y=answers.tolist()),
        dict(feature=tree.feature.tolist(), left=tree.children_left.tolist(), cover=tree.weighted_n_node_samples.tolist(), prediction=grow.predict(X[:80]).tolist()))

# d-separation on random graphs.
for index in range(12):
    n = 7
    order = rng.permutation(n)
    edges = [[f"n{order[i]}", f"n{order[j]}"] for i in range(n) for j in range(i + 1, n) if rng.random() < 0.3]
    nodes = [f"n{i}" for i in range(n)]
    graph = nx.DiGraph(); graph.add_nodes_from(nodes); graph.add_edges_from(edges)
    given = [v for v in nodes[2:] if rng.random() < 0.4]
    separated = {f"{a},{b}": bool(nx.is_d_separator(graph, {a}, {b}, set(given))) for a in nodes for b in nodes if a < b and a not in given and b not in given}
    add(f"d-separation: graph {index}", dict(kind="d-separation", nodes=nodes, edges=edges, given=given), separated)

# Adjustment, by scikit-learn's regressions and numpy.
n = 300
z = np.column_stack([np.round(rng.normal(size=n), 3), rng.integers(0, 3, n)]).astype(float)
t = (rng.random(n) < 1 / (1 + np.exp(-(0.8 * z[:, 0] + 0.3 * z[:, 1] - 0.3)))).astype(int)
out = np.round(1.5 * t + 2 * z[:, 0] - z[:, 1] + 0.3 * z[:, 0] * t + rng.normal(size=n), 3)
p = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10000, solver="newton-cholesky").fit(z, t).predict_proba(z)[:, 1]
line = [LinearRegression().fit(z[t == arm], out[t == arm]).predict(z) for arm in (0, 1)]
aipw = np.mean(line[1] - line[0] + t * (out - line[1]) / p - (1 - t) * (out - line[0]) / (1 - p))
ipw = np.sum(t / p * out) / np.sum(t / p) - np.sum((1 - t) / (1 - p) * out) / np.sum((1 - t) / (1 - p))
regression = LinearRegression().fit(np.column_stack([z, t]), out).coef_[-1]
strata = sum(np.mean(z[:, 1] == s) * (out[(z[:, 1] == s) & (t == 1)].mean() - out[(z[:, 1] == s) & (t == 0)].mean()) for s in range(3))
add("adjustment estimators", dict(kind="adjustment", data=dict(t=t.tolist(), y=out.tolist(), a=z[:, 0].tolist(), b=z[:, 1].tolist())),
    dict(naive=float(out[t == 1].mean() - out[t == 0].mean()), regression=float(regression), weighting=float(ipw), doublyRobust=float(aipw), stratificationOnB=float(strata)), 1e-6)

file = dict(source=f"shap {shap.__version__}, scikit-learn {sklearn.__version__}, networkx {nx.__version__}; made by test/oracles/make/explain.py",
            notes=["trees: the layout of explain's Tree; rows are 32-bit numbers", "weighting: normalised inverse-probability weights; doublyRobust: AIPW"], cases=cases)
path = pathlib.Path(__file__).parent.parent / "explain-more.json"
path.write_text(json.dumps(file, separators=(",", ":")))
print(len(cases), "cases", path.stat().st_size, "bytes")
