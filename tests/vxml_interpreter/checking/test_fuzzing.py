"""Whatever becomes of a document, loading and checking it say what is wrong, and nothing else happens."""

from copy import deepcopy
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.checking.check import check
from mirabelle.vxml_interpreter.checking.references import references
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.nodes import NAMESPACE
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan

VOCABULARY = scan()
STRICT = Settings(strict=True)
ENGINE = Js2pyEngine()
PLANTED = Path(__file__).parent / "planted"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
ELEMENTS = [*VOCABULARY.elements, "dtmf", "sayas", "emp", "blink"]
DEFINED = sorted(VOCABULARY.attributes - {"xml:base", "xml:lang"})
ATTRIBUTES = [*DEFINED, "class", "sub", "phon", "colour", "{urn:x}y", "{http://www.w3.org/XML/1998/namespace}base"]
_WORDS = """a a.b a.* * 1 -1 0 true false 2.0 2.1 3s 100ms undefined # #a #a#b http://[ // ? a.vxml#b builtin: tel:1
    builtin:grammar/digits?length=x digits?length=-1 x= {a:1} ' [ session.telephone session.x lastresult$ _x while
    en é application/srgs dtmf any $ %"""
VALUES = st.sampled_from([*_WORDS.split(), "", " ", "a b", "x =", "e n", "\u2028", "9" * 30, "a" * 300]) | st.text(
    max_size=8
).map(lambda text: "".join(each for each in text if each.isprintable()))
SOURCES = sorted(path.read_bytes() for path in PLANTED.glob("*.vxml"))


def parsed() -> list[etree._Element]:
    trees = []
    for source in SOURCES:
        try:
            trees.append(etree.fromstring(source, PARSER))
        except etree.XMLSyntaxError:
            continue
    return trees


TREES = parsed()


def judged(body: bytes) -> None:
    """Load and check it; what loading refuses, checking names as an error."""
    for kept in (Settings(), STRICT):
        documents = Documents(VOCABULARY, kept)
        found = check(body, "application/voicexml+xml", documents, ENGINE.check)
        assert all(problem.message and problem.remedy for problem in found.problems)
        if found.subject is not None:
            list(references(found.subject, "http://app/d.vxml"))
        try:
            documents.load(body)
        except DocumentFault:
            assert found.errors


@settings(deadline=None)
@given(st.sampled_from(SOURCES), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4), st.integers(0, 9))))
def test_bytes_changed(source: bytes, changes: list[tuple[int, bytes, int]]) -> None:
    for at, new, removed in changes:
        source = source[:at] + new + source[at + removed :]
    judged(source)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A document with elements moved, copied, removed and renamed, and attributes of any value."""
    root = deepcopy(draw(st.sampled_from(TREES)))
    for _ in range(draw(st.integers(1, 8))):
        nodes = list(root.iter("*"))
        node = draw(st.sampled_from(nodes))
        _mutate(draw, node, draw(st.sampled_from(nodes)))
    return etree.tostring(root)


def _mutate(draw: st.DrawFn, node: etree._Element, other: etree._Element) -> None:
    parent = node.getparent()
    match draw(st.sampled_from(["attribute", "unset", "rename", "text", "copy", "insert", "remove"])):
        case "attribute":
            node.set(draw(st.sampled_from(ATTRIBUTES)), draw(VALUES))
        case "unset" if node.attrib:
            del node.attrib[draw(st.sampled_from(sorted(map(str, node.attrib))))]
        case "rename":
            node.tag = f"{{{NAMESPACE}}}{draw(st.sampled_from(ELEMENTS))}"
        case "text":
            node.text = draw(VALUES)
        case "copy":
            node.insert(draw(st.integers(0, 3)), deepcopy(other))
        case "insert":
            child = etree.SubElement(node, f"{{{NAMESPACE}}}{draw(st.sampled_from(ELEMENTS))}")
            child.set(draw(st.sampled_from(ATTRIBUTES)), draw(VALUES))
        case "remove" if parent is not None:
            parent.remove(node)


@settings(deadline=None)
@given(mutated())
def test_trees_changed(body: bytes) -> None:
    judged(body)


@settings(deadline=None)
@given(st.sampled_from(ELEMENTS), st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=4), VALUES)
def test_any_element_anywhere_with_any_attributes(name: str, attributes: dict[str, str], text: str) -> None:
    for outer in ("", "form", "form block", "form field prompt", "menu"):
        node = root = etree.Element(f"{{{NAMESPACE}}}vxml", {"version": "2.0"})
        for inner in (*outer.split(), name):
            node = etree.SubElement(node, f"{{{NAMESPACE}}}{inner}")
        for key, value in attributes.items():
            node.set(key, value)
        node.text = text
        judged(etree.tostring(root))
