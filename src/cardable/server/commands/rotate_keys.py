"""`cardable rotate-keys`: a new key for the secrets that are kept."""

from argparse import Namespace

from cardable.server.commands._setup import at_work


def run(options: Namespace) -> int:
    """Seal every secret with a new key, or with the first one in CARDABLE_KEYS."""
    with at_work(options):
        from cardable.server.rotation import rotate, words_of

        print(words_of(rotate(drop_old=options.drop_old)))
    return 0
