"""A child process's leash: when the parent that holds the other end is gone, it stops too."""

import os
import signal
import threading

VARIABLE = "SENTINEL_LEASH"
"""Set by the supervisor for children whose standard input is a pipe it keeps open."""


def follow_parent() -> None:
    """Stop this process by SIGTERM once its parent is gone, even by kill -9; nothing if unleashed.

    It reads the descriptor itself: a reader blocked in `sys.stdin` crashes the interpreter at exit.
    """
    if os.environ.get(VARIABLE) != "1":
        return
    threading.Thread(target=_wait, name="leash", daemon=True).start()


def _wait() -> None:
    if os.read(0, 1) == b"":
        os.kill(os.getpid(), signal.SIGTERM)
