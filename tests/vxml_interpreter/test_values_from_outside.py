"""What comes from outside and is too large or too deep for scripts: an event, never an exception."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Done, Fetched, Invoked, Recognized, Reply, SessionChanged
from mirabelle.vxml_interpreter.commands import Collect, Command, Ended, EndReason, FetchRequest, Invoke, Log, Thrown
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json

URL = "http://app/start.vxml"
FIELD = '<form><field name="f" type="digits"/></form>'
OBJECT = '<form><object name="o" classid="x:y"/></form>'


def nested(levels: int) -> Json:
    deep: Json = 1
    for _ in range(levels):
        deep = [deep]
    return deep


DEEP = {"deep": nested(300), "deeper than Python goes": nested(5_000)}


def opened(content: str) -> tuple[Interpreter, tuple[Command, ...]]:
    interpreter = Interpreter(Js2pyEngine(), {})
    interpreter.start(FetchRequest(URL))
    body = f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'.encode()
    return interpreter, interpreter.handle(Fetched(URL, 200, {}, body))


def thrown(commands: tuple[Command, ...]) -> list[str]:
    return [command.name for command in commands if isinstance(command, Thrown)]


@pytest.mark.parametrize("value", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize(
    ("content", "ask", "answer"),
    [
        (FIELD, Collect, lambda value: Recognized(0, Mode.DTMF, (Match("1", value),))),
        (OBJECT, Invoke, Invoked),
    ],
    ids=["input", "object"],
)
def test_answers(content: str, ask: type[Any], answer: Callable[[Json], Reply], value: Json) -> None:
    interpreter, commands = opened(content)
    assert isinstance(commands[-1], ask)
    assert thrown(interpreter.handle(answer(value))) == ["error.semantic"]
    assert thrown(interpreter.handle(Done())) == []
    assert interpreter.ended


@pytest.mark.parametrize("value", DEEP.values(), ids=DEEP)
def test_session_variables_at_the_start_end_the_dialogue(value: Json) -> None:
    commands = Interpreter(Js2pyEngine(), {"deep": value}).start(FetchRequest(URL))
    assert thrown(commands) == ["error.semantic"]
    (ended,) = [command for command in commands if isinstance(command, Ended)]
    assert ended.reason is EndReason.ERROR
    assert "session.deep cannot be set: the script passed its limit of depth" in str(ended.error)


def test_session_variables_that_change_are_an_event_of_the_next_wait() -> None:
    handler = '<catch event="error.semantic"><log expr="_message + typeof session.deep"/></catch>'
    interpreter, _ = opened(handler + '<form><field name="f" type="digits"/><field name="g" type="digits"/></form>')
    interpreter.handle(SessionChanged("deep", "before"))
    assert interpreter.handle(SessionChanged("deep", nested(300))) == ()
    commands = interpreter.handle(Recognized(0, Mode.DTMF, (Match("1", "1"),)))
    assert thrown(commands) == ["error.semantic"]
    (logged,) = [command.text for command in commands if isinstance(command, Log)]
    assert logged.startswith("session.deep cannot be set")
    assert logged.endswith("string")
    assert isinstance(commands[-1], Collect)
