"""Mails about questions and offered texts, in the words of the moment at which they are sent."""

from collections.abc import Iterable

from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.outbox import Letter, letter
from cms.paths import absolute, canonical
from thematic_months.models import Assignment, OfferedText, Question, QuestionState
from thematic_months.questions import changes, offers
from thematic_months.questions.answering import REQUESTED, token_of


def connect() -> None:
    """Nothing more: importing this module registers its letters."""


def written(to: str, subject: str, paragraphs: Iterable[str]) -> Letter:
    text = "\n\n".join([_("Hello!"), *filter(None, paragraphs), _("LABiB, the network")])
    return Letter(to, subject, f"{text}\n")


def quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def own_questions_url() -> str:
    return absolute(reverse("own_questions"))


def asker_letter(question: Question, subject: str, *paragraphs: str) -> Letter | None:
    """To who asked, with the question as readers will see it."""
    member = question.member
    if member is None or not member.is_active:
        return None
    shown = [_("Your question:"), quoted(question.text)]
    if question.original_text and question.original_text != question.text:
        shown += [_("We corrected it lightly. You had written:"), quoted(question.original_text)]
    where = _("All your questions: %(url)s") % {"url": own_questions_url()}
    return written(member.email, subject, [*paragraphs, *shown, where])


def question_of(pk: int) -> Question | None:
    return Question.objects.select_related("month", "member").filter(pk=pk).first()


@letter(changes.ACCEPTED)
def accepted(pk: int) -> Letter | None:
    question = question_of(pk)
    if question is None:
        return None
    title = {"month": question.month.title}
    return asker_letter(
        question,
        _("We accepted your question – %(month)s") % title,
        _("your question to the experts of the month “%(month)s” was accepted.") % title,
        _("An expert will answer it. We will write to you when the answer is published."),
    )


@letter(changes.DECLINED)
def declined(pk: int) -> Letter | None:
    question = question_of(pk)
    if question is None or question.state != QuestionState.DECLINED:
        # It was taken up after all, which another mail tells.
        return None
    title = {"month": question.month.title}
    return asker_letter(
        question,
        _("We did not take up your question – %(month)s") % title,
        _("we did not take up your question to the experts of the month “%(month)s”.") % title,
        _("The reason: %(reason)s") % {"reason": question.decline_reason},
    )


@letter(changes.PUBLISHED)
def published(pk: int) -> Letter | None:
    question = question_of(pk)
    if question is None or question.state != QuestionState.PUBLISHED:
        return None
    title = {"month": question.month.title}
    return asker_letter(
        question,
        _("Your question was answered – %(month)s") % title,
        _("there is an answer to your question from the month “%(month)s”. Read it here:") % title,
        canonical(question.path),
    )


@letter(changes.ANSWER_ADDED)
def answer_added(pk: int) -> Letter | None:
    question = question_of(pk)
    if question is None or question.state != QuestionState.PUBLISHED:
        return None
    title = {"month": question.month.title}
    return asker_letter(
        question,
        _("One more answer to your question – %(month)s") % title,
        _("another expert answered your question from the month “%(month)s”. Read it here:")
        % title,
        canonical(question.path),
    )


@letter(changes.EDITED)
def edited(pk: int) -> Letter | None:
    question = question_of(pk)
    if question is None:
        return None
    title = {"month": question.month.title}
    return asker_letter(
        question,
        _("We corrected your question lightly – %(month)s") % title,
        _(
            "we corrected your question to the experts of the month “%(month)s”. If this is not "
            "what you meant, answer this mail."
        )
        % title,
    )


@letter(REQUESTED)
def answer_requested(pk: int) -> Letter | None:
    rows = Assignment.objects.select_related("question__month", "expert")
    assignment = rows.filter(pk=pk).first()
    if assignment is None or not assignment.is_open(timezone.now()):
        return None
    question = assignment.question
    day = format_date(timezone.localtime(assignment.expires_at), "j E Y")
    title = {"month": question.month.title, "name": assignment.expert.title}
    return written(
        assignment.email,
        _("A question to you – %(month)s") % title,
        [
            _("a member of the network asks the experts of the month “%(month)s”:") % title,
            quoted(question.text),
            _("Write your answer here, %(name)s. You need no account and no password:") % title,
            absolute(reverse("answer_question", args=[token_of(assignment)])),
            _(
                "You can save a draft and come back by the same link. It works until %(day)s and "
                "is yours alone: do not pass it on."
            )
            % {"day": day},
        ],
    )


def offer_letter(pk: int, subject: str, news: str) -> Letter | None:
    """To who offered a text; both texts may name its title and the reason."""
    offer = OfferedText.objects.select_related("member").filter(pk=pk).first()
    if offer is None or offer.member is None or not offer.member.is_active:
        return None
    named = {"title": offer.title, "reason": offer.decline_reason}
    where = _("All your texts: %(url)s") % {"url": absolute(reverse("own_texts"))}
    return written(offer.member.email, subject % named, [news % named, where])


@letter(offers.ACCEPTED)
def offer_accepted(pk: int) -> Letter | None:
    return offer_letter(
        pk,
        _("We accepted your text: %(title)s"),
        _(
            "your text “%(title)s” was accepted. The editors prepare it for publication; thank you "
            "for sharing your practice."
        ),
    )


@letter(offers.DECLINED)
def offer_declined(pk: int) -> Letter | None:
    return offer_letter(
        pk,
        _("We did not take your text: %(title)s"),
        _("we did not take your text “%(title)s”. The reason: %(reason)s"),
    )
