"""Makes the first administrator where there is none, and lifts the rate limits of the platform's own accounts. Can be run again at any time.

Environment: HOMESERVER (URL of the client and admin API), ADMIN (local part), FOLDER (of the secrets), SERVICE_ACCOUNTS (user IDs, separated by
spaces), PATIENCE (seconds to wait for Synapse, and then for accounts that are not there yet).
https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#override-ratelimiting-for-users
"""
import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

HOMESERVER, ADMIN = os.environ["HOMESERVER"], os.environ["ADMIN"]
PATIENCE = float(os.environ["PATIENCE"])
UNLIMITED = {"messages_per_second": 0, "burst_count": 0}


def fail(text):
    raise SystemExit(f"accounts: {text}")


def secret(name):
    with open(f"{os.environ['FOLDER']}/{name}", encoding="utf-8") as file:
        return file.read().strip()


def ask(method, path, body=None, token=None):
    """(status, answer). Waits while Synapse does not answer, or asks to wait."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(HOMESERVER + path, data, headers, method=method), timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code < 500 and problem.code != 429:
                return problem.code, json.load(problem)
            reason = problem
        except (OSError, ValueError) as problem:
            reason = problem
        if time.monotonic() > end:
            fail(f"Synapse did not answer at {HOMESERVER}: {reason}")
        print(f"waiting for Synapse: {reason}", flush=True)
        time.sleep(min(5, PATIENCE))


def must(what, status, answer):
    if status != 200:
        fail(f"{what}: {status} {answer.get('errcode')} {answer.get('error')}")
    return answer


def log_in(password):
    body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": ADMIN}, "password": password}
    status, answer = ask("POST", "/_matrix/client/v3/login", {**body, "initial_device_display_name": "matrix-accounts"})
    return answer if status == 200 else None


def register(password):
    """Those of a new administrator, or nothing where the name is taken."""
    path = "/_synapse/admin/v1/register"
    nonce = must("registration", *ask("GET", path))["nonce"]
    text = "\0".join([nonce, ADMIN, password, "admin"]).encode()
    mac = hmac.new(secret("registration_shared_secret").encode(), text, hashlib.sha1).hexdigest()
    status, answer = ask("POST", path, {"nonce": nonce, "username": ADMIN, "password": password, "admin": True, "mac": mac})
    if answer.get("errcode") == "M_USER_IN_USE":
        return None
    return must(f"registration of {ADMIN}", status, answer)


def administrator():
    password = secret("admin_password")
    if session := log_in(password):
        print(f"accounts: {session['user_id']} is there")
    elif session := register(password):
        print(f"accounts: {session['user_id']} is made, with the password of its Secret")
    else:
        fail(f"the account '{ADMIN}' is there and does not log in with the password of its Secret. Put the password that it has into the "
             "Secret, or give it the one of the Secret (as another administrator: POST /_synapse/admin/v1/reset_password/USER_ID), or name "
             "another account as adminUsername; then delete this Job and apply again")
    status, _ = ask("GET", f"/_synapse/admin/v2/users/{quoted(session['user_id'])}", token=session["access_token"])
    if status == 403:
        fail(f"the account {session['user_id']} is there and is no administrator: name another one as adminUsername, or make it one "
             "(as another administrator: PUT /_synapse/admin/v2/users/USER_ID with {\"admin\": true}); then delete this Job and apply again")
    return session


def quoted(user):
    return urllib.parse.quote(user, safe="")


def lift(user, token):
    """False while there is no such account."""
    path = f"/_synapse/admin/v1/users/{quoted(user)}/override_ratelimit"
    status, limits = ask("GET", path, token=token)
    if status == 404:
        return False
    if must(f"rate limits of {user}", status, limits) != UNLIMITED:
        must(f"rate limits of {user}", *ask("POST", path, UNLIMITED, token))
        print(f"accounts: {user} has no rate limits any more")
    return True


def lift_all(session):
    missing = os.environ.get("SERVICE_ACCOUNTS", "").split()
    end = time.monotonic() + PATIENCE
    while missing := [user for user in missing if not lift(user, session["access_token"])]:
        if time.monotonic() > end:
            fail(f"no account {', '.join(missing)}: is the service that makes it running, is the name right? Others are done")
        print(f"waiting for {', '.join(missing)}", flush=True)
        time.sleep(min(10, PATIENCE))


admin = administrator()
try:
    lift_all(admin)
finally:
    ask("POST", "/_matrix/client/v3/logout", {}, admin["access_token"])
print("accounts: done")
