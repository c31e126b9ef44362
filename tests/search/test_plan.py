"""The query plan, without a database: what the archive knows is given."""

from collections.abc import Collection

from search.plan import make_plan
from search.plan_parts import Alternative, Kind, Plan
from search.synonyms import parse_synonyms
from search.tokens import fold
from search.vocabulary import KnownWords, SimilarForm


class FewWords:
    """A vocabulary of these base forms."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def look_up(self, *, folded: Collection[str], lemmas: Collection[str]) -> KnownWords:
        return KnownWords(
            lemmas=frozenset(self.words) & frozenset(lemmas),
            lemmas_by_form={
                fold(word): frozenset({word}) for word in self.words if fold(word) in folded
            },
        )

    def similar(self, folded: str) -> list[SimilarForm]:
        return [
            SimilarForm(fold(word), word, 1, frozenset({word}))
            for word in self.words
            if fold(word)[:3] == folded[:3]
        ]

    def has_prefix(self, folded: str) -> bool:
        return any(fold(word).startswith(folded) for word in self.words)


def plan(
    text: str, *words: str, synonyms: tuple[str, ...] = (), while_typing: bool = False
) -> Plan:
    return make_plan(
        text,
        vocabulary=FewWords(*words),
        synonyms=parse_synonyms(synonyms),
        while_typing=while_typing,
    )


def weights(plan: Plan, group: int = 0) -> dict[tuple[Kind, str], float]:
    return {
        (each.kind, " ".join(each.words)): each.weight for each in plan.groups[group].alternatives
    }


def test_word_is_sought_by_its_lemma_and_its_folded_form() -> None:
    assert weights(plan("drukarkami", "drukarka")) == {
        (Kind.LEMMA, "drukarka"): 1.0,
        (Kind.FORM, "drukarkami"): 1.0,
    }


def test_diacritics_are_restored_to_words_that_the_archive_has() -> None:
    assert weights(plan("ksiazka", "książka"))[Kind.LEMMA, "książka"] == 1.0
    assert (Kind.LEMMA, "książka") not in weights(plan("ksiazka"))


def test_stop_words_are_left_out() -> None:
    assert len(plan("jak prowadzić webinar").groups) == 2


def test_stop_words_alone_are_sought() -> None:
    assert len(plan("co i jak").groups) == 3


def test_unknown_word_is_corrected() -> None:
    corrected = plan("drukrka 3d", "drukarka")
    assert corrected.corrected == "drukarka 3d"
    assert weights(corrected)[Kind.LEMMA, "drukarka"] < 0.5


def test_known_word_is_not_corrected() -> None:
    assert plan("gogle", "gogle", "google").corrected is None


def test_last_word_that_begins_a_known_one_is_a_prefix_and_no_slip() -> None:
    begun = plan("drukar", "drukarka")
    assert weights(begun)[Kind.PREFIX, "drukar"] == 0.8
    assert begun.corrected is None


def test_word_is_a_prefix_while_typing_although_it_is_known() -> None:
    assert weights(plan("drukarka", "drukarka", while_typing=True))[Kind.PREFIX, "drukarka"] == 0.8


def test_space_at_the_end_says_that_the_word_is_finished() -> None:
    assert (Kind.PREFIX, "drukarka") not in weights(
        plan("drukarka ", "drukarka", while_typing=True)
    )


def test_synonyms_work_both_ways() -> None:
    lines = ("plakat, afisz",)
    assert weights(plan("plakat", synonyms=lines))[Kind.LEMMA, "afisz"] == 0.85
    assert weights(plan("afisze", synonyms=lines))[Kind.LEMMA, "plakat"] == 0.85


def test_arrow_works_one_way() -> None:
    lines = ("dkk => klub",)
    assert (Kind.LEMMA, "klub") in weights(plan("DKK", synonyms=lines))
    assert (Kind.LEMMA, "dkk") not in weights(plan("klub", synonyms=lines))


def test_synonym_of_several_words_is_sought_near_each_other() -> None:
    found = weights(plan("cc", synonyms=("cc => otwarta licencja",)))
    assert found[Kind.NEAR, "otwarty licencja"] == 0.85


def test_neighbours_near_each_other_are_a_bonus() -> None:
    bonus = plan("drukarka koszt", "drukarka", "koszt").groups[-1]
    assert bonus.is_bonus
    assert bonus.alternatives == (Alternative(Kind.NEAR, ("drukarka", "koszt"), 0.3),)


def test_two_thirds_of_the_words_are_enough() -> None:
    words = ["drukarka", "koszt", "plakat", "konkurs", "zjazd", "gra"]
    assert [plan(" ".join(words[:count])).required for count in range(1, 7)] == [1, 2, 3, 3, 4, 5]


def test_punctuation_alone_makes_an_empty_plan() -> None:
    assert plan("?!...") == Plan(groups=(), required=0)


def test_long_query_is_cut() -> None:
    assert len([group for group in plan("kot " * 50).groups if not group.is_bonus]) == 12
