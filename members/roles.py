"""The roles' names, by which migrations made their groups (home/migrations/0004_roles.py) and editors know them."""

from enum import StrEnum


class Role(StrEnum):
    EDITOR = "Redaktor"
    MODERATOR = "Moderator"
    EXPERT = "Ekspert"
    ASSOCIATION = "Stowarzyszenie LABiB"
