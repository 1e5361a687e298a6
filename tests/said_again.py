"""Whether the library's sentences are said again in French, whole."""

import re
from collections.abc import Iterable

from cardable.language import speaker

_FRENCH = speaker("fr-ca")
_QUOTATION = re.compile(r"«[^»]*»")
_ENGLISH = re.compile(
    r"\b(?:the|is|are|was|were|it|its|of|and|which|what|with|without|not|this|that|there|bring|bills?|header"
    r"|values|amounts?|suppliers?|payments?|currency|in|a date)\b",
    re.IGNORECASE,
)


def left_in_english(sentences: Iterable[str]) -> list[str]:
    """The sentences that stay English, or keep some of it outside of what is quoted."""
    said = {sentence: _FRENCH.again(sentence) for sentence in sentences if sentence}
    return sorted(
        f"{sentence} | {words}"
        for sentence, words in said.items()
        if words == sentence or "“" in words or _ENGLISH.search(_QUOTATION.sub("", words))
    )
