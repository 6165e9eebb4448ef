"""What records, transfers and objects ask of a driver, and what becomes of its answers."""

from collections.abc import Sequence
from typing import Any

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    Invoked,
    InvokeFailed,
    NothingHeard,
    Notice,
    Recognized,
    Recorded,
    RecordFailed,
    Recording,
    Reply,
    TransferFailed,
    TransferOutcome,
    Transferred,
)
from mirabelle.vxml_interpreter.commands import (
    Ask,
    Breathe,
    Collect,
    Ended,
    Fetch,
    FetchRequest,
    Invoke,
    Parameter,
    Play,
    Record,
    Transfer,
    TransferKind,
)
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.speech.prompt import Audio, Text

RECORDING = Recording("recording:1", "audio/x-wav", 4, 1.5)
WAITING = Collect | Record | Transfer | Invoke


def talked(content: str, *replies: Reply | Notice, version: str = "2.0") -> tuple[Sequence[Ask], Ended]:
    """What a form asks of the caller's line, each answered with the next reply, and how it ends."""
    document = f'<vxml version="{version}" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'
    interpreter, asked, left = Interpreter(Js2pyEngine()), [], list(replies)
    commands = interpreter.start(FetchRequest("http://app/dir/start"))
    while not isinstance(last := commands[-1], Ended):
        if isinstance(last, WAITING):
            asked.append(last)
            commands = interpreter.handle(left.pop(0))
        else:
            answers: dict[type, Reply] = {
                Breathe: Done(),
                Play: Done(),
                Fetch: Fetched("http://app/dir/start", 200, {}, document.encode()),
            }
            commands = interpreter.handle(answers[type(last)])
    assert left == []
    return asked, last


def ended(content: str, *replies: Reply | Notice) -> Any:
    """The value with which a form ends."""
    return talked(content, *replies)[1].values["expr"]


# ---- record ----


def test_what_a_record_asks() -> None:
    (ask,), _ = talked(
        '<form><block>Hello.</block><record beep="true" maxtime="90s" finalsilence="1500ms" type="audio/basic">'
        '<property name="timeout" value="7s"/><prompt>Speak.</prompt></record></form>',
        Recorded(RECORDING),
    )
    assert isinstance(ask, Record)
    assert [prompt.text for prompt in ask.prompts] == ["Hello.", "Speak."]
    assert (ask.beep, ask.maxtime, ask.finalsilence, ask.type) == (True, 90, 1.5, "audio/basic")
    assert ask.timing.timeout == 7
    assert [(active.grammar.mode, active.name) for active in ask.grammars] == [(Mode.DTMF, "dtmfterm")]
    assert ask.modes == {Mode.DTMF}


def test_what_a_record_asks_where_nothing_is_said() -> None:
    (ask,), _ = talked('<form><record dtmfterm="false"/></form>', Recorded(RECORDING))
    assert isinstance(ask, Record)
    assert (ask.beep, ask.maxtime, ask.finalsilence, ask.type, ask.grammars) == (False, None, None, "", ())


def test_keys_are_nothing_where_the_inputmodes_say_so() -> None:
    (ask,), _ = talked('<form><property name="inputmodes" value="voice"/><record/></form>', Recorded(RECORDING))
    assert isinstance(ask, Record)
    assert ask.modes == frozenset()


def test_what_cannot_be_recorded_is_the_event_that_the_driver_says() -> None:
    form = """<form><record name="m"><catch event="error.noresource"><exit expr="_message"/></catch></record></form>"""
    message = ended(form, RecordFailed("error.noresource", "the disk is full"))
    assert message == "http://app/dir/start, line 1, <record>: the disk is full"


def test_a_hang_up_closes_a_record() -> None:
    form = """<form><record name="m"><catch event="connection.disconnect.hangup"><exit expr="typeof m"/></catch>
    </record></form>"""
    assert ended(form, CallerHungUp()) == "undefined"
    assert ended(form, Recorded(RECORDING, hung_up=True)) == "string"
    assert ended(form, Recorded(None, hung_up=True)) == "undefined"


def test_a_record_that_remains_unfilled_is_visited_again() -> None:
    asked, _ = talked('<form><record name="m"/></form>', Recorded(None), NothingHeard(), Recorded(RECORDING))
    assert len(asked) == 3


# ---- transfer ----


def test_what_a_transfer_asks() -> None:
    (ask,), _ = talked(
        """<form><var name="n" expr="'555'"/><transfer bridge="true" destexpr="'tel:+1617' + n" connecttimeout="9s"
        maxtime="2m" transferaudio="music.wav" aaiexpr="n + '!'"><prompt>Hold.</prompt></transfer></form>""".replace(
            "2m", "120s"
        ),
        Transferred(TransferOutcome.BUSY),
    )
    assert isinstance(ask, Transfer)
    assert (ask.kind, ask.destination, ask.information) == (TransferKind.BRIDGE, "tel:+1617555", "555!")
    assert (ask.connecttimeout, ask.maxtime) == (9, 120)
    assert isinstance(ask.audio, Audio)
    assert ask.audio.url == "http://app/dir/music.wav"
    assert ask.prompts[0].segments == (Text("Hold."),)
    assert ask.grammars == ()


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [
        ("", "blind"),
        ('bridge="false"', "blind"),
        ('bridge="true"', "bridge"),
        ('type="blind"', "blind"),
        ('type="bridge"', "bridge"),
        ('type="consultation"', "consultation"),
    ],
)
def test_the_kind_of_a_transfer(attributes: str, kind: str) -> None:
    (ask,), _ = talked(
        f'<form><transfer dest="tel:1" {attributes}/></form>', Transferred(TransferOutcome.UNKNOWN), version="2.1"
    )
    assert isinstance(ask, Transfer)
    assert ask.kind == kind


