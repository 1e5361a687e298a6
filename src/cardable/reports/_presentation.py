"""An empty 16:9 presentation in the issuer's colours, and its bytes, the same for the same content."""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from cardable.language import ENGLISH, Speaker
from cardable.reports._palette import CARD_GREY, INK, UNKNOWN_GREY, WHITE, Palette

FONT = "Arial"
WIDTH, HEIGHT = 13.333, 7.5

_MOMENT = re.compile(rb">\d{4}-\d\d-\d\dT[\d:.]+Z<")
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<PresentationFormat>Widescreen</PresentationFormat><Application>Cardable</Application>"
    "<Slides>1</Slides><Notes>1</Notes></Properties>"
)


def empty(palette: Palette) -> Any:
    """A presentation with one layout, which holds a title and nothing else."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type", None)
    _keep_one_layout(deck)
    _paint_theme(deck, palette)
    _drop_leftovers(deck)
    return deck


def describe(deck: Any, *, title: str, subject: str, author: str, day: date, say: Speaker) -> None:
    """Set the document's properties; its times are the start of `day`."""
    properties, moment = deck.core_properties, datetime.combine(day, time())
    properties.title, properties.subject, properties.author = title, subject, author
    properties.last_modified_by, properties.comments = author, ""
    properties.keywords, properties.category = say("spend, cards, suppliers"), say("Spend Summary")
    properties.created = properties.modified = moment
    properties.revision = 1
    if say.language != ENGLISH:
        properties.language = say.language


def save(deck: Any, path: Path, *, day: date) -> None:
    """Write the presentation, the times inside it set to `day`: equal content gives equal bytes."""
    draft = io.BytesIO()
    deck.save(draft)
    path.write_bytes(_dated(draft.getvalue(), day))


def _dated(package: bytes, day: date) -> bytes:
    """The package with every time in it set to `day`, also in the workbook behind its chart."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return _packed(((name, _dated_part(name, parts.read(name), day)) for name in parts.namelist()), day)


def _dated_part(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return _dated(content, day)
    if name == "docProps/core.xml":
        return _MOMENT.sub(f">{day.isoformat()}T00:00:00Z<".encode(), content)
    return content


def _packed(parts: Iterable[tuple[str, bytes]], day: date) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            package.writestr(entry, content)
    return packed.getvalue()


def _keep_one_layout(deck: Any) -> None:
    master = deck.slide_master
    kept = next(layout for layout in master.slide_layouts if layout.name == "Title Only")
    for layout in [each for each in master.slide_layouts if each is not kept]:
        master.slide_layouts.remove(layout)
    for holder in (master, kept):
        for shape in list(holder.placeholders):
            if shape.element.find(f".//{qn('p:ph')}").get("type") != "title":
                shape.element.getparent().remove(shape.element)
    title = master.placeholders[0]
    title.left, title.top, title.width, title.height = map(Inches, (0.6, 0.9, 12.133, 0.54))
    style = master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("algn", "l")
    style.find(qn("a:defRPr")).attrib.update({"sz": "2600", "b": "1"})


def _drop_leftovers(deck: Any) -> None:
    """Leave out what the template brings along: its thumbnail, printer, guides and history."""
    package = deck.part.package
    unwanted = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.VIEW_PROPS)
    for owner in (package, deck.part):
        for key in [key for key, each in owner._rels.items() if each.reltype in unwanted]:
            owner._rels.pop(key)
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _APPLICATION.encode()


def _paint_theme(deck: Any, palette: Palette) -> None:
    """Give the theme the issuer's colours, so that what an analyst adds matches the rest."""
    relation = next(each for each in deck.slide_master.part.rels.values() if each.reltype.endswith("/theme"))
    colors = {
        "dk1": INK,
        "lt1": WHITE,
        "dk2": palette.strong,
        "lt2": palette.tint,
        "accent1": palette.accent,
        "accent2": palette.strong,
        "accent3": CARD_GREY,
        "accent4": UNKNOWN_GREY,
        "accent5": "0B7A75",
        "accent6": "B5651D",
        "hlink": palette.strong,
        "folHlink": CARD_GREY,
    }
    relation.target_part._blob = themed(relation.target_part.blob, colors)


def themed(theme: bytes, colors: dict[str, str]) -> bytes:
    """The theme with these colours and one safe font."""
    from lxml import etree

    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    root = etree.fromstring(theme)
    root.set("name", "Issuer")
    for name, color in colors.items():
        slot = root.find(f".//{drawing}clrScheme/{drawing}{name}")
        slot.clear()
        etree.SubElement(slot, f"{drawing}srgbClr").set("val", color)
    for kind in ("majorFont", "minorFont"):
        fonts = root.find(f".//{drawing}{kind}")
        fonts.find(f"{drawing}latin").set("typeface", FONT)
        for script in fonts.findall(f"{drawing}font"):
            if script.get("script") in ("Arab", "Hebr", "Viet"):
                script.set("typeface", FONT)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
