"""A server that does nothing, to see how much the load generator itself can do."""

from typing import Any


class Nothing:
    """Answers everything with an empty object, by granian's own protocol."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        protocol.response_bytes(200, [("content-type", "application/json")], b"{}")


nothing = Nothing()
