"""Records federated.json from flwr's own aggregation code. Run in a virtual environment: pip install flwr==1.41.0; python federated.py > ../federated.json"""
import json
import random

import numpy as np
from flwr.app import Array, ArrayRecord, MetricRecord, RecordDict
from flwr.serverapp.strategy import FedAdagrad, FedAdam, FedMedian, FedTrimmedAvg, FedYogi, Krum, MultiKrum
from flwr.serverapp.strategy.fedtrimmedavg import trim_mean
from flwr.serverapp.strategy.multikrum import select_multikrum
from flwr.serverapp.strategy.strategy_utils import aggregate_arrayrecords

rng = random.Random(7)


def client(size, dtype=np.float64):
    return {"values": [float(np.float32(rng.uniform(-3, 3))) for _ in range(size)], "examples": rng.randint(1, 500)}


def record(one):
    return RecordDict({"arrays": ArrayRecord({"w": Array(np.array(one["values"], dtype=np.float64))}), "metrics": MetricRecord({"num-examples": one["examples"]})})


def mean(clients):
    return aggregate_arrayrecords([record(one) for one in clients], "num-examples")["w"].numpy()


cases = []
f32 = {"abs": 1e-7, "rel": 1e-6}


def add(name, given, expected):
    cases.append({"name": name, "input": given, "expected": np.asarray(expected).tolist(), "tolerance": f32})


for size, count in [(1, 1), (3, 2), (7, 11)]:
    clients = [client(size) for _ in range(count)]
    add(f"weighted mean of {count}", {"kind": "federated-aggregate", "rule": "mean", "clients": clients}, mean(clients))
for count in [5, 8]:
    clients = [client(4) for _ in range(count)]
    stack = np.array([one["values"] for one in clients])
    add(f"median of {count}", {"kind": "federated-aggregate", "rule": "median", "clients": clients}, np.median(stack, axis=0))
    for trim in [0.2, 0.3]:
        add(f"trimmed mean {trim} of {count}", {"kind": "federated-aggregate", "rule": "trimmed-mean", "options": {"trim": trim}, "clients": clients}, trim_mean(stack, trim))
for count, byzantine, keep in [(5, 1, 1), (9, 2, 1), (9, 2, 4), (9, 3, 6)]:
    clients = [client(5) for _ in range(count)]
    kept = select_multikrum([record(one) for one in clients], byzantine, keep)
    add(f"krum of {count} against {byzantine} keeps {keep}", {"kind": "federated-aggregate", "rule": "krum", "options": {"byzantine": byzantine, "keep": keep}, "clients": clients}, aggregate_arrayrecords(kept, "num-examples")["w"].numpy())

# The strategies' arithmetic, through their own code on a mean that is given.
for name, cls, options, rounds in [
    ("adagrad", FedAdagrad, {"eta": 0.1, "tau": 0.001}, 3),
    ("yogi", FedYogi, {"eta": 0.05, "beta_1": 0.9, "beta_2": 0.99, "tau": 0.01}, 4),
    ("yogi", FedYogi, {"eta": 0.5, "beta_1": 0.3, "beta_2": 0.5, "tau": 0.1}, 5),
    ("adam", FedAdam, {"eta": 0.1, "beta_1": 0.9, "beta_2": 0.99, "tau": 0.001}, 1),
]:
    strategy = cls(**options)
    start = client(4)["values"]
    current = np.array(start)
    sent, expected = [], []
    for number in range(1, rounds + 1):
        clients = [client(4) for _ in range(3)]
        sent.append(clients)
        strategy.current_arrays = {"w": current}
        from unittest.mock import patch
        from flwr.serverapp.strategy.fedavg import FedAvg

        averaged = ArrayRecord({"w": Array(mean(clients))})
        with patch.object(FedAvg, "aggregate_train", lambda self, server_round, replies: (averaged, None)):
            arrays, _ = strategy.aggregate_train(number, [])
        current = np.float64(np.float32(arrays["w"].numpy()))
        expected.append(current.tolist())
    ours = {"learningRate": options["eta"], "tau": options["tau"]}
    if "beta_1" in options:
        ours.update(beta1=options["beta_1"], beta2=options["beta_2"])
    if name == "adam":
        # Flower corrects the bias with the exponent round + 1, the paper does not: one round, its factor in the learning rate.
        ours["learningRate"] *= float(np.sqrt(1 - options["beta_2"] ** 2) / (1 - options["beta_1"] ** 2))
    add(f"{name} {options}", {"kind": "federated-strategy", "strategy": name, "options": ours, "start": start, "rounds": sent}, expected)

print(json.dumps({"source": "flwr 1.41.0 (aggregate_arrayrecords, trim_mean, select_multikrum, FedAdagrad, FedYogi, FedAdam), numpy median", "notes": ["values are float32 numbers; FedAdam: one round, with Flower's bias correction put into learningRate, since ours (as the paper) has none"], "cases": cases}))
