"""How a dialogue tells its story: the one stream that log, journal and `rehearse --json` are made of."""

from collections.abc import Mapping
from typing import Protocol

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.observing import Emit
from mirabelle.core.types import Event, EventKind


class Tell(Protocol):
    """Takes what happens, as it happens. Must not raise and must not block."""

    def __call__(self, kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        """`data` is JSON-safe; `at` is monotonic seconds of the lent clock, None: now."""


def teller(emit: Emit, clock: Clock, call_id: int | None = None, attempt: int | None = None) -> Tell:
    """A `Tell` that emits events of that call."""

    def tell(kind: EventKind, data: Mapping[str, object], at: float | None = None) -> None:
        ago = 0.0 if at is None else clock.monotonic() - at
        emit(Event(kind, clock.now() - ago, call_id, attempt, data))

    return tell
