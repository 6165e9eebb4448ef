"""Asks and answers, tells and notices: what a driver can rely on."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    FetchFailed,
    NothingHeard,
    SessionChanged,
    SpokeTooLong,
)
from mirabelle.vxml_interpreter.commands import (
    Breathe,
    Collect,
    Disconnect,
    Ended,
    EndReason,
    Entered,
    Fetch,
    FetchRequest,
    Log,
    Play,
    Thrown,
)
from mirabelle.vxml_interpreter.interpreter import Interpreter, UnexpectedReply

Talk = Callable[..., Any]
ENGINE = Js2pyEngine()
START = "http://app/start.vxml"


def wrapped(content: str) -> str:
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'


def answer(content: str) -> Fetched:
    return Fetched(START, 200, {}, wrapped(content).encode())


def started(content: str) -> tuple[Interpreter, tuple[object, ...]]:
    interpreter = Interpreter(ENGINE)
    assert interpreter.start(FetchRequest(START)) == (Fetch(FetchRequest(START)),)
    return interpreter, interpreter.handle(answer(content))


ASKING = '<form><field name="x" type="digits"><prompt>X?</prompt></field></form>'


def test_the_first_document_is_asked_for_as_the_driver_says() -> None:
    request = FetchRequest(START, method="post", fields=(("callid", "7"),), timeout=3.0)
    assert Interpreter(ENGINE).start(request) == (Fetch(request),)


def test_an_ask_is_the_last_command_and_tells_come_before() -> None:
    _, commands = started(f'<form><block><log label="a">b</log></block></form>{ASKING}'.replace("</form><form>", ""))
    assert commands[:2] == (Entered(START), Log("a", "b"))
    assert isinstance(commands[-1], Collect)


def test_prompts_are_played_before_the_end_is_told() -> None:
    interpreter, commands = started("<form><block>Bye.</block></form>")
    assert isinstance(commands[-1], Play)
    assert interpreter.handle(Done()) == (Ended(EndReason.END),)
    assert interpreter.ended


def test_after_the_end_nothing_happens_any_more() -> None:
    interpreter, commands = started("<form><block><exit/></block></form>")
    assert commands[-1] == Ended(EndReason.EXIT)
    assert interpreter.handle(CallerHungUp()) == ()
    assert interpreter.handle(SessionChanged("a", 1)) == ()
    assert interpreter.handle(Done()) == ()


def test_an_answer_to_another_question_is_refused() -> None:
    interpreter, _ = started(ASKING)
    with pytest.raises(UnexpectedReply, match="Collect"):
        interpreter.handle(Done())
    assert interpreter.handle(NothingHeard()), "the dialogue is as it was"


def test_a_dialogue_is_started_once() -> None:
    interpreter, _ = started(ASKING)
    with pytest.raises(UnexpectedReply, match="started already"):
        interpreter.start(FetchRequest(START))
    with pytest.raises(UnexpectedReply):
        Interpreter(ENGINE).handle(Done())


def test_long_scripts_breathe() -> None:
    interpreter, commands = started(
        "<form><block><script>var n = 0; for (var i = 0; i &lt; 20000; i++) { n += i; }</script>"
        '<value expr="n"/></block></form>'
    )
    breaths = 0
    while isinstance(commands[-1], Breathe):
        breaths += 1
        commands = interpreter.handle(Done())
    assert breaths > 2
    assert isinstance(commands[-1], Play)
    assert commands[-1].prompts[0].text == "199990000"


def test_many_short_expressions_breathe_too() -> None:
    items = '<block cond="false"/>' * 450
    interpreter, commands = started(f"<form>{items}<block>Here.</block></form>")
    breaths = 0
    while isinstance(commands[-1], Breathe):
        breaths += 1
        commands = interpreter.handle(Done())
    assert breaths >= 4, "a variable and a condition for each item"
    assert isinstance(commands[-1], Play)


def test_deeply_nested_content(talk: Talk) -> None:
    depth = 90
    content = '<if cond="true">' * depth + "Deep." + "</if>" * depth
    assert talk(f"<form><block>{content}</block></form>").heard == ["Deep."]
    audio = "<audio src='a.wav'>" * depth + "Deep." + "</audio>" * depth
    assert talk(f"<form><block>{audio}</block></form>").heard == ["Deep."]


def test_a_script_without_end_is_an_event_and_the_dialogue_lives_on(talk: Talk) -> None:
    conversation = talk(
        "<form><block><script>while (true) {}</script></block>"
        '<block>Alive.</block><catch event="error.semantic">Stopped.</catch></form>'
    )
    assert conversation.heard == ["Stopped.", "Alive."]
    assert "the script passed its limit" in conversation.messages[0]


def test_a_session_variable_changes_at_once_while_an_ask_is_open() -> None:
    interpreter, _ = started(
        '<form><field name="x" type="digits"><noinput><log expr="session.connection.callee_type"/></noinput></field>'
        "</form>"
    )
    assert interpreter.handle(SessionChanged("connection.callee_type", "voice")) == ()
    assert Log("", "voice") in interpreter.handle(NothingHeard())


def test_session_variables_are_nested(talk: Talk) -> None:
    conversation = talk(
        '<form><block><value expr="session.connection.remote.uri"/> <value expr="connection.remote.uri"/></block>'
        "</form>",
        variables={"connection": {"remote": {"uri": "tel:+15550100"}}},
    )
    assert conversation.heard == ["tel:+15550100 tel:+15550100"]


def test_a_hangup_closes_a_collect_at_once() -> None:
    interpreter, _ = started(ASKING)
    told = interpreter.handle(CallerHungUp())
    assert told == (
        Thrown("connection.disconnect.hangup", "the caller hung up", "platform"),
        Ended(EndReason.HANGUP),
    )


def test_a_hangup_closes_the_last_prompts() -> None:
    interpreter, commands = started("<form><block>Bye.</block></form>")
    assert isinstance(commands[-1], Play)
    assert interpreter.handle(CallerHungUp()) == (Ended(EndReason.HANGUP),)


def test_a_hangup_leaves_an_exit_what_it_is() -> None:
    interpreter, _ = started("<form><block>Bye.<exit expr=\"'done'\"/></block></form>")
    assert interpreter.handle(CallerHungUp()) == (Ended(EndReason.EXIT, {"expr": "done"}),)


def test_a_hangup_during_a_fetch_waits_for_the_waiting_state() -> None:
    interpreter, commands = started('<form><block>Hm.<goto next="b.vxml"/></block></form>')
    assert isinstance(commands[-1], Fetch)
    assert interpreter.handle(CallerHungUp()) == ()
    told = interpreter.handle(
        answer(
            '<form><block><log>still here</log></block><field name="x" type="digits">'
            "<catch event='connection.disconnect.hangup'><log>gone</log></catch></field></form>"
        )
    )
    assert [command.text for command in told if isinstance(command, Log)] == ["still here", "gone"]
    assert told[-1] == Ended(EndReason.HANGUP)


def test_after_the_hangup_fetches_work_and_prompts_are_not_played(talk: Talk) -> None:
    conversation = talk(
        '<form><field name="x" type="digits"><catch event="connection.disconnect">Nobody hears.'
        '<submit next="end" method="post" namelist="x"/></catch></field></form>',
        documents={"http://app/end": wrapped("<form><block>Nor this.<exit expr=\"'ok'\"/></block></form>")},
    )
    assert conversation.requests[0].method == "post"
    assert conversation.heard == []
    assert conversation.ended == Ended(EndReason.EXIT, {"expr": "ok"})


def test_a_second_hangup_changes_nothing() -> None:
    interpreter, _ = started(
        '<form><field name="x" type="digits"><catch event="connection.disconnect"><goto next="b"/></catch></field>'
        "</form>"
    )
    assert isinstance(interpreter.handle(CallerHungUp())[-1], Fetch)
    assert interpreter.handle(CallerHungUp()) == ()


def test_disconnect_tells_the_driver_and_goes_on_in_final_processing() -> None:
    interpreter, commands = started(
        '<form><catch event="connection.disconnect"><goto next="b"/></catch><block>Bye.<disconnect/></block></form>'
    )
    assert isinstance(commands[-1], Play)
    commands = interpreter.handle(Done())
    assert commands[0] == Disconnect()
    assert isinstance(commands[-1], Fetch)
    assert interpreter.handle(answer(ASKING))[-1] == Ended(EndReason.DISCONNECT)


def test_a_handler_of_the_hangup_that_disconnects_ends_the_dialogue(talk: Talk) -> None:
    conversation = talk('<catch event="connection.disconnect"><disconnect/></catch>' + ASKING)
    assert conversation.ended.reason is EndReason.HANGUP
    assert not conversation.disconnected


def test_speech_without_end_is_its_event() -> None:
    interpreter, _ = started(ASKING)
    told = interpreter.handle(SpokeTooLong())
    assert isinstance(told[0], Thrown)
    assert told[0].name == "maxspeechtimeout"
    assert isinstance(told[-1], Collect)
    assert [prompt.text for prompt in told[-1].prompts] == ["That was too long.", "X?"]


def test_the_first_document_may_be_missing(talk: Talk) -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    told = interpreter.handle(FetchFailed("nobody answers"))
    error = f"error.badfetch: {START}: nobody answers"
    assert told == (
        Thrown("error.badfetch", f"{START}: nobody answers", None),
        Ended(EndReason.ERROR, error=error),
    )


@pytest.mark.parametrize("body", [b"", b"<html><p>hello</html>", b"<!DOCTYPE html><html></html>", b"\x00\xff"])
def test_the_first_document_may_be_anything(body: bytes) -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    ended = interpreter.handle(Fetched(START, 200, {}, body))[-1]
    assert isinstance(ended, Ended)
    assert ended.reason is EndReason.ERROR
    assert (ended.error or "").startswith(f"error.badfetch: {START}")


def test_references_start_at_the_address_after_redirects() -> None:
    interpreter = Interpreter(ENGINE)
    interpreter.start(FetchRequest(START))
    body = wrapped('<form><block><goto next="b.vxml"/></block></form>').encode()
    ask = interpreter.handle(Fetched("http://elsewhere/x/a.vxml", 200, {}, body))[-1]
    assert isinstance(ask, Fetch)
    assert ask.request.url == "http://elsewhere/x/b.vxml"


def test_the_first_request_may_name_a_dialog() -> None:
    interpreter = Interpreter(ENGINE)
    assert interpreter.start(FetchRequest(f"{START}#two")) == (Fetch(FetchRequest(START)),)
    ask = interpreter.handle(answer('<form><block>One.</block></form><form id="two"><block>Two.</block></form>'))[-1]
    assert isinstance(ask, Play)
    assert ask.prompts[0].text == "Two."


def test_who_caught_an_event_is_told(talk: Talk) -> None:
    conversation = talk(
        '<form>\n<catch event="a">A.</catch>\n<block><throw event="a"/></block>\n'
        '<block><throw event="error.b" message="so"/></block></form>'
    )
    thrown = [command for command in conversation.told if isinstance(command, Thrown)]
    assert thrown == [Thrown("a", "", "line 2"), Thrown("error.b", "so", None)]
    assert conversation.ended.error == "error.b: so"
