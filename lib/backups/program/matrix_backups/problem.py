"""Problems that an operator can understand and solve."""


class Problem(Exception):
    """One line for an operator. `code` is the exit code of restic, if restic is the cause."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code
