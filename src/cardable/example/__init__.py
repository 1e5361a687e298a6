"""Harbor Foods, the worked example: a group of two small companies, as the files they would send."""

from importlib.resources import files
from pathlib import Path

__all__ = ["write_example"]


def write_example(folder: Path) -> tuple[Path, ...]:
    """Write the example's files into the folder, which is made if need be; their paths in order."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = files("cardable.example") / "harbor_foods"
    written = []
    for source in sorted(kept.iterdir(), key=lambda each: each.name):
        if source.name.endswith(".csv"):
            target = folder / source.name
            target.write_bytes(source.read_bytes())
            written.append(target)
    return tuple(written)
