"""Texts that become strings and come back, and numbers of many digits."""

from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py.conversions import decimal
from mirabelle.plugins.ecmascript_js2py.texts import arriving, leaving, units

ANY = st.text(st.characters(categories=["Cs", "So", "Lu", "Zs"]))
DIGITS = st.text("0123456789", max_size=2000)
SIGN = st.sampled_from(["", "+", "-"])


@given(st.text())
def test_a_whole_text_comes_back(text: str) -> None:
    string = arriving(text)
    assert max(map(ord, string), default=0) <= 0xFFFF
    assert len(string) == len(text.encode("utf-16-le")) // 2
    assert leaving(string) == text
    assert units(string) == string


@given(ANY)
def test_what_leaves_can_be_encoded(text: str) -> None:
    for string in (text, units(text), arriving(text)):
        leaving(string).encode()
    assert leaving(units(text)) == leaving(arriving(text))


@given(ANY, ANY)
def test_strings_are_ordered_by_their_units(left: str, right: str) -> None:
    def by_units(text: str) -> list[int]:
        octets = text.encode("utf-16-be", "surrogatepass")
        return [int.from_bytes(octets[at : at + 2]) for at in range(0, len(octets), 2)]

    assert (units(left) < units(right)) == (by_units(units(left)) < by_units(units(right)))


@given(SIGN, DIGITS, DIGITS, st.integers(-2500, 2500) | st.integers(-(10**30), 10**30))
def test_a_number_of_many_digits_is_read_as_float_reads_it(sign: str, whole: str, fraction: str, power: int) -> None:
    text = f"{sign}0{whole}.{fraction}e{power}"
    assert decimal(text) == float(text)


def test_halves_meet_within_and_part_without(chain: Chain) -> None:
    assert chain.run("'\\ud83d' + '\\ude00'") == "\U0001f600"
    assert chain.run("'\U0001f600'.slice(0, 1)") == "\ufffd"
    chain.session.declare(chain.dialog, "high", "\ud83d")
    assert chain.run("high") == "\ufffd"
    assert chain.run("high.charCodeAt(0)") == 0xFFFD


def test_names_of_variables_and_members_are_texts_too(chain: Chain) -> None:
    chain.session.declare(chain.dialog, "o", {"\U0001f600": 1})
    assert chain.run("o['\\ud83d\\ude00']") == 1
    chain.run("o['\\ud83d'] = 2")
    assert chain.export("o") == {"\U0001f600": 1, "\ufffd": 2}
    assert chain.refused("throw new Error('\\ude00')").message == "\ufffd"
