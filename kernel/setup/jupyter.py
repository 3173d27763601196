"""JupyterLab, tied to the process that started it: when that one goes, however it goes, its end of our stdin
closes, and JupyterLab shuts down its kernels and leaves."""

import os
import signal
import sys
import threading
import time


def leave_with_parent():
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    # A page that reconnects to a kernel while it is shut down can make the server wait for ever.
    # Kernels are given five seconds; what is left after eight is that wait.
    time.sleep(8)
    os._exit(1)


threading.Thread(target=leave_with_parent, daemon=True).start()
# The terminal's Ctrl-C reaches the parent, which ends us in an orderly way.
signal.signal(signal.SIGINT, signal.SIG_IGN)

from jupyterlab.labapp import main  # noqa: E402

sys.exit(main())
