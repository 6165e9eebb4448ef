"""Transitions between documents: circles, redirects, hang-ups on the way. VoiceXML 2.0, 1.5 and 5.3.7."""

from mirabelle.vxml_interpreter.answers import CallerHungUp, Fetched
from mirabelle.vxml_interpreter.commands import Ended, EndReason, Fetch, FetchRequest
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.settings import Limits, Settings
from tests.vxml_interpreter.conftest import ENGINE, START, Talk, wrapped

FEW_TURNS = Settings(limits=Limits(turns=20))


def leading_to(url: str) -> str:
    return wrapped(f'<form><block><goto next="{url}"/></block></form>')


def root_of(count: int) -> str:
    return wrapped(f'<var name="count" expr="{count}"/><form id="main"><block><exit namelist="count"/></block></form>')


def leaf(application: str, content: str) -> str:
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" application="{application}">{content}</vxml>'


def test_documents_that_lead_to_each_other_are_stopped(talk: Talk) -> None:
    documents = {"http://app/b.vxml": leading_to("start.vxml"), START: leading_to("b.vxml")}
    conversation = talk(leading_to("b.vxml"), documents=documents, settings=FEW_TURNS)
    assert conversation.thrown == ["error.semantic"]
    assert "goes round in circles" in conversation.messages[0]
    assert conversation.ended.reason is EndReason.ERROR
    assert len(conversation.requests) <= 21


def test_initialisations_that_lead_to_each_other_are_stopped(talk: Talk) -> None:
    """No form is ever reached, so no iteration of one could be counted."""
    document = wrapped(
        '<var name="a" expr="nowhere"/><catch event="error.semantic"><goto next="start.vxml"/></catch><form/>'
    )
    conversation = talk(document, documents={START: document}, settings=FEW_TURNS)
    assert conversation.ended.reason is EndReason.ERROR
    assert len(conversation.requests) <= 41


def test_references_are_relative_to_where_a_redirect_led(talk: Talk) -> None:
    moved = Fetched("http://app/below/moved.vxml", 200, {}, leading_to("next.vxml").encode())
    conversation = talk(leading_to("old.vxml"), documents={"http://app/old.vxml": moved})
    assert [request.url for request in conversation.requests] == ["http://app/old.vxml", "http://app/below/next.vxml"]


def test_an_application_is_named_as_it_was_asked_for(talk: Talk) -> None:
    """1.5.2: a redirect of the root does not make its leaves another application's."""
    moved = Fetched("http://app/moved.vxml", 200, {}, root_of(1).encode())
    documents = {"http://app/root.vxml": moved, "http://app/b.vxml": leaf("root.vxml", "<form><block/></form>")}
    first = leaf("root.vxml", '<form><block><goto next="b.vxml"/></block></form>')
    conversation = talk(first, documents=documents)
    assert [request.url for request in conversation.requests] == ["http://app/root.vxml", "http://app/b.vxml"]


def test_a_post_names_its_application_without_what_it_posts(talk: Talk) -> None:
    document = wrapped(
        '<var name="x" expr="1"/><form><block><submit next="root.vxml" method="post" namelist="x"/></block></form>'
    )
    root = wrapped(
        '<var name="count" expr="1"/><form><block><assign name="count" expr="2"/><goto next="b.vxml"/></block></form>'
    )
    last = leaf("root.vxml", '<form><block><exit expr="application.count"/></block></form>')
    conversation = talk(document, documents={"http://app/root.vxml": root, "http://app/b.vxml": last})
    assert conversation.ended.values == {"expr": 2}


def test_a_hang_up_during_a_fetch_waits_until_the_next_document_would_listen() -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    (*_, fetch) = interpreter.handle(Fetched(START, 200, {}, leading_to("next.vxml").encode()))
    assert isinstance(fetch, Fetch)
    assert interpreter.handle(CallerHungUp()) == ()
    following = wrapped(
        '<catch event="connection.disconnect.hangup"><exit namelist="done"/></catch><var name="done" expr="0"/>'
        '<form><block><assign name="done" expr="1"/></block><field name="d" type="digits"/></form>'
    )
    *_, ended = interpreter.handle(Fetched("http://app/next.vxml", 200, {}, following.encode()))
    assert ended == Ended(EndReason.EXIT, {"done": 1})


def test_the_first_document_cannot_catch_what_is_wrong_with_it(talk: Talk) -> None:
    conversation = talk('<catch event="error"><exit expr="1"/></catch><form><nothing/></form>')
    assert conversation.ended.reason is EndReason.ERROR
    assert "<nothing>" in (conversation.ended.error or "")
