import pytest

from members.models import Member
from tests.factories import MemberFactory
from tests.members.accounts import PASSWORD


@pytest.fixture
def celina(db: None) -> Member:
    """A member who can log in."""
    return MemberFactory(email="celina@example.org", password=PASSWORD)
