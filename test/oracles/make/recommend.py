"""Records test/oracles/recommend.json. pip install numpy scipy==1.17.1 statsmodels==0.15 scikit-learn==1.9.1; python recommend.py OUT"""
import json, sys
import numpy as np
import scipy, sklearn, statsmodels
from scipy import stats
from sklearn.metrics import ndcg_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_effectsize, proportions_ztest

rng = np.random.default_rng(13)
cases = []
def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **data}, "expected": expected, "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})

# Ratings, dense with gaps; rows in the order in which the helper keeps them, by user.
users, items, d = 8, 6, 3
R = rng.integers(1, 6, (users, items)).astype(float)
mask = rng.random((users, items)) < 0.6
mask[:, 0] = True
rows = [[u, i, R[u, i]] for u in range(users) for i in range(items) if mask[u, i]]
P0, Q0 = rng.normal(0, 0.1, (users, d)).round(4), rng.normal(0, 0.1, (items, d)).round(4)
start = {"users": users, "items": items, "rows": rows, "userFactors": P0.ravel().tolist(), "itemFactors": Q0.ravel().tolist(), "factors": d}

P, Q, bu, bi, mu = P0.copy(), Q0.copy(), np.zeros(users), np.zeros(items), R[mask].mean()
rate, weight, losses = 0.02, 0.05, []
for _ in range(4):
    total = 0
    for u, i, r in rows:
        e = r - (mu + bu[u] + bi[i] + P[u] @ Q[i])
        total += e * e
        bu[u] += rate * (e - weight * bu[u]); bi[i] += rate * (e - weight * bi[i])
        P[u], Q[i] = P[u] + rate * (e * Q[i] - weight * P[u]), Q[i] + rate * (e * P[u] - weight * Q[i])
    losses.append(total / len(rows))
add("SGD with biases, 4 epochs in order", "factorize", {**start, "epochs": 4, "learningRate": rate, "regularization": weight},
    {"userFactors": P.ravel().tolist(), "itemFactors": Q.ravel().tolist(), "userBias": bu.tolist(), "itemBias": bi.tolist(), "mean": mu, "loss": losses})

P, Q, weight = P0.copy(), Q0.copy(), 0.07
for _ in range(3):
    for own, other, seen, values in [(P, Q, mask, R), (Q, P, mask.T, R.T)]:
        for row in range(len(own)):
            V = other[seen[row]]
            own[row] = np.linalg.solve(V.T @ V + weight * len(V) * np.eye(d), V.T @ (values[row][seen[row]] - mu))
add("ALS, 3 epochs", "als", {**start, "epochs": 3, "regularization": weight}, {"userFactors": P.ravel().tolist(), "itemFactors": Q.ravel().tolist(), "loss": float((((R - mu) - P @ Q.T)[mask] ** 2).mean())}, abs=1e-8, rel=1e-8)

P, Q, weight, alpha = P0.copy(), Q0.copy(), 0.2, 4.0
C, pref = 1 + alpha * R * mask, mask.astype(float)
for _ in range(3):
    for own, other, c, p in [(P, Q, C, pref), (Q, P, C.T, pref.T)]:
        for row in range(len(own)):
            W = np.diag(c[row])
            own[row] = np.linalg.solve(other.T @ W @ other + weight * np.eye(d), other.T @ W @ p[row])
loss = ((C * (pref - P @ Q.T) ** 2).sum() + weight * ((P ** 2).sum() + (Q ** 2).sum())) / (users * items)
add("implicit ALS, 3 epochs", "implicit-als", {**start, "epochs": 3, "regularization": weight, "alpha": alpha}, {"userFactors": P.ravel().tolist(), "itemFactors": Q.ravel().tolist(), "loss": float(loss)}, abs=1e-8, rel=1e-8)

dense = np.where(mask, R, 0)
for similarity in ["cosine", "adjusted"]:
    X = dense if similarity == "cosine" else np.where(mask, R - (dense.sum(1) / mask.sum(1))[:, None], 0)
    norm = np.sqrt((X ** 2).sum(0))
    S = (X.T @ X) / (norm[:, None] * norm[None, :] + 2)
    np.fill_diagonal(S, 0)
    near = [sorted([j for j in range(items) if S[i, j] != 0], key=lambda j: (-S[i, j], j))[:3] for i in range(items)]
    means = dense.sum(0) / mask.sum(0)
    predicted = [[(sum(S[i, j] * R[u, j] for j in near[i] if mask[u, j]) / w if (w := sum(abs(S[i, j]) for j in near[i] if mask[u, j])) > 0 else means[i]) for i in range(items)] for u in range(users)]
    add(f"item kNN, {similarity}", "item-knn", {**start, "similarity": similarity, "shrink": 2, "neighbors": 3}, {"nearest": near, "similarities": [[S[i, j] for j in near[i]] for i in range(items)], "predicted": predicted})

