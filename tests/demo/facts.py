"""The rows of what LABiB does, as the demo must carry them: a name, and the kind of page it has."""

SERIES = ("12 miesięcy tematycznych z labib.pl", "Miesiące tematyczne na labib.pl")

# Months of the earlier series that the network knows by name.
MONTHS = ("GET it", "MOC promocji!")

# (title, kind of project, organiser, how many events and editions it has at least)
PROJECTS = (
    ("Zjazdy sieci LABiB", "EVENT_SERIES", "NETWORK", 2),
    ("Lokalne Spotkania LABiB", "EVENT_SERIES", "NETWORK", 5),
    ("BiblioLABy", "EVENT_SERIES", "ASSOCIATION", 2),
    ("Strefa Eksperymentu", "CONTEST", None, 2),
    ("Re-Animuj się", "TRAINING", None, 1),
    ("Praktyka dla praktyka", "EXCHANGE", None, 1),
    ("(nie)Konferencja „Kierunek – wizerunek”", "CONFERENCE", "MEMBERS", 1),
    ("Bibliocamp", "EVENT_SERIES", "MEMBERS", 2),
    ("Uratuj Planetę Zapomnianych Książek", "GAME", "MEMBERS", 0),
    ("Varia o webinariach", "PUBLICATION", "MEMBERS", 0),
    ("Młoda Książka. Niekonferencja", "CONFERENCE", "MEMBERS", 1),
)

GROUPS = ("Cyfrowy Świat", "Grupa ds. rozwoju sieci")

PUBLICATION = "Varia o webinariach"
MOTTO = "Dziel się wiedzą, mnóż pomysły!"
