-- What the roster says of the file's pupils, schools and times. Given: unmatched (the file's rows),
-- pupil_kinds (text, scope), and the views l_* of the ledger's tables.
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
