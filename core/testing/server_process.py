"""`mirabelle serve` as a process of its own, so that a test can kill it."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

READY = re.compile(rb"^ready (http://\S+)")
# Real seconds for a machine that is busy with other things; a healthy start takes about one.
PATIENCE = 60.0


class DidNotStart(Exception):
    """The server ended, or said nothing, before it was ready; the message has what it wrote."""


class ServerProcess:
    """A server that accepts requests at `url`. Everything that it writes is in the file `output`."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, output: Path) -> None:
        self.url = url
        self.output = output
        self._process = process

    async def kill(self) -> None:
        """Pull the plug: no handler, no flush, no good-bye."""
        self._process.send_signal(signal.SIGKILL)
        await self._process.wait()

    async def stop(self) -> int:
        """Ask it to stop in order; the exit status."""
        self._process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self._process.wait(), PATIENCE)


@asynccontextmanager
async def served(
    data: Path, config: Path, environment: Mapping[str, str] | None = None
) -> AsyncIterator[ServerProcess]:
    """`serve --dev` on a free port until the end of the block, by which it may have been killed or stopped."""
    output = data / "output.log"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "mirabelle.cli", "serve", "--dev", "--port", "0"),
        *("--data", str(data), "--config", str(config)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **(environment or {})},
    )
    with output.open("ab", buffering=0) as log:
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        reading = asyncio.create_task(_read(process, log, ready))
        try:
            yield ServerProcess(process, await asyncio.wait_for(ready, PATIENCE), output)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()
            await reading


async def _read(process: asyncio.subprocess.Process, log: BinaryIO, ready: asyncio.Future[str]) -> None:
    assert process.stdout is not None
    written = b""
    while line := await process.stdout.readline():
        log.write(line)
        written += b"" if ready.done() else line
        found = READY.match(line)
        if found and not ready.done():
            ready.set_result(found[1].decode())
    if not ready.done():
        ready.set_exception(DidNotStart(written.decode(errors="replace")))
