"""What goes over the socket between the platform and a worker, in both directions.

A frame is a header and its content: the length of the content, the session, the request that a reply belongs to, and
the kind. Texts are UTF-8; parts of a content are separated by line feeds, which JSON has none of.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

HEADER: Final = struct.Struct("<IIIB")
LARGEST: Final = 16_777_216
"""Bytes in the content of one frame."""


class Kind(IntEnum):
    """What a frame is about. Only `ASK`, `WORK` and `CHECK` are answered, by a `REPLY`."""

    OPEN = 1
    """A session begins: JSON of `Limits` and the seeds of its chance."""
    WRITE = 2
    """JSON: a list of writes."""
    ASK = 3
    """Writes, then a question that runs no script."""
    WORK = 4
    """Writes, then what is to be done, then the source that is to be evaluated."""
    CHECK = 5
    """A source that is to be parsed."""
    CANCEL = 6
    """The request is not waited for any more."""
    CLOSE = 7
    """The session is over."""
    REPLY = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    kind: Kind
    session: int
    request: int
    content: bytes


class TooLarge(Exception):
    """A frame larger than `LARGEST`: nothing that follows can be understood."""


def packed(kind: Kind, session: int, request: int, content: bytes = b"") -> bytes:
    """A frame as bytes."""
    return HEADER.pack(len(content), session, request, kind) + content


class Incoming:
    """Frames out of bytes, however these come."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> None:
        """Bytes that have come."""
        self._bytes += data

    def frames(self) -> Iterator[Frame]:
        """The frames that are complete. Raises `TooLarge`."""
        while len(self._bytes) >= HEADER.size:
            length, session, request, kind = HEADER.unpack_from(self._bytes)
            if length > LARGEST:
                raise TooLarge(f"a frame of {length} bytes")
            end = HEADER.size + length
            if len(self._bytes) < end:
                return
            content = bytes(self._bytes[HEADER.size : end])
            del self._bytes[:end]
            yield Frame(Kind(kind), session, request, content)
