"""Plugins that offer elements: what is wrong with them stops the start, with who and what."""

from collections.abc import Sequence
from typing import Any

import pytest

from mirabelle import hookimpl
from mirabelle.core import registry
from mirabelle.core.plugin_sources import Source
from mirabelle.core.registry import RegistryError
from mirabelle.vxml_interpreter.declarations import Declaration

NOTE = Declaration(name="note", section="-", namespace="urn:a")


def offering(answer: Any) -> Any:
    class Plugin:
        @hookimpl
        def register_vxml_elements(self) -> Sequence[Declaration]:
            if isinstance(answer, Exception):
                raise answer
            declarations: Sequence[Declaration] = answer
            return declarations

    return Plugin()


def assemble(*answers: Any) -> registry.Registry:
    return registry.assemble([Source(f"p{number}", "here", offering(each)) for number, each in enumerate(answers)])


def test_elements_of_all_plugins_are_gathered() -> None:
    other = Declaration(name="note", section="-", namespace="urn:b")
    assert set(assemble([NOTE], [other]).elements) == {NOTE, other}
    assert assemble().elements == ()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ([ValueError("no luck")], "plugin 'p0': register_vxml_elements raised ValueError: no luck"),
        ([NOTE], "plugin 'p0': register_vxml_elements must return a list of Declarations"),
        ([["note"]], "must return a list of Declarations"),
        ([[NOTE], [NOTE]], "register_vxml_elements: <note> is declared twice"),
        ([[Declaration(name="exit", section="-")]], "<exit> needs a namespace of its own"),
    ],
)
def test_what_is_wrong_is_told_with_its_plugin(answers: list[Any], problem: str) -> None:
    with pytest.raises(RegistryError) as caught:
        assemble(*answers)
    (told,) = caught.value.problems
    assert problem in told
