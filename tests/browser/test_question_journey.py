"""A member asks, a moderator asks an expert, the expert answers by the mail's link, and the member
reads it and finds it in the archive.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, Route, expect

from members.roles import Role
from tests.browser import admin
from tests.factories import ExpertFactory, MemberFactory, SeriesFactory
from tests.home.admin import member_of
from tests.thematic_months.asking import ask_address, link_in_last_mail, open_month
from thematic_months.models import Question

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PASSWORD = "tajne-haslo"
QUESTION = "Jak przechować szklane negatywy w małej bibliotece?"
ANSWER = "Pionowo, w kopertach bez kwasu, w chłodzie i w ciemności."


@pytest.fixture
def without_scripts(browser: Browser, live_server, own_search_index: None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="pl-PL",
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )
    yield context.new_page()
    context.close()


def log_in(page: Page, email: str, address: str) -> None:
    page.goto(f"/_util/login/?next={address}")
    enter(page, email)


def enter(page: Page, email: str) -> None:
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Zaloguj się").click()


def ask(page: Page) -> None:
    page.get_by_label("Twoje pytanie").fill("Jak?")
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.get_by_role("alert")).to_contain_text("co najmniej 10 znaków")
    page.get_by_label("Twoje pytanie").fill(QUESTION)
    page.get_by_label("Nazwą podaną niżej").check()
    page.get_by_label("Podpis widoczny dla czytelników").fill("Ola z Ełku")
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.get_by_role("status")).to_contain_text("Mamy Twoje pytanie")
    expect(page.get_by_text("Wysłane. Przeczyta je moderator.")).to_be_visible()


def answer(page: Page) -> None:
    page.goto(link_in_last_mail())
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_label("Twoja odpowiedź").fill("Pionowo")
    page.get_by_role("button", name="Zapisz szkic").click()
    expect(page.get_by_role("status")).to_contain_text("Szkic zapisany")
    expect(page.get_by_label("Twoja odpowiedź")).to_have_value("Pionowo")
    page.get_by_label("Twoja odpowiedź").fill(ANSWER)
    page.get_by_role("button", name="Wyślij odpowiedź").click()
    expect(page.get_by_role("status")).to_contain_text("Odpowiedź trafiła do moderatorów")


def moderate(page: Page, question: Question, *, expert: str) -> None:
    admin.log_in(page, email="moderatorka@example.org", password=PASSWORD)
    page.goto(f"/admin/questions/{question.pk}/experts/")
    page.get_by_label("Ekspert").select_option(label=expert)
    page.get_by_label("Adres e-mail").fill("ekspertka@example.org")
    page.get_by_role("button", name="Wyślij prośbę").click()
    expect(page.get_by_text(f"{expert} dostanie mail z linkiem")).to_be_visible()


def publish(page: Page, question: Question) -> None:
    page.goto(f"/admin/snippets/thematic_months/question/edit/{question.pk}/")
    expect(page.get_by_text(ANSWER).first).to_be_visible()
    page.locator("input[name=state][value=PUBLISHED]").check()
    page.get_by_role("button", name="Zapisz").first.click()
    expect(page.get_by_text("zaktualizowane").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_question_from_asking_to_the_archive(
    scripts, page: Page, browser: Browser, without_scripts: Page
):
    month = open_month(parent=SeriesFactory(), title="Pamięć miejsca")
    member = MemberFactory(email="ola@example.org", password=PASSWORD)
    member_of(Role.MODERATOR, email="moderatorka@example.org", password=PASSWORD)
    expert = ExpertFactory(title="Anna Nowak")
    tab = page if scripts else without_scripts

    log_in(tab, member.email, ask_address(month))
    ask(tab)
    question = Question.objects.get()

    office = browser.new_context(base_url=f"http://{urlsplit(tab.url).netloc}", locale="pl-PL")
    moderators = office.new_page()
    moderate(moderators, question, expert=expert.title)
    tab.reload()
    expect(tab.get_by_text("Przyjęte. Czeka na odpowiedź eksperta.")).to_be_visible()

    tab.context.clear_cookies()
    answer(tab)
    publish(moderators, question)
    office.close()
    assert [message.to[0] for message in mail.outbox] == [
        "ola@example.org",
        "ekspertka@example.org",
        "ola@example.org",
    ]

    log_in(tab, member.email, "/moje-pytania/")
    tab.get_by_role("link", name="Przeczytaj odpowiedź").click()
    expect(tab.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(tab.get_by_text(ANSWER)).to_be_visible()
    expect(tab.get_by_text("Ola z Ełku")).to_be_visible()
    tab.get_by_role("link", name="Anna Nowak").click()
    expect(tab.get_by_role("link", name=QUESTION)).to_be_visible()
    tab.get_by_label("Przeszukaj archiwum").fill("negatywami")
    tab.get_by_role("button", name="Szukaj").click()
    expect(tab.locator(".passage mark").first).to_have_text("negatywy")
    tab.locator(".hit a").first.click()
    expect(tab.get_by_text(ANSWER)).to_be_visible()


def test_text_is_kept_in_the_browser_until_it_is_sent(page: Page):
    month = open_month(parent=SeriesFactory())
    member = MemberFactory(password=PASSWORD)
    log_in(page, member.email, ask_address(month))
    page.get_by_label("Twoje pytanie").fill(QUESTION)
    expect(page.get_by_text("Kopia tekstu zostaje w tej przeglądarce")).to_be_visible()
    page.goto("/")
    page.goto(ask_address(month))
    expect(page.get_by_label("Twoje pytanie")).to_have_value(QUESTION)
    page.get_by_role("button", name="Wyślij pytanie").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(ask_address(month))
    expect(page.get_by_label("Twoje pytanie")).to_have_value("")


def test_text_typed_before_the_script_came_is_kept_too(page: Page):
    month = open_month(parent=SeriesFactory())
    held: list[Route] = []
    page.route("**/keep_typed*.js", lambda route: held.append(route))
    with page.expect_request("**/keep_typed*.js"):
        log_in(page, MemberFactory(password=PASSWORD).email, ask_address(month))
    page.get_by_label("Twoje pytanie").fill(QUESTION)
    held.pop().continue_()
    expect(page.get_by_text("Kopia tekstu zostaje w tej przeglądarce")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_session_that_ends_while_typing_loses_nothing(scripts, page: Page, without_scripts: Page):
    month = open_month(parent=SeriesFactory())
    member = MemberFactory(password=PASSWORD)
    tab = page if scripts else without_scripts
    log_in(tab, member.email, ask_address(month))
    tab.get_by_label("Twoje pytanie").fill(QUESTION)
    tab.context.clear_cookies(name="sessionid")
    tab.get_by_role("button", name="Wyślij pytanie").click()
    enter(tab, member.email)
    expect(tab.get_by_text("Logowanie wygasło, ale nic nie przepadło")).to_be_visible()
    expect(tab.get_by_label("Twoje pytanie")).to_have_value(QUESTION)
    tab.get_by_role("button", name="Wyślij pytanie").click()
    expect(tab.get_by_role("status")).to_contain_text("Mamy Twoje pytanie")
    assert Question.objects.get().text == QUESTION
