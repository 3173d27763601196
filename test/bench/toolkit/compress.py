"""Seconds of the same work in PyTorch, best of several; one JSON object on stdout. Needs torch and numpy."""
import json, os, socket, sys, time
import torch
from torch import nn
from torch.nn.utils import prune

def best(work, rounds):
    work()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)

def reduce(rank, size, port, length, rounds, queue):
    import torch.distributed as dist
    dist.init_process_group("gloo", init_method=f"tcp://127.0.0.1:{port}", rank=rank, world_size=size)
    x = torch.ones(length)
    seconds = best(lambda: dist.all_reduce(x), rounds)
    if rank == 0:
        queue.put(seconds)
    dist.barrier()
    dist.destroy_process_group()

def main():
    rounds = int(sys.argv[1])
    torch.manual_seed(1)
    out = {}
    for name, layers, channels in (("grouped", lambda: nn.Conv2d(32, 64, 3, padding=1, groups=4, bias=False), 32), ("separable", lambda: nn.Sequential(nn.Conv2d(32, 32, 3, padding=1, groups=32, bias=False), nn.Conv2d(32, 64, 1, bias=False)), 32)):
        net = layers()
        x = torch.randn(32, channels, 28, 28, requires_grad=True)
        def step():
            net.zero_grad()
            x.grad = None
            net(x).square().mean().backward()
        out[name] = best(step, rounds)
    w = torch.randn(1000, 1000)
    def cut():
        layer = nn.Linear(1000, 1000, bias=False)
        layer.weight.data = w
        prune.l1_unstructured(layer, "weight", 0.8)
    out["prune"] = best(cut, rounds)
    scale = w.abs().amax(0) / 127
    zero = torch.zeros(1000, dtype=torch.int64)
    out["quantise"] = best(lambda: torch.clamp(torch.round(w / (w.abs().amax(0) / 127)), -127, 127).to(torch.int8), rounds)
    m = torch.randn(200, 200, dtype=torch.float64)
    out["svd"] = best(lambda: torch.linalg.svd(m, full_matrices=False), rounds)
    import torch.multiprocessing as mp
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    context = mp.get_context("spawn")
    queue = context.Queue()
    workers = [context.Process(target=reduce, args=(rank, 2, port, 1_000_000, rounds, queue)) for rank in range(2)]
    for worker in workers: worker.start()
    out["allReduce"] = queue.get(timeout=120)
    for worker in workers: worker.join()
    print(json.dumps({"torch": torch.__version__, "seconds": out}))

if __name__ == "__main__":
    main()
