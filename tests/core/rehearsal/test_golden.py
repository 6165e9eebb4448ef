"""Whole dialogues against transcripts: each kind of line does what docs/transcripts.md says."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.golden import Compared, compare, read_transcript, served
from mirabelle.core.rehearsal.rehearse import Scene, TurnsUsedUp
from mirabelle.core.testing.transcript import TranscriptError
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json

VARIABLES: Mapping[str, Json] = {"connection": {"callee_type": "processing"}}
FIELD = """<field name="f"><property name="maxspeechtimeout" value="60s"/><prompt>Say or press something.</prompt>
<option dtmf="1">one</option><option dtmf="12">one two</option><option>light blue</option></field>"""
SAID = '<block>Got <value expr="f"/>, <value expr="f$.confidence"/>.</block>'


def interpreter(clock: Clock, chance: random.Random) -> Interpreter:
    return Interpreter(Js2pyEngine(None, clock.now, chance), VARIABLES)


@pytest.fixture
def play(tmp_path: Path) -> "Play":
    return Play(tmp_path)


class Play:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, content: str, transcript: str, max_turns: int = 200) -> Compared:
        document = self.folder / "dialogue.vxml"
        document.write_text(f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form>{content}</form></vxml>')
        (self.folder / "dialogue.txt").write_text(transcript)
        request, answers = served(document)
        scene = Scene(interpreter, request, answers, max_turns)
        return compare(scene, read_transcript(self.folder / "dialogue.txt"))


@pytest.mark.parametrize(
    ("human", "then"),
    [
        ("H: [1]", "C: Got one, 1."),
        ("H: [1 2]", "C: Got one two, 1."),
        ("H: [1 4s 2]", "C: Got one, 1."),
        ("H: light blue", "C: Got light blue, 1."),
        ("H: (light blue, 0.7)", "C: Got light blue, 0.7."),
        ("H: (wrong, 0.9) (one, 0.6)", "C: Got one, 0.6."),
        ("H: (one, 0.4)", "! nomatch <- platform\nC: I did not understand.\nC: Say or press something.\nH: [hangup]"),
        ("H: [silence]", "! noinput <- platform\nC: Say or press something.\nH: [hangup]"),
        ("H: [speech 5s]", "! nomatch <- platform\nC: I did not understand.\nC: Say or press something.\nH: [hangup]"),
        (
            "H: [speech 62s]",
            "! maxspeechtimeout <- platform\nC: That was too long.\nC: Say or press something.\nH: [hangup]",
        ),
    ],
)
def test_the_human(play: Play, human: str, then: str) -> None:
    ending = "! connection.disconnect.hangup <- platform\n= hangup" if "hangup" in then else "= end"
    assert play(FIELD + SAID, f"C: Say or press something.\n{human}\n{then}\n{ending}\n").difference == ""


LONG = """<field name="f"><prompt>First.</prompt><prompt bargein="{}">Say or press something.</prompt>
<option dtmf="1">one</option></field>"""
ASKED = "C: First.\nC: Say or press something.\n"


def test_barge_in_is_told_by_its_instant(play: Play) -> None:
    interrupted = "C: First.\nC: Say or press something.\nH@0.5: [1]\nC: Got one, 1.\n= end"
    assert play(LONG.format("true") + SAID, interrupted).difference == ""


def test_barge_in_where_there_is_none_differs(play: Play) -> None:
    lost = "C: First.\nC: Say or press something.\nH@0.5: [1]\nC: Say or press something.\nC: Got one, 1.\n= end"
    assert "+= hangup" in play(LONG.format("false") + SAID, lost).difference


def test_barge_in_on_an_earlier_prompt_leaves_the_later_unheard(play: Play) -> None:
    assert play(LONG.format("false") + SAID, "C: First.\nH@0.1: [1]\nC: Got one, 1.\n= end").difference == ""


def test_several_acts_in_one_turn(play: Play) -> None:
    two = f"{ASKED}H@0.5: [9]\nH@1: [#]\nC: I did not understand.\n{ASKED}H: [1]\nC: Got one, 1.\n= end"
    assert play(LONG.format("true") + SAID, two).difference == ""


CALLEE = '<block><value expr="session.connection.callee_type"/></block>'


def test_notices_come_where_they_stand(play: Play) -> None:
    early = "S: connection.callee_type = 'voice'\nC: voice\nC: Say or press something.\nH: [1]\nC: voice\n= end"
    assert play(CALLEE + FIELD + CALLEE, early).difference == ""
    late = early.replace("S: connection.callee_type = 'voice'\nC: voice\n", "C: processing\n")
    late = late.replace("H: [1]\n", "H: [1]\nS: connection.callee_type = 'voice'\n")
    assert play(CALLEE + FIELD + CALLEE, late).difference == ""


ANSWER = """<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">
<form><block>Tea.<goto next="gone.vxml"/></block></form></vxml>"""
SORRY = "C: Sorry, an error has occurred. Goodbye.\n= error"


def test_answers_to_requests_are_files_beside_the_dialogue(play: Play) -> None:
    (play.folder / "dialogue").mkdir()
    (play.folder / "dialogue" / "order?drink=tea.vxml").write_text(ANSWER)
    (play.folder / "dialogue" / "order.http").write_text("503 Service Unavailable\n\n")
    (play.folder / "gone.vxml").write_text(ANSWER)
    content = """<var name="drink" expr="'tea'"/><block><submit next="order" namelist="drink"/></block>"""
    written = f"GET http://app/order?drink=tea\nGET http://app/gone.vxml\nC: Tea.\n{SORRY}"
    assert play(content, written).difference == ""
    posted = f"POST http://app/order drink=no+tea\n! error.badfetch.http.503\n{SORRY}"
    content = content.replace("'tea'", "'no tea'").replace("next", 'method="post" next')
    assert play(content, posted).difference == ""


def test_without_such_a_folder_they_are_files_beside_the_document(play: Play) -> None:
    (play.folder / "next.vxml").write_text(
        '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form><block>Next.</block></form></vxml>'
    )
    assert play('<block><goto next="next.vxml"/></block>', "GET http://app/next.vxml\nC: Next.\n= end").difference == ""


def test_values_are_part_of_the_ending(play: Play) -> None:
    content = """<var name="a" expr="'it\\'s'"/><var name="b" expr="[1, null]"/><block><exit namelist="b a"/></block>"""
    assert play(content, "= exit a='it\\'s' b=[1, null]").difference == ""
    assert play(content, "= exit a='it\\'s'").difference


def test_a_human_who_has_nothing_more_to_say_hangs_up(play: Play) -> None:
    assert play(FIELD, "C: Say or press something.\n= hangup").difference == ""


def test_what_the_human_could_not_say_is_a_difference(play: Play) -> None:
    assert "-H: [1]" in play("<block>Hello.</block>", "C: Hello.\nH: [1]\n= end").difference


def test_turns_are_limited(play: Play) -> None:
    written = "C: Say or press something.\n" + "H: [silence]\nC: Say or press something.\n" * 5 + "H: [1]\n= end"
    assert play(FIELD, written, max_turns=6).difference == ""
    with pytest.raises(TurnsUsedUp):
        play(FIELD, written, max_turns=5)


def test_a_file_that_is_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_transcript(tmp_path / "none.txt")
    (tmp_path / "latin.txt").write_bytes(b"C: caf\xe9\n= end")
    with pytest.raises(TranscriptError, match="not UTF-8"):
        read_transcript(tmp_path / "latin.txt")
