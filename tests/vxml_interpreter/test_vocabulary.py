"""The vocabulary, and elements of other namespaces in it: VoiceXML 2.0, F.2."""

from typing import TYPE_CHECKING

import pytest

from mirabelle.vxml_interpreter.commands import Log
from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, Kind, some_text
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.nodes import NAMESPACE
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.vocabulary import scan

if TYPE_CHECKING:
    from mirabelle.vxml_interpreter.behaviour import Steps
    from mirabelle.vxml_interpreter.place import Place
    from mirabelle.vxml_interpreter.tree import Element

URN = "urn:example:counting"


def count(element: "Element", place: "Place") -> "Steps[None]":
    yield from ()
    place.session.tell(Log("count", element.text("what") or ""))


COUNT = Declaration(
    name="count",
    namespace=URN,
    section="counting",
    kinds=frozenset({Kind.EXECUTABLE}),
    contains=frozenset({"note", "value"}),
    attributes=(Attribute("what", some_text, required=True),),
    execute=count,
)
NOTE = Declaration(name="note", namespace=URN, section="counting", character_data=True)
VOCABULARY = scan(more=[COUNT, NOTE])


def refusal(content: str, *more: Declaration) -> str:
    documents = Documents(scan(more=more), Settings(strict=True))
    with pytest.raises(DocumentFault) as caught:
        documents.load(document(content))
    return str(caught.value)


def document(content: str) -> bytes:
    return f'<vxml version="2.0" xmlns="{NAMESPACE}" xmlns:c="{URN}">\n<form>\n{content}</form></vxml>'.encode()


def test_an_element_of_another_namespace_stands_where_its_kinds_may() -> None:
    body = document('<block><c:count what="calls"><c:note>so many</c:note><value expr="1"/></c:count></block>')
    element = next(Documents(VOCABULARY).load(body).dialogs[0].items[0].element.elements("count"))
    assert (element.declaration, element.text("what")) == (COUNT, "calls")
    assert [child.name for child in element.elements()] == ["note", "value"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<c:count what="calls"/>', "line 3, <count>: must not stand inside <form>"),
        ("<block><c:note/></block>", "line 3, <note>: must not stand inside <block>"),
        ("<block><c:count/></block>", 'line 3, <count>: the attribute "what" is missing'),
        ('<block><c:count what="a" x="1"/></block>', '<count>: there is no attribute "x" here'),
        ("<block><c:other/></block>", f'<other>: the element is in the namespace "{URN}", of which nothing is known'),
        ('<block><count what="a"/></block>', "<count>: VoiceXML does not define this element"),
        ('<block><c:count what="a"><exit/></c:count></block>', "<exit>: must not stand inside <count>"),
    ],
)
def test_its_declaration_is_held_to(content: str, expected: str) -> None:
    assert expected in refusal(content, COUNT, NOTE)


def test_names_in_voicexml_never_mean_the_element_of_another_namespace() -> None:
    option = Declaration(name="vendoroption", namespace=URN, section="x")
    assert not COUNT.accepts(option)
    voicexml = Declaration(name="list", section="x", contains=frozenset({"vendoroption"}))
    assert not voicexml.accepts(option)


def test_an_element_is_declared_once() -> None:
    with pytest.raises(ValueError, match="<count> is declared twice"):
        scan(more=[COUNT, COUNT])


@pytest.mark.parametrize(
    ("declaration", "cause"),
    [
        (Declaration(name="blink", section="-"), "needs a namespace of its own"),
        (Declaration(name="blink", section="-", namespace=""), "needs a namespace of its own"),
        (Declaration(name="exit", section="-", namespace=URN), "has the name of an element of VoiceXML"),
    ],
)
def test_nobody_adds_to_voicexml_itself(declaration: Declaration, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        scan(more=[declaration])


def test_the_same_name_in_two_other_namespaces_is_two_elements() -> None:
    again = Declaration(name="count", section="-", namespace="urn:b")
    vocabulary = scan(more=[COUNT, again])
    assert (vocabulary.get("count", URN), vocabulary.get("count", "urn:b")) == (COUNT, again)
    assert vocabulary.get("count") is None
