"""A secret that a machine makes for itself on first use, so that none is in the repository."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """The secret in the file, which is made, for its owner alone to read, when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
