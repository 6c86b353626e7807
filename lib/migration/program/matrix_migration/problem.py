"""Problems that an operator can understand and solve."""


class Problem(Exception):
    """One line for an operator: what is wrong, and the remedy."""
