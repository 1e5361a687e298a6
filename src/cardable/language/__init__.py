"""The languages people read Cardable in, and how each writes sentences, numbers and days.

Sentences are written in English where they arise: `said("{rows} rows were left out.", rows=3)`. Whoever
shows one asks a `Speaker` for it in the reader's language; a sentence that was kept in English is found
again by its pattern.
"""

from cardable.language.sentences import noted, said, said_many
from cardable.language.speaker import ASKED, ENGLISH, LANGUAGES, Speaker, speaker

__all__ = ["ASKED", "ENGLISH", "LANGUAGES", "Speaker", "noted", "said", "said_many", "speaker"]
