"""How a workbook looks: the colour of each section and the formats of its cells."""

from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format as CellFormat

from cardable.language import Speaker
from cardable.reports._format import Format, in_language
from cardable.reports._palette import INK, LINE, MUTED, WHITE, Palette, mixed

_TONES = {
    "spend": "0B6B5F",
    "bills": "4A4E9A",
    "payments": "3B6B1F",
    "terms": "8A5300",
    "expenses": "7A2F63",
    "details": "4B5563",
}
"""Each dark enough for white text; the tone of suppliers is the issuer's own colour."""

FONT = {"font_name": "Calibri", "font_size": 10, "font_color": f"#{INK}", "valign": "vcenter"}


class Style:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook, issuer_color: str, money_digits: int, say: Speaker) -> None:
        self._book, self.money_digits, self.say = book, money_digits, say
        self._tones = {**_TONES, "suppliers": Palette.of(issuer_color).strong}
        self._made: dict[tuple[tuple[str, Any], ...], CellFormat] = {}

    def tone(self, name: str) -> str:
        """The section's colour, as Excel writes it."""
        return f"#{self._tones[name]}"

    def banner(self, tone: str) -> CellFormat:
        return self._format(
            bold=True, font_color=f"#{WHITE}", bg_color=self.tone(tone), font_size=11, indent=1
        )

    def heading(self, tone: str, kind: Format) -> CellFormat:
        return self._format(
            bold=True,
            text_wrap=True,
            valign="top",
            **_aligned(kind),
            bg_color=f"#{mixed(self._tones[tone], WHITE, 0.86)}",
            font_color=f"#{mixed(self._tones[tone], '000000', 0.25)}",
            bottom=2,
            bottom_color=self.tone(tone),
        )

    def value(
        self,
        kind: Format,
        *,
        level: str = "",
        quoted: bool = False,
        lined: bool = True,
        wrapped: bool = False,
        is_first: bool = False,
    ) -> CellFormat:
        """The format of a figure; `level` tells how its row stands out, `is_first` that it names the row."""
        more: dict[str, Any] = {"num_format": self.number_format(kind)}
        if lined:
            more |= {"bottom": 1, "bottom_color": f"#{LINE}"}
        more |= {"align": "left", "text_wrap": True, "indent": 1} if wrapped else _aligned(kind)
        if quoted:
            more["quote_prefix"] = True
        if is_first and level == "method":
            more["indent"] = 3
        return self._format(**more | self._level(level))

    def title(self, size: int) -> CellFormat:
        return self._format(
            bold=True,
            font_color=f"#{WHITE}",
            bg_color=self.tone("suppliers"),
            font_size=size,
            align="left",
            indent=1,
        )

    def heading_of_line(self, tone: str) -> CellFormat:
        """A label to the left of its value."""
        return self._format(
            bold=True,
            bg_color=f"#{mixed(self._tones[tone], WHITE, 0.86)}",
            font_color=f"#{mixed(self._tones[tone], '000000', 0.25)}",
            left=5,
            left_color=self.tone(tone),
            bottom=1,
            bottom_color=f"#{WHITE}",
            indent=1,
        )

    def number_format(self, kind: Format, digits: int | None = None) -> str:
        """How Excel shows the figure to readers of the workbook's language."""
        return in_language(kind.excel(self.money_digits if digits is None else digits), self.say.language)

    def _level(self, level: str) -> dict[str, Any]:
        if level == "category":
            return {"bold": True, "bg_color": "#F3F5F7"}
        if level in ("overall", "total"):
            edge = {
                "top": 2,
                "top_color": self.tone("suppliers"),
                "bottom": 2,
                "bottom_color": self.tone("suppliers"),
            }
            return {"bold": True, "bg_color": f"#{mixed(self._tones['suppliers'], WHITE, 0.90)}", **edge}
        return {}

    @cached_property
    def meaning(self) -> CellFormat:
        return self._format(italic=True, font_color=f"#{MUTED}", text_wrap=True, indent=1)

    def _format(self, **properties: Any) -> CellFormat:
        wanted = {**FONT, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def _aligned(kind: Format) -> dict[str, Any]:
    return {"align": "right" if kind.is_number else "left", "indent": 1}