for n, k in [(12, 5), (20, 10), (6, 10)]:
    order = rng.permutation(n); relevant = rng.choice(n, 4, replace=False)
    truth = np.isin(order, relevant).astype(float)
    hits = truth[:k]
    place = np.arange(1, len(hits) + 1)
    most = min(k, 4)
    add(f"ranking of {n} items at {k}", "ranking", {"recommended": order.tolist(), "relevant": relevant.tolist(), "k": k}, {
        "precision": hits.sum() / k, "recall": hits.sum() / 4, "ndcg": float(ndcg_score([truth], [-np.arange(n)], k=k)),
        "averagePrecision": float((hits * np.cumsum(hits) / place).sum() / most), "reciprocalRank": float(1 / (np.argmax(hits) + 1)) if hits.any() else 0, "hit": int(hits.any())})
shows = rng.integers(0, 30, 15)
add("Gini by pairs", "gini", {"values": shows.tolist()}, {"gini": float(np.abs(shows[:, None] - shows[None, :]).sum() / (2 * len(shows) ** 2 * shows.mean()))})

for a, n, b, m in [(100, 1000, 130, 1000), (3, 40, 9, 35), (450, 3000, 452, 2900)]:
    expected = {}
    for ours, theirs in [("different", "two-sided"), ("greater", "larger"), ("less", "smaller")]:
        z, p = proportions_ztest([b, a], [m, n], alternative=theirs)
        expected[ours] = {"statistic": float(z), "pValue": float(p)}
    for ours, theirs in [("newcombe", "newcomb"), ("wald", "wald")]:
        expected[ours] = [float(v) for v in confint_proportions_2indep(b, m, a, n, method=theirs, alpha=0.1)]
    add(f"rates {a}/{n} and {b}/{m}", "ab-proportions", {"a": [a, n], "b": [b, m]}, expected)
for n, m, shift in [(12, 15, 0.5), (200, 90, 0.1)]:
    a, b = rng.normal(size=n).round(3), rng.normal(shift, 2, size=m).round(3)
    expected = {}
    for ours, theirs in [("different", "two-sided"), ("greater", "greater"), ("less", "less")]:
        test = stats.ttest_ind(b, a, equal_var=False, alternative=theirs)
        expected[ours] = {"statistic": float(test.statistic), "pValue": float(test.pvalue), "df": float(test.df)}
    interval = stats.ttest_ind(b, a, equal_var=False).confidence_interval(0.9)
    expected["interval"] = [float(interval.low), float(interval.high)]
    add(f"means of {n} and {m}", "ab-means", {"a": a.tolist(), "b": b.tolist()}, expected)
for effect, n, ratio, alpha, side in [(0.2, 50, 1, 0.05, "two-sided"), (0.5, 64, 1, 0.05, "two-sided"), (0.1, 900, 2, 0.01, "larger"), (0.8, 6, 0.5, 0.05, "two-sided")]:
    z, t = NormalIndPower(), TTestIndPower()
    add(f"power {effect} {n} {ratio} {side}", "ab-power", {"effect": effect, "n": n, "ratio": ratio, "alpha": alpha, "alternative": "greater" if side == "larger" else "different"}, {
        "z": float(z.power(effect, n, alpha, ratio, side)), "t": float(t.power(effect, n, alpha, ratio=ratio, alternative=side)),
        "sizeZ": float(z.solve_power(effect, None, alpha, 0.9, ratio, side)), "sizeT": float(t.solve_power(effect, None, alpha, 0.9, ratio, side))}, abs=1e-6, rel=1e-6)
add("effect size", "ab-effect-size", {"from": 0.1, "to": 0.13}, {"effect": float(proportion_effectsize(0.13, 0.1))})
for counts, ratio in [([5000, 5300], [1, 1]), ([980, 2050, 3010], [1, 2, 3])]:
    f = np.array(ratio) / sum(ratio) * sum(counts)
    test = stats.chisquare(counts, f)
    add(f"sample ratio {counts}", "ab-sample-ratio", {"counts": counts, "ratio": ratio}, {"statistic": float(test.statistic), "pValue": float(test.pvalue)})
