"""XML to the records that scripts make nodes of: VoiceXML 2.1, 5.

expat reads it, because only expat tells CDATA sections and declarations of namespaces.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

from mirabelle.vxml_interpreter.encodings import readable
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.parsing import Extent, check_size, refuse_internal_subset
from mirabelle.vxml_interpreter.settings import Limits

ACCESS_CONTROL: Final = "access-control"
_BUFFER: Final = 65_536
_XMLNS: Final = "http://www.w3.org/2000/xmlns/"

# Characters that XML does not allow stand between the parts of a record.
_PART, _CHILD, _PIECE, _ATTRIBUTE = "\x01", "\x02", "\x03", "\x04"
# A child of a record: the digit of its node type, then its content. DocumentType's type has two.
_ELEMENT, _TEXT, _CDATA, _INSTRUCTION, _COMMENT, _DOCTYPE = "1", "3", "4", "7", "8", "0"


@dataclass(frozen=True, slots=True)
class XmlData:
    """An XML document as records that are cheap to hand over; `nodes.js` tells what is in them.

    Record 0 is the document, the others are its elements in document order. `wide` numbers those with many children;
    `policies` is the content of the access-control instructions in the prolog.
    """

    heads: list[str]
    bodies: list[str]
    wide: list[int]
    policies: tuple[str, ...]


def read(body: bytes, media_type: str, limits: Limits) -> XmlData:
    """The records of a document. Raises `DocumentFault`: not XML, an internal subset, beyond the limits."""
    limits = replace(limits, document_bytes=limits.data_bytes, elements=limits.data_elements)
    check_size(body, limits)
    body, encoding = readable(body, media_type)
    reader = _Reader(limits, encoding)
    try:
        return reader.read(body)
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = error.lineno if isinstance(error, expat.ExpatError) else None
        raise DocumentFault(f"not well-formed XML: {error}", line) from error


@dataclass(slots=True)
class _Open:
    """A document or element that is being read."""

    number: int
    name: str
    parent: int
    position: int
    attributes: str
    children: list[str] = field(default_factory=list)

    def head(self, size: int) -> str:
        return _PART.join((self.name, str(self.parent), str(self.position), str(size)))


class _Reader:
    # From how many children on they are made into nodes beforehand.
    _WIDE = 500

    def __init__(self, limits: Limits, encoding: str | None) -> None:
        self._extent = Extent(limits)
        document = _Open(0, _names("#document", "", ""), 0, 0, "")
        self._open = [document]
        self._data = XmlData([""], [""], [], ())
        self._policies: list[str] = []
        self._namespaces: list[tuple[str, str]] = []
        self._characters: list[str] = []
        self._in_cdata = False
        self._parser = expat.ParserCreate(encoding, _PART)
        self._parser.namespace_prefixes = True
        self._parser.ordered_attributes = True
        self._parser.buffer_text = True
        self._parser.buffer_size = _BUFFER
        for name, handler in self._handlers().items():
            setattr(self._parser, name, handler)

    def _handlers(self) -> dict[str, Callable[..., None]]:
        return {
            "StartDoctypeDeclHandler": self._doctype,
            "StartNamespaceDeclHandler": self._namespace,
            "StartElementHandler": self._begins,
            "EndElementHandler": self._ends,
            "CharacterDataHandler": self._characters.append,
            "StartCdataSectionHandler": self._cdata_begins,
            "EndCdataSectionHandler": self._cdata_ends,
            "CommentHandler": self._comment,
            "ProcessingInstructionHandler": self._instruction,
            "SkippedEntityHandler": self._entity,
        }

    def read(self, body: bytes) -> XmlData:
        self._parser.Parse(body, True)
        self._close()
        data = self._data
        return XmlData(data.heads, data.bodies, data.wide, tuple(self._policies))

    def _doctype(self, name: str, system: str | None, public: str | None, subset: int) -> None:
        refuse_internal_subset(subset, self._parser.CurrentLineNumber)
        self._add(_DOCTYPE, _PIECE.join((name, public or "", system or "")))

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        self._namespaces.append((_names(name, prefix or "xmlns", _XMLNS, between=_PIECE), uri or ""))

    def _begins(self, name: str, attributes: list[str]) -> None:
        named = zip(attributes[::2], attributes[1::2], strict=True)
        pairs = [*self._namespaces, *((_names(*_qualified(each), between=_PIECE), value) for each, value in named)]
        self._namespaces = []
        self._extent.begins(len(pairs), self._parser.CurrentLineNumber)
        data, parent = self._data, self._open[-1]
        number = len(data.heads)
        position = self._add(_ELEMENT, str(number - parent.number))
        written = "".join(f"{_ATTRIBUTE}{name}{_PIECE}{value}" for name, value in pairs)
        self._open.append(_Open(number, _names(*_qualified(name)), number - parent.number, position, written))
        data.heads.append("")
        data.bodies.append("")

    def _ends(self, _name: str) -> None:
        self._close()
        self._extent.ends()

    def _close(self) -> None:
        self._flush()
        data, done = self._data, self._open.pop()
        data.heads[done.number] = done.head(len(data.heads) - done.number)
        data.bodies[done.number] = f"{done.attributes}{_PART}{_CHILD.join(done.children)}"
        if len(done.children) > self._WIDE:
            data.wide.append(done.number)

    def _cdata_begins(self) -> None:
        self._flush()
        self._in_cdata = True

    def _cdata_ends(self) -> None:
        self._flush()
        self._in_cdata = False

    def _comment(self, text: str) -> None:
        self._add(_COMMENT, text)

    def _instruction(self, target: str, text: str) -> None:
        if target == ACCESS_CONTROL and len(self._data.heads) == 1:
            self._policies.append(text)
        self._add(_INSTRUCTION, f"{target}{_PIECE}{text}")

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            line = self._parser.CurrentLineNumber
            raise DocumentFault(f"the entity &{name}; is not known: document types are not loaded", line)

    def _flush(self) -> None:
        if self._characters or self._in_cdata:
            text = "".join(self._characters)
            self._characters.clear()
            self._open[-1].children.append(f"{_CDATA if self._in_cdata else _TEXT}{text}")

    def _add(self, kind: str, content: str) -> int:
        self._flush()
        children = self._open[-1].children
        children.append(f"{kind}{content}")
        return len(children) - 1


def _names(name: str, local: str, namespace: str, between: str = _PART) -> str:
    return between.join((name, local, namespace))


def _qualified(name: str) -> tuple[str, str, str]:
    """Qualified name, local name and namespace of what expat writes as namespace, local name and prefix."""
    match name.split(_PART):
        case [namespace, local, prefix]:
            return f"{prefix}:{local}", local, namespace
        case [namespace, local]:
            return local, local, namespace
    return name, name, ""
