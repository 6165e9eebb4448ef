"""What rehearsed dialogues may use beside their leg: recordings in memory, transfers to simulated far ends, objects."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from typing import Final

from mirabelle.core.clock import SystemClock
from mirabelle.core.interfaces.objects import VxmlObject
from mirabelle.core.simulation.leg import CAPABILITIES
from mirabelle.core.simulation.timing import Sound
from mirabelle.core.talking.destinations import Destinations
from mirabelle.core.talking.invoking import invoker
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import RecordOptions, ScriptOptions
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.testing.recordings import RecordingsInMemory
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.answers import Invoked, InvokeFailed
from mirabelle.vxml_interpreter.commands import Invoke

# What a telephony may dial; a real one dials some of these.
SCHEMES: Final = frozenset({"tel", "sip", "sips", "loopback"})
# The call and the attempt that a rehearsal stands for.
CALL: Final = 0
ATTEMPT: Final = 1

Objects = Callable[[], AbstractAsyncContextManager[Mapping[str, VxmlObject]]]
"""Opens the objects of a rehearsal, by classid; they are closed at its end."""


@asynccontextmanager
async def no_objects() -> AsyncIterator[Mapping[str, VxmlObject]]:
    """There are none."""
    yield {}


class Kept:
    """The recordings of a rehearsal: named by numbers, so that a transcript can tell them."""

    def __init__(self, options: RecordOptions) -> None:
        numbers = count(1)
        self._store = RecordingsInMemory(options.largest)
        self.recordings = CallRecordings(self._store, CALL, options.largest_call, lambda: str(next(numbers)))

    async def read(self, url: str) -> tuple[str, bytes]:
        """As `CallRecordings`."""
        return await self.recordings.read(url)

    def sound_or(self, others: Sound) -> Sound:
        """The bytes of a recording, or else of other audio."""

        def sound(url: str) -> bytes | None:
            found = self.recordings.id_of(url)
            return others(url) if found is None else self._store.data(found)

        return sound


def means_of(options: ScriptOptions, kept: Kept, objects: Mapping[str, VxmlObject], clock: VirtualClock) -> Means:
    """Everything is offered. Whom scripts may call is the operator's rule, where he has made one."""
    run = invoker(objects, CALL, ATTEMPT, options.objects, SystemClock())

    async def invoke(ask: Invoke) -> Invoked | InvokeFailed:
        # Virtual time stands still while an object works, as it does for servers.
        with clock.held():
            return await run(ask)

    return Means(
        CAPABILITIES,
        options,
        Destinations(options.transfers, SCHEMES, simulated=True),
        kept.recordings,
        invoke,
    )
