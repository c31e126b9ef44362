"""Names of the roles' groups, which home/migrations/0004_roles.py makes."""

from enum import StrEnum


class Role(StrEnum):
    EDITOR = "Redaktor"
    MODERATOR = "Moderator"
    EXPERT = "Ekspert"
    ASSOCIATION = "Stowarzyszenie LABiB"