p = rng.beta(0.4, 2, 12).round(5)
add("several tests", "ab-multiple", {"p": p.tolist()}, {"holm": multipletests(p, method="holm")[1].tolist(), "bh": multipletests(p, method="fdr_bh")[1].tolist()})

x = rng.normal(size=60); y = 0.8 * x + rng.normal(0, 0.5, 60); half = 30
y[half:] += 0.3
theta = np.cov(y, x)[0, 1] / x.var(ddof=1)
adjusted = y - theta * (x - x.mean())
test = stats.ttest_ind(adjusted[half:], adjusted[:half], equal_var=False)
add("CUPED", "ab-cuped", {"a": {"metric": y[:half].tolist(), "before": x[:half].tolist()}, "b": {"metric": y[half:].tolist(), "before": x[half:].tolist()}},
    {"theta": float(theta), "varianceReduction": float(1 - adjusted.var(ddof=1) / y.var(ddof=1)), "pValue": float(test.pvalue), "difference": float(adjusted[half:].mean() - adjusted[:half].mean())})

a, b, tau, alpha, begin = rng.normal(size=150).round(3), rng.normal(0.4, 1, size=150).round(3), 0.3, 0.05, 20
ps, lows, highs, least = [], [], [], 1.0
for n in range(begin, 151):
    v = a[:n].var(ddof=1) + b[:n].var(ddof=1); gap = b[:n].mean() - a[:n].mean()
    # The mixture's ratio by direct integration: likelihood of the mean difference under N(theta, v/n), theta ~ N(0, tau^2), over that under 0.
    ratio = stats.norm.pdf(gap, 0, np.sqrt(v / n + tau ** 2)) / stats.norm.pdf(gap, 0, np.sqrt(v / n))
    least = min(least, 1 / ratio); ps.append(float(least))
    reach = np.sqrt(2 * v * (v + n * tau ** 2) / (n ** 2 * tau ** 2) * (np.log(1 / alpha) + 0.5 * np.log((v + n * tau ** 2) / v)))
    lows.append(float(gap - reach)); highs.append(float(gap + reach))
add("mSPRT", "ab-always-valid", {"a": a.tolist(), "b": b.tolist(), "tau": tau, "from": begin}, {"pValue": ps, "lower": lows, "upper": highs})

def boundaries(times, alpha, spend):
    """Second route: Gauss-Legendre nodes, the density carried on, the bound by Brent's method."""
    from scipy.optimize import brentq
    node, weight = np.polynomial.legendre.leggauss(300)
    at = w = None; before = spent = 0.0; result = []
    for t in times:
        s = np.sqrt(t - before)
        cross = (lambda c: 2 * stats.norm.sf(c / s)) if at is None else (lambda c: float((w * (stats.norm.sf((c - at) / s) + stats.norm.cdf((-c - at) / s))).sum()))
        c = brentq(lambda c: cross(c) - (spend(t) - spent), 1e-9, 8, xtol=1e-13)
        places = node * c
        density = stats.norm.pdf(places, 0, s) if at is None else (stats.norm.pdf(places[:, None], at[None, :], s) * w[None, :]).sum(1)
        at, w, before, spent = places, density * weight * c, t, spend(t)
        result.append(float(c / np.sqrt(t)))
    return result
for name, times, alpha in [("5 looks", [0.2, 0.4, 0.6, 0.8, 1.0], 0.05), ("uneven", [0.3, 0.5, 1.0], 0.01)]:
    obf = lambda t: 4 * stats.norm.sf(stats.norm.ppf(1 - alpha / 4) / np.sqrt(t))  # alpha / 2 on each side
    add(f"group sequential, O'Brien-Fleming, {name}", "ab-group-sequential", {"looks": times, "alpha": alpha, "spending": "obrienFleming"}, {"z": boundaries(times, alpha, obf)}, abs=1e-6, rel=1e-6)
    add(f"group sequential, Pocock, {name}", "ab-group-sequential", {"looks": times, "alpha": alpha, "spending": "pocock"}, {"z": boundaries(times, alpha, lambda t: alpha * np.log(1 + (np.e - 1) * t))}, abs=1e-6, rel=1e-6)

json.dump({"source": f"statsmodels {statsmodels.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}, and numpy references written for the purpose; recorded by make/recommend.py",
           "notes": ["factorisations: from the given vectors, entries in the order of the rows", "A/B: b less a; intervals at 90 %", "group sequential: two-sided, also equal to ldbounds' published 4.8769 3.3569 2.6803 2.2898 2.0310 and 2.4380 2.4268 2.4101 2.3966 2.3859 for 5 looks"],
           "cases": cases}, open(sys.argv[1], "w"))
