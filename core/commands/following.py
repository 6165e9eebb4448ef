"""Following one call through its store: what its journal tells, until the call is over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mirabelle.core.foreign_text import printable
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.types import Call, CallState, Event, EventKind

LOOK = 0.25
# The journal is written in batches that are a second old at most; the result is there at once.
LAG = 3.0
IMPATIENT = 10.0


async def follow(
    queue: QueueStorage,
    journal: CallJournal,
    call_id: int,
    clock: Clock,
    tell: Callable[[Event], None],
    warn: Callable[[str], None],
) -> Call:
    """Tell every event of the call as it appears; return the call once it is over. `warn` hears why nothing happens."""
    told, over_since, began, warned = 0, None, clock.monotonic(), False
    while True:
        call = await queue.call(call_id)
        events = await journal.read(call_id)
        for event in events[told:]:
            tell(event)
        told = len(events)
        now = clock.monotonic()
        if call.state is CallState.FINISHED:
            over_since = now if over_since is None else over_since
            if any(event.kind is EventKind.FINISHED for event in events) or now - over_since > LAG:
                return call
        elif call.state is CallState.QUEUED and now - began > IMPATIENT and not warned:
            warned = True
            warn(waiting_for(call, clock.now()))
        await clock.sleep(LOOK)


def waiting_for(call: Call, now: float) -> str:
    """Why a queued call is not dialled, as far as one can know from outside."""
    if call.due.at > now:
        return f"call {call.id} is due in {call.due.at - now:.0f} s"
    if call.waiting_for:
        return f"call {call.id} waits: {call.waiting_for}"
    return f"call {call.id} is due and nobody takes it: is a server running on this data folder?"


def as_json(event: Event) -> str:
    """The event as one line for machines."""
    values: dict[str, Any] = {"at": event.at, "event": event.kind, "call_id": event.call_id, "attempt": event.attempt}
    return json.dumps(values | {key: value for key, value in event.data.items() if key not in values})


class Shown:
    """Events as lines for people, with the seconds since the first of them."""

    def __init__(self) -> None:
        self._began: float | None = None

    def __call__(self, event: Event) -> str:
        """One line."""
        self._began = event.at if self._began is None else self._began
        return f"{event.at - self._began:8.2f}  {event.kind:<14}{_data(event.data)}".rstrip()


def _data(data: Mapping[str, object]) -> str:
    shown = (f"{name}={_value(value)}" for name, value in data.items() if value not in (None, "", {}, []))
    return " ".join(shown)


def _value(value: object) -> str:
    if isinstance(value, str):
        return value if value.isprintable() and " " not in value else printable(json.dumps(value, ensure_ascii=False))
    return printable(json.dumps(value, ensure_ascii=False, default=str))
