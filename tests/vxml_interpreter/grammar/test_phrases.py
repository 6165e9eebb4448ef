"""Phrase lists, and the bounds of what is read of one."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.grammar.formats import GrammarFault, GrammarSource
from mirabelle.vxml_interpreter.grammar.matching import Grammar
from mirabelle.vxml_interpreter.grammar.phrases import MEDIA_TYPE, Phrases

URL = "http://app/list.json"


def compiled(body: bytes) -> Grammar:
    compiling = Phrases().compile(GrammarSource(body, URL))
    with pytest.raises(StopIteration) as stopped:
        next(compiling)
    grammar: Grammar = stopped.value.value
    return grammar


def refused(body: bytes) -> str:
    with pytest.raises(GrammarFault) as caught:
        next(Phrases().compile(GrammarSource(body, URL)))
    return caught.value.cause


def listed(means: str) -> bytes:
    return f'[{{"input": "a", "means": {means}}}]'.encode()


def padded(size: int) -> bytes:
    return b'[{"input": "a"}]'.ljust(size)


def many(count: int) -> bytes:
    return json.dumps([{"input": "a"}] * count).encode()


def deep(levels: int) -> bytes:
    return listed("[" * levels + "]" * levels)


@pytest.mark.parametrize("body", [padded(500_000), many(20_000), deep(50)], ids=["bytes", "phrases", "depth"])
def test_as_much_as_is_allowed_is_read(body: bytes) -> None:
    assert compiled(body).start().advance("a") is not None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (padded(500_001), "has 500001 bytes; at most 500000 are read"),
        (many(20_001), "has 20001 phrases; at most 20000 are read"),
        (deep(52), '"means" is nested more than 50 deep'),
        (deep(100_000), "nested too deeply"),
    ],
    ids=["bytes", "phrases", "depth", "deeper than Python goes"],
)
def test_more_is_a_fault_that_says_how_much_is_read(body: bytes, told: str) -> None:
    assert told in refused(body)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_numbers_that_json_does_not_have_are_refused(number: str) -> None:
    assert f"the number {number} is too large, or none" in refused(listed(number))


@pytest.mark.parametrize("number", ["1", "-1.5", "1e308"])
def test_others_are_what_a_phrase_means(number: str) -> None:
    matching = compiled(listed(number)).start().advance("a")
    assert matching is not None
    assert [match.interpretation for match in matching.results()] == [float(number)]


@pytest.mark.parametrize("body", [padded(500_001), many(20_001), deep(52), listed("NaN")])
def test_whoever_needs_it_gets_badfetch(talk: Callable[..., Any], body: bytes) -> None:
    field = f'<form><field name="f"><grammar src="list.json" type="{MEDIA_TYPE}"/></field></form>'
    answer = Fetched(URL, 200, {"content-type": MEDIA_TYPE}, body)
    conversation = talk(field, "a", documents={URL: answer})
    assert conversation.thrown == ["error.badfetch"]
    assert "phrase" in conversation.messages[0] or "number NaN" in conversation.messages[0]
