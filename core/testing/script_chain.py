"""A script session with the scopes of VoiceXML, for tests."""

import pytest

from mirabelle.vxml_interpreter.script import Json, Scope, ScriptError, ScriptSession, Value, finish


class Chain:
    """A session with the five scopes of VoiceXML 2.0, 5.1.2, and short ways to use them."""

    def __init__(self, session: ScriptSession) -> None:
        self.session = session
        self.outer = session.scope(None, "session", writable=False)
        self.application = session.scope(self.outer, "application")
        self.document = session.scope(self.application, "document")
        self.dialog = session.scope(self.document, "dialog")
        self.anonymous = session.scope(self.dialog)

    def run(self, source: str, scope: Scope | None = None) -> Value:
        """Evaluate to the end, in the innermost scope unless told otherwise."""
        return finish(self.session.evaluate(source, scope or self.anonymous))

    def assign(self, reference: str, value: Value, scope: Scope | None = None) -> None:
        """Assign to the end, in the innermost scope unless told otherwise."""
        finish(self.session.assign(reference, value, scope or self.anonymous))

    def export(self, source: str) -> Json:
        """Evaluate and export."""
        return finish(self.session.export(self.run(source)))

    def text(self, source: str) -> str:
        """Evaluate and turn into text."""
        return finish(self.session.text(self.run(source)))

    def refused(self, source: str, scope: Scope | None = None) -> ScriptError:
        """The error that evaluating raises."""
        with pytest.raises(ScriptError) as caught:
            self.run(source, scope)
        return caught.value

    def attempt(self, source: str, scope: Scope | None = None) -> str | None:
        """Evaluate what may be refused: the name of the error, or None where it ended."""
        try:
            self.run(source, scope)
        except ScriptError as error:
            return error.name
        return None
