"""Whatever a script is made of, what comes out is a value, an error of the script, or a limit."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine, Options
from mirabelle.vxml_interpreter.script import Json, ScriptError, ScriptLimit

TOKENS = [
    "a",
    "b",
    "c",
    "x",
    "1",
    "2.5",
    "'text'",
    '"t"',
    "/r(e)?g/g",
    "null",
    "undefined",
    "true",
    "NaN",
    "this",
    "arguments",
    "eval",
    "Math",
    "Date",
    "JSON",
    "Object",
    "Array",
    "String",
    "var",
    "function",
    "return",
    "if",
    "else",
    "for",
    "while",
    "do",
    "in",
    "with",
    "switch",
    "case",
    "default",
    "break",
    "continue",
    "try",
    "catch",
    "finally",
    "throw",
    "new",
    "delete",
    "typeof",
    "void",
    "instanceof",
    "let",
    "const",
    "class",
    "pyimport",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    ";",
    ",",
    ".",
    "?",
    ":",
    "=",
    "==",
    "===",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "&",
    "|",
    "^",
    "!",
    "~",
    "&&",
    "||",
    "++",
    "--",
    "+=",
    "<<",
    ">>>",
    "length",
    "push",
    "sort",
    "prototype",
    "constructor",
    "toString",
    "valueOf",
    "get",
    "set",
    "\n",
    "//",
    "/*",
    "*/",
    "\\",
    "`",
    "@",
    "#",
    "é",
]
PIECES = [
    "a",
    "\\d",
    "\\W",
    "\\b",
    "\\1",
    "\\0",
    "\\u0041",
    "\\x4",
    "\\c",
    "\\",
    ".",
    "^",
    "$",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{1,",
    "{,3}",
    "(",
    ")",
    "(?:",
    "(?=",
    "(?!",
    "(?<=",
    "(?<n>",
    "(?P<",
    "(?",
    "[",
    "]",
    "[^",
    "-",
    "a-z",
    "&&",
    "é",
    "\n",
]
SETTINGS = settings(
    max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    SCALARS | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@pytest.fixture(scope="module")
def fuzzed() -> Js2pyEngine:
    return Js2pyEngine(Options(work=5_000, regexp_seconds=0.05))


def outcome(work: Callable[[], object]) -> object:
    """What it gives, or how it was stopped."""
    try:
        return work()
    except (ScriptError, ScriptLimit) as stopped:
        return stopped


@SETTINGS
@given(st.lists(st.sampled_from(TOKENS), max_size=25))
def test_sources(fuzzed: Js2pyEngine, tokens: list[str]) -> None:
    chain = Chain(fuzzed.session())
    source = " ".join(tokens)
    assert "in the engine" not in str(outcome(lambda: json.dumps(chain.export(source))))
    assert "in the engine" not in str(outcome(lambda: chain.text(source)))
    json.dumps(dict(chain.session.snapshot(chain.anonymous)))


@SETTINGS
@given(st.text(max_size=40))
def test_texts(fuzzed: Js2pyEngine, source: str) -> None:
    assert "in the engine" not in str(outcome(lambda: Chain(fuzzed.session()).run(source)))


@SETTINGS
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.text(alphabet="aZ09_-é\n &", max_size=12))
def test_patterns(fuzzed: Js2pyEngine, pieces: list[str], text: str) -> None:
    chain = Chain(fuzzed.session())
    chain.session.declare(chain.dialog, "pattern", "".join(pieces))
    chain.session.declare(chain.dialog, "text", text)
    source = "text.split(new RegExp(pattern)).length + text.replace(new RegExp(pattern, 'gi'), '').length"
    found = outcome(lambda: chain.run(source))
    assert isinstance(found, int) or "SyntaxError" in str(found) or "regular expressions" in str(found)


@SETTINGS
@given(JSON)
def test_json_goes_in_and_out(fuzzed: Js2pyEngine, value: Json) -> None:
    chain = Chain(fuzzed.session())
    chain.session.declare(chain.dialog, "value", value)
    assert chain.export("value") == value
    assert chain.export("JSON.parse(JSON.stringify(value))") == value
    assert json.loads(chain.text("JSON.stringify(value)"), parse_int=float) == value


@SETTINGS
@given(st.floats())
def test_numbers_are_written_so_that_they_can_be_read(fuzzed: Js2pyEngine, number: float) -> None:
    chain = Chain(fuzzed.session())
    chain.session.declare(chain.dialog, "n", number)
    assert chain.run("isNaN(n) || Number(String(n)) === n") is True
    assert chain.run("isNaN(n) || Number(n.toExponential()) === n") is True


@SETTINGS
@given(st.lists(st.integers(-50, 50), max_size=30))
def test_sorting_is_that_of_python(fuzzed: Js2pyEngine, numbers: list[int]) -> None:
    chain = Chain(fuzzed.session())
    chain.session.declare(chain.dialog, "a", list(numbers))
    assert chain.export("a.slice().sort(function (x, y) { return x - y })") == sorted(numbers)
    assert chain.export("a.sort()") == sorted(numbers, key=str)


@SETTINGS
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_uris_are_encoded_so_that_they_can_be_decoded(fuzzed: Js2pyEngine, text: str) -> None:
    chain = Chain(fuzzed.session())
    chain.session.declare(chain.dialog, "s", text)
    assert chain.run("decodeURIComponent(encodeURIComponent(s)) === s") is True
    assert chain.run("decodeURI(encodeURI(s)) === s") is True
