"""Harbor Foods, the worked example: a group of two small companies, as the files they would send."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

__all__ = ["example_files", "write_example"]


def example_files() -> Mapping[str, bytes]:
    """What is in each of the example's files, by name, in order."""
    kept = files("cardable.example") / "harbor_foods"
    found = sorted(kept.iterdir(), key=lambda each: each.name)
    return {each.name: each.read_bytes() for each in found if each.name.endswith(".csv")}


def write_example(folder: Path) -> tuple[Path, ...]:
    """Write the example's files into the folder, which is made if need be; their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in example_files().items():
        target = folder / name
        target.write_bytes(content)
        written.append(target)
    return tuple(written)
