"""What SQLite complains about, in words that say what to do."""

import sqlite3
from pathlib import Path

from mirabelle.core.interfaces.component import StorageFailed

_REMEDIES = {
    "SQLITE_FULL": "make room on the disk",
    "SQLITE_IOERR": "look after the disk: the operating system could not read or write the file",
    "SQLITE_BUSY": "another program holds the file locked: end it, or raise `busy_timeout`",
    "SQLITE_READONLY": "let the user that runs Mirabelle write the file and its folder",
    "SQLITE_CANTOPEN": "let the user that runs Mirabelle create and open the file in its folder",
    "SQLITE_CORRUPT": "the file is damaged: restore a copy",
    "SQLITE_NOTADB": "this is not an SQLite file: give `path` another name, or restore a copy",
}


def storage_failed(path: Path | str, error: Exception) -> StorageFailed:
    """The domain's exception for one of the driver's: what, where, and how to mend it.

    The statement and its values stay out of it: they may hold secrets.
    """
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__ or error.__context__
    name = getattr(cause, "sqlite_errorname", "") or ""
    remedy = next((text for prefix, text in _REMEDIES.items() if name.startswith(prefix)), None)
    failure = StorageFailed(": ".join(part for part in (str(path), str(error), remedy) if part))
    failure.__cause__ = error
    return failure
