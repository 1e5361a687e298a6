"""What may be typed after `cardable`."""

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib import import_module
from pathlib import Path

from cardable import __version__
from cardable.cli.server import add_server_commands
from cardable.language import ASKED, ENGLISH

_EPILOG = "Exit codes: 0 done; 1 more than 5 % of rows rejected (see --accept-rejects); 2 unusable input."


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="cardable", description="Spend Insights from accounts-payable files.", epilog=_EPILOG
    )
    top.add_argument("--version", action="version", version=f"cardable {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _analyze(commands)
    _inspect(commands)
    _sample(commands, "templates", "write the CSV templates, with a worked row each")
    _sample(commands, "example", "write Harbor Foods, the worked example, as files")
    add_server_commands(commands)
    return top


def _analyze(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("analyze", help="make the reports from files", epilog=_EPILOG)
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders, any mix")
    command.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the reports go")
    command.add_argument(
        "--company", metavar="ID-OR-NAME", help="which company, where the files hold several"
    )
    command.add_argument("--currency", type=_currency, help="base currency, where the files do not say")
    command.add_argument("--end", type=_day, metavar="YYYY-MM-DD", help="last day of the period")
    command.add_argument("--months", type=_months, help="calendar months reviewed (1 to 60; default 12)")
    command.add_argument("--threshold", type=_amount, help="leave out suppliers with less annual spend")
    command.add_argument("--reports", type=_words, metavar="A,B", help="only these reports (default: all)")
    command.add_argument(
        "--lang", choices=list(ASKED), default=ENGLISH, help="language of the reports (default: en)"
    )
    command.add_argument("--settings", type=Path, metavar="FILE.toml", help="report settings")
    command.add_argument("--accept-rejects", action="store_true", help="go on with over 5 %% rejected rows")
    command.add_argument("--verbose", action="store_true", help="progress and summary also when piped")
    for kind in ("suppliers", "bills", "payments", "expenses"):
        command.add_argument(
            f"--{kind}", type=Path, action="append", default=[], metavar="F", help=f"a file that holds {kind}"
        )
    command.set_defaults(run=_lazily("analyze", "run_analyze"))


def _inspect(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("inspect", help="say what a file is and what its columns mean")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument(
        "--json", action="store_true", help="print JSON: an object, for several files a list"
    )
    command.set_defaults(run=_lazily("inspect", "run_inspect"))


def _sample(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str) -> None:
    command = commands.add_parser(name, help=words)
    command.add_argument("folder", type=Path, metavar="DIR")
    command.set_defaults(run=_lazily("samples", f"run_{name}"))


def _lazily(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The command of this name; what it stands on is loaded only when it runs."""

    def run(options: argparse.Namespace) -> int:
        return int(getattr(import_module(f"cardable.cli.{module}"), name)(options))

    return run


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date. Use YYYY-MM-DD.") from None


def _months(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 60:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of months. Use 1 to 60.")
    return int(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise argparse.ArgumentTypeError(f"“{text}” is not an amount. Use digits, as in 500.00.")
    return amount


def _currency(text: str) -> str:
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise argparse.ArgumentTypeError(f"“{text}” is not a currency. Use three letters, as in USD.")
    return text.upper()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
