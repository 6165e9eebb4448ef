"""ECMAScript 5.1, the language and the library: every row of the tables in `language`."""

from typing import ClassVar

import pytest

from mirabelle.core.testing.ecmascript.contract import ScriptContract
from mirabelle.core.testing.ecmascript.language.lines import LINES
from mirabelle.core.testing.ecmascript.language.rows import Row, tables
from mirabelle.core.testing.script_chain import Chain
from mirabelle.vxml_interpreter.script import Json, ScriptError, ScriptLimit

ROWS = dict(tables()) | {f"lines-{number}": row for number, row in enumerate(LINES, start=1)}


class ScriptLanguageContract(ScriptContract):
    """VoiceXML 2.0 asks for ECMAScript; so every engine gives the same for each of some thousand programs.

    `DIFFERS` names the rows in which an engine is known to differ, each with the reason. A row that is named there and
    does not differ fails too, so that the list stays true.
    """

    DIFFERS: ClassVar[dict[str, str]] = {}

    @pytest.mark.parametrize("name", ROWS)
    def test_the_language_and_the_library(self, chain: Chain, name: str) -> None:
        """One program, its value or the name of its error."""
        row = ROWS[name]
        outcome = self.outcome(chain, row)
        if name in self.DIFFERS:
            assert outcome != (row.value, row.error), f"{row.source} does not differ: {self.DIFFERS[name]}"
        else:
            assert outcome == (row.value, row.error), row.source

    @staticmethod
    def outcome(chain: Chain, row: Row) -> tuple[Json, str | None]:
        """What comes of a row: its value, or the name of its error or of its limit."""
        try:
            return chain.export(row.source), None
        except ScriptError as error:
            return None, error.name
        except ScriptLimit as limit:
            return None, limit.limit

    def test_rows_that_differ_exist(self) -> None:
        """A name that no table has is a slip of the pen."""
        assert set(self.DIFFERS) <= set(ROWS)
