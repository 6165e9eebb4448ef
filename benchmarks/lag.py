"""What scripts that never end do to everybody else: the lag of the event loop among 200 live dialogues."""

import asyncio
import random
import time
from collections.abc import Sequence
from typing import Final

from benchmarks.driven import URL, wrapped
from benchmarks.scaling import ASKING
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Done, Fetched, Recognized
from mirabelle.vxml_interpreter.commands import Breathe, Collect, Command, Ended, Fetch, FetchRequest, Play
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter

LIVE: Final = 200
SECONDS: Final = 8.0
PAUSE: Final = 0.5  # seconds between two turns of a dialogue
TICK: Final = 0.005  # seconds between two measurements
ENDLESS: Final = wrapped("<form><script>while (true) {}</script></form>")


def endless_scripts() -> float:
    """p99 of the lag with one endless script a second, as a multiple of that without."""
    without = asyncio.run(_lag(endless=False))
    return asyncio.run(_lag(endless=True)) / without


async def _lag(*, endless: bool) -> float:
    engine, documents, chance = Js2pyEngine(), Documents(), random.Random(1)
    lives = [asyncio.ensure_future(_live(engine, documents, ASKING, chance)) for _ in range(LIVE)]
    await asyncio.sleep(1)
    starting = asyncio.ensure_future(_start_endless(engine, documents, chance)) if endless else None
    lags = await _measure()
    for task in [*lives, *([starting] if starting else [])]:
        task.cancel()
    await asyncio.gather(*lives, *([starting] if starting else []), return_exceptions=True)
    return sorted(lags)[int(len(lags) * 0.99)]


async def _measure() -> Sequence[float]:
    lags: list[float] = []
    until = time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < until:
        await asyncio.sleep(TICK)
        lags.append(time.perf_counter() - began - TICK)
    return lags


async def _start_endless(engine: Js2pyEngine, documents: Documents, chance: random.Random) -> None:
    running = set()
    while True:
        running.add(asyncio.ensure_future(_live(engine, documents, ENDLESS, chance)))
        await asyncio.sleep(1)


async def _live(engine: Js2pyEngine, documents: Documents, body: bytes, chance: random.Random) -> None:
    interpreter = Interpreter(engine, documents=documents)
    commands: Sequence[Command] = interpreter.start(FetchRequest(URL))
    while not isinstance(commands[-1], Ended):
        match commands[-1]:
            case Fetch():
                answer = Fetched(URL, 200, {"content-type": "application/voicexml+xml"}, body)
                commands = interpreter.handle(answer)
            case Collect():
                await asyncio.sleep(PAUSE * (0.5 + chance.random()))
                commands = interpreter.handle(Recognized(0, Mode.DTMF, (Match("1", "1"),)))
            case Breathe():
                await asyncio.sleep(0)
                commands = interpreter.handle(Done())
            case Play():
                commands = interpreter.handle(Done())
            case other:
                raise RuntimeError(f"nobody answers {other}")
