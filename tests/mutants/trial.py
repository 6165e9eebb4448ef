"""`python -m tests.mutants.trial FAULT`: plant one fault ("": none) and play the golden dialogues until one notices."""

import sys

from tests.mutants.planting import plant, read_faults

NOTICED = 10


def main(name: str) -> int:
    """Prints the dialogue that noticed the fault. Exit status 10 when one did, 0 when none did."""
    for fault in read_faults():
        if fault.name == name:
            plant(fault)
    # Only now may anything of the interpreter be imported.
    from tests.dialogs.playing import HERE, TRANSCRIPTS, difference

    for path in TRANSCRIPTS:
        try:
            differs = bool(difference(path))
        except Exception as error:  # noqa: BLE001 - whatever it raises, it noticed
            differs = True
            print(type(error).__name__, end=" in ")
        if differs:
            print(path.relative_to(HERE).with_suffix("").as_posix())
            return NOTICED
    return 0


sys.exit(main(sys.argv[1]))
