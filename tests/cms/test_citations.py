"""How articles and publications are cited."""

import datetime

import pytest
from wagtail.models import PageViewRestriction

from cms.citation_forms import Work, bibtex, iso690, key_of, latex, ris
from cms.models import Audience
from cms.names import Name, name_of
from cms.paths import path_of
from tests.cms.test_serving import restrict
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    HubDocumentFactory,
    PublicationFactory,
    StandardPageFactory,
    TopicFactory,
)

TODAY = datetime.date(2026, 11, 22)
ANNA, JAN, EWA = Name("Żółć", "Anna"), Name("Kowalski", "Jan"), Name("Lis", "Ewa")
URL = "https://labib.example/a/"


def article(**fields):
    return Work(
        **{
            "title": "Biblioteka rzeczy",
            "url": URL,
            "authors": [ANNA],
            "container": "LABiB",
            "date": datetime.date(2016, 5, 6),
            **fields,
        }
    )


def book(**fields):
    return Work(
        **{
            "title": "Varia o webinariach",
            "url": URL,
            "authors": [JAN],
            "publisher": "Sieć LABiB",
            "year": 2015,
            "isbn": "9788301000004",
            **fields,
        }
    )


def read(work):
    return "".join(iso690(work, TODAY))


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Anna Nowak", Name("Nowak", "Anna")),
        ("dr hab. Anna Maria Nowak-Żółć", Name("Nowak-Żółć", "Anna Maria")),
        ("Ludwig van der Rohe", Name("van der Rohe", "Ludwig")),
        ("J. Kowalski", Name("Kowalski", "J.")),
        ("Dominika Szkopek", Name("Szkopek", "Dominika")),
        ("Biblioteka Narodowa", Name("Biblioteka Narodowa")),
        ("Redakcja LABiB", Name("Redakcja LABiB")),
        ("Fundacja Rozwoju Społeczeństwa Informacyjnego w Warszawie",
         Name("Fundacja Rozwoju Społeczeństwa Informacyjnego w Warszawie")),
        ("MBP Olsztyn", Name("MBP Olsztyn")),
        ("Bolesława", Name("Bolesława")),
        ("", Name("")),
    ],
)  # fmt: skip
def test_names_are_turned_around_when_they_are_those_of_people(shown, expected):
    assert name_of(shown) == expected


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (
            article(),
            "ŻÓŁĆ, Anna. Biblioteka rzeczy. W: LABiB [online]. 6 maja 2016 "
            "[dostęp: 22 listopada 2026]. Dostępny w: https://labib.example/a/",
        ),
        (
            article(authors=[ANNA, JAN], title="Po co nam to?"),
            "ŻÓŁĆ, Anna i KOWALSKI, Jan. Po co nam to? W: LABiB [online]. 6 maja 2016 "
            "[dostęp: 22 listopada 2026]. Dostępny w: https://labib.example/a/",
        ),
        (
            article(authors=[ANNA, JAN, EWA]),
            "ŻÓŁĆ, Anna, KOWALSKI, Jan i LIS, Ewa. Biblioteka rzeczy. W: LABiB [online]. "
            "6 maja 2016 [dostęp: 22 listopada 2026]. Dostępny w: https://labib.example/a/",
        ),
        (
            article(authors=[ANNA, JAN, EWA, Name("Nowak", "Ola")]),
            "ŻÓŁĆ, Anna i in. Biblioteka rzeczy. W: LABiB [online]. 6 maja 2016 "
            "[dostęp: 22 listopada 2026]. Dostępny w: https://labib.example/a/",
        ),
        (
            article(authors=[]),
            "Biblioteka rzeczy. W: LABiB [online]. 6 maja 2016 [dostęp: 22 listopada 2026]. "
            "Dostępny w: https://labib.example/a/",
        ),
        (
            book(),
            "KOWALSKI, Jan. Varia o webinariach [online]. Sieć LABiB, 2015 "
            "[dostęp: 22 listopada 2026]. ISBN 9788301000004. Dostępny w: https://labib.example/a/",
        ),
        (
            book(authors=[], editors=[EWA], publisher="", year=None, isbn=""),
            "LIS, Ewa (red.). Varia o webinariach [online]. [b.r.] [dostęp: 22 listopada 2026]. "
            "Dostępny w: https://labib.example/a/",
        ),
        (
            book(authors=[Name("Biblioteka Narodowa")]),
            "BIBLIOTEKA NARODOWA. Varia o webinariach [online]. Sieć LABiB, 2015 "
            "[dostęp: 22 listopada 2026]. ISBN 9788301000004. Dostępny w: https://labib.example/a/",
        ),
    ],
)
def test_pn_iso_690(work, expected):
    assert read(work) == expected


