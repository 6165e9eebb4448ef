"""What the demonstration prints: progress, the transcript of one call, the table of results."""

from collections.abc import Iterator, Mapping, Sequence

from mirabelle.core.demonstration.callees import Callee
from mirabelle.core.types import Event, EventKind

COLUMNS = ("number", "callee", "result", "callee_type", "attempts", "duration", "posted", "")
PROGRESS = {
    EventKind.QUEUED: "queued",
    EventKind.DIALLING: "dialling",
    EventKind.ANSWERED: "answered",
    EventKind.VERDICT: "verdict",
    EventKind.FINISHED: "finished",
    EventKind.DELIVERED: "result posted",
}


def progress(event: Event, callee: Callee, began: float) -> str | None:
    """One line on a step of a call; None when the step is too small to tell. `began`: when the demonstration did."""
    said = PROGRESS.get(event.kind)
    if said is None:
        return None
    detail = {
        EventKind.DIALLING: f"attempt {event.attempt}",
        EventKind.VERDICT: str(event.data.get("callee_type", "")),
    }.get(event.kind, "")
    return f"{event.at - began:7.1f} s  {callee.number}  {callee.name:16} {said} {detail}".rstrip()


def transcript(events: Sequence[Event]) -> Iterator[str]:
    """The story of one call, as golden transcripts write it: C speaks, H is the human."""
    for event in events:
        data = event.data
        match event.kind:
            case EventKind.PROMPT:
                yield f"C: {data['text']}"
            case EventKind.INPUT:
                yield f"H: {_human(str(data['mode']), str(data['value']))}"
            case EventKind.FETCH:
                yield f"{data['method']} {data['url']}"
            case EventKind.SESSION:
                yield f"S: {data['path']} = {data['value']!r}"
            case EventKind.EXIT:
                yield f"= exit reason={str(data['reason'])!r}"


def _human(mode: str, value: str) -> str:
    return {"dtmf": f"[{' '.join(value.replace(' ', ''))}]", "silence": "[silence]"}.get(mode, value)


def table(rows: Sequence[tuple[Callee, Mapping[str, str] | None]]) -> Iterator[str]:
    """The results, a line a call; a call whose result is not what its callee implies says so."""
    cells = [COLUMNS, *(_cells(callee, result) for callee, result in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(callee: Callee, result: Mapping[str, str] | None) -> tuple[str, ...]:
    if result is None:
        return (callee.number, callee.name, "", "", "", "", "no", "WRONG: no result was posted")
    posted = (result["result"], result["callee_type"], result["attempts"], f"{result['duration']} s")
    wrong = "; ".join(callee.differences(result))
    return (callee.number, callee.name, *posted, "yes", f"WRONG: {wrong}" if wrong else "as expected")
