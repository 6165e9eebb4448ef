"""<subdialog>: what hostile documents cannot do with it, and what no transcript shows. VoiceXML 2.0, 2.3.4."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.answers import CallerHungUp, Fetched
from mirabelle.vxml_interpreter.commands import Collect, EndReason, Fetch, FetchRequest, Play
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.settings import Limits, Settings
from tests.vxml_interpreter.conftest import ENGINE, START, wrapped

Talk = Callable[..., Any]

DEEPER = '<form id="f"><subdialog name="s" src="#f"/></form>'


def settings(**limits: int) -> Settings:
    return Settings(limits=Limits(**limits))


def test_subdialogs_within_one_another_are_bounded_by_a_limit(talk: Talk) -> None:
    conversation = talk(DEEPER, settings=settings(subdialogs=3))
    assert conversation.thrown == ["error.semantic"]
    assert "3 subdialogs are open" in conversation.messages[0]
    assert conversation.ended.reason is EndReason.ERROR


def test_the_limit_counts_open_subdialogs_only(talk: Talk) -> None:
    again = (
        '<form><var name="n" expr="0"/>'
        '<subdialog name="s" src="#g"><filled><assign name="n" expr="n + 1"/>'
        '<if cond="n == 50"><exit namelist="n"/></if><clear namelist="s"/></filled></subdialog></form>'
        '<form id="g"><block><return/></block></form>'
    )
    assert talk(again, settings=settings(subdialogs=1)).ended.values == {"n": 50}


def test_depth_costs_no_recursion(talk: Talk) -> None:
    """A platform may allow more than Python's stack would hold."""
    deep = (
        '<form id="f"><var name="n" expr="0"/>'
        '<block><if cond="n == 900"><return namelist="n"/></if></block>'
        '<subdialog name="s" src="#f"><param name="n" expr="n + 1"/>'
        '<filled><assign name="n" expr="s.n"/><return namelist="n"/></filled></subdialog></form>'
    )
    top = f'<form><subdialog name="s" src="#f"><filled><exit expr="s.n"/></filled></subdialog></form>{deep}'
    conversation = talk(top, settings=settings(subdialogs=2_000, turns=10_000))
    assert conversation.ended.values == {"expr": 900}


def test_handlers_that_call_again_come_to_an_end(talk: Talk) -> None:
    """Each level of the recursion would try again for ever; all of them share one guard."""
    stubborn = '<form id="f"><catch event="error"><clear/></catch><subdialog name="s" src="#f"/></form>'
    conversation = talk(stubborn, settings=settings(subdialogs=5, turns=200))
    assert conversation.ended.reason is EndReason.ERROR
    assert len(conversation.thrown) <= 401


def test_subdialogs_by_turns_come_to_an_end(talk: Talk) -> None:
    """A hundred to the power of the depth would be tried without the guard."""
    branches = "".join(
        f'<subdialog name="s{n}" src="#f"><catch><assign name="s{n}" expr="1"/></catch></subdialog>' for n in range(100)
    )
    conversation = talk(f'<form id="f">{branches}<block><return/></block></form>', settings=settings(turns=300))
    assert conversation.ended.reason is EndReason.ERROR


def test_a_subdialog_that_fetches_itself_comes_to_an_end(talk: Talk) -> None:
    document = '<form><subdialog name="s" src="start.vxml"/></form>'
    conversation = talk(document, settings=settings(subdialogs=4))
    assert len(conversation.requests) == 4
    assert conversation.ended.reason is EndReason.ERROR


def called_often(returned: str) -> str:
    return (
        '<form><var name="kept" expr="[]"/>'
        '<subdialog name="s" src="#g"><filled><script>kept.push(s);</script>'
        '<if cond="kept.length == 60"><exit expr="kept.length"/></if><clear namelist="s"/></filled></subdialog></form>'
        '<form id="g"><script>var data = "x"; while (data.length &lt; 500000) data += data;</script>'
        f'<var name="length" expr="data.length"/><block><return namelist="{returned}"/></block></form>'
    )


def test_what_subdialogs_leave_behind_is_not_kept(talk: Talk) -> None:
    """Each call makes half a megabyte of text, which a session could not hold sixty times."""
    assert talk(called_often("length")).ended.values == {"expr": 60}
    assert "memory" in talk(called_often("data")).messages[0]


@pytest.mark.parametrize("name", ["a[0]", "a['first']", "o[key]", "o.list[1]"])
def test_a_name_with_brackets_is_the_property_as_it_is_written(talk: Talk, name: str) -> None:
    document = (
        '<form><subdialog name="s" src="#g"><filled><exit expr="Object.keys(s).join()"/></filled></subdialog></form>'
        """<form id="g"><script>var a = ['x'], o = {list: [1, 2]}, key = 'list';</script>"""
        f'<block><return namelist="{name}"/></block></form>'
    )
    expected = "o" if name == "o.list[1]" else name
    assert talk(document).ended.values == {"expr": expected}


def test_a_namelist_that_is_no_list_of_names_is_an_error(talk: Talk) -> None:
    document = '<form><subdialog name="s" src="#g"/></form><form id="g"><block><return namelist="1+1"/></block></form>'
    assert "neither a variable nor a property" in talk(document).messages[0]


def test_a_hang_up_during_the_fetch_of_a_subdialog_waits_until_it_listens() -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    called = (
        '<form><subdialog name="s" src="sub.vxml"><catch event="connection"><exit expr="1"/></catch></subdialog></form>'
    )
    (*_, fetch) = interpreter.handle(Fetched(START, 200, {}, wrapped(called).encode()))
    assert isinstance(fetch, Fetch)
    assert interpreter.handle(CallerHungUp()) == ()
    asks = (
        '<form><catch event="connection.disconnect.hangup"><exit expr="\'heard of it\'"/></catch>'
        '<field name="d" type="digits"/></form>'
    )
    *_, ended = interpreter.handle(Fetched("http://app/sub.vxml", 200, {}, wrapped(asks).encode()))
    assert ended.values == {"expr": "heard of it"}  # type: ignore[union-attr]


def test_prompts_before_a_subdialog_are_played_with_its_own() -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    document = (
        '<form><subdialog name="s" src="#g"><prompt>Mine.</prompt></subdialog></form>'
        '<form id="g"><field name="d" type="digits"><prompt>Its.</prompt></field></form>'
    )
    *told, ask = interpreter.handle(Fetched(START, 200, {}, wrapped(document).encode()))
    assert not [command for command in told if isinstance(command, Play)]
    assert isinstance(ask, Collect)
    assert [prompt.text for prompt in ask.prompts] == ["Mine.", "Its."]
