"""What becomes of a member's questions when the account goes."""

from members.models import Member
from members.personal_data import forgets
from thematic_months.models import Question, QuestionState


@forgets
def let_go_of_questions(member: Member, keep_name: bool) -> None:  # noqa: FBT001  (the registry's)
    """Published ones stay, as do those that an expert has answered; the others go."""
    for question in Question.objects.filter(member=member):
        if question.state != QuestionState.PUBLISHED and not question.answers.exists():
            question.delete()
            continue
        question.member = None
        if not keep_name:
            question.display_name = ""
        question.save()
