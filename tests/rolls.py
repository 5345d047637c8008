"""Seven invented students over two school years: what became of each is known."""

from __future__ import annotations

from datetime import date
from typing import Any

YEAR = (date(2024, 9, 30), date(2025, 9, 30))
_OLD = {"org_id": "hill", "begin_date": date(2024, 4, 1), "academic_year": "2024-25", "class": "A"}
_NEW = {"org_id": "hill", "begin_date": date(2025, 4, 1), "academic_year": "2025-26", "class": "A"}
_LEFT = date(2024, 12, 1)

SPELLS: dict[str, list[dict[str, Any]]] = {
    "organisations": [{"org_id": "hill", "name": "Hillside", "type": "school"}],
    "enrollment": [
        {**_OLD, "student": 1, "grade": "5"}, {**_NEW, "student": 1, "grade": "6"},
        {**_OLD, "student": 2, "grade": "5"}, {**_NEW, "student": 2, "grade": "6"},
        {**_OLD, "student": 3, "grade": "5"}, {**_NEW, "student": 3, "grade": "5"},
        {**_OLD, "student": 4, "grade": "5", "end_date": _LEFT, "exit_type": "transfer"},
        {**_OLD, "student": 5, "grade": "5", "end_date": _LEFT, "exit_type": "dropped_out"},
        {**_OLD, "student": 6, "grade": "5"},
        {**_NEW, "student": 7, "grade": "5"},
    ],
}
