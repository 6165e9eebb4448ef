"""No script reaches an object of Python."""

import itertools

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptError

# The published exploit of CVE-2024-28397, with a harmless end.
EXPLOIT = """
(function () {
  var names = Object.getOwnPropertyNames({});
  var attribute = names.__getattribute__;
  var base = attribute("__class__").__base__;
  var all = base.__getattribute__(base, "__subclasses__")();
  for (var i = 0; i < all.length; i++)
    if (all[i].__name__ == "BuiltinImporter") return all[i].load_module("posix").getpid();
  return -1;
})()
"""

VALUES = [
    "Object.getOwnPropertyNames({a: 1})",
    "Object.keys({a: 1})",
    "Object.getOwnPropertyDescriptor({a: 1}, 'a')",
    "Object",
    "Function",
    "eval",
    "(function () {})",
    "(function () { return arguments })(1)",
    "(function () {}).bind(null)",
    "[].push",
    "({})",
    "[1, 2]",
    "'text'",
    "new String('text')",
    "1.5",
    "Math.sqrt(-1)",
    "Math.pow(-8, 1 / 3)",
    "Math.max()",
    "true",
    "new Boolean(false)",
    "new Number(1)",
    "new Date(0)",
    "Date",
    "/a(b)?/",
    "/a(b)?/.exec('a')",
    "'a-b'.split('-')",
    "'a'.match(/a/g)",
    "JSON",
    "JSON.parse('{\"a\": [1, null]}').a",
    "Math",
    "new Error('x')",
    "(function () { try { null.x } catch (e) { return e } })()",
    "(function () { try { throw 1 } catch (e) { return [e] } })()",
    "[3, 1].sort()",
    "[1].concat([2])",
    "[1, 2].map(String)",
    "this",
    "session",
    "given",
    "list",
]

ATTRIBUTES = [
    "__class__",
    "__base__",
    "__bases__",
    "__mro__",
    "__subclasses__",
    "__getattribute__",
    "__dict__",
    "__globals__",
    "__builtins__",
    "__code__",
    "__init__",
    "__reduce__",
    "__module__",
    "__import__",
    "__self__",
    "__func__",
    "__closure__",
    "__proto__",
    "own",
    "value",
    "space",
    "code",
    "scope",
    "method",
    "pattern",
    "prototype_obj",
    "Class",
    "get_member",
    "machine",
    "real",
    "imag",
    "encode",
    "format",
    "func_globals",
    "gi_frame",
    "cr_frame",
    "tb_frame",
]

# Own properties that ECMAScript gives some of these values.
ECMASCRIPT = {("Object.getOwnPropertyDescriptor({a: 1}, 'a')", "value")}


@pytest.fixture
def walker(chain: Chain) -> Chain:
    chain.session.set_path(chain.outer, "connection.protocol.name", "sip")
    chain.session.declare(chain.dialog, "given", {"a": {"b": 1}})
    chain.session.declare(chain.dialog, "list", [1, [2]])
    return chain


def test_the_published_exploit_finds_nothing(walker: Chain) -> None:
    with pytest.raises(ScriptError) as caught:
        walker.run(EXPLOIT)
    assert caught.value.name == "TypeError"


@pytest.mark.parametrize("value", VALUES)
def test_no_value_has_an_attribute_of_python(walker: Chain, value: str) -> None:
    for attribute in ATTRIBUTES:
        if (value, attribute) in ECMASCRIPT:
            continue
        for access in (f".{attribute}", f"['{attribute}']"):
            assert walker.run(f"typeof ({value}){access}") == "undefined", (value, attribute)
        assert walker.run(f"'{attribute}' in Object({value})") is False


@pytest.mark.parametrize(
    "source",
    [
        "pyimport os; os.getpid()",
        "pyimport os",
        "eval('pyimport os; os.getpid()')",
        "new Function('pyimport os; return os.getpid()')()",
        "Function('pyimport os')",
        "(0, eval)('pyimport os')",
    ],
)
def test_pyimport_is_no_statement(walker: Chain, source: str) -> None:
    assert walker.refused(source).name == "SyntaxError"


