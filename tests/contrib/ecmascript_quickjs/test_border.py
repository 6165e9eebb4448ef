"""What crosses the border is the same on both sides, and what needs no engine means what the engine says."""

import contextlib
import math
import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirabelle.contrib.ecmascript_quickjs.border import number_text, primitive, whole_text
from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine
from mirabelle.contrib.ecmascript_quickjs.pool import Workers
from mirabelle.contrib.ecmascript_quickjs.simple import NoLiteral, is_name, literal
from mirabelle.contrib.ecmascript_quickjs.worker.wire import HEADER, LARGEST, Frame, Incoming, Kind, TooLarge, packed
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import UNDEFINED, ScriptError, ScriptLimit, Value, finish
from tests.contrib.ecmascript_quickjs.extra import needs_extra

SETTINGS = settings(max_examples=150, deadline=None, derandomize=True)
FRAMES = st.lists(st.builds(Frame, st.sampled_from(Kind), st.integers(0, 9), st.integers(0, 9), st.binary(max_size=20)))


@SETTINGS
@given(FRAMES, st.randoms(use_true_random=False))
def test_frames_come_whole_however_the_bytes_come(frames: list[Frame], chance: random.Random) -> None:
    data = b"".join(packed(each.kind, each.session, each.request, each.content) for each in frames)
    incoming = Incoming()
    come: list[Frame] = []
    while data:
        count = chance.randint(1, 30)
        incoming.feed(data[:count])
        come += incoming.frames()
        data = data[count:]
    assert come == frames


def test_a_frame_has_a_largest_size() -> None:
    incoming = Incoming()
    incoming.feed(HEADER.pack(LARGEST + 1, 0, 0, Kind.WORK))
    with pytest.raises(TooLarge):
        list(incoming.frames())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (-12, "-12"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.25e22, "1.25e+22"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (-1.5e-9, "-1.5e-9"),
        (123456.789, "123456.789"),
        (5e-324, "5e-324"),
        (math.nan, "NaN"),
        (-math.inf, "-Infinity"),
        (True, "1"),
    ],
)
def test_numbers_as_text(number: float, text: str) -> None:
    assert number_text(number) == text


def test_half_characters_are_replaced() -> None:
    assert whole_text("a\ud83d\ude00b") == "a\U0001f600b"
    assert whole_text("\ud83d") == "\ufffd"
    assert whole_text("plain") == "plain"


@pytest.mark.parametrize("value", [b"", object(), 1j])
def test_only_primitives_are(value: object) -> None:
    with pytest.raises(ScriptError):
        primitive(value)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("1.50", 1.5),
        ("'it'", "it"),
        ('"it\'s"', "it's"),
        ("''", ""),
        ("true", True),
        ("null", None),
    ],
)
def test_literals_need_no_engine(source: str, value: Value) -> None:
    found = literal(source)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "source",
    ["", "00", "010", "1.", ".5", "1e3", "-1", "'a\\n'", "'a' + 'b'", "'", "'a\nb'", "undefined", "x", "9" * 30, "{}"],
)
def test_all_else_does(source: str) -> None:
    assert isinstance(literal(source), NoLiteral)


@pytest.mark.parametrize(
    ("source", "name"),
    [("x", True), ("$x_1", True), ("1x", False), ("a.b", False), ("this", False), ("undefined", False), ("é", False)],
)
def test_names(source: str, name: bool) -> None:
    assert is_name(source) is name


@needs_extra
def test_numbers_are_written_as_the_engine_writes_them(chain: Chain) -> None:
    @SETTINGS
    @given(st.floats() | st.floats(-1e22, 1e22) | st.floats(-1e-5, 1e-5) | st.integers(-(10**25), 10**25))
    def check(number: float) -> None:
        chain.session.declare(chain.dialog, "n", number)
        text, theirs = finish(chain.session.text(number)), str(chain.run("String(n)"))
        # QuickJS is not always as short as the standard wants it.
        assert text == theirs or (len(text) < len(theirs) and chain.run(f"Number('{text}') === n") is True)

    check()


