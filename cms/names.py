"""Names of people and bodies, as catalogues and citations want them: surname first."""

from dataclasses import dataclass

# Words that tell that a name is that of a body and not of a person.
OF_BODIES = frozenset(
    {
        *("biblioteka", "biblioteki", "centrum", "dom", "filia", "fundacja", "grupa", "instytut"),
        *("koło", "komitet", "labib", "mediateka", "muzeum", "ośrodek", "redakcja", "sieć"),
        *("stowarzyszenie", "szkoła", "towarzystwo", "uniwersytet", "urząd", "wydawnictwo"),
        *("zespół", "związek"),
    }
)
DEGREES = {"dr", "hab", "prof", "mgr", "inż", "lic", "ks"}
PARTICLES = {"de", "del", "der", "di", "du", "la", "le", "van", "von", "zu"}
LONGEST_PERSON = 4


@dataclass(frozen=True)
class Name:
    """`given` is "" for a body, whose name is not turned around."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family


def name_of(shown: str) -> Name:
    """„dr Anna Maria Nowak-Kowalska” as Name("Nowak-Kowalska", "Anna Maria")."""
    words = [word for word in shown.split() if word.rstrip(".").lower() not in DEGREES]
    if not is_person(words):
        return Name(" ".join(shown.split()))
    surname = len(words) - 1
    while surname > 1 and words[surname - 1].lower() in PARTICLES:
        surname -= 1
    return Name(" ".join(words[surname:]), " ".join(words[:surname]))


def is_person(words: list[str]) -> bool:
    if not 2 <= len(words) <= LONGEST_PERSON:
        return False
    return not any(
        word.lower() in OF_BODIES or not word[0].isalpha() or is_acronym(word) for word in words
    )


def is_acronym(word: str) -> bool:
    return word.isupper() and len(word.rstrip(".")) > 1
