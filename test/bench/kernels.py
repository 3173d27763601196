"""Measures the kernels side by side in one run. Writes JSON lines of progress to stderr, one JSON object to stdout.

    python kernels.py ROOT BUILD [name ...]
"""
import json, pathlib, statistics, subprocess, sys, time
from client import Kernel, ended, kinds, result, streamed
from conformance import conform
from peers import peers

root, build, *names = sys.argv[1:]
root, build = pathlib.Path(root), pathlib.Path(build)


def median(times): return round(statistics.median(times), 1)


def timed(kernel, code, times, warm=3):
    found = []
    for turn in range(times + warm):
        started = time.perf_counter()
        _, messages = kernel.run(code)
        if turn >= warm and ended(messages):
            found.append((time.perf_counter() - started) * 1000)
    return median(found) if found else None


def interrupt(kernel, programs):
    kernel.run(programs["set"])
    request = kernel.send("execute_request", {"code": programs["forever"], "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True})
    time.sleep(0.5)
    started = time.perf_counter()
    kernel.manager.interrupt_kernel()
    if not ended(kernel.until_idle(request, 5)):
        return None, False
    took = round((time.perf_counter() - started) * 1000, 1)
    kernel.reply(request, timeout=2)
    return took, result(kernel.run(programs["get"], timeout=5)[1]) == "42"


def lines(kernel, programs):
    started = time.perf_counter()
    messages = kernel.run(programs["lines"], timeout=10)[1]
    whole = streamed(messages) == "".join(programs["line"](i) + "\n" for i in range(5000))
    return round((time.perf_counter() - started) * 1000, 1), whole and ended(messages)


def completion(kernel, programs, times=10):
    code, _ = programs["member"]
    found = []
    for _ in range(times + 2):
        started = time.perf_counter()
        if kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)}, timeout=10):
            found.append((time.perf_counter() - started) * 1000)
    return median(found[2:]) if len(found) > 2 else None


def measure(name, kernelspec, programs):
    make = lambda: Kernel(name, kernelspec, root)
    say = lambda what: print(f"{name}: {what}", file=sys.stderr, flush=True)
    row, starts = {}, []
    say("start")
    for turn in range(5):
        kernel = make()
        starts.append(kernel.ready)
        if turn < 4: kernel.close()
    row["start"] = median(starts)
    say("cells")
    row["trivial"] = timed(kernel, programs["one"], 30)
    row["typed"] = timed(kernel, programs["typed"], 30)
    time.sleep(1)
    row["memory"], row["memory_rss"] = kernel.memory()
    row["loop"] = timed(kernel, programs["loop"], 5, warm=1)
    row["lines"], row["lines_whole"] = min((lines(kernel, programs) for _ in range(3)), key=lambda pair: pair[0])
    row["completion"] = completion(kernel, programs)
    if name == "lyceum":
        row["tensor"] = timed(kernel, "tf.tidy(() => tf.tensor1d([1, 2, 3]).square().sum().arraySync())", 30, warm=3)
    row["interrupt"], row["state_kept"] = interrupt(kernel, programs)
    kernel.close()
    say("conformance")
    row["passed"], row["applicable"], row["missing"] = conform(make, programs)
    return row


plain = subprocess.run(["node", "-e", "const t=performance.now(); let acc=0; for (let i=0;i<2e6;i++){acc+=i%7}; console.log(performance.now()-t)"], capture_output=True, text=True)
report = {"node_loop": round(float(plain.stdout), 1), "kernels": {}}
for name, (kernelspec, programs) in peers(root, build).items():
    if not names or name in names:
        report["kernels"][name] = measure(name, kernelspec, programs)
print(json.dumps(report))
