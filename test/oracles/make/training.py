"""Records test/oracles/training.json. pip install torch==2.14.0 safetensors==0.8.0 numpy (CPU); python training.py OUT"""
import base64, json, math, sys
import numpy as np
import torch
from safetensors.numpy import save
from torch.optim import lr_scheduler as lr

torch.manual_seed(8)
torch.set_default_dtype(torch.float64)
cases = []

def plain(value):
    if isinstance(value, torch.Tensor): value = value.tolist()
    if isinstance(value, (list, tuple)): return [plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value): return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value

def add(name, kind, data, expected, **tolerance):
    cases.append({"name": name, "input": {"kind": kind, **data}, "expected": expected, "tolerance": {"abs": 1e-9, "rel": 1e-9, **tolerance}})

# Learning rates: one for each of `updates`, with `perEpoch` updates an epoch; epoch schedulers step after an epoch, update schedulers after an update.
def rates(make, updates, per_epoch, by, figures=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    scheduler = make(optimizer)
    out = []
    for update in range(updates):
        out.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        last = (update + 1) % per_epoch == 0
        if by == "update": 
            if update + 1 < updates: scheduler.step()
        elif last: scheduler.step(figures[update // per_epoch]) if figures else scheduler.step()
    return out

def schedule(name, call, args, make, updates=40, per_epoch=4, by="update", figures=None):
    add(f"schedule {name}", "schedule", {"schedule": call, "args": args, "updates": updates, "perEpoch": per_epoch, "figures": figures or []}, {"rates": rates(make, updates, per_epoch, by, figures)})

schedule("step", "step", [0.1, {"every": 3, "factor": 0.5}], lambda o: lr.StepLR(o, 3, 0.5), by="epoch")
schedule("exponential", "exponential", [0.1, {"factor": 0.8}], lambda o: lr.ExponentialLR(o, 0.8), by="epoch")
schedule("cosine", "cosine", [0.1, {"to": 0.01}], lambda o: lr.CosineAnnealingLR(o, 40, 0.01))
schedule("one cycle", "oneCycle", [0.1], lambda o: lr.OneCycleLR(o, 0.1, total_steps=40))
schedule("one cycle, own numbers", "oneCycle", [0.1, {"rise": 0.5, "start": 10, "end": 100}], lambda o: lr.OneCycleLR(o, 0.1, total_steps=40, pct_start=0.5, div_factor=10, final_div_factor=100))
schedule("warm-up", "warmup", [10, 0.1], lambda o: lr.LinearLR(o, 1 / 3, total_iters=10))
falling = [3, 2, 2.5, 2.4, 2.3, 1, 1, 0.99995, 1.2, 1.1]
schedule("plateau", "plateau", [0.1, {"factor": 0.5, "patience": 1}], lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=1), by="epoch", figures=falling)
schedule("plateau, cooldown, least", "plateau", [0.1, {"factor": 0.1, "patience": 0, "cooldown": 2, "least": 0.004}], lambda o: lr.ReduceLROnPlateau(o, factor=0.1, patience=0, cooldown=2, min_lr=0.004), by="epoch", figures=falling)
schedule("plateau, max", "plateau", [0.1, {"factor": 0.5, "patience": 1, "mode": "max"}], lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=1, mode="max"), by="epoch", figures=falling)

# Optimisers, on given gradients.
def trajectory(make, initial, gradients):
    w = torch.tensor(initial, requires_grad=True)
    optimizer = make([w])
    out = []
    for gradient in gradients:
        w.grad = torch.tensor(gradient)
        optimizer.step()
        out.append(w.detach().clone().tolist())
    return out

rounded = lambda *shape: [[round(x, 3) for x in row] for row in torch.randn(*shape).tolist()]
initial, gradients = rounded(1, 4)[0], rounded(6, 4)
for name, args, make in [
    ("adamw", {"lr": 0.1, "weight_decay": 0.05}, lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.05)),
    ("adamw", {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-3, "weight_decay": 0.0}, lambda p: torch.optim.AdamW(p, lr=0.01, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.0)),
]:
    add(f"{name} {args}", "optimizer", {"optimizer": name, "args": args, "initial": initial, "gradients": gradients}, {"trajectory": trajectory(make, initial, gradients)})

# What nn.fit does between the gradients and the optimiser: clipping by norm, then L2. The loss is the product of w and the gradient.
for norm, decay in [(0.5, 0.0), (100.0, 0.0), (0.7, 0.1)]:
    w = torch.tensor(initial, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, weight_decay=decay)
    out = []
    for gradient in gradients:
        optimizer.zero_grad()
        (w * torch.tensor(gradient)).sum().backward()
        torch.nn.utils.clip_grad_norm_([w], norm)
        optimizer.step()
        out.append(w.detach().clone().tolist())
    # PyTorch divides by norm + 1e-6, which is no exact clipping: 2e-6 apart.
    add(f"clip {norm}, decay {decay}", "fit-updates", {"rate": 0.1, "clip": norm, "weightDecay": decay, "initial": initial, "gradients": gradients}, {"trajectory": out}, abs=1e-5)

