"""How golden dialogues are played."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.rehearsal.golden import compare, read_transcript, served
from mirabelle.core.rehearsal.rehearse import Scene, session
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import ScriptEngine
from mirabelle.vxml_interpreter.settings import Settings

HERE: Final = Path(__file__).parent
TRANSCRIPTS: Final = sorted(HERE.rglob("*.txt"))
STRICT: Final = HERE / "strict"
"""What is in here is played without any leniency."""
_DOCUMENTS: Final = Documents(capacity=1_000)
_STRICT_DOCUMENTS: Final = Documents(settings=Settings(strict=True))


Engines = Callable[[Clock, random.Random], ScriptEngine]
"""Makes the script engine of a dialogue."""


def _js2py(clock: Clock, chance: random.Random) -> ScriptEngine:
    return Js2pyEngine(None, clock.now, chance)


def difference(path: Path, engines: Engines = _js2py) -> str:
    """How the dialogue of a transcript differs from it: a diff, empty when it does not."""
    request, answers = served(path.with_suffix(".vxml"))
    documents = _STRICT_DOCUMENTS if path.is_relative_to(STRICT) else _DOCUMENTS

    def interpreter(clock: Clock, chance: random.Random) -> Interpreter:
        return Interpreter(engines(clock, chance), session({}), documents)

    return compare(Scene(interpreter, request, answers), read_transcript(path)).difference
