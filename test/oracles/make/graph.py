"""Records test/oracles/graph.json. pip install networkx==3.6.1 scikit-learn==1.9.1 torch==2.14; python graph.py OUT"""
import json, sys
import networkx as nx
import numpy as np
import torch
from sklearn.metrics import average_precision_score, roc_auc_score

rng = np.random.default_rng(12)
torch.manual_seed(12)
cases = []
def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **data}, "expected": expected, "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})
def clean(value):
    return "Infinity" if value == float("inf") else value

def graph(n, edges, directed):
    g = (nx.DiGraph if directed else nx.Graph)()
    g.add_nodes_from(range(n))
    g.add_weighted_edges_from(edges)
    return g
def described(g):
    return {"nodes": g.number_of_nodes(), "directed": g.is_directed(), "edges": [[a, b, d.get("weight", 1)] for a, b, d in g.edges(data=True)]}

karate = nx.karate_club_graph()
plain = nx.Graph(); plain.add_nodes_from(karate); plain.add_edges_from(karate.edges())
nx.set_edge_attributes(plain, 1, "weight")
loops = graph(9, [(0, 1, 2.5), (1, 2, 1), (0, 2, 0.5), (2, 3, 4), (3, 3, 1.5), (4, 5, 1), (5, 6, 2), (4, 6, 1), (7, 7, 1)], False)
pairs = [(int(a), int(b), round(float(rng.uniform(0.2, 3)), 3)) for a, b in {(int(a), int(b)) for a, b in rng.integers(0, 14, (30, 2))} if a != b]
arrows = graph(16, pairs, True)
add("the karate club", "karate-club", {}, {"edges": sorted([min(a, b), max(a, b)] for a, b in plain.edges()), "clubs": ["instructor" if karate.nodes[n]["club"] == "Mr. Hi" else "administrator" for n in karate]})
for name, g in [("karate club", plain), ("weights, self-loops, three components", loops), ("directed, weights", arrows)]:
    n = g.number_of_nodes()
    groups = [int(v) for v in rng.integers(0, 3, n)]
    sets = [{i for i in range(n) if groups[i] == k} for k in set(groups)]
    sizes = lambda parts: sorted((len(part) for part in parts), reverse=True)
    expected = {
        "degree": [g.degree(i) for i in range(n)], "weightedDegree": [g.degree(i, weight="weight") for i in range(n)],
        "componentSizes": sizes(nx.weakly_connected_components(g) if g.is_directed() else nx.connected_components(g)),
        "distances": [clean(nx.single_source_shortest_path_length(g, 0).get(i, float("inf"))) for i in range(n)],
        "modularity": nx.community.modularity(g, sets), "modularityResolution": nx.community.modularity(g, sets, resolution=1.7),
    }
    if g.is_directed():
        expected |= {"strongSizes": sizes(nx.strongly_connected_components(g)), "inDegree": [g.in_degree(i) for i in range(n)], "outWeight": [g.out_degree(i, weight="weight") for i in range(n)]}
    else:
        local = nx.clustering(g)
        expected |= {"clustering": [local[i] for i in range(n)], "average": nx.average_clustering(g), "transitivity": nx.transitivity(g)}
        same = [[int(groups[j] == groups[i]) for j in g[i] if j != i] for i in range(n)]
        expected |= {"edgeHomophily": sum(map(sum, same)) / sum(map(len, same)), "nodeHomophily": float(np.mean([np.mean(row) for row in same if row]))}
        h = nx.Graph(g); h.remove_edges_from(list(nx.selfloop_edges(h))); nx.set_node_attributes(h, {i: groups[i] for i in range(n)}, "group")
        expected["adjustedHomophily"] = nx.attribute_assortativity_coefficient(h, "group")
    add(f"measures of {name}", "graph-measures", {**described(g), "groups": groups}, expected)
add("path lengths of the karate club", "path-lengths", described(plain), {"average": nx.average_shortest_path_length(plain), "diameter": nx.diameter(plain)})

