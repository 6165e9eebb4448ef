"""Form bodies, urlencoded and multipart, to fields in the order sent. Pure; whatever the bytes are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MOST_FIELDS = 1000

# Codecs that turn bytes into text and nothing else; what a client may name is not a way into Python's others.
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
}


class BadForm(ValueError):
    """The body is not a form. The message says what it is or where it breaks."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One field as it came. `flaw`: what is wrong with it before anybody looks at the value, "" when nothing is."""

    name: str
    value: str
    flaw: str = ""


def parse_form(content_type: str, body: bytes) -> list[Sent]:
    """The fields of a body. Raises `BadForm`."""
    media_type, parameters = parse_options_header(content_type)
    charset = parameters.get(b"charset", b"utf-8").decode("latin-1")
    if media_type in (b"", b"application/x-www-form-urlencoded"):
        return _urlencoded(body, charset)
    if media_type == b"multipart/form-data":
        return _multipart(body, parameters.get(b"boundary", b""), charset)
    raise BadForm(
        "the body must be application/x-www-form-urlencoded or multipart/form-data, "
        f"not {media_type.decode('latin-1', 'replace')}"
    )


def _urlencoded(body: bytes, charset: str) -> list[Sent]:
    pieces = [piece for piece in body.split(b"&") if piece]
    _check_number(pieces)
    pairs = (piece.replace(b"+", b" ").partition(b"=") for piece in pieces)
    return [_sent(unquote_to_bytes(name), unquote_to_bytes(value), charset) for name, _, value in pairs]


def _check_number(fields: list[bytes]) -> None:
    if len(fields) > MOST_FIELDS:
        raise BadForm(f"the body has more than {MOST_FIELDS} fields")


def _sent(name: bytes, value: bytes, charset: str) -> Sent:
    encoding = _CHARSETS.get(charset.lower().strip())
    text = value.decode(encoding or "utf-8", "replace")
    if encoding is None:
        flaw = f"is in the encoding {charset!r}, which is not supported: send UTF-8"
    else:
        flaw = "" if _decodes(value, encoding) else f"is not valid {encoding.upper()}"
    return Sent(name.decode("utf-8", "replace"), text, flaw)


def _decodes(value: bytes, encoding: str) -> bool:
    try:
        value.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _multipart(body: bytes, boundary: bytes, charset: str) -> list[Sent]:
    if not boundary:
        raise BadForm("the Content-Type multipart/form-data has no boundary")
    parts = _Parts(charset)
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise BadForm(f"the body is not valid multipart/form-data: {error}") from None
    if not parts.complete:
        raise BadForm("the multipart/form-data body ends before its last boundary")
    return parts.fields


class _Parts:
    """Collects what the parser reports."""

    def __init__(self, charset: str) -> None:
        self.fields: list[Sent] = []
        self.complete = False
        self._charset = charset
        self._header = [bytearray(), bytearray()]
        self._headers: dict[bytes, bytes] = {}
        self._data = bytearray()

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda data, start, end: self._data.extend(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._complete,
        }

    def _begin(self) -> None:
        self._headers = {}
        self._data = bytearray()

    def _end_header(self) -> None:
        name, value = self._header
        self._headers[bytes(name).lower()] = bytes(value)
        self._header = [bytearray(), bytearray()]

    def _end(self) -> None:
        if len(self.fields) >= MOST_FIELDS:
            raise BadForm(f"the body has more than {MOST_FIELDS} fields")
        _, disposition = parse_options_header(self._headers.get(b"content-disposition"))
        _, content_type = parse_options_header(self._headers.get(b"content-type"))
        charset = content_type.get(b"charset", b"").decode("latin-1") or self._charset
        sent = _sent(disposition.get(b"name", b""), bytes(self._data), charset)
        is_file = b"filename" in disposition or b"filename*" in disposition
        self.fields.append(Sent(sent.name, sent.value, "was sent as a file") if is_file else sent)

    def _complete(self) -> None:
        self.complete = True


def named(fields: Iterable[Sent], *names: str) -> list[Sent]:
    """Those of the fields that have one of these names, in the order sent."""
    return [sent for sent in fields if sent.name in names]
