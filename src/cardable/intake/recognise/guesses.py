"""What a column's cells alone suggest it is."""

from cardable.intake.recognise.evidence import has_decimals, is_date, is_number
from cardable.intake.recognise.profile import Profile


def guesses(seen: Profile) -> dict[str, float]:
    """What the cells alone suggest, where no header says anything."""
    if seen.is_empty:
        return {}
    found = {use: score for name, use, least, score in _TELLING if seen[name] >= least}
    if is_date(seen):
        return {"issue_date": 0.5, "payment_date": 0.5, "due_date": 0.2}
    if has_decimals(seen):
        found["amount"] = 0.55
        found["net_amount"] = found["tax_amount"] = 0.3
    elif not is_number(seen) and seen["letters"] >= 0.6 and seen.words >= 1.2:
        found |= _text_guesses(seen)
    return found


def _text_guesses(seen: Profile) -> dict[str, float]:
    company = min(0.6, 0.3 + seen["legal"])
    return {"supplier_name": company, "description": min(0.5, 0.15 + 0.06 * seen.words)}


_TELLING = (
    ("email", "email", 0.7, 0.85),
    ("iban", "iban", 0.8, 0.95),
    ("currency", "currency", 0.9, 0.8),
    ("url", "web_link", 0.8, 0.5),
    ("method", "payment_method", 0.8, 0.55),
    ("country", "country", 0.9, 0.45),
    ("status", "status", 0.9, 0.5),
)
