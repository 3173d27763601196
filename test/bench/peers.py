"""The kernels that are compared, and what each program looks like in their language."""
import json, os, pathlib, sys

TS = {
    "one": "1 + 1",
    "typed": "const squares: number[] = [1, 2, 3].map((x: number) => x * x); squares",
    "loop": "let acc = 0; for (let i = 0; i < 2e6; i++) { acc += i % 7 } acc",
    "float": "let total = 0.5; for (let i = 0; i < 2e6; i++) { total += i * 0.25 } total",
    "lines": "for (let i = 0; i < 5000; i++) console.log('line ' + i)",
    "line": lambda i: f"line {i}",
    "forever": "while (true) {}",
    "set": "let kept = 41",
    "get": "kept + 1",
    "sleep": lambda s: f"await new Promise((done) => setTimeout(done, {s * 1000}))",
    "print": lambda text: f"console.log({json.dumps(text)})",
    "stderr": "console.error('to stderr')",
    "throw": "throw new Error('boom')",
    "syntax": "let 1a = 2",
    "complete": "const x = 1",
    "incomplete": "function f() {",
    "member": ("[1, 2, 3].ma", "map"),
    "astral": ("/* \U0001F600 */ [1].ma", "map"),
    "input": "prompt('name? ')",
    "late": "setTimeout(() => console.log('late'), 400)",
    "exit": "process.exit(3)",
    "hover": ("Math.max", "max"),
    "redeclare": ("const kind = 1", "let kind = 'text'; kind", "text"),
    "reject": "Promise.reject(new Error('nobody waits')); 7",
    "typeerror": "let told = 1; const wrong: number = 'text'",
    "unset": "typeof told",
    "await": "await Promise.resolve(21) * 2",
    "esm": "import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'; typeof xoroshiro128plus",
    "big": "'x'.repeat(12_000_000)",
    "deep": "function deep(): number { return deep() + 1 } deep()",
}
PY = TS | {
    "typed": "squares: list[int] = [x * x for x in [1, 2, 3]]; squares",
    "loop": "acc = 0\nfor i in range(2_000_000):\n    acc += i % 7\nacc",
    "float": "total = 0.5\nfor i in range(2_000_000):\n    total += i * 0.25\ntotal",
    "lines": "for i in range(5000): print('line', i)",
    "forever": "while True: pass",
    "set": "kept = 41",
    "sleep": lambda s: f"import time; time.sleep({s})",
    "print": lambda text: f"print({json.dumps(text)})",
    "stderr": "import sys; print('to stderr', file=sys.stderr)",
    "throw": "raise ValueError('boom')",
    "complete": "x = 1",
    "incomplete": "def f():",
    "member": ("[1, 2, 3].co", "copy"),
    "astral": ("'\U0001F600'; [1].co", "copy"),
    "input": "input('name? ')",
    "late": "import threading; threading.Timer(0.4, lambda: print('late')).start()",
    "exit": "import os; os._exit(3)",
    "hover": ("max", "max"),
    "redeclare": ("kind = 1", "kind = 'text'; kind", "text"),
    "reject": "import asyncio\nasync def nobody(): raise ValueError('nobody waits')\nasyncio.ensure_future(nobody()); 7",
    "typeerror": None,
    "unset": None,
    "await": "import asyncio\nawait asyncio.sleep(0, 21) * 2",
    "esm": None,
    "big": "'x' * 12_000_000",
    "deep": "def deep(): return deep() + 1\ndeep()",
}


def peers(root: pathlib.Path, build: pathlib.Path) -> dict:
    """name -> (kernelspec, programs). `build` is the folder of compiled code under test."""
    node = os.environ.get("LYCEUM_NODE", "node")
    modules = root / "node_modules"
    return {
        "lyceum": (spec([node, str(build / "kernel/server/main.js"), "{connection_file}"], "typescript", "message"), TS),
        "ipykernel": (spec([sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "python"), PY),
        "tslab": (spec([node, str(modules / "tslab/bin/tslab"), "kernel", "--config-path={connection_file}"], "typescript"), TS),
        "deno": (spec([str(modules / ".bin/deno"), "jupyter", "--kernel", "--conn", "{connection_file}"], "typescript"), TS),
    }


def spec(argv, language, interrupt="signal"):
    return {"argv": argv, "display_name": argv[0], "language": language, "interrupt_mode": interrupt}
