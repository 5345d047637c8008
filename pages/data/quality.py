"""Can we trust these numbers? How much of the register is marked, what is odd, and every upload."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from pages.data import copies, forms, leavers, own_numbers, uploads
from pages.parts.charts import alt_text
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Cell, Chart
from school.quality import UNKNOWN, WEEKS, Oddity, Patch, Quality, days_of, quality
from school.terms.checks import changes, changes_words
from school.terms.dates import day_month, day_words, month_words, week_of
from school.terms.numbers import counted, grouped, percent
from school.terms.quality import quality_lead
from school.terms.words import Lead, lower_first, noun, upper_first, word

SHOWN_ODDITIES = 6
BELOW_WHOLE = 0.79  # five steps of shade: under 0.8 is never the darkest
NOTHING = "Nothing uploaded yet."
_NEXT = {
    "rejects": "These rows are left out. Mend them in the file and add it again.",
    "stops": "The sheet was not used. Mend it and add it again.",
    "warns": "The rows are used. Look whether it is right.",
}
_AS_MEANT = "Nothing to do, unless they should count."  # where the words say what is left out


def draw(frame: Frame) -> None:
    """The answer, the grid of days marked, what to check, and the uploads."""
    split = "class" if _one_school(frame) else "school"
    copies.warn(frame)
    found = quality(frame.store, frame.house.records, frame.view, frame.preset, split,
                    date.today())
    if not found.uploads and found.register is None:
        frame.empty(NOTHING)
        copies.begin(frame)
        return
    if found.register is None and frame.last is not None and frame.view != frame.default:
        frame.nobody()
        uploads.draw(frame, found.uploads)
        forms.everything(frame)
        copies.draw(frame)
        return
    names = _names(frame, split)
    frame.heading(_lead(frame, found, names), stamp=frame.stamp(), tiles=_tiles(frame, found))
    if found.register is not None:
        _grid(frame, found, names)
    elif frame.last is not None:
        st.markdown("Nothing tells which days were school days, so how complete the register is, "
                    "is not known.")
    _check(frame, found.odd)
    leavers.draw(frame)
    own_numbers.draw(frame)
    uploads.draw(frame, found.uploads)
    forms.everything(frame)
    copies.draw(frame)


def _one_school(frame: Frame) -> bool:
    chosen = frame.view.values("school")
    return len(chosen) == 1 or len(frame.known.get("school", ())) <= 1


def _names(frame: Frame, split: str) -> dict[str, str]:
    """Names on screen of the rows: schools by their name, classes with their word."""
    return {v.value: v.label for v in frame.known.get(split, ())}


def _lead(frame: Frame, found: Quality, names: dict[str, str]) -> Lead:
    register = found.register
    closed = [p for p in register.weeks if not p.open] if register else []
    gap = min(closed, key=lambda p: p.share, default=None)
    emptiest = register.emptiest if register else None
    if emptiest is not None:
        emptiest = (_label(frame, emptiest[0], names), emptiest[1])
    return quality_lead(
        rows=found.rows or (register.marked if register else 0),
        completeness=register.share if register else None,
        to_day=day_words(frame.last, frame.preset, short=True) if frame.last else "",
        silent=len(found.silent), schools=found.schools,
        month=month_words(found.month) if found.month else "", emptiest=emptiest,
        gap=(_label(frame, gap.label, names), week_of(gap.start, frame.preset), gap.share)
        if gap and gap.share < 1 else None,
        odd=len(found.odd), first_odd=_plain(found.odd[0]) if found.odd else "",
        preset=frame.preset,
    )


def _plain(odd: Oddity) -> str:
    """The first sentence of a finding, as part of a longer one."""
    return lower_first(odd.words.split(". ")[0].rstrip("."))


def _label(frame: Frame, value: str, names: dict[str, str]) -> str:
    """The name of a row: a school as it is called, a class with the country's word before it."""
    which = word(frame.preset, "class")
    if value == UNKNOWN:
        return f"No {which} named"
    if value in {v.value for v in frame.known.get("school", ())}:
        return names.get(value, value)
    name = names.get(value, value)
    return name if name[:1].isalpha() else f"{upper_first(which)} {name}"


