"""The log: one line an event, readable on a terminal, JSON otherwise. What libraries log goes the same way."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

from mirabelle.core.config import LogFormat, LogOptions
from mirabelle.core.redaction import redacted_values

# They repeat at INFO what the platform's own lines say, or say it for every request.
QUIETER = ("uvicorn.error", "uvicorn.access", "asyncio", "aiohttp.access")


@contextmanager
def logging_to(options: LogOptions, stream: TextIO | None = None) -> Iterator[structlog.stdlib.BoundLogger]:
    """Everything that is logged in here, by whomever, goes to the stream (standard error) in one shape."""
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    handler.setFormatter(_formatter(options.format, target))
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(options.level.upper())
    for name in QUIETER:
        logging.getLogger(name).setLevel(logging.NOTSET if options.level == "debug" else logging.WARNING)
    logging.captureWarnings(True)
    try:
        yield structlog.wrap_logger(
            logging.getLogger("mirabelle"),
            processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
            wrapper_class=structlog.stdlib.BoundLogger,
        )
    finally:
        logging.captureWarnings(False)
        root.handlers[:], level = before
        root.setLevel(level)


def readable(log_format: LogFormat, stream: TextIO) -> bool:
    """Whether lines to that stream are for people."""
    return log_format is LogFormat.READABLE or (log_format is LogFormat.AUTO and stream.isatty())


def _redact(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return redacted_values(event)


_SHARED: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
)


def _formatter(log_format: LogFormat, stream: TextIO) -> logging.Formatter:
    last: tuple[Processor, ...] = (structlog.processors.JSONRenderer(default=str),)
    if readable(log_format, stream):
        last = (_first_of_call, _renderer(stream))
    # Exceptions become text before redaction, or what they say would pass it by.
    first = (structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info, _redact)
    return structlog.stdlib.ProcessorFormatter(
        processors=[*first, *last], foreign_pre_chain=[*_SHARED, structlog.stdlib.ExtraAdder(), _one_line]
    )


def _one_line(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    # Warnings come with their source line below them.
    return {**event, "event": " ".join(str(event["event"]).split())}


def _first_of_call(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Call and attempt right after the event's name; the time of day is enough on a terminal."""
    ahead = {key: event[key] for key in ("event", "call_id", "attempt") if key in event}
    shown = {key: value for key, value in event.items() if key not in ("at", "time")}
    return {"timestamp": str(event.get("time", ""))[11:23]} | ahead | shown | ahead


def _renderer(stream: TextIO) -> Processor:
    return structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), sort_keys=False, pad_event_to=14, exception_formatter=structlog.dev.plain_traceback
    )
