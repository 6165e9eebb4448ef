"""XML data that has been read beside the event loop, until the dialogue asks for it."""

import hashlib
from collections import OrderedDict
from typing import Final

from mirabelle.vxml_interpreter.dom.reading import XmlData, read
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.settings import Limits

Key = tuple[bytes, str]

LARGE: Final = 16_384
"""Bytes from which on what was read is kept."""


class XmlStore:
    """A small bounded store, the least recently used leaving first. Any thread may ask.

    Data is mostly made for one call; large ones are kept all the same, because whoever fetches reads them in a thread.
    """

    def __init__(self, limits: Limits, capacity: int = 32) -> None:
        self._limits = limits
        self._capacity = capacity
        self._known: OrderedDict[Key, XmlData | DocumentFault] = OrderedDict()

    def load(self, body: bytes, media_type: str) -> XmlData:
        """The records of an XML document. Raises `DocumentFault`."""
        key = (hashlib.sha256(body).digest(), media_type)
        found = self._known.pop(key, None) or self._read(body, media_type)
        if len(body) >= LARGE:
            self._known[key] = found
            if len(self._known) > self._capacity:
                self._known.popitem(last=False)
        if isinstance(found, DocumentFault):
            raise found.with_traceback(None)
        return found

    def _read(self, body: bytes, media_type: str) -> XmlData | DocumentFault:
        try:
            return read(body, media_type, self._limits)
        except DocumentFault as fault:
            return fault
