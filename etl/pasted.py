"""A table pasted from Excel as a file of a drop: tabs between the cells, or csv.

Nothing is read here. The text becomes a file, which goes the way of every file.
"""

from __future__ import annotations

from school.errors import WrongUse

ROWS = 2_000
BYTES = 200_000
NOTHING = "Nothing was pasted. Mark the cells in Excel with their column names, copy and paste."
ONE_COLUMN = ("This is one column, not a table. Mark the cells in Excel with all their columns, "
              "copy and paste.")
NO_TEXT = "This holds characters that are no text. Save the table as a file and add that."
TOO_LONG = ("These are {rows:,} rows. Up to {most:,} can be pasted: save the table as a file and "
            "add that.")
TOO_MUCH = ("This is more than {most} KB of text. Save the table as a file and add that.")


def file_of(text: str, day: str) -> tuple[str, bytes]:
    """Name and bytes of the file that holds the pasted table; `WrongUse` if it is none."""
    table = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n \ufeff")
    if not table.strip():
        raise WrongUse(NOTHING)
    rows = table.count("\n") + 1
    if rows > ROWS:
        raise WrongUse(TOO_LONG.format(rows=rows, most=ROWS))
    try:
        content = table.encode() + b"\n"
    except UnicodeEncodeError:
        raise WrongUse(NO_TEXT) from None
    if b"\x00" in content:
        raise WrongUse(NO_TEXT)
    if len(content) > BYTES:
        raise WrongUse(TOO_MUCH.format(most=BYTES // 1000))
    if "\t" in table:
        # Excel's own line that says so: names with commas must not be taken for more columns.
        return f"Pasted table, {day}.tsv", b"sep=\t\n" + content
    if not any(mark in table for mark in ",;|"):
        raise WrongUse(ONE_COLUMN)
    return f"Pasted table, {day}.csv", content
