"""What the driver makes of `Record`: prompts, beep, keys, the store, and the hang-up."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mirabelle.core.interfaces.component import StorageFailed
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.core.interfaces.telephony import Capabilities
from mirabelle.core.simulation import sound
from mirabelle.core.simulation.leg import CAPABILITIES, SimulatedLeg
from mirabelle.core.simulation.people import Action, HangUp, Press, Say
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import RecordOptions, ScriptOptions
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.testing.collecting import TIMING, menu
from mirabelle.core.testing.recordings import RecordingsInMemory
from mirabelle.core.testing.talking import Script, Talked, said, talk
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    NothingHeard,
    Notice,
    Recognized,
    Recorded,
    RecordFailed,
    Recording,
    Reply,
)
from mirabelle.vxml_interpreter.commands import ActiveGrammar, Ended, EndReason, Play, Record
from mirabelle.vxml_interpreter.grammar.any_key import ANY_KEY
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.speech.prompt import Prompt

TENTH = said("x" * 10)


def ask(*prompts: Prompt, **more: Any) -> Record:
    grammars = (ActiveGrammar(0, ANY_KEY),)
    timing = replace(TIMING, timeout=5, termtimeout=0)
    asked = Record(prompts, grammars, timing, frozenset({Mode.DTMF}), beep=False, maxtime=None, finalsilence=None)
    return replace(asked, **more)


class Went:
    """How one `Record` went."""

    def __init__(
        self,
        asked: Record,
        *turns: Sequence[Action],
        store: RecordingStore | None = None,
        options: RecordOptions | None = None,
        capabilities: Capabilities = CAPABILITIES,
    ) -> None:
        self.store = RecordingsInMemory()
        self.answers: list[Reply | Notice] = []
        options = options or RecordOptions()
        recordings = CallRecordings(store or self.store, 7, options.largest_call)
        means = Means(capabilities, ScriptOptions(recordings=options), recordings=recordings)
        self.talked: Talked = talk(lambda: self._script(asked), *turns, means=means)

    def _script(self, asked: Record) -> Script:
        self.answers.append((yield (asked,)))
        answer = yield (Play((TENTH,)),)
        assert isinstance(answer, Done | CallerHungUp)
        yield (Ended(EndReason.EXIT),)

    @property
    def answer(self) -> Reply | Notice:
        return self.answers[0]

    @property
    def recorded(self) -> Recorded:
        assert isinstance(self.answer, Recorded)
        return self.answer

    @property
    def recording(self) -> Recording:
        assert self.recorded.recording is not None
        return self.recorded.recording

    @property
    def told(self) -> dict[str, object]:
        (data,) = self.talked.told.of(EventKind.RECORD)
        return dict(data)


def test_a_message_is_recorded_and_kept() -> None:
    went = Went(ask(TENTH), [Say("", lasts=4)])
    assert (went.recording.type, went.recording.size, went.recording.duration) == ("audio/x-wav", 32058, 4)
    assert went.recorded == Recorded(went.recording)
    samples = sound.tone(4, sound.WAV)
    assert went.store.kept == [sound.header(sound.WAV, len(samples)) + samples]
    assert went.told == {"duration": 4, "ending": "final silence", "size": 32058, "type": "audio/x-wav"}
    # 0.6 s of prompt, 4 s of speech, 3 s of silence, 0.6 s of prompt.
    assert went.talked.took == 8.2
    assert went.talked.told.kinds() == ["prompt", "listen", "record", "prompt", "exit"]


def test_the_format_that_is_asked_for() -> None:
    went = Went(ask(type="audio/basic"), [Say("", lasts=1)])
    assert went.recording.type == "audio/basic"
    assert went.store.kept == [sound.tone(1, sound.MU_LAW)]


def test_a_format_that_nobody_has() -> None:
    went = Went(ask(TENTH, type="video/mpeg"), [Say("", lasts=1)])
    assert isinstance(went.answer, RecordFailed)
    assert went.answer.event == "error.unsupported.format"
    assert "video/mpeg" in went.answer.message
    assert went.talked.told.kinds() == ["prompt", "listen", "prompt", "exit"], "the prompts were played before"


def test_a_leg_that_cannot_record() -> None:
    went = Went(ask(), capabilities=Capabilities())
    assert isinstance(went.answer, RecordFailed)
    assert went.answer.event == "error.unsupported.record"


def test_silence_is_no_input() -> None:
    went = Went(ask(TENTH))
    assert went.answer == NothingHeard()
    assert went.store.kept == []
    assert went.talked.told.kinds() == ["prompt", "listen", "record", "input", "noinput", "prompt", "exit"]
    assert went.told == {"duration": 0, "ending": "no sound"}


def test_a_key_ends_it() -> None:
    went = Went(ask(TENTH), [Say("", lasts=2), Press("#")])
    assert went.recording.duration == 2
    assert went.recorded.matched == Recognized(0, Mode.DTMF, tuple(ANY_KEY.start().advance("#").results()))  # type: ignore[union-attr]
    assert went.told["ending"] == "stopped"
    assert went.talked.told.of(EventKind.INPUT) == [{"mode": "dtmf", "value": "#"}]


def test_a_key_before_any_sound_leaves_nothing_and_is_no_silence() -> None:
    went = Went(ask(TENTH), [Press("5")])
    assert went.recorded.recording is None
    assert went.recorded.matched is not None
    assert EventKind.NOINPUT not in went.talked.told.kinds()


@pytest.mark.parametrize("bargein", [True, False])
def test_a_key_during_the_prompts(bargein: bool) -> None:
    went = Went(ask(said("0123456789", bargein=bargein)), [Press("5", at=0.1), Say("", lasts=1)])
    if bargein:
        assert went.recorded.recording is None
        assert went.talked.told.of(EventKind.PROMPT)[0]["cut"] is True
    else:
        assert went.recording.duration == 1


def test_a_key_that_was_typed_ahead_ends_it_before_its_prompts() -> None:
    def script() -> Script:
        yield (Play((said("0123456789"),)),)
        answer = yield (ask(said("not heard")),)
        yield (Ended(EndReason.EXIT, {"matched": isinstance(answer, Recorded) and answer.matched is not None}),)

    async def press(clock: VirtualClock, line: Line, leg: SimulatedLeg) -> None:
        leg.act([Press("1")])

    means = Means(CAPABILITIES, recordings=CallRecordings(RecordingsInMemory(), 7, 1 << 20))
    talked = talk(script, meanwhile=press, means=means)
    assert talked.ended.values == {"matched": True}
    assert [data["text"] for data in talked.told.of(EventKind.PROMPT)] == ["0123456789"]


def test_keys_that_no_grammar_allows_are_nothing() -> None:
    went = Went(
        ask(grammars=(ActiveGrammar(3, menu("12")),)), [Say("", lasts=1), Press("99"), Say("", lasts=2), Press("12")]
    )
    assert went.recorded.matched is None, "the pause after the wrong keys is longer than the final silence"
    went = Went(ask(grammars=(ActiveGrammar(3, menu("12")),)), [Say("", lasts=1), Press("12")])
    assert went.recorded.matched is not None
    assert went.recorded.matched.key == 3


def test_after_wrong_keys_the_right_ones_end_it() -> None:
    timing = replace(TIMING, timeout=5, interdigittimeout=0.5)
    asked = ask(grammars=(ActiveGrammar(3, menu("12")),), timing=timing)
    went = Went(asked, [Say("", lasts=1), Press("99"), Say("", lasts=2), Press("12")])
    assert went.recorded.matched is not None
    assert went.recording.duration == pytest.approx(3.6, abs=0.01)


def test_speech_interrupts_the_prompts_and_is_recorded() -> None:
    went = Went(ask(said("x" * 100)), [Say("", at=2, lasts=3)])
    assert went.talked.told.of(EventKind.PROMPT)[0]["cut"] is True
    assert went.recording.duration == 3


def test_prompts_that_nobody_may_interrupt() -> None:
    went = Went(ask(said("x" * 100, bargein=False)), [Say("", at=2, lasts=5)])
    assert "cut" not in went.talked.told.of(EventKind.PROMPT)[0]
    assert went.recording.duration == 1, "what was said during the prompts is lost"


def test_a_beep_comes_before_the_recording() -> None:
    went = Went(ask(TENTH, beep=True), [Say("", lasts=1)])
    assert went.recording.duration == 1, "people wait for the beep"
    assert not any("beep" in str(told["ssml"]) for told in went.talked.told.of(EventKind.PROMPT)), "it is no prompt"
    assert went.talked.took == 5.45


def test_a_beep_comes_also_after_an_interruption() -> None:
    went = Went(ask(said("x" * 100), beep=True), [Say("", at=2, lasts=3)])
    assert went.recording.duration == 2.75


@pytest.mark.parametrize(
    ("asked", "options", "duration", "maxtime"),
    [
        (ask(maxtime=5), RecordOptions(), 5, True),
        (ask(), RecordOptions(maxtime=6), 6, True),
        (ask(maxtime=100), RecordOptions(longest=7), 7, True),
        (ask(type="audio/basic"), RecordOptions(largest=16000), 2, True),
        (ask(type="audio/basic"), RecordOptions(largest_call=8000), 1, True),
        (ask(maxtime=100), RecordOptions(), 30, False),
    ],
)
def test_limits_of_the_script_and_of_the_operator(
    asked: Record, options: RecordOptions, duration: float, maxtime: bool
) -> None:
    went = Went(asked, [Say("", lasts=30)], options=options)
    assert (went.recording.duration, went.recorded.maxtime) == (duration, maxtime)


@pytest.mark.parametrize(("asked", "took"), [(ask(finalsilence=1.0), 2), (ask(), 4)])
def test_final_silence(asked: Record, took: float) -> None:
    assert Went(asked, [Say("", lasts=1)]).talked.took == round(took + 0.6, 3)


def test_all_recordings_of_a_call_together_are_limited() -> None:
    def script() -> Script:
        first = yield (ask(type="audio/basic"),)
        second = yield (ask(type="audio/basic"),)
        third = yield (ask(type="audio/basic"),)
        yield (Ended(EndReason.EXIT, {"answers": [describe(each) for each in (first, second, third)]}),)

    def describe(answer: Reply | Notice) -> str:
        if isinstance(answer, Recorded) and answer.recording is not None:
            return str(answer.recording.size)
        return answer.event if isinstance(answer, RecordFailed) else ""

    recordings = CallRecordings(RecordingsInMemory(), 7, 44000)
    means = Means(CAPABILITIES, recordings=recordings)
    talked = talk(script, [Say("", lasts=2)], [Say("", lasts=2)], [Say("", lasts=2)], means=means)
    assert talked.ended.values == {"answers": ["16000", "28000", "error.noresource"]}


def test_a_hang_up_keeps_the_recording() -> None:
    went = Went(ask(TENTH), [Say("", lasts=4), HangUp()])
    assert went.recorded.hung_up
    assert went.recording.duration == 4
    assert len(went.store.kept) == 1
    assert went.told["ending"] == "hung up"


def test_a_hang_up_before_any_sound() -> None:
    went = Went(ask(TENTH), [HangUp(at=2.0)])
    assert went.recorded == Recorded(None, hung_up=True)


def test_a_hang_up_during_the_prompts_is_only_a_hang_up() -> None:
    went = Went(ask(said("x" * 100)), [HangUp(at=1)])
    assert went.answer == CallerHungUp()


class Broken(RecordingsInMemory):
    """Fails at one of its doings."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        self.discarded = 0

    async def begin(self, call_id: int, media_type: str) -> Any:
        if self.where == "begin":
            raise StorageFailed("no room")
        store, writer = self, await super().begin(call_id, media_type)

        class Writer(type(writer)):  # type: ignore[misc]
            async def write(self, data: bytes) -> None:
                if store.where == "write":
                    raise StorageFailed("no room")
                await writer.write(data)

            async def finish(self, head: bytes = b"") -> str:
                raise StorageFailed("no room")

            async def discard(self) -> None:
                store.discarded += 1

        return Writer(store, call_id)


@pytest.mark.parametrize(("where", "discarded"), [("begin", 0), ("write", 1), ("finish", 0)])
def test_what_cannot_be_kept_is_an_event(where: str, discarded: int) -> None:
    store = Broken(where)
    went = Went(ask(TENTH), [Say("", lasts=4)], store=store)
    assert went.answer == RecordFailed("error.noresource", "StorageFailed: no room")
    assert store.discarded == discarded


def test_urls_are_good_in_their_call_only() -> None:
    store = RecordingsInMemory()
    went = Went(ask(), [Say("", lasts=1)], store=store)
    other = CallRecordings(store, 8, 1 << 20)
    assert went.recording.url.startswith("recording:")
    assert len(went.recording.url) > 30

    async def read() -> None:
        for url in (went.recording.url, "recording:" + next(iter(store._kept))):
            with pytest.raises(StorageFailed):
                await other.read(url)

    asyncio.run(read())
