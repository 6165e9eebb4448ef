"""Fetching ahead of need, within bounds: VoiceXML 2.0, 6.1.3."""

import asyncio

from mirabelle.core.dialog import Dialogue
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.prefetching import Prefetching
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.talking import OK, START, Caller, Script, Scripted, Told, fetch_ok, said
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.commands import Ended, EndReason, FetchRequest, Play, Prefetch, Purpose


class Server:
    """Answers each request after a second of the clock."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.asked: list[tuple[float, str]] = []
        self.answered: list[str] = []

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        self.asked.append((self.clock.monotonic(), request.url))
        await self.clock.sleep(1)
        self.answered.append(request.url)
        return FetchFailed("no connection") if request.url == "bad" else OK


def test_a_few_at_a_time_in_order_and_each_once() -> None:
    async def main(clock: VirtualClock) -> None:
        server = Server(clock)
        prefetching = Prefetching(server, at_once=2)
        for url in ("a", "bad", "a", "c", "d", "e"):
            prefetching.begin(FetchRequest(url))
        await clock.sleep(10)
        assert server.asked == [(0, "a"), (0, "bad"), (1, "c"), (1, "d"), (2, "e")]
        prefetching.begin(FetchRequest("f"))
        prefetching.begin(FetchRequest("a"))
        await clock.sleep(10)
        assert server.asked[5:] == [(10, "f")]

    virtual_time.run(main)


def test_a_dialogue_that_names_very_much_is_bounded() -> None:
    async def main(clock: VirtualClock) -> None:
        server = Server(clock)
        prefetching = Prefetching(server, most=3)
        for number in range(1_000):
            prefetching.begin(FetchRequest(str(number)))
        await clock.sleep(10)
        assert [url for _, url in server.asked] == ["0", "1", "2"]

    virtual_time.run(main)


def test_what_is_under_way_at_the_end_is_given_up() -> None:
    async def main(clock: VirtualClock) -> None:
        server = Server(clock)
        prefetching = Prefetching(server)
        for url in "abc":
            prefetching.begin(FetchRequest(url))
        await clock.sleep(0.5)
        prefetching.close()
        await clock.sleep(10)
        assert ([url for _, url in server.asked], server.answered) == (["a", "b"], [])

    virtual_time.run(main)


def test_nothing_is_fetched_that_nobody_here_would_use() -> None:
    async def main(clock: VirtualClock) -> None:
        server = Server(clock)
        for prefetching in (Prefetching(server), Prefetching(server, without=())):
            for purpose in (Purpose.AUDIO, Purpose.GRAMMAR):
                prefetching.begin(FetchRequest(purpose, purpose))
        await clock.sleep(10)
        assert [url for _, url in server.asked] == ["grammar", "audio", "grammar"]

    virtual_time.run(main)


def play(prefetching: Prefetching | None, clock: VirtualClock) -> tuple[Dialogue, Told]:
    def script() -> Script:
        ahead = Prefetch(FetchRequest("a")), Prefetch(FetchRequest("b")), Prefetch(FetchRequest("c"))
        yield (*ahead, Play((said("0123456789" * 2),)))
        yield (Ended(EndReason.END),)

    line, told = Line(clock), Told(clock)
    leg = SimulatedLeg(Caller([]), clock, line.report)
    return Dialogue(Scripted(script()), leg, line, fetch_ok, clock, told, prefetching=prefetching), told


def test_a_dialogue_goes_on_meanwhile_tells_nothing_of_it_and_ends_it() -> None:
    async def main(clock: VirtualClock) -> None:
        server = Server(clock)
        dialogue, told = play(Prefetching(server), clock)
        await dialogue.run(START)
        assert clock.monotonic() == 1.2
        await clock.sleep(10)
        assert (server.asked, server.answered) == ([(0, "a"), (0, "b"), (1, "c")], ["a", "b"])
        assert told.kinds() == [EventKind.PROMPT, EventKind.EXIT]

    virtual_time.run(main)


def test_without_it_nothing_is_fetched_ahead() -> None:
    async def main(clock: VirtualClock) -> None:
        dialogue, _ = play(None, clock)
        assert await dialogue.run(START) == Ended(EndReason.END)
        assert len(asyncio.all_tasks()) == 1

    virtual_time.run(main)
