"""Delimited text becomes a grid with every row and every field."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardable.intake import Grid, Limits
from cardable.intake.files import Refused, blocks, grids
from cardable.intake.files.grid_writer import OUTER_BLANKS
from tests.intake.making import ORDINARY

BILLS = "Bill;Supplier;Total\nB-1;Bureau Lumière;1.200,50\nB-2;Müller & Söhne;-3\n"


def grid_of(content: bytes | str, folder: Path, limits: Limits = ORDINARY, name: str = "bills.csv") -> Grid:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (grid,) = grids(path, folder / "grid.parquet", limits)
    return grid


def rows_of(grid: Grid) -> list[list[str | None]]:
    """What the Parquet file holds, after checking that its rows are numbered from 1 on."""
    row, *columns = pq.read_table(grid.data).to_pydict().values()
    assert row == list(range(1, grid.rows + 1))
    return [list(cells) for cells in zip(*columns, strict=True)]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "mac_roman", "cp850"],
)
def test_the_encoding_is_found(encoding: str, tmp_path: Path) -> None:
    grid = grid_of(BILLS.encode(encoding), tmp_path)
    assert grid.encoding == encoding
    assert grid.head[1:] == (("B-1", "Bureau Lumière", "1.200,50"), ("B-2", "Müller & Söhne", "-3"))


def test_plain_ascii_is_said_to_be_so(tmp_path: Path) -> None:
    assert grid_of("a,b\n1,2\n", tmp_path).encoding == "ascii"


def test_text_that_is_utf8_but_for_a_few_bytes_stays_utf8(tmp_path: Path) -> None:
    grid = grid_of(("é;ü\n" * 20).encode() + b"caf\xe9;x\n", tmp_path)
    assert (grid.encoding, grid.head[-1]) == ("utf-8", ("café", "x"))


def test_nul_bytes_are_dropped(tmp_path: Path) -> None:
    assert rows_of(grid_of(b"Bill,Total\nB-1,1\x002\n" + b"B-2,3\n" * 20, tmp_path))[1] == ["B-1", "12"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_found(delimiter: str, line_end: str, tmp_path: Path) -> None:
    lines = ["Bill;Date;Amount due", "B-1;2026-01-31;1.5", "B-2;;", ";;x"]
    grid = grid_of(line_end.join(lines).replace(";", delimiter), tmp_path)
    assert grid.delimiter == delimiter
    assert rows_of(grid)[1:] == [["B-1", "2026-01-31", "1.5"], ["B-2", None, None], [None, None, "x"]]


def test_decimal_commas_do_not_pass_for_the_delimiter(tmp_path: Path) -> None:
    assert grid_of("Name;Total\n" + "Acme;12,50\n" * 9, tmp_path).delimiter == ";"


def test_a_file_may_say_its_delimiter(tmp_path: Path) -> None:
    grid = grid_of("sep=|\na|b,c\n1|2,3\n", tmp_path)
    assert (grid.delimiter, rows_of(grid)[1]) == ("|", ["a", "b,c"])


def test_text_without_a_delimiter_is_one_column(tmp_path: Path) -> None:
    grid = grid_of("Supplier\nAcme Inc\n\nBright Signs\n", tmp_path)
    assert (grid.delimiter, rows_of(grid)) == (None, [["Supplier"], ["Acme Inc"], [None], ["Bright Signs"]])


def test_titles_and_blank_lines_keep_their_place(tmp_path: Path) -> None:
    rows = rows_of(grid_of("Open bills\n\nBill,Date,Total\nB-1,x,1\n\nB-2,y,2\n", tmp_path))
    assert [row[0] for row in rows] == ["Open bills", None, "Bill", "B-1", None, "B-2"]


def test_rows_with_too_many_or_too_few_fields_are_kept_whole(tmp_path: Path) -> None:
    rows = rows_of(grid_of("a,b\n1,2\n3\n4,5,6,7\n8,9\n", tmp_path))
    assert rows[2:4] == [["3", None, None, None], ["4", "5", "6", "7"]]


def test_quoted_fields_may_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    rows = rows_of(grid_of('a,b\n"x,y","say ""hi"""\n"two\r\nlines",z\n', tmp_path))
    assert rows[1:] == [["x,y", 'say "hi"'], ["two\r\nlines", "z"]]


@pytest.mark.parametrize("stray", ['1,"2 inch,c,d', '1,b,"c,d', '1,b,c,"d'])
def test_a_stray_quote_swallows_no_row(stray: str, tmp_path: Path) -> None:
    below = ["2,x,y,z"] * 300 + ['3,"quoted, well",y,z', "4,x,y,z"]
    rows = rows_of(grid_of("\n".join(["a,b,c,d", stray, *below]), tmp_path))
    assert len(rows) == 304
    assert rows[302] == ["3", "quoted, well", "y", "z"]


def test_outer_blanks_of_every_kind_are_trimmed(tmp_path: Path) -> None:
    assert rows_of(grid_of("a,b\n \u00a0x y\u3000,\u200b \t\n", tmp_path))[1] == ["x y", None]


def test_a_file_of_blanks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="The file is empty"):
        grid_of(b"\n \r\n\t\n", tmp_path)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(rows=5), "more than 5 rows"),
        (Limits(cells=11), "more than 11 cells"),
        (Limits(columns=1), "more than 1 columns"),
    ],
)
def test_a_table_over_a_limit_is_refused(limits: Limits, said: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=said):
        grid_of("a,b\n" * 6, tmp_path, limits)


def test_one_row_far_too_wide_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="more than 2,000 columns"):
        grid_of("a,b\n" * 9 + "," * 200_000, tmp_path)


def test_the_sample_is_spread_over_all_rows_below_the_head(tmp_path: Path) -> None:
    grid = grid_of("\n".join(f"{n},x" for n in range(50_000)), tmp_path)
    places = [int(row[0] or 0) for row in grid.sample]
    assert len(grid.head) == 150
    assert len(places) == 2000
    assert max(b - a for a, b in zip([99, *places], [*places, 50_000], strict=True)) < 60


def test_cells_that_hold_text_are_counted(tmp_path: Path) -> None:
    assert [kinds["text"] for kinds in grid_of("a,b\n1,\n2,3\n", tmp_path).natives] == [3, 2]


cells = st.text(st.sampled_from(list("ab1 ,;\"'\t\né£\u00a0株#-.")), max_size=4)
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=40)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=120, deadline=None)
@given(tables, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_what_was_written_is_read_however_it_is_cut(
    folder: Path, table: list[list[str]], line_end: str, quoting: int
) -> None:
    """Whole blocks go through Arrow and irregular ones by hand; cuts of 64 bytes mix the two at will."""
    text = io.StringIO(newline="")
    header = [f"Header {n}" for n in range(len(table[0]))]
    csv.writer(text, lineterminator=line_end, quoting=quoting).writerows([header, *table])  # type: ignore[arg-type]
    expected = [[cell.strip(OUTER_BLANKS) or None for cell in row] for row in table]
    content = "sep=,\n" + text.getvalue()
    with pytest.MonkeyPatch.context() as patch:
        for first, block in ((64 << 10, 16 << 20), (64, 64)):
            patch.setattr(blocks, "_FIRST", first)
            patch.setattr(blocks, "_BLOCK", block)
            assert rows_of(grid_of(content, folder))[2:] == expected
