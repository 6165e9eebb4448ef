"""How long things take on a text leg.

Text takes 60 ms a character, white space collapsed; a break its length; audio the length in its header, or 2 s.
"""

import struct
from collections.abc import Callable

from mirabelle.core.interfaces import telephony_services
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Prompt, Segment, Text

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


def of_prompt(prompt: Prompt, sound: Sound | None = None) -> float:
    """Seconds for which a prompt is heard. Without `sound` every audio takes 2 s."""
    return sum(_of_segment(segment, sound) for segment in prompt.segments)


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


def _of_segment(segment: Segment, sound: Sound | None) -> float:
    if isinstance(segment, Break):
        return max(0.0, segment.seconds)
    if isinstance(segment, Audio):
        return _of_audio(segment, sound)
    return of_text(segment.text) if isinstance(segment, Text) else 0.0


def _of_audio(audio: Audio, sound: Sound | None) -> float:
    if audio.url == telephony_services.BEEP:
        return BEEP
    if sound is None:
        return AUDIO
    data = sound(audio.url)
    if data is None:
        return sum(_of_segment(segment, sound) for segment in audio.fallback)
    length = of_wav(data)
    return AUDIO if length is None else length
