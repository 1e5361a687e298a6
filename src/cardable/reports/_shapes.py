"""Native shapes for a slide: text, panels, pictures and tables, each named and described."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Length, Pt

from cardable.language import Speaker
from cardable.reports._measure import is_right_to_left

ACCENT, STRONG = MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.ACCENT_2
CARD, UNKNOWN = MSO_THEME_COLOR.ACCENT_3, MSO_THEME_COLOR.ACCENT_4
INK, TINT = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.BACKGROUND_2
Color = MSO_THEME_COLOR | str
"""A colour of the theme, or `RRGGBB`."""

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Box:
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        left, top, width, height = map(Inches, (self.left, self.top, self.width, self.height))
        return left, top, width, height


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look."""

    text: str
    size: float
    color: Color = INK
    bold: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph: its runs, alignment and the space before it in points."""

    runs: tuple[Run, ...]
    align: PP_ALIGN = PP_ALIGN.LEFT
    before: float = 0


def text_box(
    slide: Any, name: str, box: Box, lines: Sequence[Line], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP
) -> Any:
    """A text box without borders whose description is its own text."""
    shape = slide.shapes.add_textbox(*box.emu)
    _named(shape, name, " ".join("".join(run.text for run in line.runs) for line in lines))
    fill_text(shape.text_frame, lines, anchor=anchor)
    return shape


def panel(
    slide: Any, name: str, box: Box, color: Color, lines: Sequence[Line] = (), *, margin: float = 0.2
) -> Any:
    """A filled rectangle with text in the middle of it."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    paint(shape.fill, color)
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))
    _named(shape, name, " ".join("".join(run.text for run in line.runs) for line in lines))
    fill_text(shape.text_frame, lines, anchor=MSO_ANCHOR.MIDDLE, margin=margin)
    return shape


def band(slide: Any, name: str, box: Box, color: Color) -> Any:
    """A filled rectangle that only decorates."""
    shape = panel(slide, name, box, color)
    _named(shape, name, "")
    shape._element.nvSpPr.cNvPr.append(parse_xml(_DECORATIVE))
    return shape


def fill_text(
    frame: Any, lines: Sequence[Line], *, anchor: MSO_ANCHOR = MSO_ANCHOR.TOP, margin: float = 0.0
) -> None:
    """Put the paragraphs into a text frame, replacing what it held."""
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = Inches(margin)
    frame.margin_top = frame.margin_bottom = Inches(0)
    for index, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
        _fill_paragraph(paragraph, line)


def _fill_paragraph(paragraph: Any, line: Line) -> None:
    paragraph.alignment = line.align
    paragraph.space_before = Pt(line.before)
    if is_right_to_left("".join(run.text for run in line.runs)):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    for run in line.runs:
        part = paragraph.add_run()
        part.text = run.text
        part.font.size, part.font.bold = Pt(run.size), run.bold
        part._r.get_or_add_rPr().set("lang", "en-US")
        _paint_font(part.font, run.color)


def _paint_font(font: Any, color: Color) -> None:
    if isinstance(color, str):
        font.color.rgb = _rgb(color)
    else:
        font.color.theme_color = color


def paint(fill: Any, color: Color) -> None:
    """Fill a shape, bar or cell with one colour."""
    fill.solid()
    if isinstance(color, str):
        fill.fore_color.rgb = _rgb(color)
    else:
        fill.fore_color.theme_color = color


def _rgb(color: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(color))  # type: ignore[no-untyped-call]


def _named(shape: Any, name: str, description: str) -> None:
    shape.name = name
    describe(shape, description)


def speak(slide: Any, say: Speaker) -> None:
    """Name the shapes in the language, and have all text spelled and read out in it."""
    tongue, _, country = say.language.partition("-")
    for shape in slide.shapes:
        shape.name = say(shape.name)
    for properties in slide._element.iter(qn("a:rPr"), qn("a:endParaRPr")):
        properties.set("lang", f"{tongue}-{country.upper()}")


def describe(shape: Any, description: str) -> None:
    """Set the text a screen reader speaks for the shape."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", description)


@dataclass(frozen=True)
class TableColumn:
    """A column of a slide's table: heading, width and the gap before it in inches, alignment."""

    heading: str
    width: float
    align: PP_ALIGN = PP_ALIGN.LEFT
    gap: float = 0.06


@dataclass(frozen=True)
class TableLook:
    """The sizes of a slide's table: points of its text, inches of its rows."""

    size: float = 12
    heading_size: float = 10.5
    heading_height: float = 0.46
    row_height: float = 0.5


def table(
    slide: Any,
    name: str,
    place: tuple[float, float],
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str]],
    look: TableLook,
) -> Any:
    """A native table with hairlines between rows and nothing else."""
    wide = sum(column.width for column in columns)
    tall = look.heading_height + look.row_height * len(rows)
    frame = slide.shapes.add_table(len(rows) + 1, len(columns), *Box(*place, wide, tall).emu)
    _named(frame, name, name)
    made = frame.table
    made._tbl.tblPr.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    made.horz_banding = False
    for index, column in enumerate(columns):
        made.columns[index].width = Inches(column.width)
        _cell(
            made.cell(0, index),
            Run(column.heading, look.heading_size, STRONG, True),
            column,
            rule=(STRONG, 1.5),
        )
    made.rows[0].height = Inches(look.heading_height)
    for number, row in enumerate(rows, start=1):
        made.rows[number].height = Inches(look.row_height)
        for index, value in enumerate(row):
            run = Run(value, look.size, INK, index == 0)
            _cell(made.cell(number, index), run, columns[index], rule=(UNKNOWN, 0.75))
    return frame


def _cell(cell: Any, run: Run, column: TableColumn, *, rule: tuple[MSO_THEME_COLOR, float]) -> None:
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left, cell.margin_right = Inches(column.gap), Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    _fill_paragraph(cell.text_frame.paragraphs[0], Line((run,), column.align))
    color, points = rule
    scheme = {STRONG: "accent2", UNKNOWN: "accent4"}[color]
    properties = cell._tc.get_or_add_tcPr()
    properties.insert(
        0,
        parse_xml(
            f'<a:lnB xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            f'w="{int(points * 12700)}"><a:solidFill><a:schemeClr val="{scheme}"/></a:solidFill></a:lnB>'
        ),
    )
