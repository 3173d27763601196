"""Makes test/oracles/compress.json. Needs torch, numpy, scikit-learn: python compress.py ../compress.json"""
import json, sys
import numpy as np
import torch
from torch import nn
from torch.nn.utils import prune
from torch.utils.flop_counter import FlopCounterMode
from sklearn.cluster import KMeans
import sklearn

rng = np.random.default_rng(8)
cases = []
def case(name, input, expected, abs=1e-9, rel=1e-9):
    cases.append({"name": name, "input": input, "expected": expected, "tolerance": {"abs": abs, "rel": rel}})
tolist = lambda a: np.asarray(a).tolist()

# Integer inference. Weights and inputs are small multiples of powers of two, so that 32-bit floats are exact and calibration finds the same ranges on every machine.
def grid(shape, step, most):
    return rng.integers(-most, most + 1, shape) * step

def affine(low, high):
    low, high = min(0.0, low), max(0.0, high)
    scale = (high - low) / 255 or 1.0
    return scale, int(np.clip(np.rint(-128 - low / scale), -128, 127))

def symmetric(w):  # channels last
    flat = np.abs(w.reshape(-1, w.shape[-1])).max(0)
    scale = np.where(flat == 0, 1.0, flat / 127)
    return np.clip(np.rint(w / scale), -127, 127).astype(np.int64), scale

def pads(size, kernel, stride):
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + kernel - size)
    return total // 2, total - total // 2, out

def conv(x, w, stride, pad_value):  # x [n,h,w,c], w [kh,kw,c,f], "same"
    n, h, wd, c = x.shape
    kh, kw, _, f = w.shape
    (t, b, oh), (l, r, ow) = pads(h, kh, stride), pads(wd, kw, stride)
    x = np.pad(x, ((0, 0), (t, b), (l, r), (0, 0)), constant_values=pad_value)
    out = np.zeros((n, oh, ow, f), x.dtype)
    for i in range(oh):
        for j in range(ow):
            patch = x[:, i*stride:i*stride+kh, j*stride:j*stride+kw, :]
            out[:, i, j] = np.tensordot(patch, w, ([1, 2, 3], [0, 1, 2]))
    return out

def depthwise(x, w, stride, pad_value):  # w [kh,kw,c,1]
    parts = [conv(x[..., c:c+1], w[:, :, c:c+1, :], stride, pad_value) for c in range(x.shape[-1])]
    return np.concatenate(parts, -1)

data = grid((12, 6, 6, 2), 1/8, 8)
w1, b1 = grid((3, 3, 2, 4), 1/16, 12), grid((4,), 1/16, 8)
w2, b2 = grid((3, 3, 4, 1), 1/16, 12), grid((4,), 1/16, 8)
w3, b3 = grid((36, 3), 1/16, 12), grid((3,), 1/16, 8)
relu = lambda a: np.maximum(a, 0)
f1 = relu(conv(data, w1, 1, 0) + b1)
f2 = relu(depthwise(f1, w2, 2, 0) + b2)
f3 = f2.reshape(12, -1) @ w3 + b3
s0, z0 = affine(data.min(), data.max())
s1, z1 = affine(f1.min(), f1.max())
s2, z2 = affine(f2.min(), f2.max())
s3, z3 = affine(f3.min(), f3.max())
example = data[3:4]
def requant(acc, unit, s, z, least=-128):
    return np.clip(np.rint(acc * (unit / s)) + z, least, 127).astype(np.int64)
q0 = np.clip(np.rint(example / s0) + z0, -128, 127).astype(np.int64)
(k1, c1), (k2, c2), (k3, c3) = symmetric(w1), symmetric(w2.reshape(3, 3, 1, 4)), symmetric(w3)
k2 = k2.reshape(3, 3, 4, 1)
bias = lambda b, unit: np.rint(b / unit).astype(np.int64)
q1 = requant(conv(q0 - z0, k1, 1, 0) + bias(b1, s0 * c1), s0 * c1, s1, z1, z1)
q2 = requant(depthwise(q1 - z1, k2, 2, 0) + bias(b2, s1 * c2), s1 * c2, s2, z2, z2)
acc3 = (q2.reshape(1, -1) - z2) @ k3 + bias(b3, s2 * c3)
assert max(abs(acc3).max(), 1) < 2**31
q3 = requant(acc3, s2 * c3, s3, z3)
case("integer inference of convolution, depthwise and dense", {"kind": "int8-inference", "data": tolist(data), "example": 3, "conv": [tolist(w1), tolist(b1)], "depthwise": [tolist(w2), tolist(b2)], "dense": [tolist(w3), tolist(b3)]},
     {"scales": [s1, s2, s3], "zeroPoints": [z1, z2, z3], "input": tolist(q0.ravel()), "conv": tolist(q1.ravel()), "depthwise": tolist(q2.ravel()), "dense": tolist(q3.ravel()), "output": tolist((acc3 * (s2 * c3)).ravel())}, 1e-6, 1e-6)
