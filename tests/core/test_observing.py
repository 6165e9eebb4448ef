from typing import Any

import pluggy
import pytest
import structlog
from structlog.testing import capture_logs

from mirabelle import hookimpl
from mirabelle.core import hookspecs
from mirabelle.core.observing import LogSink, Observing, problem, written
from mirabelle.core.types import Event, EventKind

DIALLING = Event(EventKind.DIALLING, 10.0, call_id=7, attempt=1, data={"destination": "+16175551212"})


class Observer:
    def __init__(self, heard: list[Event], fails: bool = False) -> None:
        self.heard = heard
        self.fails = fails

    @hookimpl
    def observe(self, event: Event) -> None:
        self.heard.append(event)
        if self.fails:
            raise RuntimeError("out of order")


class Counting:
    count = 0

    @hookimpl
    def observe(self) -> None:
        self.count += 1


def ignore(event: Event) -> None:
    pass


def manager(**plugins: Any) -> pluggy.PluginManager:
    made = pluggy.PluginManager("mirabelle")
    made.add_hookspecs(hookspecs)
    for name, plugin in plugins.items():
        made.register(plugin, name)
    return made


def test_every_plugin_and_listener_hears_of_it_once() -> None:
    first, second, listener = list[Event](), list[Event](), list[Event]()
    observing = Observing()
    observing.listen_plugins(manager(first=Observer(first), second=Observer(second)))
    observing.listen("list", listener.append)
    observing.emit(DIALLING)
    assert first == second == listener == [DIALLING]


def test_a_plugin_may_leave_out_the_argument() -> None:
    counting = Counting()
    observing = Observing()
    observing.listen_plugins(manager(counting=counting))
    observing.emit(DIALLING)
    assert counting.count == 1


def test_an_observer_that_fails_hurts_nobody_and_is_reported_once() -> None:
    broken, sound, listener = list[Event](), list[Event](), list[Event]()
    observing = Observing()
    observing.listen_plugins(manager(sound=Observer(sound), broken=Observer(broken, fails=True)))
    observing.listen("list", listener.append)
    for _ in range(3):
        observing.emit(DIALLING)
    assert broken.count(DIALLING) == 3
    assert sound.count(DIALLING) == listener.count(DIALLING) == 3
    (report,) = [event for event in listener if event.kind is EventKind.PLATFORM]
    assert "observer plugin broken failed" in str(report.data["problem"])
    assert report.data["error"] == "RuntimeError: out of order"


def test_all_may_fail() -> None:
    observing = Observing()
    heard: list[Event] = []
    observing.listen_plugins(manager(a=Observer(heard, fails=True), b=Observer(heard, fails=True)))
    observing.emit(DIALLING)
    observing.emit(DIALLING)
    assert heard.count(DIALLING) == 4


def test_two_observers_of_one_name_are_a_mistake() -> None:
    observing = Observing()
    observing.listen("journal", ignore)
    with pytest.raises(ValueError, match="'journal' already"):
        observing.listen("journal", ignore)


def test_an_error_is_written_in_one_line() -> None:
    assert written(OSError("disk\n  full")) == "OSError: disk full"
    assert written(TimeoutError()) == "TimeoutError"


def test_the_log_has_one_line_an_event_with_call_and_attempt() -> None:
    with capture_logs() as lines:
        LogSink(structlog.get_logger())(DIALLING)
    (line,) = lines
    assert line["event"] == "dialling"
    assert (line["call_id"], line["attempt"], line["at"], line["destination"]) == (7, 1, 10.0, "+16175551212")
    assert line["log_level"] == "info"


def test_data_does_not_hide_what_a_line_is_about() -> None:
    with capture_logs() as lines:
        LogSink(structlog.get_logger())(Event(EventKind.LOG, 1.0, 7, 1, {"event": "x", "call_id": 8, "at": 2}))
    assert (lines[0]["event"], lines[0]["call_id"], lines[0]["at"]) == ("log", 7, 1.0)
    assert (lines[0]["event_"], lines[0]["call_id_"], lines[0]["at_"]) == ("x", 8, 2)


@pytest.mark.parametrize(
    "event", [problem(1.0, "the queue fails", OSError("full")), Event(EventKind.DELIVERY_DEAD, 1.0, 7)]
)
def test_what_an_operator_should_look_at_is_a_warning(event: Event) -> None:
    with capture_logs() as lines:
        LogSink(structlog.get_logger())(event)
    assert lines[0]["log_level"] == "warning"
