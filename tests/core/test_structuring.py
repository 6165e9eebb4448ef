from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core.structuring import EnvironmentText, StructuringError, structure


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    depth: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Everything:
    flag: bool = False
    count: int = 0
    share: float = 0.0
    name: str = ""
    folder: Path = Path()
    colour: Colour = Colour.RED
    mode: Literal["fast", "slow"] = "slow"
    limit: int | None = None
    names: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()
    extra: Mapping[str, str] = field(default_factory=dict)
    inner: Inner = Inner(1)
    several: tuple[Inner, ...] = ()

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("count must not be negative")


def problems_of(table: Any, into: type = Everything) -> dict[str, str]:
    with pytest.raises(StructuringError) as caught:
        structure(table, into)
    return {".".join(problem.path): problem.text for problem in caught.value.problems}


def test_every_type_from_toml() -> None:
    table: dict[str, Any] = {
        "flag": True,
        "count": 3,
        "share": 1,
        "name": "x",
        "folder": "/tmp",
        "colour": "blue",
        "mode": "fast",
        "limit": 4,
        "names": ["a", "b"],
        "numbers": [1, 2],
        "extra": {"k": "v"},
        "inner": {"depth": 2},
        "several": [{"depth": 1}, {"depth": 2, "note": "n"}],
    }
    assert structure(table, Everything) == Everything(
        flag=True,
        count=3,
        share=1.0,
        name="x",
        folder=Path("/tmp"),
        colour=Colour.BLUE,
        mode="fast",
        limit=4,
        names=("a", "b"),
        numbers=frozenset({1, 2}),
        extra={"k": "v"},
        inner=Inner(2),
        several=(Inner(1), Inner(2, "n")),
    )


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("flag", 1, "expected true or false, got a whole number"),
        ("flag", "true", "expected true or false, got text"),
        ("count", True, "expected a whole number, got true or false"),
        ("count", "3", "expected a whole number, got text"),
        ("count", 3.0, "expected a whole number, got a number"),
        ("share", "1", "expected a number, got text"),
        ("name", 5, "expected text, got a whole number"),
        ("folder", 5, "expected text (a path), got a whole number"),
        ("colour", "green", "expected one of red, blue"),
        ("mode", "medium", "expected one of fast, slow"),
        ("limit", "none", "expected a whole number, got text"),
        ("names", "a", "expected a list, got text"),
        ("extra", [], "expected a table, got a list"),
        ("inner", 1, "expected a table, got a whole number"),
    ],
)
def test_a_wrong_type_names_key_and_expectation(key: str, value: object, says: str) -> None:
    assert problems_of({key: value}) == {key: says}


def test_an_item_of_a_list_is_named_by_its_index() -> None:
    assert problems_of({"names": ["a", 1]}) == {"names[1]": "expected text, got a whole number"}
    assert problems_of({"several": [{"depth": 1}, {}]}) == {"several[1].depth": "is missing"}


def test_an_unknown_key_names_the_nearest_or_all() -> None:
    assert problems_of({"conut": 1}) == {"conut": "unknown key (did you mean 'count'?)"}
    assert problems_of({"depth": 1, "zzz": 1}, Inner) == {"zzz": "unknown key; there is depth, note"}


def test_all_problems_come_at_once() -> None:
    found = problems_of({"flag": 1, "conut": 1, "inner": {"depht": 2}, "names": [1, 2]})
    assert sorted(found) == ["conut", "flag", "inner.depht", "inner.depth", "names[0]", "names[1]"]


def test_what_the_dataclass_refuses_is_a_problem_of_its_table() -> None:
    assert problems_of({"count": -1}) == {"": "count must not be negative"}


def test_whatever_a_dataclass_raises_is_a_problem() -> None:
    @dataclass(frozen=True)
    class Picky:
        zone: str = ""

        def __post_init__(self) -> None:
            raise KeyError(self.zone)

    (text,) = problems_of({"zone": "Nowhere"}, Picky).values()
    assert text == "KeyError: 'Nowhere'"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("flag", "true", True),
        ("flag", "0", False),
        ("count", "17", 17),
        ("share", "2.5", 2.5),
        ("name", "0000", "0000"),
        ("name", "17", "17"),
        ("colour", "blue", Colour.BLUE),
        ("limit", "3", 3),
        ("names", "a, b", ("a", "b")),
        ("names", '["a,b", "c"]', ("a,b", "c")),
        ("numbers", "1,2", frozenset({1, 2})),
        ("numbers", "[1, 2]", frozenset({1, 2})),
    ],
)
def test_text_of_the_environment_is_read_as_the_type_of_its_key(key: str, text: str, value: object) -> None:
    assert getattr(structure({key: EnvironmentText(text)}, Everything), key) == value


@pytest.mark.parametrize(
    ("key", "text"), [("flag", "maybe"), ("count", "1.5"), ("share", "much"), ("numbers", "1,x"), ("numbers", "[1")]
)
def test_text_that_cannot_be_read_is_refused(key: str, text: str) -> None:
    assert next(iter(problems_of({key: EnvironmentText(text)}))).startswith(key)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*Everything.__dataclass_fields__, "other"]), VALUES, max_size=4))
def test_whatever_is_given_there_is_a_value_or_a_list_of_problems(table: dict[str, Any]) -> None:
    try:
        made = structure(table, Everything)
    except StructuringError as error:
        said = error.problems
        assert said
    else:
        assert "other" not in table
        assert isinstance(made, Everything)


@given(st.text(min_size=12, alphabet="s3cr$t").filter(lambda text: text not in ("red", "blue")))
def test_no_problem_repeats_a_value(secret: str) -> None:
    table = dict.fromkeys(["flag", "count", "share", "colour", "mode", "limit", "names", "inner"], secret)
    assert all(secret not in text for text in problems_of(table).values())
