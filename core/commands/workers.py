"""Further processes that place calls: `serve --workers N` runs `worker` N times and minds them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.config_sources import ConfigurationError
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.observing import Emit
from mirabelle.core.types import Event, EventKind

# A worker that dies at once must not be started a thousand times a minute.
PAUSE = 5.0


def check(configuration: Configuration) -> None:
    """Raise `ConfigurationError` when several processes cannot work on this configuration."""
    (queue,) = configuration.picked[Kind.QUEUE]
    problems = []
    if not queue.offered.component.shared:
        name = f"queue.{queue.offered.name}"
        problems.append(f"{name} lives in one process and workers need one that is shared: set queue.use to 'sqlite'")
    if configuration.settings.time_scale != 1:
        problems.append("time_scale speeds up the clock of one process only: remove it, or do without workers")
    if problems:
        raise ConfigurationError(problems)


def command(config_file: Path | None, data: Path, development: bool, log_format: str | None) -> list[str]:
    """How a worker beside this server is started."""
    program = Path(__file__).parents[2] / "cli.py"
    config = ["--config", str(config_file)] if config_file else []
    flags = ["--dev"] if development else []
    shape = ["--log", log_format] if log_format else []
    return [sys.executable, str(program), "worker", *config, "--data", str(data), *flags, *shape]


@asynccontextmanager
async def running(commands: Sequence[Sequence[str]], emit: Emit, clock: Clock) -> AsyncIterator[None]:
    """The workers run in here; one that ends by itself is told and started again. At the end they stop in order."""
    minders = [asyncio.create_task(_mind(each, emit, clock), name="worker") for each in commands]
    try:
        yield
    finally:
        for minder in minders:
            minder.cancel()
        await asyncio.gather(*minders, return_exceptions=True)


async def _mind(command_line: Sequence[str], emit: Emit, clock: Clock) -> None:
    while True:
        # Its ready line is for people who start it by hand.
        process = await asyncio.create_subprocess_exec(*command_line, stdout=asyncio.subprocess.DEVNULL)
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
            raise
        data = {"problem": "a worker ended by itself and is started again", "status": status, "pid": process.pid}
        emit(Event(EventKind.PLATFORM, clock.now(), data=data))
        await clock.sleep(PAUSE)
