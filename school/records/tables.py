"""The tables of the records file as SQLAlchemy Core sees them, and the migrations that made them.

A migration is never edited once released: a change is a new number at the end. `TABLES` must say
what the migrations add up to; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()

SETTING = Table(
    "setting", METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

LOAD = Table(
    "load", METADATA,
    Column("id", Integer, primary_key=True),
    Column("drop_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", Text),
    Column("kept_sha256", Text),
    Column("digest", Text),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("preset", Text),
    Column("answers", Text, nullable=False),
    Column("layouts", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("state", Text, nullable=False),
)

ANSWER = Table(
    "answer", METADATA,
    Column("fingerprint", Text, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Text),
)

SHAPE = Table(
    "shape", METADATA,
    Column("fingerprint", Text, primary_key=True),
    Column("layout", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("headers", Text, nullable=False),
    Column("columns", Integer, nullable=False),
    Column("at", Text, nullable=False),
)

SHAPE_LOAD = Table(
    "shape_load", METADATA,
    Column("fingerprint", Text, primary_key=True),
    Column("load", Integer, primary_key=True),
)

TARGET = Table(
    "target", METADATA,
    Column("id", Integer, primary_key=True),
    Column("measure", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

COMMENT = Table(
    "comment", METADATA,
    Column("id", Integer, primary_key=True),
    Column("page", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("readers", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("answer", Text),
    Column("answered_by", Text),
    Column("answered_at", Text),
    Column("version", Integer, nullable=False),
)

JOB = Table(
    "job", METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("begun", Text, nullable=False),
    Column("ended", Text),
)

AUDIT = Table(
    "audit", METADATA,
    Column("id", Integer, primary_key=True),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("counts", Text, nullable=False),
)

NEED_WEIGHTS = Table(
    "need_weights", METADATA,
    Column("id", Integer, primary_key=True),
    Column("weights", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

NEED_GATE = Table(
    "need_gate", METADATA,
    Column("id", Integer, primary_key=True),
    Column("need", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

ATTENTION_NOTE = Table(
    "attention_note", METADATA,
    Column("id", Integer, primary_key=True),
    Column("student", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("off", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

VISIT = Table(
    "visit", METADATA,
    Column("id", Integer, primary_key=True),
    Column("school", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("guest", Text, nullable=False),
    Column("host_said", Text, nullable=False),
    Column("guest_said", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

ARRIVED = Table(
    "arrived", METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("words", Text, nullable=False),
)

OWN_NUMBER = Table(
    "own_number", METADATA,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("better", Text, nullable=False),
    Column("minimum", Integer, nullable=False),
    Column("line", Text),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

RELEASE = Table(
    "released", METADATA,
    Column("id", Integer, primary_key=True),
    Column("page", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
)

RELEASE_CELL = Table(
    "released_cell", METADATA,
    Column("release", Integer, primary_key=True),
    Column("about", Text, primary_key=True),
    Column("cell", Text, primary_key=True),
    Column("members", Text, nullable=False),
)

MEMBER_SET = Table(
    "member_set", METADATA,
    Column("hash", Text, primary_key=True),
    Column("people", Integer, nullable=False),
    Column("members", LargeBinary, nullable=False),
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "create table setting (name text primary key, value text not null)",
        # autoincrement: an undone load's number is never given to another
        "create table load (id integer primary key autoincrement, drop_id text not null,"
        " position integer not null, file text not null, sha256 text, kept_sha256 text,"
        " digest text, who text not null, at text not null, as_of text not null, preset text,"
        " answers text not null, layouts text not null, counts text not null,"
        " findings text not null, words text not null,"
        " state text not null check (state in ('pending', 'standing', 'reverted', 'lost')))",
        "create index load_by_bytes on load (sha256, digest)",
        "create table answer (fingerprint text not null, about text not null,"
        " value text not null, primary key (fingerprint, about))",
        "create table target (id integer primary key autoincrement, measure text not null,"
        " view text not null, value text not null, due text not null, who text not null,"
        " at text not null, version integer not null, unique (measure, view))",
        "create table comment (id integer primary key autoincrement, page text not null,"
        " view text not null, about text not null, text text not null, readers text not null,"
        " who text not null, at text not null, answer text, answered_by text, answered_at text,"
        " version integer not null)",
        "create table job (id integer primary key autoincrement, kind text not null,"
        " state text not null check (state in"
        " ('waiting', 'running', 'done', 'failed', 'stopped', 'lost')),"
        " done integer not null, \"of\" integer not null, words text not null,"
        " stop integer not null, result text not null, begun text not null, ended text)",
        "create table audit (id integer primary key autoincrement, who text not null,"
        " what text not null, at text not null, counts text not null)",
    ),
    (
        # what an answer was about, so that it can be told in words; answers from before have no day
        "create table shape (fingerprint text primary key, layout text not null,"
        " file text not null, headers text not null, columns integer not null, at text not null)",
        "create table shape_load (fingerprint text not null, load integer not null,"
        " primary key (fingerprint, load))",
        "alter table answer add column at text",
    ),
    (
        "create table need_weights (id integer primary key autoincrement, weights text not null,"
        " who text not null, at text not null)",
        "create table need_gate (id integer primary key autoincrement, need text not null,"
        " view text not null, answer text not null"
        " check (answer in ('yes', 'partly', 'no', 'open')), who text not null, at text not null)",
        "create index need_gate_by_need on need_gate (need, view)",
    ),
    (
        "create table attention_note (id integer primary key autoincrement,"
        " student integer not null, text text not null, off integer not null, who text not null,"
        " at text not null)",
        "create index attention_note_by_student on attention_note (student)",
    ),
    (
        "create table visit (id integer primary key autoincrement, school text not null,"
        " host text not null, subject text not null, guest text not null,"
        " host_said text not null check (host_said in ('asked', 'yes', 'no')),"
        " guest_said text not null check (guest_said in ('asked', 'yes', 'no')),"
        " who text not null, at text not null, unique (school, host, subject, guest))",
    ),
    (
        # a file of the watched folder, as it was when it was taken
        "create table arrived (id integer primary key autoincrement, name text not null,"
        " size integer not null, changed integer not null, sha256 text not null,"
        " at text not null, state text not null check (state in"
        " ('waiting', 'asks', 'used', 'known', 'refused', 'aside', 'left', 'gone', 'replaced')),"
        " words text not null)",
        "create index arrived_by_bytes on arrived (sha256)",
    ),
    (
        "create table own_number (slug text primary key, name text not null unique,"
        " title text not null, unit text not null, better text not null"
        " check (better in ('higher', 'lower', 'neither')), minimum integer not null, line text,"
        " who text not null, at text not null, version integer not null)",
    ),
    (
        # what was made for readers outside the staff: cells, and digests of who is counted in each
        "create table released (id integer primary key autoincrement, page text not null,"
        " kind text not null, who text not null, at text not null)",
        "create table member_set (hash text primary key, people integer not null,"
        " members blob not null)",
        "create table released_cell (release integer not null, about text not null,"
        " cell text not null, members text not null, primary key (release, about, cell))",
        "create index released_cell_by_about on released_cell (about)",
    ),
)
