from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.talking.forms import File, Part, form_encoded, multipart
from mirabelle.vxml_interpreter.commands import Attachment

FIELDS = st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5)
PARTS = st.lists(
    st.tuples(st.text(), st.text() | st.builds(File, st.sampled_from(["audio/x-wav", "x/y"]), st.binary())), max_size=5
)


def read(body: bytes, boundary: str) -> list[EmailMessage]:
    """The parts, as somebody else's parser sees them."""
    head = f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    assert isinstance(message, EmailMessage)
    return [part for part in message.iter_parts() if isinstance(part, EmailMessage)]


@given(FIELDS)
def test_forms_can_be_read_again(fields: list[tuple[str, str]]) -> None:
    assert parse_qsl(form_encoded(fields), keep_blank_values=True) == fields


def test_half_a_surrogate_pair_does_not_stop_a_form() -> None:
    assert form_encoded([("a", "\ud83d")]) == "a=%3F"
    assert b"\r\n\r\n?\r\n" in multipart([("a", "\ud83d")], "x")


def test_a_recording_is_its_url_where_no_file_can_be_sent() -> None:
    assert form_encoded([("a", Attachment("recording:1"))]) == "a=recording%3A1"


def test_multipart_can_be_read_again() -> None:
    parts = read(multipart([("a", "1\r\n2"), ("ü", "")], "xyz"), "xyz")
    assert [part.get_payload(decode=True) for part in parts] == [b"1\r\n2", b""]
    assert parts[0]["content-disposition"] == 'form-data; name="a"'


def test_a_file_has_its_name_its_type_and_its_bytes() -> None:
    (part,) = read(multipart([("message", File("audio/x-wav", b"RIFF\r\n\x00\xff"))], "xyz"), "xyz")
    assert part.get_filename() == "message.wav"
    assert part.get_content_type() == "audio/x-wav"
    assert part.get_payload(decode=True) == b"RIFF\r\n\x00\xff"


@pytest.mark.parametrize(
    ("name", "media_type", "file_name", "sent_type"),
    [
        ("a", "audio/basic", "a.au", "audio/basic"),
        ("a", "audio/mpeg", "a.mp3", "audio/mpeg"),
        ("a", "audio/wav; codec=1", "a.wav", "audio/wav"),
        ("dialog.a", "audio/x-made-up", "dialog_a.bin", "audio/x-made-up"),
        ("../../etc/passwd", "audio/x-wav", "______etc_passwd.wav", "audio/x-wav"),
        ("ü" * 500, "audio/x-wav", "_" * 100 + ".wav", "audio/x-wav"),
        ("a", "audio/x-wav\r\nx: y", "a.bin", "application/octet-stream"),
        ("a", "", "a.bin", "application/octet-stream"),
    ],
)
def test_names_and_types_of_files_are_harmless(name: str, media_type: str, file_name: str, sent_type: str) -> None:
    (part,) = read(multipart([(name, File(media_type, b"x"))], "xyz"), "xyz")
    assert part.get_filename() == file_name
    assert part.get_content_type() == sent_type
    assert part["x"] is None


def test_a_name_cannot_break_out_of_its_part() -> None:
    body = multipart([('a"\r\nx: y', "1")], "b")
    assert b'name="a%22%0D%0Ax: y"' in body


@given(PARTS)
def test_no_part_is_lost_nor_changed(parts: list[Part]) -> None:
    boundary = "0123456789abcdef0123456789abcdef"
    found = multipart(parts, boundary).split(f"--{boundary}".encode())
    assert [piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for piece in found[1:-1]] == [
        value.encode(errors="replace") if isinstance(value, str) else value.body for _, value in parts
    ]
