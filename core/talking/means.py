"""What a dialogue may use beside its leg and its line."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from mirabelle.core.interfaces.telephony import Capabilities
from mirabelle.core.talking.destinations import Destinations
from mirabelle.core.talking.options import ScriptOptions, TransferOptions
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.vxml_interpreter.answers import Invoked, InvokeFailed
from mirabelle.vxml_interpreter.commands import Invoke

InvokeObject = Callable[[Invoke], Awaitable[Invoked | InvokeFailed]]


async def no_object(ask: Invoke) -> Invoked | InvokeFailed:
    """There is no object of any classid."""
    return InvokeFailed("error.unsupported.objectname", f"there is no object {ask.classid!r} here")


@dataclass(frozen=True, slots=True)
class Means:
    """`capabilities` are those of the leg; `recordings` None: nothing can be kept; `invoke` does not raise."""

    capabilities: Capabilities = field(default_factory=Capabilities)
    options: ScriptOptions = field(default_factory=ScriptOptions)
    destinations: Destinations = field(default_factory=lambda: Destinations(TransferOptions(), frozenset()))
    recordings: CallRecordings | None = None
    invoke: InvokeObject = no_object
