"""How a file's text is encoded, from its bytes alone."""

import codecs
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pyarrow as pa

from cardable.intake.files.alphabets import ANY_WESTERN, LANGUAGES, MULTIBYTE, OLD
from cardable.intake.refusals import Refused

_BLOCK: Final = 4 << 20
_EVIDENCE: Final = 8_000

_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

_BETWEEN_LETTERS: Final = "’‘'`´-·–—\xad"
_TYPOGRAPHIC: Final = "–—‘’“”„…•€£¥°ºª§«»¿¡™®©·´№，。：；（）、！？“”《》【】－\xa0\u3000"
_WORDS_OF_ONE_LETTER: Final = "àéóèúíyаиоувскяÀÉÓÈÚÍ"


def marked(head: bytes) -> str | None:
    """The encoding a byte-order mark names, if there is one; UTF-16 also where every second byte is NUL."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < len(head) // 4 or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def encoding_of(path: Path) -> tuple[str, bool]:
    """The encoding as Python names it, and whether the file is sound UTF-8 without NUL bytes as it is."""
    with path.open("rb") as file:
        mark = marked(file.read(4096))
    if mark and mark != "utf-8-sig":
        return mark, False
    ascii_only, utf8, nuls, evidence = _scanned(path)
    if utf8:
        return mark or ("ascii" if ascii_only else "utf-8"), not nuls
    return (mark or "utf-8" if _mostly_utf8(evidence) else guessed(evidence)), False


def _scanned(path: Path) -> tuple[bool, bool, bool, bytes]:
    """Whether all is ASCII, all is UTF-8, any byte is NUL; and the first lines that are not ASCII."""
    block, evidence = bytearray(_BLOCK), bytearray()
    ascii_only, utf8, nuls, rest = True, True, False, b""
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(block):
            if size < _BLOCK:
                del block[size:]
            if block.find(0) >= 0:
                nuls = True
                _check_nuls(block)
            if rest or not block.isascii():
                ascii_only = False
                _gather(block, evidence)
                utf8, rest = _continues_utf8(rest + block) if utf8 else (False, b"")
            block += bytes(_BLOCK - len(block))
    return ascii_only, utf8 and not rest, nuls, bytes(evidence)


def _check_nuls(block: bytearray) -> None:
    """Some NUL bytes are noise; a whole block of them is a file that was never written to its end."""
    if len(block) == _BLOCK and block.count(0) > _BLOCK // 2:
        raise Refused("DAMAGED")


def _continues_utf8(block: bytes) -> tuple[bool, bytes]:
    """Whether a block is UTF-8 but for a character cut off at its end; and that end."""
    end = len(block)
    while end > len(block) - 4 and end and block[end - 1] & 0xC0 == 0x80:
        end -= 1
    cut = end - 1 if end and block[end - 1] >= 0xC0 else len(block)
    try:
        pa.array([block[:cut]], pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return False, b""
    return True, block[cut:] if len(block) - cut < 4 else b""


def _gather(block: bytearray, evidence: bytearray) -> None:
    if len(evidence) >= _EVIDENCE:
        return
    for line in block.replace(b"\r", b"\n").split(b"\n"):
        if not line.isascii():
            evidence += line[:500] + b"\n"
            if len(evidence) >= _EVIDENCE:
                return


def _mostly_utf8(evidence: bytes) -> bool:
    """Whether the text is UTF-8 with a few bytes from elsewhere, as in files put together from several."""
    text = evidence.decode("utf-8", "surrogateescape")
    foreign = sum("\udc80" <= letter <= "\udcff" for letter in text)
    valid = sum(letter > "\x7f" for letter in text) - foreign
    return valid >= 5 * foreign


def guessed(evidence: bytes) -> str:
    """The encoding under which the lines read most like a language people write."""
    lone_returns = b"\r" in evidence and b"\n" not in evidence
    return likeliest(evidence, first="mac_roman" if lone_returns else "cp1252")


def likeliest(evidence: bytes, *, first: str = "cp1252") -> str:
    """As `guessed`; where two encodings read equally well, `first` and then the commoner."""
    best, best_score = "cp1252", -9.0
    read = set()
    for encoding in sorted(LANGUAGES, key=lambda each: each != first):
        text = _read(evidence, encoding)
        if text is None or text in read:
            continue
        read.add(text)
        score = _score(text, encoding)
        if score > best_score + 0.01:
            best, best_score = encoding, score
    return best


def _read(evidence: bytes, encoding: str) -> str | None:
    if encoding in MULTIBYTE and not _in_pairs(evidence):
        return None
    text = evidence.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    tolerated = len(text) // 2000 if encoding in MULTIBYTE else sum(c > "\x7f" for c in text) // 50
    return text if wrong <= tolerated else None


def _in_pairs(evidence: bytes) -> bool:
    """Whether high bytes mostly stand next to each other, as in scripts of two bytes a character."""
    high = [byte > 0x7F for byte in evidence]
    alone = sum(
        here and not before and not after
        for before, here, after in zip([False, *high[:-1]], high, [*high[1:], False], strict=True)
    )
    return alone * 5 < sum(high)


def _score(text: str, encoding: str) -> float:
    """How much the characters beyond ASCII are letters of one language, where letters are expected."""
    beyond = [place for place, letter in enumerate(text) if letter > "\x7f"]
    in_place = sum(_in_place(text, place) for place in beyond)
    letters = Counter(text[place] for place in beyond if text[place].isalpha())
    best = max(
        sum(weights.get(letter, -0.3) * n for letter, n in letters.items()) for weights in _weights(encoding)
    )
    return (in_place + best) / max(len(beyond), 1) - (0.25 if encoding in OLD else 0.0)


@cache
def _weights(encoding: str) -> tuple[dict[str, float], ...]:
    """For each language of an encoding, what its letters count; in long alphabets the rarer ones less."""
    frequent = 2000 if encoding in MULTIBYTE else 16
    languages = [
        {
            form: 1.0 if place < frequent else 0.6
            for place, each in enumerate(letters)
            for form in (each, each.upper())
        }
        for letters in LANGUAGES[encoding].values()
    ]
    western = encoding in ("cp1252", "mac_roman", "cp850")
    return (*languages, dict.fromkeys(ANY_WESTERN, 0.9)) if western else tuple(languages)


def _in_place(text: str, place: int) -> float:
    """What speaks for a character, or against it, where it stands."""
    letter = text[place]
    before, after = text[max(place - 1, 0) : place], text[place + 1 : place + 2]
    if letter.isalpha():
        two_before = text[max(place - 2, 0) : place]
        if letter.islower() and len(two_before) == 2 and two_before.isalpha() and two_before.isupper():
            return -0.8
        return _letter_in_place(letter, before, after)
    if before.isalpha() and after.isalpha():
        return 1.0 if letter in _BETWEEN_LETTERS else -1.0
    if letter in _TYPOGRAPHIC:
        return 0.8
    strange = "\x80" <= letter < "\xa0" or letter == "\ufffd" or "\ue000" <= letter < "\uf900"
    return -1.5 if strange else -0.5


def _letter_in_place(letter: str, before: str, after: str) -> float:
    if letter >= "\u2e80":
        return 0.0
    beside = before.isalpha() or after.isalpha()
    if letter >= "\u0370" and any("A" <= each.upper() <= "Z" for each in (before, after)):
        return -1.0
    if before.islower() and (letter.isupper() or after.isupper()):
        return -0.8
    if before.isalpha() and letter.isupper() and after.islower():
        return -0.8
    if not beside:
        return -0.2 if letter in _WORDS_OF_ONE_LETTER and not (before + after).strip() else -0.8
    return 0.0
