from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.timetable import Timetable


def test_things_happen_at_their_instants_and_in_the_order_of_adding() -> None:
    async def main(clock: VirtualClock) -> list[tuple[str, float]]:
        happened: list[tuple[str, float]] = []
        table = Timetable(clock)

        def note(name: str) -> None:
            happened.append((name, round(clock.monotonic(), 6)))

        table.at(0.1 + 0.2, lambda: note("first of three tenths"))
        table.at(0.3, lambda: note("second of three tenths"))
        table.after(0.1, lambda: note("earlier"))
        await clock.sleep(1)
        table.at(0.5, lambda: note("too late, at once"))
        await clock.sleep(1)
        return happened

    assert virtual_time.run(main) == [
        ("earlier", 0.1),
        ("second of three tenths", 0.3),
        ("first of three tenths", 0.3),
        ("too late, at once", 1.0),
    ]


def test_what_happens_may_add_and_cancel_and_close() -> None:
    async def main(clock: VirtualClock) -> list[str]:
        happened: list[str] = []
        table = Timetable(clock)
        doomed = table.at(2, lambda: happened.append("cancelled"))

        def first() -> None:
            happened.append("first")
            table.cancel(doomed)
            table.at(1, lambda: happened.append("same instant"))
            table.at(3, second)

        def second() -> None:
            happened.append("second")
            table.close()

        table.at(1, first)
        table.at(4, lambda: happened.append("after the end"))
        await clock.sleep(10)
        table.after(1, lambda: happened.append("added after the end"))
        await clock.sleep(10)
        return happened

    assert virtual_time.run(main) == ["first", "same instant", "second"]


def test_what_is_cancelled_does_not_move_the_clock() -> None:
    async def main(clock: VirtualClock) -> float:
        table = Timetable(clock)
        table.cancel(table.at(100, lambda: None))
        await clock.sleep(1)
        return clock.monotonic()

    assert virtual_time.run(main) == 1


class LateClock:
    """Wakes everybody two seconds late, as a busy loop does with a clock that runs fast."""

    def __init__(self, clock: VirtualClock) -> None:
        self.now, self.monotonic = clock.now, clock.monotonic
        self._clock = clock

    async def sleep(self, seconds: float) -> None:
        await self._clock.sleep(seconds + 2)


def test_what_is_late_happens_in_order_and_at_its_own_instant() -> None:
    async def main(clock: VirtualClock) -> list[tuple[str, float, float]]:
        happened: list[tuple[str, float, float]] = []
        table = Timetable(LateClock(clock))

        def note(name: str) -> None:
            happened.append((name, table.now, clock.monotonic()))

        def first() -> None:
            note("first")
            table.after(0.5, lambda: note("half a second later"))

        table.at(1, first)
        table.at(2, lambda: note("second"))
        await clock.sleep(10)
        happened.append(("nothing happens", table.now, clock.monotonic()))
        return happened

    assert virtual_time.run(main) == [
        ("first", 1, 3),
        ("half a second later", 1.5, 3),
        ("second", 2, 3),
        ("nothing happens", 10, 10),
    ]
