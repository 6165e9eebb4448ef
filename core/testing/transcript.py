"""Golden transcripts: dialogues as people write them down. docs/transcripts.md describes every line.

This is the one parser of them, for the tests and for `mirabelle rehearse --transcript`.
"""

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mirabelle.core.testing.human import Act, parse_act
from mirabelle.vxml_interpreter.answers import SessionChanged, TransferOutcome
from mirabelle.vxml_interpreter.script import Json

_KINDS: Final = "C:, H:, H@SECONDS:, S:, T:, T@SECONDS:, R:, GET, POST, !, = or #"
_HUMAN: Final = re.compile(r"H(?:@(?P<at>\d+(?:\.\d+)?))?:(?P<act>.*)", re.DOTALL)
_MEANWHILE: Final = re.compile(r"T@(?P<at>\d+(?:\.\d+)?):(?P<act>.*)", re.DOTALL)
_TRANSFER: Final = re.compile(r"T:\s*(?P<outcome>\w+)(?:\s+(?P<span>\d+(?:\.\d+)?)s)?\s*", re.DOTALL)
_RECORDING: Final = re.compile(r"R:\s*(?:nothing|(?P<span>\d+(?:\.\d+)?)s)\s*")
_NOTICE: Final = re.compile(r"S:\s*(?P<path>[\w.$]+)\s*=(?P<value>.*)", re.DOTALL)
_ENDING: Final = re.compile(r"=\s*(?P<reason>exit|end|disconnect|hangup|error)\b(?P<values>.*)", re.DOTALL)
_NAME: Final = re.compile(r"\s*([^\s=]+)=")
_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*)'")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}


