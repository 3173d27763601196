"""Opacus beside test/bench/private/measure.ts: the same models, ms a step (medians of alternating rounds).

`npm run bench -- private --peers` installs torch and opacus and runs it; a line of JSON a model.
"""
import json
import statistics
import sys
import time
import warnings

import torch
from opacus import PrivacyEngine
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

warnings.filterwarnings("ignore")


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.table, self.places = nn.Embedding(65, 64), nn.Embedding(32, 64)
        self.q, self.k, self.v, self.o = (nn.Linear(64, 64, bias=False) for _ in range(4))
        self.n1, self.n2 = nn.LayerNorm(64), nn.LayerNorm(64)
        self.up, self.down, self.head = nn.Linear(64, 256), nn.Linear(256, 64), nn.Linear(64, 65, bias=False)

    def forward(self, ids):
        batch, steps = ids.shape
        x = self.table(ids) + self.places(torch.arange(steps).expand(batch, steps))
        n = self.n1(x)
        q, k, v = (w(n).view(batch, steps, 4, 16).transpose(1, 2) for w in (self.q, self.k, self.v))
        mask = torch.triu(torch.full((steps, steps), -1e9), 1)
        x = x + self.o((torch.softmax(q @ k.transpose(2, 3) / 4 + mask, -1) @ v).transpose(1, 2).reshape(batch, steps, 64))
        return self.head(x + self.down(torch.relu(self.up(self.n2(x))))).transpose(1, 2)


mlp = lambda: nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
cnn = lambda: nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, 10))
workloads = {
    "MLP 784-256-10, batch 256": (mlp, torch.randn(256, 784), torch.randint(10, (256,))),
    "CNN 28x28, batch 64": (cnn, torch.randn(64, 1, 28, 28), torch.randint(10, (64,))),
    "transformer block, batch 32 x 32": (Transformer, torch.randint(65, (32, 32)), torch.randint(65, (32, 32))),
}


def plain(make, x, y):
    model, loss = make(), nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), 0.01)

    def step():
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()
    return step


def private(make, x, y, mode):
    model = make()
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    parts = PrivacyEngine().make_private(
        module=model, optimizer=optimizer, criterion=nn.CrossEntropyLoss(), data_loader=DataLoader(TensorDataset(x, y), batch_size=len(x)),
        noise_multiplier=1.0, max_grad_norm=1.0, poisson_sampling=False, grad_sample_mode=mode)
    model, optimizer, loss = (parts[0], parts[1], parts[2]) if mode == "ghost" else (parts[0], parts[1], nn.CrossEntropyLoss())

    def step():
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()
    return step


for name, (make, x, y) in workloads.items():
    runs = {"plain": plain(make, x, y)}
    for mode in ("ghost", "hooks"):
        try:
            runs[mode] = private(make, x, y, mode)
            runs[mode]()
        except Exception as error:  # the ghost loss takes one label an example
            runs.pop(mode, None)
            print(f"{name}: {mode} does not run: {str(error).splitlines()[0]}", file=sys.stderr)
    times = {key: [] for key in runs}
    end = time.time() + 3 * len(runs)
    while time.time() < end:
        for key, run in runs.items():
            for _ in range(5):
                started = time.perf_counter()
                run()
                times[key].append((time.perf_counter() - started) * 1000)
    medians = {key: statistics.median(values) for key, values in times.items()}
    print(json.dumps({"name": name, **medians}), flush=True)
