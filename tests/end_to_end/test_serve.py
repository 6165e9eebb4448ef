"""`serve`, `worker` and `call` as processes of their own, as people and scripts start them."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mirabelle.core.client import CallRefused, Client, Login
from mirabelle.core.demonstration.application import ClientApplication

pytestmark = pytest.mark.full

CLI = Path(__file__).parent.parent.parent / "cli.py"
PATIENCE = 60.0
VOICE, BUSY = "+16175550101", "+16175550104"


def environment(**more: str) -> Mapping[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MIRABELLE_")}
    return {**clean, **more}


class Program:
    """A command that runs until it is asked to stop; its standard output line by line, its log whole."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    async def line(self) -> str:
        assert self._process.stdout is not None
        return (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)).decode().rstrip("\n")

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self._process.send_signal(number)
        return await self.status()

    async def status(self) -> int:
        return await asyncio.wait_for(self._process.wait(), PATIENCE)


@asynccontextmanager
async def started(folder: Path, *arguments: str, **variables: str) -> AsyncIterator[Program]:
    log = folder / f"{arguments[0]}.log"
    with log.open("ab") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(CLI),
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=file,
            env=environment(**variables),
            cwd=folder,
        )
        try:
            yield Program(process, log)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CLI), *arguments],
        capture_output=True,
        text=True,
        env=environment(**variables),
        cwd=folder,
        timeout=PATIENCE,
    )


