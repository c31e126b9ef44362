"""Mails that are owed: written down in the transaction of what they tell of, sent after it is
committed, and tried again until the mail server takes them.

A mail goes out once for each occasion. Only a process that dies between the server's answer and the
note of it sends one twice, and then under the same Message-ID.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.utils import timezone, translation

from cms.models import OutgoingMail

logger = logging.getLogger("hub.outbox")

# How long a process may take for one mail before another one tries it too.
CLAIMED_FOR = datetime.timedelta(minutes=5)
FIRST_WAIT = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=1)
GIVEN_UP_AFTER = datetime.timedelta(days=7)
KEPT_AFTER_SENDING = datetime.timedelta(days=90)
# The server said these of this one mail; any other trouble is the server's own.
ABOUT_THE_MAIL = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str


Write = Callable[[int], Letter | None]
LETTERS: dict[str, Write] = {}


def letter(kind: str) -> Callable[[Write], Write]:
    """Register a function (object id) → the letter as it is to be sent now, in Polish; None when
    there is nobody left to write to.
    """

    def register(write: Write) -> Write:
        LETTERS[kind] = write
        return write

    return register


def post(kind: str, object_id: int, *, occasion: object) -> None:
    """Owe a mail; a second one for the same occasion is none.

    Raises TransactionManagementError outside a transaction: the mail must come to be with the
    change that it tells of, or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("Mails are posted in the transaction of the change.")
    mail = OutgoingMail(kind=kind, object_id=object_id, occasion=str(occasion))
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    if not settings.BACKGROUND_WORKER:
        transaction.on_commit(deliver_soon, robust=True)


def deliver_soon() -> None:
    """After a request: what failed lately is left to the clock, so that a mail server that is away
    slows nobody twice.
    """
    failed = OutgoingMail.objects.filter(failures__gt=0, next_try_at__gt=timezone.now())
    if not failed.exists():
        deliver()


def deliver() -> None:
    """Send all that is due, until the mail server fails."""
    while (mail := due().first()) is not None:
        if claim(mail) and not send(mail):
            return


def due() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at")


def claim(mail: OutgoingMail) -> bool:
    """Whether this process got the mail: of two that try at once, the second changes no row."""
    until = timezone.now() + CLAIMED_FOR
    free = OutgoingMail.objects.filter(pk=mail.pk, next_try_at=mail.next_try_at)
    return free.update(next_try_at=until) == 1


def send(mail: OutgoingMail) -> bool:
    """Try it once; False when the server fails, and other mails need not be tried now."""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            written = LETTERS[mail.kind](mail.object_id)
    except Exception:  # noqa: BLE001  (a defect in one letter stops no other)
        put_off(mail, "could not be written")
        return True
    try:
        if written is not None:
            message(mail, written).send()
    except ABOUT_THE_MAIL:
        put_off(mail, "was refused")
        return True
    except Exception:  # noqa: BLE001  (whatever it is, the mail stays owed)
        put_off(mail, "could not be sent")
        return False
    done = {"sent_at": timezone.now(), "next_try_at": None}
    OutgoingMail.objects.filter(pk=mail.pk).update(**done)
    return True


def message(mail: OutgoingMail, written: Letter) -> EmailMessage:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    number = f"{mail.kind}.{mail.object_id}.{mail.occasion}.{mail.pk}"
    return EmailMessage(
        # Titles are part of subjects, and a header is one line.
        " ".join(written.subject.split()),
        written.text,
        to=[written.to],
        headers={"Message-ID": f"<{number}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def put_off(mail: OutgoingMail, what: str) -> None:
    moment = timezone.now()
    wait = min(FIRST_WAIT * 2 ** min(mail.failures, 12), LONGEST_WAIT)
    is_hopeless = moment - mail.written_at > GIVEN_UP_AFTER
    next_try_at = None if is_hopeless else moment + wait
    OutgoingMail.objects.filter(pk=mail.pk).update(
        failures=mail.failures + 1, next_try_at=next_try_at
    )
    fate = "given up" if is_hopeless else f"tried again at {next_try_at}"
    logger.exception("The mail %s %s; it is %s.", mail, what, fate)


def forget_sent() -> None:
    """Rows of mails that went out long ago."""
    OutgoingMail.objects.filter(sent_at__lt=timezone.now() - KEPT_AFTER_SENDING).delete()
