import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mirabelle.core import components, registry
from mirabelle.core.component_kinds import Kind, Offered
from mirabelle.core.components import CannotStart, Components
from mirabelle.core.config import Configuration, Picked, Settings
from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.delivery import ResultDelivery
from mirabelle.core.interfaces.detection import CalleeDetector
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.objects import VxmlObject
from mirabelle.core.interfaces.policy import SchedulingPolicy
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.core.testing.lending import FetcherInHand
from mirabelle.core.testing.virtual_time import VirtualClock


@dataclass(frozen=True)
class Story:
    """What the components of one test do, in order, and which of them fail."""

    told: list[str] = field(default_factory=list)
    fails: set[str] = field(default_factory=set)

    def component(self, interface: type, name: str, **more: Any) -> type:
        """A class that tells when it is made, opened and closed."""
        story = self

        def do(what: str) -> None:
            story.told.append(f"{what} {name}")
            if f"{what} {name}" in story.fails:
                raise OSError("disk full")

        class Telling(interface):  # type: ignore[misc]
            def __init__(self, options: Any, lent: Lent) -> None:
                do("make")
                super().__init__(options, lent)

            async def open(self) -> None:
                do("open")

            async def close(self) -> None:
                do("close")

        methods = {method: lambda *_: None for method in interface.__abstractmethods__}  # type: ignore[attr-defined]
        return type(name, (Telling,), {**methods, "name": name, **more})


class Engine:
    name = "engine"

    def __init__(self, options: Any, now: Callable[[], float], chance: random.Random) -> None:
        self.options = options
        self.now = now
        self.random = chance


def configuration(story: Story, detectors: Sequence[str] = ("first", "second")) -> Configuration:
    def picked(kind: Kind, component: type) -> Picked:
        return Picked(Offered(kind, component.name, component, "a test"), None)  # type: ignore[attr-defined]

    web = frozenset({"http", "https"})
    ours = story.component(VxmlObject, "object", classids=frozenset({"a:b", "a:c"}))
    chosen = {
        Kind.QUEUE: (picked(Kind.QUEUE, story.component(QueueStorage, "queue")),),
        Kind.DIRECTORY: (picked(Kind.DIRECTORY, story.component(Directory, "directory")),),
        Kind.JOURNAL: (picked(Kind.JOURNAL, story.component(CallJournal, "journal")),),
        Kind.POLICIES: (picked(Kind.POLICIES, story.component(SchedulingPolicy, "policy")),),
        Kind.ECMASCRIPT: (picked(Kind.ECMASCRIPT, Engine),),
        Kind.DELIVERIES: (picked(Kind.DELIVERIES, story.component(ResultDelivery, "webhook", schemes=web)),),
        Kind.FETCHERS: (),
        Kind.RECORDINGS: (picked(Kind.RECORDINGS, story.component(RecordingStore, "recordings")),),
        Kind.OBJECTS: (picked(Kind.OBJECTS, ours),),
        Kind.DETECTORS: tuple(picked(Kind.DETECTORS, story.component(CalleeDetector, name)) for name in detectors),
        Kind.TELEPHONY: (picked(Kind.TELEPHONY, story.component(TelephonyBackend, "phone", schemes=web)),),
    }
    return Configuration(None, Settings(data=Path("/nowhere")), registry.assemble([]), chosen)


def made(story: Story) -> Components:
    return components.make(configuration(story), VirtualClock(), FetcherInHand(lambda request: None), random.Random(1))  # type: ignore[arg-type,return-value]


ORDER = ["queue", "directory", "journal", "policy", "webhook", "recordings", "object", "first", "second", "phone"]


async def test_components_are_opened_in_order_and_closed_in_reverse() -> None:
    story = Story()
    there = made(story)
    story.told.clear()
    async with components.opened(there.each(), lambda what, error: None):
        assert story.told == [f"open {name}" for name in ORDER]
        story.told.clear()
    assert story.told == [f"close {name}" for name in reversed(ORDER)]


async def test_a_failed_start_closes_what_was_opened_and_names_the_culprit() -> None:
    story = Story(fails={"open policy"})
    there = made(story)
    story.told.clear()
    with pytest.raises(CannotStart, match=r"policies\.policy cannot be opened: OSError: disk full"):
        async with components.opened(there.each(), lambda what, error: None):
            pytest.fail("must not get here")
    opened, closed = story.told[:4], story.told[4:]
    assert opened == [f"open {name}" for name in ORDER[:4]]
    assert closed == [f"close {name}" for name in reversed(ORDER[:4])]


async def test_one_that_cannot_be_closed_is_told_and_keeps_no_other_open() -> None:
    story = Story(fails={"close first"})
    there = made(story)
    failures: list[str] = []
    async with components.opened(there.each(), lambda what, error: failures.append(f"{what}: {error}")):
        story.told.clear()
    assert len(story.told) == len(ORDER)
    assert failures == ["detectors.first cannot be closed: disk full"]


def test_one_that_cannot_be_made_is_named() -> None:
    with pytest.raises(CannotStart, match=r"queue\.queue cannot be made: OSError: disk full"):
        made(Story(fails={"make queue"}))


def test_each_is_lent_the_clock_the_folder_and_chance_of_its_own() -> None:
    there = made(Story())
    first, second = there.detectors
    assert first.lent.clock is second.lent.clock
    assert first.lent.data == Path("/nowhere")
    assert first.lent.random.random() != second.lent.random.random()
    assert made(Story()).detectors[1].lent.random.random() == made(Story()).detectors[1].lent.random.random()


def test_an_engine_is_lent_the_time_and_chance_of_its_own() -> None:
    there = made(Story())
    assert isinstance(there.engine, Engine)
    assert there.engine.now() == VirtualClock().now()
    assert there.engine.random is not there.queue.lent.random


def test_deliveries_go_by_scheme_objects_by_classid_and_telephony_by_name() -> None:
    there = made(Story())
    assert there.objects["a:b"] is there.objects["a:c"]
    assert there.deliveries["http"] is there.deliveries["https"]
    assert list(there.telephony) == ["phone"]
    assert len(list(there.each())) == len(ORDER)
