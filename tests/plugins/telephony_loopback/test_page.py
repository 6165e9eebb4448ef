"""docs/loopback.md says what is there."""

import re
from pathlib import Path

import pytest

from mirabelle.core.simulation.people import Say
from mirabelle.core.simulation.rules_file import parse_rules
from mirabelle.plugins.telephony_loopback.callees import BY_DIGIT, PARAMETERS, Kind

PAGE = (Path(__file__).parents[3] / "docs" / "loopback.md").read_text("utf-8")
ROWS = {row[1]: row for row in re.findall(r"\| ([\d, ]+) \| `loopback:(\w+)` \| .* \|(.*)\|", PAGE)}


@pytest.mark.parametrize("kind", Kind)
def test_a_callee_has_a_row_with_its_digits_and_parameters(kind: Kind) -> None:
    digits, _, parameters = ROWS[kind]
    assert set(digits.split(", ")) == {digit for digit, picked in BY_DIGIT.items() if picked is kind}
    named = set(re.findall(r"`(\w+)`", parameters))
    if kind is Kind.BUSY_THEN_VOICE:
        assert named == {Kind.VOICE, Kind.BUSY}
        assert PARAMETERS[kind] == PARAMETERS[Kind.VOICE] | PARAMETERS[Kind.BUSY]
    else:
        assert named == PARAMETERS[kind]


def test_every_parameter_is_explained() -> None:
    assert set(re.findall(r"\n\| `(\w+)` \| ", PAGE)) == set().union(*PARAMETERS.values())


def test_the_rules_are_rules() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(parse_rules(example).rules) == 3
    (transfer,) = re.findall(r"```\n(\[\[transfer\]\].*?)```", PAGE, re.DOTALL)
    (far_end,) = parse_rules(transfer).transfers
    assert (far_end.answers, far_end.duration, far_end.caller) == (2, 5, (Say("operator", 1.5),))
