"""docs/queuecall.md says what the code does."""

import re
from pathlib import Path

import pytest

from mirabelle.core.api.answers import ErrorCode
from mirabelle.core.api.fields import LONGEST
from mirabelle.core.api.natural_time import parse_time
from mirabelle.core.api.phone_numbers import NumberPlan, parse_number
from mirabelle.core.api.plum import QUEUECALL_PATHS

PAGE = (Path(__file__).parents[3] / "docs" / "queuecall.md").read_text("utf-8")
# They belong to queuecalls.php.
OF_LISTS = {ErrorCode.CAMPAIGN_EXISTS, ErrorCode.EMPTY_LIST}


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_every_field_with_its_length() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", section("Fields"), re.MULTILINE)
    assert [(name, int(longest)) for name, longest in rows] == list(LONGEST.items())


def test_every_code() -> None:
    codes = re.findall(r"^\| `(\w+)` \|", section("Errors"), re.MULTILINE)
    assert codes == [code.value for code in ErrorCode if code not in OF_LISTS]


def test_every_address() -> None:
    assert set(re.findall(r"`(/\S*queuecall\.php)`", PAGE)) == set(QUEUECALL_PATHS)


@pytest.mark.parametrize("text", re.findall(r"`([^`]+)`", section("Times in words")))
def test_the_times_are_times(text: str) -> None:
    assert parse_time(text, 1780315200, "UTC") > 0


NUMBERS = [text for text in re.findall(r"`([^`]+)`", section("Phone numbers")) if "1212" in text]


@pytest.mark.parametrize("text", NUMBERS)
def test_the_numbers_are_numbers(text: str) -> None:
    assert parse_number(text, NumberPlan()).destination == "+16175551212"
