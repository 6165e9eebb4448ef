"""The log: one line an event, readable on a terminal, JSON otherwise. What libraries log goes the same way."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.typing import FilteringBoundLogger, Processor

from mirabelle.core.config import LogFormat, LogOptions
from mirabelle.core.foreign_text import printable
from mirabelle.core.redaction import redacted_values

# They repeat at INFO what the platform's own lines say, or say it for every request.
QUIETER = ("uvicorn.error", "uvicorn.access", "asyncio", "aiohttp.access")


@contextmanager
def logging_to(options: LogOptions, stream: TextIO | None = None) -> Iterator[FilteringBoundLogger]:
    """Everything that is logged in here, by whomever, goes to the stream (standard error) in one shape."""
    target = stream or sys.stderr
    processors = _processors(options.format, target)
    with _libraries_to(processors, options, target):
        # The platform's own lines do not take the detour over the standard library: half the time each.
        yield structlog.wrap_logger(
            structlog.WriteLogger(target),
            processors=[*_SHARED, *processors],
            wrapper_class=structlog.make_filtering_bound_logger(options.level.value),
        )


def readable(log_format: LogFormat, stream: TextIO) -> bool:
    """Whether lines to that stream are for people."""
    return log_format is LogFormat.READABLE or (log_format is LogFormat.AUTO and stream.isatty())


@contextmanager
def _libraries_to(processors: tuple[Processor, ...], options: LogOptions, stream: TextIO) -> Iterator[None]:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *processors],
            foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder(), _one_line],
        )
    )
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(options.level.upper())
    for name in QUIETER:
        logging.getLogger(name).setLevel(logging.NOTSET if options.level == "debug" else logging.WARNING)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        root.handlers[:], level = before
        root.setLevel(level)


_SHARED: tuple[Processor, ...] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
)


def _processors(log_format: LogFormat, stream: TextIO) -> tuple[Processor, ...]:
    # Exceptions become text before redaction, or what they say would pass it by.
    first: tuple[Processor, ...] = (structlog.processors.format_exc_info, _redact)
    if not readable(log_format, stream):
        return (*first, _ahead, structlog.processors.JSONRenderer(serializer=_json))
    renderer = structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), sort_keys=False, pad_event_to=14, exception_formatter=structlog.dev.plain_traceback
    )
    return (*first, _first_of_call, _harmless, renderer)


# What JSON lets stand, but what moves the cursor, ends lines for some readers, turns the text round or is no UTF-8.
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def _json(event: Any, **_: Any) -> str:
    line = json.dumps(event, ensure_ascii=False, default=str)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


class _Quoted:
    """A text that a terminal must not get as it is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return repr(self._text)


def _harmless(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Scripts and callers must not write on the operator's terminal: no escape sequences, no lines of their own."""
    return {key: _shown(key, value) for key, value in event.items()}


def _shown(key: str, value: Any) -> Any:
    if not isinstance(value, str) or value.isprintable():
        return value
    if key in ("exception", "stack"):
        return "\n".join(printable(line) for line in value.splitlines())
    return printable(value) if key == "event" else _Quoted(value)


def _redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return redacted_values(event)


def _one_line(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # Warnings come with their source line below them.
    return {**event, "event": " ".join(str(event["event"]).split())}


def _ahead(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What everybody looks for first, for people who read raw lines."""
    return {key: event[key] for key in ("time", "level", "event", "call_id", "attempt") if key in event} | dict(event)


def _first_of_call(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Call and attempt right after the event's name; the time of day is enough on a terminal."""
    ahead = {key: event[key] for key in ("event", "call_id", "attempt") if key in event}
    shown = {key: value for key, value in event.items() if key not in ("at", "time")}
    return {"timestamp": str(event.get("time", ""))[11:23]} | ahead | shown
