"""What every script engine must do with XML data: the DOM of VoiceXML 2.1 is a program that has to run in it."""

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.dom.binding import Binding
from mirabelle.vxml_interpreter.dom.reading import read
from mirabelle.vxml_interpreter.script import finish
from mirabelle.vxml_interpreter.settings import Limits

XML = """<?xml version="1.0"?>
<!DOCTYPE list PUBLIC "-//X//List" "list.dtd">
<!--before--><list xmlns="urn:l" xmlns:m="urn:m">
<m:entry id="one" m:rank="2">1 &lt; 2<![CDATA[ & ]]></m:entry><?go on?><entry/></list>
"""


class ScriptDataContract:
    """The DOM of `vxml_interpreter.dom` in an engine: VoiceXML 2.1, 5 and Appendix D."""

    @pytest.fixture
    def xml(self, chain: Chain) -> Chain:
        """The chain, with a document in the variable `xml` of its dialog."""
        return opened(chain, XML)

    def test_a_node_is_always_the_same_object(self, xml: Chain) -> None:
        """Whichever way leads to it."""
        xml.run("var root = xml.documentElement, entry = xml.getElementById('one')")
        for way in (
            "root.childNodes[1]",
            "root.firstChild.nextSibling",
            "root.childNodes.item(2).previousSibling",
            "xml.getElementsByTagName('m:entry')[0]",
            "xml.getElementsByTagNameNS('urn:m', 'entry').item(0)",
            "entry.firstChild.parentNode",
            "entry.attributes[0].ownerElement",
        ):
            assert xml.run(f"{way} === entry") is True, way
        assert xml.run("xml.documentElement === root && root.parentNode === xml && entry.ownerDocument === xml") is True

    def test_nodes_have_names_values_and_namespaces(self, xml: Chain) -> None:
        """Null where there is nothing."""
        xml.run(
            "function all(n) { return [n.nodeType, n.nodeName, n.nodeValue, n.namespaceURI, n.prefix, n.localName] }"
        )
        assert xml.export("all(xml)") == [9, "#document", None, None, None, None]
        assert xml.export("all(xml.getElementById('one'))") == [1, "m:entry", None, "urn:m", "m", "entry"]
        assert xml.export("all(xml.documentElement)") == [1, "list", None, "urn:l", None, "list"]
        rank = xml.export("all(xml.getElementById('one').getAttributeNodeNS('urn:m', 'rank'))")
        assert rank == [2, "m:rank", "2", "urn:m", "m", "rank"]
        assert xml.export("all(xml.getElementById('one').lastChild)") == [4, "#cdata-section", " & ", None, None, None]

    def test_what_would_change_the_data_throws(self, xml: Chain) -> None:
        """A DOMException with its code, which is an Error and has a name."""
        error = xml.refused("xml.documentElement.appendChild(xml.documentElement)")
        assert (error.name, error.message) == ("DOMException", "the data is read-only")
        xml.run("var seen; try { xml.documentElement.setAttribute('a', 'b') } catch (e) { seen = e }")
        assert xml.export("[seen.code, seen instanceof DOMException, seen instanceof Error]") == [7, True, True]

    def test_scripts_see_node_and_domexception_but_nothing_else_of_the_program(self, xml: Chain) -> None:
        """And cannot replace them."""
        assert xml.run("Node.TEXT_NODE + DOMException.SYNTAX_ERR + xml.TEXT_NODE") == 18
        assert xml.export("[typeof opened, typeof heads, typeof define, typeof Element]") == ["undefined"] * 4
        assert xml.refused("Node = 1").name == "TypeError"
        assert xml.run("xml instanceof Node && xml.documentElement.firstChild instanceof Node") is True

    def test_a_node_as_json_is_xml_that_means_the_same(self, xml: Chain) -> None:
        """So that data that leaves a dialogue is not lost."""
        assert xml.export("xml.getElementById('one')") == (
            '<m:entry id="one" m:rank="2">1 &lt; 2<![CDATA[ & ]]></m:entry>'
        )
        whole = xml.export("xml")
        assert isinstance(whole, str)
        again = opened(Chain(xml.session), whole)
        assert again.export("xml") == whole
        assert xml.text("xml") == "[object Document]"

    def test_many_children_are_made_while_others_run(self, chain: Chain) -> None:
        """A getter could not be suspended for so long."""
        data = read(b"<l>" + b"<e>x</e>" * 3_000 + b"</l>", "text/xml", Limits())
        work = Binding(chain.session, chain.outer).document(data)
        slices = sum(1 for _ in work)
        assert slices > 1
        opened(chain, "<l>" + "<e>x</e>" * 3_000 + "</l>")
        assert chain.export("[xml.firstChild.childNodes.length, xml.firstChild.lastChild.firstChild.data]") == [
            3_000,
            "x",
        ]


def opened(chain: Chain, text: str) -> Chain:
    """The chain, with this XML in the variable `xml` of its dialog."""
    data = read(text.encode(), "text/xml", Limits())
    binding = Binding(chain.session, chain.outer)
    chain.session.declare(chain.dialog, "xml", finish(binding.document(data)))
    return chain