@pytest.mark.parametrize(
    "name",
    [
        "ArrayBuffer",
        "Uint8Array",
        "DataView",
        "console",
        "log",
        "exports",
        "require",
        "process",
        "window",
        "global",
        "globalThis",
        "print",
        "open",
        "exec",
        "getattr",
        "__import__",
        "__builtins__",
        "PyJsParser",
        "pyimport",
        "Symbol",
        "Proxy",
        "Reflect",
    ],
)
def test_nothing_but_ecmascript_is_global(walker: Chain, name: str) -> None:
    source = f"typeof {name}"
    if name == "pyimport":
        assert walker.refused(source).name == "SyntaxError"
    else:
        assert walker.run(source) == "undefined"


@pytest.mark.parametrize(
    "source",
    [
        "(function () { return this })().__class__",
        "(function () { return arguments.callee.caller })()",
        "Function.prototype.call.call(function () { return this }, undefined).__class__",
        "Object.prototype.valueOf.call('x').__class__",
        "'{0.__class__}'.format",
        "'%s'.replace(/%s/, '$__class__').__class__",
        "''.concat.__globals__",
        "Object.getOwnPropertyDescriptor(Object.prototype, '__proto__')",
        "Object.getPrototypeOf(Object.prototype).__class__",
        "({}).constructor.constructor('return this')().__class__",
        "(function f() { return f.__defaults__ })()",
        "new Function('a', 'b', 'return arguments.__class__')(1)",
        "new Error('x').stack",
        "/(?P<x>a)/",
        "/a(?#b)/",
        "/(?i)a/",
        "/(?R)/",
        "/(?:a){e<=1}/.test('b') ? 1 : undefined",
        "new RegExp('\\\\p{L}').__class__",
    ],
)
def test_nothing_of_python_or_of_the_regular_expressions_library_is_reached(walker: Chain, source: str) -> None:
    outcome: object
    try:
        outcome = walker.export(source)
    except ScriptError as error:
        outcome = error.name
    assert outcome in ("SyntaxError", "TypeError", None)


def test_a_function_cannot_close_the_brackets_around_it(walker: Chain) -> None:
    assert walker.refused("new Function('}), (function () {')").name == "SyntaxError"
    assert walker.refused("new Function('a) { return 1 }, function (b', 'return 2')").name == "SyntaxError"
    assert walker.refused("new Function('/*', '*/ ) {')").name == "SyntaxError"


def test_errors_do_not_show_the_machine(walker: Chain) -> None:
    for source in ("null.x", "undefined()", "({}).x.y", "new (void 0)", "1 in 2", "[].reduce(function () {})"):
        message = walker.refused(source).message
        assert "mirabelle" not in message
        assert "0x" not in message


@pytest.mark.parametrize(
    ("value", "method"),
    list(
        itertools.product(
            ["Array", "String", "Number", "Boolean", "Date", "RegExp", "Function", "Object", "Error"],
            ["undefined", "null", "1", "'x'", "true", "({})", "[]", "(function () {})", "/x/", "new Date(0)"],
        )
    ),
)
def test_every_method_on_every_kind_of_value(chain: Chain, value: str, method: str) -> None:
    """A method of the wrong kind of value throws an ECMAScript error, and shows nothing of the engine within."""
    outcome = chain.export(
        f"""
        var seen = [], names = Object.getOwnPropertyNames({value}.prototype);
        for (var i = 0; i < names.length; i++) {{
            var f = {value}.prototype[names[i]];
            if (typeof f != 'function' || names[i] == 'constructor') continue;
            try {{ f.call({method}); f.call({method}, {method}, {method}) }} catch (e) {{
                if (!(e instanceof Error) || /in the engine/.test(e.message)) seen.push(names[i] + ': ' + e)
            }}
        }}
        seen
        """
    )
    assert outcome == []
