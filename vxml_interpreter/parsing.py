"""Bytes to an XML tree, within bounds and without touching anything outside the document."""

from xml.parsers import expat

from lxml import etree

from mirabelle.vxml_interpreter.encodings import readable
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.nodes import line_of
from mirabelle.vxml_interpreter.settings import Limits

_CHUNK = 65_536


class _PrologEnds(Exception):
    """The root element begins: the rest is the real parser's."""


class Extent:
    """Counts the elements of a document while it is being read, by whichever parser."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._depth = self._elements = 0

    def begins(self, attributes: int, line: int) -> None:
        """An element with so many attributes begins. Raises `DocumentFault` when that is too much."""
        limits = self._limits
        self._depth += 1
        self._elements += 1
        if self._depth > limits.depth:
            raise DocumentFault(f"elements are nested more than {limits.depth} deep", line, rule="too-large")
        if attributes > limits.attributes:
            raise DocumentFault(f"an element has more than {limits.attributes} attributes", line, rule="too-large")
        if self._elements > limits.elements:
            raise DocumentFault(f"more than {limits.elements} elements", line, rule="too-large")

    def ends(self) -> None:
        """An element ends."""
        self._depth -= 1


def parse(body: bytes, media_type: str, limits: Limits) -> etree._Element:
    """The root element. Raises `DocumentFault`: too large, too deep, an internal subset, not XML."""
    check_size(body, limits)
    body, encoding = readable(body, media_type)
    _look_for_internal_subset(body, encoding)
    try:
        return _tree(body, encoding, limits)
    except etree.XMLSyntaxError as error:
        raise DocumentFault(f"not well-formed XML: {error.msg}", error.lineno) from error
    except LookupError as error:
        raise DocumentFault(f"not well-formed XML: {error}") from error


def check_size(body: bytes, limits: Limits) -> None:
    """Raises `DocumentFault` for what is empty or too large to be read."""
    if len(body) > limits.document_bytes:
        cause = f"the document has {len(body)} bytes; at most {limits.document_bytes} are read"
        raise DocumentFault(cause, rule="too-large")
    if not body.strip():
        raise DocumentFault("the document is empty")


def refuse_internal_subset(subset: int, line: int) -> None:
    """Raises `DocumentFault` where a DOCTYPE, which begins on that line, has one."""
    if subset:
        cause = "the DOCTYPE has an internal subset; name the document type by its identifiers only"
        raise DocumentFault(cause, line, rule="internal-subset")


def _look_for_internal_subset(body: bytes, encoding: str | None) -> None:
    def begins(_name: str, _system: str | None, _public: str | None, subset: int) -> None:
        refuse_internal_subset(subset, parser.CurrentLineNumber)

    def ends(_name: str, _attributes: object) -> None:
        raise _PrologEnds

    parser = expat.ParserCreate(encoding)
    parser.StartDoctypeDeclHandler = begins
    parser.StartElementHandler = ends
    try:
        parser.Parse(body, True)
    except _PrologEnds:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        line = error.lineno if isinstance(error, expat.ExpatError) else None
        raise DocumentFault(f"not well-formed XML: {error}", line) from error


def _tree(body: bytes, encoding: str | None, limits: Limits) -> etree._Element:
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    extent = Extent(limits)
    for begin in range(0, len(body), _CHUNK):
        parser.feed(body[begin : begin + _CHUNK])
        for event, element in parser.read_events():
            if event == "start":
                extent.begins(len(getattr(element, "attrib", ())), line_of(element))
            else:
                extent.ends()
    return parser.close()
