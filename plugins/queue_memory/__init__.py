"""Queue, directory and journal in the memory of the process, by the name `memory`: for tests and for trying out.

Everything is gone when the process ends, so no server that places real calls should use it.
"""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.directory import Directory
from mirabelle.core.interfaces.journal import CallJournal
from mirabelle.core.interfaces.queue import QueueStorage
from mirabelle.plugins.queue_memory.directory import MemoryDirectory
from mirabelle.plugins.queue_memory.journal import MemoryJournal
from mirabelle.plugins.queue_memory.queue import MemoryQueue

__all__ = ["MemoryDirectory", "MemoryJournal", "MemoryQueue"]


@hookimpl
def register_queue_storages() -> Sequence[type[QueueStorage]]:
    """Offer `memory`."""
    return [MemoryQueue]


@hookimpl
def register_directories() -> Sequence[type[Directory]]:
    """Offer `memory`."""
    return [MemoryDirectory]


@hookimpl
def register_call_journals() -> Sequence[type[CallJournal]]:
    """Offer `memory`."""
    return [MemoryJournal]