def test_title_that_is_set_apart_is_that_of_the_site_or_of_the_book():
    assert iso690(article(), TODAY)[1] == "LABiB"
    assert iso690(book(), TODAY)[1] == "Varia o webinariach"


def test_bibtex_of_an_article():
    assert bibtex(article(authors=[ANNA, JAN], topics=["Zbiory", "R&D"])) == (
        "@online{zolc2016biblioteka,\n"
        "  author = {{\\.Z}{\\'o}{\\l}{\\'c}, Anna and Kowalski, Jan},\n"
        "  title = {{Biblioteka rzeczy}},\n"
        "  organization = {LABiB},\n"
        "  year = {2016},\n"
        "  date = {2016-05-06},\n"
        "  url = {https://labib.example/a/},\n"
        "  language = {polish},\n"
        "  keywords = {Zbiory, R\\&D}\n"
        "}\n"
    )


def test_comma_within_a_topic_is_no_comma_between_keywords():
    work = article(topics=["Gry, escape roomy i grywalizacja", "Zbiory"])
    assert "  keywords = {Gry / escape roomy i grywalizacja, Zbiory}\n" in bibtex(work)
    assert "KW  - Gry, escape roomy i grywalizacja\r\n" in ris(work)


def test_bibtex_of_a_book_without_year_by_a_body():
    work = book(authors=[Name("Biblioteka Narodowa")], year=None, publisher="", language="")
    assert bibtex(work) == (
        "@book{bibliotekanarodowavaria,\n"
        "  author = {{Biblioteka Narodowa}},\n"
        "  title = {{Varia o webinariach}},\n"
        "  isbn = {9788301000004},\n"
        "  url = {https://labib.example/a/}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ąćęłńóśźż", r"{\k{a}}{\'c}{\k{e}}{\l}{\'n}{\'o}{\'s}{\'z}{\.z}"),
        ("ĄĆĘŁŃÓŚŹŻ", r"{\k{A}}{\'C}{\k{E}}{\L}{\'N}{\'O}{\'S}{\'Z}{\.Z}"),
        ("50% & $1 #_{}", r"50\% \& \$1 \#\_\{\}"),
        ("„A” – B…", r"{\quotedblbase}A'' -- B{\ldots}"),
        ("a\\b\n c", r"a{\textbackslash}b c"),
        ("Müller, Dvořák", r"M{\"u}ller, Dvo{\v{r}}{\'a}k"),
        ("Україна", "Україна"),
    ],
)
def test_letters_are_written_as_latex_reads_them(text, expected):
    assert latex(text) == expected


def test_key_has_ascii_letters_and_digits_alone_whatever_the_title():
    assert key_of(article(authors=[], title="„Łódź”: 5 lat")) == "2016lodz"
    assert key_of(article(authors=[], title="?!", date=None)) == "labib"


def test_ris_of_an_article():
    work = article(authors=[ANNA, JAN], lead="Raz,\ndwa.", topics=["Zbiory"])
    assert ris(work).split("\r\n") == [
        "TY  - ELEC",
        "AU  - Żółć, Anna",
        "AU  - Kowalski, Jan",
        "TI  - Biblioteka rzeczy",
        "T2  - LABiB",
        "PY  - 2016",
        "DA  - 2016/05/06/",
        "UR  - https://labib.example/a/",
        "LA  - pl",
        "AB  - Raz, dwa.",
        "KW  - Zbiory",
        "ER  - ",
        "",
    ]


