"""One rehearsal: a document, a person, virtual time."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from mirabelle.core.dialog import Dialogue, FetchResource, Interpreting
from mirabelle.core.fetching.addresses import EgressOptions
from mirabelle.core.fetching.cache import CacheOptions, HttpCache
from mirabelle.core.fetching.http import FetchOptions, HttpFetcher
from mirabelle.core.rehearsal.means import Kept, Objects, means_of, no_objects
from mirabelle.core.rehearsal.sources import ACCOUNT, Answering, Sources
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import Action, HeardPrompt, Person
from mirabelle.core.simulation.transfers import FarEnd, InOrder
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.options import ScriptOptions
from mirabelle.core.talking.resources import Resources
from mirabelle.core.talking.session_variables import session_variables
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import CalleeType, CallRequest, EventKind
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Ended, FetchRequest
from mirabelle.vxml_interpreter.script import Json

# A number that nobody has.
CALLEE: Final = "+16175550100"
# Any will do: what a dialogue draws must not differ between two rehearsals.
SEED: Final = 1

Story = Callable[[EventKind, Mapping[str, Any], float], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rehearsal is made of.

    `interpreter` makes the interpreter, given the clock of the rehearsal and a source of chance that is the same in
    each. `max_turns`: so often may the dialogue listen. `far_ends` are whom transfers reach, `objects` what `<object>`
    runs.
    """

    interpreter: Callable[[VirtualClock, random.Random], Interpreting]
    request: FetchRequest
    mapped: Sequence[Answering] = field(default=())
    max_turns: int = 200
    far_ends: Sequence[FarEnd] = ()
    options: ScriptOptions = field(default_factory=ScriptOptions)
    objects: Objects = no_objects


class Casting(Protocol):
    """Finds the person for a rehearsal."""

    def __call__(self, clock: VirtualClock, line: Line) -> Person:
        """Called once, in the loop in which the rehearsal runs."""


class TurnsUsedUp(Exception):
    """The dialogue would listen once more than it may."""

    exit_status = 3

    def __init__(self, turns: int) -> None:
        super().__init__(f"the dialogue still goes on after {turns} turns (--max-turns)")


def rehearse(scene: Scene, cast: Casting, story: Story) -> Ended:
    """Play the dialogue to its end. `story` hears each event, with seconds since the beginning.

    Raises `TurnsUsedUp`, and what the person or the story raises.
    """
    return virtual_time.run(lambda clock: _Rehearsal(scene, story, clock).run(cast))


def session(variables: Mapping[str, str]) -> dict[str, Json]:
    """The `session` scope of a rehearsal: that of a call, with these in `session.outbound`."""
    request = CallRequest("", CALLEE, f"tel:{CALLEE}", "")
    made = session_variables(0, 1, request, CalleeType.UNKNOWN, "rehearsal")
    own = made["outbound"]
    return made | {"outbound": (own if isinstance(own, dict) else {}) | dict(variables)}


class _Rehearsal:
    def __init__(self, scene: Scene, story: Story, clock: VirtualClock) -> None:
        self._scene = scene
        self._story = story
        self._clock = clock
        self._turns = 0
        self._failure: BaseException | None = None
        self._running: asyncio.Future[Ended] | None = None

    async def run(self, cast: Casting) -> Ended:
        async with AsyncExitStack() as stack:
            line = Line(self._clock)
            kept = Kept(self._scene.options.recordings)
            cache = HttpCache(CacheOptions(), self._clock)
            sources = Sources(self._scene.mapped, _Web(self._clock, stack, kept, cache), cache, self._clock)
            person = _Watched(cast(self._clock, line), self._fail)
            sound = kept.sound_or(sources.sound)
            leg = SimulatedLeg(person, self._clock, line.report, sound, InOrder(self._scene.far_ends))
            objects = await stack.enter_async_context(self._scene.objects())
            means = means_of(self._scene.options, kept, objects, self._clock)
            interpreter = self._scene.interpreter(self._clock, random.Random(SEED))  # noqa: S311 - of no secrets
            dialogue = Dialogue(interpreter, leg, line, sources, self._clock, self._tell, means=means)
            self._running = asyncio.ensure_future(dialogue.run(self._scene.request))
            await asyncio.wait({self._running})
            if self._failure is not None:
                raise self._failure
            return self._running.result()

    def _tell(self, kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        if self._failure is not None:
            return
        if kind is EventKind.LISTEN:
            self._turns += 1
            if self._turns > self._scene.max_turns:
                self._fail(TurnsUsedUp(self._scene.max_turns))
                return
        try:
            self._story(kind, data, self._clock.monotonic() if at is None else at)
        except Exception as error:  # noqa: BLE001 - it is raised again when the dialogue has been stopped
            self._fail(error)

    def _fail(self, failure: BaseException) -> None:
        """Stop: the driver would take the failure for one of the dialogue."""
        self._failure = self._failure or failure
        if self._running is not None:
            self._running.cancel()


class _Watched:
    """A person whose failures end the rehearsal instead of the dialogue."""

    def __init__(self, person: Person, fail: Callable[[BaseException], None]) -> None:
        self._person = person
        self._fail = fail

    def reply(self, heard: Sequence[HeardPrompt]) -> Any:
        try:
            reply = self._person.reply(heard)
        except Exception as error:  # noqa: BLE001 - raised again by `run`
            self._fail(error)
            return ()
        return reply if isinstance(reply, Sequence) else self._waited_for(reply)

    async def _waited_for(self, reply: Any) -> Sequence[Action]:
        try:
            actions: Sequence[Action] = await reply
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - raised again by `run`
            self._fail(error)
            return ()
        return actions


class _Web:
    """Real servers, private ones too. Virtual time stands still while they answer."""

    def __init__(self, clock: VirtualClock, stack: AsyncExitStack, kept: Kept, cache: HttpCache) -> None:
        self._kept = kept
        self._cache = cache
        self._clock = clock
        self._stack = stack
        self._fetch: FetchResource | None = None

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        with self._clock.held():
            if self._fetch is None:
                self._fetch = await self._opened()
            return await self._fetch(request)

    async def _opened(self) -> FetchResource:
        fetcher = HttpFetcher(FetchOptions(egress=EgressOptions(allow_private=True)), cache=self._cache)
        await fetcher.open()
        self._stack.push_async_callback(fetcher.close)
        return Resources(fetcher, account=ACCOUNT, recordings=self._kept.read)
