"""Dialogues in tests: an interpreter that does what a generator says, a caller, and what the driver tells."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field

from mirabelle.core.dialog import Dialogue, FetchResource
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HeardPrompt
from mirabelle.core.simulation.transfers import FarEnds
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.means import Means
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Fetched, FetchFailed, Notice, Reply, SessionChanged
from mirabelle.vxml_interpreter.commands import Breathe, Command, Ended, Fetch, FetchRequest, Invoke
from mirabelle.vxml_interpreter.speech.prompt import Prompt, Text

START = FetchRequest("http://app/start")
OK = Fetched("http://app/start", 200, {}, b"<vxml/>")
Script = Generator[tuple[Command, ...], Reply | Notice, None]


def said(text: str, *, bargein: bool = True) -> Prompt:
    """At 60 ms a character, ten characters are 0.6 s."""
    return Prompt((Text(text),), bargein)


@dataclass
class Scripted:
    """An interpreter that plays a generator. A hang-up closes `Collect` and `Play`, and waits otherwise."""

    script: Script
    notices: list[Notice] = field(default_factory=list)
    _open: Command | None = None

    def start(self, request: FetchRequest) -> Sequence[Command]:
        """Begin."""
        return self._kept(next(self.script))

    def handle(self, event: Reply | Notice) -> Sequence[Command]:
        """Go on. Raises what the generator raises."""
        if isinstance(event, SessionChanged | CallerHungUp):
            self.notices.append(event)
            if isinstance(event, SessionChanged) or isinstance(self._open, Fetch | Invoke | Breathe | Ended):
                return ()
        return self._kept(self.script.send(event))

    def _kept(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        self._open = commands[-1]
        return commands


@dataclass
class Caller:
    """Does the first thing of its list when first listened to, and so on; then nothing."""

    turns: list[Sequence[Action]]
    heard: list[list[str]] = field(default_factory=list)

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """The next turn."""
        self.heard.append([prompt.text for prompt in heard])
        return self.turns.pop(0) if self.turns else ()


@dataclass
class Told:
    """What the driver told, with its instants since the beginning."""

    clock: VirtualClock
    events: list[tuple[float, EventKind, Mapping[str, object]]] = field(default_factory=list)

    def __call__(self, kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        """Keep an event."""
        self.events.append((round(self.clock.monotonic() if at is None else at, 3), kind, data))

    def kinds(self) -> list[EventKind]:
        """The kinds, in order."""
        return [kind for _, kind, _ in self.events]

    def of(self, kind: EventKind) -> list[Mapping[str, object]]:
        """What was told of one kind."""
        return [data for _, each, data in self.events if each is kind]

    def at(self, kind: EventKind) -> list[float]:
        """When something of one kind happened."""
        return [at for at, each, _ in self.events if each is kind]


@dataclass
class Talked:
    """How a dialogue went. `took`: seconds."""

    ended: Ended
    told: Told
    caller: Caller
    interpreter: Scripted
    line: Line
    took: float


async def fetch_ok(request: FetchRequest) -> Fetched | FetchFailed:
    """Every request is answered at once."""
    return OK


def talk(
    script: Callable[[], Script],
    *turns: Sequence[Action],
    fetch: Callable[[VirtualClock], FetchResource] = lambda clock: fetch_ok,
    meanwhile: Callable[[VirtualClock, Line, SimulatedLeg], Awaitable[None]] | None = None,
    means: Means | None = None,
    far_ends: FarEnds | None = None,
) -> Talked:
    """Run a script with a caller who has these turns. `meanwhile` happens at the same time."""

    async def main(clock: VirtualClock) -> Talked:
        line, told, caller = Line(clock), Told(clock), Caller(list(turns))
        leg = SimulatedLeg(caller, clock, line.report, far_ends=far_ends)
        interpreter = Scripted(script())
        dialogue = Dialogue(interpreter, leg, line, fetch(clock), clock, told, means=means)
        others = asyncio.ensure_future(meanwhile(clock, line, leg)) if meanwhile else None
        ended = await dialogue.run(START)
        took = clock.monotonic()
        if others is not None:
            await others
        await clock.sleep(0.001)
        return Talked(ended, told, caller, interpreter, line, round(took, 3))

    return virtual_time.run(main)


def slowly(seconds: float) -> Callable[[VirtualClock], FetchResource]:
    """Every request is answered after so many seconds."""

    def made(clock: VirtualClock) -> FetchResource:
        async def fetch(request: FetchRequest) -> Fetched:
            await clock.sleep(seconds)
            return OK

        return fetch

    return made
