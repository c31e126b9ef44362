"""What becomes of a member's questions and offered texts when the account goes."""

from wagtail.models import ModelLogEntry

from members.models import Member
from members.personal_data import forgets
from thematic_months.models import OfferedText, Question, QuestionState


@forgets
def let_go_of_questions(member: Member, keep_name: bool) -> None:  # noqa: FBT001  (the registry's)
    """Published ones stay, as do those that an expert has answered; the others go."""
    for question in Question.objects.filter(member=member):
        if question.state != QuestionState.PUBLISHED and not question.answers.exists():
            let_go_with_log(question)
            continue
        question.member = None
        question.original_text = ""
        if not keep_name:
            question.display_name = ""
        question.save()
        # The admin's log names it as it was once: maybe by the text that the moderators changed.
        ModelLogEntry.objects.for_instance(question).update(label=str(question))


@forgets
def let_go_of_offered_texts(member: Member, keep_name: bool) -> None:  # noqa: FBT001  (the registry's)
    """The article that came of one is the editors', and names its author as the licence wants."""
    for text in OfferedText.objects.filter(member=member):
        let_go_with_log(text)


def let_go_with_log(thing: Question | OfferedText) -> None:
    """The admin's log would keep the words in the names of what it tells of."""
    ModelLogEntry.objects.for_instance(thing).delete()
    thing.delete()