# The same dense layer by PyTorch's own quantised kernel, where it has one.
try:
    x = torch.quantize_per_tensor(torch.tensor(s2 * (q2.reshape(1, -1) - z2), dtype=torch.float32), s2, z2 + 128, torch.quint8)
    w = torch.quantize_per_channel(torch.tensor((k3 * c3).T.copy(), dtype=torch.float32), torch.tensor(c3), torch.zeros(3, dtype=torch.int64), 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(w, torch.tensor(b3, dtype=torch.float32))
    theirs = torch.ops.quantized.linear(x, packed, s3, z3 + 128).int_repr().numpy().astype(int).ravel() - 128
    assert (theirs == q3.ravel()).all(), (theirs, q3)
    print("torch's quantised linear agrees")
except Exception as error:
    print("no quantised kernel here:", repr(error)[:200])

for bits in (8, 4):
    qmax = 2 ** (bits - 1) - 1
    x = torch.tensor(rng.normal(size=(5, 4)), dtype=torch.float32, requires_grad=True)
    up = torch.tensor(rng.normal(size=(5, 4)), dtype=torch.float32)
    low, high = -1.0, 1.5
    scale = (high - low) / (2**bits - 1)
    zero = int(np.clip(np.rint(-qmax - 1 - low / scale), -qmax - 1, qmax))
    y = torch.fake_quantize_per_tensor_affine(x, scale, zero, -qmax - 1, qmax)
    (y * up).sum().backward()
    case(f"fake quantisation, affine, {bits} bits", {"kind": "fake-quantise", "x": tolist(x.detach()), "upstream": tolist(up), "mode": "affine", "bits": bits, "range": [low, high]}, {"y": tolist(y.detach()), "gradient": tolist(x.grad)}, 2e-6, 1e-6)
    x.grad = None
    scales = x.detach().abs().amax(0) / qmax
    y = torch.fake_quantize_per_channel_affine(x, scales, torch.zeros(4, dtype=torch.int32), 1, -qmax, qmax)
    (y * up).sum().backward()
    case(f"fake quantisation, per channel, {bits} bits", {"kind": "fake-quantise", "x": tolist(x.detach()), "upstream": tolist(up), "mode": "symmetric", "bits": bits, "axis": 1}, {"y": tolist(y.detach()), "gradient": tolist(x.grad)}, 2e-6, 1e-6)

# Pruning by PyTorch.
conv_layer = nn.Conv2d(3, 8, 3)
with torch.no_grad():
    conv_layer.weight.copy_(torch.tensor(rng.normal(size=(8, 3, 3, 3))))
    kernel = conv_layer.weight.permute(2, 3, 1, 0).numpy().copy()
for n, by in ((1, "l1"), (2, "l2")):
    layer = nn.Conv2d(3, 8, 3)
    layer.weight.data = torch.tensor(kernel).permute(3, 2, 0, 1).contiguous()
    prune.ln_structured(layer, "weight", amount=0.5, n=n, dim=0)
    kept = [i for i in range(8) if layer.weight_mask[i].any()]
    case(f"filters kept by {by}", {"kind": "filters", "kernel": tolist(kernel), "by": by, "fraction": 0.5}, {"kept": kept})
a, b = nn.Linear(6, 5), nn.Linear(5, 4)
a.weight.data = torch.tensor(rng.normal(size=(5, 6)), dtype=torch.float32)
b.weight.data = torch.tensor(0.3 * rng.normal(size=(4, 5)), dtype=torch.float32)
weights = [tolist(a.weight.data.T), tolist(b.weight.data.T)]
prune.global_unstructured([(a, "weight"), (b, "weight")], pruning_method=prune.L1Unstructured, amount=0.5)
case("global magnitude pruning of two layers", {"kind": "global-pruning", "weights": weights, "sparsity": 0.5}, {"masks": [tolist(a.weight_mask.T.ravel()), tolist(b.weight_mask.T.ravel())]})

w = rng.normal(size=200) * rng.choice([0.2, 1.0], 200)
for clusters in (4, 16):
    start = np.linspace(w.min(), w.max(), clusters)[:, None]
    fit = KMeans(clusters, init=start, n_init=1, max_iter=100, tol=0, algorithm="lloyd").fit(w[:, None])
    order = np.argsort(fit.cluster_centers_[:, 0])
    rank = np.empty(clusters, int); rank[order] = np.arange(clusters)
    case(f"weights in {clusters} clusters", {"kind": "weight-clusters", "weights": tolist(w), "clusters": clusters}, {"centroids": tolist(fit.cluster_centers_[order, 0]), "indices": tolist(rank[fit.labels_]), "inertia": float(fit.inertia_)}, 1e-6, 1e-6)

m = rng.normal(size=(7, 3)) @ rng.normal(size=(3, 5)) + 0.1 * rng.normal(size=(7, 5))
u, s, v = np.linalg.svd(m, full_matrices=False)
for k in (1, 3):
    case(f"rank {k} of a matrix", {"kind": "low-rank", "matrix": tolist(m), "rank": k}, {"singularValues": tolist(s), "product": tolist((u[:, :k] * s[:k]) @ v[:k]), "energy": float((s[:k]**2).sum() / (s**2).sum())}, 1e-6, 1e-6)

# Operations counted by PyTorch itself (2 a multiply-accumulate; convolutions and matrix products only).
def macs(module, *args):
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        module(*args)
    return counter.get_total_flops() // 2
parameters = lambda module: sum(p.numel() for p in module.parameters())
def count(name, work, module, *args, bias=True):
    case(name, {"kind": "layer-cost", "work": work}, {"parameters": parameters(module), "macs": macs(module, *args)})
count("dense", {"type": "dense", "inputs": 30, "units": 7, "positions": 4}, nn.Linear(30, 7), torch.zeros(1, 4, 30))
count("convolution", {"type": "conv2d", "inputChannels": 3, "filters": 16, "kernel": [5, 3], "output": [10, 14]}, nn.Conv2d(3, 16, (5, 3)), torch.zeros(1, 3, 14, 16))
count("grouped convolution", {"type": "conv2d", "inputChannels": 8, "filters": 12, "kernel": [3, 3], "output": [8, 8], "groups": 4, "bias": False}, nn.Conv2d(8, 12, 3, padding=1, groups=4, bias=False), torch.zeros(1, 8, 8, 8))
count("depthwise convolution", {"type": "depthwise", "channels": 8, "multiplier": 2, "kernel": [3, 3], "output": [4, 4]}, nn.Conv2d(8, 16, 3, padding=1, stride=2, groups=8), torch.zeros(1, 8, 8, 8))
class Attention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
    def forward(self, x, y):
        q, k, v = (t.unflatten(-1, (2, -1)).transpose(0, 1) for t in (self.q(x), self.k(y), self.v(y)))
        return self.o((torch.softmax(q @ k.transpose(1, 2), -1) @ v).transpose(0, 1).flatten(1))
count("attention", {"type": "attention", "tokens": 9, "width": 12, "keys": 5}, Attention(12), torch.zeros(9, 12), torch.zeros(5, 12))
class Steps(nn.Module):
    def __init__(self, cell, inputs, units):
        super().__init__()
        # One bias a gate, as in Keras and tfjs.
        self.x, self.h, self.steps, self.gates, self.units = nn.Linear(inputs, units * cell), nn.Linear(units, units * cell, bias=False), 6, cell, units
    def forward(self, x):
        h = torch.zeros(1, self.units)
        for _ in range(self.steps):
            h = (self.x(x) + self.h(h))[:, :self.units]
for cell, gates in (("simple", 1), ("gru", 3), ("lstm", 4)):
    count(f"recurrent, {cell}", {"type": "recurrent", "cell": cell, "inputs": 5, "units": 8, "steps": 6}, Steps(gates, 5, 8), torch.zeros(1, 5))

class Block(nn.Module):
    def __init__(self, i, o, stride, expand):
        super().__init__()
        h = i * expand
        act = lambda c: [nn.BatchNorm2d(c), nn.ReLU6()]
        self.add = stride == 1 and i == o
        self.body = nn.Sequential(*([nn.Conv2d(i, h, 1, bias=False), *act(h)] if expand > 1 else []), nn.Conv2d(h, h, 3, stride, 1, groups=h, bias=False), *act(h), nn.Conv2d(h, o, 1, bias=False), nn.BatchNorm2d(o))
    def forward(self, x):
        return x + self.body(x) if self.add else self.body(x)
layers, c = [nn.Conv2d(3, 32, 3, 2, 1, bias=False), nn.BatchNorm2d(32), nn.ReLU6()], 32
for t, o, n, s in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
    for i in range(n):
        layers.append(Block(c, o, s if i == 0 else 1, t)); c = o
net = nn.Sequential(*layers, nn.Conv2d(320, 1280, 1, bias=False), nn.BatchNorm2d(1280), nn.ReLU6(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 1000)).eval()
case("MobileNetV2 at 224 x 224", {"kind": "model-cost", "model": "mobileNetV2"}, {"trained": parameters(net), "parameters": parameters(net) + sum(b.numel() for n, b in net.named_buffers() if "running" in n), "macs": macs(net, torch.zeros(1, 3, 224, 224))})

out = {"source": f"torch {torch.__version__}, scikit-learn {sklearn.__version__}, numpy {np.__version__}; int8-inference is a NumPy reference (its dense layer checked against PyTorch's quantised kernel)",
       "notes": ["int8-inference: activations affine in [-128, 127] with a range that contains 0, kernels symmetric per output channel in [-127, 127], biases 32 bits at input scale x kernel scale, sums times a 64-bit factor, rounded half to even",
                 "filters, global-pruning: amounts that are whole counts, so that no rounding rule is tested", "layer-cost: macs as FlopCounterMode / 2", "weight-clusters: Lloyd from evenly spaced starts"],
       "cases": cases}
json.dump(out, open(sys.argv[1], "w"), separators=(",", ":"))
print(len(cases), "cases")
