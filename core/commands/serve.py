"""`mirabelle serve` and `mirabelle worker`: the platform until a signal asks to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from mirabelle.core import serving
from mirabelle.core.authentication import IssuedSecrets, create_account
from mirabelle.core.commands import workers
from mirabelle.core.commands.configured import configured, load
from mirabelle.core.config import LogFormat
from mirabelle.core.logs import logging_to
from mirabelle.core.observing import LogSink
from mirabelle.core.platform import Platform
from mirabelle.core.structuring import KeyPath
from mirabelle.core.types import Account

FIRST_ACCOUNT = "main"

_log = click.option(
    "--log",
    "log_format",
    type=click.Choice([each.value for each in LogFormat]),
    help="Shape of the log on standard error. [default: readable on a terminal, else JSON]",
)
_development = click.option(
    "--dev",
    "development",
    is_flag=True,
    help="For a laptop: loopback only, private URLs allowed, account dev with PIN 0000, readable log.",
)


@click.command(epilog="Example: mirabelle serve --dev --data /tmp/mirabelle --port 0")
@configured
@click.option("--host", help="Address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; 0: any free one. [default: 8080]")
@click.option(
    "--workers", "count", type=click.IntRange(0), default=0, help="Further processes that place calls. [default: 0]"
)
@_development
@_log
def serve(
    config_file: Path | None,
    data: Path | None,
    host: str | None,
    port: int | None,
    count: int,
    development: bool,
    log_format: str | None,
) -> None:
    """Run the HTTP interface and the dispatcher.

    Without a configuration it starts on embedded defaults: SQLite in the data folder, loopback telephony. The first
    start creates an account with random secrets, printed once. When it accepts requests it prints one line: ready and
    its URL. SIGTERM or Ctrl-C: nothing more is claimed, running calls may end (30 s), what is due is delivered; a
    second one ends it the hard way.
    """
    given = {("data",): data, ("server", "host"): host, ("server", "port"): port}
    configuration = load(config_file, {**given, **_shape(development, log_format)})
    settings = configuration.settings
    if development and not serving.is_loopback(settings.server.host):
        raise click.UsageError(f"--dev is for this machine only, not for {settings.server.host}: leave out one of them")
    if count:
        workers.check(configuration)
    with serving.listen(settings.server) as bound, logging_to(settings.log) as logger:
        platform = Platform(configuration, LogSink(logger), development=development)
        beside = [workers.command(config_file, settings.data, development, log_format)] * count
        asyncio.run(_serve(platform, bound, beside, None if development else FIRST_ACCOUNT))


@click.command(epilog="Example: mirabelle worker --config mirabelle.toml")
@configured
@_development
@_log
def worker(config_file: Path | None, data: Path | None, development: bool, log_format: str | None) -> None:
    """Run the dispatcher alone, beside a server that uses the same queue.

    Prints one line when it places calls: ready worker. It stops as serve does.
    """
    configuration = load(config_file, {("data",): data, **_shape(development, log_format)})
    workers.check(configuration)
    with logging_to(configuration.settings.log) as logger:
        asyncio.run(_work(Platform(configuration, LogSink(logger), development=development)))


def _shape(development: bool, log_format: str | None) -> Mapping[KeyPath, Any]:
    shape = log_format or (LogFormat.READABLE.value if development else None)
    return {("log", "format"): shape, ("fetching", "egress", "allow_private"): True if development else None}


async def _serve(
    platform: Platform, bound: socket.socket, beside: Sequence[Sequence[str]], first_account: str | None
) -> None:
    with serving.stop_signals() as stopping:
        async with platform.opened():
            if first_account:
                await _create_first(platform, first_account)
            async with platform.working(), workers.running(beside, platform.emit, platform.clock):
                url = serving.url_of(bound)
                await serving.serve(platform.app(), bound, lambda: click.echo(f"ready {url}"), stopping.wait())


async def _work(platform: Platform) -> None:
    with serving.stop_signals() as stopping:
        async with platform.opened(), platform.working():
            click.echo("ready worker")
            await stopping.wait()


async def _create_first(platform: Platform, login: str) -> None:
    """The account of a platform that has none; its secrets are shown here and nowhere else."""
    directory = platform.components.directory
    if await directory.accounts():
        return

    def show(issued: IssuedSecrets) -> None:
        # It is flushed when the account is written: a crash in between costs no more than a line that nothing came of.
        click.echo(f"new account {login}: PIN {issued.pin}, webhook secret {issued.webhook_secret} (shown only once)")

    await create_account(directory, platform.pins, Account(login), show=show)
