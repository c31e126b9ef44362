import datetime

import pytest

from projects.isbn import compact_isbn, is_isbn
from projects.models import Edition, Event, Exchange, Laureate, Project, Publication
from tests.factories import PlaceFactory, in_hours
from tests.messages import refusals

# Validating a page looks at its place in the tree.
pytestmark = pytest.mark.django_db
FIRST, SECOND = datetime.date(2016, 5, 1), datetime.date(2016, 5, 2)
# Examples of the International ISBN Agency and of Wikipedia's article on the ISBN.
REAL = ["0-306-40615-2", "0-8044-2957-X", "978-0-306-40615-7", "978-3-16-148410-0", "9783161484100"]


@pytest.mark.parametrize("written", REAL)
def test_real_isbn_is_accepted_and_kept_without_hyphens(written):
    publication = Publication(isbn=written)
    assert refusals(publication) == {}
    assert publication.isbn == written.replace("-", "")


@pytest.mark.parametrize("written", ["080442957x", "978–3–16–148410–0", " 978 3 16 148410 0 "])
def test_isbn_is_read_as_people_write_it(written):
    assert is_isbn(compact_isbn(written))


@pytest.mark.parametrize("written", REAL)
def test_isbn_with_one_wrong_digit_is_refused(written):
    compact = compact_isbn(written)
    for place, digit in enumerate(compact[:-1]):
        wrong = compact[:place] + str((int(digit) + 1) % 10) + compact[place + 1 :]
        assert not is_isbn(wrong)


@pytest.mark.parametrize(
    "written", ["", "X", "123", "X306406152", "97803064061577", "٠٣٠٦٤٠٦١٥٢", "978030640615X"]
)
def test_what_is_no_isbn_is_refused(written):
    assert not is_isbn(compact_isbn(written))


def test_wrong_check_digit_says_where_to_look():
    assert refusals(Publication(isbn="978-3-16-148410-1")) == {
        "isbn": [
            "This ISBN has a wrong check digit. Compare it with the one in the imprint.",
            "Ten numer ISBN ma błędną cyfrę kontrolną. Porównaj go z numerem na stronie "
            "redakcyjnej.",
        ]
    }


def test_publication_without_isbn_is_accepted():
    assert refusals(Publication(isbn="")) == {}


def test_event_that_ends_before_it_starts_is_refused():
    assert refusals(Event(starts=in_hours(2), ends=in_hours(1), is_online=True)) == {
        "ends": [
            "The event ends before it starts. Correct one of the two times.",
            "Wydarzenie kończy się, zanim się zacznie. Popraw jedną z dwóch godzin.",
        ]
    }


def test_event_is_at_a_place_or_online():
    assert refusals(Event(starts=in_hours(1), ends=in_hours(2))) == {
        "place": [
            "Choose a place, or mark the event as online.",
            "Wybierz miejsce albo zaznacz, że wydarzenie jest online.",
        ]
    }


def test_event_may_be_at_a_place_and_online():
    event = Event(starts=in_hours(1), ends=in_hours(2), is_online=True, place=PlaceFactory())
    assert refusals(event) == {}


@pytest.mark.parametrize("thing", [Project, Edition, Exchange])
def test_last_day_before_the_first_is_refused(thing):
    assert refusals(thing(starts_on=SECOND, ends_on=FIRST)) == {
        "ends_on": [
            "The last day is before the first. Correct one of the two.",
            "Ostatni dzień wypada przed pierwszym. Popraw jeden z nich.",
        ]
    }


@pytest.mark.parametrize(
    "days", [{}, {"starts_on": FIRST}, {"ends_on": FIRST}, {"starts_on": FIRST, "ends_on": FIRST}]
)
def test_days_may_be_unknown_or_the_same(days):
    assert refusals(Project(**days)) == {}


def test_laureate_is_a_library_or_a_project():
    assert refusals(Laureate(project_title=" ")) == {
        "__all__": [
            "Choose a library or write the project's title.",
            "Wybierz bibliotekę albo wpisz tytuł projektu.",
        ]
    }
    assert refusals(Laureate(project_title="Gra miejska")) == {}


def test_library_is_no_guest_of_itself():
    place = PlaceFactory()
    assert refusals(Exchange(host=place, guest=place)) == {
        "guest": [
            "The guest and the host are the same library.",
            "Gość i gospodarz to ta sama biblioteka.",
        ]
    }
