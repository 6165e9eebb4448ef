"""Structured results in a field: VoiceXML 2.0, 3.1.6.2 and Table 33."""

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Fetched, Recognized
from mirabelle.vxml_interpreter.commands import Ended, FetchRequest
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json

START = "http://app/start.vxml"
FIELD = """<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>
<field name="z" slot="y" type="digits"><filled><exit namelist="z z$.interpretation z$.confidence"/></filled></field>
<field name="w" type="digits"><filled><exit namelist="w"/></filled></field></form></vxml>"""


def filled(interpretation: Json) -> Ended:
    interpreter = Interpreter(Js2pyEngine())
    interpreter.start(FetchRequest(START))
    interpreter.handle(Fetched(START, 200, {}, FIELD.encode()))
    told = interpreter.handle(Recognized(1, Mode.VOICE, (Match("said", interpretation),), 0.7))
    assert isinstance(told[-1], Ended), told
    return told[-1]


@pytest.mark.parametrize(
    ("interpretation", "value"),
    [
        ("hello", "hello"),
        ({"y": "Y"}, "Y"),
        ({"x": "X", "y": {"a": [1, 2]}}, {"a": [1, 2]}),
        ({"x": "X"}, {"x": "X"}),
        ({"y": None, "x": "X"}, {"y": None, "x": "X"}),
        (False, False),
    ],
)
def test_a_result_of_a_field(interpretation: Json, value: Json) -> None:
    assert filled(interpretation).values == {
        "z": value,
        "z$.interpretation": interpretation,
        "z$.confidence": 0.7,
    }


def test_an_undefined_result_fills_nothing() -> None:
    interpreter = Interpreter(Js2pyEngine())
    interpreter.start(FetchRequest(START))
    first = interpreter.handle(Fetched(START, 200, {}, FIELD.encode()))[-1]
    again = interpreter.handle(Recognized(1, Mode.VOICE, (Match("said", None),)))[-1]
    assert type(again) is type(first)
    assert interpreter.handle(Recognized(0, Mode.DTMF, (Match("1", "1"),)))[-1].values["z"] == "1"  # type: ignore[union-attr]


def test_several_results_have_confidences_of_their_own() -> None:
    interpreter = Interpreter(Js2pyEngine())
    interpreter.start(FetchRequest(START))
    body = FIELD.replace("<form>", '<property name="maxnbest" value="3"/><form>').replace(
        "z z$.interpretation z$.confidence", "application.lastresult$"
    )
    interpreter.handle(Fetched(START, 200, {}, body.encode()))
    matches = (Match("one", "1"), Match("nine", "9"))
    told = interpreter.handle(Recognized(1, Mode.VOICE, matches, 0.8, (0.8, 0.3)))
    assert isinstance(told[-1], Ended)
    results = told[-1].values["application.lastresult$"]
    assert isinstance(results, list)
    assert [(result["utterance"], result["confidence"]) for result in results if isinstance(result, dict)] == [
        ("one", 0.8),
        ("nine", 0.3),
    ]
