from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from lxml import etree
from starlette.applications import Starlette

from mirabelle.core.api.app import create_app
from mirabelle.core.api.services import ApiOptions, ApiServices
from mirabelle.core.api.url_probes import UrlProbes
from mirabelle.core.authentication import Authenticator, PinChecker, PinOptions, create_account
from mirabelle.core.interfaces.component import NoOptions
from mirabelle.core.interfaces.fetching import Answer, OutgoingRequest
from mirabelle.core.interfaces.policy import Planning, Refuse
from mirabelle.core.testing.http import Reply, post_form
from mirabelle.core.testing.lending import FetcherInHand, lent
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import Account, Call, CallRequest, Due, Event
from mirabelle.plugins.queue_memory import MemoryDirectory, MemoryQueue

PIN = "sesame-3141"
FORM = {
    "login": "ann",
    "pin": PIN,
    "phone_number": "6175551212",
    "start_url": "http://app.example/start.php",
}
Reasons = Sequence[str]


@dataclass
class Api:
    """The HTTP face on a queue in memory; what it asks of the platform is set and seen here."""

    clock: VirtualClock
    queue: MemoryQueue
    directory: MemoryDirectory
    pins: PinChecker
    fetcher: FetcherInHand
    answers: dict[str, int] = field(default_factory=dict)
    objections: list[Awaitable[Reasons] | Reasons] = field(default_factory=list)
    planned: Due | Refuse | Exception = field(default_factory=lambda: Due(0))
    events: list[Event] = field(default_factory=list)
    woken: int = 0
    services: ApiServices = field(init=False)
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        self.services = ApiServices(
            clock=self.clock,
            authenticator=Authenticator(self.directory, self.pins, self.clock),
            queue=self.queue,
            probes=UrlProbes(self.fetcher, self.clock),
            plan=self._plan,
            emit=self.events.append,
            wake=self._wake,
            checks=self._checks,
            dials=lambda scheme: scheme == "loopback",
            objects_to=lambda destination: "nobody is there" if destination == "loopback:nobody" else None,
        )
        self.app = create_app(self.services)

    def configure(self, options: ApiOptions) -> None:
        self.app = create_app(self.services, options)

    async def post(self, form: Mapping[str, str] | Iterable[tuple[str, str]], **named: Any) -> Reply:
        return await post_form(self.app, "/webservice/queuecall.php", form, **named)

    async def send(self, **fields: str) -> etree._Element:
        """Post the usual form with these fields added or replaced; an empty one is left out."""
        reply = await self.post({name: value for name, value in (FORM | fields).items() if value})
        assert reply.status == 200
        return etree.fromstring(reply.body)

    async def queued(self, **fields: str) -> Call:
        """Post as `send` does, and insist that a call is in the queue."""
        document = await self.send(**fields)
        assert document.get("status") == "queued", etree.tostring(document)
        return await self.queue.call(int(document.attrib["call_id"]))

    async def error(self, **fields: str) -> tuple[str, str]:
        """Post as `send` does, and insist that nothing was queued: code and message."""
        before = await self.count()
        document = await self.send(**fields)
        assert document.get("status") == "failed"
        assert await self.count() == before
        return error_of(document)

    async def count(self) -> int:
        return sum((await self.queue.counts()).values())

    def _plan(self, planning: Planning, now: float, account: Account) -> Due | Refuse:
        if isinstance(self.planned, Exception):
            raise self.planned
        return self.planned

    def _checks(self, *, request: CallRequest, account: Account) -> list[Awaitable[Reasons] | Reasons]:
        return self.objections

    def _wake(self) -> None:
        self.woken += 1


def error_of(document: etree._Element) -> tuple[str, str]:
    error = document.find("error")
    assert error is not None
    return error.get("code") or "", error.text or ""


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    clock = VirtualClock()
    lending = lent(clock)
    statuses: dict[str, int] = {}

    def answer(request: OutgoingRequest) -> Answer:
        return Answer(statuses.get(request.url, 200), request.url, {}, b"")

    pins = PinChecker(PinOptions(time_cost=1, memory_cost=8, parallelism=1), clock)
    await pins.open()
    api = Api(
        clock,
        MemoryQueue(NoOptions(), lending),
        MemoryDirectory(NoOptions(), lending),
        pins,
        FetcherInHand(answer),
        answers=statuses,
    )
    await create_account(api.directory, pins, Account("ann"), PIN)
    yield api
    await pins.close()


@pytest.fixture
def form() -> dict[str, str]:
    return dict(FORM)
