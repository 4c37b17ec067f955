"""An OFD container → its pages in order: page box and the layers that are drawn on it, templates among them.

Source: GB/T 33190-2016, 7.4 (OFD.xml), 7.5 (document root), 7.7 (page objects).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.errors import UnsupportedError
from extract.pages.ofd.container import Container, find_all, find_text, locate
from extract.pages.ofd.look import FALSE
from extract.pages.ofd.numbers import read_box
from extract.quick import record
from extract.settings import Settings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PhysicalBox = tuple[float, float, float, float]
_A4: PhysicalBox = (0.0, 0.0, 210.0, 297.0)
_ROOT = "OFD.xml"
_IN_FRONT = "Foreground"
_UNPRINTED = ("Link", "Highlight", "Watermark")  # kinds of annotations that say nothing of their own


@record
class OfdPage:
    """One page: its box in millimetres, what is drawn, in order, the units that are drawn by reference, where the
    pictures are (resource id → path), and the drawing parameters by their ids.
    """

    box: PhysicalBox
    contents: tuple[Element, ...]
    units: dict[str, Element]
    media: dict[str, str]
    params: dict[str, Element]


def read_roots(container: Container) -> Iterator[tuple[str, Element]]:
    """(path, root element) of each document in the container. Raises: UnreadableError, UnsupportedError."""
    for body in find_all(container.parse(_ROOT), "DocBody"):
        root = locate(find_text(body, "DocRoot"), _ROOT)
        yield root, container.parse(root)


def read_structure(container: Container, *, settings: Settings) -> Iterator[OfdPage]:
    """The pages of all documents of the container, parsed one by one.

    Raises: UnreadableError, UnsupportedError.
    """
    seen = 0
    for root, document in read_roots(container):
        shared = _Shared(container, document, root)
        for page in find_all(document, "Pages", "Page"):
            seen += 1
            if seen > settings.max_pdf_pages:
                cause = f"more than the {settings.max_pdf_pages} pages that a report may have"
                raise UnsupportedError(container.file, cause, "cut the report out of the volume")
            path = locate(page.get("BaseLoc", ""), root)
            yield shared.read_page(container.parse(path), path, shared.annotations.get(page.get("ID", ""), ""))
    if not seen:
        raise container.damaged("it has no pages")


class _Shared:
    """What the pages of one document share: its page box, its templates and graphic units, parsed when asked for."""

    def __init__(self, container: Container, document: Element, root: str) -> None:
        self.container = container
        self.box = _physical_box(document, "CommonData", "PageArea") or _A4
        self.locations = {
            entry.get("ID", ""): locate(entry.get("BaseLoc", ""), root)
            for entry in find_all(document, "CommonData", "TemplatePage")
        }
        self.templates: dict[str, Element] = {}
        self.units: dict[str, Element] = {}
        self.media: dict[str, str] = {}
        self.params: dict[str, Element] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for entry in find_all(document, "CommonData", kind):
                self._add_resources(locate(entry.text or "", root))
        self.annotations = {
            page: path
            for entry in find_all(document, "Annotations")
            for page, path in self._list_annotations(locate(entry.text or "", root), root)
        }

    def _add_resources(self, path: str) -> None:
        if not self.container.has(path):
            return
        resources = self.container.parse(path)
        for unit in find_all(resources, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            self.units[unit.get("ID", "")] = unit
        for param in find_all(resources, "DrawParams", "DrawParam"):
            self.params[param.get("ID", "")] = param
        folder = locate(resources.get("BaseLoc", ""), path)
        for medium in find_all(resources, "MultiMedias", "MultiMedia"):
            name = find_text(medium, "MediaFile")
            places = (f"{folder}/{name}", locate(name, path))  # some programs leave the folder out of account
            self.media[medium.get("ID", "")] = next(filter(self.container.has, places), places[0])

    def _list_annotations(self, path: str, root: str) -> Iterator[tuple[str, str]]:
        """(page id, path of what is noted on that page)."""
        if self.container.has(path):
            for page in find_all(self.container.parse(path), "Page"):
                name = find_text(page, "FileLoc")
                places = (locate(name, path), locate(name, root))
                yield page.get("PageID", ""), next(filter(self.container.has, places), "")

    def read_page(self, page: Element, path: str, annotations: str) -> OfdPage:
        box = _physical_box(page, "Area") or self.box
        for entry in find_all(page, "PageRes"):
            self._add_resources(locate(entry.text or "", path))
        behind: list[Element] = []
        front: list[Element] = []
        for entry in find_all(page, "Template"):
            content = self._template(entry.get("TemplateID", ""))
            if content is not None:
                (front if entry.get("ZOrder") == _IN_FRONT else behind).append(content)
        own = list(find_all(page, "Content"))
        noted = self._read_annotations(annotations) if annotations else ()
        return OfdPage(box, (*behind, *own, *front, *noted), self.units, self.media, self.params)

    def _read_annotations(self, path: str) -> Iterator[Element]:
        """What the annotations of a page draw, without those that only mark or lead."""
        for note in find_all(self.container.parse(path), "Annot"):
            if note.get("Visible", "").lower() not in FALSE and note.get("Type", "") not in _UNPRINTED:
                yield from find_all(note, "Appearance")

    def _template(self, template_id: str) -> Element | None:
        path = self.locations.get(template_id)
        if path is None or not self.container.has(path):
            return None
        if template_id not in self.templates:
            self.templates[template_id] = self.container.parse(path)
        return next(find_all(self.templates[template_id], "Content"), None)


def _physical_box(element: Element, *path: str) -> PhysicalBox | None:
    """The physical box below `path`, where it is a box with an area."""
    box = read_box(find_text(element, *path, "PhysicalBox"))
    return box if box and box[2] > 0 and box[3] > 0 else None
