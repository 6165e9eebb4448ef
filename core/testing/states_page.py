"""docs/states.md, drawn from the tables in core/lifecycle.py."""

from collections.abc import Iterable

from mirabelle.core.lifecycle import DELIVERY_TRANSITIONS, HELD, TRANSITIONS
from mirabelle.core.types import CallState, DeliveryState

_INTRODUCTION = """# States

Drawn from the tables in `core/lifecycle.py` by `make docs`; do not edit. A move that is not listed is refused with
`IllegalMove`, by every queue storage.

A call is *held* by one node, under a lease and a fencing token, while it is {held}. An attempt is
written before the telephone is asked to ring; one that a crash leaves behind is *interrupted*, never silently dialled
again.
"""


def states_page() -> str:
    """The page as Markdown with Mermaid diagrams."""
    held = ", ".join(state for state in CallState if state in HELD)
    return "\n".join([_INTRODUCTION.format(held=held), *_calls(), "", *_deliveries()]) + "\n"


def _calls() -> Iterable[str]:
    yield "## Calls and attempts\n"
    moves = [(line.before, line.after, line.move) for line in TRANSITIONS]
    yield from _diagram([("[*]", CallState.QUEUED, "add"), *moves, (CallState.FINISHED, "[*]", "")])
    yield "\n| move | call before | call after | attempt |\n| --- | --- | --- | --- |"
    for line in TRANSITIONS:
        yield f"| {line.move} | {line.before} | {line.after} | {line.attempt or 'none'} |"


def _deliveries() -> Iterable[str]:
    lines = DELIVERY_TRANSITIONS.items()
    yield "## Deliveries\n"
    moves = [(before, after, move) for (move, before), after in lines]
    yield from _diagram([("[*]", DeliveryState.PENDING, "finish"), *moves])
    yield "\n| move | before | after |\n| --- | --- | --- |"
    for (move, before), after in lines:
        yield f"| {move} | {before} | {after} |"


def _diagram(moves: Iterable[tuple[str, str, str]]) -> Iterable[str]:
    labels: dict[tuple[str, str], list[str]] = {}
    for before, after, move in moves:
        labels.setdefault((before, after), []).append(move)
    yield "```mermaid\nstateDiagram-v2"
    for (before, after), names in labels.items():
        yield f"    {before} --> {after}: {', '.join(names)}".removesuffix(": ")
    yield "```"
