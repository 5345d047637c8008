"""The words that schools and their systems write over a column, target by target: data, no code.

Collected from SDS, OneRoster, SIMS, Arbor, PowerSchool, Aspen, Indian registers and UDISE, and
Vietnamese marksheets. Compared without case, accents, spaces and punctuation.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "student_id": "the student's number or id",
    "student_name": "the student's name",
    "first_name": "the first name",
    "last_name": "the family name",
    "middle_name": "the middle name",
    "roll_number": "the roll number",
    "serial": "a running number",
    "school_id": "the school's code",
    "school_name": "the school's name",
    "cluster": "the cluster, block or district",
    "grade": "the grade",
    "class": "the class",
    "section": "the section of a grade",
    "academic_year": "the school year",
    "term": "the term",
    "date": "the date",
    "month": "the month",
    "period": "the period or session of the day",
    "code": "the attendance mark",
    "presence": "a yes-or-no column for present",
    "absence": "a yes-or-no column for absent",
    "reason": "the reason of an absence",
    "minutes_late": "the minutes late",
    "days_possible": "the days possible",
    "days_present": "the days present",
    "days_absent": "the days absent",
    "days_late": "a count of late days",
    "sex": "the sex",
    "birth_date": "the date of birth",
    "language": "the home language",
    "disability": "the disability",
    "economic_status": "the economic status",
    "first_generation": "first generation to school",
    "subject": "the subject",
    "score": "the score",
    "maximum": "the highest possible score",
    "assessment": "the name of the test",
    "day_type": "the kind of day",
    "day_name": "what the day is called",
    "begin_date": "the first day",
    "end_date": "the last day",
    "support_need": "what the support is for",
    "support_plan": "what is done to support",
    "incident": "the kind of incident",
    "total": "a total that we work out ourselves",
}

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "support_need": (
        "support need", "need", "area of need", "primary need", "reason for support", "focus area",
        "support for", "intervention area", "area of support", "sen need", "target area",
    ),
    "support_plan": (
        "support plan", "plan", "intervention", "intervention name", "support", "provision",
        "strategy", "programme", "program", "what we do", "support given",
    ),
    "incident": (
        "incident", "incident type", "type of incident", "behaviour", "behavior", "behaviour type",
        "behavior type", "behaviour incident", "offense", "offence", "offense type", "infraction",
        "infraction type", "incident kind", "kind of incident", "event type", "sanction",
        "resolution", "action taken", "consequence", "disciplinary action", "exclusion type",
        "suspension type", "behavior descriptor", "discipline descriptor",
    ),
    "student_id": (
        "student id", "student number", "pupil id", "learner id", "child id", "sis id",
        "student sis id", "student sourced id", "student unique id", "student identifier",
        "unique student id", "local student id", "student local id", "state student id",
        "student state id", "ssid", "upn", "uln", "mis id", "admission number", "adm no", "admn no",
        "admission id", "gr no", "gr number", "general register number", "scholar number",
        "sr number", "registration number", "reg no", "enrolment number", "enrollment number",
        "enrolment no", "register number", "pen", "apaar id", "sats id", "sats number", "satsid",
        "emis id", "emis no", "saral id", "udise student id", "student code", "pupil number",
        "pupil reference", "ma sv", "ma hs", "ma hoc sinh", "ma sinh vien", "mssv", "sid", "stu id",
        "studentid", "student_id", "id number", "student key", "student oid", "att std oid",
        "person id", "sasid", "lasid", "osis", "osis number", "dcid", "lrn", "aadhaar",
        "student uid", "user sourced id", "id",
        "matricula", "numero de matricula", "id del alumno", "رقم الطالب", "رقم التلميذ",
        "प्रवेश संख्या",
        "arbor student id", "student student number", "student state id number",
    ),
    "student_name": (
        "student name", "name of student", "name of the student", "pupil name", "name of pupil",
        "learner name", "child name", "name of the child", "name of child", "full name",
        "student full name", "student", "pupil", "learner", "name", "names", "students name",
        "legal name", "preferred name", "ho va ten", "ho ten", "ten hoc sinh", "student names",
        "pupils", "students", "name of the pupil", "last name first name", "last first",
        "forename surname",
        "surname forename", "vidyarthi ka naam", "विद्यार्थी का नाम", "छात्र का नाम", "नाम",
        "nombre del alumno", "nombre del estudiante", "nombre y apellidos", "اسم الطالب",
        "اسم التلميذ",
    ),
    "first_name": (
        "first name", "given name", "forename", "legal first name", "firstname", "ten",
        "preferred forename", "student first name", "legal forename",
    ),
    "last_name": (
        "last name", "family name", "surname", "legal surname", "lastname", "ho", "ho dem",
        "student last name",
    ),
    "middle_name": (
        "middle name", "middle names", "middlename",
    ),
    "roll_number": (
        "roll number", "roll no", "roll", "r no", "rno", "rollno", "class roll number",
        "student roll number", "register roll no", "class number",
    ),
    "serial": (
        "s no", "sno", "sl no", "slno", "serial number", "serial no", "sr no", "srno", "stt",
        "number", "#", "row",
    ),
    "school_id": (
        "school id", "school code", "udise code", "udise", "udise number", "udise school code",
        "school udise code", "urn", "laestab", "dfe number", "school dfe number", "school sis id",
        "org sourced id", "school sourced id", "school number", "nces id", "school nces id", "dbn",
        "estab", "establishment number", "campus id", "building id", "site id", "org id",
        "school oid", "att skl oid", "school udise", "establishment id", "org code",
        "organisation id", "organization id", "org sourced ids", "school org id",
        "school urn", "school laestab", "cal school id", "calendar school id",
    ),
    "school_name": (
        "school name", "name of school", "name of the school", "school", "institution",
        "institution name", "campus", "establishment", "site", "building", "school title", "truong",
        "ten truong", "academy", "campus name", "विद्यालय का नाम", "org name", "home school",
        "escuela", "colegio", "nombre de la escuela", "المدرسة", "اسم المدرسة",
    ),
    "cluster": (
        "cluster", "cluster name", "crc", "block", "block name", "district", "district name",
        "trust", "zone",
    ),
    "grade": (
        "grade", "grade level", "student grade", "current grade", "year group", "nc year",
        "national curriculum year", "ncyear", "standard", "std", "khoi", "grade name", "grade code",
        "year group name", "actual curriculum year", "class grade", "studying class",
        "grade level descriptor",
    ),
    "class": (
        "class", "class name", "class section", "class and section", "class/section",
        "grade section", "homeroom", "home room", "hr", "registration group", "reg group", "reg",
        "form", "form group", "tutor group", "lop", "lop hp", "batch", "stream",
        "registration form", "reg form", "class/sec", "class code", "कक्षा", "teaching group",
        "grupo", "clase", "الصف", "الفصل",
    ),
    "section": (
        "section", "section name", "division", "div", "sec",
    ),
    "academic_year": (
        "academic year", "school year", "year", "session year", "ay", "academic session",
        "schoolyear", "nam hoc", "acad year", "time period", "school session", "sy",
        "ano escolar", "curso escolar", "العام الدراسي", "सत्र",
    ),
    "term": (
        "term", "semester", "hoc ky", "quarter", "marking period", "term name", "term id",
        "half term",
        "grading period descriptor", "grading period",
    ),
    "date": (
        "date", "attendance date", "day date", "calendar date", "date of attendance", "mark date",
        "session date", "att date", "event date", "absence date", "register date", "school date",
        "day", "attendance day", "ngay", "दिनांक", "date marked",
        "fecha", "التاريخ",
        "attendance day date",
    ),
    "month": (
        "month", "month name", "attendance month", "thang", "period month", "month year", "महीना",
        "reporting month",
        "mes", "الشهر",
    ),
    "period": (
        "period", "session", "am pm", "am/pm", "session name", "lesson", "period number",
        "attendance period", "session type", "half day", "time of day", "block period", "hour",
    ),
    "code": (
        "attendance code", "attendance mark", "mark", "attendance", "code", "status",
        "attendance status", "present absent", "present/absent", "p/a", "attendance value",
        "attendance type code", "registration mark", "register mark", "marks code",
        "attendance event category", "attendance category", "att code", "att code view",
        "attendance event", "absence code", "attendance description", "att status",
        "presence status",
        "asistencia", "diem danh", "chuyen can", "الحضور", "उपस्थिति",
        "attendance event category descriptor", "attendance day status",
    ),
    "presence": (
        "presence flag", "is present", "present", "present flag", "attended", "was present",
        "present y/n", "present yes no", "in attendance", "present (y/n)", "present (1/0)",
    ),
    "absence": (
        "absence flag", "is absent", "absent", "absent flag", "att absent ind", "was absent",
        "absent y/n", "absent (y/n)", "absent (1/0)",
    ),
    "reason": (
        "reason", "absence reason", "reason code", "att reason code", "reason for absence",
        "comment", "comments", "remark", "remarks", "att comment", "notes", "note",
    ),
    "minutes_late": (
        "minutes late", "mins late", "late minutes", "minutes tardy",
    ),
    "days_possible": (
        "days possible", "possible days", "working days", "school days", "no of working days",
        "number of working days", "total working days", "days open", "days in session",
        "sessions possible", "possible sessions", "total school days", "days enrolled",
        "days enrolled in month", "membership days", "total days", "possible attendances",
        "total sessions", "days held", "days membership", "possible",
    ),
    "days_present": (
        "days present", "present days", "days attended", "no of days present",
        "number of days present", "total present", "sessions attended", "attendances",
        "sessions present", "days in attendance", "total days present", "attended days",
        "total attendance", "days of attendance", "present marks", "attendance days",
    ),
    "days_absent": (
        "days absent", "absent days", "no of days absent", "number of days absent", "total absent",
        "absences", "sessions absent", "sessions missed", "days missed", "total absences",
        "total days absent", "sessions of absence", "overall absences",
    ),
    "days_late": (
        "lates", "days late", "late", "tardies", "tardy", "total late", "days tardy", "late marks",
    ),
    "sex": (
        "sex", "gender", "boy/girl", "b/g", "m/f", "gioi tinh", "legal sex", "birth sex",
        "boy girl", "लिंग",
        "sexo", "الجنس",
    ),
    "birth_date": (
        "date of birth", "dob", "birth date", "birthdate", "ngay sinh", "d o b", "birthday",
        "जन्म तिथि",
        "fecha de nacimiento", "تاريخ الميلاد",
    ),
    "language": (
        "home language", "language", "mother tongue", "first language", "primary language",
        "medium",
    ),
    "disability": (
        "disability", "cwsn", "special needs", "sen", "sen status", "sen provision", "send", "iep",
        "special education", "disabled", "disability type", "cwsn type",
        "students with disabilities", "swd",
    ),
    "economic_status": (
        "economic status", "bpl", "ews", "low income", "economically disadvantaged",
        "free school meals", "fsm", "pupil premium", "pp", "fsm eligible", "free reduced lunch",
        "frl", "income", "bpl/apl", "lunch status",
    ),
    "first_generation": (
        "first generation", "first generation learner", "first gen", "first generation student",
    ),
    "subject": (
        "subject", "subject name", "subject code", "course subject", "learning area", "mon",
        "mon hoc", "subject title",
        "asignatura", "materia", "المادة", "विषय",
        "local course code",
    ),
    "score": (
        "score", "marks", "marks obtained", "result", "points", "raw score", "scale score",
        "percentage", "numeric grade", "numeric grade earned", "diem", "obtained marks",
        "marks scored", "total score",
        "calificacion", "nota", "puntaje", "الدرجة", "प्राप्तांक",
    ),
    "maximum": (
        "maximum", "max", "max marks", "maximum marks", "max score", "out of", "full marks",
        "total marks", "points possible", "maximum score", "score maximum",
    ),
    "assessment": (
        "assessment", "assessment name", "test", "test name", "exam", "exam name", "examination",
        "assessment title", "assignment", "line item", "test title",
    ),
    "day_type": (
        "day type", "type", "kind", "type of day", "calendar event", "event type", "day status",
        "category",
    ),
    "day_name": (
        "holiday name", "event", "occasion", "description", "title", "event name",
        "name of holiday", "holiday", "festival", "details", "particulars",
    ),
    "begin_date": (
        "begin date", "start date", "from", "date from", "from date", "entry date",
        "admission date", "date of admission", "enrolment date", "enrollment date", "doa", "start",
        "date of joining", "entry", "joining date",
    ),
    "end_date": (
        "end date", "to", "date to", "to date", "until", "leaving date", "exit date",
        "withdrawal date", "end", "date of leaving", "date left",
    ),
    "total": (
        "total", "totals", "percent", "percent present", "attendance percent", "average", "tong",
        "tong diem", "tong cong", "attendance percentage", "p", "a", "total p", "total a",
        "grand total", "rank", "tb", "dtb", "rate", "attendance rate", "overall",
    ),
}
