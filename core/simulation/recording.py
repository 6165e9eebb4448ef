"""A recording on a simulated leg: what somebody says becomes a tone, or the sound file that is said in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mirabelle.core.interfaces.telephony import LegEvent
from mirabelle.core.interfaces.telephony_services import RecordingEnded, RecordingEnding, RecordRequest, SoundRecorded
from mirabelle.core.simulation import sound
from mirabelle.core.simulation.people import Say
from mirabelle.core.timetable import Appointment, Timetable

PIECE: Final = 1 << 16

Emit = Callable[[Callable[[float], LegEvent]], None]


@dataclass(slots=True)
class _Speech:
    """`since`: when its speaker began, which may be before the recording did. `ended` None: goes on."""

    said: Say
    since: float
    began: float
    ended: float | None = None


class SimulatedRecording:
    """Records from now on, until it is `over`. Whoever makes it says what is said: `began` and `ended`."""

    def __init__(self, request: RecordRequest, timetable: Timetable, emit: Emit) -> None:
        self.over = False
        self._request = request
        self._timetable = timetable
        self._emit = emit
        self._speeches: list[_Speech] = []
        self._ends: list[Appointment] = []
        self._silence = self._end_at(timetable.now + request.timeout, RecordingEnding.NO_SOUND)

    def began(self, said: Say, since: float) -> None:
        """Somebody speaks, and began at that instant."""
        now = self._timetable.now
        self._timetable.cancel(self._silence)
        if not self._speeches:
            self._end_at(now + self._longest, RecordingEnding.MAXTIME)
        self._speeches.append(_Speech(said, since, now))

    def ended(self) -> None:
        """Nobody speaks any more."""
        now = self._timetable.now
        self._speeches[-1].ended = now
        self._silence = self._end_at(now + self._request.finalsilence, RecordingEnding.FINAL_SILENCE)

    def end(self, ending: RecordingEnding) -> None:
        """It is over. Does nothing when it was already."""
        if self.over:
            return
        self.over = True
        for appointment in self._ends:
            self._timetable.cancel(appointment)
        began, until = self._span(ending)
        samples = b"".join(self._samples(began, until))
        duration = len(samples) / sound.RATE
        head = sound.header(self._request.type, len(samples)) if samples else b""
        data = head + samples
        for at in range(0, len(data), PIECE):
            self._emit_piece(data[at : at + PIECE])
        self._emit(lambda at: RecordingEnded(at, ending, duration, head))

    @property
    def _longest(self) -> float:
        room = self._request.largest - len(sound.header(self._request.type, 0))
        return min(self._request.maxtime, max(0, room) / sound.RATE)

    def _end_at(self, at: float, ending: RecordingEnding) -> Appointment:
        appointment = self._timetable.at(at, lambda: self.end(ending))
        self._ends.append(appointment)
        return appointment

    def _emit_piece(self, piece: bytes) -> None:
        self._emit(lambda at: SoundRecorded(at, piece))

    def _span(self, ending: RecordingEnding) -> tuple[float, float]:
        """From the first sound to the end, without the silence that ended it."""
        now = self._timetable.now
        if not self._speeches:
            return now, now
        last = self._speeches[-1].ended
        over = last if ending is RecordingEnding.FINAL_SILENCE and last is not None else now
        return self._speeches[0].began, min(over, self._speeches[0].began + self._longest)

    def _samples(self, began: float, until: float) -> list[bytes]:
        """Rounded from the beginning each, so that pieces and silence between them add up."""
        pieces: list[bytes] = []
        for speech in self._speeches:
            pieces.append(self._silent(pieces, began, speech.began))
            ended = min(until, until if speech.ended is None else speech.ended)
            pieces.append(self._sound(speech, max(0.0, ended - speech.began)))
        pieces.append(self._silent(pieces, began, until))
        return pieces

    def _silent(self, pieces: list[bytes], began: float, until: float) -> bytes:
        missing = round((until - began) * sound.RATE) - sum(map(len, pieces))
        return sound.silence(missing / sound.RATE, self._request.type)

    def _sound(self, speech: _Speech, seconds: float) -> bytes:
        return _spoken(speech.said, speech.began - speech.since, seconds, self._request.type)


def recorded(said: Say, seconds: float, media_type: str) -> bytes:
    """A whole recording of what is said, of that length."""
    samples = _spoken(said, 0.0, seconds, media_type)
    samples += sound.silence(seconds - len(samples) / sound.RATE, media_type)
    return sound.header(media_type, len(samples)) + samples


def _spoken(said: Say, missed: float, seconds: float, media_type: str) -> bytes:
    """A file that cannot be read as sound is a tone; one that is too short is short."""
    if said.sound is None:
        return sound.tone(seconds, media_type)
    first, count = round(missed * sound.RATE), round(seconds * sound.RATE)
    return sound.samples(said.sound, media_type)[first : first + count] or sound.tone(seconds, media_type)
