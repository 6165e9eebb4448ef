"""`python -m tests.mutants [FAULT ...]`: which golden dialogue notices which planted fault; exit 1 if one survives."""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.mutants.planting import CHECKOUT, Fault, read_faults

NOTICED = 10
# A fault may well make a dialogue endless.
PATIENCE = 120.0


def main(wanted: Sequence[str]) -> int:
    """Try the wanted faults, all when none is named."""
    faults = [fault for fault in read_faults() if not wanted or fault.name in wanted]
    if by := _trial(""):
        print(f"{by} fails without any fault: mend that first")
        return 1
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        survivors = [
            fault.name for fault, by in zip(faults, pool.map(_noticed, faults), strict=True) if not _show(fault, by)
        ]
    print(f"\n{len(faults) - len(survivors)} of {len(faults)} planted faults are noticed by a golden dialogue")
    if survivors:
        print(f"survivors: {', '.join(survivors)}")
    return 1 if survivors else 0


def _noticed(fault: Fault) -> str:
    return _trial(fault.name)


def _trial(name: str) -> str:
    """The dialogue that notices a fault; "" where none does."""
    command = [sys.executable, "-m", "tests.mutants.trial", name]
    try:
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return "(endless)"
    if done.returncode == NOTICED:
        return done.stdout.strip().splitlines()[-1]
    if done.returncode == 0:
        return ""
    raise RuntimeError(f"the trial of {name} failed:\n{done.stderr}")


def _show(fault: Fault, by: str) -> bool:
    print(f"{fault.area:18} {fault.name:40} {by or 'SURVIVED'}", flush=True)
    return bool(by)


sys.exit(main(sys.argv[1:]))
