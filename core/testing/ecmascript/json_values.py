"""JSON across the border, in both directions and with all that is nasty about it."""

import enum
import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import Json, ScriptEngine, ScriptError, ScriptLimit, finish

SAFE = 2**53 - 1
NAMES = st.sampled_from(
    ["__proto__", "constructor", "prototype", "toJSON", "toString", "length", "0", "007", "a.b", ""]
)
TEXTS = st.text(max_size=8) | st.text(st.characters(categories=["Cs", "So", "Ll"]), max_size=5)
NUMBERS = st.integers(-(10**400), 10**400) | st.integers(-SAFE, SAFE) | st.floats()
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES | TEXTS, inner, max_size=5),
    max_leaves=15,
)
SETTINGS = settings(max_examples=40, deadline=None, derandomize=True)


def whole_text(text: str) -> str:
    """The text with half surrogate pairs replaced, whole ones put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def crossed(value: Json) -> Json:
    """What comes out of an engine when this goes in."""
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return _crossed_number(value)
    if isinstance(value, list):
        return [crossed(item) for item in value]
    return {whole_text(key): crossed(item) for key, item in value.items()}


def _crossed_number(number: float) -> Json:
    try:
        double = float(number)
    except OverflowError:
        return None
    if not math.isfinite(double):
        return None
    return int(double) if double.is_integer() and abs(double) <= SAFE else double


def typed(value: Json) -> object:
    """For comparisons that tell true from 1 and 1 from 1.0."""
    if isinstance(value, list):
        return [typed(item) for item in value]
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    return type(value), value


class Colour(enum.StrEnum):
    """A text that is more than a text."""

    RED = "red"


class Count(enum.IntEnum):
    """A number that is more than a number."""

    TWO = 2


NESTED = "var v = []; for (var i = 0; i < 5000; i++) v = [v]; v"
SHARED = "var v = [1]; for (var i = 0; i < 40; i++) v = [v, v]; v"

# What a script may have made of an object, and the copy of it.
COPIES: tuple[tuple[str, Json], ...] = (
    ("({a: undefined, b: function () {}, c: NaN, d: -Infinity, e: -0, f: null})", {**dict.fromkeys("abcdf"), "e": 0}),
    ("var a = [1, , 3]; a.extra = 4; a", [1, None, 3]),
    ("new Array(3)", [None, None, None]),
    ("function F() { this.own = 1 } F.prototype.inherited = 2; new F", {"own": 1}),
    ("Object.defineProperty({a: 1}, 'hidden', {value: 2})", {"a": 1}),
    ("var n = 0; ({get a() { return ++n }})", {"a": 1}),
    ("Object.create(null)", {}),
    ("[new String('s'), new Number(2), new Boolean(false)]", ["s", 2, False]),
    ("[new Date(0), new Date(NaN)]", ["1970-01-01T00:00:00.000Z", None]),
    ("({toJSON: function () { return {b: [1]} }})", {"b": [1]}),
    ("[{toJSON: function (key) { return typeof key }}]", ["string"]),
    ("({toJSON: 5})", {"toJSON": 5}),
    ("(function () { return arguments })(1, 'x')", {"0": 1, "1": "x"}),
    ("[new Error('m'), /x/]", [{}, {}]),
    ("""JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}')""", {"__proto__": {"a": 1}, "constructor": 2}),
    ("({'\\ud83d\\ude00': '\\ude00\\ud83d'})", {"\U0001f600": "\ufffd\ufffd"}),
    ("[9007199254740991, 9007199254740993, 1e300, 0.1]", [SAFE, 2.0**53, 1e300, 0.1]),
    ("Object.prototype.polluted = 1; var c = {a: {}}; c", {"a": {}}),
)

SABOTAGE = (
    "JSON.parse = JSON.stringify = Object.keys = Object.defineProperty = Array.isArray = 0",
    "JSON = Object = Array = String = Function = Error = 0",
    "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = function () { throw 'trap' }",
    "Array.prototype.push = Array.prototype.map = Array.prototype.join = Array.prototype.forEach = null",
    "Object.prototype.get = Object.prototype.value = Object.prototype.enumerable = Object.prototype.writable = 5",
    "Object.defineProperty(Object.prototype, 'a', {set: function () { throw 'trap' }, configurable: true})",
    "Object.defineProperty(Array.prototype, '0', {set: function () { throw 'trap' }, configurable: true})",
    "Object.prototype.hasOwnProperty = Object.prototype.valueOf = function () { throw 'trap' }",
    "Object.prototype.then = Object.prototype.length = Object.prototype.name = 7",
    "String.prototype.charAt = String.prototype.replace = String.prototype.toString = function () { throw 'trap' }",
)


