"""The caller of the W3C's tests, and how a document that judges itself is played with that caller."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.rehearse import Scene, TurnsUsedUp, rehearse, session
from mirabelle.core.rehearsal.sources import Mapped
from mirabelle.core.simulation.people import Action, HangUp, HeardPrompt, Press, Say
from mirabelle.core.simulation.transfers import FarEnd
from mirabelle.core.types import EventKind
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.settings import Settings

SERVER: Final = "http://localhost/vxml/"
MAX_TURNS: Final = 20
# What becomes of the transfers of these documents; of all others somebody answers, and hangs up after 5 s.
FAR_ENDS: Final[Mapping[str, FarEnd]] = MappingProxyType(
    {
        "290.vxml": FarEnd(TransferOutcome.CONNECTED, 1, 60, (Say("chicago", at=2.0),)),
        "300.vxml": FarEnd(TransferOutcome.HANGUP, 1, 2),
        "301.vxml": FarEnd(TransferOutcome.BUSY, 1),
    }
)


class Obedient:
    """The last instruction among the prompts is followed."""

    def reply(self, heard: Sequence[HeardPrompt]) -> Sequence[Action]:
        """Nothing where no instruction is heard."""
        return next((done for prompt in reversed(heard) if (done := _obeyed(prompt.text)) is not None), ())


def _obeyed(instruction: str) -> Sequence[Action] | None:
    """What a caller does who hears this; None: it is no instruction."""
    rules: list[tuple[str, Action | None]] = [
        (r"no input expected|say nothing", None),
        (r"hang up now", HangUp()),
        (r"recite a sentence|nursery rhyme", Say("", lasts=5.0)),
        (r"something unrecognizable", Say("antidisestablishmentarianism")),
    ]
    for pattern, action in rules:
        if re.search(pattern, instruction, re.IGNORECASE):
            return () if action is None else (action,)
    pressed = re.search(r"\bpress\s+['\"]?([0-9*#])", instruction, re.IGNORECASE)
    if pressed:
        return (Press(pressed[1]),)
    said = re.search(r"\bsay\s+(?:'([^']+)'|\"([^\"]+)\"|(\w+))", instruction, re.IGNORECASE)
    return (Say((said[1] or said[2] or said[3]).lower()),) if said else None


@dataclass(frozen=True, slots=True)
class Played:
    """How a document was played: what it said last, which element of VoiceXML it missed, and what stopped it.

    What is queued once the caller is gone is heard by nobody, and counts as said all the same.
    """

    last: str
    missing: str
    stopped: str

    @property
    def passed(self) -> bool:
        """The document's own verdict is its last prompt."""
        return self.last.lower().rstrip(".") == "pass" and not self.stopped

    def __str__(self) -> str:
        if self.passed:
            return "pass"
        return f"needs {self.missing}" if self.missing else f"fail: {self.stopped or self.last or 'said nothing'}"


def interpreter(clock: Clock, chance: random.Random) -> Interpreter:
    settings = Settings(trace=True)
    return Interpreter(Js2pyEngine(None, clock.now, chance), session({}), Documents(settings=settings), settings)


@cache
def _played(folder: Path, start: str) -> Played:
    said: list[str] = []
    missing: list[str] = []
    gone: list[object] = []

    def listen(kind: EventKind, data: Mapping[str, Any], _at: float) -> None:
        if kind is EventKind.PROMPT and str(data["text"]).strip():
            said.append(str(data["text"]).strip())
        if kind is EventKind.THROWN and str(data["name"]).startswith("connection.disconnect"):
            gone.append(data["name"])
        if kind is EventKind.TRACE and data["step"] == "queue" and gone:
            said.append(str(data["text"]).strip())
        if kind is EventKind.THROWN and str(data["name"]).startswith("error.unsupported."):
            missing.append(str(data["name"]).removeprefix("error.unsupported."))

    far_ends = [FAR_ENDS[start]] if start in FAR_ENDS else []
    scene = Scene(interpreter, FetchRequest(SERVER + start), [Mapped(SERVER, folder)], MAX_TURNS, far_ends)
    stopped = ""
    try:
        stopped = rehearse(scene, lambda _clock, _line: Obedient(), listen).error or ""
    except TurnsUsedUp as used_up:
        stopped = str(used_up)
    return Played(said[-1] if said else "", ", ".join(sorted(set(missing))), stopped)


@pytest.fixture
def obeyed() -> Callable[[str], Sequence[Action] | None]:
    """What the caller does who hears an instruction; None: it is none."""
    return _obeyed


@pytest.fixture
def played() -> Callable[[Path, str], Played]:
    """Play a start document of that folder, which is what the server has."""
    return _played
