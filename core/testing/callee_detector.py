"""What every CalleeDetector must do. For plugin authors: `class TestMine(CalleeDetectorContract)`.

pytest collects the inherited tests; `make` is all that has to be written.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from mirabelle.core.interfaces.detection import CalleeDetector, Detection, Verdict
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
from mirabelle.core.types import CalleeType

HELLO: Sequence[LegEvent] = (SpeechBegan(8.3), Spoke(8.7, 8.3, (("hello", 0.9),)))
ANSWERED: Sequence[LegEvent] = (Ringing(0.0), Answered(8.0))
STORIES: Sequence[Sequence[LegEvent]] = (
    (),
    (Ringing(0.0),),
    (HungUp(1.0, Cause(EndedBy.NETWORK, q850=38)),),
    (ToneHeard(0.5, Tone.SPECIAL_INFORMATION), HungUp(1.0, Cause(EndedBy.NETWORK, q850=1))),
    (ToneHeard(0.5, Tone.BUSY), HungUp(1.0, Cause(EndedBy.CALLEE, q850=17, sip=486))),
    (Ringing(0.0), HungUp(30.0, Cause(EndedBy.PLATFORM, q850=19))),
    ANSWERED,
    (*ANSWERED, *HELLO),
    (*ANSWERED, SpeechBegan(8.3), Spoke(15.0, 8.3, ()), ToneHeard(15.5, Tone.BEEP)),
    (*ANSWERED, ToneHeard(8.5, Tone.FAX_ANSWER)),
    (*ANSWERED, PromptBegan(8.1, 0), Pressed(9.0, "1"), Played(9.0, 0)),
    (*ANSWERED, HungUp(9.0, Cause(EndedBy.CALLEE, q850=16))),
    (*ANSWERED, *HELLO, HungUp(9.0, Cause(EndedBy.CALLEE, q850=16))),
)


def heard(detection: Detection, events: Sequence[LegEvent]) -> Verdict | None:
    """The verdict that comes of these events, each after the waking that is due before it; None: there is none yet."""
    for event in events:
        verdict = _woken(detection, until=event.at) or detection.feed(event)
        if verdict is not None:
            return verdict
    return None


def decided(detection: Detection, events: Sequence[LegEvent], silence: float = 120.0) -> Verdict:
    """The verdict that comes of these events and a silence after them; in the end that of `give_up`."""
    until = (events[-1].at if events else 0.0) + silence
    return heard(detection, events) or _woken(detection, until) or detection.give_up()


def _woken(detection: Detection, until: float) -> Verdict | None:
    last = -1.0
    while (at := detection.wakes_at) is not None and at <= until:
        assert at > last, f"it wants to be woken at {at} again"
        verdict = detection.wake(at)
        if verdict is not None:
            return verdict
        last = at
    return None


class CalleeDetectorContract(ABC):
    """Promises of `CalleeDetector` that hold for any detector."""

    @abstractmethod
    def make(self) -> CalleeDetector:
        """A detector, with the options that are to be tested."""

    def test_it_has_a_name(self) -> None:
        """By its name the configuration picks it."""
        name = self.make().name
        assert isinstance(name, str)
        assert name

    def test_every_verdict_is_a_type_that_a_result_can_have(self) -> None:
        """Whatever happens, `give_up` decides; `processing` and `noattempt` are not decisions."""
        for story in STORIES:
            verdict = decided(self.make().start(), story)
            assert isinstance(verdict, Verdict), story
            assert verdict.callee_type in set(CalleeType) - {CalleeType.PROCESSING, CalleeType.NOATTEMPT}, story

    def test_it_can_be_given_up_at_any_moment(self) -> None:
        """The call may end, or the time be up, after each event."""
        for story in STORIES:
            for length in range(len(story) + 1):
                detection = self.make().start()
                verdict = heard(detection, story[:length]) or detection.give_up()
                assert isinstance(verdict, Verdict), story[:length]

    def test_a_call_that_nobody_answered_is_never_a_conversation(self) -> None:
        """Only who has answered can be a person or an answering machine."""
        for story in STORIES:
            if not any(isinstance(event, Answered) for event in story):
                callee_type = decided(self.make().start(), story).callee_type
                assert callee_type not in (CalleeType.VOICE, CalleeType.ANSWERINGMACHINE), story

    def test_the_same_events_give_the_same_verdict(self) -> None:
        """Time is what the events say, nothing else."""
        for story in STORIES:
            assert decided(self.make().start(), story) == decided(self.make().start(), story)

    def test_calls_do_not_hear_each_other(self) -> None:
        """Detections of one detector share nothing."""
        detector = self.make()
        disturbed, other = detector.start(), detector.start()
        story = STORIES[7]
        alone = decided(self.make().start(), story)
        for event in STORIES[8]:
            other.feed(event)
        assert decided(disturbed, story) == alone

    def test_it_does_not_listen_for_ever(self) -> None:
        """After the answer and a long silence there is a verdict of its own, without `give_up`."""
        detection = self.make().start()
        assert heard(detection, ANSWERED) is None
        assert _woken(detection, until=8.0 + 120.0) is not None
