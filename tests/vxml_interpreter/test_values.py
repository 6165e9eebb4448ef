"""Value designations (VoiceXML 2.0, 6.5), properties (6.3), names (5.1) and builtin types (Appendix P)."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.vxml_interpreter import designations
from mirabelle.vxml_interpreter.builtin_types import Builtin, builtin, builtin_fault
from mirabelle.vxml_interpreter.designations import Misdesignated
from mirabelle.vxml_interpreter.properties import PROPERTIES, Properties, faults
from mirabelle.vxml_interpreter.scripting import is_reference, name_fault


@pytest.mark.parametrize(
    ("text", "value"), [("3s", 3.0), ("850ms", 0.85), ("0.7s", 0.7), (".5s", 0.5), ("+1.5s", 1.5), ("0s", 0.0)]
)
def test_times(text: str, value: float) -> None:
    assert designations.seconds(text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        *(
            (designations.seconds, text)
            for text in ("", "3", "s", "-1s", "3 s", "3.s", "1m", "1e3s", "٣s", "9" * 30 + "s")
        ),
        *((designations.integer, text) for text in ("", "1.0", "x", "1 2", "٣", "9" * 30)),
        *((designations.count, text) for text in ("0", "-1", "x")),
        *((designations.age, text) for text in ("-1", "1.5")),
        *((designations.level, text) for text in ("1.1", "-0.1", "high", "nan", "inf")),
        *((designations.boolean, text) for text in ("True", "1", "")),
    ],
)
def test_misdesignations(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(Misdesignated):
        parse(text)


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_misdesignated(text: str) -> None:
    for known in PROPERTIES.values():
        with suppress(Misdesignated):
            known.parse(text)


def test_the_innermost_valid_level_holds() -> None:
    here = Properties([{"timeout": "soon"}, {}, {"timeout": "2s"}], {"timeout": "3s"})
    assert here.value("timeout") == here.number("timeout") == 2.0
    assert Properties([{"timeout": "soon"}], {}).value("timeout") == PROPERTIES["timeout"].default
    assert list(faults({"timeout": "soon", "com.example": "soon", "termchar": "##"})) == [
        'property "timeout": "soon" is not a time: write a number with its unit, as in "3s" or "850ms"',
        'property "termchar": "##" is not a key',
    ]


@pytest.mark.parametrize("name", ["a", "a1", "größe", "$a", "a_b", "a$b", "document", "of"])
def test_names_of_variables(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize("name", ["", "1a", "a-b", "a b", "a.b", "_a", "a$", "while", "null", "true", "a;b"])
def test_what_is_no_name(name: str) -> None:
    assert name_fault(name)


@pytest.mark.parametrize(
    "name", ["a", "a.b", "dialog.a", "a[0].b", "a['x y']", 'a["b"]', "lastresult$.utterance", "a[i]"]
)
def test_references(name: str) -> None:
    assert is_reference(name)


@pytest.mark.parametrize("name", ["a+b", "a()", "a;b", "a = 1", "a.", "a[b()]", "", "a,b", "a['\\'']"])
def test_what_is_no_reference(name: str) -> None:
    assert not is_reference(name)


def test_builtin_types() -> None:
    assert builtin("digits") == Builtin(None, None)
    assert builtin("digits?length=4") == Builtin(4, 4)
    assert builtin("digits?minlength=3;maxlength=5;colour=red") == Builtin(3, 5)
    assert builtin("feelings") is None
    assert builtin_fault("feelings?length=x") is None
    assert builtin_fault("digits?length=x")
    assert builtin_fault("digits?length=4;maxlength=4")
