"""Plugins that offer elements and grammar formats: what is wrong with them stops the start, with who and what."""

from collections.abc import Sequence
from typing import Any

import pytest

from mirabelle import hookimpl
from mirabelle.core import registry
from mirabelle.core.plugin_sources import Source
from mirabelle.core.registry import RegistryError
from mirabelle.vxml_interpreter.declarations import Declaration
from mirabelle.vxml_interpreter.grammar.formats import Compiling, GrammarFormat, GrammarSource
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.grammar.options import Option, option_grammar
from mirabelle.vxml_interpreter.grammar.phrases import MEDIA_TYPE
from mirabelle.vxml_interpreter.settings import Settings

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


class Yaml:
    media_types = ("application/x-yaml-grammar",)

    def recognizes(self, body: bytes) -> bool:
        return body.startswith(b"-")

    def compile(self, source: GrammarSource) -> Compiling:
        yield from ()
        return option_grammar([Option(source.body.decode().strip("- "), "yes")], Mode.VOICE)


class PhrasesAgain(Yaml):
    media_types = (MEDIA_TYPE,)


class Formats:
    def __init__(self, *formats: Any) -> None:
        self.formats = list(formats)

    @hookimpl
    def register_grammar_formats(self) -> Sequence[GrammarFormat]:
        return self.formats


def test_documents_may_use_the_grammar_formats_of_plugins() -> None:
    grammars = registry.assemble([Source("p", "here", Formats(Yaml()))]).documents(Settings()).grammars
    with pytest.raises(StopIteration) as compiled:
        next(grammars.compile(GrammarSource(b"- maybe", "http://app/g"), "application/x-yaml-grammar; charset=utf-8"))
    match = compiled.value.value.start().advance("maybe")
    assert [result.interpretation for result in match.results()] == ["yes"]


@pytest.mark.parametrize(
    ("formats", "problem"),
    [
        ([Yaml(), Yaml()], "register_grammar_formats: two grammar formats read application/x-yaml-grammar"),
        ([PhrasesAgain()], f"two grammar formats read {MEDIA_TYPE}"),
        (["yaml"], "must return a list of grammar formats"),
    ],
)
def test_formats_that_cannot_be_used_stop_the_start(formats: list[Any], problem: str) -> None:
    with pytest.raises(RegistryError) as caught:
        registry.assemble([Source("p", "here", Formats(*formats))])
    (told,) = caught.value.problems
    assert problem in told
