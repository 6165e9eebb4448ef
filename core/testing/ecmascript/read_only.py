"""What the host has and scripts cannot change."""

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import ScriptError

SCOPE_WRITES = (
    "x = 2",
    "x++",
    "session.x = 2",
    "session['x'] += 2",
    "delete session.x",
    "session.y = 1",
    "session.connection.remote.uri = 'tel:2'",
    "session.connection.remote = null",
    "delete session.connection.remote.uri",
    "Object.defineProperty(session, 'x', {value: 2})",
    "Object.defineProperty(session, 'y', {get: function () { return 1 }})",
    "Object.defineProperty(session.connection, 'remote', {value: 2})",
    "session.connection.added = 1",
    "session.list.push(4)",
    "session.list.sort()",
    "session.list.length = 0",
    "session.list[0] = 9",
    "Array.prototype.shift.call(session.list)",
    "with (session) { x = 9 }",
    "with (session.connection) { remote = 9 }",
    "for (x in {a: 1}) {}",
    "for (session.connection.remote in {a: 1}) {}",
    "(function () { session.x = 9 })()",
    "eval('session.x = 9')",
)

VARIABLE_WRITES = (
    "_event = 'mine'",
    "_event += '!'",
    "var _event = 'mine'",
    "detail.cause = 'mine'",
    "detail.causes[0] = 'mine'",
    "detail.causes.reverse()",
    "detail.causes.push('mine')",
    "delete detail.cause",
    "detail.added = 1",
    "Object.defineProperty(detail, 'cause', {value: 'mine'})",
    "dialog._event = 'mine'",
    "Object.defineProperty(dialog, '_event', {value: 'mine'})",
    "function _event() {}",
)