@needs_extra
def test_literals_mean_what_the_engine_says(chain: Chain) -> None:
    @SETTINGS
    @given(
        st.text("01.e-'\"\\\n xtrue\u2028null", max_size=8)
        | st.from_regex(r"\s?(\d{1,3}(\.\d{1,3})?|'[^'\\]{0,5}')\s?")
    )
    def check(source: str) -> None:
        found = literal(source)
        if not isinstance(found, NoLiteral):
            value = chain.run(f"[{source}][0]")
            assert (value, type(value)) == (found, type(found))

    check()


NAMES = ("a", "b", "c", "fixed")
SCRIPTED = ("a", "b", "c")
SOURCES = st.sampled_from(
    [
        "var {0} = 1",
        "{0} = {1}",
        "{0} = 'text'",
        "{0} = {{}}",
        "dialog.{0} = 2",
        "document.{0} = {1}",
        "delete dialog.{0}",
        "delete {0}",
        "Object.defineProperty(dialog, '{0}', {{get: function () {{ return 3 }}}})",
        "Object.defineProperty(document, '{0}', {{value: 4}})",
        "eval('var {0} = 5')",
        "(function () {{ {0} = 6 }})()",
        "function {0}() {{}}",
        "for ({0} in {{q: 1}}) {{}}",
        "throw {0}",
        "with (dialog) {{ {0} = 7 }}",
        "dialog['{0}']++",
        "Object.assign(application, {{{0}: 8}})",
    ]
)
GIVEN: st.SearchStrategy[object] = st.sampled_from([0, "x", None, UNDEFINED, {}, [1]])
SCOPES = st.sampled_from(["application", "document", "dialog", "anonymous"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("run"), SCOPES, SOURCES, st.sampled_from(SCRIPTED), st.sampled_from(NAMES)),
        st.tuples(
            st.just("declare"), SCOPES, st.sampled_from(NAMES), st.sampled_from([0, "x", None, UNDEFINED, {}, [1]])
        ),
        st.tuples(st.just("fix"), SCOPES, st.just("fixed"), st.sampled_from([9, {}])),
        st.tuples(st.just("assign"), SCOPES, st.sampled_from(NAMES), st.sampled_from([1, "y"])),
        st.tuples(st.just("path"), SCOPES, st.sampled_from([*NAMES, "a.b", "b.c"]), st.sampled_from([1, {}])),
    ),
    max_size=8,
)


def apply(chain: Chain, step: tuple[object, ...]) -> None:
    match step:
        case ("run", str(scope), str(source), name, other):
            chain.attempt(source.format(name, other), getattr(chain, scope))
        case ("declare", str(scope), str(name), value):
            chain.session.declare(getattr(chain, scope), name, value)  # type: ignore[arg-type]
        case ("fix", str(scope), str(name), value):
            chain.session.declare(getattr(chain, scope), name, value, writable=False)  # type: ignore[arg-type]
        case ("assign", str(scope), str(name), value):
            with contextlib.suppress(ScriptError):
                chain.assign(name, value, getattr(chain, scope))  # type: ignore[arg-type]
        case ("path", str(scope), str(path), value):
            chain.session.set_path(getattr(chain, scope), path, value)  # type: ignore[arg-type]


@needs_extra
def test_what_is_known_without_asking_is_true(workers: Workers) -> None:
    """Whatever scripts and the host do to variables: reading a name here and evaluating it there give the same."""

    def told(attempt: Callable[[], object]) -> object:
        try:
            return attempt()
        except (ScriptError, ScriptLimit) as error:
            return str(error)

    @settings(max_examples=120, deadline=None, derandomize=True)
    @given(STEPS)
    def check(steps: list[tuple[object, ...]]) -> None:
        chain = Chain(QuickjsEngine(workers=workers).session())
        for step in steps:
            apply(chain, step)
            for name in NAMES:
                here = told(lambda name=name: chain.run(name))  # type: ignore[misc]
                there = told(lambda name=name: chain.run(f"[{name}][0]"))  # type: ignore[misc]
                assert (here, type(here)) == (there, type(there))
                for scope in ("application", "document", "dialog"):
                    declared = chain.session.declared(getattr(chain, scope), name)
                    assert declared == chain.run(f"Object.hasOwn({scope}, '{name}')")

    check()
