"""International Standard Book Number, ISO 2108."""


def compact_isbn(written: str) -> str:
    """Without hyphens and spaces, the check character in upper case."""
    return "".join(written.split()).replace("-", "").replace("–", "").upper()


def is_isbn(compact: str) -> bool:
    """Whether length, digits and check digit are those of an ISBN-10 or an ISBN-13."""
    if not compact.isascii():
        return False
    if len(compact) == 13 and compact.isdigit():
        return sum(int(digit) * (1, 3)[index % 2] for index, digit in enumerate(compact)) % 10 == 0
    if len(compact) == 10 and compact[:9].isdigit() and (compact[9].isdigit() or compact[9] == "X"):
        digits = [10 if character == "X" else int(character) for character in compact]
        return sum(digit * (10 - index) for index, digit in enumerate(digits)) % 11 == 0
    return False
