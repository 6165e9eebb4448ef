import asyncio
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mirabelle.core import registry
from mirabelle.core.commands import workers
from mirabelle.core.component_kinds import Kind, Offered
from mirabelle.core.config import Configuration, Picked, Settings
from mirabelle.core.config_sources import ConfigurationError
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import Event


def configuration(*, shared: bool, time_scale: float = 1.0) -> Configuration:
    queue: Any = SimpleNamespace(shared=shared)
    picked = {Kind.QUEUE: (Picked(Offered(Kind.QUEUE, "mine", queue, "a test"), None),)}
    return Configuration(None, Settings(time_scale=time_scale), registry.assemble([]), picked)


def test_workers_need_a_shared_queue_and_real_time() -> None:
    workers.check(configuration(shared=True))
    with pytest.raises(ConfigurationError) as caught:
        workers.check(configuration(shared=False, time_scale=60))
    assert [problem.split(":")[0].split()[0] for problem in caught.value.problems] == ["queue.mine", "time_scale"]


def test_a_worker_is_started_with_what_its_server_was() -> None:
    line = workers.command(Path("/etc/mirabelle.toml"), Path("/srv"), True, "json")
    assert line[0] == sys.executable
    assert Path(line[1]).name == "cli.py"
    assert line[2:] == ["worker", "--config", "/etc/mirabelle.toml", "--data", "/srv", "--dev", "--log", "json"]
    assert workers.command(None, Path("/srv"), False, None)[2:] == ["worker", "--data", "/srv"]


async def test_one_that_ends_by_itself_is_told_and_started_again(tmp_path: Path) -> None:
    traces = tmp_path / "traces"
    dies = [sys.executable, "-c", f"open({str(traces)!r}, 'a').write('x'); raise SystemExit(3)"]
    clock, events, twice = VirtualClock(), list[Event](), asyncio.Event()

    def emit(event: Event) -> None:
        events.append(event)
        if len(events) == 2:
            twice.set()

    async with workers.running([dies], emit, clock):
        while not twice.is_set():
            await asyncio.sleep(0)
            clock.jump()
    assert events[0].data["status"] == 3
    assert len(traces.read_text()) >= 2


async def test_they_are_asked_to_stop_and_waited_for(tmp_path: Path) -> None:
    started, stopped = tmp_path / "started", tmp_path / "stopped"
    code = f"""
import pathlib, signal, sys
def stop(*_):
    pathlib.Path({str(stopped)!r}).touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
pathlib.Path({str(started)!r}).touch()
while True:
    signal.pause()
"""
    events: list[Event] = []
    async with workers.running([[sys.executable, "-c", code]] * 2, events.append, VirtualClock()):
        while not started.exists():  # noqa: ASYNC110 - a process of its own tells by a file
            await asyncio.sleep(0)
    assert stopped.exists()
    assert events == []
