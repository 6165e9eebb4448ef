"""What is wrong with a document or its loading."""


class DocumentFault(Exception):
    """A document cannot be used: `error.badfetch` in whoever asked for it (5.2.6, F.3).

    `line` and `element` say where, `section` which part of the recommendation is broken.
    """

    def __init__(self, cause: str, line: int | None = None, element: str = "", section: str = "") -> None:
        self.cause = cause
        self.line = line
        self.element = element
        self.section = section
        super().__init__(self.located())

    def located(self, url: str = "") -> str:
        """The whole sentence, with the address in front."""
        where = [url] if url else []
        where += [f"line {self.line}"] if self.line is not None else []
        where += [f"<{self.element}>"] if self.element else []
        section = f" (VoiceXML 2.0, {self.section})" if self.section else ""
        return (", ".join(where) + ": " if where else "") + self.cause + section
