"""The components that the configuration picks: made with their options, opened in order, closed in reverse."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration, Picked
from mirabelle.core.interfaces.component import Clock, Component, Lent
from mirabelle.core.interfaces.delivery import ResultDelivery
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.fetching import Fetcher
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.objects import VxmlObject
from mirabelle.core.interfaces.policy import SchedulingPolicy
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.core.interfaces.resources import ResourceFetcher
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.core.observing import written
from mirabelle.vxml_interpreter.script import ScriptEngine


class CannotStart(Exception):
    """A component cannot be made or opened. The message names it and says why."""

    exit_status = 1


@dataclass(frozen=True, slots=True)
class Components:
    """What is used for what. `deliveries` and `fetchers` go by URL scheme, `objects` by classid, `telephony` by name in
    configured order.
    """

    queue: QueueStorage
    directory: Directory
    journal: CallJournal
    policies: tuple[SchedulingPolicy, ...]
    engine: ScriptEngine
    deliveries: Mapping[str, ResultDelivery]
    fetchers: Mapping[str, ResourceFetcher]
    recordings: RecordingStore
    objects: Mapping[str, VxmlObject]
    detectors: tuple[CalleeDetector, ...]
    telephony: Mapping[str, TelephonyBackend]

    def storage(self) -> Iterator[Component]:
        """What a command uses that works beside a running server: nothing that dials or delivers."""
        yield from (self.queue, self.directory, self.journal)

    def each(self) -> Iterator[Component]:
        """Every component with a life of its own, in the order of opening: what others may need comes first."""
        yield from (*self.storage(), *self.policies)
        # One component may serve several schemes.
        yield from dict.fromkeys(self.deliveries.values())
        yield from dict.fromkeys(self.fetchers.values())
        yield self.recordings
        yield from dict.fromkeys(self.objects.values())
        yield from (*self.detectors, *self.telephony.values())


def make(configuration: Configuration, clock: Clock, fetcher: Fetcher, chance: random.Random) -> Components:
    """Make every picked component; nothing is opened yet. Raises `CannotStart`."""

    def lend() -> Lent:
        # A source of its own each: how often one draws must not change what another gets.
        own = random.Random(chance.getrandbits(64))  # noqa: S311
        return Lent(clock, own, configuration.settings.data, fetcher)

    def made(kind: Kind) -> list[Any]:
        return [_make(picked, lend) for picked in configuration.picked[kind]]

    return Components(
        queue=made(Kind.QUEUE)[0],
        directory=made(Kind.DIRECTORY)[0],
        journal=made(Kind.JOURNAL)[0],
        policies=tuple(made(Kind.POLICIES)),
        engine=made(Kind.ECMASCRIPT)[0],
        deliveries=_by_scheme(made(Kind.DELIVERIES)),
        fetchers=_by_scheme(made(Kind.FETCHERS)),
        recordings=made(Kind.RECORDINGS)[0],
        objects={classid: each for each in made(Kind.OBJECTS) for classid in sorted(each.classids)},
        detectors=tuple(made(Kind.DETECTORS)),
        telephony={each.name: each for each in made(Kind.TELEPHONY)},
    )


@asynccontextmanager
async def opened(parts: Iterable[Component], tell_failure: Callable[[str, Exception], None]) -> AsyncIterator[None]:
    """Open all, or none: what was opened is closed again when one cannot be. Raises `CannotStart`.

    `tell_failure` hears of components that cannot be closed; the others are closed all the same.
    """
    async with AsyncExitStack() as stack:
        for component in parts:
            # Closed also when `open` itself fails half-way.
            stack.push_async_callback(_close, component, tell_failure)
            await _open(component)
        yield


def _make(picked: Picked, lend: Callable[[], Lent]) -> Any:
    offered = picked.offered
    lent = lend()
    # The interpreter and its engines know nothing of the platform: they are lent bare functions.
    means = (lent.clock.now, lent.random) if offered.kind is Kind.ECMASCRIPT else (lent,)
    try:
        return offered.component(picked.options, *means)
    except Exception as error:
        raise CannotStart(f"{offered.kind.table}.{offered.name} cannot be made: {written(error)}") from error


def _by_scheme(components: list[Any]) -> dict[str, Any]:
    return {scheme: component for component in components for scheme in sorted(component.schemes)}


async def _open(component: Component) -> None:
    try:
        await component.open()
    except Exception as error:
        raise CannotStart(f"{named(component)} cannot be opened: {written(error)}") from error


async def _close(component: Component, tell_failure: Callable[[str, Exception], None]) -> None:
    try:
        await component.close()
    except Exception as error:  # noqa: BLE001 - the others have to be closed as well
        tell_failure(f"{named(component)} cannot be closed", error)


def named(component: Component) -> str:
    """What the configuration calls it: `queue.sqlite`."""
    kind = next(kind for kind in Kind if isinstance(component, kind.interface))
    return f"{kind.table}.{component.name}"
