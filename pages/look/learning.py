"""What have students learned, and what comes next? Outcomes by classes, then the chosen cell."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.look.learning_cell import panel, questions_to_check
from pages.look.learning_grid import offer
from pages.parts.charts import alt_text
from pages.parts.choices import several
from pages.parts.frame import Frame, Table, Tile
from pages.parts.spec import Cell as Field
from pages.parts.spec import Chart
from school.learning import Board, Cell, Goal, Kind, Room, board, next_step
from school.stats.suppression import OUTSIDE
from school.terms import learning as words
from school.terms.numbers import grouped, percent, percent_range
from school.terms.words import Lead, upper_first, word

KINDS: dict[Kind, str] = {"outcome": "Outcomes", "ability": "Abilities", "concept": "Concepts"}
MOST = 4  # classes side by side
OFFERED = 300  # classes to choose from: more would make every click slow
LEAST = 10  # students under whom a cell is hidden from others than the school's own staff


def draw(frame: Frame) -> None:
    """Sentence, tiles, the grid, the chosen cell, and the grid of a class to fill in."""
    found = board(frame.store, frame.view, frame.preset)
    kinds = [k for k in KINDS if board(frame.store, frame.view, frame.preset, k).cells]
    if not kinds:
        _nothing(frame)
        return
    first = next_step(found, found.rooms)
    head, choices = st.container(), st.container(key="choices")
    with choices:  # drawn below the finding, which depends on them
        kind, tier = _what(frame, kinds, found)
        shown = board(frame.store, frame.view, frame.preset, kind, tier)
        rooms = _rooms(frame, shown, found, first)
    cells = [c for g in shown.goals for r in rooms if (c := shown.cell(g, r)) is not None]
    frame.answer("share_at_level" if all(c.goal.of_test for c in cells) else "outcomes_reached")
    with head:
        frame.heading(_lead(frame, found, first, rooms), stamp=frame.stamp(),
                      tiles=_tiles(cells, frame))
    if not cells:
        st.markdown("Nothing of this kind is planned or was observed in these classes.")
    else:
        _grid(frame, kind, cells, rooms, first)
    if not frame.present:
        questions_to_check(frame)
        offer(frame, rooms)
    frame.how()


def _nothing(frame: Frame) -> None:
    """No level of anything: the way on is the grid of a class."""
    if frame.view.with_(compare=frame.default.compare) != frame.default:
        frame.nobody()
        return
    frame.heading(words.none_lead(), stamp=frame.stamp())
    offer(frame, ())
    frame.empty("No levels yet.")


def _what(frame: Frame, kinds: Sequence[Kind], found: Board) -> tuple[Kind, str]:
    """Outcomes, abilities or concepts, and which skills, where there is a choice."""
    kind, tier = kinds[0], ""
    tiers = {g.tier for g in found.goals if g.tier}
    with st.container(horizontal=True):
        if len(kinds) > 1:
            chosen = frame.pick("kind", "Look at", {k: KINDS[k] for k in kinds}, pills=True)
            kind = next(k for k in kinds if k == chosen)
        if kind == "outcome" and tiers:
            options = {"all": words.tier_words(""), **{
                t: words.tier_words(t) for t in ("basic", "advanced") if t in tiers}}
            tier = frame.pick("skill", "Skills", options, default="all", pills=True) or ""
    return kind, "" if tier == "all" else tier


def _rooms(frame: Frame, shown: Board, found: Board, first: Cell | None) -> list[Room]:
    """At most four classes: the chosen ones, else those that learn what comes next."""
    near = _around(shown, found, first)
    rest = [r for r in shown.rooms if r not in near]
    offered = sorted([*near, *rest][:OFFERED], key=shown.rooms.index)
    by_key = {r.code: r for r in offered}
    chosen = several(frame, "classes", f"Side by side, at most {MOST}",
                     {k: _name(frame, r, shown.rooms) for k, r in by_key.items()},
                     [r.code for r in near], MOST)
    if len(shown.rooms) > OFFERED:
        st.caption(f"{OFFERED} of {grouped(len(shown.rooms), frame.preset)} can be chosen here. "
                   "Choose a school above to see its own.")
    return [by_key[k] for k in chosen]


def _around(shown: Board, found: Board, first: Cell | None) -> Sequence[Room]:
    """Classes that learn the same as the one that comes next, else those of its school."""
    if first is None:
        return shown.rooms
    same = [r for r in shown.rooms if (c := found.cell(first.goal, r)) is not None and c.judged]
    if len(same) < 2:
        same = [r for r in shown.rooms if r.org_id == first.room.org_id]
    return sorted(same, key=lambda r: r != first.room)


def _name(frame: Frame, room: Room, beside: Sequence[Room]) -> str:
    """A class by its name, with its school where several schools are shown."""
    name = words.room_words(room.name, frame.preset)
    return f"{name}, {room.school}" if len({r.org_id for r in beside}) > 1 else name


def _hidden(frame: Frame, cell: Cell) -> bool:
    """Few people, however often each was looked at: they are not counted on a wall."""
    return not frame.view.scope.staff and min(cell.judged, cell.room.students) < LEAST


def _lead(frame: Frame, found: Board, first: Cell | None, rooms: Sequence[Room]) -> Lead:
    """What comes next; else that all is done, only planned, or seen of too few."""
    mine = [c for c in found.cells if c.room in rooms and not c.pooled]
    first = next_step(found, rooms) or first
    if first is not None:
        if _hidden(frame, first):
            return Lead(words.HIDDEN)
        if not frame.view.scope.staff:
            told = OUTSIDE.percent(first.reached, first.judged)
            share = words.share_words(told.low, told.high) if told else ""
            return words.next_share_lead(first.goal.name, _name(frame, first.room, found.rooms),
                                         share, first.goal.of_test)
        return words.next_lead(words.NextPhrase(
            first.goal.name, _name(frame, first.room, found.rooms), first.students,
            first.not_there, first.unobserved, first.few, first.goal.of_test), frame.preset)
    seen = [c for c in mine if c.judged]
    place = _name(frame, rooms[0], found.rooms) if rooms else ""
    if not seen:
        return words.plan_lead(len({c.goal.key for c in mine}), place, frame.preset)
    if any(_hidden(frame, c) for c in seen):
        return Lead(words.HIDDEN)
    thin = next((c for c in seen if not c.done), None)
    if not frame.view.scope.staff:  # without the counts of a few that stand in the others
        return Lead(words.too_few_seen(_name(frame, thin.room, found.rooms)) if thin
                    else words.MOST_CAN)
    if thin is not None:
        return words.thin_lead(thin.judged, thin.students, thin.goal.name,
                               _name(frame, thin.room, found.rooms), frame.preset)
    if all(c.reached == c.students for c in mine):
        students = sum({c.room.key: c.students for c in mine}.values())
        return words.all_lead(students, len({c.goal.key for c in mine}), frame.preset)
    return words.most_lead(sum(c.reached for c in seen), sum(c.judged for c in seen),
                           sum(c.unobserved for c in mine), frame.preset)


def _tiles(cells: Sequence[Cell], frame: Frame) -> list[Tile]:
    """Students times what was looked at, by state; what nobody has looked at stands last. Not for
    others, because a few may be in one."""
    if not frame.view.scope.staff:
        return []
    of = f"of {grouped(sum(c.students for c in cells), frame.preset)}"
    counts = (("Reached", "reached"), ("Nearly", "nearly"), ("Not yet", "not_yet"),
              ("Not observed", "unobserved"))
    return [Tile(label, grouped(sum(getattr(c, name) for c in cells), frame.preset), of)
            for label, name in counts]


def _grid(frame: Frame, kind: Kind, cells: Sequence[Cell], rooms: Sequence[Room],
          first: Cell | None) -> None:
    """The grid, the choice of a cell, its panel, and the table."""
    names = _goal_names([c.goal for c in cells])
    fields = tuple(_field(frame, c, names, rooms) for c in cells)
    by_key = {f.key: c for f, c in zip(fields, cells, strict=True)}
    labels = {f.key: f"{names[c.goal.key]}, {_name(frame, c.room, rooms)}"
              for f, c in zip(fields, cells, strict=True)}
    ranked = sorted((c for c in cells if c.share is not None and not _hidden(frame, c)),
                    key=lambda c: c.share or 0.0, reverse=True)
    told = [(labels[c.code], _figure(frame, c)[1]) for c in ranked]
    lead = frame.drawn.lead.bold if frame.drawn.lead else ""
    frame.chart(Chart(
        "grid", f"Students who have reached each {kind}", _caption(frame, cells), fields,
        alt_text("Grid", f"{KINDS[kind].lower()} by {word(frame.preset, 'class')}", told,
                 frame.description, lead), sparse=True, inside=True), param="cell")
    start = first.code if first is not None else ""
    chosen = frame.pick("cell", "Look closer at", labels,
                        default=start if start in labels else next(iter(labels)))
    if chosen and not frame.present:
        panel(frame, by_key[chosen], labels[chosen])
    frame.table(Table(tuple(_line(frame, c, names, rooms) for c in cells),
                      formats={"Share": "percent"} if frame.view.scope.staff else {}),
                param="cell", keys=list(by_key))


def _goal_names(goals: Sequence[Goal]) -> dict[str, str]:
    """What each is called; with its subject or grade where two have one name."""
    plain = list({g.key: g.name for g in goals}.values())
    return {g.key: g.name if plain.count(g.name) < 2 else
            ", ".join(p for p in (g.name, g.subject, g.grade) if p) for g in goals}


def _field(frame: Frame, cell: Cell, names: dict[str, str], rooms: Sequence[Room]) -> Field:
    value, text = _figure(frame, cell)
    return Field(names[cell.goal.key], _name(frame, cell.room, rooms), value, text,
                 cell.code)


def _figure(frame: Frame, cell: Cell) -> tuple[float | None, str]:
    """The share of a cell and its words: counts for the staff, a whole percent for others."""
    if not cell.judged:
        return None, "too few" if cell.few else "–"
    if frame.view.scope.staff:
        counts = f"{grouped(cell.reached, frame.preset)} of {grouped(cell.judged, frame.preset)}"
        return cell.share, counts
    told = None if _hidden(frame, cell) else OUTSIDE.percent(cell.reached, cell.judged)
    if told is None:
        return None, "hidden"
    at = told.low if told.low else told.high
    return at / 100, words.share_span(told.low, told.high)


def _caption(frame: Frame, cells: Sequence[Cell]) -> str:
    """The line that teaches the grid, with an example out of it."""
    seen = next((c for c in cells if c.judged and not _hidden(frame, c)), None)
    example = ""
    if seen is not None and not frame.view.scope.staff:
        example = "Of those who were observed, so many have reached it. "
    elif seen is not None and seen.pooled:
        example = (f"“{seen.reached} of {seen.judged}”: students were seen {seen.judged} times in "
                   f"the outcomes that rest on it, and reached them {seen.reached} times. ")
    elif seen is not None:
        example = (f"“{seen.reached} of {seen.judged}”: of {seen.judged} who were observed, "
                   f"{seen.reached} have reached it. ")
    tiles = "" if frame.present else \
        " The four figures above count every student once for each."
    return f"{example}Darker: more have. Dotted: nobody was observed yet.{tiles}"


def _line(frame: Frame, cell: Cell, names: dict[str, str],
          rooms: Sequence[Room]) -> dict[str, object]:
    who = {"What": names[cell.goal.key],
           upper_first(word(frame.preset, "class")): _name(frame, cell.room, rooms)}
    looked = {"Looked at": "through others" if cell.pooled else "itself"}
    if not frame.view.scope.staff:
        return {**who, "Share": _figure(frame, cell)[1], **looked}
    likely = cell.likely
    return {
        **who, "Reached": cell.reached, "Nearly": cell.nearly, "Not yet": cell.not_yet,
        "Share": cell.share, "Likely": percent_range(*likely) if likely else "",
        "Too few questions": cell.few, "Not observed": cell.unobserved,
        "Observed": percent(1 - cell.unobserved / cell.students) if cell.students else "",
        **looked,
    }
