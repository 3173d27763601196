"""What TensorBoard's own reader finds in a folder of event files, as JSON: python read_events.py FOLDER"""
import json, sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import metadata, plugin_data_pb2

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "histograms": 0, "images": 0, "tensors": 0}).Reload()
tags = events.Tags()
out = {"version": events.file_version, "first": events.FirstEventTimestamp()}
out["scalars"] = {tag: [[e.step, e.value, e.wall_time] for e in events.Scalars(tag)] for tag in tags["scalars"]}
def histogram(value):
    return {"min": value.min, "max": value.max, "num": value.num, "sum": value.sum, "squares": value.sum_squares, "limits": list(value.bucket_limit), "counts": list(value.bucket)}
out["histograms"] = {tag: [{"step": e.step, **histogram(e.histogram_value)} for e in events.Histograms(tag)] for tag in tags["histograms"]}
out["images"] = {tag: [[e.step, e.width, e.height, e.encoded_image_string[:4].hex()] for e in events.Images(tag)] for tag in tags["images"]}
out["texts"] = {tag: [[e.step, e.tensor_proto.string_val[0].decode()] for e in events.Tensors(tag)] for tag in tags["tensors"] if events.SummaryMetadata(tag).plugin_data.plugin_name == "text"}
plain = lambda value: getattr(value, value.WhichOneof("kind"))
for tag in tags["tensors"]:
    summary = events.SummaryMetadata(tag)
    if summary.plugin_data.plugin_name != "hparams": continue
    data = plugin_data_pb2.HParamsPluginData.FromString(summary.plugin_data.content)
    assert data.version == metadata.PLUGIN_DATA_VERSION
    if tag == metadata.SESSION_START_INFO_TAG: out["hparams"] = {name: plain(value) for name, value in data.session_start_info.hparams.items()}
    if tag == metadata.SESSION_END_INFO_TAG: out["end"] = data.session_end_info.status
    if tag == metadata.EXPERIMENT_TAG: out["columns"] = [[info.name for info in data.experiment.hparam_infos], [info.name.tag for info in data.experiment.metric_infos]]
print(json.dumps(out))
