-- Rows of a file to lessons of another source. Given: unmatched (the file's rows), pupil_kinds
-- (text, scope), and the views l_* of the ledger's tables.
CREATE OR REPLACE TEMP TABLE numbers AS
WITH followed AS (SELECT number, min(joined_to) AS joined_to FROM l_joins GROUP BY number)
SELECT k.text, min(coalesce(f.joined_to, a.number)) AS pupil
FROM pupil_kinds AS k
INNER JOIN l_aliases AS a ON a.kind = 'pupil' AND a.scope = k.scope AND a.value = k.text
LEFT JOIN followed AS f ON f.number = a.number
GROUP BY k.text;

CREATE OR REPLACE TEMP TABLE named AS
SELECT organisation, name, school_unit_code, kind FROM (
    SELECT *, row_number() OVER (
        PARTITION BY organisation ORDER BY starts_on DESC, recorded_at DESC, batch DESC) AS place
    FROM l_organisations
) WHERE place = 1 AND NOT withdrawn;

CREATE OR REPLACE TEMP TABLE places AS
SELECT DISTINCT lower(w.word) AS word, a.number AS school
FROM (
    SELECT organisation, organisation AS word FROM named
    UNION ALL SELECT organisation, name FROM named WHERE kind = 'school_unit'
    UNION ALL SELECT organisation, school_unit_code FROM named
) AS w
INNER JOIN l_aliases AS a ON a.kind = 'school' AND a.value = w.organisation
WHERE w.word IS NOT NULL;

-- What the roster calls its groups and classes: its keys, and their names where it has them.
CREATE OR REPLACE TEMP TABLE labels AS
WITH used AS (
    SELECT DISTINCT "group" AS of FROM l_lessons WHERE source = $roster AND "group" IS NOT NULL
    UNION SELECT DISTINCT class FROM l_lessons WHERE source = $roster AND class IS NOT NULL
    UNION SELECT DISTINCT class FROM l_enrolments WHERE class IS NOT NULL
)
SELECT of, lower(of) AS word FROM used
UNION SELECT u.of, lower(n.name) FROM used AS u INNER JOIN named AS n ON n.organisation = u.of
WHERE n.name IS NOT NULL;

CREATE OR REPLACE TEMP TABLE timetable AS
SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS place
    FROM l_lessons
    WHERE lesson IN (
        SELECT lesson FROM l_lessons
        WHERE source = $roster AND starts_at IN (SELECT starts_at FROM unmatched)
    )
) WHERE place = 1 AND NOT withdrawn AND source = $roster;

CREATE OR REPLACE TEMP TABLE standing_enrolments AS
WITH followed AS (SELECT number, min(joined_to) AS joined_to FROM l_joins GROUP BY number)
SELECT e.* REPLACE (coalesce(f.joined_to, e.pupil) AS pupil) FROM (
    SELECT *, row_number() OVER (
        PARTITION BY pupil, school, starts_on ORDER BY recorded_at DESC, batch DESC) AS place
    FROM l_enrolments
) AS e
LEFT JOIN followed AS f ON f.number = e.pupil
WHERE place = 1 AND NOT withdrawn AND class IS NOT NULL;

CREATE OR REPLACE TEMP TABLE members AS
WITH followed AS (SELECT number, min(joined_to) AS joined_to FROM l_joins GROUP BY number),
memberships AS (
    SELECT * FROM (
        SELECT *, row_number() OVER (
            PARTITION BY source, pupil, "group", starts_on ORDER BY recorded_at DESC, batch DESC) AS place
        FROM l_group_memberships WHERE source = $roster
    ) WHERE place = 1 AND NOT withdrawn
),
grouped AS (
    SELECT l.lesson, m.pupil FROM timetable AS l INNER JOIN memberships AS m
        ON m."group" = l."group" AND l.date BETWEEN m.starts_on AND coalesce(m.ends_on, DATE '9999-12-31')
),
classed AS (
    SELECT l.lesson, e.pupil FROM timetable AS l INNER JOIN standing_enrolments AS e
        ON e.school = l.school AND e.class = l.class
        AND l.date BETWEEN e.starts_on AND coalesce(e.ends_on, DATE '9999-12-31')
    WHERE l.lesson NOT IN (SELECT lesson FROM grouped)
)
SELECT DISTINCT m.lesson, coalesce(f.joined_to, m.pupil) AS pupil
FROM (FROM grouped UNION ALL FROM classed) AS m
LEFT JOIN followed AS f ON f.number = m.pupil;

-- The classes at a lesson: its own, and those its members are enrolled in that day.
CREATE OR REPLACE TEMP TABLE lesson_classes AS
SELECT lesson, list(DISTINCT class) AS classes FROM (
    SELECT lesson, class FROM timetable WHERE class IS NOT NULL
    UNION ALL
    SELECT m.lesson, e.class FROM members AS m
    INNER JOIN timetable AS l ON l.lesson = m.lesson
    INNER JOIN standing_enrolments AS e ON e.pupil = m.pupil AND e.school = l.school
        AND l.date BETWEEN e.starts_on AND coalesce(e.ends_on, DATE '9999-12-31')
) GROUP BY lesson;

CREATE OR REPLACE TEMP TABLE subjects AS
SELECT DISTINCT lower(subject) AS word FROM l_lessons WHERE source = $roster AND subject IS NOT NULL;

