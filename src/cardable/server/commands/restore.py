"""`cardable restore`: an archive verified, and put in the place of what there is."""

from argparse import Namespace
from pathlib import Path

from cardable.server.commands._setup import data_folder, set_up
from cardable.server.serving import held, started


def run(options: Namespace) -> int:
    """Verify the archive whole, then put it back; nothing is touched before."""
    data = data_folder(options)
    if options.check:
        # Nothing but the file is looked at, so no database need run.
        set_up(data, "postgresql://nobody@/nothing")
        return _check(options.file, options.key_file)
    with held(data), started(data) as (url, _):
        set_up(data, url)
        return _restore(options.file, options.key_file, replace=options.replace)


def _check(file: Path, key_file: Path | None) -> int:
    from cardable.server.archives.reading import verified
    from cardable.server.archives.sealing import key_in

    archive = verified(file, key_in(key_file) if key_file else None)
    print(f"{file} is whole: {archive.words}.")
    return 0


def _restore(file: Path, key_file: Path | None, *, replace: bool) -> int:
    from django.db import connections

    from cardable.server.archives.reading import missing_files, need_room, restore, verified
    from cardable.server.archives.sealing import key_in
    from cardable.server.database import migrate

    try:
        archive = verified(file, key_in(key_file) if key_file else None)
        migrate()
        need_room(replace=replace)
        restore(archive)
        lost = missing_files()
    finally:
        connections.close_all()
    print(f"Restored {archive.words}. Everybody signs in again.")
    if lost:
        print(f"{len(lost)} files that the tables name were not in the archive, as {lost[0]}.")
    return 0
