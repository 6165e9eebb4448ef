"""Who can be reached on the loopback, and how a destination names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import parse_qsl

SCHEME = "loopback"


class Kind(StrEnum):
    """The callees of the loopback."""

    VOICE = "voice"
    MACHINE = "machine"
    FAX = "fax"
    BUSY = "busy"
    NOANSWER = "noanswer"
    SIT = "sit"
    FAILURE = "failure"
    HANGUP = "hangup"
    BUSY_THEN_VOICE = "busy_then_voice"


BY_DIGIT: Mapping[str, Kind] = MappingProxyType(
    {
        "0": Kind.VOICE,
        "1": Kind.VOICE,
        "2": Kind.MACHINE,
        "3": Kind.FAX,
        "4": Kind.BUSY,
        "5": Kind.NOANSWER,
        "6": Kind.SIT,
        "7": Kind.FAILURE,
        "8": Kind.HANGUP,
        "9": Kind.BUSY_THEN_VOICE,
    }
)


class UnknownCallee(ValueError):
    """The destination names nobody here; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody on the loopback. Spans are seconds.

    `rings`: how often it rings until somebody answers. `greeting`: what is said then; None: something usual; "":
    nothing. `decides`: how long after the answer a detector with the usual figures can tell who it is; None: as the
    greeting makes it. `stays`: when the callee hangs up, after the answer (a machine: after its beep). `rules`: the
    file that says how a person answers; None: presses 1. `after`: until a call fails that nobody answers.
    """

    kind: Kind
    rings: int = 2
    greeting: str | None = None
    decides: float | None = None
    stays: float | None = None
    rules: str | None = None
    after: float = 1.0


_ANSWERING = frozenset({"rings", "greeting", "decides", "stays"})
_FAILING = frozenset({"after"})
_PERSON = _ANSWERING | {"rules"}
PARAMETERS: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.VOICE: _PERSON,
        Kind.MACHINE: _ANSWERING,
        Kind.FAX: frozenset({"rings", "stays"}),
        Kind.BUSY: _FAILING,
        Kind.NOANSWER: frozenset(),
        Kind.SIT: _FAILING,
        Kind.FAILURE: _FAILING,
        Kind.HANGUP: frozenset({"rings", "greeting", "decides"}),
        Kind.BUSY_THEN_VOICE: _PERSON | _FAILING,
    }
)
# A greeting that ends sooner, or begins earlier, cannot be judged at that instant by a detector with the usual figures.
SPEECH_END = 1.2
SPEECH_THRESHOLD = 2.4
EARLIEST: Mapping[Kind, float] = MappingProxyType({Kind.MACHINE: SPEECH_THRESHOLD})


def callee_at(destination: str) -> Callee:
    """Who is reached at a number in E.164, or at a `loopback:` URI. Raises `UnknownCallee`."""
    scheme, colon, rest = destination.partition(":")
    if not colon or scheme.lower() == "tel":
        return _by_number(rest if colon else destination)
    if scheme.lower() != SCHEME:
        raise UnknownCallee(f"the loopback does not dial {scheme}:")
    return _by_name(rest)


def _by_number(number: str) -> Callee:
    last = number.partition(";")[0].rstrip()[-1:]
    if last not in BY_DIGIT:
        raise UnknownCallee(f"'{number}' does not end in a digit, which picks the callee")
    return Callee(BY_DIGIT[last])


def _by_name(text: str) -> Callee:
    text, *modifiers = text.split(";")
    name, _, query = text.partition("?")
    if name not in set(Kind):
        raise UnknownCallee(f"loopback has no callee '{name}'; there are {', '.join(Kind)}")
    _refuse(modifiers)
    return _with_parameters(Kind(name), query)


def _refuse(modifiers: list[str]) -> None:
    for modifier in modifiers:
        if modifier == "audio=1":
            raise UnknownCallee("audio=1: the loopback has no audio legs yet; leave it out for a text leg")
        raise UnknownCallee(f"'{modifier}' after ';' is not known to the loopback")


@dataclass(slots=True)
class _Values:
    kind: Kind
    given: dict[str, str] = field(default_factory=dict)

    def wrong(self, name: str, why: str) -> UnknownCallee:
        return UnknownCallee(f"loopback:{self.kind}: {name}: {why}")

    def seconds(self, name: str, least: float, most: float) -> float | None:
        if name not in self.given:
            return None
        try:
            value = float(self.given[name])
        except ValueError:
            value = -1.0
        if not least <= value <= most:
            raise self.wrong(name, f"is a number of seconds from {least:g} to {most:g}; found '{self.given[name]}'")
        return value

    def rings(self) -> int:
        value = self.given.get("rings", "2")
        if not (value.isascii() and value.isdigit() and int(value) <= 20):
            raise self.wrong("rings", f"is a whole number from 0 to 20; found '{value}'")
        return int(value)


def _with_parameters(kind: Kind, query: str) -> Callee:
    values = _Values(kind)
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in PARAMETERS[kind]:
            known = ", ".join(sorted(PARAMETERS[kind])) or "none"
            raise values.wrong(name, f"is not a parameter of this callee; there are: {known}")
        if name in values.given:
            raise values.wrong(name, "is given twice")
        values.given[name] = value
    after = values.seconds("after", 0, 600)
    return Callee(
        kind,
        rings=values.rings(),
        greeting=values.given.get("greeting"),
        decides=values.seconds("decides", EARLIEST.get(kind, SPEECH_END), 60),
        stays=values.seconds("stays", 0, 86400),
        rules=values.given.get("rules"),
        after=1.0 if after is None else after,
    )
