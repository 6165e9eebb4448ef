from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.plugins.telephony_loopback.callees import Callee, Kind, UnknownCallee, callee_at


@pytest.mark.parametrize(
    ("digit", "kind"),
    [
        ("0", Kind.VOICE),
        ("1", Kind.VOICE),
        ("2", Kind.MACHINE),
        ("3", Kind.FAX),
        ("4", Kind.BUSY),
        ("5", Kind.NOANSWER),
        ("6", Kind.SIT),
        ("7", Kind.FAILURE),
        ("8", Kind.HANGUP),
        ("9", Kind.BUSY_THEN_VOICE),
    ],
)
def test_the_last_digit_picks_the_callee(digit: str, kind: Kind) -> None:
    assert callee_at(f"+1617555010{digit}") == Callee(kind)
    assert callee_at(f"tel:+1617555010{digit};ani=5553336661") == Callee(kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_uri_picks_it_by_name(kind: Kind) -> None:
    assert callee_at(f"loopback:{kind}") == Callee(kind)


def test_parameters() -> None:
    callee = callee_at("loopback:voice?rules=a%20b.toml&decides=2&rings=0&greeting=Hi+there&stays=30")
    assert callee == Callee(Kind.VOICE, 0, "Hi there", 2.0, 30.0, "a b.toml")
    assert callee_at("loopback:busy?after=0.5").after == 0.5
    assert callee_at("loopback:machine?greeting=").greeting == ""


@pytest.mark.parametrize(
    ("destination", "message"),
    [
        ("loopback:", "loopback has no callee ''; there are voice, machine"),
        ("loopback:vice", "loopback has no callee 'vice'"),
        ("loopback:voice;audio=1", "the loopback has no audio legs yet"),
        ("loopback:voice?rings=1;audio=1", "the loopback has no audio legs yet"),
        ("loopback:voice;video=1", "'video=1' after ';' is not known"),
        ("loopback:busy?rings=2", "loopback:busy: rings: is not a parameter of this callee; there are: after"),
        ("loopback:noanswer?x=1", "there are: none"),
        ("loopback:voice?rings=2&rings=3", "rings: is given twice"),
        ("loopback:voice?rings=-1", "rings: is a whole number from 0 to 20; found '-1'"),
        ("loopback:voice?rings=٣", "rings: is a whole number"),
        ("loopback:voice?decides=soon", "decides: is a number of seconds from 1.2 to 60; found 'soon'"),
        ("loopback:voice?decides=nan", "decides: is a number of seconds"),
        ("loopback:machine?decides=2", "decides: is a number of seconds from 2.4 to 60"),
        ("sip:1@example", "the loopback does not dial sip:"),
        ("+", "does not end in a digit"),
        ("", "does not end in a digit"),
    ],
)
def test_what_names_nobody_is_said(destination: str, message: str) -> None:
    with pytest.raises(UnknownCallee, match=message):
        callee_at(destination)


@given(st.text(max_size=40), st.sampled_from(["", "loopback:", "loopback:voice?", "tel:"]))
def test_nothing_else_is_ever_raised(text: str, scheme: str) -> None:
    with suppress(UnknownCallee):
        assert callee_at(scheme + text).kind in Kind
