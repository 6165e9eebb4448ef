import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.api.phone_numbers import BadNumber, NumberPlan, PhoneNumber, ignored_parameters, parse_number

US = NumberPlan()

ACCEPTED = {
    "16175551212": PhoneNumber("+16175551212"),
    "6175551212": PhoneNumber("+16175551212"),
    "+16175551212": PhoneNumber("+16175551212"),
    "tel:12223456547": PhoneNumber("+12223456547"),
    "TEL:+16175551212": PhoneNumber("+16175551212"),
    "tel:+16177123000; ani=7778889999": PhoneNumber("+16177123000", "7778889999"),
    "tel:+16177123000;ani=5553336666": PhoneNumber("+16177123000", "5553336666"),
    "+1 (617) 555-1212": PhoneNumber("+16175551212"),
    "617.555.1212": PhoneNumber("+16175551212"),
    " 6175551212 ": PhoneNumber("+16175551212"),
    "+4930123456": PhoneNumber("+4930123456"),
    "011 49 30 123456": PhoneNumber("+4930123456"),
    "6175551212;ANI=+1 (800) 123-4567": PhoneNumber("+16175551212", "+18001234567"),
    "6175551212;postd=1PP2#*a": PhoneNumber("+16175551212", None, "1pp2#*A"),
    "6175551212;ani=8001234567;postd=p12": PhoneNumber("+16175551212", "8001234567", "p12"),
    "6175551212;   postd = p1-2 ;carrier=x": PhoneNumber("+16175551212", None, "p12"),
}

IGNORED = {
    "16175551212": [],
    "tel:+16175551212; audio=1;ani=8001234567": ["audio=1"],
    "6175551212;   postd = p1-2 ;Carrier = x": ["Carrier = x"],
    "loopback:voice?rings=1;audio=1": [],
}


@pytest.mark.parametrize(("sent", "ignored"), IGNORED.items())
def test_parameters_without_a_meaning_are_known(sent: str, ignored: list[str]) -> None:
    assert ignored_parameters(sent) == ignored


REFUSED = {
    "abc": "'abc' is not a dialable number",
    "": "'' is not a dialable number",
    "tel:": "'tel:' is not a dialable number",
    "1-800-FLOWERS": "'1-800-FLOWERS' is not a dialable number",
    "++16175551212": "'++16175551212' is not a dialable number",
    "٦١٧٥٥٥١٢١٢": "'٦١٧٥٥٥١٢١٢' is not a dialable number",
    "911": "'911' is not a dialable number: it is too short",
    "5551212": "'5551212' is not a dialable number: its area code is missing",
    "61755512123": "'61755512123' is not a dialable number: it is too long",
    "+9991234567": "'+9991234567' is not a dialable number: its country code does not exist "
    "(numbers without one are read as those of US)",
    "+": "'+' is not a dialable number",
    "1": "'1' is not a dialable number: it is too short",
    "1" * 100: f"'{'1' * 100}' is not a dialable number: it is too long",
    "6175551212;": "'6175551212;' is not a dialable number: '' is not of the form name=value",
    "6175551212;ani": "'6175551212;ani' is not a dialable number: 'ani' is not of the form name=value",
    "6175551212;ani=": "'6175551212;ani=' is not a dialable number: 'ani=' is not of the form name=value",
    "6175551212;ani=bob": "'6175551212;ani=bob' is not a dialable number: ani 'bob' is not a phone number",
    "6175551212;ani=1\r\n2": "'6175551212;ani=1\r\n2' is not a dialable number: ani '1\r\n2' is not a phone number",
    "6175551212;ani=12;ANI=13": "'6175551212;ani=12;ANI=13' is not a dialable number: ANI is given twice",
    "6175551212;postd=12w3": "'6175551212;postd=12w3' is not a dialable number: "
    "postd '12w3' may hold 0-9, *, #, A-D, and p for a pause",
    "6175551212;ext=12": "'6175551212;ext=12' is not a dialable number: "
    "ext is not supported; use postd for digits that are sent after the answer",
    "6175551212;phone-context=a": "'6175551212;phone-context=a' is not a dialable number: "
    "phone-context is not supported",
    "sip:bob@example.com": "'sip:bob@example.com' is not a dialable number: no telephony here dials sip:",
}


@pytest.mark.parametrize(("sent", "number"), ACCEPTED.items())
def test_numbers_are_normalised(sent: str, number: PhoneNumber) -> None:
    assert parse_number(sent, US) == number


@pytest.mark.parametrize(("sent", "message"), REFUSED.items())
def test_what_cannot_be_dialled_is_refused(sent: str, message: str) -> None:
    with pytest.raises(BadNumber) as caught:
        parse_number(sent, US)
    assert str(caught.value) == message


def test_numbers_without_country_code_are_those_of_the_region() -> None:
    assert parse_number("030 123456", NumberPlan(region="DE")).destination == "+4930123456"
    with pytest.raises(BadNumber, match="country code does not exist"):
        parse_number("030 123456", NumberPlan(region="XX"))


def test_a_strict_account_takes_valid_numbers_only() -> None:
    assert parse_number("12223456547", US).destination == "+12223456547"
    with pytest.raises(BadNumber, match="its numbering plan has no such numbers"):
        parse_number("12223456547", NumberPlan(strict=True))
    assert parse_number("16175551212", NumberPlan(strict=True)).destination == "+16175551212"


def test_other_schemes_belong_to_the_telephony_that_claims_them() -> None:
    plan = NumberPlan(dials=lambda scheme: scheme in {"loopback", "tel"})
    uri = "loopback:voice?rules=a.toml;audio=1"
    assert parse_number(uri, plan) == PhoneNumber(uri)
    assert parse_number("LoopBack:busy", plan).destination == "loopback:busy"
    for bad in ("loopback:", "loopback:a b", "loopback:a\r\nb", "loopback:\x00", "loopback:é"):
        with pytest.raises(BadNumber, match="printable characters"):
            parse_number(bad, plan)
    with pytest.raises(BadNumber, match="no telephony here dials sip:"):
        parse_number("sip:bob@example.com", plan)


@given(st.text(max_size=128) | st.text("0123456789+-. ();=anipostd*#", max_size=128))
def test_any_text_is_dialable_or_refused(sent: str) -> None:
    try:
        number = parse_number(sent, US)
    except BadNumber:
        return
    assert re.fullmatch(r"\+[0-9]{5,15}", number.destination)
    assert number.caller_id is None or re.fullmatch(r"\+?[0-9]{2,20}", number.caller_id)
    assert number.post_dial is None or re.fullmatch(r"[0-9*#A-Dp]+", number.post_dial)
