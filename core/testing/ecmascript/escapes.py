"""No script reaches what an engine is made of."""

from typing import Final

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptEngine, ScriptError

# The published exploit of CVE-2024-28397, with a harmless end.
EXPLOIT: Final = """
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
VALUES: Final = (
    "Object.getOwnPropertyNames({a: 1})",
    "Object.keys({a: 1})",
    "Object.getOwnPropertyDescriptor({a: 1}, 'a')",
    "Object",
    "Function",
    "eval",
    "(function () {})",
    "(function () { return arguments })(1)",
    "(function () {}).bind(null)",
    "(function () { return this })()",
    "[].push",
    "({})",
    "[1, 2]",
    "'text'",
    "new String('text')",
    "1.5",
    "Math.sqrt(-1)",
    "Math.max()",
    "true",
    "new Date(0)",
    "/a(b)?/.exec('a')",
    "'a-b'.split('-')",
    "JSON.parse('{\"a\": [1, null]}').a",
    "Math",
    "new Error('x')",
    "(function () { try { null.x } catch (e) { return e } })()",
    "(function () { try { given.x.y.z } catch (e) { return e } })()",
    "(function () { try { session.x = 1 } catch (e) { return e } })()",
    "[3, 1].sort()",
    "session",
    "session.connection",
    "dialog",
    "given",
    "list",
    "fixed",
    "Object.getPrototypeOf(session)",
    "Object.getOwnPropertyDescriptor(session, 'connection')",
    "Object.getOwnPropertyNames(dialog)",
    "''.constructor.constructor",
    "({}).constructor.constructor('return this')()",
    "new Function('return this')()",
    "(0, eval)('this')",
)
ATTRIBUTES: Final = (
    "__class__ __base__ __bases__ __mro__ __subclasses__ __getattribute__ __dict__ __globals__ __builtins__ __code__"
    " __init__ __reduce__ __module__ __import__ __self__ __func__ __closure__ func_globals gi_frame cr_frame tb_frame"
    " __call__ __name__ __doc__ f_globals f_back __wrapped__ __loader__ __spec__"
)
GLOBALS: Final = (
    "require process module exports Buffer global window self console print printErr load read write"
    " quit std os bjson scriptArgs pyimport PyJs open exec getattr __import__ __builtins__ importScripts fetch"
    " XMLHttpRequest WebAssembly Java Packages ActiveXObject gc setTimeout setInterval alert Worker navigator location"
)
WAYS_OUT: Final = (
    "pyimport os; os.getpid()",
    "eval('pyimport os; os.getpid()')",
    "new Function('pyimport os; return os.getpid()')()",
    "import * as os from 'os'; os.getpid()",
    "import os from 'os'",
    "require('os').getpid()",
    "process.exit(1)",
    "process.binding('fs')",
    "this.constructor.constructor('return process')().exit()",
    "''.sub.constructor('return process')()",
    "(function () { return arguments.callee.caller.caller })().arguments",
    "Error.prepareStackTrace = function (e, frames) { return frames }; null.x",
    "new Error().stack[0].getThis().process",
    "Object.prototype.__defineGetter__.call(null, 'x', function () {})()()",
    "'{0.__class__}'.format(1)",
    "new ArrayBuffer(1).__class__.__base__",
)


class ScriptEscapesContract(ScriptContract):
    """Values, errors and globals have what ECMAScript gives them."""

    @pytest.fixture
    def walker(self, chain: Chain) -> Chain:
        """A session with values of the host in it."""
        chain.session.set_path(chain.outer, "connection.protocol.name", "sip")
        chain.session.declare(chain.dialog, "given", {"a": {"b": 1}})
        chain.session.declare(chain.dialog, "list", [1, [2]])
        chain.session.declare(chain.dialog, "fixed", {"a": [1]}, writable=False)
        return chain

    def test_the_published_exploit_finds_nothing(self, walker: Chain) -> None:
        """Of the translator of js2py."""
        assert walker.refused(EXPLOIT).name == "TypeError"

    @pytest.mark.parametrize("value", VALUES)
    def test_no_value_has_an_attribute_of_python(self, walker: Chain, value: str) -> None:
        """Neither by a dot, nor in brackets, nor inherited."""
        walker.session.declare(walker.dialog, "names", [*ATTRIBUTES.split()])
        walker.run(f"var value = {value}, boxed = Object(value)", walker.dialog)
        assert walker.export("names.filter(function (n) { return value[n] !== undefined || n in boxed })") == [], value

    @pytest.mark.parametrize("name", GLOBALS.split())
    def test_nothing_of_the_surroundings_is_global(self, walker: Chain, name: str) -> None:
        """Wherever the global object is reached from."""
        found = {"undefined"}
        for source in (
            f"eval('typeof {name}')",
            f"(0, eval)('typeof {name}')",
            f"new Function('return typeof {name}')()",
        ):
            assert walker.attempt(source) in (None, "SyntaxError")
            if walker.attempt(source) is None:
                found.add(str(walker.run(source)))
        assert found == {"undefined"}

    @pytest.mark.parametrize("source", WAYS_OUT)
    def test_no_way_out(self, walker: Chain, source: str) -> None:
        """Each ends with an error of the script."""
        assert walker.refused(source).name in ("TypeError", "ReferenceError", "SyntaxError")

    def test_the_names_of_scopes_are_all_that_scopes_show(self, walker: Chain) -> None:
        """No hidden handle on what keeps them."""
        walker.run("var own = 1", walker.dialog)
        assert walker.export("Object.getOwnPropertyNames(dialog).sort()") == sorted(
            ["dialog", "fixed", "given", "list", "own"]
        )
        assert walker.export("var k = []; for (var n in session) k.push(n); k") == ["connection"]

    def test_functions_from_text_see_no_scope(self, walker: Chain) -> None:
        """`Function` and indirect `eval` run where the built-ins are: 15.3.2.1, 10.4.2."""
        walker.run("var own = 1", walker.dialog)
        for source in ("new Function('return typeof own')()", "(0, eval)('typeof own')"):
            assert walker.run(source) == "undefined"
        assert walker.run("eval('typeof own')") == "number"

    def test_errors_do_not_show_the_machine(self, walker: Chain) -> None:
        """No paths, no addresses, no words of the host's language."""
        for source in ("null.x", "undefined()", "({}).x.y", "new (void 0)", "1 in 2", "[].reduce(function () {})"):
            error = walker.refused(source)
            shown = f"{error} {walker.run('try { ' + source + ' } catch (e) { String(e) + e.stack }')}"
            for word in ("mirabelle", "0x", "Traceback", ".py", "site-packages", "NoneType"):
                assert word not in shown, shown

    def test_errors_of_the_host_are_errors_of_the_session(self, walker: Chain) -> None:
        """What the engine throws has the prototypes that scripts know."""
        for source in ("nowhere", "session.x = 1", "given.x.y", "fixed.a.push(1)"):
            caught = f"try {{ {source} }} catch (e) {{ e instanceof Error && e.constructor('m') instanceof Error }}"
            assert walker.run(caught) is True

    def test_a_script_that_throws_oddities(self, walker: Chain) -> None:
        """Whatever is thrown, the host hears of a `ScriptError` and runs none of it."""
        walker.session.declare(walker.document, "touched", False)
        for thrown in (
            "undefined",
            "null",
            "{get name() { touched = true }, get message() { touched = true }}",
            "{toString: function () { touched = true; throw 1 }}",
            "{valueOf: null, toString: null}",
            "Object.create(null)",
            "{name: {}, message: []}",
            "function () {}",
            "new Array(1000).join('long')",
            "'\\ud800'",
            "NaN",
            "[[[[]]]]",
            "session",
        ):
            error = walker.refused(f"throw ({thrown})")
            assert len(str(error).encode()) < 4000
        assert walker.run("touched") is False

    def test_check_runs_nothing(self, script_engine: ScriptEngine) -> None:
        """Not even where a source tries to end what is around it."""
        for source in (
            "}) ; throw 1; (function () {",
            "1); throw 1; (",
            "*/ throw 1 /*",
            "//\n}); nowhere; ({",
        ):
            with pytest.raises(ScriptError) as caught:
                script_engine.check(source)
            assert caught.value.name == "SyntaxError"

    @pytest.mark.parametrize(
        "source",
        [
            "}; touched = true; {",
            "1) ; touched = true; (1",
            "});touched = true;({",
            "}} touched = true; {{",
            "*/ touched = true /*",
        ],
    )
    def test_a_source_cannot_leave_its_place(self, walker: Chain, source: str) -> None:
        """What an engine puts around a source cannot be closed by it."""
        walker.session.declare(walker.document, "touched", False)
        assert walker.refused(source).name == "SyntaxError"
        with pytest.raises(ScriptError):
            walker.assign(source, 1)
        assert walker.run("touched") is False