class TranscriptError(Exception):
    """A transcript cannot be read; the message says where and why."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What the human does when the dialogue listens, and what the platform notices then.

    `acts` have seconds after the beginning of prompt number `prompt` of the turn (counted from 1), or None: when the
    prompts are over. `lines` are the lines that say so.
    """

    acts: tuple[tuple[float | None, Act], ...]
    notices: tuple[SessionChanged, ...] = ()
    prompt: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transferred:
    """How a transfer goes: its outcome, how many seconds the parties are connected (None: nothing is said of it), and
    what the human does so many seconds after they were. `lines` are those of the human.
    """

    outcome: TransferOutcome
    duration: float | None = None
    meanwhile: tuple[tuple[float, Act], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript, read. `lines` are in the form in which `line_of_*` write what happens."""

    name: str
    lines: tuple[str, ...]
    turns: tuple[Turn, ...]
    opening: Turn = field(default=Turn(()))
    transfers: tuple[Transferred, ...] = ()

    @property
    def tells_events(self) -> bool:
        """Whether thrown events are part of it: either all of them are, or none."""
        return any(line.startswith("!") for line in self.lines)

    def difference(self, happened: Sequence[str]) -> str:
        """A diff from what is written to what happened; empty when both are the same."""
        if not self.tells_events:
            happened = [line for line in happened if not line.startswith("!")]
        diff = difflib.unified_diff(
            self.lines, happened, f"{self.name} (as written)", f"{self.name} (as it went)", n=1000, lineterm=""
        )
        return "\n".join(diff)


def parse_transcript(text: str, name: str = "transcript") -> Transcript:
    """Read a transcript. Raises `TranscriptError` that names the line."""
    reader = _Reader(name)
    for number, line in _logical_lines(text):
        try:
            reader.take(line)
        except ValueError as error:
            raise TranscriptError(f"{name}, line {number}: {error}") from error
    return reader.transcript()


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments and blank ones; an indented line goes on with the one before. Numbered by their first."""
    number, gathered = 0, ""
    for count, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip() and line[0].isspace() and gathered:
            gathered += f" {line.strip()}"
            continue
        if gathered:
            yield number, gathered
        number, gathered = count, "" if line.startswith("#") else line.strip()
    if gathered:
        yield number, gathered


class _Reader:
    """Puts lines together to turns."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lines: list[str] = []
        self._turns: list[Turn] = []
        self._opening = Turn(())
        # Of the turn under way: its acts and notices so far, their lines, and the prompts since the turn before.
        self._acts: list[tuple[float | None, Act]] = []
        self._notices: list[SessionChanged] = []
        self._own_lines: list[str] = []
        self._prompts = 0
        self._transfers: list[Transferred] = []
        self._meanwhile: list[tuple[float, Act]] = []
        self._meanwhile_lines: list[str] = []

    def take(self, line: str) -> None:
        if self._lines and self._lines[-1].startswith("="):
            raise ValueError("nothing can follow the end of the dialogue")
        if line.startswith("C:"):
            self._end_turn()
            self._prompts += 1
            self._lines.append(line_of_prompt(line[2:]))
        elif line.startswith("H"):
            self._take_act(line)
        elif line.startswith("S:"):
            self._take_notice(line)
        elif line.startswith("T"):
            self._end_turn()
            self._take_transfer(line)
        else:
            self._end_turn()
            self._lines.append(_canonical(line))

    def _take_act(self, line: str) -> None:
        found = _HUMAN.fullmatch(line)
        if found is None:
            raise ValueError(f"{line!r}: what the human does is H: or H@SECONDS:")
        at = None if found["at"] is None else float(found["at"])
        if self._acts and at is None:
            self._end_turn()
        self._acts.append((at, parse_act(found["act"])))
        self._own_lines.append(f"H{'' if at is None else f'@{at:g}'}: {' '.join(found['act'].split())}")
        self._lines.append(self._own_lines[-1])

    def _take_notice(self, line: str) -> None:
        found = _NOTICE.fullmatch(line)
        if found is None:
            raise ValueError(f"{line!r}: a notice is S: variable = value")
        notice = SessionChanged(found["path"], parse_value(found["value"]))
        self._notices.append(notice)
        self._own_lines.append(f"S: {notice.path} = {literal(notice.value)}")
        self._lines.append(self._own_lines[-1])

    def _take_transfer(self, line: str) -> None:
        if meanwhile := _MEANWHILE.fullmatch(line):
            at = float(meanwhile["at"])
            self._meanwhile.append((at, parse_act(meanwhile["act"])))
            self._meanwhile_lines.append(f"T@{at:g}: {' '.join(meanwhile['act'].split())}")
            self._lines.append(self._meanwhile_lines[-1])
            return
        found = _TRANSFER.fullmatch(line)
        if found is None or found["outcome"] not in set(TransferOutcome):
            outcomes = ", ".join(TransferOutcome)
            raise ValueError(f"{line!r}: a transfer is T: outcome, or T: outcome 5s; outcomes are {outcomes}")
        outcome, span = TransferOutcome(found["outcome"]), None if found["span"] is None else float(found["span"])
        made = Transferred(outcome, span, tuple(self._meanwhile), tuple(self._meanwhile_lines))
        self._transfers.append(made)
        self._lines.append(line_of_transfer(outcome, span or 0.0))
        self._meanwhile, self._meanwhile_lines = [], []

    def _end_turn(self) -> None:
        """A turn goes from the human's first act to the next line of another kind; notices before belong to it."""
        if not self._acts and not (self._notices and not self._prompts and not self._turns):
            return
        turn = Turn(tuple(self._acts), tuple(self._notices), self._prompts, tuple(self._own_lines))
        if self._acts:
            self._turns.append(turn)
        else:
            self._opening = turn
        self._acts, self._notices, self._own_lines, self._prompts = [], [], [], 0

    def transcript(self) -> Transcript:
        self._end_turn()
        if not self._lines or not self._lines[-1].startswith("="):
            raise TranscriptError(f"{self._name}: the last line must say how the dialogue ends: = exit, = end ...")
        if self._meanwhile:
            raise TranscriptError(f"{self._name}: {self._meanwhile_lines[0]!r} is followed by no T: line")
        lines, turns, transfers = tuple(self._lines), tuple(self._turns), tuple(self._transfers)
        return Transcript(self._name, lines, turns, self._opening, transfers)


def _canonical(line: str) -> str:
    match line.split(maxsplit=2):
        case ["GET" | "POST" as method, url, *rest]:
            return line_of_fetch(method, url, "".join(rest))
        case ["!", name, *rest]:
            handler = " ".join(rest)
            if handler and not handler.startswith("<- "):
                raise ValueError(f"{line!r}: an event is ! name, or ! name <- who caught it")
            return line_of_event(name, handler.removeprefix("<- ") or None)
    if recorded := _RECORDING.fullmatch(line):
        return line_of_recording(float(recorded["span"] or 0.0))
    found = _ENDING.fullmatch(line)
    if found is None:
        raise ValueError(f"{line!r} begins with none of {_KINDS}")
    return line_of_ending(found["reason"], parse_values(found["values"]))


# ---- what happens, as lines ----


def line_of_prompt(text: str) -> str:
    """A prompt that is heard."""
    return f"C: {' '.join(text.split())}".rstrip()


def line_of_fetch(method: str, url: str, form: str) -> str:
    """A request. `form`: the encoded fields of a POST."""
    return f"{method} {url} {form}".rstrip()


def line_of_event(name: str, caught_by: str | None) -> str:
    """An event that was thrown."""
    return f"! {name}" if caught_by is None else f"! {name} <- {caught_by}"


def line_of_recording(duration: float) -> str:
    """What was recorded, in seconds of sound."""
    return f"R: {duration:g}s" if duration else "R: nothing"


def line_of_transfer(outcome: str, duration: float) -> str:
    """How a transfer went, and for how many seconds the parties were connected."""
    return f"T: {outcome} {duration:g}s" if duration else f"T: {outcome}"


def line_of_ending(reason: str, values: Mapping[str, Json]) -> str:
    """How the dialogue ends, with the values that it hands over, by name."""
    return " ".join([f"= {reason}", *(f"{name}={literal(values[name])}" for name in sorted(values))])


# ---- values ----


def literal(value: Json) -> str:
    """A value as it stands in a transcript: text in single quotes, all else as JSON."""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    for letter, character in _ESCAPES.items():
        escaped = escaped.replace(character, f"\\{letter}")
    return f"'{escaped}'"


def parse_values(text: str) -> dict[str, Json]:
    """Pairs `name=value`, separated by blanks. Raises `ValueError`."""
    values: dict[str, Json] = {}
    while text.strip():
        named = _NAME.match(text)
        if named is None:
            raise ValueError(f"{text.strip()!r}: values are written name=value")
        values[named[1]], text = _value(text[named.end() :])
    return values


def parse_value(text: str) -> Json:
    """One value. Raises `ValueError`."""
    value, rest = _value(text.strip())
    if rest.strip():
        raise ValueError(f"{rest.strip()!r} follows the value")
    return value


def _value(text: str) -> tuple[Json, str]:
    if text.startswith("undefined"):
        return None, text.removeprefix("undefined")
    if quoted := _QUOTED.match(text):
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), quoted[1]), text[quoted.end() :]
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError:
        raise ValueError(f"{text.strip()!r}: a value is text in quotes, a number, true, false, null or JSON") from None
    return value, text[end:]
