"""Tables of the journal and of the clock. What they mean is in cms/journal.py and cms/clock.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """What happened to a thing, as readers saw it."""

    PUBLISHED = "PUBLISHED", _("published")
    CHANGED = "CHANGED", _("changed")
    MOVED = "MOVED", _("moved")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    DELETED = "DELETED", _("deleted")


class JournalEntry(models.Model):
    """One thing that changed for readers.

    `number` is null until a consumer has numbered what is committed. `restrictions` say who could
    see the thing, so that a deletion is told to nobody else. Each must be met: an id is that of a
    view restriction on a page, a negative one that of a restriction on a collection; where these
    may be gone by the time of reading, 0 stands for members and a list for members of any of these
    groups.
    """

    number = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    change = models.CharField(max_length=10, choices=Change.choices)
    restrictions = models.JSONField(default=list)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id", "id"], name="cms_journal_thing"),
            models.Index(
                fields=["id"],
                condition=models.Q(number__isnull=True),
                name="cms_journal_unnumbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.object_id} {self.change}"


class JournalReader(models.Model):
    """How far a consumer has come, and when it may try again after a failure."""

    name = models.CharField(max_length=50, primary_key=True)
    position = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class Lease(models.Model):
    """Who works on something alone does so until then: see cms/leases.py."""

    name = models.CharField(max_length=60, primary_key=True)
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} until {self.until}"


class ClockReading(models.Model):
    """The moment up to which the clock's work is done: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.read_at.isoformat()
