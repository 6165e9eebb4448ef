"""What README shows is what happens: its files are pasted, its commands typed, its pages there."""

import asyncio
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mirabelle.core.client import CallRefused, Client, Login
from mirabelle.core.testing.server_process import served

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PATIENCE = 60.0


def block(language: str, beginning: str) -> str:
    """The one code block of that language that contains those words."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (found,) = [text for said, text in blocks if said == language and beginning in text]
    return str(found)


def test_the_first_script_plays_as_shown(tmp_path: Path) -> None:
    (tmp_path / "drink.vxml").write_text(block("xml", "<vxml"))
    transcript = block("", "C: Good morning")
    (tmp_path / "drink.txt").write_text(transcript)
    played = subprocess.run(
        [sys.executable, ROOT / "cli.py", "rehearse", "drink.vxml", "--transcript", "drink.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert played.returncode == 0, played.stdout + played.stderr


def test_every_page_that_is_linked_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert "docs/hooks.md" in links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_first_plugin_has_twenty_lines() -> None:
    assert len(block("python", "hookimpl").splitlines()) <= 20


@pytest.mark.full
async def test_the_first_call_and_the_first_plugin_work_when_pasted(tmp_path: Path) -> None:
    (tmp_path / "drink.vxml").write_text(block("xml", "<vxml"))
    (tmp_path / "orders.py").write_text(block("python", "Starlette"))
    (tmp_path / "premium.py").write_text(block("python", "hookimpl"))
    config = tmp_path / "mirabelle.toml"
    config.write_text("time_scale = 20\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    orders = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "uvicorn", "--port", str(port), "orders:app"),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert orders.stdout is not None
        assert orders.stderr is not None
        await asyncio.wait_for(orders.stderr.readuntil(b"Uvicorn running"), PATIENCE)
        async with served(tmp_path, config, {"MIRABELLE_PLUGINS__LOAD": "premium.py"}) as server:
            address = f"http://127.0.0.1:{port}"
            async with Client(server.url, Login("dev", "0000")) as client:
                urls = {"start_url": f"{address}/start", "result_url": f"{address}/result"}
                with pytest.raises(CallRefused, match="is a premium-rate number"):
                    await client.queue_call("+19005551212", **urls)
                call_id = (await client.queue_call("+16175550101", **urls)).call_id
            posted = await asyncio.wait_for(orders.stdout.readuntil(b"Completed"), PATIENCE)
            assert f"'call_id': '{call_id}'" in posted.decode()
            assert await server.stop() == 0
            assert f"call {call_id}: Completed, voice" in server.output.read_text("utf-8")
    finally:
        orders.terminate()
        await orders.communicate()
