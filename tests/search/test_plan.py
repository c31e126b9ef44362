"""The query plan, without a database: what the archive knows is given."""

from collections.abc import Collection

from search.plan import make_plan
from search.plan_parts import Alternative, Kind, Plan
from search.synonyms import parse_synonyms
from search.tokens import fold
from search.vocabulary import KnownWords, SimilarForm


class FewWords:
    """A vocabulary of these base forms, each with its forms."""

    def __init__(self, *words: str, **forms: dict[str, int]) -> None:
        self.words = (*words, *forms)
        self.forms = forms

    def look_up(self, *, folded: Collection[str], lemmas: Collection[str]) -> KnownWords:
        return KnownWords(
            documents={
                word: max(self.forms.get(word, {word: 1}).values())
                for word in self.words
                if word in lemmas
            },
            lemmas_by_form={
                fold(word): frozenset({word}) for word in self.words if fold(word) in folded
            },
        )

    def readings(self, lemmas: Collection[str]) -> dict[str, dict[str, int]]:
        return {lemma: self.forms[lemma] for lemma in lemmas}

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


def test_form_that_the_archive_lacks_is_sought_by_its_lemma_and_itself() -> None:
    assert weights(plan("drukarkami", "drukarka")) == {
        (Kind.LEMMA, "drukarka"): 1.0,
        (Kind.FORM, "drukarkami"): 1.0,
    }


def test_form_whose_lemmas_are_all_sought_is_not_sought_itself() -> None:
    assert weights(plan("drukarka", "drukarka")) == {(Kind.LEMMA, "drukarka"): 1.0}


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


def test_stop_words_of_a_synonym_are_not_looked_for() -> None:
    found = weights(plan("cc", synonyms=("cc => spotkanie z autorem, na żywo",)))
    near = {words for kind, words in found if kind == Kind.NEAR}
    assert near == {"spotkanie autor", "spotkać autor", "na żywo"}


def read(text: str, **forms: dict[str, int]) -> set[str]:
    made = make_plan(text, vocabulary=FewWords(**forms))
    return {words for kind, words in weights(made) if kind == Kind.LEMMA}


def test_one_of_two_base_forms_in_the_same_entries_is_sought() -> None:
    meeting = {"spotkanie": 9, "spotkania": 5}
    assert read("spotkania", spotkanie=meeting, spotkać={**meeting, "spotkać": 9}) == {"spotkać"}


def test_base_form_that_is_much_rarer_than_the_other_is_sought_too() -> None:
    meeting = {"spotkanie": 5, "spotkania": 5}
    to_meet = {**meeting, "spotkać": 9, "spotkał": 9}
    assert read("spotkania", spotkanie=meeting, spotkać=to_meet) == {"spotkanie", "spotkać"}


def test_base_form_with_a_form_of_its_own_is_sought_too() -> None:
    forms = {"rodzic": {"rodzic": 9, "rodziców": 8}, "rodzice": {"rodzice": 9, "rodzicach": 8}}
    assert read("rodziców", **forms) == {"rodzic", "rodzice"}


def test_nearness_of_two_words_that_are_everywhere_is_no_bonus() -> None:
    def bonuses(entries: int) -> int:
        many = FewWords(drukarka={"drukarka": 90_000}, koszt={"koszt": entries})
        return sum(group.is_bonus for group in make_plan("drukarka koszt", vocabulary=many).groups)

    assert [bonuses(50_000), bonuses(50_001)] == [1, 0]


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
