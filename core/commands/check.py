"""`mirabelle check`: documents and grammars before they go live."""

import asyncio
import os
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import click

from mirabelle.core import config
from mirabelle.core.checking.inspector import Inspector
from mirabelle.core.checking.report import Report, show_json, show_lines, summary
from mirabelle.core.checking.resources import Resources
from mirabelle.core.commands.named_documents import named
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.fetching.addresses import EgressOptions
from mirabelle.core.fetching.http import FetchOptions, HttpFetcher
from mirabelle.core.foreign_text import printable
from mirabelle.core.rehearsal.sources import Sources
from mirabelle.core.talking import resources as talking
from mirabelle.vxml_interpreter.answers import Fetched, FetchFailed
from mirabelle.vxml_interpreter.checking.problem import Severity
from mirabelle.vxml_interpreter.commands import FetchRequest
from mirabelle.vxml_interpreter.documents import Documents


@click.command(epilog="Example: mirabelle check order.vxml --follow")
@click.argument("documents", nargs=-1, required=True, metavar="PATH_OR_URL...")
@click.option("--follow", is_flag=True, help="Check the documents that these lead to as well, and so on.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem and line.")
@click.option("--strict", is_flag=True, help="Forgive nothing: what is not VoiceXML is an error.")
def check(documents: Sequence[str], follow: bool, as_json: bool, strict: bool) -> int:
    """Look for everything that is wrong with VoiceXML documents and grammars, before a call does.

    Each problem is told with its file, line and element, what the specification says and what to do. What a file refers
    to is looked at when it is a file too; with --follow, whatever it is, and documents are checked like the first.

    Exit status: 0 there are no errors (there may be warnings), 1 there are.
    """
    urls = [named(document, "PATH_OR_URL").url for document in documents]
    file = os.environ.get("MIRABELLE_CONFIG")
    configuration = config.load(Path(file) if file else None, os.environ)
    reports = asyncio.run(_inspect(urls, configuration, follow=follow, strict=strict))
    for report in reports:
        (show_json if as_json else show_lines)(report, lambda line: click.echo(line if as_json else printable(line)))
    if not as_json:
        click.echo(summary(reports), err=True)
    return 1 if any(report.count(Severity.ERROR) for report in reports) else 0


async def _inspect(
    urls: Sequence[str], configuration: Configuration, *, follow: bool, strict: bool
) -> Sequence[Report]:
    (engine,) = configuration.picked[Kind.ECMASCRIPT]
    scripts = engine.offered.component(engine.options, time.time, random.Random(0))  # noqa: S311 - nothing is run
    own = configuration.settings.voicexml
    documents: Documents = configuration.registry.documents(replace(own, strict=strict or own.strict))
    reports: dict[str, Report] = {}
    async with AsyncExitStack() as stack:
        for url in dict.fromkeys(urls):
            # Of its own each: what comes from a server closes the files of this machine to what it leads to.
            resources = Resources(Sources([], _Web(stack)))
            inspector = Inspector(resources, documents, scripts.check, follow=follow)
            for report in await inspector.inspect(url):
                reports.setdefault(report.url, report)
    return list(reports.values())


class _Web:
    """Real servers, private ones too; opened when the first is asked."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._fetch: talking.Resources | None = None

    async def __call__(self, request: FetchRequest) -> Fetched | FetchFailed:
        if self._fetch is None:
            fetcher = HttpFetcher(FetchOptions(egress=EgressOptions(allow_private=True)))
            await fetcher.open()
            self._stack.push_async_callback(fetcher.close)
            self._fetch = talking.Resources(fetcher)
        return await self._fetch(request)
