"""The story of a rehearsed dialogue as lines of a transcript."""

from collections.abc import Callable, Mapping
from typing import Any

from mirabelle.core.simulation import timing
from mirabelle.core.talking.forms import form_encoded
from mirabelle.core.testing.transcript import (
    line_of_ending,
    line_of_event,
    line_of_fetch,
    line_of_prompt,
    line_of_recording,
    line_of_transfer,
)
from mirabelle.core.types import EventKind

Write = Callable[[str], None]
HANGUP = "connection.disconnect.hangup"


class Machine:
    """Writes what the machine does. The request for the first document is not part of a transcript."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._begun = False

    def __call__(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        """Take one event of the story."""
        match kind:
            case EventKind.PROMPT if data["text"]:
                self._write(line_of_prompt(data["text"]))
            case EventKind.FETCH:
                self._fetched(data)
            case EventKind.THROWN:
                self._write(line_of_event(data["name"], data["caught_by"]))
            case EventKind.RECORD:
                self._write(line_of_recording(round(data["duration"], 3)))
            case EventKind.TRANSFER if data["outcome"] is not None:
                self._write(line_of_transfer(data["outcome"], data["duration"]))
            case EventKind.EXIT:
                self._write(line_of_ending(str(data["reason"]), data["values"]))
            case _:
                pass

    def _fetched(self, data: Mapping[str, Any]) -> None:
        # What was kept needs no server (6.1.2): the line says what one is asked.
        if self._begun and not data.get("cached"):
            post = data["method"] == "POST"
            self._write(
                line_of_fetch(data["method"], data["url"], form_encoded(_pairs(data["fields"])) if post else "")
            )
        self._begun = True


def _pairs(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])]


class Everybody:
    """Writes what both sides do, so that it could be played as a transcript again."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._machine = Machine(write)
        self._input: Mapping[str, Any] | None = None
        # What the human's part of is known only by what follows.
        self._recorded: Mapping[str, Any] | None = None
        self._transferred: Mapping[str, Any] | None = None
        self._listened = False
        self._hung_up = False

    def __call__(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        """Take one event of the story."""
        self._take(kind, data)
        if kind is not EventKind.TRANSFER:
            self._listened = kind is EventKind.LISTEN

    def _take(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        if self._recorded is not None and self._write_recording(kind, data):
            return
        if self._transferred is not None and self._write_transfer(kind, data):
            return
        if kind in (EventKind.INPUT, EventKind.RECORD, EventKind.TRANSFER):
            self._keep(kind, data)
            return
        self._write_input(data.get("confidence", 1.0))
        if kind is EventKind.DISCONNECT:
            self._hung_up = True
        elif self._tells_of_hangup(kind, data):
            self._hung_up = True
            self._write("H: [hangup]")
        self._machine(kind, data)

    def _keep(self, kind: EventKind, data: Mapping[str, Any]) -> None:
        match kind:
            case EventKind.INPUT:
                self._input = data
            case EventKind.RECORD:
                self._recorded = data
            case EventKind.TRANSFER:
                self._transferred = {"listened": self._listened, **data}
                self._hung_up = self._hung_up or data["outcome"] in ("hangup", "connected")

    def _write_recording(self, kind: EventKind, data: Mapping[str, Any]) -> bool:
        """Sound, and the keys or the hang-up that ended it, are one act. True: nothing remains to be written of this
        event."""
        recorded, self._recorded = self._recorded or {}, None
        spoken = [f"speech {recorded['duration']:g}s"] if recorded["duration"] else []
        keyed = kind is EventKind.INPUT and data["mode"] == "dtmf"
        if keyed:
            spoken.append(" ".join(data["value"]))
        elif recorded["ending"] == "hung up":
            self._hung_up = True
            spoken.append("hangup")
        silent = kind is EventKind.INPUT and not keyed
        self._write(f"H: [{' '.join(spoken) or 'silence'}]")
        self._machine(EventKind.RECORD, recorded)
        return keyed or silent

    def _write_transfer(self, kind: EventKind, data: Mapping[str, Any]) -> bool:
        """What the caller did to end it comes before how it ended; so does the hang-up."""
        transferred, self._transferred = self._transferred or {}, None
        by_caller = kind is EventKind.INPUT and transferred["outcome"] == "near_end_disconnect"
        if transferred["listened"] and (transferred["duration"] or not by_caller):
            # What else the caller did meant nothing.
            self._write("H: [silence]")
        if by_caller and transferred["duration"]:
            at = max(0.0, transferred["duration"] - _length(data))
            self._write(f"T@{at:g}: {_input(data['mode'], data['value'], 1.0)}")
        elif by_caller:
            self._write(f"H: {_input(data['mode'], data['value'], 1.0)}")
        self._machine(EventKind.TRANSFER, transferred)
        return by_caller

    def _tells_of_hangup(self, kind: EventKind, data: Mapping[str, Any]) -> bool:
        if self._hung_up:
            return False
        thrown = kind is EventKind.THROWN and data["name"] == HANGUP
        return thrown or (kind is EventKind.EXIT and data["reason"] == "hangup")

    def _write_input(self, confidence: float) -> None:
        # Written with what was made of it: only that knows how sure the recogniser was.
        given, self._input = self._input, None
        if given is not None:
            self._write(f"H: {_input(given['mode'], given['value'], confidence)}")


def _length(given: Mapping[str, Any]) -> float:
    return timing.of_text(given["value"]) if given["mode"] == "voice" else 0.0


def _input(mode: str, value: str, confidence: float) -> str:
    match mode:
        case "silence":
            return "[silence]"
        case "dtmf":
            return f"[{' '.join(value)}]"
        case _ if not value:
            return "[speech 1s]"
        case _ if confidence < 1:
            return f"({value}, {confidence:g})"
        case _:
            return value
