"""How the interpreter hears of scripts that fail."""

import pytest

from mirabelle.vxml_interpreter.answers import Done
from mirabelle.vxml_interpreter.commands import Breathe
from mirabelle.vxml_interpreter.events import Event
from mirabelle.vxml_interpreter.script import ScriptError, ScriptLimit, Work
from mirabelle.vxml_interpreter.scripting import scripted


def blame(cause: str) -> Event:
    return Event("error.semantic", f"app.vxml, line 7, <script>: {cause}")


def failing(error: Exception) -> Work[int]:
    yield None
    raise error


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ScriptError("TypeError", "no"), "app.vxml, line 7, <script>: TypeError: no"),
        (ScriptError("TypeError", "no", 1), "app.vxml, line 7, <script>: TypeError: no"),
        (ScriptError("TypeError", "no", 3), "app.vxml, line 7, <script>: line 3 of the script: TypeError: no"),
        (ScriptLimit("work"), "app.vxml, line 7, <script>: the script passed its limit of work"),
    ],
)
def test_what_scripts_throw_is_an_event_that_names_the_line(error: Exception, message: str) -> None:
    steps = scripted(failing(error), blame, lambda: None)
    assert next(steps) == Breathe()
    with pytest.raises(Event) as caught:
        steps.send(Done())
    assert (caught.value.name, caught.value.message) == ("error.semantic", message)


def test_each_slice_is_a_breath() -> None:
    def slow() -> Work[int]:
        for _ in range(3):
            yield None
        return 5

    slices: list[str] = []
    steps = scripted(slow(), blame, lambda: slices.append("slice"))
    assert [next(steps) for _ in range(3)] == [Breathe()] * 3
    with pytest.raises(StopIteration) as stopped:
        next(steps)
    assert stopped.value.value == 5
    assert len(slices) == 3
