"""Why a file is refused, in words: what it is, then what to bring instead."""

from typing import Final

from cardable.language import noted

_EXPORT = noted(
    "Export the same report from the accounting system as Excel (.xlsx) or CSV, and bring that file."
)
_SAVE_AGAIN = noted("Open it in the program that made it, save it as .xlsx or CSV, and bring that file.")

_WRONG: Final = {
    "EMPTY": (noted("The file is empty."), _EXPORT),
    "PDF": (noted("This is a PDF, whose tables cannot be read reliably."), _EXPORT),
    "WORD": (noted("This is a Word document, not a table."), _EXPORT),
    "POWERPOINT": (noted("This is a PowerPoint presentation, not a table."), _EXPORT),
    "TEXT_DOCUMENT": (noted("This is a text document, not a table."), _EXPORT),
    "IMAGE": (noted("This is an image, not a table."), _EXPORT),
    "AUDIO_OR_VIDEO": (noted("This is a sound or video file, not a table."), _EXPORT),
    "ARCHIVE": (
        noted("This is an archive that holds other files."),
        noted("Unpack it, and bring the files inside it."),
    ),
    "PROGRAM": (noted("This is a program, not a table; it was not run."), _EXPORT),
    "DATABASE": (noted("This is a database or data file that only programs read."), _EXPORT),
    "BINARY": (noted("This is not text and not a spreadsheet of a kind we know."), _EXPORT),
    "JSON": (noted("This is JSON, not a table."), _EXPORT),
    "XML": (noted("This is XML, not a table."), _EXPORT),
    "XML_SPREADSHEET": (noted("This is a spreadsheet in Excel’s old XML form."), _SAVE_AGAIN),
    "WEB_ARCHIVE": (noted("This is a web page or e-mail saved in one file."), _SAVE_AGAIN),
    "WEB_PAGE": (noted("This is a web page without a table."), _EXPORT),
    "NUMBERS": (
        noted("This is an Apple Numbers document."),
        noted("In Numbers choose File, Export To, Excel, and bring that."),
    ),
    "OLD_EXCEL": (noted("This is a workbook of Excel 4 or older."), _SAVE_AGAIN),
    "FINANCIAL_MESSAGE": (noted("This is a bank message (OFX, QIF or MT940), not a table."), _EXPORT),
    "PASSWORD": (
        noted("The workbook is protected by a password."),
        noted("Save a copy without it, and bring that copy."),
    ),
    "DAMAGED": (
        noted("The file is damaged or cut short."),
        noted("Export it again, and bring the new file."),
    ),
    "UNSAFE": (
        noted("The workbook holds XML that real workbooks never hold, so it was not opened."),
        _SAVE_AGAIN,
    ),
    "NO_TABLE": (noted("There is nothing in any sheet of the workbook."), _EXPORT),
    "UNREADABLE": (noted("The file could not be read."), _SAVE_AGAIN),
    "MEMORY": (
        noted("Reading the file needed more memory than allowed."),
        noted(
            "Delete unused rows, columns and sheets, or split it by date, and bring the smaller files as CSV."
        ),
    ),
    "TIME": (
        noted("Reading the file took longer than allowed."),
        noted("Split it by date into smaller files, or save it as CSV, and bring those."),
    ),
    "MISSING": (
        noted("There is no such file."),
        noted("Check the name and the folder."),
    ),
    "FOLDER": (
        noted("This is a folder, not a file."),
        noted("Name the files inside it."),
    ),
    "FORBIDDEN": (
        noted("We may not read this file."),
        noted("Change its permissions, or copy it to a folder of your own."),
    ),
}
"""By code, what is wrong and what to do."""

CODES: Final = tuple(_WRONG)


class Refused(Exception):
    """A file that will not be read: a code, and the sentences that say why and what to do."""

    def __init__(self, code: str, message: str | None = None) -> None:
        self.code = f"REFUSED_{code}"
        self.message = message or " ".join(_WRONG[code])
        super().__init__(self.message)
