"""Every element has the attributes and the content that VoiceXML 2.0 (Appendices B and O) and 2.1 give it.

`elements.txt` is written from the recommendations: element, attributes (* required), content. The document type
definition of 2.0 and the schema's data types are compared as well where they are at hand.
"""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration
from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.vocabulary import scan

HERE = Path(__file__).parent
DTD = HERE.parent.parent.parent / "shared" / "specs" / "REC-voicexml20-20040316" / "vxml.dtd"
VOCABULARY = scan()
ROWS = [
    tuple(column.strip() for column in line.split("|"))
    for line in (HERE / "elements.txt").read_text("utf-8").splitlines()
]
# VoiceXML 2.1 adds these to elements of 2.0.
ADDED_ATTRIBUTES = {
    ("mark", "nameexpr"),
    ("grammar", "srcexpr"),
    ("disconnect", "namelist"),
    ("transfer", "type"),
    ("script", "srcexpr"),
}
ADDED_ELEMENTS = {"data", "foreach"}
# What belongs to grammars, which are opaque.
OF_GRAMMARS = {"ruleref", "token", "tag", "one-of", "item", "rule", "example"}
NAMESPACES = {"xmlns", "xmlns:xsi", "xsi:schemaLocation"}


def attributes(declaration: Declaration) -> set[str]:
    return {f"{each.name}{'*' if each.required else ''}" for each in declaration.attributes}


def content(declaration: Declaration) -> set[str]:
    if declaration.opaque:
        return {"#any"}
    elements = {name for name, child in VOCABULARY.elements.items() if declaration.accepts(child)}
    return elements | ({"#text"} if declaration.character_data else set())


def listed(column: str) -> set[str]:
    return set(column.split()) - {"-"}


@pytest.mark.parametrize(("name", "has", "holds"), ROWS, ids=[row[0] for row in ROWS])
def test_an_element_is_declared_as_it_is_written(name: str, has: str, holds: str) -> None:
    declaration = VOCABULARY.elements[name]
    assert attributes(declaration) == listed(has)
    assert content(declaration) == listed(holds)


def test_every_element_is_written() -> None:
    assert {row[0] for row in ROWS} == set(VOCABULARY.elements)


# ---- the document type definition ----


def elements_of_the_dtd() -> list[Any]:
    if not DTD.exists():
        return []
    definition: Any = etree.DTD(str(DTD))
    return [each for each in definition.iterelements() if each.name not in OF_GRAMMARS]


def test_the_dtd_is_at_hand() -> None:
    if not DTD.exists():
        pytest.skip(f"{DTD} is not there: elements.txt alone is compared")
    assert len(elements_of_the_dtd()) > 50


@pytest.mark.parametrize("defined", elements_of_the_dtd(), ids=lambda defined: str(defined.name))
def test_an_element_is_declared_as_the_dtd_defines_it(defined: Any) -> None:
    declaration = VOCABULARY.elements[str(defined.name)]
    named = {_qualified(each): each for each in defined.iterattributes()}
    added = {attribute for element, attribute in ADDED_ATTRIBUTES if element == defined.name}
    assert {each.name for each in declaration.attributes} == (set(named) - NAMESPACES) | added
    if not added:
        required = {name for name, each in named.items() if each.default == "required"}
        assert {each.name for each in declaration.attributes if each.required} == required
    if not declaration.opaque:
        assert content(declaration) - ADDED_ELEMENTS == _content(defined.content)


def _qualified(attribute: Any) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else str(attribute.name)


def _content(model: Any) -> set[str]:
    if model is None:
        return set()
    if model.type == "pcdata":
        return {"#text"}
    if model.type == "element":
        return {str(model.name)}
    return _content(model.left) | _content(model.right)


# ---- data types: a good value and a bad one for every attribute that has a type of its own ----

_TIME = ("1.5s", "5")
_BOOLEAN = ("true", "yes")
_SCOPE = ("dialog", "session")
_AGE = ("60", "1h")
VALUES = {
    "accept": ("approximate", "roughly"),
    "bargein": _BOOLEAN,
    "bargeintype": ("hotword", "loud"),
    "beep": _BOOLEAN,
    "bridge": _BOOLEAN,
    "connecttimeout": _TIME,
    "count": ("2", "0"),
    "dtmfterm": _BOOLEAN,
    "event": ("a.b", "a,b"),
    "fetchhint": ("safe", "unsafe"),
    "fetchtimeout": _TIME,
    "finalsilence": _TIME,
    "gender": ("neutral", "other"),
    "level": ("reduced", "some"),
    "maxage": _AGE,
    "maxstale": _AGE,
    "maxtime": _TIME,
    "method": ("post", "POST"),
    "modal": _BOOLEAN,
    "scope": _SCOPE,
    "strength": ("x-weak", "xx-weak"),
    "time": _TIME,
    "timeout": _TIME,
    "valuetype": ("ref", "file"),
    "weight": ("0.5", "half"),
    "xml:lang": ("en-US", "english language"),
}
TYPED = [
    (declaration, attribute)
    for declaration in VOCABULARY.elements.values()
    for attribute in declaration.attributes
    if attribute.name in VALUES
]


@pytest.mark.parametrize(
    ("declaration", "attribute"), TYPED, ids=[f"{element.name}-{attribute.name}" for element, attribute in TYPED]
)
def test_an_attribute_takes_values_of_its_type_only(declaration: Declaration, attribute: Attribute) -> None:
    good, bad = VALUES[attribute.name]
    attribute.parse(good)
    with pytest.raises(Misdesignated):
        attribute.parse(bad)


@pytest.mark.parametrize(
    ("element", "attribute", "good", "bad"),
    [
        ("vxml", "version", "2.0", "1.0"),
        ("prompt", "version", "1.0", "2.0"),
        ("grammar", "version", "1.0", "2.0"),
        ("grammar", "mode", "dtmf", "keys"),
        ("filled", "mode", "any", "some"),
        ("menu", "dtmf", "true", "1"),
        ("transfer", "type", "consultation", "warm"),
        ("form", "id", "a", "a b"),
        ("field", "name", "a", "a b"),
        ("voice", "age", "30", "old"),
    ],
)
def test_values_of_attributes_that_differ_between_elements(element: str, attribute: str, good: str, bad: str) -> None:
    declared = VOCABULARY.elements[element].attribute(attribute)
    assert declared is not None
    declared.parse(good)
    with pytest.raises(Misdesignated):
        declared.parse(bad)
