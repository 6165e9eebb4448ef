import io
import struct
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.simulation import timing
from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Mark, Markup, Prompt, Text


def wav(seconds: float, rate: int = 8000) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\0\0" * int(seconds * rate))
    return buffer.getvalue()


def test_text_takes_sixty_milliseconds_a_character_with_white_space_collapsed() -> None:
    assert timing.of_text("  Press \n 1.  ") == pytest.approx(8 * 0.06)


def test_a_prompt_takes_the_time_of_its_parts() -> None:
    prompt = Prompt((Text("ab"), Break(1.5), Audio("http://app/a.wav", (Text("not counted"),))))
    assert timing.of_prompt(prompt) == pytest.approx(0.12 + 1.5 + 2.0)


def test_a_blank_between_texts_of_different_markup_counts_once() -> None:
    one, parted = Prompt((Text("one two"),)), Prompt((Text("one "), Text("two", (Markup("emphasis"),))))
    assert timing.of_prompt(parted) == pytest.approx(timing.of_prompt(one))


MARKED = Prompt(
    (
        Mark("a"),
        Text("ab"),
        Mark("b"),
        Break(1.5),
        Audio("http://app/a.wav", (Text("cd"), Mark("in it"), Text("ef"))),
        Mark("c"),
    )
)


def test_marks_are_passed_when_what_stands_before_them_is_over() -> None:
    course = timing.course(MARKED)
    assert course.seconds == timing.of_prompt(MARKED)
    assert [name for _, name in course.marks] == ["a", "b", "c"]
    assert [after for after, _ in course.marks] == pytest.approx([0, 0.12, 3.62])


def test_marks_in_what_replaces_a_recording_are_passed_when_it_is_heard() -> None:
    course = timing.course(MARKED, {"http://app/a.wav": None}.get)
    assert [name for _, name in course.marks] == ["a", "b", "in it", "c"]
    assert [after for after, _ in course.marks] == pytest.approx([0, 0.12, 1.74, 1.86])


@pytest.mark.parametrize(
    ("data", "seconds"),
    [(wav(3.25), 3.25), (b"OggS...", 2.0), (b"", 2.0), (None, 0.12)],
    ids=["header", "another format", "empty", "cannot be had"],
)
def test_audio_at_hand_takes_the_length_in_its_header(data: bytes | None, seconds: float) -> None:
    prompt = Prompt((Audio("http://app/a.wav", (Text("ab"),)),))
    assert timing.of_prompt(prompt, {"http://app/a.wav": data}.get) == pytest.approx(seconds)


def test_the_header_of_a_mulaw_file_with_an_odd_chunk_before_its_data() -> None:
    form = struct.pack("<HHIIHH", 7, 1, 8000, 8000, 1, 8)
    data = b"RIFF\0\0\0\0WAVE" + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    data += b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", 12000) + b"\xff" * 12000
    assert timing.of_wav(data) == 1.5


@pytest.mark.parametrize("told", [0, 0xFFFFFFFF])
def test_a_streamed_file_that_tells_no_length_has_that_of_its_bytes(told: int) -> None:
    data = bytearray(wav(2))
    place = data.index(b"data") + 4
    data[place : place + 4] = struct.pack("<I", told)
    assert timing.of_wav(bytes(data)) == 2.0


@given(st.binary(max_size=200))
def test_no_file_breaks_it(data: bytes) -> None:
    for candidate in (data, b"RIFF\0\0\0\0WAVE" + data):
        length = timing.of_wav(candidate)
        assert length is None or length >= 0


def test_digits_and_pauses() -> None:
    assert timing.of_digits("1p2#") == pytest.approx(3 * 0.2 + 1.0)
