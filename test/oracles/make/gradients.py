"""Makes test/oracles/gradients.json: explanations of a small convolutional network by Captum, in 64 bits.

pip install torch captum==0.9.0 numpy; python test/oracles/make/gradients.py
"""
import json
import pathlib
import captum
import numpy as np
import torch
from captum.attr import IntegratedGradients, LayerAttribution, LayerGradCam, Occlusion, Saliency
from torch import nn

torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


class Net(nn.Module):
    """Convolution, ReLU, dense softmax over height x width x channels, the order in which TensorFlow flattens."""

    def __init__(self, side, channels, filters, classes):
        super().__init__()
        self.conv = nn.Conv2d(channels, filters, 3)
        self.dense = nn.Linear((side - 2) ** 2 * filters, classes)

    def forward(self, x):
        maps = torch.relu(self.conv(x))
        return torch.softmax(self.dense(maps.permute(0, 2, 3, 1).flatten(1)), 1)


def plain(tensor):
    """Pictures from channels first to channels last, flat."""
    return [picture.permute(1, 2, 0).flatten().tolist() for picture in tensor.detach()]


cases = []
# Windows that fit the side: of one that does not, Captum cuts the last, ours moves it back.
for name, side, channels, windows in [("grey", 8, 1, [(2, 2), (3, 1)]), ("colour", 9, 3, [(3, 3), (3, 1), (3, 2)])]:
    net = Net(side, channels, 4, 3)
    with torch.no_grad():
        for part in net.parameters():
            part.copy_(torch.round(part * 2, decimals=3))
    x = torch.round(torch.rand(2, channels, side, side), decimals=3)
    target = 1
    maps = LayerGradCam(net, net.conv)  # of the maps before ReLU
    occlude = lambda size, stride: plain(Occlusion(net).attribute(x, sliding_window_shapes=(channels, size, size), strides=(channels, stride, stride), target=target, baselines=0))
    cases.append(dict(
        name=f"captum: {name} pictures",
        input=dict(kind="picture-network", side=side, channels=channels, target=target, x=plain(x), windows=windows,
                   kernel=net.conv.weight.detach().permute(2, 3, 1, 0).flatten().tolist(), filters=4, convBias=net.conv.bias.tolist(),
                   dense=net.dense.weight.detach().T.flatten().tolist(), classes=3, denseBias=net.dense.bias.tolist()),
        expected=dict(
            prediction=net(x)[:, target].tolist(),
            saliency=plain(Saliency(net).attribute(x, target=target)),
            signedSaliency=plain(Saliency(net).attribute(x, target=target, abs=False)),
            integratedGradients=plain(IntegratedGradients(net).attribute(x, baselines=0, target=target, n_steps=50)),
            gradCam=plain(LayerAttribution.interpolate(maps.attribute(x, target=target, relu_attributions=True), (side, side), "bilinear")),
            occlusion=[occlude(*window) for window in windows]),
        tolerance=dict(abs=2e-6, rel=2e-5)))

file = dict(source=f"captum {captum.__version__}, torch {torch.__version__}; made by test/oracles/make/gradients.py",
            notes=["pictures and kernels have the channel last; ours computes in 32 bits", "gradCam: of the convolution's maps before ReLU, enlarged bilinearly"], cases=cases)
path = pathlib.Path(__file__).parent.parent / "gradients.json"
path.write_text(json.dumps(file, separators=(",", ":")))
print(len(cases), "cases", path.stat().st_size, "bytes")
