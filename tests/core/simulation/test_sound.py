import struct
import wave
from io import BytesIO
from itertools import pairwise

import pytest

from mirabelle.core.simulation import sound, timing


def pcm_wav(values: list[int], rate: int = 8000, channels: int = 1) -> bytes:
    data = BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(struct.pack(f"<{len(values)}h", *values))
    return data.getvalue()


# From the tables of ITU-T G.711: the greatest values, zero, and a value in the middle of a segment.
@pytest.mark.parametrize(
    ("media_type", "value", "code"),
    [
        (sound.MU_LAW, 0, 0xFF),
        (sound.MU_LAW, 32767, 0x80),
        (sound.MU_LAW, -32768, 0x00),
        (sound.MU_LAW, 1000, 0xCE),
        (sound.A_LAW, 0, 0xD5),
        (sound.A_LAW, 32767, 0xAA),
        (sound.A_LAW, -32768, 0x2A),
        (sound.A_LAW, 1000, 0xFA),
    ],
)
def test_values_are_coded_as_the_recommendation_says(media_type: str, value: int, code: int) -> None:
    assert sound.samples(pcm_wav([value]), media_type) == bytes([code])


@pytest.mark.parametrize("media_type", [sound.MU_LAW, sound.A_LAW])
def test_codes_come_back(media_type: str) -> None:
    codes = sound.samples(pcm_wav(list(range(-32768, 32768, 97))), media_type)
    coding = 6 if media_type == sound.A_LAW else 7
    fmt = struct.pack("<HHIIHHH", coding, 1, 8000, 8000, 1, 8, 0)
    file = b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", len(codes)) + codes
    assert sound.samples(file, media_type) == codes


def test_a_wav_file_tells_its_length() -> None:
    samples = sound.tone(1.5, sound.WAV)
    data = sound.header(sound.WAV, len(samples)) + samples
    assert timing.of_wav(data) == 1.5
    assert len(data) == 58 + 12000


def test_formats_without_header() -> None:
    assert sound.header(sound.MU_LAW, 8000) == b""
    assert sound.silence(0.001, sound.MU_LAW) == b"\xff" * 8
    assert sound.silence(0.001, sound.A_LAW) == b"\xd5" * 8


def test_other_rates_and_channels_are_picked_from() -> None:
    stereo = [value for each in range(16) for value in (each * 1000, -1)]
    assert sound.samples(pcm_wav(stereo, rate=16000, channels=2), sound.MU_LAW) == sound.samples(
        pcm_wav([each * 1000 for each in range(0, 16, 2)]), sound.MU_LAW
    )


@pytest.mark.parametrize("data", [b"", b"ID3", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0ab"])
def test_what_is_no_sound_is_nothing(data: bytes) -> None:
    assert sound.samples(data, sound.WAV) == b""


def test_a_tone_is_heard() -> None:
    tone = sound.tone(0.1, sound.WAV)
    assert len(tone) == 800
    assert sum(a != b for a, b in pairwise(tone)) > 400


def pcm_header(rate: int, frame: int, channels: int = 1, bits: int = 16) -> bytes:
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, bits)
    return b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", len(fmt)) + fmt + b"data" + struct.pack("<I", 16) + b"\0" * 16


@pytest.mark.parametrize(
    "data",
    [
        pcm_header(rate=0, frame=2),
        pcm_header(rate=1, frame=2),
        pcm_header(rate=999, frame=2),
        pcm_header(rate=400_000, frame=2),
        pcm_header(rate=2**31, frame=1, bits=8),
        pcm_header(rate=8000, frame=0),
        pcm_header(rate=8000, frame=0, channels=0),
        pcm_header(rate=8000, frame=0, bits=0),
        pcm_header(rate=8000, frame=4),
    ],
)
def test_rates_and_frames_that_nothing_has_are_no_sound(data: bytes) -> None:
    assert sound.samples(data, sound.WAV) == b""


@pytest.mark.parametrize(("rate", "count"), [(1_000, 64), (8_000, 8), (16_000, 4)])
def test_rates_that_something_has_are_sound(rate: int, count: int) -> None:
    assert len(sound.samples(pcm_header(rate, frame=2), sound.WAV)) == count
