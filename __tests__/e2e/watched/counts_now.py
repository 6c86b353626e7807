"""A module for tests: Synapse counts the ends of rooms once it has started, and not only after an hour."""

from typing import Any


class CountsNow:
    """Loaded by the setting `modules`."""

    def __init__(self, _config: Any, api: Any) -> None:
        self._hs = api._hs
        api.delayed_background_call(5000, self._count)

    async def _count(self) -> None:
        await self._hs.get_datastores().main._read_forward_extremities()
