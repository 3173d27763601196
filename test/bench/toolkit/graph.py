"""PyTorch's side of the GCN bench. usage: graph.py FOLDER. Reads data.json and the typed arrays beside it, prints a line when ready, then answers each line of
stdin, a number of epochs, with {"seconds": ..., "loss": ...} for each kind of sparse matrix; every answer starts from the first weights again."""
import json, sys, time
import numpy as np
import torch

folder = sys.argv[1]
data = json.load(open(f"{folder}/data.json"))
n, f, c, hidden = data["nodes"], data["features"], data["classes"], data["hidden"]
raw = lambda name, kind: torch.tensor(np.fromfile(f"{folder}/{name}", dtype=kind))
indices = torch.stack([raw("rows", np.int32), raw("columns", np.int32)]).long()
coo = torch.sparse_coo_tensor(indices, raw("values", np.float64).float(), (n, n)).coalesce()
x, labels, train = raw("x", np.float32).reshape(n, f), torch.tensor(data["labels"]), torch.tensor(data["train"])
shapes = [(f, hidden), (hidden,), (hidden, c), (c,)]
torch.set_num_threads(data["threads"])
kinds = {"COO": coo, "CSR": coo.to_sparse_csr()}
print(json.dumps({"torch": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
for line in sys.stdin:
    answer = {}
    for kind, a in kinds.items():
        w1, b1, w2, b2 = [raw(f"weight{k}", np.float32).reshape(shape).clone().requires_grad_() for k, shape in enumerate(shapes)]
        optimizer = torch.optim.Adam([{"params": [w1, w2], "weight_decay": 5e-4}, {"params": [b1, b2]}], lr=0.01)
        times = []
        for _ in range(int(line)):
            started = time.perf_counter()
            optimizer.zero_grad()
            scores = torch.sparse.mm(a, torch.relu(torch.sparse.mm(a, x @ w1) + b1) @ w2) + b2
            loss = torch.nn.functional.cross_entropy(scores[train], labels[train])
            loss.backward()
            optimizer.step()
            value = loss.item()
            times.append(time.perf_counter() - started)
        answer[kind] = {"seconds": sorted(times)[len(times) // 2], "loss": value}
    print(json.dumps(answer), flush=True)
