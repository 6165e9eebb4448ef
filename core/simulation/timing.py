"""How long things take on a text leg.

Text takes 60 ms a character, white space collapsed; a break its length; audio the length in its header, or 2 s.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mirabelle.core.interfaces import telephony_services
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Mark, Prompt, Segment, Text

_SPACE = re.compile(r"\s+")

CHARACTER = 0.06
AUDIO = 2.0
BEEP = 0.25
KEY = 0.2
PAUSE = 1.0

# The bytes of an audio URL; None: it cannot be had, and its fallback is heard instead.
Sound = Callable[[str], bytes | None]


def of_text(text: str) -> float:
    """Seconds in which these words are spoken."""
    return len(" ".join(text.split())) * CHARACTER


@dataclass(frozen=True, slots=True)
class Course:
    """How a prompt is heard: for how many seconds, and its marks, each with the seconds from the beginning."""

    seconds: float
    marks: tuple[tuple[float, str], ...] = ()


def of_prompt(prompt: Prompt, sound: Sound | None = None) -> float:
    """Seconds for which a prompt is heard. Without `sound` every audio takes 2 s."""
    return course(prompt, sound).seconds


def course(prompt: Prompt, sound: Sound | None = None) -> Course:
    """The course of a prompt. Marks in the fallback of a recording that can be had are never passed."""
    seconds = 0.0
    marks: list[tuple[float, str]] = []
    for heard in _heard(prompt.segments, sound):
        if isinstance(heard, Mark):
            marks.append((seconds, heard.name))
        else:
            seconds += heard
    return Course(seconds, tuple(marks))


def of_digits(digits: str) -> float:
    """Seconds in which keys are pressed one after the other; `p` is a pause of a second."""
    return sum(PAUSE if digit in "pP" else KEY for digit in digits)


def of_wav(data: bytes) -> float | None:
    """The length in the header of a WAV file, whatever its encoding; None when it is not one, or tells no length."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    bytes_a_second, position = 0, 12
    while position + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, position)
        body = position + 8
        if kind == b"fmt " and body + 12 <= len(data):
            (bytes_a_second,) = struct.unpack_from("<I", data, body + 8)
        if kind == b"data":
            # A recorder that streams leaves 0 or all ones here: what is at hand counts.
            told = size if 0 < size < 0x7FFFFFFF else len(data) - body
            return told / bytes_a_second if bytes_a_second else None
        position = body + size + size % 2
    return None


def _heard(segments: Iterable[Segment], sound: Sound | None) -> Iterator[float | Mark]:
    for segment in segments:
        match segment:
            case Mark():
                yield segment
            case Break(seconds):
                yield max(0.0, seconds)
            case Text(text):
                # A blank between two texts belongs to one of them.
                yield len(_SPACE.sub(" ", text)) * CHARACTER
            case Audio():
                yield from _heard_audio(segment, sound)


def _heard_audio(audio: Audio, sound: Sound | None) -> Iterator[float | Mark]:
    data = sound(audio.url) if sound is not None and audio.url != telephony_services.BEEP else b""
    if data is None:
        yield from _heard(audio.fallback, sound)
    elif audio.url == telephony_services.BEEP:
        yield BEEP
    else:
        length = of_wav(data)
        yield AUDIO if length is None else length
