"""XML data that has been read beside the event loop, until the dialogue asks for it."""

import hashlib
from copy import copy
from typing import Final

from mirabelle.vxml_interpreter.dom.reading import XmlData, read
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.keeping import Kept
from mirabelle.vxml_interpreter.settings import Limits

Key = tuple[bytes, str]

LARGE: Final = 16_384
"""Bytes from which on what was read is kept."""
# Bytes as they came: what was read is up to 35 times as large.
_SIZE: Final = 2 << 20


class XmlStore:
    """A small bounded store, the least recently used leaving first. Any thread may ask.

    Data is mostly made for one call; large ones are kept all the same, because whoever fetches reads them in a thread.
    """

    def __init__(self, limits: Limits, capacity: int = 32) -> None:
        self._limits = limits
        self._known: Kept[Key, XmlData | DocumentFault] = Kept(capacity, _SIZE)

    def load(self, body: bytes, media_type: str) -> XmlData:
        """The records of an XML document. Raises `DocumentFault`."""
        key = (hashlib.sha256(body).digest(), media_type)
        found = self._known.find(key) or self._read(body, media_type)
        if len(body) >= LARGE:
            self._known.keep(key, found, LARGE if isinstance(found, DocumentFault) else len(body))
        if isinstance(found, DocumentFault):
            raise copy(found)
        return found

    def _read(self, body: bytes, media_type: str) -> XmlData | DocumentFault:
        try:
            return read(body, media_type, self._limits)
        except DocumentFault as fault:
            # Its own traceback would keep the data and all who asked for it.
            return copy(fault)
