"""Which grammars listen, in which order, and how they are had: VoiceXML 2.0, 3.1."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Matching
from mirabelle.vxml_interpreter.grammar.phrases import MEDIA_TYPE

Talk = Callable[..., Any]
PHRASES = {"content-type": MEDIA_TYPE}
ASKING = '<form><field name="x" type="digits"/></form>'


def phrases(words: str, attributes: str = "") -> str:
    return f'<grammar type="{MEDIA_TYPE}" {attributes}>[{{"input": "{words}"}}]</grammar>'


def accepts(grammar: Grammar, words: str) -> bool:
    at: Matching | None = grammar.start()
    for word in words.split():
        at = at.advance(word) if at is not None else None
    return at is not None and bool(at.results())


def test_no_grammar_listens_beside_a_modal_item(talk: Talk) -> None:
    content = (
        f'<link next="a">{phrases("a")}</link><form>{phrases("b")}<field name="x" type="digits" modal="MODAL"/></form>'
    )
    modal = talk(content.replace("MODAL", "true")).collects[0]
    other = talk(content.replace("MODAL", "false")).collects[0]
    assert len(other.grammars) - len(modal.grammars) == 2


def test_grammars_listen_in_order_of_precedence(talk: Talk) -> None:
    """3.1.4: item, form, document, each with its links; in one place document order."""
    content = (
        '<form><block><goto next="#f"/></block></form>'
        f'<link event="document">{phrases("document")}</link>'
        f'<form scope="document">{phrases("another form")}</form>'
        f'<form id="f"><link event="form">{phrases("link of the form")}</link>{phrases("form")}'
        f'<field name="x"><link event="item">{phrases("link of the item")}</link>{phrases("item")}</field></form>'
    )
    grammars = talk(content).collects[0].grammars
    expected = ["link of the item", "item", "link of the form", "form", "document", "another form"]
    assert [words for active in grammars for words in expected if accepts(active.grammar, words)] == expected


@pytest.mark.parametrize(
    "dialog",
    [
        f'<form scope="document">{phrases("a")}</form>',
        "<form>" + phrases("a", 'scope="document"') + "</form>",
        '<menu scope="document"><choice next="#a">a</choice></menu>',
    ],
)
def test_another_dialog_of_document_scope_listens_too(talk: Talk, dialog: str) -> None:
    alone = talk(ASKING).collects[0]
    assert len(talk(ASKING + dialog).collects[0].grammars) == len(alone.grammars) + 1


def test_another_dialog_of_dialog_scope_does_not_listen(talk: Talk) -> None:
    others = (
        "<form scope='document'>" + phrases("a", 'scope="dialog"') + '</form><menu><choice next="#a">a</choice></menu>'
    )
    assert len(talk(ASKING + others).collects[0].grammars) == len(talk(ASKING).collects[0].grammars)


def test_a_grammar_is_fetched_once_while_its_document_is_loaded(talk: Talk) -> None:
    conversation = talk(
        '<form><field name="x"><grammar src="g.json" mode="dtmf"/></field></form>',
        "1",
        "[silence]",
        documents={"http://app/g.json": Fetched("http://app/g.json", 200, PHRASES, b'[{"input": "2"}]')},
    )
    assert [request.url for request in conversation.requests] == ["http://app/g.json"]
    assert len(conversation.collects) > 1


@pytest.mark.parametrize(
    ("headers", "body", "event"),
    [
        ({"content-type": "text/plain"}, b"two", "error.unsupported.format"),
        (PHRASES, b'[{"input": 2}]', "error.badfetch"),
        (PHRASES, b"[" * 100_000, "error.badfetch"),
        (PHRASES, b"{}", "error.badfetch"),
        (PHRASES, b"\xff", "error.badfetch"),
        (PHRASES, b'[{"input": "x", "output": 1}]', "error.badfetch"),
        (PHRASES, b'[{"input": "x", "accept": "perhaps"}]', "error.badfetch"),
        ({}, b'[{"input": "x"}]', "connection.disconnect.hangup"),
        ({}, b"<html/>", "error.unsupported.format"),
    ],
)
def test_what_is_wrong_with_a_grammar_is_thrown_in_the_item(
    talk: Talk, headers: dict[str, str], body: bytes, event: str
) -> None:
    conversation = talk(
        '<form><field name="x"><grammar src="g"/></field></form>',
        documents={"http://app/g": Fetched("http://app/g", 200, headers, body)},
    )
    assert conversation.thrown == [event]


def test_weights_are_handed_to_the_recognizer(talk: Talk) -> None:
    content = "<form><field name='x'>" + phrases("a", 'weight="0.5"') + phrases("b") + "</field></form>"
    assert [active.weight for active in talk(content).collects[0].grammars] == [0.5, 1.0]
