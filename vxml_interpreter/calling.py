"""Calls within the dialogue: one stack of generators, so that nested subdialogs cost no recursion (2.3.4)."""

from typing import TypeVar

from mirabelle.vxml_interpreter.answers import Notice, Reply
from mirabelle.vxml_interpreter.behaviour import Asks, Call, Returned, Steps
from mirabelle.vxml_interpreter.commands import Ask

T = TypeVar("T")


def flat(steps: Steps[T]) -> Asks[T]:
    """The same steps, with what they call run in between.

    What a called piece raises is raised in its caller, as if it had been delegated to; but an ask reaches the driver
    directly, however deep the piece that asks it, and the depth is bounded by nothing but the dialogue itself.
    """
    callers: list[Steps[T] | Steps[Returned]] = []
    current: Steps[T] | Steps[Returned] = steps
    answer: Reply | Notice | Returned | None = None
    failure: Exception | None = None
    while True:
        try:
            step = _resume(current, answer, failure)
        except StopIteration as stop:
            if not callers:
                result: T = stop.value
                return result
            current, answer, failure = callers.pop(), stop.value, None
        except Exception as error:
            if not callers:
                raise
            current, failure = callers.pop(), error
        else:
            failure = None
            if isinstance(step, Call):
                callers.append(current)
                current, answer = step.steps, None
            else:
                answer = yield step


def _resume(
    steps: Steps[T] | Steps[Returned], answer: Reply | Notice | Returned | None, failure: Exception | None
) -> Ask | Call:
    if failure is not None:
        return steps.throw(failure)
    return next(steps) if answer is None else steps.send(answer)
