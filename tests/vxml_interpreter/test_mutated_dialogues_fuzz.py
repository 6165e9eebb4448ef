"""The golden dialogues, spoiled: whatever is dropped, moved, repeated or cut, and whatever is answered, an end."""

import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    FetchFailed,
    Invoked,
    InvokeFailed,
    MarkPassed,
    NothingHeard,
    Notice,
    NotMatched,
    Recognized,
    Recorded,
    RecordFailed,
    Recording,
    Reply,
    SpokeTooLong,
    TransferFailed,
    TransferOutcome,
    Transferred,
)
from mirabelle.vxml_interpreter.commands import (
    ActiveGrammar,
    Ask,
    Breathe,
    Collect,
    Ended,
    Fetch,
    FetchRequest,
    Invoke,
    Play,
    Record,
    Transfer,
)
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.settings import Limits, Settings

DIALOGUES: Final = sorted((Path(__file__).parent.parent / "dialogs").rglob("*.vxml"))
ENGINE: Final = Js2pyEngine()
SETTINGS: Final = Settings(Limits(turns=30, steps=5_000, iterations=200))
LONGEST: Final = 60
HOSTILE: Final = (
    *("", " ", "0", "-1", "1e999", "NaN", "99999999999999999999", "0s", "9999999999999s", "\U0001f600", "x" * 9_000),
    *("undefined", "null", "((", "nowhere.x", "({a:[1,{b:2}]})", "[[],[]]", "document", "this", "a b c", "#", "#f"),
    *("http://[", "data:,", "javascript:1", "../../..", "builtin:nothing?x=;;", "true", "TRUE", "any", "error", "."),
    *("digits?length=-1", "boolean?y=;n=", "session.x", "_event", "lastresult$", "1", "en-\ufffd", "%00", "throw 1"),
)
Mutation = Callable[[random.Random, list["etree._Element"]], None]


def drop(chance: random.Random, elements: "list[etree._Element]") -> None:
    element = chance.choice(elements)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def duplicate(chance: random.Random, elements: "list[etree._Element]") -> None:
    element = chance.choice(elements)
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def graft(chance: random.Random, elements: "list[etree._Element]") -> None:
    """A copy, where it may not belong: within itself, perhaps."""
    target = chance.choice(elements)
    target.insert(chance.randint(0, len(target)), deepcopy(chance.choice(elements)))


def swap(chance: random.Random, elements: "list[etree._Element]") -> None:
    one, other = chance.choice(elements), chance.choice(elements)
    one.tag, other.tag = other.tag, one.tag


def reword(chance: random.Random, elements: "list[etree._Element]") -> None:
    """An attribute that it has, or that another has, becomes something else."""
    element, other = chance.choice(elements), chance.choice(elements)
    names = [*element.attrib] * 3 + [*other.attrib]
    if names:
        known = [str(value) for each in elements for value in each.attrib.values()]
        value = chance.choice(known if chance.random() < 0.4 else HOSTILE)
        element.set(chance.choice(names), value)


def forget(chance: random.Random, elements: "list[etree._Element]") -> None:
    element = chance.choice(elements)
    if element.attrib:
        del element.attrib[chance.choice([*element.attrib])]


def retell(chance: random.Random, elements: "list[etree._Element]") -> None:
    chance.choice(elements).text = chance.choice(HOSTILE)


MUTATIONS: Final[tuple[Mutation, ...]] = (drop, duplicate, graft, swap, reword, reword, reword, forget, retell)


