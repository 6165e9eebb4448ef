"""Compiled documents, and the compiled grammars that belong to them, shared by all dialogues."""

import hashlib
from copy import copy
from typing import Final

from mirabelle.vxml_interpreter.compiling import compile_document
from mirabelle.vxml_interpreter.declarations import Vocabulary
from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.dom.store import XmlStore
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.keeping import Kept
from mirabelle.vxml_interpreter.parsing import parse
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan

# Bytes of their sources: compiled they are up to 60 times as large.
_SIZE: Final = 4 << 20
# Bytes that a short one counts for.
_LEAST: Final = 1_000


class Documents:
    """A bounded store of compiled documents, the least recently used leaving first: so many, of 4 MB in all.

    Keyed by what the bytes are, never by their address: an answer made for one callee is another document.
    What is wrong with bytes is kept too. Any thread may ask.
    """

    def __init__(
        self,
        vocabulary: Vocabulary | None = None,
        settings: Settings | None = None,
        capacity: int = 256,
        grammars: Grammars | None = None,
    ) -> None:
        self.vocabulary = vocabulary or scan()
        self.settings = settings or Settings()
        self.grammars = grammars or Grammars()
        self.data = XmlStore(self.settings.limits)
        self._compiled: Kept[tuple[bytes, str], Document | DocumentFault] = Kept(capacity, _SIZE)

    def load(self, body: bytes, media_type: str = "application/voicexml+xml") -> Document:
        """The compiled document. Raises `DocumentFault`."""
        key = (hashlib.sha256(body).digest(), media_type)
        known = self._compiled.find(key)
        if known is None:
            known = self._compile(body, media_type)
            self._compiled.keep(key, known, _LEAST + (0 if isinstance(known, DocumentFault) else len(body)))
        if isinstance(known, DocumentFault):
            raise copy(known)
        return known

    def _compile(self, body: bytes, media_type: str) -> Document | DocumentFault:
        try:
            root = parse(body, media_type, self.settings.limits)
            return compile_document(root, self.vocabulary, self.settings.leniencies)
        except DocumentFault as fault:
            # Its own traceback would keep the document and all who asked for it.
            return copy(fault)
