"""In which encoding XML is written: XML 1.0, 4.3.3, and RFC 7303."""

import codecs
import re
from typing import Final

from mirabelle.vxml_interpreter.faults import DocumentFault

_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([A-Za-z0-9._:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,40})[\"']")
_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE_MARKS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# The first character of a document that has neither mark nor declaration.
_UNMARKED: Final = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Python's names of what both parsers read, and how these call it.
_NATIVE: Final = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "ascii": "us-ascii", "iso8859-1": "iso-8859-1"}
# What is made UTF-8 first. Python has codecs that are no encodings of texts; none of them is here.
_TRANSCODED: Final = frozenset(
    [
        *(f"cp{page}" for page in (437, 850, 852, 855, 866, 874, 932, 949, 950, *range(1250, 1259))),
        *(f"iso8859-{part}" for part in range(2, 17)),
        *("koi8-r", "koi8-u", "mac-roman", "tis-620"),
        *("shift_jis", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "euc_kr"),
        *("utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    ]
)


def readable(body: bytes, media_type: str) -> tuple[bytes, str | None]:
    """The bytes in an encoding that every parser knows, and its name; None: the bytes say it themselves.

    The charset of an XML media type rules, but yields to a byte order mark. It is worth nothing for text/html, where
    servers add their default to whatever a program printed. Raises `DocumentFault` for an encoding that is not read,
    and for bytes that are not of theirs.
    """
    if body.startswith(_WIDE_MARKS):
        return _transcoded(body, "utf-32"), "utf-8"
    if body.startswith(_MARKS):
        return body, None
    wide = next((codec for first, codec in _UNMARKED if body.startswith(first)), None)
    if wide is not None:
        return _transcoded(body, wide), "utf-8"
    transported = _CHARSET.search(media_type) if "xml" in media_type.lower() else None
    declared = _DECLARED.match(body)
    if transported is not None:
        name = transported[1]
    elif declared is not None:
        name = declared[1].decode("ascii")
    else:
        return body, None
    codec = _codec(name)
    if codec in _NATIVE:
        return body, _NATIVE[codec]
    return (body, None) if codec == "utf-16" else (_transcoded(body, codec), "utf-8")


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
    except LookupError as error:
        raise DocumentFault(f'the encoding "{name}" is unknown') from error
    if codec != "utf-16" and codec not in _NATIVE and codec not in _TRANSCODED:
        raise DocumentFault(f'the encoding "{name}" is not read')
    return codec


def _transcoded(body: bytes, codec: str) -> bytes:
    try:
        return body.decode(codec).encode()
    except UnicodeError as error:
        raise DocumentFault(f"not well-formed XML: the bytes are not {codec}: {error}") from error
