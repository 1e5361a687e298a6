"""Measures Cardable and its peers and writes the speed page: python -m bench."""

import argparse
import sys
from pathlib import Path

from bench import companies
from bench.cases import CASES, growth, take
from bench.page import page
from bench.results import Results

ROOT = Path(__file__).parents[1]
DATA = ROOT / "bench" / "data"
PAGE = ROOT / "docs" / "reference" / "speed.md"
KEYS = (*(case.key for case in CASES), "growth", "companies")


def main() -> None:
    chosen = _options()
    results = Results(DATA / "results.json")
    for case in CASES:
        if case.key in chosen.only:
            _say(f"{case.key}: {case.work}")
            results.keep(case.key, take(case, DATA, chosen.runs))
            _say(results.line(case.key))
    if "growth" in chosen.only:
        _say("growth: the workbook at " + ", ".join(f"{size:,}" for size in chosen.sizes))
        for size, runs in growth(chosen.sizes, DATA, min(chosen.runs, 2)).items():
            results.keep(f"growth {size}", (runs,))
            _say(results.line(f"growth {size}"))
    if "companies" in chosen.only:
        _say(f"companies: the Companies tab with {companies.MANY:,} of them")
        results.answers = tuple(companies.measured())
        for answer in results.answers:
            _say("  " + "  |  ".join(answer.cells))
    results.save()
    PAGE.write_text(page(results), encoding="utf-8")
    _say(f"Written: {PAGE.relative_to(ROOT)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", type=_words, default=KEYS, help=f"some of {', '.join(KEYS)}")
    parser.add_argument(
        "--sizes", type=_numbers, default=(10_000, 100_000, 1_000_000), help="bills, for growth"
    )
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of each command; the largest take two at most"
    )
    return parser.parse_args()


def _words(text: str) -> tuple[str, ...]:
    words = tuple(text.split(","))
    if unknown := set(words) - set(KEYS):
        raise argparse.ArgumentTypeError(f"no case is called {', '.join(sorted(unknown))}")
    return words


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number.replace("_", "")) for number in text.split(","))


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