def serving(folder: Path) -> Sequence[str]:
    return ("serve", "--port", "0", "--data", str(folder / "data"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_says_where_it_is_ready_and_stops_in_order(tmp_path: Path, number: signal.Signals) -> None:
    async with started(tmp_path, *serving(tmp_path), "--dev") as server:
        ready, _, url = (await server.line()).partition(" ")
        assert ready == "ready"
        assert url.startswith("http://127.0.0.1:")
        assert await server.stop(number) == 0
        assert "Traceback" not in server.log


async def test_the_first_start_prints_an_account_once_and_its_pin_is_good(tmp_path: Path) -> None:
    async with (
        started(tmp_path, *serving(tmp_path), MIRABELLE_FETCHING__EGRESS__ALLOW_PRIVATE="true") as server,
        ClientApplication().serving() as application,
    ):
        words = (await server.line()).replace(",", "").split()
        login, pin, secret = words[2].rstrip(":"), words[4], words[7]
        assert (login, secret[:6]) == ("main", "whsec_")
        url = (await server.line()).removeprefix("ready ")
        async with Client(url, Login(login, pin)) as client:
            assert (await client.queue_call(BUSY, f"{application}/start")).call_id == 1
        async with Client(url, Login("dev", "0000")) as client:
            with pytest.raises(CallRefused):
                await client.queue_call(BUSY, f"{application}/start")
        assert await server.stop() == 0
        assert pin not in server.log
        assert secret not in server.log
    async with started(tmp_path, *serving(tmp_path)) as server:
        assert (await server.line()).startswith("ready ")


async def test_a_call_that_is_put_into_the_store_is_followed(tmp_path: Path) -> None:
    async with ClientApplication().serving() as application, started(tmp_path, *serving(tmp_path), "--dev") as server:
        await server.line()
        arguments = ("call", BUSY, "--start-url", f"{application}/start", "--data", str(tmp_path / "data"), "--dev")
        async with started(tmp_path, *arguments, "--json") as call:
            assert await call.status() == 1
            events = [json.loads(line) for line in await lines(call)]
        assert [event["event"] for event in events][:2] == ["queued", "dialling"]
        (finished,) = [event for event in events if event["event"] == "finished"]
        assert (finished["result"], finished["callee_type"]) == ("Failed", "busy")
        assert await server.stop() == 0


async def lines(program: Program) -> list[str]:
    found = []
    while line := await program.line():
        found.append(line)
    return found


async def test_a_worker_places_the_calls_of_its_server(tmp_path: Path) -> None:
    client = ClientApplication()
    # The server itself has no room for calls: whatever is dialled, a worker dialled.
    (tmp_path / "mirabelle.toml").write_text("[dispatcher]\nchannels = 0\n")
    config = ("--config", str(tmp_path / "mirabelle.toml"))
    async with (
        client.serving() as application,
        started(tmp_path, *serving(tmp_path), "--dev", *config) as server,
        started(tmp_path, "worker", "--dev", "--data", str(tmp_path / "data")) as worker,
    ):
        url = (await server.line()).removeprefix("ready ")
        assert await worker.line() == "ready worker"
        async with Client(url, Login("dev", "0000")) as queue:
            queued = await queue.queue_call(BUSY, f"{application}/start", result_url=f"{application}/result")
        result = await asyncio.wait_for(client.result_of(queued.call_id), PATIENCE)
        assert result["callee_type"] == "busy"
        assert "dialling" in worker.log
        assert "dialling" not in server.log
        assert await worker.stop() == 0
        assert await server.stop() == 0


async def test_a_server_starts_its_workers_and_takes_them_along(tmp_path: Path) -> None:
    client = ClientApplication()
    async with (
        client.serving() as application,
        started(tmp_path, *serving(tmp_path), "--dev", "--workers", "2") as server,
    ):
        url = (await server.line()).removeprefix("ready ")
        async with Client(url, Login("dev", "0000")) as queue:
            calls = [
                await queue.queue_call(BUSY, f"{application}/start", result_url=f"{application}/result")
                for _ in range(10)
            ]
        for call in calls:
            await asyncio.wait_for(client.result_of(call.call_id), PATIENCE)
        assert await server.stop() == 0
    assert len(client.results) == 10


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run(tmp_path, "serve", "--dev", "--port", port, "--data", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        f"error: cannot listen on 127.0.0.1:{port}: Address already in use; give another --host or --port"
    ]


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["serve", "--dev", "--host", "0.0.0.0"], {}, "--dev is for this machine only, not for 0.0.0.0"),
        (["serve", "--prot", "1"], {}, "No such option '--prot'"),
        (["serve", "--config", "gone.toml"], {}, "gone.toml: cannot be read: No such file or directory"),
        (["serve"], {"MIRABELLE_SERVER__PORT": "x"}, "MIRABELLE_SERVER__PORT: expected a whole number"),
        (["serve", "--workers", "1"], {"MIRABELLE_QUEUE__USE": "memory"}, "queue.memory lives in one process"),
        (["call", "1", "--start-url", "x"], {"MIRABELLE_QUEUE__USE": "memory"}, "queue.memory lives inside its server"),
        (["call", "1"], {}, "Missing option '--start-url'"),
        (["plugins"], {"MIRABELLE_PLUGINS__LOAD": "gone.py"}, "plugin 'gone' (plugins.load: gone.py) cannot be loaded"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(
    tmp_path: Path, arguments: list[str], variables: Mapping[str, str], says: str
) -> None:
    ended = run(tmp_path, *arguments, **variables)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("error: ")
    assert says in line


def test_a_checkout_runs_from_anywhere_and_its_folders_are_no_packages(tmp_path: Path) -> None:
    (tmp_path / "which.py").write_text(
        "import importlib.util\nfrom mirabelle import hookimpl\n\n\n"
        "assert importlib.util.find_spec('vxml_interpreter') is None\n\n\n"
        "@hookimpl\ndef observe(event):\n    pass\n"
    )
    ended = run(tmp_path, "plugins", "--json", MIRABELLE_PLUGINS__LOAD="which.py")
    assert ended.returncode == 0, ended.stderr
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    assert found[-1] == {
        "plugin": "which",
        "origin": "plugins.load: which.py",
        "hooks": ["observe"],
        "components": [],
    }
    (queue,) = [each for each in found if each["plugin"] == "queue_sqlite"]
    assert {"kind": "queue", "name": "sqlite", "used": True} in queue["components"]
