"""The engine: fulfils `ScriptEngine`."""

import random
import time
from collections.abc import Callable
from typing import Final

from mirabelle.plugins.ecmascript_js2py import limits
from mirabelle.plugins.ecmascript_js2py.border import error_of
from mirabelle.plugins.ecmascript_js2py.builtins.regexps import RegExpPatterns
from mirabelle.plugins.ecmascript_js2py.compiling import UnitCache
from mirabelle.plugins.ecmascript_js2py.internals import JsException
from mirabelle.plugins.ecmascript_js2py.limits import Limit
from mirabelle.plugins.ecmascript_js2py.session import Js2pySession
from mirabelle.plugins.ecmascript_js2py.space import Space
from mirabelle.plugins.ecmascript_js2py.texts import units
from mirabelle.vxml_interpreter.script import ScriptLimit

PATTERNS: Final = 500
"""Regular expressions whose compiled form is kept."""


class Js2pyEngine:
    """Makes sessions on js2py's bytecode VM.

    `clock` gives UNIX seconds for Date; `chance` is where Math.random takes its numbers from. Whoever wants a run
    to be repeated lends both. Compiled sources and patterns are kept here; sessions share nothing else.
    """

    name = "js2py"
    Options = limits.Options

    def __init__(
        self,
        options: limits.Options | None = None,
        clock: Callable[[], float] = time.time,
        chance: random.Random | None = None,
    ) -> None:
        self.options = options or limits.Options()
        self._clock = clock
        self._chance = chance or random.Random()  # noqa: S311 - for scripts, not for secrets
        self._units = UnitCache(self.options.cached_source)
        self._patterns = RegExpPatterns(PATTERNS)

    def session(self) -> Js2pySession:
        """A new session."""
        return Js2pySession(Space(self.options, self._units, self._patterns, self._clock, self._chance))

    def check(self, source: str) -> None:
        """Parse without running. Raises `ScriptError` named SyntaxError, or `ScriptLimit`."""
        if len(source) > self.options.source:
            raise ScriptLimit("characters in a source")
        try:
            self._units.program(units(source))
        except JsException as error:
            raise error_of(error) from None
        except Limit as limit:
            raise ScriptLimit(limit.limit) from None
