"""One kernel under measurement: start, ask, read what comes back, look at its memory."""
import json, os, pathlib, queue, re, tempfile, time
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager


class Kernel:
    def __init__(self, name, kernelspec, cwd, env=None):
        """Returns at the first kernel_info_reply; `ready` is how long that took, in ms from the start of the process."""
        self.folder = tempfile.TemporaryDirectory()
        home = pathlib.Path(self.folder.name) / name
        home.mkdir()
        (home / "kernel.json").write_text(json.dumps(kernelspec))
        specs = KernelSpecManager(kernel_dirs=[self.folder.name])
        self.manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
        self.replies = {}
        self.started = started = time.perf_counter()
        self.manager.start_kernel(cwd=str(cwd), env=os.environ | {"LYCEUM_HISTORY": str(home / "history.jsonl")} | (env or {}))
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
        self.nudge()

    def nudge(self):
        """Until iopub speaks, as Jupyter Server does: a subscription may come too late for the first status."""
        for _ in range(20):
            try:
                return self.client.get_iopub_msg(timeout=0.5)
            except queue.Empty:
                self.client.kernel_info()

    def send(self, kind, content, channel="shell"):
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def reply(self, request, channel="shell", timeout=20):
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            if request in self.replies:
                return self.replies.pop(request)
            try:
                message = getattr(self.client, f"get_{channel}_msg")(timeout=min(left, 0.5))
            except queue.Empty:
                if self.died():
                    return None
                continue
            if message["parent_header"].get("msg_id") == request:
                return message
        return None

    def replied(self, request):
        """Whether the shell has answered this request, without waiting; the answer is kept for `reply`."""
        try:
            while True:
                message = self.client.get_shell_msg(timeout=0)
                self.replies[message["parent_header"].get("msg_id")] = message
        except queue.Empty:
            return request in self.replies

    def died(self):
        return not self.manager.is_alive()

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
        """iopub messages of this request up to its idle; None at the end where idle never came.

        The wait ends early where the answer is no beyond noise: the process is gone, or the request was answered and
        the kernel has then been silent for three seconds.
        """
        found, deadline, heard = [], time.monotonic() + timeout, time.monotonic()
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self.client.get_iopub_msg(timeout=min(left, 0.5))
            except queue.Empty:
                silent = time.monotonic() - heard
                if silent > 1 and self.died() or silent > 3 and self.replied(request):
                    break
                continue
            heard = time.monotonic()
            if message["parent_header"].get("msg_id") != request:
                continue
            found.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found
        return found + [None]

    def execute(self, code, **options):
        defaults = {"silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True}
        return self.send("execute_request", {"code": code} | defaults | options)

    def run(self, code, timeout=30, **options):
        request = self.execute(code, **options)
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
    """The shown value, without colours."""
    found = kinds(messages, "execute_result")
    return re.sub("\x1b\\[[0-9;]*m", "", found[-1]["content"]["data"].get("text/plain") or "") if found else None


def shown(messages):
    """The value a cell shows, as execute_result or (tslab) printed."""
    return result(messages) or re.sub("\x1b\\[[0-9;]*m", "", streamed(messages)).strip()


def ended(messages):
    return bool(messages) and messages[-1] is not None
