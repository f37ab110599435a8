-- What a load collects before it is written: keys of people, ids of everything else.

CREATE TABLE organisations (
    id TEXT PRIMARY KEY, name TEXT, kind TEXT, parent TEXT, code TEXT, starts_on TEXT, ends_on TEXT
) WITHOUT ROWID;
CREATE TABLE pupils (
    pupil TEXT PRIMARY KEY, ours INTEGER, birth_date TEXT, sex TEXT, protection TEXT
) WITHOUT ROWID;
CREATE TABLE markings (pupil TEXT PRIMARY KEY, protection TEXT) WITHOUT ROWID;
CREATE TABLE enrolments (
    pupil TEXT, school TEXT, starts_on TEXT, ends_on TEXT, grade TEXT, form TEXT,
    PRIMARY KEY (pupil, school, starts_on)
) WITHOUT ROWID;
CREATE TABLE groups (
    id TEXT PRIMARY KEY, name TEXT, is_class INTEGER, is_staff INTEGER, organisation TEXT
) WITHOUT ROWID;
CREATE TABLE members (
    grp TEXT, pupil TEXT, starts_on TEXT, ends_on TEXT, PRIMARY KEY (grp, pupil, starts_on)
) WITHOUT ROWID;
CREATE TABLE duties (duty TEXT PRIMARY KEY, staff TEXT) WITHOUT ROWID;
CREATE TABLE activities (
    id TEXT PRIMARY KEY, ours INTEGER, counts TEXT, organisation TEXT, subject TEXT
) WITHOUT ROWID;
CREATE TABLE activity_groups (
    activity TEXT, grp TEXT, PRIMARY KEY (activity, grp)
) WITHOUT ROWID;
CREATE TABLE activity_teachers (
    activity TEXT, ref TEXT, is_duty INTEGER, starts_on TEXT, ends_on TEXT,
    PRIMARY KEY (activity, ref)
) WITHOUT ROWID;
CREATE TABLE events (
    id TEXT PRIMARY KEY, activity TEXT, school_asked TEXT, date TEXT, starts_at TEXT, ends_at TEXT,
    minutes INTEGER, length INTEGER, cancelled INTEGER, complete INTEGER
) WITHOUT ROWID;
CREATE TABLE exceptions (
    event TEXT, pupil TEXT, participates INTEGER, minutes INTEGER, PRIMARY KEY (event, pupil)
) WITHOUT ROWID;
CREATE TABLE teacher_exceptions (
    event TEXT, ref TEXT, participates INTEGER, PRIMARY KEY (event, ref)
) WITHOUT ROWID;
CREATE TABLE attendances (
    event TEXT, pupil TEXT, present INTEGER, valid INTEGER, invalid INTEGER, other INTEGER,
    reported INTEGER, reported_at TEXT, reason TEXT, recorded_at TEXT,
    PRIMARY KEY (event, pupil)
) WITHOUT ROWID;
CREATE TABLE absences (
    pupil TEXT, starts_at TEXT, kind TEXT, ends_at TEXT, recorded_at TEXT,
    PRIMARY KEY (pupil, starts_at, kind)
) WITHOUT ROWID;
CREATE TABLE sums (
    pupil TEXT, activity TEXT, starts_on TEXT, ends_on TEXT, organisation TEXT, present INTEGER,
    valid INTEGER, invalid INTEGER, other INTEGER, reported INTEGER, offered INTEGER,
    PRIMARY KEY (pupil, activity, starts_on)
) WITHOUT ROWID;
CREATE TABLE spans (
    grp TEXT, pupil TEXT, starts_on TEXT, ends_on TEXT, PRIMARY KEY (grp, pupil, starts_on)
) WITHOUT ROWID;
CREATE TABLE facts (
    activities_known INTEGER, persons_known INTEGER, tests TEXT, is_change INTEGER
);
