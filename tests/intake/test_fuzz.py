"""No bytes make intake raise, and every file is either read or refused in words."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardable import intake
from tests.intake.making import SAMPLES, archive, parts_of, workbook, xlsb

_MUTANTS = 12
_LIMITS = intake.Limits(memory_bytes=700_000_000, seconds=20)

_TABLE = (
    'Fournisseur;Numéro;Date;Montant\r\nBureau Lumière;F-1;31/01/2026;1 200,50\r\n"Müller; Söhne";F-2;;-3\r\n'
    * 3
)


def _originals(folder: Path) -> dict[str, bytes]:
    workbook(folder / "o.xlsx")
    xlsb(folder / "o.xlsb", [["Bill", "Total"], ["B-1", 12.5]])
    made = {f"{path.suffix[1:]}": path.read_bytes() for path in (folder / "o.xlsx", folder / "o.xlsb")}
    saved = {path.suffix[1:]: path.read_bytes() for path in sorted(SAMPLES.glob("bills.*"))}
    texts = {
        f"{encoding}.csv": _TABLE.encode(encoding)
        for encoding in ("utf-8-sig", "cp1252", "mac_roman", "utf-16")
    }
    html = b"<html><table><tr><th>Bill<td colspan=2>Total</tr><tr><td>B-1<td>1.5</table>"
    return {**made, **saved, **texts, "tsv": _TABLE.replace(";", "\t").encode(), "html.xls": html}


def _repacked(folder: Path, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Workbooks that are sound archives of unsound parts."""
    for suffix in ("xlsx", "xlsb", "ods"):
        source = SAMPLES / "bills.ods" if suffix == "ods" else folder / f"o.{suffix}"
        parts = parts_of(source)
        for name in sorted(parts):
            for mutant in _mutants(parts[name], chance) if parts[name] else ():
                yield suffix, archive(folder / "bent.zip", {**parts, name: mutant}).read_bytes()


def _mutants(content: bytes, chance: random.Random) -> Iterator[bytes]:
    for number in range(_MUTANTS):
        bent = bytearray(content)
        if number % 3 == 0:
            del bent[chance.randrange(len(bent)) :]
        elif number % 3 == 1:
            for _ in range(chance.choice((1, 8, 64))):
                bent[chance.randrange(len(bent))] = chance.choice((0, 10, 34, 60, 255, chance.randrange(256)))
        else:
            start = chance.randrange(len(bent))
            piece = bent[start : start + chance.randrange(1, 200)]
            bent[start:start] = piece * chance.choice((1, 2, 50))
        yield bytes(bent)


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> tuple[intake.FileReading, ...]:
    folder = tmp_path_factory.mktemp("fuzz")
    chance = random.Random(20_26)
    bent = [
        (suffix, mutant)
        for suffix, content in _originals(folder).items()
        for mutant in _mutants(content, chance)
    ]
    paths = []
    for number, (suffix, mutant) in enumerate([*bent, *_repacked(folder, chance)]):
        paths.append(folder / f"{number}.{suffix}")
        paths[-1].write_bytes(mutant)
    return intake.read(paths, folder / "work", limits=_LIMITS)


def test_every_file_is_read_or_refused_in_words(readings: tuple[intake.FileReading, ...]) -> None:
    for reading in readings:
        if reading.refusal is None:
            assert reading.tables
        else:
            assert reading.refusal.file == reading.file
            assert reading.refusal.message.count(".") >= 2


def test_no_fault_is_ours(readings: tuple[intake.FileReading, ...]) -> None:
    """Damage is told as such: `UNREADABLE` stands for what nobody thought of."""
    codes = {reading.refusal.code for reading in readings if reading.refusal}
    assert codes.isdisjoint({"REFUSED_UNREADABLE", "REFUSED_TIME"})


def test_text_is_hardly_ever_refused(readings: tuple[intake.FileReading, ...]) -> None:
    texts = [reading for reading in readings if reading.file.endswith((".csv", ".tsv"))]
    assert sum(reading.refusal is None for reading in texts) > 0.75 * len(texts)
