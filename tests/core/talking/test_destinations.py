"""Whom scripts may have called: toll fraud begins with a pattern that is too wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.talking.destinations import Destinations, Undialable
from mirabelle.core.talking.options import TransferOptions

SCHEMES = frozenset({"tel", "sip"})


def judge(uri: str, *allow: str, deny: tuple[str, ...] = ()) -> str:
    """What is dialled, or the event's last word."""
    try:
        return Destinations(TransferOptions(allow=allow, deny=deny), SCHEMES).judge(uri)
    except Undialable as refused:
        return refused.event.rpartition(".")[2]


@pytest.mark.parametrize(
    ("uri", "dialled"),
    [
        ("tel:+16175550100", "tel:+16175550100"),
        (" TEL:+1-617-555-0100 ", "tel:+16175550100"),
        ("tel:+1 (617) 555.0100", "tel:+16175550100"),
        ("tel:*67#5550100", "tel:*67#5550100"),
        ("tel:+16175550100;ext=12", "tel:+16175550100;ext=12"),
        ("sip:agent@pbx.example.com;transport=tcp", "sip:agent@pbx.example.com;transport=tcp"),
    ],
)
def test_a_destination_as_it_is_dialled(uri: str, dialled: str) -> None:
    assert judge(uri, "*") == dialled


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "16175550100",
        "tel:",
        "tel:nobody",
        "tel:+",
        "tel:+1617;",
        "tel:+1617;a b",
        "sip:a b@c",
        "sip:\x00",
        "x" * 600,
    ],
)
def test_what_is_no_destination(uri: str) -> None:
    assert judge(uri, "*") == "baddestination"


def test_a_scheme_that_nobody_dials_is_named_in_the_words_of_the_recommendation() -> None:
    with pytest.raises(Undialable, match=r"^The URI mailto:a@b is not a supported URI format$") as refused:
        Destinations(TransferOptions(allow=("*",)), SCHEMES).judge("mailto:a@b")
    assert refused.value.event == "error.unsupported.uri"


@pytest.mark.parametrize(
    ("pattern", "uri", "allowed"),
    [
        ("tel:+1617*", "tel:+16175550100", True),
        ("tel:+1-617-*", "tel:+1.617.555.0100", True),
        ("tel:+1617*", "tel:+16185550100", False),
        ("tel:+1617*", "tel:16175550100", False),
        ("tel:+16175550100", "tel:+161755501001", False),
        ("tel:+1617*", "tel:+16175550100;ext=9", True),
        ("tel:+1617*", "tel:+16175550100;postd=pp22", True),
        ("tel:+1617*", "tel:+16175550100;phone-context=+49", False),
        ("tel:+1617*", "sip:+16175550100@pbx.example.com", False),
        ("sip:*@pbx.example.com", "sip:agent@pbx.example.com", True),
        ("sip:*@pbx.example.com", "sip:agent@PBX.example.com", True),
        ("sip:*@pbx.example.com", "sip:agent@evil.example;x=@pbx.example.com", False),
        ("sip:*@pbx.example.com", "sip:agent@evil.example?x=@pbx.example.com", False),
        ("sip:*@pbx.example.com", "sip:agent@pbx.example.com.evil.example", False),
        ("sip:*@pbx.example.com", "sip:agent@pbx.example.com;maddr=10.0.0.1", False),
        ("sip:*@pbx.example.com", "sip:agent%40evil.example@pbx.example.com", False),
        ("sip:*@pbx.example.com", "sip:agent:pass@pbx.example.com", False),
        ("sip:*@pbxxexample.com", "sip:agent@pbx.example.com", False),
        ("*", "sip:anybody@anywhere;maddr=10.0.0.1", True),
    ],
)
def test_patterns(pattern: str, uri: str, allowed: bool) -> None:
    assert (judge(uri, pattern) != "noauthorization") is allowed


def test_what_is_denied_is_denied() -> None:
    assert judge("tel:+19005550100", "tel:+1*", deny=("tel:+1900*",)) == "noauthorization"
    assert judge("tel:+1-900-555-0100;ext=1", "*", deny=("tel:+1900*",)) == "noauthorization"


@pytest.mark.parametrize("simulated", [True, False])
def test_without_rules_only_simulated_telephony_may_be_transferred(simulated: bool) -> None:
    destinations = Destinations(TransferOptions(), SCHEMES, simulated)
    assert destinations.allows("tel:+16175550100") is simulated
    assert not Destinations(TransferOptions(allow=()), SCHEMES, simulated).allows("tel:+16175550100")
    assert not Destinations(TransferOptions(deny=("tel:*",)), SCHEMES, simulated).allows("tel:+16175550100")


@given(st.text(max_size=80))
def test_no_text_passes_a_number_for_another(text: str) -> None:
    dialled = judge(f"tel:{text}", "tel:+1617*")
    assert dialled in ("baddestination", "noauthorization") or dialled.startswith("tel:+1617")


@given(st.text(alphabet="abc@.:;?&%=pbx", max_size=40))
def test_no_address_passes_for_that_of_another_host(text: str) -> None:
    dialled = judge(f"sip:{text}", "sip:*@pbx.abc")
    assert dialled in ("baddestination", "noauthorization") or dialled.count("@") == 1
