"""CalleeDetector: who or what answered, from what the leg reports."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from mirabelle.core.interfaces.component import Component
from mirabelle.core.interfaces.telephony import LegEvent
from mirabelle.core.types import CalleeType


@dataclass(frozen=True, slots=True)
class Verdict:
    """A detector's decision and what it rests on, for the journal."""

    callee_type: CalleeType
    evidence: Mapping[str, object] = field(default_factory=dict)


class Detection(ABC):
    """The listening to one call. No I/O; time is what the events say."""

    @abstractmethod
    def feed(self, event: LegEvent) -> Verdict | None:
        """Take one event of the leg. A verdict ends the detection."""

    @property
    @abstractmethod
    def wakes_at(self) -> float | None:
        """When `wake` wants to be called if nothing is heard until then (the leg's clock); None: not by itself."""

    @abstractmethod
    def wake(self, at: float) -> Verdict | None:
        """The instant `wakes_at` has come."""

    @abstractmethod
    def give_up(self) -> Verdict:
        """The call ended, or all time is used up: decide on what there is."""


class CalleeDetector(Component):
    """Offers detections. All configured detectors listen; the first verdict counts."""

    @abstractmethod
    def start(self) -> Detection:
        """Begin to listen to a new call, from dialling on."""
