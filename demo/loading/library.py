"""Pictures and files: each is drawn once, stored, and removed again when the load fails."""

import io
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.files.base import ContentFile
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from cms.images import FILTERS
from cms.models import HubDocument, HubImage, HubRendition, Licence
from demo.booklet import Booklet, pdf
from demo.content import Entry
from demo.pictures import covers, scenes
from demo.pictures.palette import Palette, palette

CREDIT = "Rysunek: program demonstracyjny LABiB"
# Articles and webinars of one topic share their covers: a rendition costs time and disk.
VARIANTS = 2
COLLECTIONS = {"covers": "Okładki", "portraits": "Portrety", "pictures": "Ilustracje"}
COVERS: dict[str, Callable[[str, Palette], bytes]] = {
    "article": covers.article_cover,
    "webinar": covers.webinar_cover,
    "project": covers.project_cover,
    "publication": covers.publication_cover,
}
COVER_ALTS = {
    "article": "Rysunek w barwach tematu „{}”: książki, liście lub wzgórza z prostych kształtów",
    "webinar": "Rozchodzące się kręgi i znak odtwarzania w barwach tematu „{}”",
    "project": "Mozaika z kół, łuków i trójkątów w barwach tematu „{}”",
    "publication": "Książka na tle kropek w barwach tematu „{}”",
}


class Library:
    """Renditions are computed in other threads meanwhile: they are half of a load's work."""

    def __init__(self, topics: list[Entry], *, with_renditions: bool = True) -> None:
        self.workers = ThreadPoolExecutor(2) if with_renditions else None
        self.rendering: list[Future[list[HubRendition]]] = []
        self.palettes = {topic["slug"]: palette(i, len(topics)) for i, topic in enumerate(topics)}
        self.titles: dict[str, str] = {topic["slug"]: topic["title"] for topic in topics}
        self.images: dict[str, HubImage] = {}
        self.documents: dict[str, HubDocument] = {}
        self.stored: list[HubImage | HubDocument] = []
        self.collections: dict[str, Collection] = {}

    def palette_of(self, topics: list[str]) -> Palette:
        return self.palettes[topics[0]] if topics else next(iter(self.palettes.values()))

    def cover(self, kind: str, slug: str, topics: list[str]) -> HubImage:
        """A cover of the kind in the colours of the first topic."""
        topic = topics[0] if topics else next(iter(self.palettes))
        key = slug
        if kind in ("article", "webinar"):
            variants = VARIANTS if kind == "article" else 1
            key = f"{topic}-{sum(slug.encode()) % variants}"
        name = f"{kind}-{key}"
        alt = COVER_ALTS[kind].format(self.titles[topic])
        return self.image(name, alt, "covers", lambda: COVERS[kind](name, self.palettes[topic]))

    def month_cover(self, slug: str, topics: list[str], year: int, month: int) -> HubImage:
        alt = f"Barwna mozaika, pośrodku w jasnym kole liczby {month} i {year}"
        colours = self.palette_of(topics)
        return self.image(
            f"month-{slug}", alt, "covers", lambda: covers.month_cover(slug, colours, month, year)
        )

    def portrait(self, slug: str, name: str, topics: list[str]) -> HubImage:
        initials = "".join(word[0] for word in name.split())
        alt = f"Znak zamiast zdjęcia: inicjały {initials} w ciemnym kole"
        colours = self.palette_of(topics)
        return self.image(
            f"portrait-{slug}", alt, "portraits", lambda: covers.portrait(slug, colours, initials)
        )

    def scene(self, alt: str) -> HubImage:
        """A picture inside a text; the same words show the same picture."""
        colours = list(self.palettes.values())[sum(alt.encode()) % len(self.palettes)]
        return self.image(f"picture-{alt}", alt, "pictures", lambda: scenes.scene(alt, colours))

    def image(self, key: str, alt: str, collection: str, draw: Callable[[], bytes]) -> HubImage:
        if key not in self.images:
            name = key if collection != "pictures" else f"ilustracja-{len(self.images) + 1}"
            data = draw()
            image = HubImage(
                title=alt[:250],
                description=alt[:250],
                credit=CREDIT,
                licence=Licence.CC0,
                collection=self.collection(collection),
                file=ContentFile(data, name=f"{name}.jpg"),
                file_size=len(data),
            )
            self.keep(image)
            self.images[key] = image
            if self.workers:
                self.rendering.append(self.workers.submit(render, image, data))
        return self.images[key]

    def document(
        self,
        slug: str,
        booklet: Booklet,
        topics: list[str],
        licence: Licence,
        collection: Collection,
    ) -> HubDocument:
        data = pdf(booklet, self.palette_of(topics))
        document = HubDocument(
            title=f"{booklet.title} (PDF)",
            licence=licence,
            collection=collection,
            file=ContentFile(data, name=f"{slug}.pdf"),
            file_size=len(data),
        )
        self.keep(document)
        self.documents[slug] = document
        return document

    def keep(self, thing: HubImage | HubDocument) -> None:
        """Save it; from now on a failed load must remove its file."""
        self.stored.append(thing)
        thing.file_hash = hash_filelike(thing.file)
        thing.full_clean()
        thing.save()

    def collection(self, name: str) -> Collection:
        if name not in self.collections:
            root, title = Collection.objects.get(depth=1), COLLECTIONS[name]
            there = root.get_children().filter(name=title).first()
            self.collections[name] = there or root.add_child(name=title)
        return self.collections[name]

    def store_renditions(self) -> None:
        rows = [row for future in self.rendering for row in future.result()]
        HubRendition.objects.bulk_create(rows, batch_size=500)

    def close(self) -> None:
        if self.workers:
            self.workers.shutdown(cancel_futures=True)

    def remove_files(self) -> None:
        """After close(): what the workers have stored is known."""
        done = [each for each in self.rendering if not each.cancelled() and not each.exception()]
        renditions = [row for future in done for row in future.result()]
        for thing in (*self.stored, *renditions):
            if thing.file and thing.file._committed:
                thing.file.storage.delete(thing.file.name)


def render(image: HubImage, data: bytes) -> list[HubRendition]:
    """All that the API offers of a picture (cms/images.py): the files; the rows are saved later."""
    renditions = []
    for each in FILTERS.values():
        rendition = image.generate_rendition_instance(each, io.BytesIO(data))
        with rendition.file.file as content:
            rendition.file.save(rendition.file.name, content, save=False)
        renditions.append(rendition)
    return renditions
