"""Golden transcripts: a document beside its transcript, played and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from mirabelle.core.rehearsal.people import TranscriptPerson, far_end
from mirabelle.core.rehearsal.rehearse import Scene, Story, rehearse
from mirabelle.core.rehearsal.sources import Answering, Mapped, OneFile
from mirabelle.core.rehearsal.written import Machine
from mirabelle.core.simulation.people import Person
from mirabelle.core.talking.line import Line
from mirabelle.core.testing.transcript import Transcript, TranscriptError, parse_transcript
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.commands import Ended, FetchRequest

# Where a document of a transcript lives, whatever folder it is in: transcripts must not differ between machines.
SERVER: Final = "http://app/"


@dataclass(frozen=True, slots=True)
class Compared:
    """How a dialogue ended, and how it differs from its transcript: a diff, empty when it does not."""

    ended: Ended
    difference: str


def read_transcript(path: Path) -> Transcript:
    """Read a transcript file. Raises `TranscriptError`."""
    try:
        return parse_transcript(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{path}: is not UTF-8: {error}") from error


def served(document: Path) -> tuple[FetchRequest, list[Answering]]:
    """The first request for a document and where its answers come from.

    They are files in the folder that is named like the document, or, when there is none, in the document's own.
    """
    answers = document.with_suffix("")
    folder = answers if answers.is_dir() else document.parent
    url = f"{SERVER}{quote(document.name)}"
    return FetchRequest(url), [OneFile(url, document), Mapped(SERVER, folder)]


def compare(scene: Scene, transcript: Transcript, story: Story | None = None) -> Compared:
    """Play the human's lines and compare the rest. `story` hears each event. Raises what `rehearse` does."""
    happened = list(transcript.opening.lines)
    waiting: list[str] = []
    machine = Machine(happened.append)

    transfers = list(transcript.transfers)

    def cast(clock: VirtualClock, line: Line) -> Person:
        for notice in transcript.opening.notices:
            line.notify(notice)
        return TranscriptPerson(transcript, clock, line.notify, lambda turn: waiting.extend(turn.lines))

    def take(kind: EventKind, data: Mapping[str, Any], at: float) -> None:
        if kind in (EventKind.LISTEN, EventKind.EXIT):
            # What the human does follows the prompts, whole or interrupted.
            happened.extend(waiting)
            waiting.clear()
        if kind is EventKind.TRANSFER and data["outcome"] is not None and transfers:
            happened.extend(transfers.pop(0).lines)
        machine(kind, data)
        if story is not None:
            story(kind, data, at)

    scene = replace(scene, far_ends=[far_end(each) for each in transcript.transfers])
    return Compared(rehearse(scene, cast, take), transcript.difference(happened))
