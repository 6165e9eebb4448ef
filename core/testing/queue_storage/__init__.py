"""The contract of QueueStorage: `class TestMine(QueueStorageContract)`, with `make`.

The chapters are modules of their own; `samples` has what they share.
"""

from mirabelle.core.testing.queue_storage.adding import AddingContract
from mirabelle.core.testing.queue_storage.attempts import AttemptsContract
from mirabelle.core.testing.queue_storage.claiming import ClaimingContract
from mirabelle.core.testing.queue_storage.leases import LeasesContract
from mirabelle.core.testing.queue_storage.outbox import OutboxContract
from mirabelle.core.testing.queue_storage.overview import OverviewContract

__all__ = ["QueueStorageContract"]


class QueueStorageContract(
    AddingContract, ClaimingContract, AttemptsContract, LeasesContract, OutboxContract, OverviewContract
):
    """Every queue storage passes these; only `make` is the plugin's own."""
