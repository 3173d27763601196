"""Measures the kernels side by side in one run. Writes lines of progress to stderr, one JSON object to stdout.

    python kernels.py ROOT BUILD [--quick] [name ...]

Times are medians in ms. Every kernel gets the same treatment: the same wait before its cells, the same number of turns.
`--quick` leaves conformance out.
"""
import json, pathlib, statistics, subprocess, sys, tempfile, time
from client import Kernel, ended, kinds, result, streamed
from conformance import conform
from peers import TS, peers

quick = "--quick" in sys.argv
root, build, *names = [word for word in sys.argv[1:] if word != "--quick"]
root, build = pathlib.Path(root), pathlib.Path(build)
SETTLE = 3  # seconds: what a kernel does by itself after its start is over then


def median(times): return round(statistics.median(times), 1) if times else None


def timed(kernel, code, times, warm=3):
    found = []
    for turn in range(times + warm):
        started = time.perf_counter()
        _, messages = kernel.run(code)
        if not ended(messages):
            return None
        if turn >= warm:
            found.append((time.perf_counter() - started) * 1000)
    return median(found)


def starts(make, programs, times=5):
    """(ms to the first kernel_info_reply, ms to the end of a first cell that is sent at once)"""
    ready, first = [], []
    for _ in range(times):
        kernel = make()
        ready.append(kernel.ready)
        if ended(kernel.run(programs["one"])[1]):
            first.append((time.perf_counter() - kernel.started) * 1000)
        kernel.close()
    return median(ready), median(first)


def interrupt(kernel, programs):
    kernel.run(programs["set"])
    request = kernel.execute(programs["forever"])
    time.sleep(0.5)
    started = time.perf_counter()
    kernel.manager.interrupt_kernel()
    if not ended(kernel.until_idle(request, 5)):
        return None, False
    took = round((time.perf_counter() - started) * 1000, 1)
    kernel.reply(request, timeout=2)
    return took, result(kernel.run(programs["get"], timeout=5)[1]) == "42"


def interrupts(kernel, make, programs, times=5):
    """(median ms, state kept every time); a kernel that did not come back is not asked again."""
    found = []
    for _ in range(times):
        took, kept = interrupt(kernel, programs)
        found.append(took)
        if not kept:
            return (None if took is None else median(found)), False
    return median(found), True


def lines(kernel, programs):
    started = time.perf_counter()
    messages = kernel.run(programs["lines"], timeout=10)[1]
    took = round((time.perf_counter() - started) * 1000, 1)
    return took, ended(messages) and streamed(messages) == "".join(programs["line"](i) + "\n" for i in range(5000))


def printing(kernel, programs, times=5):
    """(median ms until idle, everything in order before it every time); the time is None where idle never came."""
    found = []
    for _ in range(times):
        found.append(lines(kernel, programs))
        if not found[-1][1]:
            break
    return median([took for took, _ in found]), all(whole for _, whole in found)


def completion(kernel, programs, times=20):
    code, _ = programs["member"]
    found = []
    for _ in range(times + 2):
        started = time.perf_counter()
        if not kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)}, timeout=10):
            return None
        found.append((time.perf_counter() - started) * 1000)
    return median(found[2:])


def idle_memory(kernel, programs):
    """MB after a start, sixty small cells and a quiet while."""
    for code in ("one", "typed"):
        timed(kernel, programs[code], 30)
    time.sleep(SETTLE)
    return kernel.memory()


def measure(name, kernelspec, programs):
    make = lambda env=None: Kernel(name, kernelspec, root, env)
    say = lambda what: print(f"{name}: {what}", file=sys.stderr, flush=True)
    row = {}
    say("start")
    row["start"], row["first"] = starts(make, programs)
    say("memory")
    kernel = make({"LYCEUM_PRELOAD": "0"})  # only Lyceum loads TensorFlow by itself
    time.sleep(SETTLE)
    row["memory"], row["memory_rss"] = idle_memory(kernel, programs)
    kernel.close()
    say("cells")
    kernel = make()
    time.sleep(SETTLE)
    row["trivial"] = timed(kernel, programs["one"], 40)
    row["typed"] = timed(kernel, programs["typed"], 40)
    if name == "lyceum":
        row["tensor"] = timed(kernel, "tf.tidy(() => tf.tensor1d([1, 2, 3]).square().sum().arraySync())", 40)
        row["memory_tensorflow"], _ = idle_memory(kernel, programs)
    row["loop"] = timed(kernel, programs["loop"], 9, warm=1)
    row["float"] = timed(kernel, programs["float"], 9, warm=1)
    row["completion"] = completion(kernel, programs)
    row["lines"], row["lines_whole"] = printing(kernel, programs)
    if not row["lines_whole"]:  # it may still be printing: the next figure is not to pay for that
        kernel.close()
        kernel = make()
        time.sleep(SETTLE)
    row["interrupt"], row["state_kept"] = interrupts(kernel, make, programs)
    kernel.close()
    if not quick:
        say("conformance")
        row["passed"], row["applicable"], row["missing"] = conform(make, programs)
    return row


def plain_node(code, times=9):
    """Median ms of a loop in a program of its own, which times only the loop."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "loop.mjs"
        program.write_text(f"const started = performance.now();\n{code}\nconsole.log(performance.now() - started)\n")
        return median([float(subprocess.run(["node", str(program)], capture_output=True, text=True, check=True).stdout) for _ in range(times)])


print("node: loops", file=sys.stderr, flush=True)
report = {"node": {"loop": plain_node(TS["loop"]), "float": plain_node(TS["float"])}, "kernels": {}}
for name, (kernelspec, programs) in peers(root, build).items():
    if not names or name in names:
        report["kernels"][name] = measure(name, kernelspec, programs)
print(json.dumps(report))