def test_ris_of_a_book():
    lines = ris(book(editors=[EWA])).split("\r\n")
    assert lines[:6] == [
        "TY  - BOOK",
        "AU  - Kowalski, Jan",
        "ED  - Lis, Ewa",
        "TI  - Varia o webinariach",
        "PB  - Sieć LABiB",
        "PY  - 2015",
    ]
    assert "SN  - 9788301000004" in lines


def test_title_cannot_begin_a_tag_of_its_own():
    assert "\nER" not in ris(article(title="A\r\nER  - ")).replace("\r\nER  - \r\n", "")


def test_page_shows_how_it_is_cited_and_where_to_download(db, client):
    page = ArticleFactory(
        title="Biblioteka rzeczy",
        published_on="2016-05-06",
        contributions=[{"expert": ExpertFactory(title="Anna Nowak")}, {"name": "Jan Kowalski"}],
    )
    html = client.get(path_of(page)).content.decode()
    assert "<summary>Cytuj</summary>" in html
    assert "NOWAK, Anna i KOWALSKI, Jan. Biblioteka rzeczy. W: <cite>LABiB</cite>" in html
    for form in ("bib", "ris"):
        assert f'href="/cytuj/{page.pk}.{form}" download' in html
    assert '<meta name="citation_author" content="Nowak, Anna">' in html
    assert '<meta name="citation_publication_date" content="2016/05/06">' in html
    assert '<meta name="DC.creator" content="Kowalski, Jan">' in html


def test_page_of_a_kind_that_nobody_cites_has_no_citation(db, client):
    page = StandardPageFactory()
    assert "Cytuj" not in client.get(path_of(page)).content.decode()
    assert client.get(f"/cytuj/{page.pk}.bib").status_code == 404


def test_downloads_are_files_with_a_name_and_a_type(db, client):
    page = PublicationFactory(title="Varia", year=2015, contributions=[{"name": "Jan Kowalski"}])
    response = client.get(f"/cytuj/{page.pk}.bib")
    assert response["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="kowalski2015varia.bib"'
    assert response.content.decode().startswith("@book{kowalski2015varia,\n")
    assert "public" in response["Cache-Control"]
    response = client.get(f"/cytuj/{page.pk}.ris")
    assert response["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert response.content.startswith(b"TY  - BOOK\r\n")
    assert client.head(f"/cytuj/{page.pk}.ris").status_code == 200


def test_what_one_may_not_see_cannot_be_cited(db, client, member):
    draft = ArticleFactory(live=False)
    private = ArticleFactory(title="Tajne")
    restrict(private, PageViewRestriction.LOGIN)
    for page in (draft, private):
        assert client.get(f"/cytuj/{page.pk}.bib").status_code == 404
    assert client.get("/cytuj/99999999999999999999.bib").status_code == 404
    client.force_login(member)
    response = client.get(f"/cytuj/{private.pk}.bib")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_hidden_expert_is_not_named_in_a_citation(db, client):
    page = ArticleFactory(
        topics=[TopicFactory()],
        contributions=[{"expert": ExpertFactory(title="Tajna Osoba", live=False)}],
    )
    assert "Tajna" not in client.get(f"/cytuj/{page.pk}.ris").content.decode()
    assert "TAJNA" not in client.get(path_of(page)).content.decode().upper()


def test_pdf_is_named_to_those_who_may_have_it(db, client, member):
    page = PublicationFactory(
        audience=Audience.MEMBERS, file=HubDocumentFactory(file__filename="a.pdf")
    )
    tag = f'<meta name="citation_pdf_url" content="http://localhost:8000{page.file.url}">'
    assert "citation_pdf_url" not in client.get(path_of(page)).content.decode()
    client.force_login(member)
    assert tag in client.get(path_of(page)).content.decode()
