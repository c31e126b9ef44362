"""An editor shares a draft, and somebody without an account looks at it."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import admin
from tests.factories import ArticleFactory, MemberFactory, SeriesFactory, ThematicMonthFactory


def test_recipient_of_a_link_reads_a_draft_month_and_its_articles(
    page: Page, browser: Browser, home
) -> None:
    MemberFactory(email="redakcja@example.org", password="haslo-do-testow", is_superuser=True)
    month = ThematicMonthFactory(parent=SeriesFactory(), title="Senior w sieci", live=False)
    ArticleFactory(parent=month, title="Artykuł w szkicu", live=False)

    admin.log_in(page, email="redakcja@example.org", password="haslo-do-testow")
    page.goto(f"/admin/pages/{month.pk}/edit/")
    page.get_by_role("button", name="Akcje").first.click()
    page.get_by_role("link", name="Udostępnij szkic").click()
    page.get_by_label("Dla kogo").fill("Anna Nowak")
    page.get_by_role("button", name="Utwórz link").click()
    page.get_by_role("button", name="Skopiuj").click()
    expect(page.get_by_role("button", name="Skopiowano")).to_be_visible()
    link = page.get_by_label("Link do szkicu").input_value()

    recipient = browser.new_context(locale="pl-PL").new_page()
    fragment = link.partition("#")[2]
    recipient.goto(f"{page.url.split('/admin/')[0]}/podglad/#{fragment}")
    expect(recipient.get_by_role("heading", name="Senior w sieci")).to_be_visible()
    assert fragment not in recipient.url
    recipient.get_by_role("link", name=re.compile("Artykuł w szkicu")).first.click()
    expect(recipient.get_by_role("heading", name="Artykuł w szkicu")).to_be_visible()

    page.goto(f"/admin/pages/{month.pk}/share-draft/")
    page.get_by_role("button", name="Unieważnij link dla: Anna Nowak").click()
    expect(page.get_by_text("Link dla: Anna Nowak już nie działa.")).to_be_visible()
    recipient.reload()
    expect(recipient.get_by_text("Ten link nie działa")).to_be_visible()
    recipient.context.close()