class ScriptReadOnlyContract(ScriptContract):
    """VoiceXML 2.0, 5.1.2 and 5.2.2."""

    @pytest.mark.parametrize("source", SCOPE_WRITES)
    def test_scripts_cannot_change_a_scope_that_is_not_writable(self, chain: Chain, source: str) -> None:
        """Whatever they try, and however deep: 5.1.2."""
        chain.session.declare(chain.outer, "x", 1)
        chain.session.declare(chain.outer, "list", [3, 1, 2])
        chain.session.set_path(chain.outer, "connection.remote.uri", "tel:1")
        assert chain.attempt(source) in ("TypeError", None)
        assert chain.export("[x, list, session.connection, typeof session.y]") == [
            1,
            [3, 1, 2],
            {"remote": {"uri": "tel:1"}},
            "undefined",
        ]

    def test_assigning_to_what_is_not_writable_is_an_error(self, chain: Chain) -> None:
        """So that a document hears of it."""
        chain.session.declare(chain.outer, "x", 1)
        chain.session.declare(chain.outer, "o", {"a": {"b": 1}, "list": [1]})
        for source in (
            "session.x = 2",
            "x = 2",
            "session.y = 2",
            "o.a.b = 2",
            "o.a.c = 2",
            "delete o.a.b",
            "o.list[0] = 2",
            "o.list.push(2)",
        ):
            assert chain.refused(source).name == "TypeError", source
        assert chain.refused("var made = 2", chain.outer).name == "TypeError"

    def test_the_host_can_change_what_scripts_cannot(self, chain: Chain) -> None:
        """`declare` and `set_path` write everywhere."""
        chain.session.declare(chain.outer, "x", 1)
        chain.session.declare(chain.outer, "x", 2)
        chain.session.set_path(chain.outer, "connection.callee_type", "processing")
        chain.session.set_path(chain.outer, "connection.callee_type", "voice")
        assert chain.run("x + session.connection.callee_type") == "2voice"

    def test_what_the_host_writes_into_it_is_read_only_too(self, chain: Chain) -> None:
        """The objects that `set_path` makes on the way as well as the last one."""
        chain.session.set_path(chain.outer, "a.b", {"c": [1]})
        for source in ("session.a.x = 1", "session.a.b.c[0] = 2", "session.a.b.c.push(2)", "session.a = 1"):
            assert chain.refused(source).name == "TypeError", source
        assert chain.export("session.a") == {"b": {"c": [1]}}

    @pytest.mark.parametrize("source", VARIABLE_WRITES)
    def test_scripts_cannot_change_a_variable_that_is_not_writable(self, chain: Chain, source: str) -> None:
        """Nor what is in it, in a scope whose other variables they can change."""
        chain.session.declare(chain.dialog, "_event", "noinput", writable=False)
        chain.session.declare(chain.dialog, "detail", {"cause": "silence", "causes": ["a", "b"]}, writable=False)
        chain.session.declare(chain.dialog, "other", 1)
        assert chain.refused(source, chain.dialog).name == "TypeError"
        assert chain.export("[_event, detail]") == ["noinput", {"cause": "silence", "causes": ["a", "b"]}]
        chain.run("other = 2; dialog.other++")
        assert chain.run("other") == 3

    def test_a_variable_that_is_not_writable_stays_when_it_is_deleted(self, chain: Chain) -> None:
        """Whether that is refused or does nothing."""
        chain.session.declare(chain.dialog, "_event", "noinput", writable=False)
        for source in ("delete _event", "delete dialog._event"):
            assert chain.attempt(f"if ({source}) throw new RangeError('gone')") in ("TypeError", None)
            assert chain.run("_event") == "noinput"

    def test_assign_is_a_script_in_this(self, chain: Chain) -> None:
        """`<assign name="_event">`: 5.3.2."""
        chain.session.declare(chain.dialog, "_event", "noinput", writable=False)
        chain.session.declare(chain.dialog, "detail", {"cause": 1}, writable=False)
        for reference in ("_event", "dialog._event", "detail.cause", "detail.added"):
            with pytest.raises(ScriptError) as caught:
                chain.assign(reference, "mine")
            assert caught.value.name == "TypeError"

    def test_the_host_can_replace_a_variable_that_is_not_writable(self, chain: Chain) -> None:
        """By `declare`, which decides anew, and by `set_path`, which does not."""
        chain.session.declare(chain.dialog, "x", {"a": 1}, writable=False)
        chain.session.set_path(chain.dialog, "x.b.c", 2)
        assert chain.export("x") == {"a": 1, "b": {"c": 2}}
        assert chain.refused("x.b.c = 3").name == "TypeError"
        chain.session.set_path(chain.dialog, "x", 5)
        assert chain.refused("x = 6").name == "TypeError"
        chain.session.declare(chain.dialog, "x", {"a": 1})
        chain.run("x.a = 2; x.b = 3")
        assert chain.export("x") == {"a": 2, "b": 3}

    def test_a_scope_below_can_hide_it(self, chain: Chain) -> None:
        """A variable of that name in a nearer scope is another variable."""
        chain.session.declare(chain.document, "x", 1, writable=False)
        chain.run("var x = 2; x++", chain.dialog)
        assert chain.export("[x, document.x]") == [3, 1]
        assert chain.run("(function (x) { x = 5; return x })(4)") == 5

    def test_json_is_writable_where_nothing_else_is_said(self, chain: Chain) -> None:
        """`application.lastresult$` and shadow variables belong to the application: 5.1.5."""
        chain.session.declare(chain.application, "lastresult$", [{"confidence": 0.5}])
        chain.session.set_path(chain.application, "lastresult$.confidence", 0.5)
        chain.run(
            "application.lastresult$[0].confidence = 1; application.lastresult$.confidence = 2; lastresult$.x = 3"
        )
        assert chain.export("[lastresult$[0], lastresult$.confidence, lastresult$.x]") == [{"confidence": 1}, 2, 3]

    def test_an_object_of_a_script_stays_as_it_is(self, chain: Chain) -> None:
        """It is the script's, wherever the host puts it."""
        shared = chain.run("({n: 1})")
        chain.session.declare(chain.outer, "shared", shared)
        chain.session.declare(chain.dialog, "mine", shared, writable=False)
        chain.run("session.shared.n++; mine.n++")
        assert chain.run("shared.n") == 3
        assert chain.refused("mine = 1").name == "TypeError"

    def test_freezing_does_not_keep_the_host_out(self, chain: Chain) -> None:
        """A script that freezes a scope, or what is in it, does that to itself."""
        chain.session.declare(chain.outer, "x", {"a": 1})
        chain.session.declare(chain.dialog, "y", 1)
        for holder in ("session", "session.x", "dialog"):
            assert chain.attempt(f"Object.freeze({holder}); Object.preventExtensions({holder})") in ("TypeError", None)
        chain.session.set_path(chain.outer, "x.b", 2)
        chain.session.declare(chain.outer, "z", 3)
        chain.session.declare(chain.dialog, "y", 4)
        assert chain.export("[session.x, z, y]") == [{"a": 1, "b": 2}, 3, 4]