def test_a_destination_that_is_no_text_is_the_drivers_to_judge() -> None:
    (ask,), _ = talked('<form><transfer destexpr="12"/></form>', TransferFailed("error.connection.baddestination", ""))
    assert isinstance(ask, Transfer)
    assert ask.destination == "12"


def test_what_a_transfer_leaves() -> None:
    form = """<form><transfer name="t" bridge="true" dest="tel:1"/>
    <block><exit expr="[t, t$.duration, t$.inputmode, t$.utterance, typeof application.lastresult$].join()"/></block>
    </form>"""
    said = Recognized(0, Mode.VOICE, (Match("stop now", "stop"),))
    assert ended(form, Transferred(TransferOutcome.FAR_END_DISCONNECT, 12.5)) == "far_end_disconnect,12.5,,,undefined"
    assert ended(form, Transferred(TransferOutcome.NEAR_END_DISCONNECT, 3, said)) == (
        "near_end_disconnect,3,voice,stop now,object"
    )


@pytest.mark.parametrize("reply", [CallerHungUp(), Transferred(TransferOutcome.HANGUP)])
def test_a_hang_up_ends_a_transfer(reply: Reply | Notice) -> None:
    form = """<form><transfer name="t" bridge="true" dest="tel:1">
    <catch event="connection.disconnect.hangup"><exit expr="typeof t"/></catch></transfer></form>"""
    assert ended(form, reply) == "undefined"


def test_what_cannot_be_transferred_is_the_event_that_the_driver_says() -> None:
    form = """<form><transfer dest="tel:1">
    <catch event="error.connection"><exit expr="_event + ' ' + _message"/></catch></transfer></form>"""
    failed = TransferFailed("error.connection.noroute", "nobody there")
    assert ended(form, failed) == "error.connection.noroute http://app/dir/start, line 1, <transfer>: nobody there"


# ---- object ----


def test_what_an_object_asks() -> None:
    (ask,), _ = talked(
        """<form><var name="n" expr="{a: [1, null]}"/><object name="o" classid="pay" codebase="lib/" data="d.jar"
        type="a/b" archive="x y"><param name="n" expr="n"/><param name="v" value="text"/><param name="u" expr="n.b"/>
        <param name="r" value="ref.txt" valuetype="ref" type="text/plain"/><prompt>Wait.</prompt></object></form>""",
        Invoked(1),
    )
    assert isinstance(ask, Invoke)
    assert ask.prompts[0].text == "Wait."
    assert ask.parameters == (
        Parameter("n", {"a": [1, None]}),
        Parameter("v", "text"),
        Parameter("u", None),
        Parameter("r", "http://app/dir/ref.txt", ref=True, type="text/plain"),
    )
    assert (ask.classid, ask.data) == ("http://app/dir/lib/pay", "http://app/dir/lib/d.jar")
    assert (ask.codebase, ask.codetype, ask.type) == ("http://app/dir/lib/", "a/b", "a/b")
    assert ask.archive == "http://app/dir/lib/x http://app/dir/lib/y"


@pytest.mark.parametrize("classid", ["com.example:pay", "method://pay/now", "builtin://it"])
def test_classids_of_other_schemes_stay_as_they_are(classid: str) -> None:
    (ask,), _ = talked(f'<form><object classid="{classid}"/></form>', Invoked(1))
    assert isinstance(ask, Invoke)
    assert ask.classid == classid


@pytest.mark.parametrize(("value", "seen"), [({"a": [1]}, "1"), ("x", "x"), (None, "null"), (False, "false")])
def test_what_an_object_returns_is_the_value_of_its_item(value: Any, seen: str) -> None:
    form = """<form><object name="o" classid="a:b"><filled><exit expr="String(o &amp;&amp; o.a ? o.a[0] : o)"/></filled>
    </object></form>"""
    assert ended(form, Invoked(value)) == seen


def test_what_an_object_throws_is_an_event() -> None:
    form = """<form><object name="o" classid="a:b"><catch event="error.com.example"><exit expr="_message"/></catch>
    </object></form>"""
    failed = InvokeFailed("error.com.example.refused", "no money")
    assert ended(form, failed) == "http://app/dir/start, line 1, <object>: no money"


def test_an_object_is_run_also_when_the_caller_is_gone() -> None:
    form = """<form><catch event="connection.disconnect.hangup"><assign name="f" expr="1"/></catch>
    <field name="f"><option dtmf="1">one</option></field>
    <object name="o" classid="a:b"/><block><exit expr="o"/></block></form>"""
    assert ended(form, CallerHungUp(), Invoked("still here")) == "still here"
