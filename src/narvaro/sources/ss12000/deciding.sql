-- From what was collected to what is delivered: which lessons, whose marks, who was expected.
-- reads `facts`, one row: what is known and what was asked.

CREATE TABLE decided (
    id TEXT PRIMARY KEY, activity TEXT, school TEXT, date TEXT, starts_at TEXT, ends_at TEXT,
    minutes INTEGER, length INTEGER, cancelled INTEGER, complete INTEGER, subject TEXT,
    counts TEXT, verdict TEXT
) WITHOUT ROWID;

INSERT INTO decided
SELECT id, activity, school, date, starts_at, ends_at, minutes, length, cancelled, complete,
    subject, counts,
    CASE
        WHEN ours = 0 THEN 'other-organisation'
        WHEN counts IS NULL AND f.activities_known THEN 'the activity is not known'
        WHEN school IS NULL THEN 'the school is not known'
        WHEN counts = 'no' THEN 'not-reportable'
        WHEN counts = 'test' AND f.tests = 'never' THEN 'not-reportable'
        WHEN counts = 'test' AND f.tests = 'with_attendance'
            AND NOT EXISTS (SELECT 1 FROM attendances AS t WHERE t.event = placed.id)
            THEN 'not-reportable'
        ELSE 'ours'
    END
FROM (
    SELECT e.id, e.activity,
        coalesce(
            a.organisation,
            (
                SELECT min(g.organisation) FROM activity_groups AS ag
                INNER JOIN groups AS g ON g.id = ag.grp
                WHERE ag.activity = e.activity
            ),
            CASE WHEN a.id IS NOT NULL OR NOT f.activities_known THEN e.school_asked END
        ) AS school,
        e.date, e.starts_at, e.ends_at, e.minutes, e.length, e.cancelled, e.complete,
        a.subject, a.counts, coalesce(a.ours, 1) AS ours
    FROM events AS e
    LEFT JOIN activities AS a ON a.id = e.activity
    CROSS JOIN facts AS f
) AS placed
CROSS JOIN facts AS f;

-- Attendance of our pupils at our lessons; one taken out of a lesson counts only if reported.
CREATE TABLE kept (
    event TEXT, pupil TEXT, present INTEGER, valid INTEGER, invalid INTEGER, other INTEGER,
    reported INTEGER, reason TEXT, recorded_at TEXT, scheduled INTEGER, length INTEGER,
    PRIMARY KEY (event, pupil)
) WITHOUT ROWID;

INSERT INTO kept
SELECT t.event, t.pupil, t.present, t.valid, t.invalid, t.other, t.reported, t.reason,
    t.recorded_at, x.minutes, coalesce(x.minutes, d.length)
FROM attendances AS t
INNER JOIN decided AS d ON d.id = t.event AND d.verdict = 'ours'
CROSS JOIN facts AS f
LEFT JOIN pupils AS p ON p.pupil = t.pupil
LEFT JOIN exceptions AS x ON x.event = t.event AND x.pupil = t.pupil
WHERE (NOT f.persons_known OR p.ours = 1)
    AND (coalesce(x.participates, 1) = 1 OR t.reported = 1);

-- Who else was expected at a lesson of which everything is known: without a mark of their own
-- they would no longer be of the lesson, since a lesson with marks consists of those marked.
CREATE TABLE fills (
    event TEXT, pupil TEXT, scheduled INTEGER, recorded_at TEXT, PRIMARY KEY (event, pupil)
) WITHOUT ROWID;

INSERT INTO fills
SELECT marked.id, expected.pupil, max(expected.scheduled), marked.recorded_at
FROM (
    SELECT d.id, d.activity, d.date, (SELECT min(recorded_at) FROM kept WHERE event = d.id) AS recorded_at
    FROM decided AS d
    WHERE d.verdict = 'ours' AND d.complete AND NOT d.cancelled
        AND (
            EXISTS (SELECT 1 FROM kept AS k WHERE k.event = d.id)
            OR EXISTS (SELECT 1 FROM exceptions AS x WHERE x.event = d.id)
        )
) AS marked
INNER JOIN (
    SELECT d.id, s.pupil, x.minutes AS scheduled, coalesce(x.participates, 1) AS participates
    FROM decided AS d
    INNER JOIN activity_groups AS g ON g.activity = d.activity
    INNER JOIN spans AS s
        ON s.grp = g.grp AND s.starts_on <= d.date AND coalesce(s.ends_on, d.date) >= d.date
    LEFT JOIN exceptions AS x ON x.event = d.id AND x.pupil = s.pupil
    UNION ALL
    SELECT x.event, x.pupil, x.minutes, x.participates
    FROM exceptions AS x
    CROSS JOIN facts AS f
    LEFT JOIN pupils AS p ON p.pupil = x.pupil
    WHERE NOT f.persons_known OR p.ours = 1
) AS expected ON expected.id = marked.id AND expected.participates = 1
WHERE NOT EXISTS (SELECT 1 FROM kept AS k WHERE k.event = marked.id AND k.pupil = expected.pupil)
GROUP BY marked.id, expected.pupil;

-- Sums of our pupils, each at the school that owns the activity; else that was asked; else theirs.
CREATE VIEW placed_sums AS
SELECT s.*,
    coalesce(
        a.organisation,
        s.organisation,
        (
            SELECT min(e.school) FROM enrolments AS e
            WHERE e.pupil = s.pupil AND e.starts_on <= s.ends_on
                AND coalesce(e.ends_on, s.starts_on) >= s.starts_on
        )
    ) AS school
FROM sums AS s
CROSS JOIN facts AS f
LEFT JOIN activities AS a ON a.id = s.activity
LEFT JOIN pupils AS p ON p.pupil = s.pupil
WHERE (NOT f.persons_known OR p.ours = 1) AND coalesce(a.ours, 1)
    AND coalesce(a.counts, '') <> 'no' AND NOT (a.counts = 'test' AND f.tests = 'never');
