"""Compiled documents, and the compiled grammars that belong to them, shared by all dialogues."""

import hashlib
from collections import OrderedDict

from mirabelle.vxml_interpreter.compiling import compile_document
from mirabelle.vxml_interpreter.declarations import Vocabulary
from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.dom.store import XmlStore
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.grammar.store import Grammars
from mirabelle.vxml_interpreter.parsing import parse
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan


class Documents:
    """A bounded store of compiled documents, the least recently used leaving first.

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
        self._capacity = capacity
        self._compiled: OrderedDict[tuple[bytes, str], Document | DocumentFault] = OrderedDict()

    def load(self, body: bytes, media_type: str = "application/voicexml+xml") -> Document:
        """The compiled document. Raises `DocumentFault`."""
        key = (hashlib.sha256(body).digest(), media_type)
        known = self._known(key)
        if known is None:
            known = self._compile(body, media_type)
            self._keep(key, known)
        if isinstance(known, DocumentFault):
            raise known.with_traceback(None)
        return known

    def _compile(self, body: bytes, media_type: str) -> Document | DocumentFault:
        try:
            root = parse(body, media_type, self.settings.limits)
            return compile_document(root, self.vocabulary, self.settings.leniencies)
        except DocumentFault as fault:
            return fault

    def _known(self, key: tuple[bytes, str]) -> Document | DocumentFault | None:
        # Each step is whole by itself: at worst another thread compiles what is being moved to the end.
        known = self._compiled.pop(key, None)
        if known is not None:
            self._compiled[key] = known
        return known

    def _keep(self, key: tuple[bytes, str], compiled: Document | DocumentFault) -> None:
        self._compiled[key] = compiled
        if len(self._compiled) > self._capacity:
            self._compiled.popitem(last=False)
