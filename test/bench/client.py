"""One kernel under measurement: start, ask, read what comes back, look at its memory."""
import json, pathlib, queue, tempfile, time
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager


class Kernel:
    def __init__(self, name, kernelspec, cwd):
        self.folder = tempfile.TemporaryDirectory()
        home = pathlib.Path(self.folder.name) / name
        home.mkdir()
        (home / "kernel.json").write_text(json.dumps(kernelspec))
        specs = KernelSpecManager(kernel_dirs=[self.folder.name])
        self.manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
        started = time.perf_counter()
        self.manager.start_kernel(cwd=str(cwd))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.hb_channel.unpause()
        info = self.client.kernel_info()
        while True:  # A kernel may start to listen after the first request was dropped.
            reply = self.reply(info, "shell", 0.5)
            if reply or time.perf_counter() - started > 30:
                break
            info = self.client.kernel_info()
        self.ready = (time.perf_counter() - started) * 1000
        self.info = (reply or {}).get("content", {})
        self.drain()

    def send(self, kind, content, channel="shell"):
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def reply(self, request, channel="shell", timeout=20):
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = getattr(self.client, f"get_{channel}_msg")(timeout=left)
            except queue.Empty:
                return None
            if message["parent_header"].get("msg_id") == request:
                return message
        return None

    def ask(self, kind, content, channel="shell", timeout=20):
        return self.reply(self.send(kind, content, channel), channel, timeout)

    def drain(self, quiet=0.3):
        messages = []
        while True:
            try:
                messages.append(self.client.get_iopub_msg(timeout=quiet))
            except queue.Empty:
                return messages

    def until_idle(self, request, timeout=30):
        """iopub messages of this request up to its idle; None at the end where idle never came."""
        found, deadline = [], time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.client.get_iopub_msg(timeout=left)
            except queue.Empty:
                break
            if message["parent_header"].get("msg_id") != request:
                continue
            found.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found
        return found + [None]

    def run(self, code, timeout=30, **options):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True} | options
        request = self.send("execute_request", content)
        messages = self.until_idle(request, timeout)
        return self.reply(request, "shell", 5), messages

    def memory(self):
        """(PSS, RSS) in MB of the kernel's process and all it started. PSS counts shared pages once."""
        pids, totals = [self.manager.provisioner.pid], [0, 0]
        while pids:
            pid = pids.pop()
            try:
                pids += [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
                for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"): totals[0] += int(line.split()[1])
                    if line.startswith("Rss:"): totals[1] += int(line.split()[1])
            except OSError:
                pass
        return round(totals[0] / 1024), round(totals[1] / 1024)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.folder.cleanup()


def kinds(messages, kind):
    return [m for m in messages if m and m["msg_type"] == kind]


def streamed(messages, name="stdout"):
    return "".join(m["content"]["text"] for m in kinds(messages, "stream") if m["content"]["name"] == name)


def result(messages):
    found = kinds(messages, "execute_result")
    return found[-1]["content"]["data"].get("text/plain") if found else None


def ended(messages):
    return bool(messages) and messages[-1] is not None
