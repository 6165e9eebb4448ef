"""What a document lets be fetched before it is needed: VoiceXML 2.0, 6.1.1, 6.1.3 and 6.3.5."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.commands import FetchRequest, Prefetch, Purpose
from mirabelle.vxml_interpreter.hints import MOST
from mirabelle.vxml_interpreter.settings import Limits, Settings

Talk = Callable[..., Any]
DOCUMENT = '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"{}>{}</vxml>'


def ahead(conversation: Any) -> list[FetchRequest]:
    return [command.request for command in conversation.told if isinstance(command, Prefetch)]


def urls(conversation: Any) -> list[str]:
    return [request.url.removeprefix("http://app/") for request in ahead(conversation)]


IN_A_FORM = "<form><block>Hello.</block>{}</form>"
IN_A_BLOCK = '<form><block>Hello.<if cond="false">{}</if></block></form>'


@pytest.mark.parametrize(
    ("frame", "element", "purpose"),
    [
        (IN_A_BLOCK, '<audio src="x"/>', Purpose.AUDIO),
        (IN_A_BLOCK, '<prompt>One <audio src="x"/></prompt>', Purpose.AUDIO),
        (IN_A_BLOCK, '<script src="x"/>', Purpose.SCRIPT),
        (IN_A_BLOCK, '<data src="x"/>', Purpose.DATA),
        (IN_A_FORM, '<field cond="false"><grammar src="x"/></field>', Purpose.GRAMMAR),
    ],
)
def test_what_may_be_fetched_ahead_unless_the_document_says_no(
    talk: Talk, frame: str, element: str, purpose: Purpose
) -> None:
    (request,) = ahead(talk(frame.format(element)))
    assert (request.url, request.purpose, request.method) == ("http://app/x", purpose, "get")
    safe = element.replace('src="x"', 'src="x" fetchhint="safe"')
    assert ahead(talk(frame.format(safe))) == []
    by_property = f'<property name="{purpose}fetchhint" value="safe"/>'
    assert ahead(talk(by_property + frame.format(element))) == []
    permitted = element.replace('src="x"', 'src="x" fetchhint="prefetch"')
    assert len(ahead(talk(by_property + frame.format(permitted)))) == 1


@pytest.mark.parametrize(
    "content",
    [
        IN_A_BLOCK.format('<goto next="x#there" {}/>'),
        IN_A_FORM.format('<subdialog cond="false" src="x" {}/>'),
        '<link next="x" {}><grammar src="builtin:dtmf/digits"/></link><form><block>Hello.</block></form>',
    ],
)
def test_documents_are_fetched_ahead_when_the_document_says_so(talk: Talk, content: str) -> None:
    assert ahead(talk(content.format(""))) == []
    (request,) = ahead(talk(content.format('fetchhint="prefetch" maxage="5"')))
    assert (request.url, request.purpose, request.maxage) == ("http://app/x", Purpose.DOCUMENT, 5)
    by_property = '<property name="documentfetchhint" value="prefetch"/>'
    assert urls(talk(by_property + content.format(""))) == ["x"]


@pytest.mark.parametrize(
    "element",
    [
        "<audio expr=\"'x'\"/>",
        '<audio src=""/>',
        '<goto next="#x" fetchhint="prefetch"/>',
        '<goto expr="\'x\'" fetchhint="prefetch"/>',
        '<submit next="x" fetchhint="prefetch"/>',
        '<data src="x" namelist="a"/>',
        '<data src="x" method="post"/>',
    ],
)
def test_what_is_not_known_yet_is_not_fetched_ahead(talk: Talk, element: str) -> None:
    assert ahead(talk('<var name="a"/>' + IN_A_BLOCK.format(element))) == []


def test_a_builtin_grammar_is_not_fetched_ahead(talk: Talk) -> None:
    element = '<field cond="false"><grammar src="builtin:dtmf/digits"/></field>'
    assert ahead(talk(IN_A_FORM.format(element))) == []


def test_what_the_initialisation_needs_at_once_is_not_fetched_twice(talk: Talk) -> None:
    conversation = talk('<script src="a.js"/><form><block/></form>', documents={"http://app/a.js": "1"})
    assert ahead(conversation) == []
    assert len(conversation.requests) == 1


def test_music_is_fetched_ahead_as_the_properties_say(talk: Talk) -> None:
    goto = '<goto next="b" fetchaudio="music.wav" maxage="1" fetchhint="safe"/>'
    properties = '<property name="audiomaxage" value="7"/><property name="fetchtimeout" value="3s"/>'
    (request,) = ahead(talk(properties + IN_A_BLOCK.format(goto)))
    assert (request.url, request.purpose, request.maxage, request.timeout) == (
        "http://app/music.wav",
        Purpose.AUDIO,
        7,
        3,
    )
    hint = '<property name="audiofetchhint" value="safe"/>'
    assert ahead(talk(hint + IN_A_BLOCK.format(goto))) == []


def test_music_of_a_property_too(talk: Talk) -> None:
    conversation = talk(
        '<property name="fetchaudio" value="all.wav"/>'
        '<form><property name="fetchaudio" value="form.wav"/><block>Hello.</block></form>'
    )
    assert urls(conversation) == ["all.wav", "form.wav"]


def test_the_request_told_is_the_request_made(talk: Talk) -> None:
    conversation = talk(
        '<form><property name="scriptmaxstale" value="9"/><property name="fetchtimeout" value="2s"/>'
        '<block>Hello.<script src="a.js" maxage="8"/></block></form>',
        documents={"http://app/a.js": "1"},
    )
    assert ahead(conversation) == conversation.requests
    assert (conversation.requests[0].maxage, conversation.requests[0].maxstale) == (8, 9)


def test_each_thing_is_told_once_in_document_order(talk: Talk) -> None:
    content = "".join(f'<audio src="{name}"/>' for name in "abacb")
    assert urls(talk(f"<form><block>{content}</block></form>")) == ["a", "b", "c"]


def test_properties_of_the_root_document_count(talk: Talk) -> None:
    conversation = talk(
        DOCUMENT.format(' application="root"', IN_A_BLOCK.format('<audio src="x"/>')),
        documents={"http://app/root": DOCUMENT.format("", '<property name="audiofetchhint" value="safe"/>')},
    )
    assert ahead(conversation) == []


def test_a_dialog_visited_again_tells_nothing_again(talk: Talk) -> None:
    conversation = talk(
        '<var name="n" expr="0"/><form id="f"><block><assign name="n" expr="n+1"/><audio src="a"/>'
        '<if cond="n &lt; 5"><goto next="#f"/></if></block></form>'
    )
    assert urls(conversation) == ["a"]


def test_documents_that_refer_to_very_much_are_bounded(talk: Talk) -> None:
    content = "".join(f'<audio src="{number}"/>' for number in range(MOST * 2))
    document = IN_A_BLOCK.format(content)
    assert len(ahead(talk(document))) == Limits().prefetched < MOST
    assert len(ahead(talk(document, settings=Settings(limits=Limits(prefetched=10_000))))) == MOST
    assert ahead(talk(document, settings=Settings(limits=Limits(prefetched=0)))) == []


def test_what_is_no_uri_is_nobodys_error_before_it_is_needed(talk: Talk) -> None:
    conversation = talk(IN_A_BLOCK.format('<script src="http://[x"/>'))
    assert (ahead(conversation), conversation.thrown) == ([], [])