for kind in ["symmetric", "row", "none"]:
    for loop in [True, False]:
        for name, g in [("weights, self-loops", loops), ("directed", arrows)]:
            A = nx.to_numpy_array(g, nodelist=range(g.number_of_nodes())) + (np.eye(g.number_of_nodes()) if loop else 0)
            d = A.sum(1)
            with np.errstate(divide="ignore"):
                half, whole = np.where(d > 0, d ** -0.5, 0), np.where(d > 0, 1 / d, 0)
            N = A if kind == "none" else whole[:, None] * A if kind == "row" else half[:, None] * A * half[None, :]
            add(f"adjacency {kind}, loops {loop}, {name}", "normalized-adjacency", {**described(g), "normalization": kind, "selfLoops": loop}, {"matrix": N.tolist()})

# One layer each in dense double precision, with gradients of the sum of squares of the output.
T = lambda *shape: torch.tensor(rng.normal(size=shape).round(3), requires_grad=True)
A = torch.tensor(nx.to_numpy_array(plain.subgraph(range(12)), nodelist=range(12)))
edges = [[a, b, 1] for a, b in plain.subgraph(range(12)).edges()]
small = {"nodes": 12, "directed": False, "edges": edges}
def with_gradients(out, **inputs):
    (out ** 2).sum().backward()
    return {"output": out.tolist(), **{f"grad{name}": value.grad.tolist() for name, value in inputs.items()}}
x, own, near, bias = T(12, 3), T(3, 4), T(3, 4), T(4)
mean = A / A.sum(1, keepdim=True).clamp(min=1)
add("GraphSAGE layer, mean", "sage-layer", {**small, "aggregator": "mean", "x": x.tolist(), "own": own.tolist(), "neighbors": near.tolist(), "bias": bias.tolist()},
    with_gradients(x @ own + mean @ (x @ near) + bias, X=x, Own=own, Neighbors=near, Bias=bias), abs=1e-4, rel=1e-4)
x, own, near, bias, pool, pool_bias = T(12, 3), T(3, 4), T(4, 4), T(4), T(3, 4), T(4)
up = torch.relu(x @ pool + pool_bias)
largest = torch.stack([up[A[i] > 0].max(0).values if (A[i] > 0).any() else torch.zeros(4, dtype=torch.float64) for i in range(12)])
add("GraphSAGE layer, pool", "sage-layer", {**small, "aggregator": "pool", "x": x.tolist(), "own": own.tolist(), "neighbors": near.tolist(), "bias": bias.tolist(), "poolKernel": pool.tolist(), "poolBias": pool_bias.tolist()},
    with_gradients(x @ own + largest @ near + bias, X=x, Own=own, Neighbors=near, Bias=bias, PoolKernel=pool, PoolBias=pool_bias), abs=1e-4, rel=1e-4)
x, kernel, source, target, bias = T(12, 3), T(3, 4), T(4, 1), T(4, 1), T(4)
h = x @ kernel
score = torch.nn.functional.leaky_relu(h @ source + (h @ target).T, 0.2)
score = score.masked_fill((A + torch.eye(12)) == 0, float("-inf"))
add("graph attention layer, one head", "gat-layer", {**small, "x": x.tolist(), "kernel": kernel.tolist(), "source": source.tolist(), "target": target.tolist(), "bias": bias.tolist()},
    with_gradients(torch.softmax(score, 1) @ h + bias, X=x, Kernel=kernel, Source=source, Target=target, Bias=bias), abs=1e-4, rel=1e-4)

for name, ties in [("no ties", False), ("ties", True)]:
    positive, negative = rng.normal(0.8, 1, 40), rng.normal(0, 1, 60)
    if ties: positive, negative = positive.round(0), negative.round(0)
    y, s = np.r_[np.ones(40), np.zeros(60)], np.r_[positive, negative]
    add(f"link scores, {name}", "link-quality", {"positive": positive.tolist(), "negative": negative.tolist()}, {"auc": float(roc_auc_score(y, s)), "averagePrecision": float(average_precision_score(y, s))})

json.dump({"source": f"networkx {nx.__version__}, PyTorch {torch.__version__} (float64, dense formulas), scikit-learn; recorded by make/graph.py",
           "notes": ["adjacency: A[i][j] is the edge from i to j; a degree of 0 divides as 0", "layers: gradients of the sum of squares of the output", "adjusted homophily is the assortativity of the classes, self-loops left out"],
           "cases": cases}, open(sys.argv[1], "w"))
