"""Pull the plug of `serve` while calls are in flight: nothing is lost, nothing is dialled twice.

The evidence is outside the killed process: the requests that the client application received, and the loopback's
journal of dials, which is on the disk before anything rings.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from mirabelle.core.client import Client, Login
from mirabelle.core.demonstration.application import ClientApplication
from mirabelle.core.dispatching.dialling_mark import SWITCH
from mirabelle.core.testing.server_process import served

CALLS = 50
PATIENCE = 120.0
CONFIG = """
time_scale = 10

[dispatcher]
channels = 100
lease = 20.0
"""


@dataclass(frozen=True)
class Evidence:
    """What a stranger can know of the calls after the crash. `overlaps`: dials while an attempt of the call lived."""

    calls: int
    attempts: int
    interrupted: int
    results: int
    doubles: int
    in_flight: int

    def __str__(self) -> str:
        return (
            f"calls {self.calls}, attempts {self.attempts}, interrupted {self.interrupted}, "
            f"results {self.results}, doubles {self.doubles} ({self.in_flight} in flight at the crash)"
        )


@pytest.mark.full
async def test_a_crash_loses_no_result_and_dials_nothing_twice(tmp_path: Path) -> None:
    evidence = await crash_and_restart(tmp_path)
    print(evidence)
    assert evidence.results == evidence.calls == CALLS
    assert evidence.doubles == 0
    assert evidence.interrupted >= evidence.in_flight > 0


@pytest.mark.full
async def test_without_the_durable_mark_the_evidence_shows_double_dials(tmp_path: Path) -> None:
    evidence = await crash_and_restart(tmp_path, {SWITCH: "1"})
    print(evidence)
    assert evidence.doubles > 0


async def crash_and_restart(data: Path, environment: dict[str, str] | None = None) -> Evidence:
    """Queue, wait until half of the calls talk, kill, start again, wait for every result."""
    config = data / "mirabelle.toml"
    config.write_text(CONFIG)
    client = ClientApplication()
    async with client.serving() as address:
        async with served(data, config, environment) as server:
            ids = await _queue(server.url, address)
            await asyncio.wait_for(client.until(lambda: len(_starts(client)) >= CALLS // 2), PATIENCE)
            await server.kill()
        in_flight = len({call_id for call_id, _ in _dials(data)} - client.results.keys())
        async with served(data, config, environment) as server:
            await asyncio.wait_for(asyncio.gather(*map(client.result_of, ids)), PATIENCE)
            assert await server.stop() == 0
    return _evidence(ids, client, _dials(data), in_flight)


async def _queue(server: str, client: str) -> list[int]:
    urls = {"start_url": f"{client}/start", "result_url": f"{client}/result"}
    async with Client(server, Login("dev", "0000")) as queue:
        queued = [
            queue.queue_call("+16175550101", message_reference=f"crash-{number}", **urls) for number in range(CALLS)
        ]
        return [call.call_id for call in await asyncio.gather(*queued)]


def _starts(client: ClientApplication) -> list[str]:
    return [each.fields["call_id"] for each in client.received if each.path == "/start"]


def _dials(data: Path) -> list[tuple[int, int]]:
    """Call id and attempt of each dial, in order. A line that the crash cut off never rang."""
    dials = []
    for line in (data / "loopback" / "dials.jsonl").read_text("utf-8").splitlines():
        if line.endswith("}"):
            entry = json.loads(line)
            if entry["event"] == "dialled":
                dials.append((entry["call_id"], entry["attempt"]))
    return dials


def _evidence(ids: list[int], client: ClientApplication, dials: list[tuple[int, int]], in_flight: int) -> Evidence:
    results = client.results
    # No call of this test may be retried, so that every dial beyond the first is one too many.
    per_call = Counter(call_id for call_id, _ in dials)
    started = Counter(_starts(client))
    return Evidence(
        calls=len(ids),
        attempts=len(dials),
        interrupted=sum(fields["callee_type"] == "unknown" for fields in results.values()),
        results=len(results.keys() & set(ids)),
        doubles=sum(max(per_call[call_id], started[str(call_id)], 1) - 1 for call_id in ids),
        in_flight=in_flight,
    )
