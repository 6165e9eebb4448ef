"""The objects of plugins in rehearsals. They may talk to real servers, so they are lent real time."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from mirabelle.core.clock import SystemClock
from mirabelle.core.component_kinds import Kind
from mirabelle.core.config import Configuration
from mirabelle.core.fetching.http import HttpFetcher
from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.objects import VxmlObject
from mirabelle.core.rehearsal.means import Objects


def objects_of(configuration: Configuration) -> Objects:
    """Those that the configuration uses, by classid."""
    picked = configuration.picked[Kind.OBJECTS]

    @asynccontextmanager
    async def opened() -> AsyncIterator[Mapping[str, VxmlObject]]:
        async with AsyncExitStack() as stack:
            objects: dict[str, VxmlObject] = {}
            if picked:
                fetcher = HttpFetcher(configuration.settings.fetching)
                stack.push_async_callback(fetcher.close)
                await fetcher.open()
                lent = Lent(SystemClock(), random.Random(), configuration.settings.data, fetcher)  # noqa: S311
            for each in picked:
                made: VxmlObject = each.offered.component(each.options, lent)
                stack.push_async_callback(made.close)
                await made.open()
                objects |= dict.fromkeys(made.classids, made)
            yield objects

    return opened
