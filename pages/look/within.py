"""What works here already, and what differs between classes? Gains, causes, and never a rank."""

from __future__ import annotations

import streamlit as st

from pages.look import visits
from pages.parts import session
from pages.parts.charts import alt_text
from pages.parts.filters import labels
from pages.parts.frame import Frame, Tile
from pages.parts.spec import Bar, Chart
from school.records import settings
from school.stats import half_up
from school.terms import within as words
from school.terms.numbers import counted, grouped, percent, percent_range, range_words
from school.within import ClassMean, Variation, Within, within

PARTS = ("Share of the differences in gain. Solid: at least this much. Upright line: best "
         "estimate. Pale: how far it could reach.")
EXPECTED = ("Each dot is a class. Line: where a class of its size is expected by chance alone. In "
            "no order, without names.")


def draw(frame: Frame) -> None:
    """Gains, then where the differences lie, then causes to look at before people."""
    school = _school(frame)
    view = frame.view.choose("school", (school,)) if school else frame.view
    kept = settings.setting(frame.house.records, _key("one_teacher", school))
    found = within(frame.store, view, frame.preset,
                   one_teacher=None if kept is None else kept == "yes")
    if found.answer is None:
        _nothing(frame)
        return
    # its answer is not handed to the frame: no Excel file lists classes by their gain
    frame.heading(found.lead, stamp=frame.stamp(None), tiles=_tiles(found))
    if found.longer:
        st.caption("Tests of the year before are counted in: this period holds one only.")
    _gains(frame, found, school)
    if found.variation is not None:
        frame.chart(_chart(found.variation, found.lead.bold, frame))
    if not frame.present:
        if found.asks:
            _ask(frame, school)
        _causes(frame, school)
        _classes(frame, found)
    frame.how(found.answer)


def _school(frame: Frame) -> str:
    """The one school that is looked into; where a view holds several, it is chosen here."""
    chosen = frame.view.values("school")
    named = labels(frame.known, "school")
    options = {v: named[v] for v in (chosen or named) if v in named}
    if len(options) < 2:
        return next(iter(options), "")
    return frame.pick("in", "Inside which school", options) or ""


def _nothing(frame: Frame) -> None:
    if frame.view == frame.default:
        frame.empty(words.NOTHING.text)
    else:
        frame.nobody()


def _key(what: str, school: str) -> str:
    return f"within:{what}:{school}"


def _tiles(found: Within) -> list[Tile]:
    gaining = len({s.class_name for s in found.steady})
    tiles = [Tile("Steady gains", counted(gaining, "classes"))] if gaining else []
    if found.variation is not None:
        v = found.variation
        low, high = v.classes_range
        tiles += [Tile("Between classes", percent(v.classes), percent_range(low, high)),
                  Tile("Between subjects", percent(v.subjects)),
                  Tile("Between students", percent(v.students), percent_range(*v.students_range))]
    return tiles


def _gains(frame: Frame, found: Within, school: str) -> None:
    """The classes that gain steadily, credited to their teams, with a visit to ask for."""
    if not found.steady or frame.present:
        return
    st.header("Gaining steadily", anchor=False)
    for one in found.steady[:8]:
        low, high = one.range
        st.markdown(f"- **{one.class_name}, {one.subject}**: {grouped(half_up(one.gain))} points "
                    f"up over {one.tests} tests, likely {range_words(low, high)}. Ask the team "
                    "what they did.")
    visits.draw(frame, found, school)


def _chart(v: Variation, lead: str, frame: Frame) -> Chart:
    """Three parts of the differences; subjects are too few for a range of theirs."""
    low, high = v.classes_range
    least, most = v.students_range
    rows = [Bar("classes", "Between classes", v.classes, low, high, percent(v.classes),
                percent_range(low, high), f"{counted(v.count, 'classes')}")]
    if v.subjects:
        rows.append(Bar("subjects", "Between subjects", v.subjects, v.subjects, v.subjects,
                        percent(v.subjects), "", "too few subjects to say how sure", "second"))
    rows.append(Bar("students", "Between students of the same class", v.students, least, most,
                    percent(v.students), percent_range(least, most),
                    counted(v.members, "students")))
    alt = alt_text("Bar chart", "where the differences in gain lie",
                   [(r.label, r.text) for r in rows], frame.description, lead)
    return Chart("ranked", "Where the differences in gain lie", PARTS, tuple(rows), alt)


def _ask(frame: Frame, school: str) -> None:
    """Asked once: where a class is one teacher, nothing is compared."""
    with st.container(border=True):
        st.markdown(f"**{words.ASK}** Then differences between classes would be differences "
                    "between people, and we do not draw them.")
        with st.container(horizontal=True):
            for label, value in (("Yes, one teacher a class", "yes"), ("No, several", "no")):
                st.button(label, key=f"within:teacher:{value}", on_click=settings.set_setting,
                          args=(frame.house.records, _key("one_teacher", school), value))


def _causes(frame: Frame, school: str) -> None:
    """Structural causes as a checklist, before anybody looks at people."""
    st.header("Causes to look at before people", anchor=False)
    kept = (settings.setting(frame.house.records, _key("causes", school)) or "").split(",")
    for name, question in words.CAUSES:
        key = f"within:cause:{school}:{name}"
        st.checkbox(question, value=name in kept, key=key,
                    on_change=lambda: _keep_causes(frame, school))


def _keep_causes(frame: Frame, school: str) -> None:
    ticked = [n for n, _ in words.CAUSES if session.state(f"within:cause:{school}:{n}")]
    settings.set_setting(frame.house.records, _key("causes", school), ",".join(ticked))


def _classes(frame: Frame, found: Within) -> None:
    """Expected ranges without names, one subject at a time; never exported, never sorted."""
    if not found.classes:
        return
    with st.expander("Is any class outside what its size explains?", icon=":material/straighten:"):
        subjects = list(dict.fromkeys(c.subject for c in found.classes))
        chosen = st.segmented_control("Subject", subjects, default=subjects[0], required=True,
                                      key="within:subject")
        mine = [c for c in found.classes if c.subject == chosen]
        outside = sum(1 for c in mine if not c.expected[0] <= c.gain <= c.expected[1])
        st.markdown(f"{counted(outside, 'classes').capitalize()} of {len(mine)} "
                    f"{'lies' if outside == 1 else 'lie'} outside; about 1 in 20 would by chance.")
        frame.chart(_funnel(str(chosen), mine, frame), level=3, taken=False)
        st.dataframe([_line(c) for c in mine], hide_index=True, row_height=36,
                     alt="Classes in the order of their names")


def _funnel(subject: str, classes: list[ClassMean], frame: Frame) -> Chart:
    rows = tuple(Bar(str(n), "", c.gain, c.expected[0], c.expected[1], grouped(c.gain, None, 1), "",
                     counted(c.students, "students"),
                     "chance" if c.expected[0] <= c.gain <= c.expected[1] else "ours")
                 for n, c in enumerate(sorted(classes, key=lambda c: (c.students, c.class_name))))
    alt = alt_text("Dot chart", f"gains in {subject}, classes by size",
                   [(r.sub, r.text) for r in rows], frame.description, "")
    return Chart("dots", f"Gain in {subject}, classes by size", EXPECTED, rows, alt)


def _line(c: ClassMean) -> dict[str, object]:
    low, high = c.expected
    return {"Class": c.class_name, "Students": c.students, "Mean gain": grouped(c.gain, None, 1),
            "Expected for its size": range_words(low, high, None, 1),
            "Pulled toward all, because it is small": grouped(c.pulled, None, 1)}
