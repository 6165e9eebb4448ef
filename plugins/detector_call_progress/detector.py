"""Listens to one call, from dialling until it is clear who answered."""

from dataclasses import dataclass
from typing import Any

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.detection import CalleeDetector, Detection, Verdict
from mirabelle.core.interfaces.telephony import (
    Answered,
    EndedBy,
    HungUp,
    LegEvent,
    Pressed,
    SpeechBegan,
    Spoke,
    Tone,
    ToneHeard,
)
from mirabelle.core.types import CalleeType
from mirabelle.plugins.detector_call_progress.activity import Activity
from mirabelle.plugins.detector_call_progress.signalling import BY_TONE, judge_end

# Instants are sums of floats: closer than this is the same instant.
SAME_INSTANT = 1e-6


@dataclass(frozen=True, slots=True)
class CallProgressOptions:
    """Seconds. `speech_threshold`: whoever speaks that long without a pause is a machine. `speech_end`: silence after
    which speech is over. `silence`: silence after the answer that makes the callee `unknown`. `listens`: how long to
    listen after the answer; speech that has begun by then is still heard to its end or to the threshold.
    """

    speech_threshold: float = 2.4
    speech_end: float = 1.2
    silence: float = 5.0
    listens: float = 4.0

    def __post_init__(self) -> None:
        for name in ("speech_threshold", "speech_end", "silence", "listens"):
            value = getattr(self, name)
            if not 0 < value <= 60:
                raise ValueError(f"{name} is {value:g}: more than 0 and at most 60 seconds")


class CallProgressDetector(CalleeDetector):
    """Signalling before the answer; tones, speech and keys after it."""

    name = "call_progress"
    Options = CallProgressOptions
    options: CallProgressOptions

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)

    def start(self) -> "CallProgressDetection":
        """As `CalleeDetector`."""
        return CallProgressDetection(self.options)


class CallProgressDetection(Detection):
    """One call."""

    def __init__(self, options: CallProgressOptions) -> None:
        self._options = options
        self._answered_at: float | None = None
        self._activity: Activity | None = None
        self._end: HungUp | None = None
        self._now = 0.0

    def feed(self, event: LegEvent) -> Verdict | None:
        """As `Detection`. The end of an answered call is left to `give_up`."""
        # An instant at which silence had already decided may be passed by the event that comes next.
        overdue = self.wake(event.at)
        if overdue is not None:
            return overdue
        self._now = max(self._now, event.at)
        match event:
            case Answered(at):
                self._answered_at = at
            case ToneHeard():
                return self._hear_tone(event)
            case SpeechBegan(at) if self._answered_at is not None:
                self._speech_begins(at)
            case Spoke(at, began) if self._answered_at is not None:
                self._speech_begins(began)
                return self._speech_ends(at)
            case Pressed(at, key) if self._answered_at is not None:
                return self._verdict(CalleeType.VOICE, pressed=key)
            case HungUp(_, cause):
                self._end = event
                return judge_end(cause) if self._answered_at is None else None
        return None

    @property
    def wakes_at(self) -> float | None:
        """As `Detection`."""
        if self._answered_at is None or self._end is not None:
            return None
        if self._activity is not None:
            return self._activity.decides_at(self._options.speech_threshold, self._options.speech_end)
        return self._answered_at + min(self._options.listens, self._options.silence)

    def wake(self, at: float) -> Verdict | None:
        """As `Detection`."""
        due = self.wakes_at
        if due is None or at < due - SAME_INSTANT:
            return None
        self._now = max(self._now, due)
        return self._judge_speech()

    def give_up(self) -> Verdict:
        """As `Detection`. Who was answered and hung up without a word is a person: machines do not hang up early."""
        if self._answered_at is None:
            return Verdict(CalleeType.UNKNOWN, {"answered": False}) if self._end is None else judge_end(self._end.cause)
        if self._activity is None and self._end is not None and self._end.cause.by is EndedBy.CALLEE:
            return self._verdict(CalleeType.VOICE, hung_up=True)
        return self._judge_speech()

    def _hear_tone(self, event: ToneHeard) -> Verdict | None:
        if event.tone is Tone.BEEP:
            machine = self._answered_at is not None
            return self._verdict(CalleeType.ANSWERINGMACHINE, tone=event.tone) if machine else None
        spoken = self._activity is not None
        if spoken and event.tone not in (Tone.FAX_ANSWER, Tone.FAX_CALLING):
            # What is heard after somebody spoke is the tone of an exchange after a hang-up.
            return None
        return self._verdict(BY_TONE[event.tone], tone=event.tone)

    def _speech_begins(self, at: float) -> None:
        if self._activity is None:
            self._activity = Activity(at)
        self._activity.begin(at)

    def _speech_ends(self, at: float) -> Verdict | None:
        assert self._activity is not None
        self._activity.end(at)
        if self._activity.length(at) >= self._options.speech_threshold - SAME_INSTANT:
            return self._judge_speech()
        return None

    def _judge_speech(self) -> Verdict:
        if self._activity is None:
            return self._verdict(CalleeType.UNKNOWN, speech=0.0)
        length = self._activity.length(self._now)
        machine = length >= self._options.speech_threshold - SAME_INSTANT
        kind = CalleeType.ANSWERINGMACHINE if machine else CalleeType.VOICE
        return self._verdict(kind, speech=round(length, 3), speaking=self._activity.speaking)

    def _verdict(self, callee_type: CalleeType, **evidence: object) -> Verdict:
        since = None if self._answered_at is None else round(self._now - self._answered_at, 3)
        return Verdict(callee_type, {"after_answer": since, **evidence})
