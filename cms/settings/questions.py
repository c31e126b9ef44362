"""What members may send, and how experts answer."""

from cms.settings.environment import env

# Members' questions and texts: how many each may send in an hour and a day, and have waiting at
# once; for how many days an expert's link works; whether an expert's answer is published without a
# moderator's reading.
QUESTION_LIMITS: dict[str, int] = {
    name: env.int(f"QUESTIONS_MAX_{name}", default=default)
    for name, default in {"HOUR": 3, "DAY": 8, "OPEN": 10}.items()
}
OFFER_LIMITS: dict[str, int] = {
    name: env.int(f"OFFERS_MAX_{name}", default=default)
    for name, default in {"HOUR": 2, "DAY": 4, "OPEN": 5}.items()
}
ANSWER_LINK_DAYS: int = env.int("ANSWER_LINK_DAYS", default=30)
ANSWERS_PUBLISH_AT_ONCE: bool = env.bool("ANSWERS_PUBLISH_AT_ONCE", default=False)
