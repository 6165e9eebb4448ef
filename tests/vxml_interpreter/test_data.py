"""<data>: what is asked for, with which attributes and properties, and within which bounds. VoiceXML 2.1, 5."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.commands import Breathe, EndReason, Purpose
from mirabelle.vxml_interpreter.settings import Limits, Settings

Talk = Callable[..., Any]
URL = "http://app/d.xml"


def xml(text: str, media_type: str = "text/xml") -> Mapping[str, Fetched]:
    return {URL: Fetched(URL, 200, {"content-type": media_type}, text.encode())}


def block(data: str, say: str = "d.documentElement.nodeName", outside: str = "") -> str:
    return f'<form>{outside}<block>{data}<value expr="{say}"/></block></form>'


def test_a_request_for_data_says_so(talk: Talk) -> None:
    conversation = talk(block('<data name="d" src="d.xml#there"/>'), documents=xml("<a/>"))
    assert conversation.heard == ["a"]
    (request,) = conversation.requests
    assert (request.url, request.purpose, request.method, request.fields) == (URL, Purpose.DATA, "get", ())


def test_attributes_come_before_properties(talk: Talk) -> None:
    properties = "".join(
        f'<property name="{name}" value="{value}"/>'
        for name, value in (("datamaxage", 11), ("datamaxstale", 12), ("documentmaxage", 1), ("fetchtimeout", "13s"))
    )
    both = '<data name="d" src="d.xml"/><data name="d" src="d.xml" maxage="1" maxstale="2" fetchtimeout="3s"/>'
    conversation = talk(block(both, outside=properties), documents=xml("<a/>"))
    limits = [(request.maxage, request.maxstale, request.timeout) for request in conversation.requests]
    assert limits == [(11, 12, 13), (1, 2, 3)]


def test_method_and_enctype_are_those_of_the_element(talk: Talk) -> None:
    data = '<var name="v" expr="1.5"/><data src="d.xml" method="post" enctype="multipart/form-data" namelist="v"/>'
    (request,) = talk(block(data, "1"), documents=xml("")).requests
    assert (request.method, request.enctype, request.fields) == ("post", "multipart/form-data", (("v", "1.5"),))


def test_an_undeclared_name_in_the_namelist_sends_nothing(talk: Talk) -> None:
    conversation = talk(block('<data src="d.xml" namelist="nowhere"/>'), documents=xml("<a/>"))
    assert (conversation.requests, conversation.thrown) == ([], ["error.semantic"])


@pytest.mark.parametrize(
    "media_type", ["text/xml", "application/atom+xml", "application/octet-stream", "text/html", ""]
)
def test_what_is_xml_is_read_whatever_it_is_called(talk: Talk, media_type: str) -> None:
    assert talk(block('<data name="d" src="d.xml"/>'), documents=xml("<a/>", media_type)).heard == ["a"]


def test_what_cannot_be_read_says_why(talk: Talk) -> None:
    conversation = talk(block('<data name="d" src="d.xml"/>'), documents=xml("<a>\n<b></a>"))
    assert conversation.thrown == ["error.badfetch"]
    assert conversation.messages[0].startswith(f"{URL}, line 2: not well-formed XML: mismatched tag")


def test_data_of_another_host_is_the_platforms_decision(talk: Talk) -> None:
    url = "http://other.example/d.xml"
    documents = {url: Fetched(url, 200, {}, b"<a/>")}
    content = block(f'<data name="d" src="{url}"/>')
    assert talk(content, documents=documents).heard == ["a"]
    conversation = talk(content, documents=documents, settings=Settings(foreign_data=False))
    assert conversation.thrown == ["error.noauthorization"]
    assert conversation.messages[0].endswith(f"<data>: {url} does not allow this document to read it")


def test_the_address_that_answered_counts(talk: Talk) -> None:
    moved = {URL: Fetched("http://other.example/d.xml", 200, {}, b"<a/>")}
    conversation = talk(block('<data name="d" src="d.xml"/>'), documents=moved, settings=Settings(foreign_data=False))
    assert conversation.thrown == ["error.noauthorization"]


def test_a_loop_of_requests_comes_to_an_end(talk: Talk) -> None:
    settings = Settings(Limits(turns=20))
    loop = '<foreach item="i" array="new Array(100)"><data src="d.xml"/></foreach>'
    conversation = talk(block(loop, "1"), documents=xml(""), settings=settings)
    assert conversation.thrown == ["error.semantic"]
    assert len(conversation.requests) <= 20


def test_others_run_while_many_nodes_are_made(talk: Talk) -> None:
    text = "<a>" + "<b>text</b>" * 3_000 + "</a>"
    content = block('<data name="d" src="d.xml"/>', "d.documentElement.childNodes.length")
    conversation = talk(content, documents=xml(text))
    assert conversation.heard == ["3000"]
    assert sum(isinstance(ask, Breathe) for ask in conversation.asks) > 1


def test_more_data_than_a_session_has_room_for_is_an_event(talk: Talk) -> None:
    text = "<a>" + "<b>text</b>" * 9_000 + "</a>"
    loop = "".join(f'<data name="d{index}" src="d.xml"/>' for index in range(4))
    conversation = talk(block(loop, "1"), documents=xml(text))
    assert conversation.thrown == ["error.semantic"]
    assert "limit of memory" in conversation.messages[0]


def test_data_that_leaves_by_exit_is_xml(talk: Talk) -> None:
    content = '<form><block><data name="d" src="d.xml"/><exit namelist="d"/></block></form>'
    ended = talk(content, documents=xml('<a b="1"><c>x</c></a>')).ended
    assert (ended.reason, ended.values) == (EndReason.EXIT, {"d": '<a b="1"><c>x</c></a>'})


def test_data_that_is_submitted_is_xml(talk: Talk) -> None:
    data = '<data name="d" src="d.xml"/><var name="list" expr="[d.firstChild]"/>'
    sent = '<data src="d.xml" namelist="d d.documentElement.firstChild list"/>'
    (_, request) = talk(block(data + sent, "1"), documents=xml("<a><c>x</c></a>")).requests
    assert [value for _, value in request.fields] == ["<a><c>x</c></a>", "<c>x</c>", '["<a><c>x</c></a>"]']


@pytest.mark.parametrize("element", ["<data name='d' srcexpr='{}'/>", "<script srcexpr='{}'/>"])
@pytest.mark.parametrize("value", ["undefined", "null", "nowhere"])
def test_a_srcexpr_without_a_value_fetches_nothing(talk: Talk, element: str, value: str) -> None:
    conversation = talk(block(element.format(value), "1"))
    assert (conversation.requests, conversation.thrown) == ([], ["error.semantic"])
