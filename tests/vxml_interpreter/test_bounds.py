"""What documents could use up: work without the caller, messages, addresses, fields. Everything is counted."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Done, Fetched, RecordFailed
from mirabelle.vxml_interpreter.commands import Ended, FetchRequest, Record
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.events import LONGEST_TOLD
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.settings import Limits, Settings

START = "http://app/start.vxml"
DOCUMENTS = Documents()
ENGINE = Js2pyEngine()
Talk = Callable[..., Any]

FEW = Settings(Limits(steps=2_000, unbroken=100))
LONG = "<script>var s = 'x'; while (s.length &lt; 100000) s += s;</script>"
TURNS = '<block name="b"><clear namelist="b"/></block>'


def fields(count: int, rest: str = "") -> str:
    return "".join(f'<field name="f{number}"{rest}/>' for number in range(count))


ENDLESS = {
    "items": '<form id="a"><block><goto next="#a"/></block>' + fields(100) + "</form>",
    "guards": "<form>" + fields(900, ' expr="1"') + TURNS + "</form>",
    "cleared items": '<form><block name="b">' + "<clear/>" * 50 + "</block>" + fields(100) + "</form>",
    "handlers": '<catch event="a b c d"/>' * 200 + '<form><block><throw event="a"/></block>' + TURNS + "</form>",
    "elements": '<form><block name="b">' + "<log>x</log>" * 100 + '<clear namelist="b"/></block></form>',
    "loops": "<script>var l = [1]; for (var i = 0; i &lt; 99; i++) l.push(i);</script><form><block>"
    '<foreach item="i" array="l">' + '<assign name="l" expr="l"/>' * 50 + "</foreach></block></form>",
    "scripts": '<form><block name="b">' + "<script>for (var i = 0; i &lt; 9000; i++);</script>" * 20 + ""
    '<clear namelist="b"/></block></form>',
}


def breaths(conversation: Any) -> int:
    return [type(ask).__name__ for ask in conversation.asks].count("Breathe")


class TestSteps:
    @pytest.mark.parametrize("content", ENDLESS.values(), ids=ENDLESS)
    def test_too_many_without_the_caller_are_an_event(self, talk: Talk, content: str) -> None:
        conversation = talk(content, settings=FEW)
        assert conversation.thrown[-1] == "error.semantic"
        assert "2000 steps without waiting for the caller" in conversation.messages[-1]
        assert len(conversation.asks) < 3_000

    def test_others_are_let_run_meanwhile(self, talk: Talk) -> None:
        conversation = talk(f'<form id="a"><block><goto next="#a"/></block>{fields(100)}</form>', settings=FEW)
        assert 15 <= breaths(conversation) <= 2_000 // FEW.limits.unbroken

    def test_a_handler_that_goes_on_gets_a_tenth_more(self, talk: Talk) -> None:
        again = '<catch event="error.semantic"><goto next="#a"/></catch>'
        conversation = talk(
            f'{again}<form id="a"><block>{"<log>x</log>" * 500}<goto next="#a"/></block></form>', settings=FEW
        )
        assert conversation.thrown == ["error.semantic"]
        assert conversation.ended.error == "error.semantic: 2000 steps without waiting for the caller"
        assert breaths(conversation) == 2_100 // FEW.limits.unbroken

    def test_each_answer_of_the_caller_begins_them_anew(self, talk: Talk) -> None:
        content = '<form><field name="f" type="digits"><filled>{}<clear namelist="f"/></filled></field></form>'
        conversation = talk(content.format("<log>x</log>" * 500), *["1"] * 10, settings=FEW)
        assert conversation.ended.reason == "hangup"
        assert len(conversation.logged) == 5_000

    def test_filled_actions_that_watch_everything_count_what_they_watch(self, talk: Talk) -> None:
        content = "<form>" + fields(300, ' type="digits"') + '<filled mode="any"/>' * 300 + "</form>"
        assert "2000 steps" in talk(content, "1", settings=FEW).messages[0]

    def test_grammars_that_are_activated_count(self, talk: Talk) -> None:
        link = '<link event="help" dtmf="1"/>'
        assert (
            "2000 steps"
            in talk(f'{link * 2_001}<form><field name="f" type="digits"/></form>', settings=FEW).messages[0]
        )


class TestMessages:
    @pytest.mark.parametrize(
        "content",
        [
            '<throw event="error.mine" messageexpr="s"/>',
            '<goto expritem="s"/>',
            "<goto expr=\"'http://[' + s\"/>",
            "<script>throw s</script>",
        ],
    )
    def test_people_are_told_their_beginning(self, talk: Talk, content: str) -> None:
        conversation = talk(f"{LONG}<form><block>{content}</block></form>")
        assert len(conversation.messages[0]) <= LONGEST_TOLD + 3
        assert conversation.messages[0].endswith("...") or "script" in content
        assert len(conversation.ended.error or "") <= LONGEST_TOLD + 100

    def test_handlers_get_all_of_it(self, talk: Talk) -> None:
        handler = '<catch event="mine"><log expr="_message.length"/></catch>'
        conversation = talk(f'{LONG}{handler}<form><block><throw event="mine" messageexpr="s"/></block></form>')
        assert conversation.logged == ["131072"]

    def test_logs_are_told_their_beginning(self, talk: Talk) -> None:
        content = f'<log label="{"l" * 500}" expr="s"/><log>' + '<value expr="s"/>' * 500 + "</log><log>short</log>"
        first, second, third = talk(f"{LONG}<form><block>{content}</block></form>").logged
        assert first == second == "x" * 10_000 + "..."
        assert third == "short"

    def test_long_logs_are_more_than_one_step(self, talk: Talk) -> None:
        content = f'{LONG}<form><block name="b"><log expr="s"/><clear namelist="b"/></block></form>'
        conversation = talk(content, settings=Settings(Limits(steps=20_000)))
        assert "20000 steps" in conversation.messages[0]
        assert sum(map(len, conversation.logged)) < 2_100_000


class TestAddresses:
    @pytest.mark.parametrize(
        "content",
        [
            '<block><goto expr="s"/></block>',
            '<block><submit expr="s"/></block>',
            '<block><data name="d" srcexpr="s"/></block>',
            '<block><script srcexpr="s"/></block>',
            '<subdialog name="d" srcexpr="s"/>',
            '<field name="f"><grammar srcexpr="s"/></field>',
            f'<object name="o" classid="x:y" codebase="{"c" * 9_000}"/>',
        ],
    )
    def test_a_long_one_is_badfetch(self, talk: Talk, content: str) -> None:
        conversation = talk(f"{LONG}<form>{content}</form>")
        assert conversation.thrown == ["error.badfetch"]
        assert "the URI has more than 8192 characters" in conversation.messages[0]
        assert conversation.requests == []

    def test_one_that_is_long_enough_is_fetched(self, talk: Talk) -> None:
        conversation = talk(f'<form><block><goto next="{"a" * 8_000}"/></block></form>')
        assert conversation.thrown == ["error.badfetch.http.404"]

    def test_archives_are_no_more_than_names_in_a_list(self, talk: Talk) -> None:
        conversation = talk(f'<form><object name="o" classid="x:y" archive="{"a " * 501}"/></form>')
        assert 'attribute "archive": has 501 names' in str(conversation.ended.error)


def test_the_fields_of_a_request_are_bounded_in_all(talk: Talk) -> None:
    content = f'{LONG}<form><block><submit method="post" next="to" namelist="{{}}"/></block></form>'
    limited = Settings(Limits(submitted=400_000))
    assert talk(content.format("s s s"), settings=limited).thrown == ["error.badfetch.http.404"]
    conversation = talk(content.format("s s s s"), settings=limited)
    assert conversation.thrown == ["error.semantic"]
    assert "the fields have more than 400000 characters" in conversation.messages[0]


def test_keys_that_nobody_presses_are_refused(talk: Talk) -> None:
    conversation = talk(f'<link event="help" dtmf="{"1" * 1_001}"/><form/>')
    assert "these are 1001 keys; at most 1000 are read" in str(conversation.ended.error)


def test_an_enumeration_is_bounded_while_it_is_made(talk: Talk) -> None:
    options = "".join(f"<option>{'word ' * 20}{number}</option>" for number in range(100))
    content = f'<form><field name="f"><prompt>{"<enumerate/>" * 100}</prompt>{options}</field></form>'
    conversation = talk(content, settings=Settings(Limits(queued=50_000)))
    assert "prompts of more than 50000 characters wait" in conversation.messages[0]


ROUND = '<form id="a"><property name="timeout" value="{}"/><block>{}</block>{}<block><goto next="#a"/></block></form>'
AGAIN = '<field name="f" type="digits"><noinput><goto next="#a"/></noinput></field>'


class TestMoments:
    """What takes no time is no waiting: whoever does nothing else goes round in circles."""

    @pytest.mark.parametrize(
        "content",
        [
            ROUND.format("0s", "", AGAIN),
            ROUND.format("0s", '<prompt><mark name="m"/></prompt>', AGAIN),
            ROUND.format("99ms", '<prompt><break time="0s"/><mark name="m"/><break time="99ms"/></prompt>', AGAIN),
        ],
        ids=["no timeout", "marks", "short breaks"],
    )
    def test_that_follow_each_other_without_end_are_an_event(self, talk: Talk, content: str) -> None:
        conversation = talk(content, *["[silence]"] * 300, settings=Settings(Limits(turns=100)))
        assert "error.semantic" in conversation.thrown
        assert "100 turns without waiting" in str(conversation.messages)
        assert len(conversation.collects) <= 101

    @pytest.mark.parametrize(
        "content",
        [
            ROUND.format("100ms", "", AGAIN),
            ROUND.format("0s", "<prompt>Hello</prompt>", AGAIN),
            ROUND.format("0s", '<prompt><break time="100ms"/></prompt>', AGAIN),
        ],
        ids=["a timeout", "words", "a break"],
    )
    def test_that_take_time_are_not(self, talk: Talk, content: str) -> None:
        conversation = talk(content, *["[silence]"] * 300, settings=Settings(Limits(turns=100)))
        assert "error.semantic" not in conversation.thrown
        assert len(conversation.collects) == 301

    def test_recordings_that_cannot_be_made_are_moments(self) -> None:
        content = '<form id="a"><record name="r"><catch event="error"><goto next="#a"/></catch></record></form>'
        interpreter = Interpreter(ENGINE, {}, DOCUMENTS, Settings(Limits(turns=100)))
        interpreter.start(FetchRequest(START))
        commands = interpreter.handle(Fetched(START, 200, {}, f'<vxml version="2.0">{content}</vxml>'.encode()))
        records = 0
        while not interpreter.ended:
            records += isinstance(commands[-1], Record)
            assert records < 300
            failed = isinstance(commands[-1], Record)
            commands = interpreter.handle(RecordFailed("error.unsupported.format", "no") if failed else Done())
        assert 40 <= records <= 101
        assert isinstance(commands[-1], Ended)
        assert "100 turns" in str(commands[-1].error)
