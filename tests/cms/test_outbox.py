"""Mails that are owed go out once, and are not lost when the mail server is away."""

import datetime
import smtplib
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from cms import outbox
from cms.models import OutgoingMail

pytestmark = pytest.mark.django_db(transaction=True)

DOWN = OSError("Connection refused")


@pytest.fixture(autouse=True)
def letters() -> Iterator[None]:
    def write(pk: int) -> outbox.Letter | None:
        return outbox.Letter(f"osoba{pk}@example.org", f"List\n{pk}", "Treść\n") if pk else None

    with patch.dict(outbox.LETTERS, {"test": write, "broken": {}.__getitem__}):
        yield


def post(pk: int, kind: str = "test", occasion: int = 1) -> None:
    with transaction.atomic():
        outbox.post(kind, pk, occasion=occasion)


def server(*answers: Exception | int) -> object:
    return patch.object(EmailBackend, "send_messages", side_effect=answers)


def make_due() -> None:
    moment = timezone.now() - datetime.timedelta(seconds=1)
    OutgoingMail.objects.exclude(next_try_at=None).update(next_try_at=moment)


def receivers() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_mail_goes_out_after_the_commit():
    with transaction.atomic():
        outbox.post("test", 1, occasion=1)
        assert mail.outbox == []
    [message] = mail.outbox
    assert message.subject == "List 1"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_mail_of_what_was_rolled_back_is_not_sent():
    with transaction.atomic():
        outbox.post("test", 1, occasion=1)
        transaction.set_rollback(True)
    outbox.deliver()
    assert mail.outbox == []


def test_mail_outside_a_transaction_is_refused():
    with pytest.raises(TransactionManagementError):
        outbox.post("test", 1, occasion=1)


def test_one_occasion_is_one_mail():
    post(1)
    post(1)
    post(1, occasion=2)
    outbox.deliver()
    assert receivers() == ["osoba1@example.org"] * 2


def test_mail_server_that_is_away_delays_and_loses_nothing():
    with server(DOWN):
        post(1)
    post(2)
    assert receivers() == []
    with server(DOWN):
        make_due()
        outbox.deliver()
    make_due()
    outbox.deliver()
    assert sorted(receivers()) == ["osoba1@example.org", "osoba2@example.org"]
    outbox.deliver()
    assert len(receivers()) == 2


def test_server_that_is_away_is_asked_once_for_all_mails():
    with server(DOWN) as asked:
        with transaction.atomic():
            for pk in range(1, 5):
                outbox.post("test", pk, occasion=1)
        assert asked.call_count == 1


@pytest.mark.parametrize(
    "refusal", [smtplib.SMTPRecipientsRefused({}), smtplib.SMTPDataError(554, b"no")]
)
def test_refused_mail_stops_no_other(refusal):
    with server(refusal, 1), transaction.atomic():
        outbox.post("test", 1, occasion=1)
        outbox.post("test", 2, occasion=1)
    sent = OutgoingMail.objects.filter(sent_at__isnull=False)
    assert sent.count() == 1


def test_letter_that_cannot_be_written_stops_no_other():
    post(1, kind="broken")
    make_due()
    with transaction.atomic():
        outbox.post("test", 2, occasion=1)
    outbox.deliver()
    assert receivers() == ["osoba2@example.org"]
    assert OutgoingMail.objects.get(kind="broken").next_try_at is not None


def test_waits_grow_to_an_hour():
    mail_row = OutgoingMail.objects.create(kind="test", object_id=1, occasion="1")
    waits = []
    for failures in (0, 1, 4, 50):
        mail_row.failures = failures
        outbox.put_off(mail_row, "failed")
        row = OutgoingMail.objects.get(pk=mail_row.pk)
        waits.append(round((row.next_try_at - timezone.now()).total_seconds()))
    assert waits == [30, 60, 480, 3600]


def test_nobody_is_tried_for_ever():
    row = OutgoingMail.objects.create(kind="test", object_id=1, occasion="1")
    OutgoingMail.objects.update(written_at=timezone.now() - datetime.timedelta(days=8))
    row.refresh_from_db()
    with server(DOWN):
        outbox.deliver()
    assert OutgoingMail.objects.get().next_try_at is None


def test_letter_to_nobody_is_done():
    post(0)
    assert OutgoingMail.objects.get().sent_at is not None
    assert mail.outbox == []


def test_of_two_processes_one_sends():
    row = OutgoingMail.objects.create(kind="test", object_id=1, occasion="1")
    assert outbox.claim(row) is True
    assert outbox.claim(row) is False


def test_sent_rows_are_forgotten_after_a_while():
    now = timezone.now()
    for number, days in enumerate((89, 91)):
        OutgoingMail.objects.create(
            kind="test",
            object_id=number,
            occasion="1",
            sent_at=now - datetime.timedelta(days=days),
            next_try_at=None,
        )
    outbox.forget_sent()
    assert OutgoingMail.objects.get().object_id == 0
