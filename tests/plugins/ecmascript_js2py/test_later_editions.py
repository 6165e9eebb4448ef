"""What the engine does not have: each line of the table in the documentation is what it says."""

import re
from pathlib import Path

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py.later_editions import recognised

PAGE = Path(__file__).parents[3] / "docs" / "decisions" / "0208-what-js2py-has-of-ecmascript.md"
LINE = re.compile(r"\| `(.+)` \| (\w+Error: .+) \|")
LISTED = [found.groups() for found in map(LINE.fullmatch, PAGE.read_text(encoding="utf-8").splitlines()) if found]


def test_the_table_is_found() -> None:
    assert len(LISTED) > 30


@pytest.mark.parametrize(("source", "said"), LISTED)
def test_what_is_not_there_is_named(chain: Chain, source: str, said: str) -> None:
    error = chain.refused(f"1;\n\n{source}")
    assert str(error) == said
    assert error.line == 3


@pytest.mark.parametrize(
    "source",
    [
        "({short() { return 1 }}).short()",
        "var short = 1; ({short}).short",
        "0b1",
        "0o1",
        "+'1'.padStart(1)",
        "[1].find(Boolean)",
        "/(?<=a)1/.test('a1') ? 1 : 0",
        "Object.assign({}, {a: 1}).a",
    ],
)
def test_what_is_there_of_later_editions(chain: Chain, source: str) -> None:
    assert chain.run(source) == 1


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 +", "Unexpected end of input"),
        ("f(1", "Unexpected end of input"),
        ("({a: 1", "Unexpected end of input"),
        ("var of = 1; of of", "Unexpected identifier"),
        ("a..b", "Unexpected token ."),
        ("1 ? : 2", "Unexpected token :"),
        ("f(1,,2)", "Unexpected token ,"),
        ("if (a) ]", "Unexpected token ]"),
    ],
)
def test_a_mere_mistake_is_not_taken_for_a_later_edition(chain: Chain, source: str, message: str) -> None:
    error = chain.refused(source)
    assert (error.name, error.message) == ("SyntaxError", message)


def test_nothing_is_recognised_where_nothing_is() -> None:
    assert recognised("", 0) is None
    assert recognised("abc", 99) is None
