"""Numbers as people write them, as SQL expressions over a text cell."""

from cardable.records import text_literal

MONEY = "DECIMAL(18,4)"
RATE = "DECIMAL(18,9)"

_SPACES = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DROPPED = _SPACES + "'\u2019\u2018\u00b4\u02bc`_·"
_FROM = "−–—‐‑‒﹣－０１２３４５６７８９．，（）＋"
_TO = "--------0123456789.,()+"

_CODES = [
    "AED",
    "ARS",
    "AUD",
    "BAM",
    "BGN",
    "BHD",
    "BOB",
    "BRL",
    "BYN",
    "CAD",
    "CHF",
    "CLP",
    "CNH",
    "CNY",
    "COP",
    "CRC",
    "CZK",
    "DKK",
    "DOP",
    "EGP",
    "EUR",
    "GBP",
    "GEL",
    "GHS",
    "GTQ",
    "HKD",
    "HNL",
    "HRK",
    "HUF",
    "IDR",
    "ILS",
    "INR",
    "ISK",
    "JMD",
    "JOD",
    "JPY",
    "KES",
    "KRW",
    "KWD",
    "KZT",
    "LKR",
    "MAD",
    "MKD",
    "MUR",
    "MXN",
    "MYR",
    "NAD",
    "NGN",
    "NIO",
    "NOK",
    "NZD",
    "OMR",
    "PAB",
    "PEN",
    "PHP",
    "PKR",
    "PLN",
    "PYG",
    "QAR",
    "RMB",
    "RON",
    "RSD",
    "RUB",
    "SAR",
    "SEK",
    "SGD",
    "THB",
    "TND",
    "TRY",
    "TTD",
    "TWD",
    "TZS",
    "UAH",
    "UGX",
    "USD",
    "UYU",
    "VND",
    "XAF",
    "XOF",
    "ZAR",
    "ZMW",
]
_WORDS = r"kr\.?|zł|zl|kč|kc|ft|lei|fr\.|rs\.?|元|円|圆|лв\.?|руб\.?|р\."
CURRENCY_MARK = rf"(?i)(?:[a-z]{{1,3}}\$|\$[bu]|u\$s|{'|'.join(_CODES)}|\p{{Sc}}|{_WORDS})"
"""A currency code or sign beside a number."""

_GROUPED = {
    ".": r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)?(?:\.\d*)?",
    ",": r"(?:\d{1,3}(?:\.\d{2,3})*\.\d{3}|\d+)?(?:,\d*)?",
}


def plain(cell: str, decimal_mark: str | None, kind: str = MONEY) -> str:
    """The cell as a decimal where it is but digits, a sign in front and one decimal mark."""
    if decimal_mark == ",":
        return f"case when not contains({cell}, '.') then try_cast(replace({cell}, ',', '.') as {kind}) end"
    return f"try_cast({cell} as {kind})"


def rich(cell: str, decimal_mark: str | None, kind: str = MONEY) -> str:
    """The cell as a decimal, whatever thousands, currencies and signs it is written with."""
    if decimal_mark in (".", ","):
        return _rich(cell, decimal_mark, kind)
    return f"coalesce({_rich(cell, '.', kind)}, {_rich(cell, ',', kind)})"


def currency_mark(cell: str) -> str:
    """The currency sign or code written beside the number, if there is one."""
    return (
        f"case when {cell} is not null and try_cast({cell} as DOUBLE) is null "
        f"then nullif(regexp_extract({cell}, {text_literal(CURRENCY_MARK)}), '') end"
    )


def is_blank(cell: str) -> str:
    """Whether the cell stands for no value: dashes, a slash, "n/a"."""
    return (
        f"regexp_full_match(lower({cell}), '[-–—−/.*#\\s]+|n/?a|n\\.a\\.|null|none|nil|nan|k\\.a\\.|s/d|tbd')"
    )


def is_too_large(cell: str) -> str:
    """Whether the cell is a number, but one of more digits than an amount can have."""
    return f"regexp_full_match({_bare(cell)}, '[-+(]*[0-9][0-9.,]{{13,}}[-+)%]*')"


def _bare(cell: str) -> str:
    text = f"translate({cell}, {text_literal(_FROM + _DROPPED)}, {text_literal(_TO)})"
    without = f"regexp_replace({text}, {text_literal(CURRENCY_MARK)}, '', 'g')"
    return f"regexp_replace({without}, '[.,]-+$', '')"  # "25,-" is twenty-five


def _rich(cell: str, mark: str, kind: str) -> str:
    bare = _bare(cell)
    shape = rf"(?i)[-+(]*{_GROUPED[mark]}[-+)%]*(?:CR|DR)?\.?[)]*"
    digits = f"regexp_extract({bare}, '[0-9][0-9.,]*|[.,][0-9]+')"
    plain = f"replace({digits}, ',', '')" if mark == "." else f"replace(replace({digits}, '.', ''), ',', '.')"
    negative = f"regexp_matches({bare}, '(?i)[-(]|cr\\.?$')"
    return (
        f"case when regexp_full_match({bare}, {text_literal(shape)}) "
        f"and regexp_matches({cell}, '[0-9０-９]') "
        f"then try_cast(case when {negative} then '-' else '' end || {plain} as {kind}) end"
    )
