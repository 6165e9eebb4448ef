"""Whatever a document does and whatever the caller answers: commands, in order, and an end."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    FetchFailed,
    NothingHeard,
    Notice,
    NotMatched,
    Recognized,
    Reply,
    SessionChanged,
)
from mirabelle.vxml_interpreter.commands import Ask, Collect, Ended, Fetch, FetchRequest, Play
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.settings import Limits, Settings

ENGINE = Js2pyEngine()
SETTINGS = Settings(Limits(turns=30))
DOCUMENTS = Documents(settings=SETTINGS)
START = "http://app/start.vxml"
NAMES = st.sampled_from(["a", "b", "c", "d"])
EVENTS = st.sampled_from(["noinput", "nomatch", "error", "error.semantic", "my.event", "connection.disconnect", "."])
VALUES = st.sampled_from(
    ["1", "'x'", "a", "b", "undefined", "nowhere", "a + b", "({k: 1})", "a.b.c", "dialog", "((", "!a"]
)
REFERENCES = st.sampled_from(
    ["#f0", "#f1", "#f9", "other.vxml", "other.vxml#f1", "start.vxml", "root.vxml", "http://[", ""]
)


@st.composite
def executables(draw: st.DrawFn, depth: int = 2) -> str:
    """One element of executable content."""
    kind = draw(st.integers(0, 16 if depth else 14))
    if kind < 4:
        return ["Text.", "<reprompt/>", "<clear/>", "<log>x</log>"][kind]
    name, value, reference = draw(NAMES), draw(VALUES), draw(REFERENCES)
    simple = [
        f'<var name="{name}" expr="{value}"/>',
        f'<assign name="{name}" expr="{value}"/>',
        f'<clear namelist="{name}"/>',
        f'<prompt cond="{value}">P <value expr="{value}"/> <audio expr="{value}">alt</audio></prompt>',
        f'<throw event="{draw(EVENTS.filter(lambda event: event != "."))}"/>',
        f'<goto next="{reference}"/>',
        f'<goto nextitem="{name}"/>',
        f'<submit next="{reference}" namelist="{name}"/>',
        f"<script>var {name} = {value};</script>",
        draw(
            st.sampled_from(
                ["<exit/>", "<disconnect/>", "<return/>", '<return namelist="a"/>', '<return event="my.event"/>']
            )
        ),
        f'<exit expr="{value}"/>',
    ]
    if kind < 15:
        return simple[kind - 4]
    inner = draw(st.lists(executables(depth - 1), max_size=3))
    other = draw(st.lists(executables(depth - 1), max_size=2))
    return f'<if cond="{value}">{"".join(inner)}<else/>{"".join(other)}</if>'


CONTENT = st.lists(executables(), max_size=4).map("".join)


@st.composite
def handlers(draw: st.DrawFn) -> str:
    """An event handler."""
    count, content = draw(st.integers(1, 3)), draw(CONTENT)
    return f'<catch event="{draw(EVENTS)}" count="{count}">{content}</catch>'


HANDLERS = st.lists(handlers(), max_size=2).map("".join)


@st.composite
def calls(draw: st.DrawFn) -> str:
    """The attributes of a subdialog and what it passes."""
    sent = draw(st.sampled_from(["", ' namelist="a"', ' namelist="nowhere" method="post"']))
    passed = draw(st.lists(NAMES, max_size=2))
    values = "".join(f'<param name="{name}" expr="{draw(VALUES)}"/>' for name in passed)
    return f'src="{draw(REFERENCES)}"{sent}><prompt>S</prompt>{values}{draw(HANDLERS)}'


CALLS = calls()


@st.composite
def forms(draw: st.DrawFn, number: int) -> str:
    """A form with items of their own names."""
    parts = [draw(HANDLERS), draw(st.sampled_from(["", '<var name="a"/>', '<var name="b" expr="a"/>']))]
    for name in draw(st.lists(NAMES, unique=True, max_size=3)):
        guard = draw(st.sampled_from(["", ' cond="a"', ' expr="1"', ' cond="nowhere"']))
        kind = draw(st.sampled_from(["block", "field", "subdialog"]))
        if kind == "block":
            parts.append(f'<block name="{name}"{guard}>{draw(CONTENT)}</block>')
        elif kind == "subdialog":
            parts.append(f'<subdialog name="{name}"{guard} {draw(CALLS)}<filled>{draw(CONTENT)}</filled></subdialog>')
        else:
            field = f"<prompt>F</prompt>{draw(HANDLERS)}<filled>{draw(CONTENT)}</filled>"
            parts.append(f'<field name="{name}" type="digits"{guard}>{field}</field>')
    return f'<form id="f{number}">{"".join(parts)}</form>'


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A document, a leaf perhaps."""
    application = draw(st.sampled_from(["", ' application="root.vxml"']))
    content = draw(HANDLERS) + draw(st.sampled_from(["", '<var name="a" expr="1"/>', "<script>var b = 2;</script>"]))
    body = content + draw(forms(0)) + draw(forms(1))
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"{application}>{body}</vxml>'.encode()


ANSWERS: dict[type, list[Reply | Notice]] = {
    Collect: [
        NothingHeard(),
        NotMatched(Mode.VOICE, "hm"),
        Recognized(0, Mode.DTMF, (Match("12", "12"),)),
        Recognized(1, Mode.VOICE, (Match("one", {"a": "x"}), Match("two", None))),
        CallerHungUp(),
    ],
    Play: [Done(), Done(), CallerHungUp()],
}


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data(), documents(), documents(), documents())
def test_every_dialogue_ends_in_order(data: st.DataObject, start: bytes, other: bytes, root: bytes) -> None:
    bodies = {START: start, "http://app/other.vxml": other, "http://app/root.vxml": root}
    interpreter = Interpreter(ENGINE, {"connection": {}}, DOCUMENTS, SETTINGS)
    commands = interpreter.start(FetchRequest(START))
    for turn in range(400):
        assert not any(isinstance(command, Ask) for command in commands[:-1])
        if interpreter.ended:
            assert isinstance(commands[-1], Ended)
            return
        ask = commands[-1]
        assert isinstance(ask, Ask)
        interpreter.handle(SessionChanged("connection.turn", turn))
        if turn > 40:
            commands = interpreter.handle(CallerHungUp()) or interpreter.handle(_answer(ask, bodies))
        elif type(ask) in ANSWERS:
            commands = interpreter.handle(data.draw(st.sampled_from(ANSWERS[type(ask)])))
        else:
            commands = interpreter.handle(_answer(ask, bodies))
    raise AssertionError("the dialogue does not end")


def _answer(ask: Ask, bodies: dict[str, bytes]) -> Reply:
    if not isinstance(ask, Fetch):
        return Done()
    body = bodies.get(ask.request.url)
    if body is None:
        return FetchFailed("nobody answers")
    return Fetched(ask.request.url, 200, {"content-type": "text/xml"}, body)
