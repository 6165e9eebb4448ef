"""Starting a worker process."""

import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

EXTRA: Final = "the script engine 'quickjs' needs the package quickjs-ng: pip install 'mirabelle[quickjs]'"
PASSED_ON: Final = ("PATH", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
PACKAGE: Final = "mirabelle.contrib.ecmascript_quickjs"

# The packages above the worker's own are entered as empty ones, so that nothing of the platform is imported.
PROGRAM: Final = f"""
import socket, sys, types
folder, library, address_space = sys.argv[1:]
name = "{PACKAGE}"
for depth in range(name.count(".") + 1):
    package = types.ModuleType(name.rsplit(".", depth)[0])
    package.__path__ = [folder.rsplit("/", depth)[0]]
    sys.modules[package.__name__] = package
from {PACKAGE}.worker.process import serve
serve(socket.socket(fileno=0), library, int(address_space))
"""


class Unavailable(Exception):
    """This engine cannot be used here. The message says how that can be mended."""


def library() -> str:
    """The file with the engine. Raises `Unavailable`."""
    if sys.platform == "win32" or sys.maxsize < 2**32:
        raise Unavailable("the script engine 'quickjs' runs on 64-bit Linux and macOS only")
    found = importlib.util.find_spec("_quickjs")
    if found is None or found.origin is None:
        raise Unavailable(EXTRA)
    return found.origin


def start(library: str, address_space: int) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A worker process and our side of the socket to it. It ends by itself when our side is closed.

    The socket is its standard input. It gets nothing of our environment that it has no need of, and a session of its
    own, so that signals of a terminal do not reach it.
    """
    ours, theirs = socket.socketpair()
    folder = Path(__file__).parent.as_posix()
    command = [sys.executable, "-I", "-c", PROGRAM, folder, library, str(address_space)]
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    with theirs:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, and nothing of a client's
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={**environment, "MALLOC_ARENA_MAX": "4"},
                cwd="/",
                start_new_session=True,
            )
        except BaseException:
            ours.close()
            raise
    ours.setblocking(False)
    return process, ours
