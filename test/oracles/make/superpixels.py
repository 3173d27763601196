"""Makes test/oracles/superpixels.json. pip install scikit-image==0.26.0; python test/oracles/make/superpixels.py"""
import json
import pathlib
import numpy as np
import skimage
from skimage.color import gray2rgb
from skimage.segmentation import slic

rng = np.random.default_rng(0)
cases = []


def scene(height, width):
    """Sky, a sun and a wavy field, with noise: outlines that a grid would cut through."""
    y, x = np.mgrid[:height, :width]
    picture = np.zeros((height, width, 3))
    picture[..., 0], picture[..., 1], picture[..., 2] = 0.3, 0.6 * y / height, 0.9 - 0.4 * y / height
    picture[(y - height * 0.3) ** 2 + (x - width * 0.7) ** 2 < (height * 0.18) ** 2] = [0.95, 0.85, 0.2]
    picture[y > height * 0.65 + 4 * np.sin(x / 5)] = [0.2, 0.5, 0.15]
    return np.round(np.clip(picture + rng.normal(scale=0.03, size=picture.shape), 0, 1), 2)


def add(name, picture, segments, compactness):
    colours = picture if picture.ndim == 3 else gray2rgb(picture)
    found = slic(colours, n_segments=segments, compactness=compactness, start_label=0)
    cases.append(dict(name=name, input=dict(kind="superpixels", height=picture.shape[0], width=picture.shape[1], data=picture.ravel().tolist(), segments=segments, compactness=compactness), expected=found.ravel().tolist()))


add("a scene, about 50", scene(36, 48), 50, 10.0)
add("a scene, about 20 round ones", scene(36, 48), 20, 30.0)
add("a square scene that follows its colours", scene(30, 30), 12, 2.0)
add("a narrow strip", scene(3, 60), 10, 10.0)
add("grey", scene(32, 40).mean(2).round(3), 50, 10.0)

file = dict(source=f"scikit-image {skimage.__version__} segmentation.slic; made by test/oracles/make/superpixels.py", notes=["the segment of each pixel, by row; grey pictures go to slic as colours of equal parts"], cases=cases)
path = pathlib.Path(__file__).parent.parent / "superpixels.json"
path.write_text(json.dumps(file, separators=(",", ":")))
print(len(cases), "cases", path.stat().st_size, "bytes")
