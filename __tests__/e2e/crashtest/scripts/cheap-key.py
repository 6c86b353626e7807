"""Makes the repository's key cheap to derive from the password. Else each of a hundred calls of restic in a minute takes half a second for it.

https://restic.readthedocs.io/en/v0.19.1/design.html#keys-encryption-and-mac
"""
import base64
import hashlib
import json
import os
import subprocess

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.poly1305 import Poly1305

from matrix_backups import repository, restic, settings

N, R, P = 2, 1, 1

# As the commands do.
os.umask(0o007)
repository.ensure(settings.load())
folder = f"{restic.where()}/keys"
slow = os.listdir(folder)
master = restic.run("cat", "masterkey", "--no-lock").stdout.strip().encode()
with open(os.environ["RESTIC_PASSWORD_FILE"], "rb") as file:
    password = file.read().strip()
salt, nonce = os.urandom(64), os.urandom(16)
derived = hashlib.scrypt(password, salt=salt, n=N, r=R, p=P, dklen=64)
encrypted = Cipher(algorithms.AES(derived[:32]), modes.CTR(nonce)).encryptor().update(master)
once = Cipher(algorithms.AES(derived[32:48]), modes.ECB()).encryptor().update(nonce)
mac = Poly1305.generate_tag(derived[48:] + once, encrypted)
key = {"created": "2026-01-01T00:00:00Z", "username": "crashtest", "hostname": "crashtest", "kdf": "scrypt", "N": N, "r": R, "p": P,
       "salt": base64.b64encode(salt).decode(), "data": base64.b64encode(nonce + encrypted + mac).decode()}
content = json.dumps(key).encode()
with open(f"{folder}/{hashlib.sha256(content).hexdigest()}", "wb") as file:
    file.write(content)
for name in slow:
    os.remove(f"{folder}/{name}")
subprocess.run([restic.PROGRAM, "cat", "config", "--no-lock"], check=True)
