"""Makes test/oracles/causal.json. pip install pgmpy==1.1.2 networkx statsmodels==0.14.6; python test/oracles/make/causal.py"""
import itertools
import json
import pathlib
import networkx as nx
import numpy as np
import pgmpy
import statsmodels
import statsmodels.api as sm
from pgmpy.base import DAG
from pgmpy.inference import CausalInference

rng = np.random.default_rng(3)
cases = []


def add(name, input, expected, tolerance=1e-9):
    cases.append(dict(name=name, input=input, expected=expected, tolerance=dict(abs=tolerance, rel=tolerance)))


def sets(nodes, holds):
    """The sets that hold and have no smaller one inside."""
    found = []
    for size in range(len(nodes) + 1):
        for one in itertools.combinations(nodes, size):
            if not any(set(less) <= set(one) for less in found) and holds(one):
                found.append(one)
    return sorted(sorted(one) for one in found)


def front_door(edges, nodes, one):
    """Pearl's criterion for the set as a whole, by networkx's d-separation. pgmpy asks each member alone: the same for one mediator, stricter for several."""
    full = nx.DiGraph(); full.add_nodes_from(nodes); full.add_edges_from(edges)
    cut = lambda out: nx.DiGraph(nx.restricted_view(full, [], [tuple(edge) for edge in edges if edge[0] in out]))
    if not one or not nx.has_path(full, "t", "y") or nx.has_path(nx.restricted_view(full, list(one), []), "t", "y"):
        return False
    return nx.is_d_separator(cut("t"), {"t"}, set(one), set()) and nx.is_d_separator(cut(one), set(one), {"y"}, {"t"})


fixed = [
    ("the classic front door", [["u", "t"], ["u", "y"], ["t", "m"], ["m", "y"]], ["u"]),
    ("M-bias: nothing to adjust for", [["a", "t"], ["a", "c"], ["b", "c"], ["b", "y"], ["t", "y"]], ["a", "b"]),
    ("a chain of two mediators", [["u", "t"], ["u", "y"], ["t", "m"], ["m", "n"], ["n", "y"]], ["u"]),
    ("two mediators side by side", [["u", "t"], ["u", "y"], ["t", "m"], ["t", "n"], ["m", "y"], ["n", "y"]], ["u"]),
]
random = []
while len(random) < 16:
    order = ["a", "b", "t", "c", "m", "y"] if len(random) % 2 else ["u", "t", "m", "n", "y"]
    edges = [[x, y] for x, y in itertools.combinations(order, 2) if rng.random() < 0.5]
    if {"t", "y"} <= {node for edge in edges for node in edge}:
        random.append((f"random graph {len(random)}", edges, ["u"] if "u" in order else []))
for name, edges, hidden in fixed + random:
    graph = DAG(edges)
    infer = CausalInference(graph)
    others = [node for node in sorted(graph.nodes) if node not in ("t", "y", *hidden)]
    for size in (1, 2):
        for one in itertools.combinations(others, size):
            theirs = infer.is_valid_frontdoor_adjustment_set("t", "y", list(one))
            assert front_door(edges, graph.nodes, one) == theirs or (size > 1 and not theirs), (name, one)
    effects = nx.descendants(graph, "t")
    back = {",".join(one): bool(infer.is_valid_backdoor_adjustment_set("t", "y", list(one)))
            for size in range(len(others) + 1) for one in itertools.combinations([node for node in others if node not in effects], size)}
    add(name, dict(kind="causal-sets", edges=edges, nodes=sorted(graph.nodes), observed=[*others, "t", "y"]),
        dict(isBackdoorSet=back, frontdoorSets=sets(others, lambda one: front_door(edges, graph.nodes, one))))

# Front-door effect by two regressions.
n = 200
u = rng.normal(size=n)
t = np.round(u + rng.normal(size=n), 3)
m = np.round(0.8 * t + rng.normal(size=n), 3)
k = np.round(-0.3 * t + rng.normal(size=n), 3)
y = np.round(1.5 * m + 2 * k + 2 * u + rng.normal(size=n), 3)
slope = lambda on, *of: sm.OLS(on, sm.add_constant(np.column_stack(of))).fit().params[1:]
second = slope(y, m, k, t)
add("front-door effect through two mediators", dict(kind="causal-frontdoor", data=dict(t=t.tolist(), m=m.tolist(), k=k.tolist(), y=y.tolist()), mediators=["m", "k"]),
    dict(effect=float(slope(m, t)[0] * second[0] + slope(k, t)[0] * second[1]), naive=float(slope(y, t)[0])))

file = dict(source=f"pgmpy {pgmpy.__version__} CausalInference, networkx {nx.__version__}, statsmodels {statsmodels.__version__} OLS; made by test/oracles/make/causal.py",
            notes=["isBackdoorSet: of every set of observed nodes that are no effects of t", "frontdoorSets: the smallest valid sets of observed nodes, by networkx's d-separation; pgmpy agrees on single mediators"], cases=cases)
path = pathlib.Path(__file__).parent.parent / "causal.json"
path.write_text(json.dumps(file, separators=(",", ":")))
print(len(cases), "cases", path.stat().st_size, "bytes")
