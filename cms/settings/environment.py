"""The environment, and the file .env beside manage.py, that settings are read from."""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
# Tests run on what the command line says, not on what a developer works with.
if os.environ.get("DJANGO_SETTINGS_MODULE") != "cms.settings.test":
    env.read_env(BASE_DIR / ".env")
