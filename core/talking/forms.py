"""The fields of a request as forms send them: RFC 7578 and the URL standard; VoiceXML 2.0, 5.3.8."""

import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote_plus

from mirabelle.vxml_interpreter.commands import Attachment

FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
# What Python's table does not know, or knows by a suffix that nobody uses.
_SUFFIXES: Final = {
    "audio/basic": ".au",
    "audio/x-wav": ".wav",
    "audio/wav": ".wav",
    "audio/x-alaw-basic": ".al",
    "audio/mpeg": ".mp3",
}
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(?:; ?[\w.+-]+=[\w.+-]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class File:
    """A file that is sent as a part of a form; `type` is its media type."""

    type: str
    body: bytes = field(repr=False)


Part = tuple[str, str | File]


def form_encoded(fields: Iterable[tuple[str, str | Attachment]]) -> str:
    """The fields as a form sends them: UTF-8, a space as `+`. A recording is its URL."""
    return "&".join(f"{_quoted(name)}={_quoted(text(value))}" for name, value in fields)


def text(value: str | Attachment) -> str:
    """A value where no file can be sent."""
    return value if isinstance(value, str) else value.url


def multipart(parts: Iterable[Part], boundary: str) -> bytes:
    """The body of multipart/form-data: RFC 7578."""
    written = [_part(name, value, boundary) for name, value in parts]
    return b"".join([*written, f"--{boundary}--\r\n".encode("ascii")])


def _part(name: str, value: str | File, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_escaped(name)}"'
    if isinstance(value, str):
        return f"{head}\r\n\r\n{value}\r\n".encode(errors="replace")
    media_type = value.type if _TYPE.fullmatch(value.type) else "application/octet-stream"
    head += f'; filename="{_file_name(name, media_type)}"\r\nContent-Type: {media_type}\r\n\r\n'
    return head.encode(errors="replace") + value.body + b"\r\n"


def _escaped(name: str) -> str:
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _file_name(name: str, media_type: str) -> str:
    """Servers look at the suffix, and put the name into their file systems."""
    plain = media_type.partition(";")[0].lower()
    suffix = _SUFFIXES.get(plain) or mimetypes.guess_extension(plain) or ".bin"
    return f"{re.sub(r'[^0-9A-Za-z_-]', '_', name)[:100]}{suffix}"


def _quoted(value: str) -> str:
    # ECMAScript strings may hold half a surrogate pair, which UTF-8 cannot.
    return quote_plus(value, encoding="utf-8", errors="replace")
