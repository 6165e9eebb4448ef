"""What is an error in ECMAScript 5.1, and what else cannot be told as a case."""

import pytest

from mirabelle.core.testing.script_chain import Chain


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("/* comment */ 1 // another\n + 1", 2),
        ("<!-- an old comment\n 3", 3),
        ("var a = 1\nvar b = 2\na + b", 3),
        ("var a = 1, b = 2\na\n++\nb\na + b", 4),
    ],
)
def test_lines(chain: Chain, source: str, value: int) -> None:
    assert chain.run(source) == value


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("nope", "ReferenceError"),
        ("nope = 1", "ReferenceError"),
        ("nope++", "ReferenceError"),
        ("--nope", "ReferenceError"),
        ("nope -= 1", "ReferenceError"),
        ("(function () { leaked = 1 })()", "ReferenceError"),
        ("null.x", "TypeError"),
        ("undefined.x = 1", "TypeError"),
        ("undefined[0]++", "TypeError"),
        ("({}).f()", "TypeError"),
        ("1()", "TypeError"),
        ("new 1", "TypeError"),
        ("new ({}).x", "TypeError"),
        ("new Math.max()", "TypeError"),
        ("new (function () {}.bind)()", "TypeError"),
        ("1 instanceof 2", "TypeError"),
        ("({}) instanceof {}", "TypeError"),
        ("'a' in 'b'", "TypeError"),
        ("with (null) {}", "TypeError"),
        ("throw new TypeError('mine')", "TypeError"),
        ("+{valueOf: function () { return {} }, toString: function () { return {} }}", "TypeError"),
        ("eval('1 +')", "SyntaxError"),
        ("new Function('a b', '')", "SyntaxError"),
        ("new RegExp('(')", "SyntaxError"),
        ("new RegExp('a', 'x')", "SyntaxError"),
        ("new Array(-1)", "RangeError"),
        ("[].length = 1.5", "RangeError"),
        ("(1).toFixed(101)", "RangeError"),
        ("(1).toString(1)", "RangeError"),
        ("decodeURIComponent('%')", "URIError"),
        ("JSON.parse('{a: 1}')", "SyntaxError"),
        ("let x = 1", "SyntaxError"),
        ("const x = 1", "SyntaxError"),
        ("var f = x => x", "SyntaxError"),
        ("class A {}", "SyntaxError"),
        ("var {a} = {a: 1}", "SyntaxError"),
        ("function f(a = 1) {}", "SyntaxError"),
        ("function f(...a) {}", "SyntaxError"),
        ("`template`", "SyntaxError"),
        ("for (var x of []) {}", "SyntaxError"),
        ("return 1", "SyntaxError"),
        ("break", "SyntaxError"),
        ("a: while (0) break b", "SyntaxError"),
        ("1 = 2", "SyntaxError"),
        ("1++", "SyntaxError"),
        ("var 1a", "SyntaxError"),
        ("'open", "SyntaxError"),
        ("/open", "SyntaxError"),
        ("({a: 1", "SyntaxError"),
        ("\\", "SyntaxError"),
        ("\u0000", "SyntaxError"),
    ],
)
def test_error(chain: Chain, source: str, name: str) -> None:
    error = chain.refused(source)
    assert error.name == name
    assert error.message


def test_what_later_editions_have_is_named(chain: Chain) -> None:
    assert "let" in chain.refused("let x = 1").message
    assert "ECMAScript 5" in chain.refused("let x = 1").message


def test_long_chains_of_operators_are_run(chain: Chain) -> None:
    assert chain.run("1" + "+1" * 3000) == 3001
    assert chain.run("''" + "+'a'" * 3000 + " == ''") is False


def test_deep_but_sensible_nesting_is_run(chain: Chain) -> None:
    assert chain.run("(" * 25 + "1" + ")" * 25) == 1
    assert chain.run("if (1) " * 25 + "'in'") == "in"
