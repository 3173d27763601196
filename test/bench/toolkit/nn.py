"""scikit-learn's side of the bench of nn. usage: nn.py FOLDER

Writes data.json into FOLDER, prints {"ready": version}, then answers each line of stdin, a task's name, with {"seconds": ..., "score": ...}.
One job: the helpers use one thread too. Only fit or predict is timed.
"""
import json, os, sys, time, warnings
import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
rng = np.random.default_rng(0)
n, d = 5000, 20
x = rng.normal(size=(2 * n, d)).astype(np.float32).astype(np.float64)
signal = x[:, 0] + 0.7 * x[:, 1] * x[:, 2] - 0.5 * np.abs(x[:, 3]) + 0.5 * rng.normal(size=2 * n)
classes = np.digitize(signal, np.quantile(signal, [1 / 3, 2 / 3]))
train, test, y, other, number, far = x[:n], x[n:], classes[:n], classes[n:], signal[:n], signal[n:]
with open(os.path.join(sys.argv[1], "data.json"), "w") as file:
    json.dump({"x": train.tolist(), "y": y.tolist(), "number": number.tolist(), "test": test.tolist(), "testY": other.tolist(), "testNumber": far.tolist()}, file)

models = {
    "tree gini": lambda: DecisionTreeClassifier(random_state=0), "tree entropy": lambda: DecisionTreeClassifier(criterion="entropy", random_state=0), "tree regression": lambda: DecisionTreeRegressor(random_state=0),
    "forest": lambda: RandomForestClassifier(100, random_state=0, n_jobs=1), "forest with out-of-bag": lambda: RandomForestClassifier(100, random_state=0, n_jobs=1, oob_score=True),
    "forest regression": lambda: RandomForestRegressor(20, random_state=0, n_jobs=1), "logistic": lambda: LogisticRegression(tol=1e-8, max_iter=10000),
    "knn": lambda: KNeighborsClassifier(5), "knn 3 columns": lambda: KNeighborsClassifier(5), "k-means": lambda: KMeans(8, n_init=3, random_state=0, tol=0),
}
fitted = {}


def answer(task):
    what, name = task.split(" ", 1)
    a, b = (train[:, :3], test[:, :3]) if name == "knn 3 columns" else (train, test)
    numbers = name.endswith("regression")
    if what == "fit":
        model = models[name]()
        started = time.perf_counter()
        fitted[name] = model.fit(a, number if numbers else y)
        seconds = time.perf_counter() - started
        return seconds, float(-model.inertia_) if name == "k-means" else 0.0
    started = time.perf_counter()
    said = fitted[name].predict(b)
    seconds = time.perf_counter() - started
    return seconds, float(1 - np.mean((said - far) ** 2) / np.var(far)) if numbers else float(np.mean(said == other))


print(json.dumps({"ready": sklearn.__version__}), flush=True)
for line in sys.stdin:
    seconds, score = answer(line.strip())
    print(json.dumps({"seconds": seconds, "score": score}), flush=True)
