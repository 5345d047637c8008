"""What would you like to add? Files in, cards with what they are, answers, and then truth.

The work is done by jobs, so it goes on when the page is left; which job is looked at stands in the
link, and everything else is asked of the job again. What changes the link happens in callbacks:
a rerun from inside the page would bring the old link back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from etl import desk, guard, intake, jobs, spare
from pages.data import cards, copies, forms, pasting, remembered, uploaded, watched
from pages.parts import session
from pages.parts.frame import Frame
from school.records import loads
from school.records.jobs import Job
from school.terms.dates import day_words
from school.terms.upload import (
    upload_empty_lead,
    upload_lead,
    upload_nothing_lead,
    upload_one_lead,
    upload_refused_lead,
    upload_same_lead,
    upload_stopped_lead,
)
from school.terms.words import Lead, lower_first

WHO = "owner"
EVERY = 0.7  # seconds between two looks at a running job
LOST = Lead("Staffroom was closed before these files were used.", "Nothing of them was kept.")


def draw(frame: Frame) -> None:
    """The step this upload has come to."""
    if frame.data == "sample":
        _elsewhere()
        return
    copies.warn(frame)
    given = session.handed_over()
    if given:
        _start(frame, given, date.today())
    job = _job(frame)
    if job is None or not job.open:
        spare.ready()  # not beside a child that reads: both would want the same cores
    if job is None:
        _welcome(frame, upload_empty_lead())
    elif job.open:
        _running(frame, job)
    elif job.state != "done":
        lead = upload_stopped_lead() if job.state == "stopped" else Lead(job.words)
        _welcome(frame, lead)
    else:
        _done(frame, job)


def _job(frame: Frame) -> Job | None:
    """The job of the link, else one that runs in this house: leaving the page loses nothing."""
    asked = frame.query("drop") or ""
    job = jobs.status(frame.house, int(asked)) if asked.isdecimal() else None
    if job is None or job.kind not in ("check", "load"):
        job = jobs.current(frame.house, "load") or jobs.current(frame.house, "check")
        if job is not None:
            frame.set_query("drop", str(job.id))
    return job


def _done(frame: Frame, job: Job) -> None:
    result = jobs.result(frame.house, job.id)
    if isinstance(result, intake.Used):
        uploaded.draw(frame, result, job.id)
        _uploader(frame, "Add more files")
    elif isinstance(result, intake.Checked) and result.drop.folder.exists():
        _checked(frame, result)
    else:
        _welcome(frame, LOST)


def _elsewhere() -> None:
    st.html('<p role="status" class="lead"><b>These are the invented schools.</b> '
            "Your own files go into your own data, and the two never meet.</p>")
    if st.button("Start with our own data", type="primary", icon=":material/arrow_forward:"):
        session.start_over("own")
        st.rerun()


def _welcome(frame: Frame, lead: Lead) -> None:
    frame.heading(lead)
    _uploader(frame, "Choose files to read")


def _uploader(frame: Frame, label: str) -> None:
    """Files are read as soon as they have arrived."""
    key = f"upload:files:{session.state('upload:round', 0)}"
    day = session.state("upload:as_of") or date.today()

    def begin(files: list[tuple[str, bytes]]) -> None:
        if files:
            _start(frame, files, session.state("upload:as_of") or date.today())

    def arrived() -> None:
        begin([(f.name, f.getvalue()) for f in session.state(key) or ()])

    watched.waiting(frame, begin)
    st.file_uploader(label, type=guard.TYPES, accept_multiple_files=True, key=key,
                     on_change=arrived)
    pasting.draw(frame, begin)
    with st.expander("These are older files"):
        order = frame.preset.date_order if frame.preset else "dmy"
        st.date_input("The files speak up to", value=day, max_value=date.today(),
                      key="upload:as_of", persist_state="session",
                      format="MM/DD/YYYY" if order == "mdy" else "DD/MM/YYYY")
        st.caption("It says which school year a list belongs to, where the list does not.")
    forms.empty_ones(frame)
    remembered.draw(frame, lambda name, content, day: _start(frame, [(name, content)], day))
    watched.setting(frame)


def _start(frame: Frame, files: list[tuple[str, bytes]], as_of: date) -> None:
    folder, paths = desk.receive(files, frame.house.staging)
    job = jobs.start(frame.house, "check", intake.reading(frame.house, folder, paths, as_of))
    session.keep("upload:round", session.state("upload:round", 0) + 1)
    session.drop(remembered.SAYING)
    frame.set_query("drop", str(job))


def _running(frame: Frame, job: Job) -> None:
    words = "Reading your files." if job.kind == "check" else "Using these data."
    frame.heading(Lead(words, "You can leave this page; the work goes on."))
    st.caption(steps(1 if job.kind == "check" else 4))

    @st.fragment(run_every=EVERY)
    def watch() -> None:
        now = jobs.status(frame.house, job.id)
        if now is None or not now.open:
            st.rerun()
        share = min(1.0, now.done / now.of) if now.of else 0.0
        st.progress(share, text=now.words)
        if st.button("Stop", icon=":material/stop_circle:", key=f"stop:{job.id}",
                     disabled=now.stop):
            jobs.stop(frame.house, job.id)

    watch()


def steps(now: int) -> str:
    """Where this upload stands, told as text."""
    names = ("Read", "Answer", "Check", "Use")
    return " · ".join(f"**{i} {n}**" if i == now else f"{i} {n}" for i, n in enumerate(names, 1))


def _checked(frame: Frame, found: intake.Checked) -> None:
    out = cards.left_out(found)
    going = [c for c in found.cards if c.key not in out]
    open_ = sum(c.open for c in going)
    same = _same(frame, found, out)
    frame.heading(same or lead_of(found, out))
    if any(c.state in cards.STATE for c in going):
        st.caption(steps(2 if open_ else 3))

    def again() -> None:
        answers = cards.given(found)
        session.keep("upload:nothing", not answers)
        if answers:
            work = intake.answering(frame.house, found, answers)
            frame.set_query("drop", str(jobs.start(frame.house, "check", work)))

    for card in found.cards:
        if card.state in cards.STATE:
            cards.draw(found, card, again)
    alone = _alone(found)
    told = alone is not None and not alone.findings[1:]
    cards.not_used([c for c in found.cards if c.state in ("refused", "aside")], told)
    _finish(frame, found, open_, any(c.state == "ready" for c in going), again, same is not None)


def _alone(found: intake.Checked) -> intake.Card | None:
    """The card of the only sheet of a file that holds data, which the lead then speaks of."""
    data = [c for c in found.cards if c.state != "aside"]
    files = {r.file for c in found.cards for r in c.sheets}
    return data[0] if len(files) == len(data) == 1 and len(data[0].sheets) == 1 else None


def _same(frame: Frame, found: intake.Checked, left_out: frozenset[str]) -> Lead | None:
    """Said before anything is used: these files were added already, or say nothing new."""
    going = [c for c in found.cards if c.key not in left_out and c.state != "aside"]
    sheets = [r for c in going for r in c.sheets]
    known = [loads.load(frame.house.records, r.load_id) for r in sheets if r.load_id is not None]
    if not known or len(known) < len(sheets):
        nothing = all(c.state == "ready" and c.brings is not None and c.brings.nothing
                      and not c.brings.repeating for c in going)
        return upload_nothing_lead(len({r.file for r in sheets})) if going and nothing else None
    last = max((k.at for k in known if k is not None), default="")
    day = day_words(date.fromisoformat(last[:10]), frame.preset, short=True) if last else ""
    return upload_same_lead(day or "an earlier day", len({r.file for r in sheets}))


def lead_of(found: intake.Checked, left_out: frozenset[str] = frozenset()) -> Lead:
    """One sentence for what was read."""
    alone = _alone(found)
    if alone is not None:
        card = alone
        if card.state in ("ready", "question") and card.key not in left_out:
            return upload_one_lead(card.words, card.state == "ready")
        if card.state == "refused":
            return upload_refused_lead(lower_first(card.words))
    count = found.files(left_out)
    return upload_lead(ready=count["ready"], questions=count["question"], refused=count["refused"],
                       aside=count["aside"], known=count["known"])


def _finish(frame: Frame, found: intake.Checked, open_: int, ready: bool,
            again: Callable[[], None], same: bool) -> None:
    if open_:
        asks = "1 question is" if open_ == 1 else f"{open_} questions are"
        st.markdown(f"**{asks} still open.** Answer above, or leave the card out.")
    if session.state("upload:nothing"):
        session.keep("upload:nothing", False)
        st.markdown("**Choose an answer first.**")

    def use() -> None:
        if cards.given(found):  # something was changed and not yet looked at
            again()
            return
        work = intake.using(frame.house, found, cards.left_out(found), WHO)
        frame.set_query("drop", str(jobs.start(frame.house, "load", work)))

    usable = any(c.state in cards.STATE for c in found.cards)
    with st.container(horizontal=True, key="finish"):
        if any(c.asked for c in found.cards):
            st.button("Go on with these answers", key="upload:go", on_click=again,
                      type="primary" if open_ else "secondary", icon=":material/arrow_forward:")
        if usable:
            st.button("Use these data", type="secondary" if open_ or same else "primary",
                      on_click=use, disabled=bool(open_) or not ready, icon=":material/check:",
                      key="upload:use")
        st.button("Not now" if usable and not same else "Add other files", key="upload:later",
                  type="primary" if same or not usable else "secondary",
                  on_click=lambda: _forget(frame, found))


def _forget(frame: Frame, found: intake.Checked) -> None:
    found.drop.close()
    frame.set_query("drop", None)
