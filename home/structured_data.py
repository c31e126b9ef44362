"""The home page in schema.org's words."""

from cms.structured_data import Data, collection, describes, organization
from home.models import HomePage


@describes(HomePage)
def home_data(page: HomePage, context: Data) -> Data:
    return collection(page, context) | {"about": organization()}