class ScriptJsonContract(ScriptContract):
    """JSON in is JSON of the session, JSON out can be written by `json` and encoded, and both have bounds."""

    def test_json_goes_in_and_comes_out(self, script_engine: ScriptEngine) -> None:
        """Whatever the host has: numbers that are none, half characters, names that mean something to objects."""
        chain = Chain(script_engine.session())

        @SETTINGS
        @given(VALUES)
        def check(value: Json) -> None:
            chain.session.declare(chain.dialog, "v", value)
            chain.session.declare(chain.dialog, "fixed", value, writable=False)
            chain.session.set_path(chain.dialog, "o.v", value)
            for source in ("v", "fixed", "o.v", "JSON.parse(JSON.stringify({v: v})).v"):
                assert typed(chain.export(source)) == typed(crossed(value)), source

        check()

    def test_strings_are_utf_16_within_and_whole_characters_without(self, script_engine: ScriptEngine) -> None:
        """Lengths count units; what comes out can be encoded."""
        chain = Chain(script_engine.session())

        @SETTINGS
        @given(TEXTS)
        def check(text: str) -> None:
            whole = whole_text(text)
            chain.session.declare(chain.dialog, "s", text)
            assert chain.run("s") == chain.session.value(chain.dialog, "s") == chain.text("s") == whole
            assert chain.run("s.length") == len(whole.encode("utf-16-le")) // 2
            assert chain.run("s.split('').reverse().reverse().join('')") == whole
            assert chain.session.snapshot(chain.dialog)["s"] == whole

        check()

    def test_numbers_keep_their_value(self, script_engine: ScriptEngine) -> None:
        """Whole ones come as `int` as far as they are exact."""
        chain = Chain(script_engine.session())

        @SETTINGS
        @given(st.floats(allow_nan=False))
        def check(number: float) -> None:
            chain.session.declare(chain.dialog, "n", number)
            result = chain.run("n")
            assert result == number
            assert isinstance(result, int) == (number.is_integer() and abs(number) <= SAFE)
            chain.session.declare(chain.dialog, "text", chain.text("n"))
            assert chain.run("Number(text) === n") is True

        check()
        chain.session.declare(chain.dialog, "n", -0.0)
        assert chain.run("1 / n === -Infinity") is True
        assert str(chain.run("-0")) == "0"
        chain.session.declare(chain.dialog, "n", math.nan)
        assert chain.run("n !== n") is True
        assert math.isnan(float(str(chain.run("n"))))
        assert chain.run("-1 / 0") == -math.inf

    def test_values_of_enumerations_are_plain_values(self, chain: Chain) -> None:
        """The host's own kinds of texts and numbers stay outside."""
        chain.session.declare(chain.dialog, "v", {"a": Colour.RED, "b": [Count.TWO]})
        assert chain.export("[v, typeof v.a, typeof v.b[0], v.a.length + v.b[0]]") == [
            {"a": "red", "b": [2]},
            "string",
            "number",
            5,
        ]

    def test_json_of_the_host_has_the_prototypes_of_the_session(self, chain: Chain) -> None:
        """And a member `__proto__` is a member."""
        chain.session.declare(chain.dialog, "o", {"__proto__": {"evil": 1}, "list": [{}]})
        assert chain.export(
            "[o.evil === undefined, Object.getPrototypeOf(o) === Object.prototype, o.list instanceof Array,"
            " o.list[0] instanceof Object, ({}).evil === undefined, Object.keys(o).sort()]"
        ) == [True, True, True, True, True, ["__proto__", "list"]]

    @pytest.mark.parametrize("write", ["declare", "set_path"])
    def test_json_that_is_too_deep_is_refused(self, chain: Chain, write: str) -> None:
        """Whether it ends or contains itself; what was there stays."""
        deep: Json = []
        for _ in range(5000):
            deep = [deep]
        circle: list[Json] = []
        circle.append({"again": circle})
        chain.session.declare(chain.dialog, "x", 1)
        for value in (deep, circle):
            with pytest.raises(ScriptLimit):
                getattr(chain.session, write)(chain.dialog, "x", value)
        assert chain.run("x") == 1

    def test_json_of_sensible_depth_is_taken(self, chain: Chain) -> None:
        """Ninety objects within one another."""
        value: Json = "core"
        for _ in range(45):
            value = {"o": [value]}
        chain.session.declare(chain.dialog, "x", value)
        assert chain.export("x") == value

    @pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, [object()], {"a": 1j}])
    def test_what_is_neither_json_nor_a_handle_is_refused(self, chain: Chain, value: Any) -> None:
        """A mistake of the host's, told where it is made."""
        with pytest.raises(ScriptError) as caught:
            chain.session.declare(chain.dialog, "x", value)
        assert caught.value.name == "TypeError"

    @pytest.mark.parametrize(("source", "copy"), COPIES, ids=[source[:40] for source, _ in COPIES])
    def test_what_scripts_have_made_is_copied(self, chain: Chain, source: str, copy: Json) -> None:
        """Own enumerable properties, and nothing that JSON does not have."""
        assert typed(chain.export(source)) == typed(copy)

    @pytest.mark.parametrize(
        "source",
        [
            "var o = {}; o.o = o; o",
            "var a = []; a[0] = {a: a}; a",
            "({toJSON: function () { throw new RangeError('no') }})",
            "({get a() { null.x }})",
        ],
    )
    def test_what_cannot_be_copied_is_an_error(self, chain: Chain, source: str) -> None:
        """Of the script, and the session goes on."""
        value = chain.run(source)
        with pytest.raises(ScriptError):
            finish(chain.session.export(value))
        assert chain.run("1") == 1

    @pytest.mark.parametrize("source", [NESTED, SHARED, "var v = []; v.length = 4294967295; v"])
    def test_what_is_too_much_to_copy_meets_a_limit(self, chain: Chain, source: str) -> None:
        """Too deep, too often the same, or too long."""
        value = chain.run(source)
        with pytest.raises(ScriptLimit):
            finish(chain.session.export(value))
        assert chain.run("1") == 1

    def test_toJSON_that_makes_ever_more_meets_a_limit(self, chain: Chain) -> None:  # noqa: N802
        """A structure without an end."""
        with pytest.raises((ScriptLimit, ScriptError)):
            chain.export("var f = function () { return {a: {toJSON: f}} }; ({toJSON: f})")

    @pytest.mark.parametrize("source", SABOTAGE)
    def test_what_scripts_do_to_built_ins_does_not_reach_the_host(self, chain: Chain, source: str) -> None:
        """Values cross as before, in the session of the sabotage."""
        chain.session.declare(chain.document, "before", {"a": [1, "x"]})
        chain.run(source)
        chain.session.declare(chain.dialog, "o", {"a": [1, {"b": "c"}], "get": 2})
        chain.session.set_path(chain.dialog, "o.d.e", ["f"])
        chain.assign("o.g", 3)
        chain.assign("before.a[1]", "y")
        assert chain.export("o") == {"a": [1, {"b": "c"}], "get": 2, "d": {"e": ["f"]}, "g": 3}
        assert chain.export("before") == {"a": [1, "y"]}
        assert chain.session.snapshot(chain.dialog)["o"] == chain.export("o")
        assert chain.run("o.a[1].b + o.g") == "c3"
        assert chain.refused("throw {name: 'Mine', message: 'thrown'}").message == "thrown"
        assert chain.refused("nowhere").name == "ReferenceError"

    @pytest.mark.parametrize(
        "source",
        [
            "var s = '\\ud800', n = NaN, i = 1 / 0, u, f = function () {}, d = new Date(NaN)",
            "var o = {}; o['\\udc00'] = o",
            "var a = []; a.length = 4294967295",
            NESTED,
            SHARED,
        ],
    )
    def test_a_snapshot_can_always_be_written(self, chain: Chain, source: str) -> None:
        """As JSON, in bytes, and not too many of them."""
        chain.run(source, chain.dialog)
        shown = dict(chain.session.snapshot(chain.dialog))
        assert shown
        written = json.dumps(shown, allow_nan=False, ensure_ascii=False).encode()
        assert len(written) < 100_000
