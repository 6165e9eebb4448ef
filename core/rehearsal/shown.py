"""How a rehearsal is shown: JSON lines for machines, lines of a transcript for people."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from mirabelle.core.rehearsal.written import Everybody, Machine, Write
from mirabelle.core.types import EventKind

# What `rehearse --json` promises.
SHOWN: Final = frozenset(
    {
        EventKind.DOCUMENT,
        EventKind.PROMPT,
        EventKind.UNHEARD,
        EventKind.LISTEN,
        EventKind.INPUT,
        EventKind.RECOGNIZED,
        EventKind.NOMATCH,
        EventKind.NOINPUT,
        EventKind.FETCH,
        EventKind.RECORD,
        EventKind.TRANSFER,
        EventKind.LOG,
        EventKind.TRACE,
        EventKind.THROWN,
        EventKind.DISCONNECT,
        EventKind.EXIT,
    }
)


class JsonLines:
    """One JSON object an event; `at` in seconds since the beginning, to the millisecond.

    What is played when the caller has gone already is a `prompt` with `heard` false: what a handler of the hang-up says
    is often what a document is tested for.
    """

    def __init__(self, write: Write) -> None:
        self._write = write

    def __call__(self, kind: EventKind, data: Mapping[str, Any], at: float) -> None:
        """Show one event."""
        if kind not in SHOWN:
            return
        event: dict[str, Any] = {"at": round(at, 3), "event": kind, **data}
        if kind is EventKind.UNHEARD:
            event |= {"event": EventKind.PROMPT, "heard": False}
        self._write(json.dumps(event, ensure_ascii=False))


class Lines:
    """Lines of a transcript. What a transcript has no line for stands in comments: logs, and what an error says.

    `typed`: the human's lines are on the terminal already.
    """

    def __init__(self, write: Write, *, typed: bool) -> None:
        self._write = write
        self._line: Callable[[EventKind, Mapping[str, Any]], None] = Machine(write) if typed else Everybody(write)

    def __call__(self, kind: EventKind, data: Mapping[str, Any], at: float) -> None:
        """Show one event."""
        self._line(kind, data)
        match kind:
            case EventKind.UNHEARD if data["text"]:
                self._comment(f"nobody hears: {data['text']}")
            case EventKind.LOG:
                self._comment(f"log {data['label']}: {data['text']}" if data["label"] else f"log: {data['text']}")
            case EventKind.LENIENT:
                lines = ", ".join(map(str, data["lines"]))
                self._comment(f"{data['name']}: {data['url']}, line {lines}: {data['message']}")
            case EventKind.THROWN if data["name"].startswith("error.") and data["message"]:
                self._comment(data["message"])
            case EventKind.TRACE if data["step"] != "lenient":
                self._comment(f"{data['line']:>4} {data['step']}: {data['text']}")
            case EventKind.FETCH if data["status"] != 200:
                self._comment(data.get("error") or f"status {data['status']}")
            case _:
                pass

    def _comment(self, text: str) -> None:
        self._write(f"# {' '.join(text.split())}")
