"""Documents that are named on the command line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

SCHEMES: Final = ("http", "https", "file")


@dataclass(frozen=True, slots=True)
class Named:
    """A document's URL without its fragment, the fragment, and the file when it was named by a path."""

    url: str
    fragment: str
    path: Path | None = None

    def at_fragment(self, url: str) -> str:
        """That URL with the fragment."""
        return f"{url}#{self.fragment}" if self.fragment else url


def named(argument: str, hint: str) -> Named:
    """The document of an argument: a URL or a path, with a fragment (the id of a dialog) or without.

    Raises `click.BadParameter`, which calls the argument by `hint`.
    """
    if urlsplit(argument).scheme in SCHEMES:
        url, _, fragment = argument.partition("#")
        return Named(url, fragment)
    path, fragment = Path(argument), ""
    if not path.exists() and "#" in argument:
        # There may be one in the name of the file, too.
        before, _, fragment = argument.rpartition("#")
        path = Path(before)
    if path.is_dir():
        raise click.BadParameter(f"{argument!r} is a folder; name the documents in it", param_hint=hint)
    if not path.is_file():
        raise click.BadParameter(
            f"there is no file {str(path)!r}; a URL begins with http:// or https://", param_hint=hint
        )
    return Named(path.resolve().as_uri(), fragment, path)
