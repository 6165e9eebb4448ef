"""Nodes, compared with those of Python's own DOM on random documents. VoiceXML 2.1, Appendix D."""

from collections.abc import Mapping
from typing import Any
from xml.dom import minidom
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.dom.binding import Binding
from mirabelle.vxml_interpreter.dom.reading import read
from mirabelle.vxml_interpreter.script import Json, ScriptError, ScriptLimit, finish
from mirabelle.vxml_interpreter.settings import Limits

ENGINE = Js2pyEngine()
WALK = """
var faults = [];
function walk(node, parent) {
  var nodes = node.childNodes, children = [], attributes = [], map = node.attributes, i;
  if (node.parentNode !== parent) faults.push('parent of ' + node.nodeName);
  if (node.firstChild !== nodes.item(0) || node.lastChild !== nodes.item(nodes.length - 1)) faults.push('ends');
  if (node.hasChildNodes() !== (nodes.length > 0)) faults.push('hasChildNodes');
  for (i = 0; i < nodes.length; i++) {
    if (nodes[i] !== nodes.item(i)) faults.push('item');
    if (nodes[i].previousSibling !== (i ? nodes[i - 1] : null)) faults.push('previousSibling');
    if (nodes[i].nextSibling !== (nodes[i + 1] || null)) faults.push('nextSibling');
    children.push(walk(nodes[i], node));
  }
  for (i = 0; map && i < map.length; i++) {
    if (map[i].ownerElement !== node || map.getNamedItem(map[i].name) !== map[i]) faults.push('attribute');
    if (node.getAttribute(map[i].name) !== map[i].value) faults.push('getAttribute');
    if (node.getAttributeNS(map[i].namespaceURI, map[i].localName) !== map[i].value) faults.push('getAttributeNS');
    attributes.push(describe(map[i]));
  }
  if (node.nodeType !== 9 && node.ownerDocument !== xml) faults.push('ownerDocument');
  return describe(node).concat([attributes.sort(), children]);
}
function describe(node) {
  return [node.nodeType, node.nodeName, node.nodeValue, node.namespaceURI, node.prefix, node.localName];
}
[walk(xml, null), faults]
"""


def opened(text: str) -> Chain:
    chain = Chain(ENGINE.session())
    data = read(text.encode(), "text/xml", Limits())
    chain.session.declare(chain.dialog, "xml", finish(Binding(chain.session, chain.outer).document(data)))
    return chain


def described(node: Any) -> list[Json]:
    """What `describe` says, of one of Python's nodes."""
    named = node.nodeType in (node.ELEMENT_NODE, node.ATTRIBUTE_NODE)
    namespace, prefix = (node.namespaceURI or None, node.prefix or None) if named else (None, None)
    # Python's has None as the value of xmlns="".
    value = node.nodeValue or "" if node.nodeType == node.ATTRIBUTE_NODE else node.nodeValue
    return [node.nodeType, node.nodeName, value, namespace, prefix, node.localName if named else None]


def walked(node: Any) -> list[Json]:
    attributes = node.attributes if node.nodeType == node.ELEMENT_NODE else None
    written = [described(attributes.item(index)) for index in range(len(attributes))] if attributes else []
    written.sort(key=compared)
    return [*described(node), list(written), children(node)]


def compared(description: list[Json]) -> str:
    """The text by which ECMAScript sorts arrays."""
    return ",".join("" if part is None else str(part) for part in description)


def children(node: Any) -> list[Json]:
    return [walked(child) for child in node.childNodes]


# ---- random documents ----

NAMES = st.sampled_from(["a", "b", "item", "p:a", "q:b", "größe"])
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=9
)
WORDS = st.text("ab .,", max_size=5)
NAMESPACES = {"p": "urn:p", "q": "urn:q"}
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "b", "p:id", "xml:lang"]), TEXT, max_size=3)
LEAVES = (
    TEXT.map(escape)
    | WORDS.map(lambda text: f"<![CDATA[{text} & <x>]]>")
    | WORDS.map(lambda text: f"<!--{text}-->")
    | WORDS.map(lambda text: f"<?go {text.strip()}?>")
)


def element(name: str, attributes: Mapping[str, str], content: list[str], default: str | None = None) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    written += f' xmlns="{default}"' if default is not None else ""
    return f"<{name}{written}>{''.join(content)}</{name}>"