-- A word that the roster knows must agree with it; a word that it does not know says nothing.
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT u.line, l.lesson, l.lesson_key, l.minutes AS lesson_minutes, s.school,
    n.pupil, m.pupil IS NOT NULL AS is_member,
    coalesce(u.lesson = l.lesson_key, false) AS is_named,
    CASE WHEN g.knows IS NULL OR l."group" IS NULL THEN 0
        WHEN list_contains(g.knows, l."group") THEN 1 ELSE -1 END AS group_says,
    CASE WHEN c.knows IS NULL OR o.classes IS NULL THEN 0
        WHEN list_has_any(c.knows, o.classes) THEN 1 ELSE -1 END AS class_says,
    CASE WHEN lower(u.subject) NOT IN (FROM subjects) OR u.subject IS NULL OR l.subject IS NULL THEN 0
        WHEN lower(u.subject) = lower(l.subject) THEN 1 ELSE -1 END AS subject_says,
    NOT l.cancelled AS is_held,
    coalesce(u.ends_at = l.ends_at, false) AS same_end
FROM unmatched AS u
INNER JOIN places AS s ON s.word = lower(u.school)
INNER JOIN timetable AS l ON l.school = s.school AND l.starts_at = u.starts_at
LEFT JOIN numbers AS n ON n.text = u.pupil
LEFT JOIN members AS m ON m.lesson = l.lesson AND m.pupil = n.pupil
LEFT JOIN lesson_classes AS o ON o.lesson = l.lesson
LEFT JOIN (SELECT word, list(of) AS knows FROM labels GROUP BY word) AS g ON g.word = lower(u."group")
LEFT JOIN (SELECT word, list(of) AS knows FROM labels GROUP BY word) AS c ON c.word = lower(u.class);

CREATE OR REPLACE TEMP TABLE ranked AS
SELECT *, rank() OVER (PARTITION BY line ORDER BY
        is_named DESC, is_member DESC, is_held DESC,
        group_says + class_says + subject_says DESC, same_end DESC) AS place
FROM candidates
WHERE is_named
    OR ((is_member OR group_says = 1 OR class_says = 1)
        AND group_says >= 0 AND (is_member OR class_says >= 0) AND subject_says >= 0);

CREATE OR REPLACE TEMP TABLE chosen AS
SELECT line, count(DISTINCT lesson) AS lessons, any_value(lesson) AS lesson,
    any_value(lesson_key) AS lesson_key, any_value(lesson_minutes) AS lesson_minutes,
    any_value(school) AS school, bool_or(is_member) AS is_member
FROM ranked WHERE place = 1 GROUP BY line;

CREATE OR REPLACE TEMP TABLE judged AS
SELECT u.*, n.pupil AS number, c.lesson AS lesson_number, c.lesson_key, c.is_member, c.school AS at_school,
    CASE
        WHEN lower(u.school) NOT IN (SELECT word FROM places) THEN 'unknown school'
        WHEN n.pupil IS NULL THEN 'unknown pupil'
        WHEN k.line IS NULL THEN 'no lesson then'
        WHEN c.line IS NULL AND k.contradicts THEN 'other words'
        WHEN c.line IS NULL THEN 'no membership'
        WHEN c.lessons > 1 THEN 'several lessons'
        WHEN coalesce(u.valid_minutes, 0) + coalesce(u.invalid_minutes, 0)
            + coalesce(u.unclassified_minutes, 0) + coalesce(u.other_minutes, 0)
            > coalesce(u.scheduled_minutes, c.lesson_minutes) THEN 'too many minutes'
    END AS verdict
FROM unmatched AS u
LEFT JOIN numbers AS n ON n.text = u.pupil
LEFT JOIN chosen AS c ON c.line = u.line
LEFT JOIN (
    SELECT line, bool_and(least(group_says, class_says, subject_says) < 0) AS contradicts
    FROM candidates GROUP BY line
) AS k ON k.line = u.line;

-- Two rows for one pupil, lesson and time: the same once, different ones not at all.
CREATE OR REPLACE TEMP TABLE told_twice AS
SELECT line, count(DISTINCT contents) OVER same > 1 AS differs, row_number() OVER (
        PARTITION BY lesson_number, number, recorded_at ORDER BY line) > 1 AS is_again
FROM (
    SELECT *, hash(scheduled_minutes, full_minutes, present_minutes, valid_minutes, invalid_minutes,
        unclassified_minutes, other_minutes, acknowledged, reason) AS contents
    FROM judged WHERE verdict IS NULL
)
WINDOW same AS (PARTITION BY lesson_number, number, recorded_at);

UPDATE judged SET verdict = CASE WHEN t.differs THEN 'told otherwise' ELSE 'told again' END
FROM told_twice AS t WHERE t.line = judged.line AND (t.differs OR t.is_again);

CREATE OR REPLACE TEMP TABLE matched AS SELECT * FROM judged WHERE verdict IS NULL;

-- Members of a lesson the file tells of, who are not in it and were never marked there.
CREATE OR REPLACE TEMP TABLE others AS
SELECT m.lesson, m.pupil, any_value(l.lesson_key) AS lesson_key, any_value(l.recorded_at) AS recorded_at
FROM members AS m
INNER JOIN (
    SELECT lesson_number AS lesson, any_value(lesson_key) AS lesson_key,
        CASE WHEN count(recorded_at) = count(*) THEN min(recorded_at) END AS recorded_at
    FROM matched GROUP BY lesson_number
) AS l ON l.lesson = m.lesson
WHERE NOT EXISTS (
    SELECT 1 FROM judged AS j WHERE j.lesson_number = m.lesson AND j.number = m.pupil
) AND NOT EXISTS (
    SELECT 1 FROM l_marks AS o WHERE o.lesson = m.lesson AND o.pupil = m.pupil
)
GROUP BY m.lesson, m.pupil;
