"""What the driver makes of `Invoke`: prompts first, objects by classid, and everything that objects can get wrong."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from mirabelle.core.interfaces.component import Clock, NoOptions
from mirabelle.core.interfaces.objects import Invocation, ObjectFailed, VxmlObject
from mirabelle.core.simulation.people import Action, HangUp
from mirabelle.core.talking.invoking import invoker
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import ObjectOptions
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.collecting import TIMING
from mirabelle.core.testing.lending import lent
from mirabelle.core.testing.talking import Script, Talked, said, talk
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Invoked, InvokeFailed
from mirabelle.vxml_interpreter.commands import Collect, Ended, EndReason, Invoke, Parameter
from mirabelle.vxml_interpreter.grammar.matching import Mode

Work = Callable[[Invocation], Awaitable[Any]]
ASK = Invoke((), "com.example:it", (Parameter("a", 1),), data="http://app/data")


class Object(VxmlObject):
    name = "it"
    classids = frozenset({"com.example:it"})

    def __init__(self, work: Work) -> None:
        super().__init__(NoOptions(), lent())
        self.work = work

    async def invoke(self, invocation: Invocation) -> Any:
        return await self.work(invocation)


def invoked(work: Work, ask: Invoke = ASK, options: ObjectOptions | None = None) -> Invoked | InvokeFailed:
    async def main(clock: VirtualClock) -> Invoked | InvokeFailed:
        return await invoker({"com.example:it": Object(work)}, 7, 2, options or ObjectOptions(), clock)(ask)

    return virtual_time.run(main)


def test_an_object_gets_what_the_script_says_and_returns_a_value() -> None:
    got: list[Invocation] = []

    async def work(invocation: Invocation) -> Any:
        got.append(invocation)
        return {"b": [1, None, "x"]}

    assert invoked(work) == Invoked({"b": [1, None, "x"]})
    assert got == [Invocation(7, 2, "com.example:it", (Parameter("a", 1),), data="http://app/data")]


def test_nobody_serves_the_classid() -> None:
    async def work(invocation: Invocation) -> Any:
        raise AssertionError("not this one")

    answer = invoked(work, Invoke((), "com.example:other", ()))
    assert isinstance(answer, InvokeFailed)
    assert answer.event == "error.unsupported.objectname"
    assert "com.example:it" in answer.message


async def raises(error: Exception) -> Any:
    raise error


async def returns(value: Any) -> Any:
    return value


def circle() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("work", "event", "message"),
    [
        (lambda _: raises(ObjectFailed("error.com.example.no", "not today")), "error.com.example.no", "not today"),
        (lambda _: raises(KeyError("amount")), "error.noresource", "amount"),
        (lambda _: returns(object()), "error.noresource", "not JSON serializable"),
        (lambda _: returns(float("nan")), "error.noresource", "not JSON compliant"),
        (lambda _: returns(circle()), "error.noresource", "Circular"),
        (lambda _: returns("x" * 200), "error.noresource", "at most 100"),
    ],
)
def test_what_objects_get_wrong_is_an_event(work: Work, event: str, message: str) -> None:
    answer = invoked(work, options=ObjectOptions(largest=100))
    assert isinstance(answer, InvokeFailed)
    assert answer.event == event
    assert message in answer.message


def test_an_object_that_takes_too_long_is_cancelled() -> None:
    cancelled: list[float] = []

    async def main(clock: VirtualClock) -> Invoked | InvokeFailed:
        async def work(invocation: Invocation) -> Any:
            try:
                await clock.sleep(1000)
            finally:
                cancelled.append(clock.monotonic())

        return await invoker({"com.example:it": Object(work)}, 7, 1, ObjectOptions(timeout=9), clock)(ASK)

    answer = virtual_time.run(main)
    assert isinstance(answer, InvokeFailed)
    assert (answer.event, cancelled) == ("error.noresource", [9])


def went(work: Callable[[Clock], Work], *turns: Sequence[Action], wait: bool = False) -> tuple[list[object], Talked]:
    answers: list[object] = []
    clocks: list[Clock] = []

    def script() -> Script:
        if wait:
            answers.append((yield (Collect((said("x" * 10),), (), TIMING, frozenset(Mode)),)))
        answers.append((yield (Invoke((said("x" * 10),), ASK.classid, ()),)))
        yield (Ended(EndReason.EXIT),)

    async def invoke(ask: Invoke) -> Invoked | InvokeFailed:
        return await invoker({"com.example:it": Object(work(clocks[0]))}, 7, 1, ObjectOptions(), clocks[0])(ask)

    async def lend(clock: VirtualClock, line: Line, leg: object) -> None:
        clocks.append(clock)

    return answers, talk(script, *turns, means=Means(invoke=invoke), meanwhile=lend)


def takes(seconds: float) -> Callable[[Clock], Work]:
    def made(clock: Clock) -> Work:
        async def work(invocation: Invocation) -> Any:
            await clock.sleep(seconds)
            return "done"

        return work

    return made


def test_prompts_are_heard_before_the_object_is_run() -> None:
    answers, talked = went(takes(4))
    assert answers == [Invoked("done")]
    assert talked.took == 4.6
    assert talked.told.kinds() == ["prompt", "object", "exit"]
    assert talked.told.of(EventKind.OBJECT) == [{"classid": "com.example:it", "error": None}]


def test_a_hang_up_is_heard_when_the_object_is_done() -> None:
    answers, talked = went(takes(4), [HangUp()], wait=True)
    assert answers == [CallerHungUp(), Invoked("done")]
    assert talked.took == 4.6, "nobody hears the prompts of the object"
