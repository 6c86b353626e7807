"""Kubernetes' API from inside a pod, with the standard library alone."""
import json
import os
import ssl
import time
import urllib.error
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


def namespace():
    with open(f"{ACCOUNT}/namespace") as file:
        return file.read().strip()


def readable(body):
    try:
        return json.loads(body)
    except ValueError:
        return {"message": body.decode(errors="replace")}


def call(method, path, body=None, content_type="application/json", attempts=30):
    """(status, answer). Waits while the API does not answer; an HTTP error is an answer."""
    host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
    host = f"[{host}]" if ":" in host else host
    tls = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
    # Python 3.13 wants extensions in the cluster's own authority that many clusters leave out.
    tls.verify_flags &= ~ssl.VERIFY_X509_STRICT
    with open(f"{ACCOUNT}/token") as file:
        headers = {"Authorization": f"Bearer {file.read().strip()}", "Content-Type": content_type}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"https://{host}:{port}{path}", data, headers, method=method)
    for attempt in range(attempts):
        try:
            with urllib.request.urlopen(request, context=tls, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as problem:
            if problem.code < 500:
                return problem.code, readable(problem.read())
            reason = problem
        except OSError as problem:
            reason = problem
        print(f"the Kubernetes API does not answer yet: {reason}", flush=True)
        time.sleep(min(attempt + 1, 5))
    raise SystemExit("the Kubernetes API did not answer; is the way to it open (NetworkPolicy)?")
