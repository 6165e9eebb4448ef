"""The options that commands on a configuration share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from mirabelle.core import config
from mirabelle.core.config import Configuration
from mirabelle.core.structuring import KeyPath

Function = TypeVar("Function", bound=Callable[..., Any])


def configured(function: Function) -> Function:
    """Give a command the options `--config` and `--data`."""
    data = click.option(
        "--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the platform's files."
    )
    file = click.option(
        "--config",
        "config_file",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="MIRABELLE_CONFIG",
        help="Configuration in TOML; docs/configuration.md lists the keys. [env: MIRABELLE_CONFIG]",
    )
    return file(data(function))


def load(config_file: Path | None, options: Mapping[KeyPath, Any]) -> Configuration:
    """The configuration from file, environment and those options of the command line that were given.

    Raises `ConfigurationError`.
    """
    given = {path: value for path, value in options.items() if value is not None}
    if ("data",) in given:
        # What is typed is meant from where one stands, not from where the file is.
        given["data",] = Path(given["data",]).absolute()
    return config.load(config_file, os.environ, given)
