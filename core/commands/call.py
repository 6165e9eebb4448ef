"""`mirabelle call`: queue one call and follow it live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from mirabelle.core.assembly import DEVELOPER, DEVELOPER_PIN
from mirabelle.core.client import Login, QueuedCall
from mirabelle.core.clock import SystemClock
from mirabelle.core.commands import queueing
from mirabelle.core.commands.configured import configured, load
from mirabelle.core.commands.following import Shown, as_json, follow
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.interfaces.queue import NotFound
from mirabelle.core.platform import Platform
from mirabelle.core.types import Event, Outcome

Function = TypeVar("Function", bound=Callable[..., Any])

# Options that are fields of queuecall.php, with what they mean.
FIELDS = {
    "result_url": "Where the result is posted.",
    "message_reference": "The client's own identifier.",
    "call_parameters": "Goes to start_url.",
    "campaign_parameters": "Goes to start_url.",
    "max_retries": "Failed attempts that are repeated, 0 to 10.",
    "retry_interval": "Seconds from the end of a failed attempt to the next, 60 to 172800.",
    "scheduled_time": "Not before: 'now', '+3 days', 'oct 14th, 2026 11:05PM EST', ISO 8601.",
    "expiration_time": "Not after, written likewise.",
    "callee_detection": "off, async, sync or beep.",
    "max_ring_time": "Seconds of ringing, 5 to 120.",
    "time_zone": "IANA name of the callee's time zone.",
}


def _with_fields(function: Function) -> Function:
    for name, meaning in reversed(FIELDS.items()):
        function = click.option(f"--{name.replace('_', '-')}", help=meaning)(function)
    return function


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the fields of the call, for whom, and how it is shown."""

    fields: Mapping[str, str]
    login: str | None
    development: bool
    following: bool
    as_lines: bool


@click.command(
    "call", epilog="Example: mirabelle call +16175551211 --start-url http://127.0.0.1:8000/start --data /tmp/mirabelle"
)
@click.argument("number")
@click.option("--start-url", required=True, help="Answers with the first VoiceXML document.")
@_with_fields
@click.option("--url", help="Server to queue it at over HTTP, such as http://127.0.0.1:8080.")
@click.option("--login", help="Account. [default: dev with --url or --dev, else the only one there is]")
@click.option("--pin", envvar="MIRABELLE_PIN", help="PIN of the account, for --url. [env: MIRABELLE_PIN]")
@configured
@click.option("--dev", "development", is_flag=True, help="Without --url: private URLs allowed, account dev.")
@click.option("--follow/--no-follow", "following", default=True, help="Show what happens until the call is over.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object an event and line.")
def call(
    number: str,
    start_url: str,
    url: str | None,
    login: str | None,
    pin: str | None,
    config_file: Path | None,
    data: Path | None,
    development: bool,
    following: bool,
    as_lines: bool,
    **fields: str | None,
) -> None:
    """Queue one call and follow it live.

    With --url it is queued over HTTP. Without, it is put into the store of the data folder, where a running server
    takes it within a second; it is checked as over HTTP, and no PIN is needed.

    The call is followed through the store: with --url, give --data or --config of that server too, on its machine.
    Exits 0 when the call was completed (or only queued), 1 when it failed or was refused.
    """
    given = {"phone_number": number, "start_url": start_url}
    given |= {name: value for name, value in fields.items() if value is not None}
    order = Order(given, login, development, following, as_lines)
    if url is None:
        status = asyncio.run(_by_store(_shared(load(config_file, _options(data, development))), order))
    else:
        account = Login(login or DEVELOPER.login, _pin(login, pin))
        known = load(config_file, _options(data, development)) if following and (config_file or data) else None
        status = asyncio.run(_by_http(url, account, order, known and _shared(known)))
    click.get_current_context().exit(status)


def _options(data: Path | None, development: bool) -> dict[tuple[str, ...], Any]:
    return {("data",): data, ("fetching", "egress", "allow_private"): True if development else None}


def _shared(configuration: Configuration) -> Configuration:
    """The configuration, if other processes can see its queue."""
    (queue,) = configuration.picked[Kind.QUEUE]
    if not queue.offered.component.shared:
        name = f"queue.{queue.offered.name}"
        raise click.UsageError(f"{name} lives inside its server, where this command cannot look: give --url alone")
    return configuration


def _pin(login: str | None, pin: str | None) -> str:
    if pin is not None:
        return pin
    if login in (None, DEVELOPER.login):
        return DEVELOPER_PIN
    asked: str = click.prompt(f"PIN of {login}", hide_input=True, err=True)
    return asked


async def _by_http(url: str, account: Login, order: Order, known: Configuration | None) -> int:
    queued = await queueing.over_http(url, account, order.fields)
    if known is None:
        _tell_queued(queued, order)
        if order.following:
            _note("to follow it, give --data or --config of its server, on the machine where that runs")
        return 0
    platform = Platform(known, _tell_problem)
    async with platform.store_opened():
        return await _follow(platform, queued, order)


async def _by_store(configuration: Configuration, order: Order) -> int:
    platform = Platform(configuration, _tell_problem, development=order.development)
    async with platform.store_opened():
        account = await queueing.account_of(platform.components.directory, order.login, order.development)
        queued = await queueing.in_store(platform, account, order.fields)
        if order.following:
            return await _follow(platform, queued, order)
    _tell_queued(queued, order)
    return 0


async def _follow(platform: Platform, queued: QueuedCall, order: Order) -> int:
    parts = platform.components
    if not await _is_there(platform, queued, order):
        _tell_queued(queued, order)
        _note(f"call {queued.call_id} is not in {platform.settings.data}: that is not the data folder of its server")
        return 0
    shown: Callable[[Event], str] = as_json if order.as_lines else Shown()

    def tell(event: Event) -> None:
        click.echo(shown(event))

    try:
        over = await follow(parts.queue, parts.journal, queued.call_id, SystemClock(), tell, _note)
    except asyncio.CancelledError:
        _note(f"call {queued.call_id} goes on without being watched")
        raise
    return 0 if over.result is not None and over.result.outcome is Outcome.COMPLETED else 1


async def _is_there(platform: Platform, queued: QueuedCall, order: Order) -> bool:
    """Whether the store has this very call, and not another one of the same number in another server's store."""
    try:
        request = (await platform.components.queue.call(queued.call_id)).request
    except NotFound:
        return False
    wanted = (order.fields["phone_number"], order.fields["start_url"], order.fields.get("message_reference", ""))
    return (request.phone_number, request.start_url, request.message_reference) == wanted


def _tell_queued(queued: QueuedCall, order: Order) -> None:
    line = json.dumps({"event": "queued", "call_id": queued.call_id})
    click.echo(line if order.as_lines else f"call {queued.call_id} is queued")


def _note(text: str) -> None:
    click.echo(f"note: {text}", err=True)


def _tell_problem(event: Event) -> None:
    if "problem" in event.data:
        click.echo(f"warning: {event.data['problem']}: {event.data.get('error', '')}", err=True)
