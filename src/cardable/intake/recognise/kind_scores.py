"""Points for each kind of table, and what a title or a file's name says of the kind."""

from dataclasses import dataclass, field
from functools import lru_cache
from math import exp

from cardable.intake.recognise.headers import understood
from cardable.intake.recognise.lexicon import senses
from cardable.intake.words import tokens

GUESSED = ("suppliers", "bills", "payments", "expenses", "other")


@dataclass
class KindScores:
    """Points for each kind, and the words that earned them."""

    points: dict[str, float] = field(default_factory=lambda: dict.fromkeys(GUESSED, 0.0))
    reasons: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, points: float, reason: str) -> None:
        self.points[kind] += points
        if points >= 0.8:
            self.reasons.setdefault(kind, []).append(reason)

    @property
    def best(self) -> str:
        return max(GUESSED, key=lambda kind: self.points[kind])

    def confidence(self, kind: str) -> float:
        """How sure the kind is, by how far it leads the next."""
        rest = max(value for other, value in self.points.items() if other != kind)
        return 1 / (1 + exp(-1.6 * (self.points[kind] - rest) - 0.4))

    def reason(self, kind: str) -> str:
        return ", ".join(dict.fromkeys(self.reasons.get(kind, [])))


@lru_cache(maxsize=500)
def hinted(text: str) -> dict[str, float]:
    """What a title says: “Suppliers”, “AP invoices”, “Purchase card spend”."""
    exact = " ".join(word for word in tokens(text) if word in senses())
    concepts = understood(exact, ()).concepts
    found: dict[str, float] = {}
    if concepts & {"invoice", "due"}:
        found["bills"] = 1.0
    if concepts & {"payment", "cheque"}:
        found["payments"] = 1.0
    if concepts & {"expense", "card", "claim", "merchant"}:
        found["expenses"] = 1.0
    if "supplier" in concepts and not found:
        found["suppliers"] = 1.0
    if concepts & {"journal", "customer", "person", "budget"} and "expenses" not in found:
        found["other"] = 1.0
    return {kind: 1.0 / len(found) for kind in found}
