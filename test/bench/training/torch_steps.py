"""The workloads of workloads.ts in PyTorch: prints {name: {eager, compiled, first}} in milliseconds, medians.

usage: torch_steps.py SECONDS_PER_FIGURE WORKLOADS(json list) OPTIMIZERS(json list) COMPILE(0|1)
"""
import json, math, statistics, sys, time
import torch
from torch import nn
import torch.nn.functional as F

budget, names, optimizers, compile_too = float(sys.argv[1]), json.loads(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4] == "1"


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.places = nn.Embedding(65, 64), nn.Parameter(torch.randn(32, 64) / 8)
        self.q, self.k, self.v, self.o = (nn.Linear(64, 64, bias=False) for _ in range(4))
        self.one, self.two, self.head = nn.Linear(64, 256), nn.Linear(256, 64), nn.Linear(64, 65, bias=False)
        self.n1, self.n2 = nn.LayerNorm(64), nn.LayerNorm(64)
        self.register_buffer("mask", torch.triu(torch.full((32, 32), -1e9), 1))

    def forward(self, ids):
        x = self.table(ids) + self.places
        n = self.n1(x)
        split = lambda t: t.view(32, 32, 4, 16).transpose(1, 2)
        scores = torch.softmax(split(self.q(n)) @ split(self.k(n)).transpose(-1, -2) / 4 + self.mask, -1)
        x = x + self.o((scores @ split(self.v(n))).transpose(1, 2).reshape(32, 32, 64))
        return self.head(x + self.two(torch.relu(self.one(self.n2(x)))))


class Last(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.out = nn.LSTM(8, 16, batch_first=True), nn.Linear(16, 1)

    def forward(self, x):
        return self.out(self.lstm(x)[0][:, -1])


def workload(name):
    if name.startswith("MLP"):
        return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10)), torch.randn(256, 784), torch.arange(256) * 7 % 10, F.cross_entropy
    if name.startswith("CNN"):
        block = lambda i, o: [nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        return nn.Sequential(*block(1, 16), *block(16, 32), nn.Flatten(), nn.Linear(7 * 7 * 32, 10)), torch.randn(64, 1, 28, 28), torch.arange(64) * 7 % 10, F.cross_entropy
    if name.startswith("transformer"):
        return Block(), (torch.arange(1024) * 13 % 65).view(32, 32), torch.arange(1024) * 7 % 65, lambda out, y: F.cross_entropy(out.view(-1, 65), y)
    return Last(), torch.randn(32, 12, 8), torch.randn(32, 1), F.mse_loss


def measure(step):
    started = time.perf_counter()
    step()
    first = time.perf_counter() - started
    for _ in range(20):
        step()
    times, end = [], time.perf_counter() + budget
    while time.perf_counter() < end or len(times) < 20:
        started = time.perf_counter()
        step()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000, first * 1000


result = {}
for name in names:
    for optimizer in optimizers:
        model, x, y, loss_of = workload(name)
        make = {"SGD": lambda p: torch.optim.SGD(p, 0.01), "Adam": lambda p: torch.optim.Adam(p, 0.001)}[optimizer]

        def step_of(run, opt):
            def step():
                opt.zero_grad()
                loss = loss_of(run(x), y)
                loss.backward()
                opt.step()
            return step

        figures = {"eager": measure(step_of(model, make(model.parameters())))[0]}
        if compile_too:
            try:
                figures["compiled"], figures["first"] = measure(step_of(torch.compile(model), make(model.parameters())))
            except Exception as error:  # no compiler, or a model it does not take
                figures["error"] = str(error).splitlines()[0][:200]
        result[f"{name}, {optimizer}"] = figures
print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads(), "figures": result}))
