from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.interfaces.detection import Verdict
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    EndedBy,
    HungUp,
    LegEvent,
    Played,
    Pressed,
    PromptBegan,
    Ringing,
    SpeechBegan,
    Spoke,
    Tone,
    ToneHeard,
)
from mirabelle.core.testing.callee_detector import CalleeDetectorContract, decided, heard
from mirabelle.core.testing.lending import lent
from mirabelle.core.types import CalleeType
from mirabelle.plugins.detector_call_progress import CallProgressDetector, CallProgressOptions

CALLEE, NETWORK, PLATFORM = EndedBy.CALLEE, EndedBy.NETWORK, EndedBy.PLATFORM
ANSWERED: Sequence[LegEvent] = (Ringing(0.0), Answered(8.0))


def detector(options: CallProgressOptions | None = None) -> CallProgressDetector:
    return CallProgressDetector(options or CallProgressOptions(), lent())


class TestCallProgress(CalleeDetectorContract):
    def make(self) -> CallProgressDetector:
        return detector()


def speech(began: float, ended: float) -> Sequence[LegEvent]:
    return (SpeechBegan(began), Spoke(ended, began, ()))


@pytest.mark.parametrize(
    ("cause", "callee_type"),
    [
        (Cause(CALLEE, sip=486), CalleeType.BUSY),
        (Cause(CALLEE, sip=600), CalleeType.BUSY),
        (Cause(CALLEE, q850=17), CalleeType.BUSY),
        (Cause(NETWORK, q850=17, sip=503), CalleeType.BUSY),
        (Cause(NETWORK, sip=408), CalleeType.NOANSWER),
        (Cause(NETWORK, sip=480), CalleeType.NOANSWER),
        (Cause(PLATFORM, q850=19, sip=487), CalleeType.NOANSWER),
        (Cause(PLATFORM, q850=19), CalleeType.NOANSWER),
        (Cause(NETWORK, q850=18), CalleeType.NOANSWER),
        (Cause(NETWORK, q850=20), CalleeType.NOANSWER),
        (Cause(NETWORK, sip=404), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, sip=410), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, sip=484), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, sip=604), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, q850=1), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, q850=22), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, q850=28), CalleeType.INFORMATIONTONE),
        (Cause(NETWORK, q850=3), CalleeType.LINEFAILURE),
        (Cause(NETWORK, q850=38, sip=503), CalleeType.LINEFAILURE),
        (Cause(NETWORK, sip=487), CalleeType.LINEFAILURE),
        (Cause(NETWORK, sip=403), CalleeType.LINEFAILURE),
        (Cause(NETWORK, sip=603), CalleeType.LINEFAILURE),
        (Cause(NETWORK), CalleeType.LINEFAILURE),
        (Cause(PLATFORM, q850=16, sip=487), CalleeType.UNKNOWN),
    ],
)
def test_signalling_of_a_call_that_nobody_answered(cause: Cause, callee_type: CalleeType) -> None:
    detection = detector().start()
    verdict = heard(detection, [Ringing(0.0), HungUp(9.0, cause)])
    assert verdict is not None
    assert verdict.callee_type is callee_type
    assert verdict.evidence["by"] == cause.by
    assert detection.give_up() == verdict


@pytest.mark.parametrize(
    ("tone", "callee_type"),
    [
        (Tone.SPECIAL_INFORMATION, CalleeType.INFORMATIONTONE),
        (Tone.BUSY, CalleeType.BUSY),
        (Tone.REORDER, CalleeType.LINEFAILURE),
        (Tone.FAX_ANSWER, CalleeType.FAXMACHINE),
        (Tone.FAX_CALLING, CalleeType.FAXMACHINE),
    ],
)
@pytest.mark.parametrize("before", [(), ANSWERED], ids=["before the answer", "after it"])
def test_tones(before: Sequence[LegEvent], tone: Tone, callee_type: CalleeType) -> None:
    verdict = heard(detector().start(), [*before, ToneHeard(8.5, tone)])
    assert verdict is not None
    assert (verdict.callee_type, verdict.evidence["tone"]) == (callee_type, tone)


