"""Makes test/oracles/formats.json: one Label Studio export as Label Studio's own converter turns it into CoNLL and COCO, which pycocotools then reads.

pip install label-studio-sdk==2.1.2 pycocotools==2.0.11; python test/oracles/make/formats.py
"""
import contextlib
import io
import json
import pathlib
import tempfile
import label_studio_sdk
from label_studio_sdk.converter import Converter
from pycocotools.coco import COCO

cases = []
here = pathlib.Path(__file__).parent


def convert(config, tasks, how):
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        source, out = pathlib.Path(folder, "tasks.json"), pathlib.Path(folder, "out")
        source.write_text(json.dumps(tasks))
        out.mkdir()
        how(Converter(config, folder, download_resources=False), str(source), str(out))
        return {path.name: path.read_text() for path in out.rglob("*") if path.is_file()}


texts = [("Lin Yi sings in Rome today", [(0, 6, "PER"), (16, 20, "LOC")]), ("Ada Lovelace met Charles Babbage", [(0, 12, "PER"), (17, 32, "PER")]), ("Nobody is here", [])]
config = '<View><Labels name="spans" toName="text"><Label value="PER"/><Label value="LOC"/></Labels><Text name="text" value="$text"/></View>'
tasks = [dict(id=i + 1, data=dict(text=text), annotations=[dict(id=i + 1, completed_by=1, result=[
    dict(id=f"r{j}", type="labels", from_name="spans", to_name="text", value=dict(start=s, end=e, text=text[s:e], labels=[name])) for j, (s, e, name) in enumerate(spans)])]) for i, (text, spans) in enumerate(texts)]
conll = next(iter(convert(config, tasks, lambda one, source, out: one.convert_to_conll2003(source, out, is_dir=False)).values()))
cases.append(dict(name="Label Studio: spans, and the same as CoNLL", input=dict(kind="formats-spans", export=json.dumps(tasks), conll=conll), expected=dict(
    spans=[[dict(start=s, end=e, label=name) for s, e, name in spans] for _, spans in texts if spans])))

config = '<View><RectangleLabels name="boxes" toName="image"><Label value="cat"/><Label value="dog"/></RectangleLabels><Image name="image" value="$image"/></View>'
pictures = [("a.png", 640, 480, [(10, 20, 30, 40, "cat"), (50.5, 0, 25, 12.5, "dog")]), ("b.png", 200, 300, [(0, 0, 100, 100, "dog")])]
tasks = [dict(id=i + 1, data=dict(image=name), annotations=[dict(id=i + 1, completed_by=1, result=[
    dict(id=f"r{j}", type="rectanglelabels", from_name="boxes", to_name="image", original_width=w, original_height=h, image_rotation=0,
         value=dict(x=x, y=y, width=bw, height=bh, rotation=0, rectanglelabels=[label])) for j, (x, y, bw, bh, label) in enumerate(boxes)])]) for i, (name, w, h, boxes) in enumerate(pictures)]
files = convert(config, tasks, lambda one, source, out: one.convert_to_coco(source, out, output_image_dir=out, is_dir=False))
made = {key: value for key, value in json.loads(files["result.json"]).items() if key != "info"}  # which holds the date
for image, (name, *_) in zip(made["images"], pictures):
    image["file_name"] = name  # the converter writes a path of the machine
with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
    path = pathlib.Path(folder, "coco.json")
    path.write_text(json.dumps(made))
    coco = COCO(str(path))
boxes = [[dict(zip(("x", "y", "width", "height"), one["bbox"]), label=coco.cats[one["category_id"]]["name"]) for one in coco.loadAnns(coco.getAnnIds(imgIds=[image]))] for image in sorted(coco.imgs)]
cases.append(dict(name="Label Studio: boxes, and the same as COCO", input=dict(kind="formats-boxes", export=json.dumps(tasks), coco=json.dumps(made)), expected=dict(boxes=boxes), tolerance=dict(abs=1e-6, rel=1e-6)))

file = dict(source=f"label-studio-sdk {label_studio_sdk.__version__} converter, pycocotools 2.0.11; made by test/oracles/make/formats.py", notes=["both readings, of the export and of what was converted, must give what is expected"], cases=cases)
path = here.parent / "formats.json"
path.write_text(json.dumps(file, indent=1))
print(len(cases), "cases", path.stat().st_size, "bytes")
