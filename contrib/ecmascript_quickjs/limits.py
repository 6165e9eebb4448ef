"""What scripts may use up, and how many processes they may keep busy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """The workers, and the limits of each session. Whoever passes one gets `ScriptLimit`, which no script can catch."""

    workers: int = 2
    """Processes among which the sessions are spread; started when they are needed."""
    seconds: float = 0.5
    """Processor time that one evaluation may take."""
    patience: float = 5.0
    """Seconds of real time for one evaluation; one that cannot be stopped then is given up, and its session lost."""
    answer: float = 2.0
    """Seconds of real time in which a worker has to answer what takes it no time; one that does not is ended."""
    retirement: float = 30.0
    """Seconds for which other dialogues may go on in a worker where an evaluation had to be given up."""
    memory: int = 16_777_216
    """Bytes that the objects and strings of one session may take."""
    stack: int = 1_048_576
    """Bytes of stack that calls of functions, the parser and regular expressions may take."""
    items: int = 100_000
    """Values that one exported object may have within it."""
    source: int = 65_536
    """Characters in one source."""
    address_space: int = 4_294_967_296
    """Bytes of address space of one worker; on Linux only."""

    def __post_init__(self) -> None:
        for name in ("workers", "seconds", "patience", "answer", "retirement", "memory", "stack", "items", "source"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be more than 0")
        if not 65_536 <= self.stack <= 2_097_152:
            raise ValueError("stack must be between 65536 and 2097152")
        if self.memory < 1_048_576:
            raise ValueError("memory must be at least 1048576: some 200,000 of it are taken before any script runs")
