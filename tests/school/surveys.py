"""Survey answers for tests: a wave, its questions, and answers written as one letter each.

S strongly agree, A agree, N neither, D disagree, X strongly disagree, ? don't know, '.' no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import people

from school.store import Store

WORDS = {"S": ("Strongly agree", 5), "A": ("Agree", 4), "N": ("Neither agree nor disagree", 3),
         "D": ("Disagree", 2), "X": ("Strongly disagree", 1), "?": ("Don't know", None),
         ".": (None, None)}
DAY = date(2025, 6, 10)


def wave(
    answers: Mapping[str, str], *, wave_id: str = "spring", invited: int | None = None,
    audience: str = "students", day: date = DAY, turned: tuple[str, ...] = (),
    grades: str = "", segments: str = "",
) -> dict[str, list[dict[str, Any]]]:
    """Tables of one wave. `answers` maps a question to one letter a person."""
    tables: dict[str, list[dict[str, Any]]] = {
        "survey_waves": [{"wave_id": wave_id, "survey": "School climate", "wave": wave_id,
                          "date": day, "audience": audience, "invited": invited,
                          "unit": "response"}],
        "survey_items": [], "survey_responses": [],
    }
    for number, (text, letters) in enumerate(answers.items()):
        item_id = f"{wave_id}-{number}"
        tables["survey_items"].append({
            "item_id": item_id, "wave_id": wave_id, "text": text, "item_order": number,
            "kind": "agreement", "reversed": text in turned})
        for person, letter in enumerate(letters):
            value, order = WORDS[letter]
            agrees = None if order is None else int(order >= 4)
            tables["survey_responses"].append({
                "response_id": f"{wave_id}-r{person}", "item_id": item_id, "wave_id": wave_id,
                "org_id": "hill", "date": day, "role": audience, "value": value,
                "value_order": order, "favourable": agrees,
                "grade": grades[person] if grades else None,
                "segment": {"f": "female", "m": "male"}[segments[person]] if segments else None})
    return tables


def school_averages(averages: Mapping[str, list[float]]) -> dict[str, list[dict[str, Any]]]:
    """A wave whose rows are schools: one average a school and question."""
    tables = wave({}, wave_id="2019", audience="schools")
    tables["survey_waves"][0]["unit"] = "school"
    for number, (text, values) in enumerate(averages.items()):
        item_id = f"2019-{number}"
        tables["survey_items"].append({"item_id": item_id, "wave_id": "2019", "text": text,
                                       "item_order": number, "kind": "number", "reversed": False})
        tables["survey_responses"] += [
            {"response_id": f"2019-{place}", "item_id": item_id, "wave_id": "2019",
             "org_id": "hill", "date": DAY, "value": str(v), "number": v}
            for place, v in enumerate(values)]
    return tables


def fill(store: Store, tables: Mapping[str, list[dict[str, Any]]]) -> Store:
    """A store of one school with these tables."""
    return people.fill(store, {"organisations": [people.school()], **tables})
