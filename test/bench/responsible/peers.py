"""The Python packages' side of the bench. usage: peers.py FOLDER

Writes the inputs of every task into FOLDER, prints {"ready": versions}, then answers each line of stdin, a task's name,
with {"seconds": ..., "result": [[...]]}. Only the computation is timed: data are already in the form that the package wants.
"""
import contextlib, json, logging, os, sys, time, warnings
import numpy as np
import pandas as pd
import crowdkit, fairlearn, shap, sklearn
from crowdkit.aggregation import DawidSkene
from fairlearn.metrics import MetricFrame, count, false_positive_rate, selection_rate, true_positive_rate
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import accuracy_score

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
folder = sys.argv[1]
rng = np.random.default_rng(0)


def write(name, value):
    with open(os.path.join(folder, f"{name}.json"), "w") as file:
        json.dump(value, file)


# Metrics by group: a million rows, five groups.
rows = 1_000_000
names = ["north", "east", "south", "west", "centre"]
codes = rng.integers(0, 5, rows)
truth = rng.integers(0, 2, rows)
predicted = np.where(rng.random(rows) < 0.8, truth, 1 - truth)
group = pd.Series(np.array(names)[codes]).astype("category")  # the form in which fairlearn is fastest
write("by-group", {"names": names, "codes": codes.tolist(), "truth": truth.tolist(), "predicted": predicted.tolist()})
metrics = {"count": count, "selection": selection_rate, "accuracy": accuracy_score, "true positive": true_positive_rate, "false positive": false_positive_rate}


def by_group():
    frame = MetricFrame(metrics=metrics, y_true=truth, y_pred=predicted, sensitive_features=group)
    return frame.by_group.loc[names].to_numpy(dtype=float)


# Shapley values: ten columns.
x = rng.normal(size=(1000, 10))
y = 2 * x[:, 0] + x[:, 1] * x[:, 2] + np.sin(x[:, 3]) + 0.1 * rng.normal(size=1000)
forest = RandomForestRegressor(100, max_depth=6, random_state=0, n_jobs=1).fit(x, y)
x32 = x.astype(np.float32)
keys = {"feature": "feature", "threshold": "threshold", "left": "children_left", "right": "children_right", "cover": "weighted_n_node_samples"}
trees = [{key: getattr(one.tree_, name).tolist() for key, name in keys.items()} | {"value": one.tree_.value[:, 0, 0].tolist()} for one in forest.estimators_]
write("shap", {"x": x32.astype(float).tolist(), "trees": trees})
weights = np.arange(1, 11.0)
kernel = shap.KernelExplainer(lambda rows: rows @ weights + rows[:, 0] * rows[:, 1], x32.astype(float)[:100])
tree = shap.TreeExplainer(forest, feature_perturbation="tree_path_dependent")


def kernel_shap():
    with contextlib.redirect_stderr(None):
        return kernel.shap_values(x32.astype(float)[:100], l1_reg=0, silent=True)


# Dawid and Skene: 20,000 items, five labels each of 50 annotators, four classes.
right = rng.integers(0, 4, 20_000)
votes = [(item, int(who), int(right[item] if rng.random() < 0.7 else rng.integers(0, 4))) for item in range(20_000) for who in rng.choice(50, 5, replace=False)]
write("labels", votes)
table = pd.DataFrame(votes, columns=["task", "worker", "label"])


def dawid_skene():
    return DawidSkene(n_iter=10, tol=-1e9).fit(table).labels_.sort_index().to_numpy().reshape(1, -1)


tasks = {"by-group": by_group, "kernel-shap": kernel_shap, "tree-shap": lambda: tree.shap_values(x32), "dawid-skene": dawid_skene}
versions = {"fairlearn": fairlearn.__version__, "shap": shap.__version__, "crowd-kit": crowdkit.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__}
print(json.dumps({"ready": versions}), flush=True)
for line in sys.stdin:
    started = time.perf_counter()
    result = tasks[line.strip()]()
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "result": np.asarray(result, dtype=float).tolist()}), flush=True)
