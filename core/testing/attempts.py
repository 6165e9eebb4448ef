"""Whole attempts in virtual time: a caller with its telephony, detectors and scripts, and what was seen of it.

What is dialled with, who detects and which engine runs the scripts is handed in, so that plugin authors can try theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mirabelle.core.caller import Caller, CallerServices
from mirabelle.core.choosing import chooser
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import (
    Account,
    Attempt,
    AttemptState,
    Call,
    CallRequest,
    CallState,
    Claim,
    Due,
    Event,
    EventKind,
)
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import ScriptEngine

START_URL = "http://app/start"
ACCOUNT = Account("acme")
# How long the client application takes to answer: the greeting of a callee begins before that.
ANSWERS_AFTER = 0.1


def claim(destination: str, attempt: int = 1, **fields: Any) -> Claim:
    """The claim of call 7 that is being dialled; `fields` are those of its request."""
    request = CallRequest("acme", f"raw {destination}", destination, START_URL, caller_id="+16175550100", **fields)
    last = Attempt(attempt, AttemptState.DIALLING, START)
    call = Call(7, request, CallState.DIALLING, START - 60, Due(START), attempt, last)
    return Claim(call, 1, "node", START + 30)


def page(text: str, status: int = 200) -> Fetched:
    """A document as the client application answers it."""
    return Fetched(START_URL, status, {"content-type": "application/voicexml+xml"}, text.encode())


def form(content: str) -> Fetched:
    """A document of one form."""
    return page(f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>{content}</form></vxml>')


class LateClock:
    """Wakes everybody a second late: what a loop of many calls does with a clock that runs sixty times as fast."""

    def __init__(self, clock: Clock) -> None:
        self.now, self.monotonic = clock.now, clock.monotonic
        self._clock = clock

    async def sleep(self, seconds: float) -> None:
        """Wait that long, and a second more."""
        await self._clock.sleep(seconds + 1)


@dataclass
class World:
    """The surroundings of attempts, and what was seen of them. `requests` have their instants on the clock."""

    clock: Clock
    backend: TelephonyBackend
    detectors: Sequence[CalleeDetector]
    engine: ScriptEngine
    documents: Mapping[str, Fetched | FetchFailed]
    events: list[Event] = field(default_factory=list)
    requests: list[tuple[float, FetchRequest]] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    def services(self, **changes: Any) -> CallerServices:
        """What the caller is given, with these changes."""
        documents = Documents()
        services = CallerServices(
            clock=self.clock,
            emit=self.events.append,
            choose_backend=chooser([self.backend], lambda call: None),
            detectors=self.detectors,
            interpreter=lambda session: Interpreter(self.engine, session, documents),
            fetch=lambda call, recordings: self.fetch,
        )
        return replace(services, **changes)

    async def attempt(self, asked: Claim, account: Account = ACCOUNT, **changes: Any) -> AttemptEnd:
        """One attempt."""
        return await Caller(self.services(**changes)).attempt(asked, account, self.tell_answered)

    async def fetch(self, request: FetchRequest) -> Fetched | FetchFailed:
        """What the client application answers."""
        self.requests.append((self.clock.monotonic(), request))
        await self.clock.sleep(ANSWERS_AFTER)
        return self.documents.get(request.url, FetchFailed(f"nobody answers at {request.url}"))

    async def tell_answered(self, at: float) -> None:
        """Keep the instant of an answer, as the storage does."""
        self.answered.append(at)

    @property
    def urls(self) -> list[str]:
        """What was asked for."""
        return [request.url for _, request in self.requests]

    def of(self, kind: EventKind) -> list[Mapping[str, object]]:
        """What the events of that kind tell."""
        return [event.data for event in self.events if event.kind is kind]

    def instants(self, kind: EventKind) -> list[float]:
        """When the events of that kind happened: seconds since the start, to the microsecond."""
        return [round(event.at - START, 6) for event in self.events if event.kind is kind]

    def logged(self) -> dict[object, object]:
        """What the scripts logged, by label."""
        return {data["label"]: data["text"] for data in self.of(EventKind.LOG)}


@dataclass(frozen=True, slots=True)
class Attempts:
    """Makes worlds of these parts, each in virtual time of its own. `documents` are there beside start_url's."""

    backend: Callable[[Clock], TelephonyBackend]
    detectors: Callable[[Clock], Sequence[CalleeDetector]]
    engine: Callable[[Clock], ScriptEngine]
    start: Fetched | FetchFailed
    documents: Mapping[str, Fetched | FetchFailed] = field(default_factory=dict)

    def run(
        self,
        main: Callable[[World], Coroutine[Any, Any, None]],
        start: Fetched | FetchFailed | None = None,
        *,
        late: bool = False,
    ) -> World:
        """Run `main` in a new world; `start` is what start_url answers, `late` lends a clock that wakes late."""

        async def whole(virtual: VirtualClock) -> World:
            clock: Clock = LateClock(virtual) if late else virtual
            backend = self.backend(clock)
            documents = {**self.documents, START_URL: start or self.start}
            await backend.open()
            world = World(clock, backend, self.detectors(clock), self.engine(clock), documents)
            try:
                await main(world)
            finally:
                await backend.close()
            return world

        return virtual_time.run(whole)

    def one(
        self, asked: Claim, start: Fetched | FetchFailed | None = None, *, late: bool = False, **changes: Any
    ) -> tuple[AttemptEnd, World]:
        """One attempt in a world of its own; `changes` are those of `World.attempt`."""
        ends: list[AttemptEnd] = []

        async def main(world: World) -> None:
            ends.append(await world.attempt(asked, **changes))

        world = self.run(main, start, late=late)
        return ends[0], world
