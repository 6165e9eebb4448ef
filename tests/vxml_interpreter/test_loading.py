"""Documents are refused at loading: VoiceXML 2.0, 5.2.6 and Appendix F."""

import pytest

from mirabelle.vxml_interpreter.compiling import examine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault
from mirabelle.vxml_interpreter.parsing import parse
from mirabelle.vxml_interpreter.settings import Limits, Settings

NAMESPACE = 'xmlns="http://www.w3.org/2001/vxml"'
DOCUMENTS = Documents()


def document(content: str, attributes: str = 'version="2.0"') -> bytes:
    return f"<vxml {NAMESPACE} {attributes}>\n{content}\n</vxml>".encode()


def block(content: str) -> bytes:
    return document(f"<form><block>\n{content}\n</block></form>")


def refusal(body: bytes, media_type: str = "application/voicexml+xml", documents: Documents = DOCUMENTS) -> str:
    with pytest.raises(DocumentFault) as caught:
        documents.load(body, media_type)
    return caught.value.located("http://app/d.vxml")


FAULTS = {
    "unknown element": (block("<blink/>"), "line 3, <blink>: VoiceXML does not define this element"),
    "attribute of another element": (
        block('<exit event="a"/>'),
        'line 3, <exit>: VoiceXML defines no attribute "event" here',
    ),
    "foreign element": (block('<v:x xmlns:v="urn:v"/>'), 'the namespace "urn:v"'),
    "misplaced element": (block("<field/>"), "must not stand inside <block>"),
    "input item outside of a form": (document("<field/>"), "must not stand inside <vxml>"),
    "text where none may be": (document("<form>hello</form>"), 'text is not allowed here: "hello"'),
    "markup outside of a prompt": (block("<emphasis>so</emphasis>"), "must not stand inside <block>"),
    "other version": (document("", attributes='version="3.0"'), '"3.0" is none of 2.0, 2.1'),
    "missing attribute": (block('<assign name="x"/>'), 'the attribute "expr" is missing'),
    "empty expression": (block('<if cond=" "/>'), 'attribute "cond": is empty'),
    "goto nowhere": (block("<goto/>"), 'exactly one of the attributes "next", "expr", "nextitem", "expritem"'),
    "goto twice": (block("""<goto next="#a" expr="'#b'"/>"""), 'exactly one of the attributes "next"'),
    "submit nowhere": (block("<submit/>"), 'exactly one of the attributes "next", "expr"'),
    "throw nothing": (block("<throw/>"), 'exactly one of the attributes "event", "eventexpr"'),
    "two messages": (block('<throw event="a" message="b" messageexpr="c"/>'), 'only one of the attributes "message"'),
    "return both": (block('<return event="a" namelist="b"/>'), 'only one of the attributes "event"'),
    "exit both": (block('<exit expr="1" namelist="b"/>'), 'only one of the attributes "expr", "namelist"'),
    "audio of nothing": (block("<audio/>"), 'exactly one of the attributes "src", "expr"'),
    "script of nothing": (block("<script/>"), 'either the attribute "src" or an inline script'),
    "script twice": (block('<script src="a.js">1</script>'), 'either the attribute "src" or an inline script'),
    "else in the middle": (block('<if cond="1"><else/><elseif cond="2"/></if>'), "<elseif>: an <else> stands before"),
    "two elses": (block('<if cond="1"><else/><else/></if>'), "an <else> stands before it"),
    "catch of nothing": (document('<catch event=""/>'), 'attribute "event": names nothing'),
    "count of zero": (document('<noinput count="0"/>'), '"0" is not a count'),
    "time without unit": (block('<prompt timeout="5">a</prompt>'), '"5" is not a time'),
    "negative time": (block('<prompt timeout="-5s">a</prompt>'), '"-5s" is not a time'),
    "not a boolean": (block('<prompt bargein="yes">a</prompt>'), 'neither "true" nor "false"'),
    "two dialogs of one id": (document('<form id="a"/><form id="a"/>'), 'another dialog has the id "a" already'),
    "two items of one name": (
        document('<form><field name="a"/><block name="a"/></form>'),
        'another item of the form is named "a" already',
    ),
    "mode of an item's filled": (
        document('<form><field name="a"><filled mode="all"/></field></form>'),
        'inside an input item the attribute "mode" is not allowed',
    ),
    "namelist of an item's filled": (
        document('<form><field name="a"><filled namelist="a"/></field></form>'),
        'inside an input item the attribute "namelist" is not allowed',
    ),
    "filled of a control item": (
        document('<form><block name="a"/><filled namelist="a"/></form>'),
        '"a" in the namelist is not an input item of this form',
    ),
    "grammar of an item with scope": (
        document('<form><field><grammar src="a" scope="document"/></field></form>'),
        'inside a form item the attribute "scope" is not allowed',
    ),
    "grammar of a link with scope": (
        document('<link next="a"><grammar src="a" scope="document"/></link>'),
        'inside a link the attribute "scope" is not allowed',
    ),
    "grammar twice": (
        document('<form><grammar src="a"><rule id="r">x</rule></grammar></form>'),
        'the attribute "src" and an inline grammar exclude each other',
    ),
    "grammar of nothing": (document("<form><grammar/></form>"), 'neither the attribute "src" nor an inline grammar'),
    "choice of explicit keys": (
        document('<menu dtmf="true"><choice next="#a" dtmf="4"/></menu>'),
        'in a menu with dtmf="true" the keys of a choice may be',
    ),
    "keys that no keypad has": (
        document('<form><field name="a"><option dtmf="1x">one</option></field></form>'),
        "is not a key",
    ),
    "lengths that contradict": (
        document('<form><field name="a" type="digits?length=3;minlength=2"/></form>'),
        '"length" excludes "minlength" and "maxlength"',
    ),
    "impossible lengths": (
        document('<form><field name="a" type="digits?minlength=5;maxlength=3"/></form>'),
        "minlength 5 to maxlength 3",
    ),
    "a length that is no number": (
        document('<form><field name="a" type="digits?length=few"/></form>'),
        '"few" is not an integer',
    ),
    "root element": (b"<html><body/></html>", "<html>: the root element must be <vxml>"),
    "another namespace": (b'<vxml xmlns="urn:x" version="2.0"/>', 'the namespace "urn:x"'),
    "nothing": (b"  \n", "the document is empty"),
    "no XML": (b"hello", "not well-formed XML"),
    "unclosed": (b"<vxml>", "not well-formed XML"),
    "undeclared prefix": (b"<vxml><a:b/></vxml>", "not well-formed XML"),
    "internal subset": (b'<!DOCTYPE vxml [<!ENTITY a "b">]><vxml/>', "the DOCTYPE has an internal subset"),
    "empty internal subset": (b"<!DOCTYPE vxml []><vxml/>", "the DOCTYPE has an internal subset"),
    "unknown entity": (
        b'<!DOCTYPE vxml SYSTEM "a.dtd">' + document("<form><block>&a;</block></form>"),
        "the entity &a; is not known",
    ),
    "not a base": (document("", attributes='version="2.0" xml:base="http://["'), "is not a URI"),
    "other encoding": ("<?xml version='1.0' encoding='utf-8'?><vxml>ü</vxml>".encode("latin-1"), "not well-formed"),
    "unknown encoding": (b"<?xml version='1.0' encoding='x-none'?><vxml/>", 'the encoding "x-none" is unknown'),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_document_is_refused_with_line_element_and_cause(name: str) -> None:
    body, expected = FAULTS[name]
    message = refusal(body)
    assert expected in message
    assert message.startswith("http://app/d.vxml")


def test_limits_of_size_depth_and_number() -> None:
    small = Documents(DOCUMENTS.vocabulary, Settings(Limits(document_bytes=2_000, depth=10, elements=20)))
    assert "has 2001 bytes; at most 2000 are read" in refusal(b" " * 2_000 + b"x", documents=small)
    assert "nested more than 10 deep" in refusal(block("<if cond='1'>" * 9 + "</if>" * 9), documents=small)
    assert "more than 20 elements" in refusal(block("<exit/>" * 20), documents=small)


def test_no_more_faults_are_collected_than_anybody_reads() -> None:
    body = block("<blink/>" * 5_000)
    assert len(examine(parse(body, "", Limits()), DOCUMENTS.vocabulary).faults) == 200


def test_an_element_of_many_attributes_is_refused() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(30_000))
    assert "an element has more than 100 attributes" in refusal(block(f"<exit {attributes}/>"))


