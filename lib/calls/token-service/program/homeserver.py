"""What is asked of the homeserver: whose an OpenID token is, who is in a room, and to end a membership of a call."""

import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from call_request import CallRequest, Refused
from web_client import Unavailable, WebClient

MEMBERSHIP = "/_matrix/client/unstable/io.element.msc4502/rooms/{room}/is_joined?mxid={user}"
DELAYED = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events/{delay}/{action}"
USERINFO = "/_matrix/federation/v1/openid/userinfo?access_token={token}"


@dataclass(frozen=True)
class Server:
    """A server whose users get tokens. Its URL is a setting: names in requests are never resolved."""

    openid_url: str
    publishes: bool


@dataclass(frozen=True)
class User:
    """A user whose OpenID token is valid."""

    user_id: str
    #: Whether they may speak, and open the room of a call. Others only listen.
    publishes: bool


class Homeserver:
    """The homeserver, and the servers whose OpenID tokens are accepted."""

    def __init__(
        self, web: WebClient, url: str, servers: dict[str, dict[str, Any]], read_token: Callable[[], str]
    ) -> None:
        self._web, self._url, self._read_token = web, url, read_token
        self._servers = {name: Server(one["openIdUrl"], one["publishes"]) for name, one in servers.items()}

    def server_of(self, request: CallRequest) -> Server:
        """Returns the server of the caller, if its users may call."""
        server = self._servers.get(request.server_name)
        if not server:
            raise Refused(401, "M_UNAUTHORIZED", "server", "users of this server get no token here")
        return server

    async def user_of(self, request: CallRequest) -> User:
        """Returns whose OpenID token it is, which must be the user that the request names."""
        server = self.server_of(request)
        path = USERINFO.format(token=quoted(request.openid_token))
        status, answer = await self._web.ask("GET", server.openid_url + path)
        if status not in (200, 401):
            raise Unavailable(f"userinfo: {status}")
        user = answer.get("sub") if status == 200 else None
        if not isinstance(user, str) or not user.startswith("@") or user.partition(":")[2] != request.server_name:
            raise Refused(401, "M_UNAUTHORIZED", "openid", "the OpenID token is not valid")
        if request.claimed_user not in (None, user):
            raise Refused(401, "M_UNAUTHORIZED", "claimed_user", "the OpenID token is of another user")
        return User(user, server.publishes)

    async def is_joined(self, room_id: str, user_id: str) -> bool:
        """Whether a user is in a room. A room that does not exist has no members.

        The scope of the application service allows nothing else (MSC4502, an experimental feature of Synapse). Should
        Synapse drop it: `/_matrix/client/v3/rooms/{room}/joined_members?user_id={user}` with an application service
        whose namespace has all users, whose token could act as anyone.
        """
        path = MEMBERSHIP.format(room=quoted(room_id), user=quoted(user_id))
        status, answer = await self._web.ask("GET", self._url + path, token=self._read_token())
        joined = answer.get("joined")
        if status != 200 or not isinstance(joined, bool):
            raise Unavailable(f"is_joined: {status} {answer.get('errcode', '')}")
        return joined

    async def delayed(self, delay_id: str, action: str) -> int:
        """Sends or restarts a delayed event, and returns the status. Its ID is all that this needs."""
        path = DELAYED.format(delay=quoted(delay_id), action=action)
        status, _ = await self._web.ask("POST", self._url + path, {})
        return status


def quoted(name: str) -> str:
    """Quotes an ID for a path. A path has no '.' and '..' of its own then."""
    return urllib.parse.quote(name, safe="").replace(".", "%2E")
