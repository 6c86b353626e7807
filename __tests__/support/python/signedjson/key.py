"""Keys that show what they are: the public part of "seed" is "public of seed"."""

import dataclasses
import itertools
from typing import TextIO

numbers = itertools.count(1)


@dataclasses.dataclass
class Key:
    version: str
    seed: str
    alg: str = "ed25519"


def generate_signing_key(version: str) -> Key:
    return Key(version, f"new{next(numbers)}")


def write_signing_keys(stream: TextIO, keys: list[Key]) -> None:
    for key in keys:
        stream.write(f"{key.alg} {key.version} {key.seed}\n")


def decode_signing_key_base64(algorithm: str, version: str, seed: str) -> Key:
    return Key(version, seed, algorithm)


def get_verify_key(key: Key) -> Key:
    return key


def encode_verify_key_base64(key: Key) -> str:
    return f"public of {key.seed}"
