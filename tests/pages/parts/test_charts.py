"""Charts: the same rows for eye, ear and table; no ink from Python; uncertain marks are pale."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pages.parts import palette
from pages.parts.charts import (
    CONFIG,
    FORMS,
    Bar,
    Cell,
    Chart,
    Item,
    Level,
    Point,
    alt_text,
    figure,
)

BARS = (
    Bar("a", "Absent 1 day in 10 or more", 52, 34, 72, "52", "34 to 72", "mostly Classes 7 and 8"),
    Bar("b", "Below pass in mathematics", 23, 4, 45, "23", "4 to 45", state="worse"),
    Bar("c", "Late 1 day in 5 or more", 4, 0, 12, "4", "0 to 12", state="chance"),
)
WEEKS = tuple(
    Point(f"w{i}", f"week {i}", date(2025, 4, 7) + timedelta(weeks=i), None if i == 3 else 0.9,
          before=0.88, signal="worse" if i == 5 else None, note="flu week" if i == 5 else "")
    for i in range(8)
)
ITEMS = (Item("q1", "Adults here act on what we say, and tell us what came of it", (5, 9, 3, 2, 1)),
         Item("q2", "I belong", (0, 0, 0, 0, 0)))
CELLS = (Cell("7 A", "1 Sep", 1.0, "all days"), Cell("7 A", "8 Sep", None, "not marked"),
         Cell("7 B", "1 Sep", 0.25, "1 of 4 days"))
CHARTS = {
    "ranked": Chart("ranked", "Needs", "", BARS, "alt", divider="Below this line: chance"),
    "dots": Chart("dots", "Gaps", "", BARS, "alt", levels=(Level(0, "no gap"),)),
    "line": Chart("line", "Weeks", "", WEEKS, "alt", percent=True, band=(0.86, 0.94),
                  levels=(Level(0.9, "usually 90%"), Level(0.95, "target 95%", True))),
    "agreement": Chart("agreement", "Answers", "", ITEMS, "alt"),
    "grid": Chart("grid", "Marked", "", CELLS, "alt"),
    "steps": Chart("steps", "From last year to this", "", (
        Bar("then", "On roll", None, 0, 622, "622", state="reference"),
        Bar("unknown", "Place unknown", None, 573, 622, "−49", state="worse")), "alt"),
}


def test_every_form_has_a_case_here() -> None:
    assert set(CHARTS) == set(FORMS)


@pytest.mark.parametrize("form", sorted(CHARTS))
def test_figure_is_plain_data_that_stays_put(form: str) -> None:
    drawn = figure(CHARTS[form], "a")
    assert json.loads(json.dumps(drawn)) == drawn
    layout = drawn["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"] is True
    assert layout["yaxis"]["fixedrange"] is True
    assert CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("form", sorted(CHARTS))
def test_no_text_gets_a_colour_that_a_dark_page_would_swallow(form: str) -> None:
    layout = figure(CHARTS[form])["layout"]
    assert "color" not in layout["font"]
    assert all("color" not in note["font"] for note in layout["annotations"]
               ) if "annotations" in layout else True


@pytest.mark.parametrize("form", sorted(CHARTS))
def test_chart_without_rows_is_still_a_figure(form: str) -> None:
    empty = Chart(CHARTS[form].form, "", "", (), "")
    assert figure(empty)["layout"]["height"] > 0


def traces(form: str, kind: str) -> list[dict[str, Any]]:
    return [t for t in figure(CHARTS[form])["data"] if t["type"] == kind]


def test_solid_part_ends_at_the_cautious_end_and_the_pale_part_at_the_other() -> None:
    pale, solid = traces("ranked", "bar")[1:]
    assert solid["x"] == [34, 4, 0]
    assert [b + x for b, x in zip(pale["base"], pale["x"], strict=True)] == [72, 45, 12]
    assert pale["marker"]["color"][0] == palette.PALE[palette.OURS]


def test_only_the_first_that_could_be_chance_gets_the_line_above() -> None:
    layout = figure(CHARTS["ranked"])["layout"]
    assert len(layout["shapes"]) == 1
    assert [n["text"] for n in layout["annotations"]].count("Below this line: chance") == 1


def test_whole_row_is_the_target_of_a_click_and_carries_its_key() -> None:
    target = traces("ranked", "bar")[0]
    assert target["customdata"] == ["a", "b", "c"]
    assert set(target["marker"]["color"]) == {palette.CLEAR}
    assert figure(CHARTS["ranked"], "b")["data"][0]["marker"]["color"][1] == palette.FAINT


def test_nothing_fades_when_a_row_is_chosen() -> None:
    for form in ("ranked", "dots", "agreement"):
        for trace in figure(CHARTS[form], "a")["data"]:
            if trace.get("hoverinfo") != "skip":
                assert trace["unselected"] == {"marker": {"opacity": 1}}


def test_missing_week_breaks_the_line_and_a_signal_is_a_triangle() -> None:
    before, course = traces("line", "scatter")
    assert course["y"][3] is None
    assert course["connectgaps"] is False
    assert course["marker"]["symbol"][5] == "triangle-down"
    assert before["line"]["color"] == palette.REFERENCE


def test_a_point_that_is_not_judged_is_hollow_and_says_so() -> None:
    rows = (*WEEKS[:6], replace(WEEKS[6], partial=True), WEEKS[7])
    drawn = figure(replace(CHARTS["line"], rows=rows))["data"][-1]
    assert drawn["marker"]["symbol"][6] == "circle-open"
    assert drawn["text"][6] == "week 6, not judged" and drawn["text"][7] == "week 7"
    assert drawn["y"][6] == 0.9, "and is drawn all the same"


def test_a_name_stands_where_the_line_does_not_run_and_values_where_a_phone_begins() -> None:
    def shift(*values: float) -> float:
        rows = tuple(replace(w, value=v, note="here" if i == 1 else "")
                     for i, (w, v) in enumerate(zip(WEEKS, values, strict=False)))
        return next(n["yshift"] for n in figure(replace(CHARTS["line"], rows=rows))["layout"][
            "annotations"] if n["text"] == "here")

    assert shift(0.9, 0.8, 0.9) < 0 < shift(0.9, 0.8, 0.7)
    assert figure(CHARTS["line"])["layout"]["yaxis"]["side"] == "left"
    assert figure(replace(CHARTS["line"], wide=1.4))["layout"]["yaxis"]["side"] == "right"


def test_answers_stack_to_one_and_small_parts_carry_no_number() -> None:
    parts = traces("agreement", "bar")[1:]
    assert sum(p["x"][0] for p in parts) == pytest.approx(1)
    assert [p["text"][0] for p in parts] == ["5", "9", "3", "", ""]
    assert [p["x"][1] for p in parts] == [0, 0, 0, 0, 0]


def test_what_was_not_observed_is_framed_and_has_no_fill() -> None:
    drawn = figure(CHARTS["grid"])
    assert drawn["data"][0]["z"] == [[1.0, None], [0.25, None]]
    assert len(drawn["layout"]["shapes"]) == 2


def test_words_in_the_cells_of_a_grid_are_read_on_every_step_and_missing_ones_are_no_cell() -> None:
    long = Cell("A name that is longer than one line of a phone", "Class 3 A", 0.1, "1 of 10", "k")
    drawn = figure(replace(CHARTS["grid"], rows=(*CELLS, long), sparse=True, inside=True))
    heat, marks, text = drawn["data"]
    assert text["text"] == ["all days", "", "1 of 4 days", "1 of 10"]
    assert text["textfont"]["color"] == [palette.PAPER, palette.INK, palette.INK, palette.INK]
    assert marks["customdata"][-1] == "k" and marks["marker"]["opacity"] == 0
    assert heat["y"][-1] == "A name that is longer<br>than one line of a<br>phone"
    assert len(drawn["layout"]["shapes"]) == 1  # only what is a cell and was not marked
    assert [n["text"] for n in drawn["layout"]["annotations"]] == ["not marked"]


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_marks_hold_three_to_one_on_both_pages() -> None:
    for colour in palette.BY_STATE.values():
        assert contrast(colour, "#FFFFFF") >= 3
        assert contrast(colour, "#14171A") >= 3


def test_numbers_inside_a_part_can_be_read() -> None:
    for fill, text in (*palette.AGREEMENT, *palette.HEAT):
        assert contrast(fill, text) >= 4.5


def test_alt_text_is_whole_sentences_of_at_most_300_characters() -> None:
    short = alt_text("Bar chart", "needs", [("Absence", "52"), ("Late", "4")], "Hillside", "One.")
    assert short == ("Bar chart of needs, 2 rows, Hillside. Highest: Absence, 52. Lowest: Late, 4. "
                     "One. All values are in the table below.")
    long = alt_text("Bar chart", "needs", [("Absence" * 30, "52")], "Hillside", "x" * 280)
    assert len(long) <= 300
    assert long.endswith("All values are in the table below.")
    assert "1 row," in long


LONG = "Suspended, or in 3 incidents or more: students without a disability"


def _words_of(drawn: dict[str, Any], text: str) -> dict[str, Any]:
    return next(n for n in drawn["layout"]["annotations"]
                if n["text"].replace("<br>", " ") == f"<b>{text}</b>")


def _band(drawn: dict[str, Any], pixels: float) -> float:
    """So many pixels as a share of the height of a row."""
    low, top = drawn["layout"]["yaxis"]["range"]
    return pixels * (top - low) / drawn["layout"]["height"]


def test_the_line_of_a_level_stands_beside_the_marks_and_crosses_no_words() -> None:
    drawn = figure(CHARTS["dots"], None)
    lines = [s for s in drawn["layout"]["shapes"] if s["x0"] == s["x1"] == 0]
    assert len(lines) == len(BARS)
    for line, row in zip(lines, BARS, strict=True):
        label = _words_of(drawn, row.label)
        assert line["y0"] < label["y"] < line["y1"]
        assert line["y1"] < label["y"] + _band(drawn, label["yshift"] - 9)  # 18 px of letters


@pytest.mark.parametrize("form", ["ranked", "dots"])
def test_a_long_label_takes_two_lines_and_the_row_before_leaves_room(form: str) -> None:
    rows = (BARS[0], replace(BARS[1], label=LONG, sub="mostly girls"), BARS[2])
    drawn = figure(replace(CHARTS[form], rows=rows, divider=""), None)
    label = _words_of(drawn, LONG)
    assert label["text"].count("<br>") == 1
    above = next(n for n in drawn["layout"]["annotations"] if n["text"] == BARS[0].sub)
    bottom_of_words = above["y"] + _band(drawn, above["yshift"] - 8)
    top_of_label = label["y"] + _band(drawn, label["yshift"] + 40)  # two lines, upward
    assert top_of_label < bottom_of_words


def test_the_first_label_of_two_lines_has_room_at_the_top() -> None:
    drawn = figure(replace(CHARTS["ranked"], rows=(replace(BARS[0], label=LONG),), divider=""),
                   None)
    label = _words_of(drawn, LONG)
    assert label["y"] + _band(drawn, label["yshift"] + 40) <= drawn["layout"]["yaxis"]["range"][1]


def test_a_count_that_is_sure_has_no_line_of_a_best_estimate() -> None:
    rows = (replace(BARS[0], low=52.0, high=52.0), BARS[1])
    drawn = figure(replace(CHARTS["ranked"], rows=rows), None)
    marks = [t for t in drawn["data"] if t["type"] == "scatter"]
    assert marks and all(t["customdata"] == ["b"] for t in marks)
