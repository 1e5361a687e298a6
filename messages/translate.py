"""Puts translations from a table into the catalogs: python -m messages.translate LANGUAGE FILE.json.

The file holds an object: each message (of several forms: the singular; with a context: `context|message`) to
its translation, or to the list of its forms. What no catalog asks for is named and left out.
"""

import json
import sys
from pathlib import Path

from messages.catalogs import compiled, kept, path_of, sorted_out, written
from messages.extraction import messages


def main() -> None:
    language, table = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))
    used = set()
    for folder in sorted_out(messages()):
        catalog = kept(folder, language)
        for entry in catalog:
            key = entry.id[0] if isinstance(entry.id, list | tuple) else entry.id
            key = f"{entry.context}|{key}" if entry.context else key
            if key and key in table:
                said = table[key]
                entry.string = tuple(said) if isinstance(said, list) else said
                used.add(key)
        path_of(folder, language).write_bytes(written(catalog))
        path_of(folder, language, "mo").write_bytes(compiled(catalog))
    for key in sorted(set(table) - used):
        print(f"Not asked for: {key}")


if __name__ == "__main__":
    main()
