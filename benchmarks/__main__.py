"""`python -m benchmarks [FIGURE ...]`: measure, print figure, gate, ok or miss; exit 1 on a miss."""

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.gates import Gate, read_gates
from benchmarks.interpreter_turns import interpreter_turns
from benchmarks.lag import endless_scripts
from benchmarks.scaling import active_grammars, live_dialogues
from benchmarks.sharing import call_state, second_call
from benchmarks.whole_call import whole_call

FIGURES: dict[str, Callable[[], float]] = {
    "whole_call": whole_call,
    "interpreter_turns": interpreter_turns,
    "second_call": second_call,
    "call_state": call_state,
    "live_dialogues": live_dialogues,
    "active_grammars": active_grammars,
    "endless_scripts": endless_scripts,
}


def main(wanted: list[str]) -> int:
    """Measure the wanted figures, all when none is named; the number of those that missed, as exit status 0 or 1."""
    gates = read_gates(Path(__file__).with_name("gates.toml"))
    unknown = [name for name in wanted if name not in FIGURES]
    if unknown:
        print(f"no such figure: {', '.join(unknown)}; there are {', '.join(FIGURES)}")
        return 2
    missed = [name for name in wanted or FIGURES if not _show(name, gates[name], FIGURES[name]())]
    return 1 if missed else 0


def _show(name: str, gate: Gate, figure: float) -> bool:
    met = gate.met(figure)
    print(f"{name:20} {figure:12.2f}   {gate.bound:12} {'ok' if met else 'miss':5} {gate.says}", flush=True)
    return met


sys.exit(main(sys.argv[1:]))
