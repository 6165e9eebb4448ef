"""Sound for simulated recordings: G.711 at 8 kHz, as VoiceXML 2.0, Appendix E, requires of platforms."""

import struct
from array import array
from collections.abc import Sequence
from functools import cache
from math import pi, sin
from typing import Final

RATE: Final = 8000
WAV: Final = "audio/x-wav"
MU_LAW: Final = "audio/basic"
A_LAW: Final = "audio/x-alaw-basic"
TYPES: Final = (WAV, MU_LAW, A_LAW, "audio/wav")

_TONE: Final = 400
_PEAK: Final = 8000
_WAV_MU_LAW, _WAV_A_LAW, _WAV_PCM = 7, 6, 1
# A file that says it holds a sample a minute would become as many hours.
_RATES: Final = range(1_000, 400_000)


def header(media_type: str, length: int) -> bytes:
    """What stands before so many bytes of samples; nothing in formats without a header."""
    if media_type in (MU_LAW, A_LAW):
        return b""
    fmt = struct.pack("<HHIIHHH", _WAV_MU_LAW, 1, RATE, RATE, 1, 8, 0)
    return b"".join(
        [
            struct.pack("<4sI4s4sI", b"RIFF", 50 + length + length % 2, b"WAVE", b"fmt ", len(fmt)),
            fmt,
            struct.pack("<4sII4sI", b"fact", 4, length, b"data", length),
        ]
    )


def silence(seconds: float, media_type: str) -> bytes:
    """Samples of silence."""
    return bytes([_encoded(0, media_type)]) * _count(seconds)


def tone(seconds: float, media_type: str) -> bytes:
    """Samples of a tone, in the place of speech."""
    wave, count = _period(media_type), _count(seconds)
    return (wave * (count // len(wave) + 1))[:count]


def samples(data: bytes, media_type: str) -> bytes:
    """The sound of a WAV file as samples of that format; nothing when it is none, or in a format that is not known."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return b""
    return bytes(_table(media_type)[value + 32768] for value in _decoded(data))


def _count(seconds: float) -> int:
    return max(0, round(seconds * RATE))


@cache
def _period(media_type: str) -> bytes:
    length = RATE // _TONE
    return bytes(_encoded(round(_PEAK * sin(2 * pi * n / length)), media_type) for n in range(length))


def _encoded(value: int, media_type: str) -> int:
    return _a_law(value) if media_type == A_LAW else _mu_law(value)


@cache
def _table(media_type: str) -> bytes:
    """The code of each value of 16 bits, from the least on."""
    return bytes(_encoded(value, media_type) for value in range(-32768, 32768))


def _mu_law(value: int) -> int:
    """G.711, 4: sign, three bits of exponent, four of mantissa, all inverted."""
    magnitude = min(abs(value), 32635) + 132
    exponent = magnitude.bit_length() - 8
    code = (0x80 if value < 0 else 0) | exponent << 4 | magnitude >> exponent + 3 & 0x0F
    return ~code & 0xFF


def _a_law(value: int) -> int:
    """G.711, 3: as mu-law, with a linear first segment and the even bits inverted."""
    magnitude = (value if value >= 0 else ~value) >> 3
    exponent = max(0, magnitude.bit_length() - 5)
    code = exponent << 4 | magnitude >> max(exponent, 1) & 0x0F
    return (code | (0x80 if value >= 0 else 0)) ^ 0x55


@cache
def _values(encoding: int) -> Sequence[int]:
    """The value of each code, found among those that have it: the one in their middle."""
    table = _table(A_LAW if encoding == _WAV_A_LAW else MU_LAW)
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for value, code in enumerate(table, -32768):
        first.setdefault(code, value)
        last[code] = value
    return [(first.get(code, 0) + last.get(code, 0)) // 2 for code in range(256)]


def _decoded(data: bytes) -> Sequence[int]:
    """The first channel as values of 16 bits, 8000 of them a second."""
    found = _chunks(data)
    if "fmt " not in found or "data" not in found or len(found["fmt "]) < 16:
        return ()
    encoding, channels, rate, _, frame, bits = struct.unpack_from("<HHIIHH", found["fmt "])
    body = found["data"]
    if not (rate in _RATES and frame and frame == channels * bits // 8):
        return ()
    count = len(body) // frame * RATE // rate
    offsets = (n * rate // RATE * frame for n in range(count))
    if encoding == _WAV_PCM and bits == 16:
        return array("h", (int.from_bytes(body[at : at + 2], "little", signed=True) for at in offsets))
    if encoding == _WAV_PCM and bits == 8:
        return array("h", ((body[at] - 128) << 8 for at in offsets))
    if encoding in (_WAV_MU_LAW, _WAV_A_LAW) and bits == 8:
        values = _values(encoding)
        return array("h", (values[body[at]] for at in offsets))
    return ()


def _chunks(data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    position = 12
    while position + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, position)
        # A recorder that streams leaves a size of all ones: what is at hand counts.
        if kind in (b"fmt ", b"data"):
            found.setdefault(kind.decode("ascii"), data[position + 8 : position + 8 + size])
        position += 8 + size + size % 2
    return found
