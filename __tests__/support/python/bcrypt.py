"""Stand-in for bcrypt, which only the image of Synapse has."""


def gensalt(rounds: int) -> bytes:
    return f"{rounds} rounds".encode()


def hashpw(password: bytes, salt: bytes) -> bytes:
    return salt + b" " + password


def checkpw(password: bytes, hashed: bytes) -> bool:
    return hashed.endswith(password)
