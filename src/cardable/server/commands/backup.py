"""`cardable backup`: database and files in one archive, made while the server runs."""

from argparse import Namespace

from cardable.server.commands._setup import data_folder, set_up
from cardable.server.serving import reached


def run(options: Namespace) -> int:
    """Write the archive, sealed where a key is given."""
    data = data_folder(options)
    with reached(data) as url:
        # Before an upgrade the tables are still those of the release before; they are taken as they are.
        set_up(data, url)
        from cardable.server.archives.sealing import key_in
        from cardable.server.archives.writing import noted, words_of, write

        key = key_in(options.key_file) if options.key_file else None
        made = write(options.file, key)
        noted(made, options.file, sealed=key is not None)
        for line in words_of(made, options.file, sealed=key is not None):
            print(line)
    return 0
