-- Which lesson each row of the file means, and why some find none; after joining_roster.sql.

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
