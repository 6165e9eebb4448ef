"""`mirabelle demo`: a server, a client application and a callee of every kind, on this machine."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from mirabelle.core import config, serving
from mirabelle.core.authentication import create_account
from mirabelle.core.client import Client, Login
from mirabelle.core.config import Configuration
from mirabelle.core.demonstration import report
from mirabelle.core.demonstration.application import ClientApplication
from mirabelle.core.demonstration.callees import CALLEES, Callee
from mirabelle.core.logs import logging_to
from mirabelle.core.observing import Emit, LogSink
from mirabelle.core.platform import Platform
from mirabelle.core.types import Account, Event, EventKind

LOGIN = "demo"
TIME_SCALE = 60.0
# Real seconds; at that scale the slowest callee needs about four.
PATIENCE = 60.0
SHOWN = CALLEES[0]

Results = Mapping[str, Mapping[str, str]]


@click.command(epilog="Example: mirabelle demo --keep")
@click.option("--keep", is_flag=True, help="Stay up afterwards, until Ctrl-C.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for queue, journal and log. [default: a temporary one, removed at the end]",
)
@click.pass_context
def demo(ctx: click.Context, keep: bool, data: Path | None) -> None:
    """Queue calls to callees of every kind and show what becomes of them.

    A server and an example client application run on free ports and talk real HTTP; the telephony is the loopback,
    60 times as fast as life. Exits 0 only if every result is what its callee implies.
    """
    with ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mirabelle-demo-")))
        _claim(folder)
        configuration = _configuration(folder)
        file = stack.enter_context((folder / "demo.log").open("a", encoding="utf-8"))
        logger = stack.enter_context(logging_to(configuration.settings.log, file))
        results = asyncio.run(_demonstrate(configuration, LogSink(logger), keep))
    if any(result is None or any(callee.differences(result)) for callee, result in _rows(results)):
        ctx.exit(1)


def _configuration(data: Path) -> Configuration:
    return config.load(
        options={
            ("data",): data.absolute(),
            ("time_scale",): TIME_SCALE,
            # Python computes in real time: leases as long as in life, or a busy machine would lose them.
            ("dispatcher", "lease"): 30 * TIME_SCALE,
            ("server", "port"): 0,
            ("fetching", "egress", "allow_private"): True,
        }
    )


class Watcher:
    """Hears every event: prints the steps of each call and keeps the story of the one that is shown.

    `all_posted` is set when the result of every callee's call has been taken.
    """

    def __init__(self, log: Emit) -> None:
        self.story: list[Event] = []
        self.all_posted = asyncio.Event()
        self._log = log
        self._began: float | None = None
        self._callees: dict[int, Callee] = {}
        self._early: list[Event] = []
        self._posted: set[Callee] = set()

    def __call__(self, event: Event) -> None:
        """Take an event. A call may begin before the answer that names it has reached the client."""
        self._log(event)
        if event.call_id is None:
            return
        callee = self._callees.get(event.call_id)
        if callee is None:
            self._early.append(event)
        else:
            self._show(event, callee)

    def know(self, call_id: int, callee: Callee) -> None:
        """That call goes to that callee."""
        self._callees[call_id] = callee
        known = [event for event in self._early if event.call_id == call_id]
        self._early = [event for event in self._early if event.call_id != call_id]
        for event in known:
            self._show(event, callee)

    def _show(self, event: Event, callee: Callee) -> None:
        self._began = event.at if self._began is None else self._began
        line = report.progress(event, callee, self._began)
        if line:
            click.echo(line)
        if callee is SHOWN:
            self.story.append(event)
        if event.kind is EventKind.DELIVERED:
            self._posted.add(callee)
        if len(self._posted) == len(CALLEES):
            self.all_posted.set()


async def _demonstrate(configuration: Configuration, log: Emit, keep: bool) -> Results:
    client = ClientApplication()
    watcher = Watcher(log)
    platform = Platform(configuration, watcher)
    with serving.stop_signals() as stopping, serving.listen(configuration.settings.server) as bound:
        over = asyncio.Event()
        async with client.serving() as address, platform.opened(), platform.working():
            login = await _login(platform)
            server = asyncio.create_task(serving.serve(platform.app(), bound, lambda: None, over.wait()))
            url = serving.url_of(bound)
            click.echo(f"server {url}, client application {address}, time runs {TIME_SCALE:g} times as fast\n")
            try:
                results = await _calls(url, login, client, address, watcher)
                _tell(watcher.story, results)
                if keep:
                    click.echo(f"\nstill up: {url} (login {login.login}); Ctrl-C ends it")
                    await stopping.wait()
            finally:
                over.set()
                await server
    return results


async def _login(platform: Platform) -> Login:
    issued = await create_account(platform.components.directory, platform.pins, Account(LOGIN))
    return Login(LOGIN, issued.pin)


async def _calls(url: str, login: Login, client: ClientApplication, address: str, watcher: Watcher) -> Results:
    """Queue a call to each callee and wait for the results, by the callees' names."""
    async with Client(url, login) as queue:
        for callee in CALLEES:
            queued = await queue.queue_call(
                callee.number,
                f"{address}/start",
                result_url=f"{address}/result",
                message_reference=callee.name,
                **callee.fields,
            )
            watcher.know(queued.call_id, callee)
    try:
        await asyncio.wait_for(watcher.all_posted.wait(), PATIENCE)
    except TimeoutError:
        click.echo(f"not every result came within {PATIENCE:g} s", err=True)
    return {result["message_reference"]: result for result in client.results.values()}


def _claim(folder: Path) -> None:
    """Make the folder, or take an empty one. Raises `click.UsageError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        empty = not any(folder.iterdir())
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be used: {error.strerror}; give another --data") from error
    if not empty:
        raise click.UsageError(f"{folder} is not empty: give --data a new folder")


def _rows(results: Results) -> Sequence[tuple[Callee, Mapping[str, str] | None]]:
    return [(callee, results.get(callee.name)) for callee in CALLEES]


def _tell(story: Sequence[Event], results: Results) -> None:
    click.echo(f"\nthe call to {SHOWN.number} ({SHOWN.name}):\n")
    for line in report.transcript(story):
        click.echo(f"  {line}")
    click.echo("\nresults, as the client application received them:\n")
    for line in report.table(_rows(results)):
        click.echo(f"  {line}")
