"""Start one Jupyter kernel and relay its channels as JSON lines.

The other end is test/support/jupyter.ts. stdin carries commands, one JSON object a line; stdout carries events.
First line in:  {"kernel": NAME, "path": [folders that hold kernels/NAME], "env": {...}, "cwd": DIR, "transport": "tcp" | "ipc"}
Commands:       {"id": 1, "do": "send" | "raw" | "heartbeat" | "manager" | "alive" | "stop", ...}
Events:         {"event": "started" | "message" | "answer" | "failed", ...}
When stdin ends, the kernel is shut down: a test that dies leaves no process behind.
"""

import asyncio
import base64
import json
import os
import signal
import sys
import time

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager

CHANNELS = ("shell", "control", "iopub", "stdin")

# The kernel inherits descriptor 1, and Node would make it non-blocking for us, too: keep our own, and give it stderr instead.
EVENTS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def emit(event, **fields):
    EVENTS.write(json.dumps({"event": event, **fields}, default=str) + "\n")
    EVENTS.flush()


def relay(channel, message):
    emit(
        "message",
        channel=channel,
        header=message["header"],
        parent_header=message["parent_header"],
        metadata=message["metadata"],
        content=message["content"],
        buffers=[base64.b64encode(bytes(part)).decode() for part in message["buffers"]],
        at=time.time(),
    )


class Bridge:
    def __init__(self, manager):
        self.manager = manager
        self.tasks = []

    async def connect(self):
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        self.channels = {name: getattr(self.client, f"{name}_channel") for name in CHANNELS}
        self.tasks = [asyncio.create_task(self.listen(name)) for name in CHANNELS]

    async def listen(self, name):
        while True:
            try:
                relay(name, await self.channels[name].get_msg())
            except asyncio.CancelledError:
                raise
            except Exception as problem:  # a message that a real client could not read: the test should see it
                emit("unreadable", channel=name, message=f"{type(problem).__name__}: {problem}")

    def socket(self, name):
        return zmq.Socket.shadow(self.channels[name].socket.underlying)

    def look_again(self, name):
        """A send beside the asyncio socket may take the one notice of a reply that came meanwhile: look for it."""
        self.channels[name].socket._schedule_remaining_events()

    async def send(self, command):
        message = self.client.session.msg(command["type"], command["content"], metadata=command.get("metadata"))
        message["header"].update(command.get("header", {}))
        message["msg_id"] = message["header"]["msg_id"]
        if "parent" in command:
            message["parent_header"] = command["parent"]
        buffers = [base64.b64decode(part) for part in command.get("buffers", [])]
        self.client.session.send(self.socket(command["channel"]), message, buffers=buffers)
        self.look_again(command["channel"])
        return message["header"]

    async def raw(self, command):
        self.socket(command["channel"]).send_multipart([base64.b64decode(frame) for frame in command["frames"]])
        self.look_again(command["channel"])

    async def heartbeat(self, command):
        socket = zmq.asyncio.Context.instance().socket(zmq.REQ)
        socket.linger = 0
        socket.connect(self.manager._make_url("hb"))
        try:
            start = time.perf_counter()
            await socket.send(b"ping")
            reply = await asyncio.wait_for(socket.recv(), command.get("timeout", 10))
            assert reply == b"ping", reply
            return (time.perf_counter() - start) * 1000
        finally:
            socket.close()

    async def manage(self, command):
        name = command["call"]
        if name == "interrupt":
            await self.manager.interrupt_kernel()
        elif name == "restart":
            await self.manager.restart_kernel(now=command.get("now", False))
            return await self.pid()
        elif name == "shutdown":
            await self.manager.shutdown_kernel(now=command.get("now", False))
        elif name == "kill":
            os.kill(await self.pid(), signal.SIGKILL)
        else:
            raise ValueError(f"unknown call {name!r}")

    async def pid(self):
        return getattr(self.manager.provisioner, "pid", None)

    async def alive(self, command):
        return await self.manager.is_alive()


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**30)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    options = json.loads(await reader.readline())
    specs = KernelSpecManager(kernel_dirs=options["path"])
    manager = AsyncKernelManager(kernel_name=options["kernel"], kernel_spec_manager=specs)
    manager.shutdown_wait_time = options.get("shutdown_wait", 5)
    manager.transport = options.get("transport", "tcp")
    if manager.transport == "ipc":
        manager.ip = options["ipc"]
    env = {**os.environ, **options.get("env", {})}
    spawned = time.time()
    await manager.start_kernel(env={key: value for key, value in env.items() if value is not None}, cwd=options.get("cwd"))
    bridge = Bridge(manager)
    try:
        await bridge.connect()
        connection = manager.get_connection_info()
        connection["key"] = connection["key"].decode()
        emit("started", connection=connection, pid=await bridge.pid(), file=manager.connection_file, spawned=spawned)
        operations = {"send": bridge.send, "raw": bridge.raw, "heartbeat": bridge.heartbeat, "manager": bridge.manage, "alive": bridge.alive}
        running = set()

        async def answer(command):
            try:
                emit("answer", id=command["id"], value=await operations[command["do"]](command))
            except Exception as problem:
                emit("failed", id=command["id"], message=f"{type(problem).__name__}: {problem}")

        while line := await reader.readline():
            command = json.loads(line)
            if command["do"] == "stop":
                break
            # in order where order matters, side by side where a command waits for the kernel
            if command["do"] in ("send", "raw"):
                await answer(command)
            else:
                task = asyncio.create_task(answer(command))
                running.add(task)
                task.add_done_callback(running.discard)
    finally:
        for task in bridge.tasks:
            task.cancel()
        if manager.has_kernel:
            await manager.shutdown_kernel(now=True)
        manager.cleanup_connection_file()


# A test that is interrupted still ends its kernel: SIGTERM unwinds `main`.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
asyncio.run(main())