@pytest.mark.parametrize(
    ("events", "callee_type", "after_answer"),
    [
        (speech(8.5, 9.0), CalleeType.VOICE, 2.2),
        (speech(8.0, 10.3), CalleeType.VOICE, 3.5),
        (speech(8.5, 15.0), CalleeType.ANSWERINGMACHINE, 2.9),
        ((SpeechBegan(8.5),), CalleeType.ANSWERINGMACHINE, 2.9),
        ((Spoke(12.0, 8.5, ()),), CalleeType.UNKNOWN, 4.0),
        ((Spoke(11.5, 8.5, ()),), CalleeType.ANSWERINGMACHINE, 3.5),
        ((*speech(8.5, 9.5), *speech(10.0, 15.0)), CalleeType.ANSWERINGMACHINE, 2.9),
        ((*speech(8.5, 9.0), *speech(11.0, 20.0)), CalleeType.VOICE, 2.2),
        (speech(11.0, 18.0), CalleeType.ANSWERINGMACHINE, 5.4),
        ((ToneHeard(9.0, Tone.BEEP),), CalleeType.ANSWERINGMACHINE, 1.0),
        ((*speech(8.5, 9.0), ToneHeard(9.5, Tone.BEEP)), CalleeType.ANSWERINGMACHINE, 1.5),
        ((PromptBegan(8.1, 0), Pressed(9.0, "1"), Played(9.0, 0)), CalleeType.VOICE, 1.0),
        ((), CalleeType.UNKNOWN, 4.0),
    ],
    ids=[
        "short greeting, then silence",
        "just short enough",
        "long greeting",
        "greeting without end",
        "told only afterwards, too late",
        "told only afterwards",
        "a pause in a long greeting",
        "speech again after the verdict",
        "begins late",
        "beep alone",
        "short greeting and beep",
        "presses a key",
        "silence",
    ],
)
def test_what_the_callee_says(events: Sequence[LegEvent], callee_type: CalleeType, after_answer: float) -> None:
    verdict = decided(detector().start(), [*ANSWERED, *events])
    assert verdict.callee_type is callee_type
    assert verdict.evidence["after_answer"] == pytest.approx(after_answer)


@pytest.mark.parametrize(
    ("events", "by", "callee_type"),
    [
        ((), CALLEE, CalleeType.VOICE),
        ((), PLATFORM, CalleeType.UNKNOWN),
        ((), NETWORK, CalleeType.UNKNOWN),
        (speech(8.3, 8.8), PLATFORM, CalleeType.VOICE),
        ((SpeechBegan(8.3),), CALLEE, CalleeType.VOICE),
    ],
    ids=["hangs up at once", "we end it at once", "the network ends it", "has greeted", "hangs up while greeting"],
)
def test_the_end_before_the_verdict(events: Sequence[LegEvent], by: EndedBy, callee_type: CalleeType) -> None:
    detection = detector().start()
    assert heard(detection, [*ANSWERED, *events, HungUp(9.0, Cause(by, q850=16))]) is None
    assert detection.wakes_at is None
    assert detection.give_up().callee_type is callee_type


def test_busy_tone_after_speech_is_only_the_exchange() -> None:
    assert heard(detector().start(), [*ANSWERED, *speech(8.3, 8.8), ToneHeard(9.0, Tone.BUSY)]) is None


def test_keys_and_speech_before_the_answer_say_nothing() -> None:
    assert heard(detector().start(), [Ringing(0.0), *speech(1.0, 9.0), Pressed(9.0, "1")]) is None


def test_the_figures_are_options() -> None:
    options = CallProgressOptions(speech_threshold=5.0, speech_end=0.5, listens=1.0)
    assert decided(detector(options).start(), [*ANSWERED, *speech(8.5, 12.0)]) == Verdict(
        CalleeType.VOICE, {"after_answer": 4.5, "speech": 3.5, "speaking": False}
    )
    assert decided(detector(options).start(), ANSWERED).evidence["after_answer"] == 1.0
    assert decided(detector(CallProgressOptions(listens=9, silence=5)).start(), ANSWERED).evidence["after_answer"] == 5


@pytest.mark.parametrize("name", ["speech_threshold", "speech_end", "silence", "listens"])
@pytest.mark.parametrize("value", [0.0, -1.0, 61.0, float("nan")])
def test_a_figure_that_makes_no_sense_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        CallProgressOptions(**{name: value})


@given(
    gaps=st.lists(st.floats(0, 5), min_size=1, max_size=12),
    makers=st.lists(
        st.sampled_from(
            [
                Answered,
                Ringing,
                SpeechBegan,
                Played,
                lambda at: Spoke(at, max(0.0, at - 1), ()),
                lambda at: Pressed(at, "1"),
                lambda at: PromptBegan(at, 0),
                lambda at: ToneHeard(at, Tone.BEEP),
                lambda at: ToneHeard(at, Tone.BUSY),
            ]
        ),
        min_size=12,
        max_size=12,
    ),
)
def test_any_order_of_events_is_decided_in_time(gaps: list[float], makers: list[type[Answered]]) -> None:
    events: list[LegEvent] = [make(at) for make, at in zip(makers, accumulate(gaps), strict=False)]
    detection = detector().start()
    verdict = decided(detection, events)
    assert verdict.callee_type in CalleeType
