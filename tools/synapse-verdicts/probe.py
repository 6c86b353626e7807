"""Gives settings from standard input to Synapse, and prints its verdict on each.

A line is a JSON object: `settings`, and `serve`, without which Synapse only reads them. A start is real but for the
database, which is SQLite: Synapse reads homeserver.yaml, prepares the database, listens, and serves one user for a
moment.

Settings of different blocks are started together, because a start takes half a second. Where such a start fails, each
half of them is tried by itself.
"""

import gc
import hashlib
import hmac
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import jsonschema
import treq
import yaml
from synapse.app import homeserver
from synapse.config._base import ConfigError, format_config_error
from synapse.config.homeserver import HomeServerConfig
from twisted.internet import defer, reactor

Settings = dict[str, Any]
#: The stage at which Synapse gives up, and why; nothing when it does not.
Trouble = list[str] | None

HOME = Path("/tmp/probe")
SECRET = "a shared secret"
PORT = 8008
LISTENERS = [{"port": PORT, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": [{"names": ["client"]}]}]
DATABASE = {"name": "sqlite3", "args": {"database": f"{HOME}/db", "cp_max": 1}}
BASE: Settings = {
    "server_name": "example.org",
    "public_baseurl": "https://matrix.example.org/",
    "report_stats": False,
    "suppress_key_server_warning": True,
    "trusted_key_servers": [],
    "signing_key_path": f"{HOME}/signing.key",
    "media_store_path": f"{HOME}/media",
    "pid_file": f"{HOME}/pid",
    "macaroon_secret_key": SECRET,
    "form_secret": SECRET,
    "registration_shared_secret": SECRET,
    "bcrypt_rounds": 4,
    "listeners": LISTENERS,
    "database": DATABASE,
}
#: Settings that may stand in the place of one of the base's.
INSTEAD = {"databases": "database", **{f"{key}_path": key for key in BASE if f"{key}_path" not in BASE}}
#: Blocks that hide what others do, and so are started by themselves.
ALONE = {
    *("daemonize", "database", "databases", "enable_media_repo", "hs_disabled", "limit_usage_by_mau", "listeners"),
    *("matrix_authentication_service", "password_config", "user_consent", "worker_app", "worker_listeners"),
}
TOGETHER = 12
#: Synapse prints as well.
ANSWERS = os.fdopen(os.dup(1), "w")
#: Seconds that one start may take.
LIMIT = 60


# Reading settings takes most of its time for what is the same each time: Synapse's own templates and schemas.
compiled = jinja2.Environment.compile
templates: dict[tuple[str, str], Any] = {}


def compile_once(self: Any, source: str, name: str | None = None, filename: str | None = None, *_: Any) -> Any:
    """Compiles each of Synapse's own templates once."""
    if not filename:
        return compiled(self, source, name)
    if (source, filename) not in templates:
        templates[source, filename] = compiled(self, source, name, filename)
    return templates[source, filename]


jinja2.Environment.compile = compile_once  # type: ignore[method-assign]
jsonschema.Draft202012Validator.check_schema = lambda *_, **__: None


class Complaints(logging.Handler):
    """The errors that Synapse logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Notes the error."""
        error = record.exc_info[1] if record.exc_info else None
        self.texts.append(named(error) if error else record.getMessage())


def named(error: BaseException) -> str:
    """The error with its kind."""
    return f"{type(error).__name__}: {error}"


def configured(settings: Settings) -> tuple[HomeServerConfig | None, Trouble]:
    """What Synapse reads from the settings."""
    path = HOME / "homeserver.yaml"
    path.write_text(yaml.safe_dump(settings))
    try:
        return HomeServerConfig.load_or_generate_config("probe", ["-c", str(path)]), None
    except ConfigError as error:
        return None, ["configuration", "".join(format_config_error(error)).removeprefix("Error in configuration")]
    except (Exception, SystemExit) as error:
        return None, ["configuration", named(error)]


def served(settings: Settings) -> Trouble:
    """Starts Synapse with the settings in this process, which cannot start another one."""
    config, trouble = configured(settings)
    if not config:
        return trouble
    complaints = Complaints()
    try:
        server = homeserver.create_homeserver(config)
        homeserver.setup(server)
        logging.getLogger().addHandler(complaints)
    except (Exception, SystemExit) as error:
        return ["start", named(error)]
    result: list[Trouble] = []

    async def run() -> None:
        stage = "start"
        try:
            await homeserver.start(server, freeze=False)
            stage = "use"
            if settings["listeners"] == LISTENERS:
                await use()
            result.append(["log", complaints.texts[0]] if complaints.texts else None)
        except (Exception, SystemExit) as error:
            result.append([stage, named(error)])
        reactor.callLater(0, reactor.stop)

    reactor.callWhenRunning(lambda: defer.ensureDeferred(run()))
    try:
        homeserver.start_reactor(config)
    except (Exception, SystemExit) as error:
        return ["start", named(error)]
    return result[0] if result else ["start", "ended"]


async def use() -> None:
    """Registers a user, who logs in, creates a room, sends a message and a file, and syncs."""
    # The database has the users of earlier starts.
    name = f"user{os.getpid()}"
    nonce = (await request("GET", "/_synapse/admin/v1/register")).get("nonce")
    if not nonce:
        # Accounts are elsewhere, in Matrix Authentication Service.
        return
    mac = hmac.new(SECRET.encode(), "\0".join([nonce, name, "password", "notadmin"]).encode(), hashlib.sha1)
    body = {"nonce": nonce, "username": name, "password": "password", "admin": False, "mac": mac.hexdigest()}
    registered = await request("POST", "/_synapse/admin/v1/register", body)
    token = registered.get("access_token")
    client = "/_matrix/client/v3"
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": name}, "password": "password"}
    await request("POST", f"{client}/login", login)
    await request("GET", f"{client}/capabilities", token=token)
    room = await request("POST", f"{client}/createRoom", {"preset": "private_chat"}, token)
    room_id = room.get("room_id", "!none")
    await request("PUT", f"{client}/rooms/{room_id}/send/m.room.message/1", {"msgtype": "m.text", "body": "x"}, token)
    await request("PUT", f"{client}/profile/@{name}:example.org/displayname", {"displayname": "x"}, token)
    await request("POST", f"{client}/user_directory/search", {"search_term": name}, token)
    await request("POST", "/_matrix/media/v3/upload", {}, token)
    await request("GET", "/_matrix/client/v1/media/config", token=token)
    await request("GET", f"{client}/voip/turnServer", token=token)
    await request("GET", f"{client}/sync?timeout=0", token=token)
    await request("GET", "/.well-known/matrix/client")


async def request(method: str, path: str, body: Any = None, token: str | None = None) -> Any:
    """Sends a request. A refusal is an answer; an internal error is not."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent = treq.request(method, f"http://127.0.0.1:{PORT}{path}", json=body, headers=headers, persistent=False)
    response = await sent
    text = await response.text()
    if response.code >= 500:
        raise RuntimeError(f"{method} {path.partition('?')[0]}: {response.code} {text}")
    return json.loads(text) if text.startswith("{") else {}


def apart(settings: Settings) -> Trouble:
    """What a process of its own says."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        log = os.open(HOME / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        signal.alarm(LIMIT)
        os.write(writing, json.dumps(served(settings)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        printed = pipe.read()
    _, status = os.waitpid(child, 0)
    if printed:
        return json.loads(printed)
    return ["start", "does not end" if os.WTERMSIG(status) == signal.SIGALRM else f"exit status {status}"]


def on_base(*parts: Settings) -> Settings:
    """The settings on top of valid ones."""
    over: Settings = {key: value for part in parts for key, value in part.items()}
    replaced = {INSTEAD[key] for key in over if key in INSTEAD}
    return {**{key: value for key, value in BASE.items() if key not in replaced}, **over}


def groups(waiting: list[tuple[int, Settings]]) -> Iterator[list[tuple[int, Settings]]]:
    """Settings that have no block in common."""
    while waiting:
        group: list[tuple[int, Settings]] = []
        blocks: set[str] = set()
        for one in waiting:
            own = set(one[1])
            if not group or (len(group) < TOGETHER and not own & (blocks | ALONE) and not blocks & ALONE):
                group.append(one)
                blocks |= own
        taken = {index for index, _ in group}
        waiting = [one for one in waiting if one[0] not in taken]
        yield group


def settle(group: list[tuple[int, Settings]]) -> None:
    """Tells the verdicts on settings that are started together."""
    # What a start that was ended has not written yet would be read into the next one's database.
    for left in HOME.glob("db*"):
        left.unlink()
    shutil.copy(HOME / "fresh", HOME / "db")
    trouble = apart(on_base(*(settings for _, settings in group)))
    if trouble and len(group) > 1:
        middle = len(group) // 2
        settle(group[:middle])
        settle(group[middle:])
        return
    for index, _ in group:
        tell(index, trouble)


def tell(index: int, trouble: Trouble) -> None:
    """Prints a verdict with the position of the question."""
    print(json.dumps([index, trouble]), file=ANSWERS, flush=True)


def main() -> None:
    """Answers every question."""
    os.dup2(2, 1)
    HOME.mkdir(exist_ok=True)
    # For the options that name the file of a secret.
    (HOME / "secret").write_text(SECRET)
    (HOME / "signing.key").write_text(f"ed25519 a_test {'A' * 43}\n")
    trouble = apart(BASE)
    if trouble:
        sys.exit(f"Synapse does not start with valid settings: {trouble}\n{(HOME / 'log').read_text()[-2000:]}")
    shutil.copy(HOME / "db", HOME / "fresh")
    waiting: list[tuple[int, Settings]] = []
    for index, line in enumerate(sys.stdin):
        asked = json.loads(line)
        settings = on_base(asked["settings"])
        _, trouble = configured(settings)
        # Another database than the base's cannot be reached from here.
        if not trouble and asked["serve"] and settings.get("database") == DATABASE:
            waiting.append((index, asked["settings"]))
        else:
            tell(index, trouble)
    gc.freeze()
    for group in groups(waiting):
        settle(group)


main()
