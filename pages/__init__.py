"""The list of pages: one entry a page. A page is added by its file and its entry here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Section = Literal["Look", "Look closer", "Data"]

# Columns that most pages can be narrowed by; `group` stands for every group the school has.
PEOPLE = ("school", "cluster", "grade", "class", "group")


@dataclass(frozen=True)
class Page:
    """One page: where it stands in the menu, its question, and what it takes from the link.

    `uses` names the filters it can apply (a column, `group`, `period` or `compare`); `params` the
    query parameters of its own; `wants` what must exist before it enters the menu (a page that
    wants something `chosen` never does); `permission` the right that opens it: `names` is that of
    the school's own staff to see single students.
    """

    section: Section
    module: str
    title: str
    question: str
    icon: str
    url: str
    uses: tuple[str, ...] = (*PEOPLE, "period")
    params: tuple[str, ...] = ()
    wants: Literal["data", "voice", "groups", "learning", "chosen", "nothing"] = "data"
    permission: str = "look"


# fmt: off
PAGES: tuple[Page, ...] = (
    Page("Look", "pages.look.overview", "Overview", "How is our school doing?", "home", "overview",
         (*PEOPLE, "period", "compare"), ("shown",)),
    Page("Look", "pages.look.needs", "Needs", "What do our students need most?", "flag", "needs",
         (*PEOPLE, "period", "compare"), ("need", "split", "shown")),
    Page("Look", "pages.look.progress", "Progress", "Is it getting better?", "show_chart",
         "progress", (*PEOPLE, "subject", "period"), ("measure", "every", "point", "shown")),
    Page("Look", "pages.look.feedback", "Feedback",
         "What do people say, and whom have we not heard?", "forum", "feedback",
         ("school", "cluster", "grade", "wave", "period"), ("question", "shown"), "voice"),
    Page("Look closer", "pages.look.equity", "Equity", "Do all groups do equally well here?",
         "balance", "equity", (*PEOPLE, "period"),
         ("need", "kind", "with", "within", "gap", "shown"), "groups"),
    Page("Look closer", "pages.look.learning", "Learning",
         "What have students learned, and what comes next?", "menu_book", "learning",
         (*PEOPLE, "subject", "period"), ("kind", "skill", "classes", "cell", "fill", "shown"),
         "learning"),
    Page("Look closer", "pages.look.enrolment", "Enrolment",
         "Who joined, who left, and where did they go?", "door_open", "enrolment",
         (*PEOPLE, "period"), ("shown",)),
    Page("Look closer", "pages.look.within", "Within our school",
         "What works here already, and what differs between classes?", "groups", "within",
         ("school", "grade", "subject", "period"), ("in", "shown")),
    Page("Look closer", "pages.look.attention", "Early attention",
         "Whom should someone talk to this week?", "notifications", "attention",
         (*PEOPLE, "period"), ("show", "shown"), "data", "names"),
    Page("Look closer", "pages.look.student", "Student", "How is this student doing?", "person",
         "student", ("period",), (), "chosen", "names"),
    Page("Look closer", "pages.look.closer", "Compare", "Where does it differ, and by how much?",
         "difference", "compare", (*PEOPLE, "subject", "assessment", "period"),
         ("measure", "split", "row", "shown")),
    Page("Data", "pages.data.upload", "Upload", "What would you like to add?", "upload_file",
         "upload", (), ("drop",), "nothing", "add"),
    Page("Data", "pages.data.quality", "Data quality", "Can we trust these numbers?",
         "fact_check", "quality", ("school", "cluster", "period"), ("load", "cell", "shown"),
         "nothing"),
    Page("Data", "pages.data.places", "Places", "Which schools are these, and when do they meet?",
         "location_on", "places", (), ("place", "shown"), "nothing", "add"),
)
