"""XML data as objects of a script session: VoiceXML 2.1, 5 and Appendix D.

The DOM is a program in ECMAScript 5, so that it works in every engine, also in one that lives in another process.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from mirabelle.vxml_interpreter.dom.reading import XmlData
from mirabelle.vxml_interpreter.script import Scope, ScriptSession, Value, Work

_PARTS: Final = ("nodes", "lists", "attributes", "elements", "leaves", "trees", "markup")
_NAMES: Final = ("Node", "DOMException")


@cache
def program() -> str:
    """The source of the DOM: one program for all sessions, so that an engine compiles it once."""
    folder = files("mirabelle.vxml_interpreter.dom")
    return "\n".join((folder / f"{part}.js").read_text("utf-8") for part in _PARTS)


class Binding:
    """The DOM of one script session, which is loaded when data comes for the first time.

    Its own names live in a scope that scripts cannot name, except `Node` and `DOMException`: these become variables of
    `public`.
    """

    def __init__(self, script: ScriptSession, public: Scope) -> None:
        self._script = script
        self._public = public
        self._scope: Scope | None = None

    def document(self, data: XmlData) -> Work[Value]:
        """The Document of this data. Raises `ScriptLimit` when the session has no room for it."""
        script = self._script
        scope = script.scope((yield from self._loaded()))
        script.declare(scope, "heads", list(data.heads))
        script.declare(scope, "bodies", list(data.bodies))
        script.declare(scope, "wide", list(data.wide))
        return (yield from script.evaluate("opened(heads, bodies, wide)", scope))

    def _loaded(self) -> Work[Scope]:
        if self._scope is None:
            script = self._script
            scope = script.scope(None)
            yield from script.evaluate(program(), scope)
            for name in _NAMES:
                if not script.declared(self._public, name):
                    script.declare(self._public, name, script.value(scope, name))
            self._scope = scope
        return self._scope
