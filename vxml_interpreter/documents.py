"""Compiled documents, shared by all dialogues."""

import hashlib
from collections import OrderedDict

from mirabelle.vxml_interpreter.compiling import compile_document
from mirabelle.vxml_interpreter.declarations import Vocabulary
from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.parsing import parse
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan


class Documents:
    """A bounded store of compiled documents, the least recently used leaving first.

    Keyed by what the bytes are, never by their address: an answer made for one callee is another document.
    """

    def __init__(
        self, vocabulary: Vocabulary | None = None, settings: Settings | None = None, capacity: int = 256
    ) -> None:
        self.vocabulary = vocabulary or scan()
        self.settings = settings or Settings()
        self._capacity = capacity
        self._compiled: OrderedDict[tuple[bytes, str], Document] = OrderedDict()

    def load(self, body: bytes, media_type: str = "application/voicexml+xml") -> Document:
        """The compiled document. Raises `DocumentFault`."""
        key = (hashlib.sha256(body).digest(), media_type)
        known = self._compiled.get(key)
        if known is not None:
            self._compiled.move_to_end(key)
            return known
        root = parse(body, media_type, self.settings.limits)
        document = compile_document(root, self.vocabulary, self.settings.lenient)
        self._compiled[key] = document
        if len(self._compiled) > self._capacity:
            self._compiled.popitem(last=False)
        return document
