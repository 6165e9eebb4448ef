"""Utterances that are kept for scripts: which, where, and what happens when they cannot be."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.interfaces.recordings import RecordingWriter
from mirabelle.core.interfaces.telephony import Capabilities
from mirabelle.core.simulation import sound
from mirabelle.core.simulation.leg import CAPABILITIES
from mirabelle.core.simulation.people import Action, Press, Say
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.testing.collecting import collect, menu, phrases
from mirabelle.core.testing.recordings import RecordingsInMemory
from mirabelle.core.testing.talking import Script, Talked, talk
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Notice, NotMatched, Recognized, RecordFailed, Reply
from mirabelle.vxml_interpreter.commands import Collect, Ended, EndReason


def ask(keep: str | None) -> Collect:
    return replace(collect(menu("1"), phrases("red")), keep=keep)


class Went:
    """How collections went, one after the other."""

    def __init__(
        self,
        *asked: Collect,
        turns: Sequence[Sequence[Action]],
        capabilities: Capabilities = CAPABILITIES,
        store: RecordingsInMemory | None = None,
    ) -> None:
        self.store = store or RecordingsInMemory()
        self.answers: list[Reply | Notice] = []
        means = Means(capabilities, recordings=CallRecordings(self.store, 7, 1 << 20))
        self.talked: Talked = talk(lambda: self._script(asked), *turns, means=means)

    def _script(self, asked: Sequence[Collect]) -> Script:
        for each in asked:
            answer = yield (each,)
            self.answers.append(answer)
        yield (Ended(EndReason.EXIT),)


def test_words_are_kept_as_the_script_asks() -> None:
    went = Went(ask("audio/basic"), turns=[[Say("red")]])
    (answer,) = went.answers
    assert isinstance(answer, Recognized)
    assert answer.recording is not None
    assert (answer.recording.type, answer.recording.size) == ("audio/basic", 1440)
    assert answer.recording.duration == pytest.approx(0.18)
    assert went.store.kept == [sound.tone(0.18, sound.MU_LAW)]


def test_any_type_is_the_first_that_is_offered() -> None:
    went = Went(ask(""), turns=[[Say("", lasts=2.0)]])
    (answer,) = went.answers
    assert isinstance(answer, NotMatched)
    assert answer.recording is not None
    assert (answer.recording.type, answer.recording.size) == ("audio/x-wav", 16058)


def test_a_file_is_kept_for_as_long_as_it_is_said() -> None:
    samples = bytes(range(256)) * 100
    spoken = Say("red", lasts=4.0, sound=sound.header(sound.WAV, len(samples)) + samples)
    went = Went(ask("audio/basic"), turns=[[spoken]])
    (kept,) = went.store.kept
    assert len(kept) == 32000
    assert kept[25600:] == sound.silence(0.8, sound.MU_LAW)


@pytest.mark.parametrize(
    ("keep", "turn", "capabilities"),
    [
        (None, Say("red"), CAPABILITIES),
        ("", Press("1"), CAPABILITIES),
        ("", Say("red"), Capabilities(record=True, recording_types=("audio/x-wav",))),
        ("video/mpeg", Press("1"), CAPABILITIES),
    ],
)
def test_nothing_is_kept(keep: str | None, turn: Action, capabilities: Capabilities) -> None:
    went = Went(ask(keep), turns=[[turn]], capabilities=capabilities)
    (answer,) = went.answers
    assert isinstance(answer, Recognized)
    assert answer.recording is None
    assert went.store.kept == []


def test_what_is_not_wanted_any_more_is_not_kept() -> None:
    went = Went(ask(""), ask(None), turns=[[Say("red")], [Say("red")]])
    kept = [answer.recording is not None for answer in went.answers if isinstance(answer, Recognized)]
    assert kept == [True, False]


def test_a_type_that_nobody_has_is_an_event_once_something_was_said() -> None:
    went = Went(ask("video/mpeg"), turns=[[Say("red")]])
    (answer,) = went.answers
    assert isinstance(answer, RecordFailed)
    assert answer.event == "error.unsupported.format"
    assert "video/mpeg" in answer.message


class Full(RecordingsInMemory):
    async def begin(self, call_id: int, media_type: str) -> RecordingWriter:
        raise StorageFailed("no room")


def test_who_was_understood_is_understood_though_nothing_can_be_kept() -> None:
    went = Went(ask(""), turns=[[Say("red")]], store=Full())
    (answer,) = went.answers
    assert isinstance(answer, Recognized)
    assert answer.recording is None
    (problem,) = went.talked.told.of(EventKind.PLATFORM)
    assert problem["problem"] == "an utterance cannot be kept"
