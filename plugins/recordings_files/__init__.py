"""Recordings in files below the data folder, by the name `files`."""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.recordings import RecordingStore
from mirabelle.plugins.recordings_files.options import FilesOptions
from mirabelle.plugins.recordings_files.store import RecordingFiles

__all__ = ["FilesOptions", "RecordingFiles"]


@hookimpl
def register_recording_stores() -> Sequence[type[RecordingStore]]:
    """Offer `files`."""
    return [RecordingFiles]
