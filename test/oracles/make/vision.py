"""Makes test/oracles/vision.json. Needs torch and numpy: python vision.py ../vision.json"""
import json, sys
import numpy as np
import torch
import torch.nn.functional as F

rng = np.random.default_rng(4)
cases = []
def case(name, input, expected, abs=1e-5, rel=1e-5):
    cases.append({"name": name, "input": input, "expected": expected, "tolerance": {"abs": abs, "rel": rel}})
short = lambda t: [float(f"{v:.7g}") for v in torch.as_tensor(t).detach().numpy().ravel()]
last = lambda t: t.permute(0, 2, 3, 1)

def same(size, kernel, stride, dilation):
    out = -(-size // stride)
    total = max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - size)
    return total // 2, total - total // 2

for channels, filters, groups, kernel, stride, pad, dilation in [(4, 6, 2, 3, 1, "same", 1), (6, 9, 3, 3, 2, "same", 1), (6, 6, 6, 3, 1, "valid", 1), (4, 8, 4, 3, 2, "same", 1), (8, 4, 4, 1, 1, "valid", 1), (4, 4, 1, 3, 1, "same", 1), (4, 4, 2, 3, 1, "same", 2)]:
    n, h, w = 2, 7, 6
    x = torch.tensor(rng.normal(size=(n, channels, h, w)), dtype=torch.float64, requires_grad=True)
    k = torch.tensor(rng.normal(size=(filters, channels // groups, kernel, kernel)), dtype=torch.float64, requires_grad=True)
    wide = F.pad(x, (*same(w, kernel, stride, dilation), *same(h, kernel, stride, dilation))) if pad == "same" else x
    y = F.conv2d(wide, k, stride=stride, groups=groups, dilation=dilation)
    up = torch.tensor(rng.normal(size=y.shape))
    (y * up).sum().backward()
    case(f"grouped convolution, {channels} to {filters} in {groups} groups, {kernel} x {kernel}, stride {stride}, {pad}, dilation {dilation}",
         {"kind": "grouped-conv", "x": short(last(x)), "shape": [n, h, w, channels], "filter": short(k.permute(2, 3, 1, 0)), "filterShape": [kernel, kernel, channels // groups, filters], "groups": groups, "strides": stride, "pad": pad, "dilations": dilation, "upstream": short(last(up))},
         {"y": short(last(y)), "gradX": short(last(x.grad)), "gradFilter": short(k.grad.permute(2, 3, 1, 0))})

x = torch.arange(2 * 12 * 1 * 2, dtype=torch.float32).reshape(2, 12, 1, 2)
for groups in (2, 3, 4):
    case(f"channel shuffle in {groups} groups", {"kind": "channel-shuffle", "x": short(last(x)), "shape": [2, 1, 2, 12], "groups": groups}, {"y": short(last(F.channel_shuffle(x, groups)))}, 0, 0)

picture = torch.tensor(rng.uniform(size=(2, 3, 5, 7)), dtype=torch.float64)
for name, maps in {"turned and moved": [[0.9, -0.3, 0.7, 0.25, 1.1, -0.4], [1, 0, 2, 0, 1, -1]], "mirrored and a quarter turn": [[-1, 0, 0, 0, 1, 0], [0, -1, 0, 1, 0, 0]]}.items():
    h, w = 5, 7
    ys, xs = torch.meshgrid(torch.arange(h) - (h - 1) / 2, torch.arange(w) - (w - 1) / 2, indexing="ij")
    grids = []
    for a, b, c, d, e, f in maps:
        sx, sy = a * xs + b * ys + c, d * xs + e * ys + f
        grids.append(torch.stack([sx / ((w - 1) / 2), sy / ((h - 1) / 2)], -1))
    y = F.grid_sample(picture, torch.stack(grids).double(), mode="bilinear", padding_mode="zeros", align_corners=True)
    case(f"pictures {name}", {"kind": "affine-pictures", "x": short(last(picture)), "shape": [2, h, w, 3], "maps": maps}, {"y": short(last(y))}, 5e-4, 0)

json.dump({"source": f"torch {torch.__version__} (float64)", "notes": ["channels last; filters [height, width, channels / groups, filters]", "affine-pictures: source = [a x + b y + c, d x + e y + f] from the middle, grid_sample with align_corners; ours rounds places to 1/4096 pixel"], "cases": cases}, open(sys.argv[1], "w"), separators=(",", ":"))
print(len(cases), "cases")