# Losses.
logits, classes = rounded(5, 4), [0, 3, 1, 2, 3]
for smoothing in [0.1, 0.4]:
    x = torch.tensor(logits, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(x, torch.tensor(classes), label_smoothing=smoothing)
    loss.backward()
    add(f"cross-entropy, smoothing {smoothing}", "softmax-cross-entropy", {"logits": logits, "y": classes, "labelSmoothing": smoothing, "reduction": "mean"}, {"loss": loss.item(), "grad": plain(x.grad)})
for gamma, alpha in [(0.0, None), (2.0, None), (1.5, [0.1, 0.4, 0.3, 0.2])]:
    x = torch.tensor(logits, requires_grad=True)
    log_p = torch.log_softmax(x, 1)[range(5), classes]
    weight = torch.tensor(alpha)[classes] if alpha else 1.0
    loss = (-weight * (1 - log_p.exp()) ** gamma * log_p).mean()
    loss.backward()
    add(f"focal, gamma {gamma}, alpha {alpha}", "focal-loss", {"logits": logits, "y": classes, "gamma": gamma, "alpha": alpha, "loss": "softmax"}, {"loss": loss.item(), "grad": plain(x.grad)})
truth = [[1, 0, 0, 1], [0, 0, 1, 1], [1, 1, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0]]
x, y = torch.tensor(logits, requires_grad=True), torch.tensor(truth, dtype=torch.float64)
p = torch.sigmoid(x)
ce = torch.nn.functional.binary_cross_entropy_with_logits(x, y, reduction="none")
p_t = p * y + (1 - p) * (1 - y)
loss = ((0.25 * y + 0.75 * (1 - y)) * (1 - p_t) ** 2 * ce).mean()
loss.backward()
add("focal, sigmoid (torchvision's formula)", "focal-loss", {"logits": logits, "y": truth, "gamma": 2.0, "alpha": 0.25, "loss": "sigmoid"}, {"loss": loss.item(), "grad": plain(x.grad)})

# Rounding: numbers over all sizes, ties, the ends of the range.
g = torch.Generator().manual_seed(5)
sizes = (torch.rand(160, generator=g) * 60 - 30)
values = (torch.randn(160, generator=g) * torch.exp2(sizes)).to(torch.float32)
special = torch.tensor([0.0, 1.0, -1.0, 1 + 2**-8, 1 + 3 * 2**-8, 257.0, 259.0, 1 + 2**-11, 1 + 3 * 2**-11, -(1 + 2**-11), 65504.0, 65519.0, 65519.996, 65520.0, -65520.0, 1e30, 3.0e38, 3.3895e38, 3.4e38, -3.4e38, 2**-14, 2**-14 - 2**-25, 2**-24, 2**-25, 2**-25 * 1.0001, 3 * 2**-25, 1e-8, 1e-30, float("inf"), float("-inf"), float("nan")], dtype=torch.float32)
values = torch.cat([values, special])
for name, dtype in [("bfloat16", torch.bfloat16), ("float16", torch.float16)]:
    out = values.to(dtype).to(torch.float32).to(torch.float64)
    add(f"round to {name}", "round-to", {"values": plain(values.to(torch.float64)), "format": name}, {"rounded": plain(out)}, abs=0, rel=0)

# The file format, from its own writer.
arrays = {"w": np.array([[1.5, -2.0], [0.25, 3.0]], np.float32), "half": np.array([1.0, -0.5, 65504.0, 2**-24], np.float16), "steps": np.array([1, 2**40], np.int64), "mask": np.array([True, False, True]), "empty": np.zeros((0, 3), np.float32), "scalar": np.array(7.0, np.float64), "bytes": np.array([0, 255], np.uint8)}
add("safetensors", "safetensors", {"base64": base64.b64encode(save(arrays, {"framework": "none", "note": "学习"})).decode()}, {
    "tensors": {name: {"shape": list(array.shape), "values": [float(x) for x in array.reshape(-1)]} for name, array in arrays.items()}, "metadata": {"framework": "none", "note": "学习"}})

json.dump({"source": f"PyTorch {torch.__version__.split('+')[0]} (float64), safetensors 0.8.0", "notes": [
    "schedule: the rate of each update; perEpoch updates make an epoch; figures: the validation loss after each epoch",
    "fit-updates: clip_grad_norm_, then SGD with weight_decay; the gradient is given",
    "round-to: float32 numbers (in values exactly) as torch rounds them; subnormal bfloat16 are not among them",
], "cases": cases}, open(sys.argv[1], "w"), indent=None, separators=(",", ":"), ensure_ascii=False)