ELEMENTS = st.recursive(
    LEAVES,
    lambda inside: st.builds(
        element, NAMES, ATTRIBUTES, st.lists(inside, max_size=4), st.sampled_from([None, None, "urn:d", ""])
    ),
    max_leaves=12,
)
DOCUMENTS = st.lists(ELEMENTS, max_size=4).map(
    lambda content: element("root", {f"xmlns:{prefix}": uri for prefix, uri in NAMESPACES.items()}, content)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_nodes_are_those_of_another_dom(text: str) -> None:
    expected = minidom.parseString(text.encode())
    chain = opened(text)
    assert chain.export(WALK) == [walked(expected), []]
    for name in ("a", "p:a", "item", "*"):
        found = len(expected.getElementsByTagName(name))
        assert chain.run(f"xml.getElementsByTagName('{name}').length") == found
    for namespace, local in (("urn:p", "a"), ("urn:d", "*"), ("*", "b")):
        found = len(expected.getElementsByTagNameNS(namespace, local))
        assert chain.run(f"xml.getElementsByTagNameNS('{namespace}', '{local}').length") == found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_as_json_a_node_is_xml_of_the_same_nodes(text: str) -> None:
    chain = opened(text)
    written = chain.export("xml")
    assert isinstance(written, str)
    assert walked(minidom.parseString(written.encode())) == walked(minidom.parseString(text.encode()))
    assert chain.export("xml.cloneNode(true)") == written
    assert chain.export("xml.documentElement.cloneNode(true)") == chain.export("xml.documentElement")


# ---- what random documents do not show ----


@pytest.fixture(scope="module")
def small() -> Chain:
    return opened('<!DOCTYPE r PUBLIC "-//X" "r.dtd"><r id="1"><e xml:id="x">text</e><e id="2"/><?go on?><!--c--></r>')


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (
            "xml.doctype.name + xml.doctype.publicId + xml.doctype.systemId + xml.doctype.internalSubset",
            "r-//Xr.dtdnull",
        ),
        ("xml.doctype.entities.length + xml.doctype.notations.length", 0),
        ("xml.doctype.parentNode === xml", True),
        ("xml.implementation.hasFeature('XML', '2.0') && xml.isSupported('Core', null)", True),
        ("xml.implementation.hasFeature('Events', '2.0') || xml.isSupported('XML', '3.0')", False),
        ("xml.getElementById('3') === null", True),
        ("xml.getElementById('x').firstChild.substringData(1, 2)", "ex"),
        ("xml.getElementById('x').firstChild.length", 4),
        ("xml.documentElement.childNodes[2].target + xml.documentElement.childNodes[2].data", "goon"),
        ("xml.documentElement.getAttributeNode('id').childNodes[0].data", "1"),
        ("xml.documentElement.getAttributeNode('id').firstChild.parentNode.name", "id"),
        ("xml.documentElement.getAttributeNode('id').specified", True),
        ("xml.documentElement.getAttributeNode('id').parentNode === null", True),
        ("xml.documentElement.getAttributeNode('none') === null", True),
        ("xml.documentElement.getAttribute('none')", ""),
        ("xml.documentElement.hasAttributes() && !xml.documentElement.lastChild.hasAttributes()", True),
        ("xml.documentElement.cloneNode(false).hasChildNodes()", False),
        ("xml.documentElement.cloneNode(true).parentNode === null", True),
        ("xml.documentElement.cloneNode(true).ownerDocument === xml", True),
        ("xml.documentElement.cloneNode(true).getElementsByTagName('e').length", 2),
        ("xml.documentElement.cloneNode(false).getElementsByTagName('e').length", 0),
        ("xml.getElementById('x').firstChild.cloneNode(true).data", "text"),
        ("typeof xml.documentElement.normalize()", "undefined"),
        ("String(xml.documentElement.attributes) + xml.childNodes", "[object NamedNodeMap][object NodeList]"),
        ("Object.keys(xml).length + Object.keys(xml.documentElement.firstChild).length", 0),
        ("xml.documentElement.note = 'mine'; xml.documentElement.note", "mine"),
    ],
)
def test_members(small: Chain, source: str, value: Json) -> None:
    assert small.run(source) == value


@pytest.mark.parametrize(
    "source",
    [
        "xml.documentElement.insertBefore(xml, null)",
        "xml.documentElement.replaceChild(xml, xml)",
        "xml.removeChild(xml.documentElement)",
        "xml.documentElement.appendChild(xml)",
        "xml.documentElement.removeAttribute('id')",
        "xml.documentElement.setAttributeNS(null, 'a', 'b')",
        "xml.documentElement.attributes.setNamedItem(xml)",
        "xml.documentElement.attributes.removeNamedItemNS(null, 'id')",
        "xml.documentElement.getAttributeNode('id').nodeValue = '2'",
        "xml.getElementById('x').firstChild.appendData('more')",
        "xml.getElementById('x').firstChild.splitText(1)",
        "xml.documentElement.childNodes[2].data = 'off'",
        "xml.createTextNode('a')",
        "xml.importNode(xml, true)",
        "xml.implementation.createDocument(null, 'a', null)",
    ],
)
def test_whatever_would_change_something_throws_that_it_may_not(small: Chain, source: str) -> None:
    small.run("var code = 0")
    small.run(f"try {{ {source} }} catch (error) {{ code = error.code }}")
    assert small.run("code == DOMException.NO_MODIFICATION_ALLOWED_ERR") is True


@pytest.mark.parametrize("arguments", ["-1, 1", "5, 1", "1, -1", "'x', 1"])
def test_data_has_borders(small: Chain, arguments: str) -> None:
    with pytest.raises(ScriptError, match="DOMException: outside of the data"):
        small.run(f"xml.getElementById('x').firstChild.substringData({arguments})")


def test_nodes_are_made_by_nobody_else(small: Chain) -> None:
    assert small.refused("new Node()").name == "TypeError"


def test_data_that_a_session_has_no_room_for_meets_the_limit_of_memory() -> None:
    text = "<r>" + "<e>text</e>" * 9_000 + "</r>"
    with pytest.raises(ScriptLimit, match="memory"):
        opened(text).run(WALK)