def spoiled(body: bytes, chance: random.Random) -> bytes:
    """The document with some faults; one time of ten with bytes cut out besides."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return cut(body, chance)
    for _ in range(chance.randint(1, 5)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        if len(elements) < 500:
            chance.choice(MUTATIONS)(chance, elements)
    whole = etree.tostring(root)
    return cut(whole, chance) if chance.random() < 0.1 else whole


def cut(body: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.randbytes(chance.randint(0, 2)) + body[at + chance.randint(0, 20) :]


class Caller:
    """Answers each ask with something that its driver could answer."""

    def __init__(self, body: bytes, folder: Path, chance: random.Random) -> None:
        self.body = body
        self.folder = folder
        self.chance = chance

    def answer(self, ask: Ask) -> Reply | Notice:
        chance = self.chance
        if isinstance(ask, Fetch):
            return self._fetched(ask.request.url)
        if isinstance(ask, Breathe):
            return Done()
        if chance.random() < 0.05:
            return CallerHungUp()
        if isinstance(ask, Play):
            return Done()
        if isinstance(ask, Collect):
            failures = (
                NothingHeard(),
                NotMatched(Mode.VOICE, "hm"),
                SpokeTooLong(),
                RecordFailed("error.noresource", ""),
            )
            heard = self._heard(ask.grammars)
            return heard if heard and chance.random() < 0.7 else chance.choice(failures)
        if isinstance(ask, Record):
            recording = Recording("mirabelle:1", "audio/x-wav", 8_000, 1.0)
            kept = Recorded(recording, hung_up=chance.random() < 0.2, matched=self._heard(ask.grammars))
            return chance.choice((kept, Recorded(None), NothingHeard(), RecordFailed("error.unsupported.format", "no")))
        if isinstance(ask, Transfer):
            ended = Transferred(chance.choice([*TransferOutcome]), 2.5)
            return chance.choice((ended, ended, TransferFailed("error.connection.baddestination", "no")))
        assert isinstance(ask, Invoke)
        return chance.choice((Invoked(self._json()), InvokeFailed("error.unsupported.objectname", "no")))

    def _heard(self, grammars: tuple[ActiveGrammar, ...]) -> Recognized | None:
        if not grammars:
            return None
        active = self.chance.choice(grammars)
        matches = tuple(Match("one two", self._json()) for _ in range(self.chance.randint(1, 3)))
        mark = self.chance.choice((None, MarkPassed("m", 0.5)))
        return Recognized(active.key, active.grammar.mode, matches, self.chance.random(), mark=mark)

    def _json(self) -> Json:
        deep: Json = 1
        for _ in range(2_000):
            deep = [deep]
        values: list[Json] = ["1", None, {"a": {"b": "x"}, "": 1, "length": -1}, [1, [2]], 1.5, True, deep]
        return self.chance.choice(values)

    def _fetched(self, url: str) -> Reply:
        name = url.partition("?")[0].rpartition("/")[2]
        path = self.folder / name
        if name == "start.vxml":
            body = self.body
        elif 0 < len(name) < 100 and self.chance.random() < 0.9 and path.is_file():
            body = path.read_bytes()
        else:
            return self.chance.choice((FetchFailed("nobody answers"), Fetched(url, 404, {}, b""), self._any(url)))
        return Fetched(url, 200, {"content-type": "text/xml"} if url.endswith("xml") else {}, body)

    def _any(self, url: str) -> Fetched:
        return Fetched(url, 200, {"content-type": self.chance.choice(("", "text/xml", "audio/x-wav"))}, self.body)


def play(path: Path, seed: int) -> None:
    """Spoil this dialogue and run it to its end."""
    chance = random.Random(seed)
    caller = Caller(spoiled(path.read_bytes(), chance), path.parent, chance)
    interpreter = Interpreter(ENGINE, {"connection": {}}, Documents(capacity=8, settings=SETTINGS), SETTINGS)
    commands = interpreter.start(FetchRequest("http://app/start.vxml"))
    for turn in range(20_000):
        assert not any(isinstance(command, Ask) for command in commands[:-1])
        if interpreter.ended:
            assert isinstance(commands[-1], Ended)
            return
        if turn > LONGEST:
            commands = interpreter.handle(CallerHungUp()) or commands
        if commands and isinstance(commands[-1], Ask):
            commands = interpreter.handle(caller.answer(commands[-1])) or commands
    raise AssertionError("the dialogue does not end")


@settings(deadline=None, max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(DIALOGUES), st.integers(0, 2**32))
def test_a_spoiled_dialogue_ends(path: Path, seed: int) -> None:
    play(path, seed)


@pytest.mark.full
@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_dialogue_ends_however_it_is_spoiled(path: Path) -> None:
    for seed in range(10):
        play(path, seed)
