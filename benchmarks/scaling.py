"""What a turn costs when many dialogues are alive, and when many grammars listen."""

import time
from typing import Final

from benchmarks.driven import Driven, wrapped
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter

MANY: Final = 5_000
FEW: Final = 50
TURNS: Final = 5_000
ASKING: Final = wrapped(
    '<form><field name="x" type="digits?length=1"><prompt>Press a key.</prompt><filled><clear/></filled></field></form>'
)


def live_dialogues() -> float:
    """The cost of a turn while 5,000 dialogues are alive in this process, as a multiple of that with 50."""
    engine, documents = Js2pyEngine(), Documents()
    few = [_begin(engine, documents, ASKING) for _ in range(FEW)]
    _turns(few)
    alone = min(_turns(few) for _ in range(3))
    many = [_begin(engine, documents, ASKING) for _ in range(MANY - FEW)] + few
    _turns(many)
    if sum(not dialogue.ended for dialogue in many) != MANY:
        raise RuntimeError("not all dialogues are alive")
    return min(_turns(many) for _ in range(3)) / alone


def active_grammars() -> float:
    """The cost of a turn for each active grammar with 400 of them, as a multiple of that with 100: 1 is linear."""
    hundred, more = _turn_with(100), _turn_with(400)
    return (more / 400) / (hundred / 100)


def _turn_with(grammars: int) -> float:
    links = "".join(f'<link event="never" dtmf="* {number}"/>' for number in range(grammars - 2))
    dialogue = _begin(Js2pyEngine(), Documents(), wrapped(links).replace(b"</vxml>", ASKING[ASKING.index(b"<form>") :]))
    _turns([dialogue], 50)
    return min(_turns([dialogue], 200) for _ in range(3))


def _turns(dialogues: list[Driven], turns: int = TURNS) -> float:
    """Seconds for so many turns, one dialogue after the other."""
    began = time.perf_counter()
    for turn in range(turns):
        dialogues[turn % len(dialogues)].turn("1")
    return time.perf_counter() - began


def _begin(engine: Js2pyEngine, documents: Documents, body: bytes) -> Driven:
    return Driven(Interpreter(engine, documents=documents), body).begin()
