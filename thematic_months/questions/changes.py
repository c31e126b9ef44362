"""What follows from a change of a question: the mail to who asked, and a number by which two who
change it at once notice each other.
"""

from django.db import transaction

from cms import outbox
from thematic_months.models import Question, QuestionState

ACCEPTED, DECLINED, PUBLISHED = "question-accepted", "question-declined", "question-published"
EDITED, ANSWER_ADDED = "question-edited", "question-answer-added"
MAILS = {
    QuestionState.ACCEPTED: ACCEPTED,
    QuestionState.DECLINED: DECLINED,
    QuestionState.PUBLISHED: PUBLISHED,
}
# Who knows that the question was accepted is not told once more when an answer is taken back.
ACCEPTED_BEFORE = frozenset({QuestionState.ANSWERED, QuestionState.PUBLISHED})


def locked(pk: int) -> Question:
    """The question as it is now, which nobody else changes until the transaction ends. Raises
    Question.DoesNotExist.
    """
    # Not FOR UPDATE: it would wait for everybody who writes an answer or a request beside it.
    return Question.objects.select_for_update(no_key=True).get(pk=pk)


def next_version(question: Question, before: Question) -> None:
    """To be called before the question is saved, with the row as it was under the lock."""
    question.version = before.version + 1
    if question.text != before.text and not question.original_text:
        question.original_text = before.text


def tell_asker(question: Question, before: Question) -> None:
    """Owe the asker the mails of this change, once each."""
    is_edited = question.text != before.text
    has_moved = question.state != before.state
    kind = MAILS.get(QuestionState(question.state)) if has_moved else None
    if kind == ACCEPTED and before.state in ACCEPTED_BEFORE:
        kind = None
    if kind is None and is_edited and question.state != QuestionState.DECLINED:
        # The other mails show the text as it is anyway.
        kind = EDITED
    if kind is not None and question.member_id is not None:
        outbox.post(kind, question.pk, occasion=question.version)


def publish(question: Question) -> None:
    """A locked question that has an answer goes to its readers."""
    change_state(question, QuestionState.PUBLISHED)


def change_state(question: Question, state: QuestionState) -> None:
    before = Question.objects.get(pk=question.pk)
    question.state = state
    next_version(question, before)
    with transaction.atomic():
        question.save()
        tell_asker(question, before)