def _tiles(frame: Frame, found: Quality) -> list[Tile]:
    register, standing = found.register, found.standing
    marked = percent(register.share) if register and register.share is not None else "not known"
    return [
        Tile("Register complete", marked, register.how if register else ""),
        Tile("Rows left out", grouped(found.left_out, frame.preset),
             f"of {grouped(found.rows, frame.preset)}" if found.rows else ""),
        Tile("Things to check", str(len(found.odd)) if found.odd else "none"),
        Tile("Last upload", day_words(_day(standing[0].at), frame.preset, short=True)
             if standing else "none"),
    ]


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _grid(frame: Frame, found: Quality, names: dict[str, str]) -> None:
    register = found.register
    assert register is not None
    starts = sorted({p.start for p in register.weeks})[-WEEKS:]
    shown = [p for p in register.weeks if p.start in starts]
    cells = _cells(frame, shown, starts, names)
    which = word(frame.preset, "class") if register.split == "class" else "school"
    full = sum(1 for c in cells if c.value is not None and c.value >= 1)
    worst = sorted((p for p in shown if p.marked < p.due and not p.open),
                   key=lambda p: (p.share, p.label))
    rows = [(f"{_label(frame, p.label, names)}, {week_of(p.start, frame.preset)}", percent(p.share))
            for p in (*sorted(shown, key=lambda p: -p.share)[:1], *worst[:1])]
    lead = f"Fully marked: {full} of {len(cells)}."
    frame.chart(Chart(
        form="grid", title=f"Days marked, by {which} and week",
        caption="Each field is a week. The darkest are marked in full; the paler, the more is "
                "missing. A dotted field had no school days."
                + (" Grey: today is still open." if any(c.open for c in cells) else ""),
        rows=tuple(cells),
        alt=alt_text("Grid", f"days marked by {which} and week", rows, frame.description, lead),
        percent=True), param="cell")
    _closer(frame, found, worst, names)
    frame.table(Table(tuple(
        {upper_first(which): _label(frame, p.label, names),
         "Week": week_of(p.start, frame.preset) + (", still open" if p.open else ""),
         "Marked": p.share,
         "Marks there": p.marked // 2, "Marks due": p.due // 2}
        for p in sorted(shown, key=lambda p: (p.start, p.label), reverse=True)),
        formats={"Marked": "percent"}))


def _cells(
    frame: Frame, shown: Sequence[Patch], starts: Sequence[date], names: dict[str, str]
) -> list[Cell]:
    """Every class in every week; a week without school days is left open."""
    at = {(p.label, p.start): p for p in shown}
    order = {v.value: n for n, v in enumerate(frame.known.get("class", ()))}
    labels = sorted({p.label for p in shown},
                    key=lambda v: (order.get(v, len(order)), names.get(v, v)))
    cells = []
    for label in labels:
        for start in starts:
            patch = at.get((label, start))
            cells.append(Cell(
                _label(frame, label, names), day_month(start, frame.preset),
                _shade(patch) if patch and not patch.open else None, _said_in(patch),
                f"{label}|{start}" if patch and not patch.open else "",
                patch is not None and patch.open))
    return cells


def _said_in(patch: Patch | None) -> str:
    """How much of a week is marked; today's missing marks are not missing yet."""
    if patch is None:
        return ""
    return "still open" if patch.open else percent(patch.share)


def _shade(patch: Patch) -> float:
    """How dark a field is: the darkest step is for whole weeks alone, so that a gap is seen."""
    return 1.0 if patch.marked >= patch.due else patch.share * BELOW_WHOLE


def _closer(
    frame: Frame, found: Quality, worst: Sequence[Patch], names: dict[str, str]
) -> None:
    """The weeks with gaps, emptiest first; of the chosen one its days without any mark."""
    if not worst or found.register is None:
        return
    options = {f"{p.label}|{p.start}": f"{_label(frame, p.label, names)}, "
               f"{week_of(p.start, frame.preset)}: {percent(p.share)} marked"
               for p in worst[:100]}
    chosen = frame.pick("cell", "Look closer at", options)
    patch = next((p for p in worst if f"{p.label}|{p.start}" == chosen), None)
    if patch is None or frame.present:
        return
    days = days_of(found.register, patch.label, patch.start, patch.start + timedelta(days=6))
    missing = (patch.due - patch.marked) // 2
    who = word(frame.preset, "class") if found.register.split == "class" else "school"
    text = (f"**{counted(missing, 'marks', frame.preset)} "
            f"{'is' if missing == 1 else 'are'} missing** of "
            f"{grouped(patch.due // 2, frame.preset)} due.")
    if days:
        listed = ", ".join(day_words(d, frame.preset, short=True) for d in days)
        text += f" Nothing at all was marked on {listed}."
    st.markdown(f"{text} Ask whoever keeps the register of this {who}.")


def _next(one: Oddity) -> str:
    """What to do about it; rows that are no data are rightly left out."""
    left = "left out" in one.words.lower() or "not kept" in one.words.lower()
    return _AS_MEANT if one.level == "warns" and left else _NEXT[one.level]


def _check(frame: Frame, odd: Sequence[Oddity]) -> None:
    if frame.present:
        return
    st.header("Things to check", anchor=False)
    if not odd:
        st.markdown("Nothing looks odd in what was uploaded.")
        return
    for one in odd[:SHOWN_ODDITIES]:
        where = "; ".join(one.at)
        count = f"{one.count:,} {noun(one.count, 'times')}" if one.count > 1 else "once"
        st.markdown(f"- **{uploads.escaped(one.words)}**  \n{uploads.escaped(one.file)}, {count}"
                    f"{f': {uploads.escaped(where)}' if where else ''}. {_next(one)} "
                    f"{changes_words(one.rule)}")
    frame.table(Table(tuple(
        {"What": one.words, "How many": one.count, "File": one.file, "Where": "; ".join(one.at),
         "Changes": changes(one.rule) or "",
         "What to do": _next(one), "Upload": one.load_id} for one in odd),
        title="All things to check"))
