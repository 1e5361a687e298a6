"""Brings the catalogs up to date with the code and compiles them: python -m messages."""

from messages.catalogs import TRANSLATED, compiled, kept, path_of, renewed, sorted_out, written
from messages.extraction import ROOT, messages


def main() -> None:
    for folder, found in sorted(sorted_out(messages()).items()):
        for language in TRANSLATED:
            path = path_of(folder, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written(renewed(folder, language, found)))
            catalog = kept(folder, language)
            path_of(folder, language, "mo").write_bytes(compiled(catalog))
            lacking = sum(not all(_strings(each.string)) for each in catalog if each.id)
            print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {lacking} to translate")


def _strings(said: object) -> list[str]:
    return list(said) if isinstance(said, list | tuple) else [str(said or "")]


if __name__ == "__main__":
    main()
