"""Looking at processes from outside."""

import os
import select
import signal
from pathlib import Path

SECONDS = 30.0
"""What an end may take on a machine that has much else to do."""


def ends(process_id: int) -> bool:
    """Whether a process ends, sooner or later."""
    try:
        watched = os.pidfd_open(process_id)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], SECONDS)[0])
    finally:
        os.close(watched)


def runs(process_id: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def halt(process_id: int) -> None:
    """Have a child do nothing more. It may still do something after the signal was sent, but not after this."""
    os.kill(process_id, signal.SIGSTOP)
    os.waitid(os.P_PID, process_id, os.WSTOPPED)


def kill(process_id: int) -> None:
    """End it as the kernel does when memory is short."""
    os.kill(process_id, signal.SIGKILL)
