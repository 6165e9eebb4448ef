from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.testing.human import Act, Hangup, Keys, Several, Silence, Speech, parse_act
from mirabelle.core.testing.transcript import (
    TranscriptError,
    Transferred,
    Turn,
    literal,
    parse_transcript,
    parse_value,
    parse_values,
)
from mirabelle.vxml_interpreter.answers import SessionChanged, TransferOutcome
from mirabelle.vxml_interpreter.script import Json

SPEECH = Speech((("yes", 1.0),))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (" yes ", SPEECH),
        ("frog   legs", Speech((("frog legs", 1.0),))),
        ("[silence]", Silence()),
        ("[hangup]", Hangup()),
        ("[1 2 #]", Keys(((0.0, "12#"),))),
        ("[12#]", Keys(((0.0, "12#"),))),
        ("[1 4s 2 500ms 3]", Keys(((0.0, "1"), (4.0, "2"), (0.5, "3")))),
        ("[1.5s 2]", Keys(((1.5, "2"),))),
        ("(chicago, 0.4)", Speech((("chicago", 0.4),))),
        ("(austin, 0.8) (boston, 0.7)", Speech((("austin", 0.8), ("boston", 0.7)))),
        ("[speech 5s]", Speech((), 5.0)),
        ("[speech 5s 1 2]", Several(((0.0, Speech((), 5.0)), (0.0, Keys(((0.0, "12"),)))))),
        ("[1 2s speech 5s]", Several(((0.0, Keys(((0.0, "1"),))), (2.0, Speech((), 5.0))))),
        ("[speech 1s 2s #]", Several(((0.0, Speech((), 1.0)), (2.0, Keys(((0.0, "#"),)))))),
        ("[2s hangup]", Several(((2.0, Hangup()),))),
    ],
)
def test_what_a_human_does(text: str, act: Act) -> None:
    assert parse_act(text) == act


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "what does the human do"),
        ("[1 2", "not closed"),
        ("[]", "hold no keys"),
        ("[1 x]", "'x' is not a key"),
        ("[speech long]", "no span of time"),
        ("[1 5s]", "stands between keys"),
        ("[5s]", "stands between keys"),
        ("[hangup 1]", "nothing can follow the hang-up"),
        ("[speech]", "no span of time"),
        ("(chicago)", "written \\(words, 0.4\\)"),
        ("(chicago, 1.4)", "from 0 to 1"),
    ],
)
def test_what_no_human_does(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_act(text)


def test_a_transcript_is_read_into_lines_and_turns() -> None:
    transcript = parse_transcript(
        """\ufeff# 2.3.1: coffee
S: connection.callee_type = 'processing'
C: Coffee,
   tea or   milk?
S: connection.callee_type = 'voice'
H: [silence]

C: Once more.
C: Coffee?
H@1.5: [1]
H@2: [2 3]
! nomatch <- line 12
GET http://app/order?drink=tea
POST http://app/order drink=tea
H: yes
H: (no, 0.3)
C:
= exit word='it\\'s' answer=42
"""
    )
    assert transcript.lines == (
        "S: connection.callee_type = 'processing'",
        "C: Coffee, tea or milk?",
        "S: connection.callee_type = 'voice'",
        "H: [silence]",
        "C: Once more.",
        "C: Coffee?",
        "H@1.5: [1]",
        "H@2: [2 3]",
        "! nomatch <- line 12",
        "GET http://app/order?drink=tea",
        "POST http://app/order drink=tea",
        "H: yes",
        "H: (no, 0.3)",
        "C:",
        "= exit answer=42 word='it\\'s'",
    )
    assert transcript.opening.notices == (SessionChanged("connection.callee_type", "processing"),)
    assert [turn.acts for turn in transcript.turns] == [
        ((None, Silence()),),
        ((1.5, Keys(((0.0, "1"),))), (2.0, Keys(((0.0, "23"),)))),
        ((None, SPEECH),),
        ((None, Speech((("no", 0.3),))),),
    ]
    assert [turn.prompt for turn in transcript.turns] == [1, 2, 0, 0]
    assert transcript.turns[0].notices == (SessionChanged("connection.callee_type", "voice"),)
    assert transcript.turns[0].lines == ("S: connection.callee_type = 'voice'", "H: [silence]")


def test_transfers_and_recordings_are_read() -> None:
    transcript = parse_transcript(
        "C: a\nH: [speech 2s]\nR:  2.50s\nT@1.50:  yes\nT@3: [hangup]\nT: hangup 3.0s\nR: nothing\nT: busy\n= end"
    )
    meanwhile = ((1.5, SPEECH), (3.0, Hangup()))
    assert transcript.lines == (
        "C: a", "H: [speech 2s]", "R: 2.5s", "T@1.5: yes", "T@3: [hangup]", "T: hangup 3s", "R: nothing", "T: busy",
        "= end",
    )  # fmt: skip
    assert transcript.transfers == (
        Transferred(TransferOutcome.HANGUP, 3.0, meanwhile, ("T@1.5: yes", "T@3: [hangup]")),
        Transferred(TransferOutcome.BUSY),
    )


def test_a_notice_right_after_the_human_belongs_to_the_same_turn() -> None:
    transcript = parse_transcript("C: a\nH: yes\nS: x = 1\nC: b\n= end")
    assert transcript.turns == (Turn(((None, SPEECH),), (SessionChanged("x", 1),), 1, ("H: yes", "S: x = 1")),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("C: a\n", "the last line must say how"),
        ("", "the last line must say how"),
        ("C: a\n? b\n= end", "line 2: '\\? b' begins with none of"),
        ("= end\nC: a", "line 2: nothing can follow"),
        ("H@x: yes\n= end", "line 1: .* H@SECONDS"),
        ("\n\nH: [1 x]\n= end", "line 3: 'x' is not a key"),
        ("S: x\n= end", "line 1: .* S: variable = value"),
        ("S: x = yes\n= end", "line 1: 'yes': a value is"),
        ("S: x = 1 2\n= end", "line 1: '2' follows the value"),
        ("= maybe\n", "line 1: '= maybe' begins with none of"),
        ("= exit 42\n", "line 1: '42': values are written name=value"),
        ("! a line 12\n= end", "line 1: .* ! name <- who caught it"),
        ("T: gone\n= end", "line 1: 'T: gone': a transfer is T: outcome"),
        ("T: busy soon\n= end", "line 1: .*: a transfer is T: outcome"),
        ("T@x: [1]\n= end", "line 1: .*: a transfer is T: outcome"),
        ("T@1: [x]\nT: busy\n= end", "line 1: 'x' is not a key"),
        ("T@1: [1]\n= end", "'T@1: \\[1\\]' is followed by no T: line"),
        ("R: 5\n= end", "line 1: 'R: 5' begins with none of"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=f"t.txt.*{message}"):
        parse_transcript(text, "t.txt")


def test_a_difference_is_a_diff() -> None:
    transcript = parse_transcript("C: a\nH: [1]\n= end", "t.txt")
    assert transcript.difference(["C: a", "H: [1]", "= end"]) == ""
    assert transcript.difference(["C: b", "H: [1]", "= end"]).splitlines() == [
        "--- t.txt (as written)",
        "+++ t.txt (as it went)",
        "@@ -1,3 +1,3 @@",
        "-C: a",
        "+C: b",
        " H: [1]",
        " = end",
    ]


def test_events_count_only_where_a_transcript_tells_them() -> None:
    assert parse_transcript("C: a\n= end").difference(["! nomatch", "C: a", "= end"]) == ""
    told = parse_transcript("! nomatch\nC: a\n= end")
    assert told.difference(["! nomatch", "C: a", "= end"]) == ""
    assert told.difference(["C: a", "= end"])
    assert told.difference(["! nomatch", "! noinput", "C: a", "= end"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(JSON)
def test_values_can_be_read_again(value: Json) -> None:
    assert parse_value(literal(value)) == value


@given(st.dictionaries(st.from_regex(r"[a-z_$][a-z0-9_$]{0,4}", fullmatch=True), JSON, max_size=4))
def test_several_values_can_be_read_again(values: dict[str, Json]) -> None:
    assert parse_values(" ".join(f"{name}={literal(value)}" for name, value in values.items())) == values


def test_undefined_is_null() -> None:
    assert parse_value("undefined") is None


@given(st.text())
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    with suppress(TranscriptError):
        assert parse_transcript(text).lines
