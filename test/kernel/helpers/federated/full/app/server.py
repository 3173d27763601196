import json
import os

import numpy as np
from flwr.app import Array, ArrayRecord, ConfigRecord, Context
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import FedAvg

app = ServerApp()


@app.main()
def main(grid: Grid, context: Context) -> None:
    start = {"kernel": Array(np.zeros((2, 1), dtype=np.float32)), "bias": Array(np.zeros(1, dtype=">f4")), "fortran": Array(np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)))}
    nodes = int(os.environ.get("LYCEUM_CONTRACT_NODES", "2"))
    strategy = FedAvg(min_train_nodes=2, min_evaluate_nodes=2, min_available_nodes=nodes)
    result = strategy.start(grid=grid, initial_arrays=ArrayRecord(start), num_rounds=3, timeout=100, train_config=ConfigRecord({"rate": 0.1, "steps": 5, "words": ["é", "b"], "flag": True}))
    arrays = {name: array.numpy().tolist() for name, array in result.arrays.items()}
    metrics = {str(number): dict(record) for number, record in result.evaluate_metrics_clientapp.items()}
    with open(os.environ["LYCEUM_CONTRACT_RESULT"], "w") as file:
        json.dump({"arrays": arrays, "evaluate": metrics}, file)
