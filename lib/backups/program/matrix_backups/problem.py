"""What goes wrong in a way that an operator can understand and mend."""


class Problem(Exception):
    """One line for an operator; `code` is the exit code of restic, where that is the cause."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
