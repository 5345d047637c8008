"""One card a shape: what the sheets are, how they will be stored, what is asked, what is odd."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from etl import errorbook, intake
from etl.intake import Asked, Card, Checked, Group
from etl.model import ColumnGuess
from pages.data import alarm, handing
from pages.parts import session, tables
from school.terms.checks import brings_words, changes_words
from school.terms.words import noun

LEFT_OUT = "Leave this column out"
LONGEST_NAME = 40
MOST_COLUMNS = 40
CHOICES: Mapping[str, str] = {
    "yes": "Yes", "no": "No", "dmy": "The day comes first", "mdy": "The month comes first",
    "number": "Yes, keep it as a number of our own", "ignore": "No, leave it out",
    "school": "A school day", "holiday": "A holiday", "exam": "An exam day", "closure": "Closed",
}
STATE = {
    "ready": ("Ready", "check_circle", "green"),
    "question": ("Needs an answer", "help", "orange"),
    "known": ("Here already", "history", "gray"),
}
STORED = {"org_id": "School", "student": "Student", "student_id": "Student", "code": "Mark",
          "category": "Meaning", "possible": "Half days possible", "absent": "Half days absent",
          "begin_date": "From", "end_date": "Until", "item_id": "Question", "value": "Answer",
          "class_id": "Class", "parent_id": "Belongs to"}
STORED_OF = {  # the same column says something else in these tables
    "organisations": {"org_id": "Number", "name": "School", "code": "Code"},
    "enrollment_counts": {"dimension": "Counted by", "value": "Which", "headcount": "Students"},
    "attendance_counts": {"dimension": "Of", "value": "Which"},
    "classes": {"class_id": "Number"},
}


def card_key(found: Checked, card: Card) -> str:
    """Under which the widgets of a card are kept; the same when the files are read again."""
    return f"upload:{found.drop.folder.name}:{card.key}"


def left_out(found: Checked) -> frozenset[str]:
    """Keys of the cards that were left out."""
    return frozenset(c.key for c in found.cards if session.state(f"{card_key(found, c)}:out"))


def given(found: Checked) -> dict[str, Any]:
    """What stands in the fields of all cards and was not there when they were read."""
    out = left_out(found)
    cards = [c for c in found.cards if c.state in STATE and c.key not in out]
    return intake.joined([_given(c, card_key(found, c)) for c in cards])


def draw(found: Checked, card: Card, go: Callable[[], None]) -> None:
    """Draw a card; `go` reads the files again with what stands in all fields."""
    key = card_key(found, card)
    with st.container(border=True, key=f"card-{key}"):
        label, icon, colour = STATE[card.state]
        with st.container(horizontal=True, horizontal_alignment="distribute",
                          vertical_alignment="center"):
            st.header(card.title, anchor=False, width="content")
            st.badge(label, icon=f":material/{icon}:", color=colour)  # type: ignore[arg-type]
        st.html(f"<p class='told'>{escape(card.holds or card.words)}<br>"
                f"<small>{_files(card)}</small></p>")
        if not session.state(f"{key}:out"):
            _brings(card)
            _preview(card)
            findings(_unasked(card))
            _rows_back(found, card, key)
            for asked in filter(alarm.is_alarm, card.asked):
                alarm.draw(asked, _question_key(key, asked), f"{key}:out")
            _one_at_a_time(found, [a for a in card.asked if not alarm.is_alarm(a)], key)
            _columns(card, key, go)
        st.checkbox("Leave this out", key=f"{key}:out", persist_state="session")


def _files(card: Card) -> str:
    names = list(dict.fromkeys(r.file.rsplit("/", 1)[-1] for r in card.sheets))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    rows = sum(r.read for r in card.sheets)
    left = sum(r.rejected for r in card.sheets)
    counts = f" · {rows:,} {noun(rows, 'rows')}" if rows else ""
    return escape(", ".join(names[:3]) + more + counts + (f", {left:,} left out" if left else ""))


def _brings(card: Card) -> None:
    """What using it would do to what stands, in rows of the file."""
    if card.brings is not None:
        it = card.brings
        words = brings_words(it.new, it.changed, it.unchanged, it.replacing, it.repeating)
        st.html(f"<p class='told'>{escape(words)}</p>")


def _preview(card: Card) -> None:
    columns = card.preview.get("columns", ())
    if not columns or not card.preview.get("rows"):
        return
    table = card.preview["table"]
    words = {**STORED, **STORED_OF.get(table, {})}
    names = [words.get(c, c.replace("_", " ").capitalize()) if table else c for c in columns]
    title = "The first rows, as they will be kept" if table else "The first rows of the file"
    st.html(tables.plain(title, names, card.preview["rows"]))


def _unasked(card: Card) -> list[Group]:
    """What is odd, without what a question below asks about anyway."""
    codes = any(a.question.about.startswith("code:") for a in card.asked)
    return [g for g in card.findings if not (codes and g.first.rule == "unknown mark")]


def findings(groups: Sequence[Group]) -> None:
    """What is odd, grouped by rule; those that change a number first."""
    if not groups:
        return
    shown = "".join(f"<li>{_finding(g)}</li>" for g in groups[: intake.SHOWN_FINDINGS])
    more = len(groups) - intake.SHOWN_FINDINGS
    rest = f"<p><small>and {more} more kinds</small></p>" if more > 0 else ""
    st.html(f"<p class='told'><b>Things to check</b></p><ul class='told'>{shown}</ul>{rest}")


def _rows_back(found: Checked, card: Card, key: str) -> None:
    """The files themselves with every bad cell marked, before anything is used."""
    if errorbook.worth_marking([f for r in card.sheets for f in r.findings]):
        handing.offer(f"{key}:marked:{len(found.drop.context.answers)}",
                      "Get the rows back, marked",
                      lambda: errorbook.marked(found.drop, card.sheets), "Save the marked file",
                      "edit_note")


def _finding(group: Group) -> str:
    """'Sheet June, row 14, column Status: found “X”, expected P or A. … (12 times)'"""
    first = group.first
    place = ", ".join(p for p in (
        f"Sheet {first.sheet}" if first.sheet and first.row else "",
        f"row {first.row}" if first.row else "",
        f"column “{first.column}”" if first.column else "",
    ) if p)
    place = place[:1].upper() + place[1:]
    said = "; ".join(p for p in (
        f"found “{first.found}”" if first.found else "",
        f"expected {first.expected}" if first.expected else "",
    ) if p)
    where = f"{place}: {said}. " if place and said else f"{place}. " if place else ""
    told = group.count == 1 or f"{group.count:,}" in first.words
    times = "" if told else f" ({group.count:,} times)"
    where += changes_words(first.rule)
    beneath = f"<br><small>{escape(where)}</small>" if where else ""
    return f"{escape(first.words)}{times}{beneath}"


def _given(card: Card, key: str) -> dict[str, Any]:
    """What stands in the fields of a card, as answers; an open question gives none."""
    parts = []
    for asked in card.asked:
        field = _question_key(key, asked)
        value = alarm.value(field) if alarm.is_alarm(asked) else \
            str(session.state(field) or "").strip()
        if value:
            parts.append(intake.answer_for(asked, value))
    for guess in _choosable(card):
        picked = session.state(_column_key(key, guess))
        if picked is not None and picked != _now(card, guess):
            parts.append(intake.column_answer(card, guess, str(picked)))
    return intake.joined(parts)


def _question_key(key: str, asked: Asked) -> str:
    return f"{key}:{asked.question.about}:{asked.label}"


def _one_at_a_time(found: Checked, asked: Sequence[Asked], key: str) -> None:
    """The questions of a card, one after the other; what was answered stays answered."""
    place = f"{key}:question:{len(found.drop.context.answers)}"  # from the first after each reading
    at = int(session.state(place, 0))
    for number, one in enumerate(asked):
        if number == at:
            if len(asked) > 1:
                st.html(f"<p class='told'><b>Question {at + 1} of {len(asked)}</b></p>")
            _question(one, _question_key(key, one), intake.said_before(found, one))
    with st.container(horizontal=True):
        for there, words, icon in ((at - 1, "Question before", "arrow_back"),
                                   (at + 1, "Next question", "arrow_forward")):
            if 0 <= there < len(asked):
                st.button(words, key=f"{place}:{there}", icon=f":material/{icon}:",
                          on_click=session.keep, args=(place, there))


def _question(asked: Asked, key: str, before: str | None) -> None:
    question = asked.question
    if before is not None:
        st.html(f'<p class="told" role="status"><b>We could not use “{escape(before)}”.</b></p>')
    label = question.words + (f" ({asked.label})" if asked.label else "")
    if not question.required:
        label += " (you may leave it open)"
    samples = [s for s in question.samples if s not in question.words]
    tip = f"In the file: {', '.join(samples[:3])}" if samples else None
    if not question.choices:
        st.text_input(label, key=key, max_chars=120, placeholder=tip, on_change="ignore",
                      persist_state="session")
    elif len(question.choices) <= 3 and question.about in ("blank", "dates"):
        st.segmented_control(label, question.choices, key=key, format_func=_choice, help=tip,
                             on_change="ignore", persist_state="session")
    else:
        free = question.about in ("school", "subject", "class", "year", "maximum", "month")
        st.selectbox(label, question.choices, index=None, key=key, format_func=_choice,
                     filter_mode="contains", accept_new_options=free,
                     placeholder=tip or ("Choose, or type another" if free else "Choose"),
                     on_change="ignore", persist_state="session")


def _choice(value: str) -> str:
    return CHOICES.get(value, value)


def _choosable(card: Card) -> list[ColumnGuess]:
    """Columns with a header, without those that stand for one day each."""
    named = [c for c in card.columns if c.source.strip() and c.target not in ("day", "item")]
    return named[:MOST_COLUMNS]


def _column_key(key: str, guess: ColumnGuess) -> str:
    return f"{key}:column:{guess.index}"


def _now(card: Card, guess: ColumnGuess) -> str:
    return guess.target if guess.target in card.targets else "ignore"


def _columns(card: Card, key: str, go: Callable[[], None]) -> None:
    columns = _choosable(card)
    if not columns:
        return
    options = ["ignore", *card.targets]
    with st.expander("Which column is which", icon=":material/view_column:"):
        with st.grid(2, min_column_width=240):
            for guess in columns:
                sure = "" if guess.confidence >= 1 or guess.target is None else \
                    f" · {guess.confidence:.0%} sure"
                st.selectbox(
                    " ".join(guess.source.split())[:80] + sure, options,
                    index=options.index(_now(card, guess)), key=_column_key(key, guess),
                    format_func=lambda t: _upper(card.targets.get(t, LEFT_OUT)),
                    on_change="ignore", persist_state="session",
                    filter_mode="contains",
                )
        st.button("Read again with these columns", key=f"{key}:again", on_click=go,
                  icon=":material/refresh:")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def not_used(cards: Sequence[Card], told: bool = False) -> None:
    """Sheets that cannot be used, each with its reason; those set aside in an expander.

    `told`: the reason stands at the top of the page already.
    """
    for card in (c for c in cards if c.state == "refused"):
        seen = [g.first.found for g in card.findings if g.first.words == card.words]
        words = [] if told else [escape(card.words)]
        words += [f"What stands there: {escape(s)}" for s in seen[:1] if s]
        with st.container(border=True):
            st.header(_name(card), anchor=False)
            st.html("<p class='told'>" + "<br>".join([*words, f"<small>{_files(card)}</small>"])
                    + "</p>")
            findings([g for g in card.findings if g.first.words != card.words])
    aside = [c for c in cards if c.state == "aside"]
    if aside:
        count = sum(len(c.sheets) for c in aside)
        label = "1 sheet set aside" if count == 1 else f"{count} sheets set aside"
        with st.expander(label, icon=":material/inventory_2:"):
            st.html("<ul>" + "".join(
                f"<li><b>{escape(_name(c))}</b>: {escape(c.words)}</li>" for c in aside) + "</ul>")
            secret = [g for c in aside for g in c.findings if g.first.rule == "password_column"]
            findings(secret[:1])


def _name(card: Card) -> str:
    names = [r.sheet or r.file.rsplit("/", 1)[-1] for r in card.sheets]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(_short(n) for n in names[:3]) + more


def _short(name: str) -> str:
    """A name that leaves room for others; the whole of it stands beneath."""
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME - 1].rstrip()}…"
