"""Whatever bytes come, the loader returns a document or says what is wrong with them."""

import re
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from mirabelle.vxml_interpreter.document import Document
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.faults import DocumentFault

DOCUMENTS = Documents(capacity=1)
SAMPLE = """<?xml version="1.0"?>
<!DOCTYPE vxml PUBLIC "-//W3C//DTD VOICEXML 2.0//EN" "http://www.w3.org/TR/voicexml20/vxml.dtd">
<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" application="root.vxml" xml:lang="en" xml:base="http://a/">
<meta name="author" content="me"/><property name="timeout" value="3s"/><var name="x" expr="1"/>
<script><![CDATA[ var y = 1 < 2; ]]></script><catch event="a.b error" count="2" cond="x">So <value expr="x"/></catch>
<link next="a.vxml"><grammar src="g.grxml" type="application/srgs+xml"/></link>
<form id="f" scope="dialog"><var name="v"/>
<block name="b" cond="true">Hello <audio src="a.wav">there</audio><if cond="x">1<elseif cond="y"/>2<else/>3</if>
<log label="l">said <value expr="x"/></log><assign name="x" expr="2"/><clear namelist="x"/></block>
<field name="digits" type="digits?length=4" modal="true"><prompt count="2" timeout="2s" bargein="false">Four
<break time="250ms"/><emphasis level="strong">digits</emphasis><say-as interpret-as="date">1</say-as></prompt>
<option dtmf="1" value="one">one</option><noinput>Well?<reprompt/></noinput><filled><goto next="#f"/></filled></field>
<field name="o"/><filled mode="any" namelist="digits o"><submit next="a?b" namelist="o"/></filled></form>
<menu dtmf="true"><choice next="#f">form</choice></menu></vxml>"""
PIECES = [piece for piece in re.split(r"(<[^>]*>|\"[^\"]*\"|\s+)", SAMPLE) if piece]


def test_the_sample_itself_is_good() -> None:
    assert isinstance(DOCUMENTS.load(SAMPLE.encode()), Document)


def load(body: bytes) -> None:
    with suppress(DocumentFault):
        assert isinstance(DOCUMENTS.load(body), Document)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    load(body)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=3), st.integers(0, 8)), max_size=6))
def test_bytes_changed(changes: list[tuple[int, bytes, int]]) -> None:
    body = SAMPLE.encode()
    for at, new, removed in changes:
        body = body[:at] + new + body[at + removed :]
    load(body)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PIECES) - 1), st.integers(0, len(PIECES) - 1)), max_size=8))
def test_pieces_moved(moves: list[tuple[int, int]]) -> None:
    pieces = list(PIECES)
    for source, target in moves:
        pieces[target] = PIECES[source]
    load("".join(pieces).encode())


@settings(deadline=None)
@given(
    st.sampled_from(sorted(DOCUMENTS.vocabulary.elements)),
    st.sampled_from(sorted(DOCUMENTS.vocabulary.elements)),
    st.dictionaries(
        st.sampled_from(
            sorted({a.name for d in DOCUMENTS.vocabulary.elements.values() for a in d.attributes} - {"xml:base"})
        ),
        st.sampled_from(["", " ", "a", "1", "-1", "true", "2.0", "3s", "digits?length=x", "#a", "a b"]),
        max_size=4,
    ),
)
def test_any_element_in_any_other_with_any_attributes(outer: str, inner: str, attributes: dict[str, str]) -> None:
    given_attributes = "".join(f' {name}="{value}"' for name, value in attributes.items())
    content = f"<{inner}{given_attributes}>text<exit/></{inner}>"
    load(f'<vxml version="2.0"><form><block><{outer}>{content}</{outer}></block></form></vxml>'.encode())
    load(f'<vxml version="2.0"><form><{outer}>{content}</{outer}></form></vxml>'.encode())
    load(f'<vxml version="2.0"><{outer}>{content}</{outer}></vxml>'.encode())
