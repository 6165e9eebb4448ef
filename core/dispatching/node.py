"""What all parts of the dispatcher share: who this node is, and what it works with."""

from dataclasses import dataclass

from mirabelle.core.dispatching.accounts import Accounts
from mirabelle.core.dispatching.options import DispatchOptions
from mirabelle.core.dispatching.patience import Patience
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.core.observing import Emit
from mirabelle.core.outcome import NewId
from mirabelle.core.scheduling import SchedulingChain


@dataclass(frozen=True, slots=True)
class Node:
    """One process that dispatches. `owner` names it in leases: unique to this start of it."""

    owner: str
    storage: QueueStorage
    accounts: Accounts
    chain: SchedulingChain
    clock: Clock
    emit: Emit
    new_id: NewId
    options: DispatchOptions
    patience: Patience

    def lease_until(self) -> float:
        """Until when a lease that is taken or renewed now holds."""
        return self.clock.now() + self.options.lease
