"""The one way that events go: from whoever has something to tell to plugins, log and journal.

Nobody who tells waits for those who listen, and none of them can hurt a call. PINs, keys and signing secrets are never
put into an event; what looks like one all the same is masked.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

import pluggy

from mirabelle.core.redaction import redacted_event
from mirabelle.core.types import Event, EventKind

Emit = Callable[[Event], None]

WARNINGS = frozenset({EventKind.DELIVERY_DEAD, EventKind.INTERRUPTED})
_TAKEN = frozenset({"event", "call_id", "attempt", "at"})


def problem(at: float, what: str, error: BaseException, **data: object) -> Event:
    """The platform has a problem that an operator should know of."""
    return Event(EventKind.PLATFORM, at, data={"problem": what, "error": written(error), **data})


def written(error: BaseException) -> str:
    """An exception in one line for people."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


class Observing:
    """Hands each event to every observer, in the order in which they came. An observer must not block.

    An observer that raises misses that event; the others hear of its first failure, as a `platform` event.
    """

    def __init__(self) -> None:
        self._observers: dict[str, Emit] = {}
        self._failed: set[str] = set()

    def listen(self, name: str, observer: Emit) -> None:
        """Add an observer. Raises `ValueError` when there is one of that name."""
        if name in self._observers:
            raise ValueError(f"there is an observer {name!r} already")
        self._observers[name] = observer

    def listen_plugins(self, manager: pluggy.PluginManager) -> None:
        """Add every plugin that implements the hook `observe`, each for itself: one that fails costs no other."""
        plugins = [implementation.plugin for implementation in manager.hook.observe.get_hookimpls()]
        for plugin in plugins:
            alone = manager.subset_hook_caller("observe", [other for other in plugins if other is not plugin])
            self.listen(f"plugin {manager.get_name(plugin)}", partial(_call, alone))

    def emit(self, event: Event) -> None:
        """Tell everybody, what looks like a secret masked. Never raises."""
        event = redacted_event(event)
        for name, observer in tuple(self._observers.items()):
            try:
                observer(event)
            except Exception as error:  # noqa: BLE001 - whatever a listener does, the call it hears of goes on
                self._report(name, event, error)

    def _report(self, name: str, event: Event, error: Exception) -> None:
        if name in self._failed:
            return
        self._failed.add(name)
        self.emit(problem(event.at, f"observer {name} failed and may have missed events since", error, kind=event.kind))


def _call(hook: pluggy.HookCaller, event: Event) -> None:
    hook(event=event)


class Logger(Protocol):
    """What the log sink needs of a structlog logger."""

    def info(self, event: str, **values: Any) -> Any:
        """Something that belongs to the normal course."""

    def warning(self, event: str, **values: Any) -> Any:
        """Something that an operator may have to look at."""


class LogSink:
    """Writes one line an event. `at` of the event goes along: with a sped-up clock it is not the log's own time."""

    def __init__(self, logger: Logger) -> None:
        self._logger = logger

    def __call__(self, event: Event) -> None:
        """Write it."""
        serious = event.kind in WARNINGS or "problem" in event.data
        write = self._logger.warning if serious else self._logger.info
        write(str(event.kind), **_values(event))


def _values(event: Event) -> Mapping[str, object]:
    values: dict[str, object] = {"at": event.at}
    if event.call_id is not None:
        values["call_id"] = event.call_id
    if event.attempt is not None:
        values["attempt"] = event.attempt
    # A key of an event's data must not hide what the line itself is about.
    return values | {f"{key}_" if key in _TAKEN else key: value for key, value in event.data.items()}
