"""`python -m etl`: the line from a spreadsheet to the store, and its care, without a browser.

Exit 0 when every sheet that is data was loaded whole, 1 when a sheet or a row was refused, 2 for
wrong usage, 3 when Staffroom is open on the data folder. docs/command-line.md tells the JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from etl import answerfile, desk, handed, loading
from etl.model import Context, Finding, SheetReport
from etl.rebuild import rebuild_from_uploads
from etl.refold import revert
from school import config
from school.backup import save
from school.errors import StaffroomError, StoreBusy, WrongUse
from school.house import open_house
from school.records import loads
from school.restore import restore
from school.terms.numbers import counted

DATA = Path(__file__).resolve().parent.parent / "data"
WHO = "Command line"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command in _CARE:
            return _CARE[options.command](options)
        reports = _check(options) if options.command == "check" else _load(options)
    except StoreBusy as error:
        print(error.words, file=sys.stderr)
        return 3
    except StaffroomError as error:
        print(error.words, file=sys.stderr)
        return 2 if isinstance(error, WrongUse) else 1
    if options.json:
        print(json.dumps({"sheets": [sheet(r) for r in reports]}, ensure_ascii=False, indent=1))
    else:
        _say(reports, loaded=options.command == "load")
    return 1 if any(refused(r) for r in reports) else 0


def sheet(report: SheetReport) -> dict[str, Any]:
    """One sheet of the JSON contract."""
    refused_rows = report.read if report.state in ("question", "refused") else report.rejected
    used = report.read - refused_rows
    new = used if report.state == "ready" else report.loaded
    return {
        "file": report.file, "sheet": report.sheet, "state": report.state,
        "layout": report.layout, "kind": report.kind, "read": report.read, "loaded": new,
        "unchanged": report.unchanged, "changed": report.changed, "rejected": refused_rows,
        "skipped": report.skipped, "facts": dict(report.facts), "load_id": report.load_id,
        "columns": [{"source": c.source, "target": c.target, "confidence": c.confidence}
                    for c in report.columns],
        "questions": [{"about": q.about, "choices": list(q.choices), "words": q.words,
                       "required": q.required} for q in report.questions],
        "findings": [_said(f) for f in report.findings],
        "words": report.words,
    }


def _said(finding: Finding) -> dict[str, Any]:
    return {k: v for k, v in asdict(finding).items() if k not in ("at", "more")}


def refused(report: SheetReport) -> bool:
    """Whether a sheet that is data was not used whole."""
    return report.state in ("question", "refused") or report.rejected > 0


def _check(options: argparse.Namespace) -> list[SheetReport]:
    context = Context(options.as_of, options.preset, _answers(options))
    with (handed.given(options.paths) as paths,
          tempfile.TemporaryDirectory(prefix="staffroom-") as staging):
        drop = desk.check(loading.files_in(paths), context, Path(staging))
        drop.close()
        return list(drop.reports)


def _load(options: argparse.Namespace) -> list[SheetReport]:
    answers = _answers(options)
    with handed.given(options.paths) as paths:
        files = loading.files_in(paths)
        house = open_house(options.data)
        try:
            return loading.load_into(house, files, options.as_of, preset=options.preset,
                                     answers=answers, who=WHO)
        finally:
            house.close()


def _revert(options: argparse.Namespace) -> int:
    _existing(options.data)
    house = open_house(options.data)
    try:
        load = loads.load(house.records, options.load_id)
        back = revert(house, options.load_id, WHO)
    finally:
        house.close()
    file = load.file if load else None
    if options.json:
        print(json.dumps({"load_id": options.load_id, "file": file, "facts": back}))
    else:
        changed = sum(back.values())
        print(f"Upload {options.load_id} ({file}) was undone: {changed:,} rows went back.")
    return 0


def _existing(folder: Path) -> None:
    if not (folder / "facts.duckdb").exists():
        raise WrongUse("There are no data in this folder.")


def _save(options: argparse.Namespace) -> int:
    _existing(options.data)
    if options.file.exists():
        raise WrongUse(f"There is a file {options.file.name} already. Choose another name.")
    house = open_house(options.data)
    try:
        made = save(house, options.file, WHO)
    finally:
        house.close()
    size = options.file.stat().st_size
    if options.json:
        print(json.dumps({"file": str(options.file), "loads": made["loads"], "bytes": size,
                          "missing": len(made["missing"])}))
    else:
        print(f"Saved {made['loads']:,} uploads in {options.file.name} ({size / 1e6:,.1f} MB).")
        if made["missing"]:
            print(f"{len(made['missing'])} kept files are no longer there and are not in it.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    done = restore(options.file, options.data, WHO)
    if options.json:
        print(json.dumps({"loads": done.loads, "saved": done.saved, "notes": list(done.notes),
                          "aside": done.aside.name if done.aside else None}))
    else:
        print(f"Restored {done.loads:,} uploads, as they were saved on {done.saved[:10]}.")
        for note in done.notes:
            print(note)
        if done.aside:
            print(f"What was here before is kept in {done.aside.name}.")
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    _existing(options.data)
    done = rebuild_from_uploads(options.data)
    if options.json:
        print(json.dumps({"loads": [asdict(x) for x in done.loads], "identical": done.identical,
                          "notes": list(done.notes)}, ensure_ascii=False, indent=1))
    else:
        for load in done.loads:
            print(f"Upload {load.load_id} ({load.file}): {load.words}")
        for note in done.notes:
            print(note)
        print("Every table is as it was." if done.identical else "Some tables are not as before.")
    return 0 if done.whole else 1


def _remembered(options: argparse.Namespace) -> int:
    """Take what is remembered about files along, or add what another Staffroom remembers."""
    if options.what == "export" and options.file.exists():
        raise WrongUse(f"There is a file {options.file.name} already. Choose another name.")
    if options.what == "import" and not options.file.is_file():
        raise WrongUse(f"There is no file {options.file.name}.")
    if options.what == "export":
        _existing(options.data)
    house = open_house(options.data)
    try:
        if options.what == "export":
            made = answerfile.export(house)
            options.file.write_bytes(made.content)
            said = {"file": str(options.file), "answers": made.answers}
            words = f"Saved {made.answers:,} answers in {options.file.name}."
        else:
            added = answerfile.add(house, options.file.read_bytes())
            said, words = asdict(added), added.words
    finally:
        house.close()
    print(json.dumps(said) if options.json else words)
    return 0


def _watch(options: argparse.Namespace) -> int:
    return handed.set_folder(options, WHO)


_CARE = {"revert": _revert, "save": _save, "restore": _restore, "rebuild": _rebuild,
         "answers": _remembered, "watch": _watch}


def _say(reports: Sequence[SheetReport], *, loaded: bool) -> None:
    for report in reports:
        print(f"{report.file} | {report.sheet}: {report.words}")
        if report.state in ("loaded", "known"):
            print(f"  {counted(report.read, 'rows')} read: {report.loaded:,} new, "
                  f"{report.unchanged:,} the same, {report.changed:,} changed, "
                  f"{report.rejected:,} left out. Upload {report.load_id}.")
        elif report.read:
            print(f"  {counted(report.read, 'rows')} read, {report.rejected:,} to be left out."
                  + ("" if report.state == "ready" or not loaded else " Nothing was used."))
        for question in report.questions:
            choices = f" ({', '.join(question.choices)})" if question.choices else ""
            print(f"  ? {question.about}: {question.words}{choices}")
        for finding in report.findings[:20]:
            stops = finding.level == "stops" and finding.found
            print(f"  - {finding.words}" + (f" We found: {finding.found}." if stops else ""))
        if len(report.findings) > 20:
            print(f"  - and {len(report.findings) - 20} more")


def _answers(options: argparse.Namespace) -> dict[str, Any]:
    """What the file does not say: from the answers file, then from the options of their own."""
    answers: dict[str, Any] = {}
    if options.answers is not None:
        try:
            answers = json.loads(options.answers.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise WrongUse("The answers file is no readable JSON.", type(error).__name__) from error
        if not isinstance(answers, dict):
            raise WrongUse('The answers file must hold one object, such as {"blank": "yes"}.')
    given = {"school": options.school, "year": options.year, "class": options.class_,
             "subject": options.subject}
    return answers | {k: v for k, v in given.items() if v is not None}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write the date as 2025-11-14") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="the data folder")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("paths", nargs="+", type=Path, metavar="PATH",
                        help="files or folders; - for a list that is handed in")
    shared.add_argument("--preset", choices=sorted(config.PRESETS), help="country words and rules")
    shared.add_argument("--school", metavar="NAME", help="the school, where the file names none")
    shared.add_argument("--year", metavar="Y", help="the school year, where the file names none")
    shared.add_argument("--class", dest="class_", metavar="C", help="the class")
    shared.add_argument("--subject", metavar="S", help="the subject")
    shared.add_argument("--as-of", type=_day, default=date.today(), metavar="DATE",
                        help="the day up to which the file speaks; today unless given")
    shared.add_argument("--answers", type=Path, metavar="FILE", help="answers as JSON")
    as_json = argparse.ArgumentParser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="print JSON")
    commands.add_parser("check", parents=[shared, as_json], help="say what files are")
    commands.add_parser("load", parents=[shared, data, as_json], help="load files")
    undo = commands.add_parser("revert", parents=[data, as_json], help="undo an upload")
    undo.add_argument("load_id", type=int, metavar="LOAD_ID")
    commands.add_parser("rebuild", parents=[data, as_json], help="read the kept uploads again")
    handed.add_watch(commands, [data, as_json])
    for name, words in (("save", "save everything in one file"),
                        ("restore", "put a saved file in the place of the data")):
        one = commands.add_parser(name, parents=[data, as_json], help=words)
        one.add_argument("file", type=Path, metavar="FILE")
    kept = commands.add_parser("answers", parents=[data, as_json],
                               help="save or add what is remembered about files")
    kept.add_argument("what", choices=("export", "import"))
    kept.add_argument("file", type=Path, metavar="FILE")
    return parser

