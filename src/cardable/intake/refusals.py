"""Why a file is refused, in words: what it is, then what to bring instead."""

from typing import Final

_EXPORT = "Export the same report from the accounting system as Excel (.xlsx) or CSV, and bring that file."
_SAVE_AGAIN = "Open it in the program that made it, save it as .xlsx or CSV, and bring that file."

SENTENCES: Final = {
    "EMPTY": f"The file is empty. {_EXPORT}",
    "PDF": f"This is a PDF, whose tables cannot be read reliably. {_EXPORT}",
    "WORD": f"This is a Word document, not a table. {_EXPORT}",
    "POWERPOINT": f"This is a PowerPoint presentation, not a table. {_EXPORT}",
    "TEXT_DOCUMENT": f"This is a text document, not a table. {_EXPORT}",
    "IMAGE": f"This is an image, not a table. {_EXPORT}",
    "AUDIO_OR_VIDEO": f"This is a sound or video file, not a table. {_EXPORT}",
    "ARCHIVE": "This is an archive that holds other files. Unpack it, and bring the files inside it.",
    "PROGRAM": f"This is a program, not a table; it was not run. {_EXPORT}",
    "DATABASE": f"This is a database or data file that only programs read. {_EXPORT}",
    "BINARY": f"This is not text and not a spreadsheet of a kind we know. {_EXPORT}",
    "JSON": f"This is JSON, not a table. {_EXPORT}",
    "XML": f"This is XML, not a table. {_EXPORT}",
    "XML_SPREADSHEET": f"This is a spreadsheet in Excel’s old XML form. {_SAVE_AGAIN}",
    "WEB_ARCHIVE": f"This is a web page or e-mail saved in one file. {_SAVE_AGAIN}",
    "WEB_PAGE": f"This is a web page without a table. {_EXPORT}",
    "NUMBERS": "This is an Apple Numbers document. In Numbers choose File, Export To, Excel, and bring that.",
    "OLD_EXCEL": f"This is a workbook of Excel 4 or older. {_SAVE_AGAIN}",
    "FINANCIAL_MESSAGE": f"This is a bank message (OFX, QIF or MT940), not a table. {_EXPORT}",
    "PASSWORD": "The workbook is protected by a password. Save a copy without it, and bring that copy.",
    "DAMAGED": "The file is damaged or cut short. Export it again, and bring the new file.",
    "UNSAFE": f"The workbook holds XML that real workbooks never hold, so it was not opened. {_SAVE_AGAIN}",
    "NO_TABLE": f"There is nothing in any sheet of the workbook. {_EXPORT}",
    "UNREADABLE": f"The file could not be read. {_SAVE_AGAIN}",
    "MEMORY": (
        "Reading the file needed more memory than allowed. Delete unused rows, columns and sheets, "
        "or split it by date, and bring the smaller files as CSV."
    ),
    "TIME": (
        "Reading the file took longer than allowed. Split it by date into smaller files, "
        "or save it as CSV, and bring those."
    ),
    "MISSING": "There is no such file. Check the name and the folder.",
    "FOLDER": "This is a folder, not a file. Name the files inside it.",
    "FORBIDDEN": "We may not read this file. Change its permissions, or copy it to a folder of your own.",
}  # fmt: skip


class Refused(Exception):
    """A file that will not be read: a code, and the sentences that say why and what to do."""

    def __init__(self, code: str, message: str | None = None) -> None:
        self.code = f"REFUSED_{code}"
        self.message = message or SENTENCES[code]
        super().__init__(self.message)


def too_many(what: str, allowed: int, advice: str) -> Refused:
    """A file over a limit, with the limit in its sentence."""
    return Refused("TOO_LARGE", f"The file has more than {allowed:,} {what}. {advice}")
