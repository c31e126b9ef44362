from cms.models.contribution import Contribution, ContributionRole
from cms.models.journal import Change, ClockReading, JournalEntry, JournalReader, Lease
from cms.models.media import DocumentPage, HubDocument, HubImage, HubRendition, TextState
from cms.models.outbox import OutgoingMail
from cms.models.page import Audience, HubPage, Organiser
from cms.models.preview import PreviewToken
from cms.models.vocabulary import LibraryKind, Licence, Place, Topic, Voivodeship

__all__ = [
    "Audience",
    "Change",
    "ClockReading",
    "Contribution",
    "ContributionRole",
    "DocumentPage",
    "HubDocument",
    "HubImage",
    "HubPage",
    "HubRendition",
    "JournalEntry",
    "JournalReader",
    "Lease",
    "LibraryKind",
    "Licence",
    "Organiser",
    "OutgoingMail",
    "Place",
    "PreviewToken",
    "TextState",
    "Topic",
    "Voivodeship",
]
