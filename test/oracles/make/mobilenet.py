"""Features of the original TFLite detector's backbone, for test/fixtures/data/mobilenet-v2.json.

    npm pack @mediapipe/objectron@0.4.1675468480 && tar xzf mediapipe-objectron-*.tgz
    pip install ai-edge-litert==2.3.0 && python mobilenet.py package/objectron_solution_packed_assets.data > mobilenet-v2.json
"""
import json, sys
import numpy as np
from ai_edge_litert.interpreter import Interpreter

model = open(sys.argv[1], "rb").read()[184:]  # after the list of labels
run = Interpreter(model_content=model, experimental_preserve_all_tensors=True)
run.allocate_tensors()
maps = next(t["index"] for t in run.get_tensor_details() if t["name"].startswith("FeatureExtractor/MobilenetV2/Conv_1/Relu6"))
middle = next(t["index"] for t in run.get_tensor_details() if t["name"] == "FeatureExtractor/MobilenetV2/expanded_conv_8/add")
row, column, channel = np.meshgrid(np.arange(300), np.arange(300), np.arange(3), indexing="ij")

cases = []
for a, b, c in [(0.05, 0.07, 1.0), (0.31, 0.02, 2.0)]:
    # The test makes the same picture from the same formula.
    x = (np.sin(a * row + 0.5 * channel) * np.cos(b * column + c * channel)).astype(np.float32)[None]
    run.set_tensor(0, x)
    run.invoke()
    out, inner = run.get_tensor(maps)[0], run.get_tensor(middle)[0]
    short = lambda values: [float(f"{v:.6g}") for v in np.asarray(values, np.float64).ravel()]
    cases.append({"a": a, "b": b, "c": c, "mean": short(out.mean((0, 1))), "corner": short(out[0, 0, ::16]), "middle": short(inner.mean((0, 1)))})
print(json.dumps({"source": "@mediapipe/objectron 0.4.1675468480 on ai-edge-litert 2.3.0", "cases": cases}))