def test_a_million_nested_elements_are_refused() -> None:
    assert "at most 1000000 are read" in refusal(b"<a>" * 1_000_000)
    assert "xcessive depth" in refusal(b"<a>" * 300_000)


def test_an_entity_bomb_is_refused_before_it_is_parsed() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE vxml [<!ENTITY e0 "ha">{entities}]><vxml version="2.0">&e12;</vxml>'
    assert "internal subset" in refusal(bomb.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_a_document_declares(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + document("<form><block>grün</block></form>").decode()
    loaded = DOCUMENTS.load(text.encode(encoding))
    assert next(loaded.dialogs[0].items[0].element.elements("prompt")).content() == "grün"


def test_the_charset_of_an_xml_type_rules_and_that_of_html_does_not() -> None:
    latin = document("<form><block>grün</block></form>").decode().encode("latin-1")
    loaded = DOCUMENTS.load(latin, "text/xml; charset=ISO-8859-1")
    assert next(loaded.dialogs[0].items[0].element.elements("prompt")).content() == "grün"
    assert "not well-formed" in refusal(latin, "text/html; charset=ISO-8859-1")
    assert 'the encoding "none-such" is unknown' in refusal(latin, "text/xml; charset=none-such")


def test_a_doctype_by_identifiers_is_accepted() -> None:
    doctype = b'<!DOCTYPE vxml PUBLIC "-//W3C//DTD VOICEXML 2.0//EN" "http://nowhere.invalid/vxml.dtd">\n'
    assert DOCUMENTS.load(doctype + document("<form/>")).dialogs


ELEMENTS = """
    assign audio block break catch choice clear desc disconnect else elseif emphasis enumerate error exit field filled
    form goto grammar help if initial lexicon link log mark menu meta metadata noinput nomatch object option p param
    phoneme prompt property prosody record reprompt return s say-as script sub subdialog submit throw transfer value var
    voice vxml data foreach
"""


def test_all_elements_of_voicexml_are_declared() -> None:
    assert set(DOCUMENTS.vocabulary.elements) == set(ELEMENTS.split())


def test_equal_bytes_are_compiled_once() -> None:
    documents = Documents(DOCUMENTS.vocabulary)
    first = documents.load(document("<form/>"))
    assert documents.load(document("<form/>")) is first
    assert documents.load(document("<form/>"), "text/xml") is not first


def test_the_store_of_documents_is_bounded() -> None:
    documents = Documents(DOCUMENTS.vocabulary, capacity=2)
    first = documents.load(document("<form/>"))
    second = documents.load(document('<form id="b"/>'))
    assert documents.load(document("<form/>")) is first
    documents.load(document('<form id="c"/>'))
    assert documents.load(document("<form/>")) is first
    assert documents.load(document('<form id="b"/>')) is not second
