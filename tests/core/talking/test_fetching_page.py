"""docs/fetching.md tells the defaults that are in force."""

import re
from pathlib import Path

from mirabelle.core.talking.resources import MAX_BYTES, MAX_REDIRECTS
from mirabelle.vxml_interpreter.properties import PROPERTIES

PAGE = (Path(__file__).parents[3] / "docs" / "fetching.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`\w+`(?:, `\w+`)*) \| (.+) \|$", re.MULTILINE)
NUMBERS = {5: "five"}


def told() -> dict[str, str]:
    table = PAGE.partition("## Properties")[2]
    return {name.strip("`"): default for names, default in ROW.findall(table) for name in names.split(", ")}


def shown(default: object) -> str:
    return f"{default:g} s" if isinstance(default, float) else str(default or "none")


def test_every_fetching_property_is_told_with_its_default() -> None:
    fetching = re.compile(r"fetch.*|.*fetchhint|.*maxage|.*maxstale")
    assert told() == {name: shown(each.default) for name, each in PROPERTIES.items() if fetching.fullmatch(name)}


def test_the_limits_are_told() -> None:
    assert f"Of redirects {NUMBERS[MAX_REDIRECTS]} are followed" in PAGE
    assert f"At most {MAX_BYTES >> 20} MiB are read" in PAGE
