"""How an expert answers: requests with their links, drafts, and answers (docs/adr/0011)."""

from enum import Enum, auto

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms import outbox
from thematic_months.models import Answer, Assignment, Expert, Question, QuestionState
from thematic_months.models.assignment import link_end, new_nonce
from thematic_months.questions import changes

# A point is not part of what it signs, and no mail program cuts a link there.
SIGNER = signing.Signer(salt="thematic_months.answer", sep=".")
REQUESTED = "answer-requested"


class Outcome(Enum):
    """What became of an answer."""

    WAITS = auto()
    PUBLISHED = auto()
    # The question was published with this expert's answer meanwhile: it can no longer be changed.
    TOO_LATE = auto()


class LinkRefused(Exception):
    """Malformed, unknown, expired or revoked: which of them is nobody's business."""


def token_of(assignment: Assignment) -> str:
    """What the link carries; the same as long as nobody revoked or renewed it."""
    return SIGNER.sign_object([assignment.pk, assignment.nonce])


def find_assignment(token: str) -> Assignment:
    """Raises LinkRefused."""
    try:
        pk, nonce = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkRefused from error
    rows = Assignment.objects.select_related("question__month", "expert")
    assignment = rows.filter(pk=pk, nonce=nonce).first()
    if assignment is None or not assignment.is_open(timezone.now()):
        raise LinkRefused
    if assignment.question.state == QuestionState.DECLINED:
        raise LinkRefused
    return assignment


def assign(question: Question, expert: Expert, email: str) -> Assignment:
    """Ask an expert, by mail. A question that was new is accepted by it; an expert who was asked
    before gets a new link.
    """
    with transaction.atomic():
        question = changes.locked(question.pk)
        fresh = {
            "email": email,
            "nonce": new_nonce(),
            "expires_at": link_end(),
            "revoked_at": None,
        }
        assignment, _created = Assignment.objects.update_or_create(
            question=question, expert=expert, defaults=fresh
        )
        if question.state in (QuestionState.NEW, QuestionState.DECLINED):
            changes.change_state(question, QuestionState.ACCEPTED)
        outbox.post(REQUESTED, assignment.pk, occasion=assignment.nonce)
    return assignment


def revoke(assignment: Assignment) -> None:
    """From now on its links open nothing; what the expert wrote stays."""
    Assignment.objects.filter(pk=assignment.pk, revoked_at=None).update(revoked_at=timezone.now())


def answer_of(assignment: Assignment) -> Answer | None:
    """The expert's answer so far."""
    given = Answer.objects.filter(question=assignment.question_id, expert=assignment.expert_id)
    return given.order_by("pk").first()


def is_closed(assignment: Assignment) -> bool:
    """Whether readers have the expert's answer, so that only moderators may change it."""
    is_published = assignment.question.state == QuestionState.PUBLISHED
    return is_published and answer_of(assignment) is not None


def save_draft(assignment: Assignment, text: str) -> bool:
    """Keep the text for the expert alone; False when the answer is published already."""
    with transaction.atomic():
        assignment.question = changes.locked(assignment.question_id)
        if is_closed(assignment):
            return False
        # Not yet, or no longer, for a moderator to add.
        assignment.draft, assignment.drafted_at = text, timezone.now()
        if assignment.question.state == QuestionState.PUBLISHED:
            assignment.submitted_at = None
        assignment.save(update_fields=["draft", "drafted_at", "submitted_at"])
    return True


def submit(assignment: Assignment, text: str) -> Outcome:
    """The text becomes the expert's answer, for a moderator to read, or for readers at once.

    An answer to a question that is published already waits with the request: readers see every
    answer of a published question.
    """
    with transaction.atomic():
        question = changes.locked(assignment.question_id)
        assignment.question = question
        if is_closed(assignment):
            return Outcome.TOO_LATE
        assignment.submitted_at = timezone.now()
        if question.state == QuestionState.PUBLISHED and not settings.ANSWERS_PUBLISH_AT_ONCE:
            assignment.draft, assignment.drafted_at = text, assignment.submitted_at
            assignment.save(update_fields=["draft", "drafted_at", "submitted_at"])
            return Outcome.WAITS
        assignment.draft = ""
        assignment.save(update_fields=["draft", "submitted_at"])
        give(assignment, text)
        is_open = question.state == QuestionState.PUBLISHED or settings.ANSWERS_PUBLISH_AT_ONCE
        return Outcome.PUBLISHED if is_open else Outcome.WAITS


def give(assignment: Assignment, text: str) -> None:
    """Write the answer to the locked question, and what follows from it."""
    question = assignment.question
    answer = answer_of(assignment)
    if answer is None:
        given = Answer.objects.filter(question=question)
        last = given.aggregate(last=Max("sort_order"))["last"]
        place = 0 if last is None else last + 1
        answer = Answer(question=question, expert=assignment.expert, sort_order=place)
    answer.text, answer.answered_at = text, timezone.now()
    answer.save()
    if question.state == QuestionState.PUBLISHED:
        question.version += 1
        question.save()
        if question.member_id is not None:
            outbox.post(changes.ANSWER_ADDED, question.pk, occasion=question.version)
    elif settings.ANSWERS_PUBLISH_AT_ONCE:
        changes.publish(question)
    else:
        changes.change_state(question, QuestionState.ANSWERED)


def add_late_answer(assignment: Assignment) -> bool:
    """A moderator lets readers see what an expert sent after the question was published; False when
    there is nothing to add any more.
    """
    with transaction.atomic():
        question = changes.locked(assignment.question_id)
        assignment = Assignment.objects.select_related("expert").get(pk=assignment.pk)
        assignment.question = question
        if not assignment.waits_for_moderator or is_closed(assignment):
            return False
        text, assignment.draft = assignment.draft, ""
        assignment.save(update_fields=["draft"])
        give(assignment, text)
    return True
