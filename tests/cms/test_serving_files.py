"""Who is handed which document and picture."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from cms.images import make_renditions
from cms.models import Audience, HubDocument
from members.roles import Role
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    HubDocumentFactory,
    HubImageFactory,
    MemberFactory,
    PublicationFactory,
    SeriesFactory,
    WebinarFactory,
    in_hours,
)

ANYONE, MEMBER, INSIDER, EDITOR = "anonymous", "member", "insider", "editor"
OPEN, LOG_IN, HIDDEN = "open", "log in", "hidden"


def answer(client, url):
    response = client.get(url)
    if response.status_code == 302:
        assert response["Location"].startswith("/konto/logowanie/?next=")
        return LOG_IN
    return {200: OPEN, 404: HIDDEN}[response.status_code]


def answers(client, url, association):
    """What each kind of viewer is answered."""
    accounts = {
        MEMBER: MemberFactory(),
        INSIDER: MemberFactory(groups=[association]),
        EDITOR: MemberFactory(groups=[Group.objects.get(name=Role.EDITOR)]),
    }
    found = [answer(client, url)]
    for account in accounts.values():
        client.force_login(account)
        found.append(answer(client, url))
    client.logout()
    return tuple(found)


def private_collection(kind, *groups):
    parent = CollectionFactory()
    restriction = CollectionViewRestriction.objects.create(
        collection=parent, restriction_type=kind, password="sezam"
    )
    restriction.groups.set(groups)
    return CollectionFactory(parent=parent)


def in_text(document):
    return [("text", f'<p><a linktype="document" id="{document.pk}">Plik</a></p>')]


def in_block(document):
    return [("document", {"document": document, "title": ""})]


HOLDERS = {
    "file": lambda document, **kw: PublicationFactory(file=document, **kw),
    "material": lambda document, **kw: WebinarFactory(
        materials=[{"title": "Slajdy", "document": document}], **kw
    ),
    "block": lambda document, **kw: ArticleFactory(body=in_block(document), **kw),
    "link": lambda document, **kw: ArticleFactory(body=in_text(document), **kw),
}


@pytest.fixture
def hold(db, django_capture_on_commit_callbacks):
    """Makes a page that holds the document, with all that is left for after the commit."""

    def make(holder, document, **columns):
        with django_capture_on_commit_callbacks(execute=True):
            return HOLDERS[holder](document, **columns)

    return make


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="sezam"
    )
    restriction.groups.set(groups)


def test_document_that_no_page_holds_follows_its_collection(db, client, association):
    cases = {
        None: (OPEN, OPEN, OPEN, OPEN),
        "login": (LOG_IN, OPEN, OPEN, OPEN),
        "groups": (LOG_IN, HIDDEN, OPEN, OPEN),
        "password": (HIDDEN, HIDDEN, HIDDEN, OPEN),
    }
    for kind, expected in cases.items():
        collection = private_collection(kind, association) if kind else CollectionFactory()
        document = HubDocumentFactory(collection=collection)
        assert answers(client, document.url, association) == expected, kind


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, (OPEN, OPEN, OPEN, OPEN)),
        ({"audience": Audience.MEMBERS}, (LOG_IN, OPEN, OPEN, OPEN)),
        ({"live": False}, (HIDDEN, HIDDEN, HIDDEN, OPEN)),
        ({"expire_at": in_hours(-1)}, (HIDDEN, HIDDEN, HIDDEN, OPEN)),
    ],
)
def test_document_follows_the_page_that_holds_it(
    hold, client, association, holder, columns, expected
):
    document = HubDocumentFactory()
    hold(holder, document, **columns)
    assert answers(client, document.url, association) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("login", (LOG_IN, OPEN, OPEN, OPEN)),
        ("groups", (LOG_IN, HIDDEN, OPEN, OPEN)),
        ("password", (HIDDEN, HIDDEN, HIDDEN, OPEN)),
    ],
)
def test_document_follows_the_restrictions_above_its_page(
    hold, client, association, kind, expected
):
    document = HubDocumentFactory()
    restrict(hold("block", document).get_parent(), kind, association)
    assert answers(client, document.url, association) == expected


def test_one_page_that_opens_it_is_enough(hold, client):
    document = HubDocumentFactory()
    hold("block", document, live=False)
    hold("block", document, audience=Audience.MEMBERS)
    assert answer(client, document.url) == LOG_IN
    hold("file", document)
    assert answer(client, document.url) == OPEN


def test_open_page_does_not_open_a_private_collection(db, client, association):
    document = HubDocumentFactory(collection=private_collection("groups", association))
    PublicationFactory(file=document)
    assert answers(client, document.url, association) == (LOG_IN, HIDDEN, OPEN, OPEN)


def test_draft_that_drops_a_document_does_not_open_it(
    hold, client, django_capture_on_commit_callbacks
):
    document = HubDocumentFactory()
    article = hold("block", document, audience=Audience.MEMBERS)
    article.body = in_text(HubDocumentFactory())
    with django_capture_on_commit_callbacks(execute=True):
        article.save_revision()
    assert answer(client, document.url) == LOG_IN


def test_material_that_was_taken_away_opens_nothing(
    hold, client, django_capture_on_commit_callbacks
):
    document = HubDocumentFactory()
    webinar = hold("material", document)
    hold("file", document, audience=Audience.MEMBERS)
    assert answer(client, document.url) == OPEN
    webinar.materials = []
    with django_capture_on_commit_callbacks(execute=True):
        webinar.save()
    assert answer(client, document.url) == LOG_IN


def test_document_that_is_not_open_to_everyone_stays_out_of_caches(db, client, member):
    open_to_all, guarded = HubDocumentFactory(), HubDocumentFactory()
    PublicationFactory(file=guarded, audience=Audience.MEMBERS)
    client.force_login(member)
    assert client.get(guarded.url)["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in client.get(open_to_all.url)


def test_missing_and_hidden_documents_have_one_answer(hold, client):
    document = HubDocumentFactory()
    hold("block", document, live=False)
    missing = client.get(f"/documents/{document.pk + 100}/plik.txt")
    hidden = client.get(document.url)
    assert missing.status_code == hidden.status_code == 404
    assert missing.content == hidden.content


def test_storage_hands_out_no_document(db, client):
    document = HubDocumentFactory()
    client.force_login(MemberFactory(is_superuser=True))
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_pictures_follow_their_collection(db, client, association):
    image = HubImageFactory(collection=private_collection("groups", association))
    make_renditions(image)
    names = [image.file.name, image.renditions.first().file.name]
    for name in names:
        assert answers(client, f"/media/{name}", association) == (HIDDEN, HIDDEN, OPEN, OPEN)


def test_open_picture_may_be_cached_and_a_private_one_may_not(db, client, member):
    public = HubImageFactory()
    private = HubImageFactory(collection=private_collection("login"))
    client.force_login(member)
    assert "public" in client.get(f"/media/{public.file.name}")["Cache-Control"]
    assert client.get(f"/media/{private.file.name}")["Cache-Control"] == "private, no-store"


def test_media_that_no_picture_knows_is_not_handed_out(db, client):
    assert client.get("/media/avatar_images/portret.png").status_code == 404
    assert client.get("/media/../manage.py").status_code == 404


@pytest.mark.parametrize("holders", [1, 8])
def test_document_costs_constant_queries(
    hold, client, holders, member, django_assert_max_num_queries
):
    document = HubDocumentFactory()
    series = SeriesFactory()
    for _number in range(holders):
        hold("block", document, parent=series, audience=Audience.MEMBERS)
    client.force_login(member)
    with django_assert_max_num_queries(20):
        assert client.get(document.url).status_code == 200
    assert HubDocument.objects.count() == 1
    assert Page.objects.child_of(series).count() == holders
