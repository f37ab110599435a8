-- From everything known of some lessons to signed rows of lessons and of their teachers.
--
-- reads   known_lessons, lesson_marked, lesson_peopled   (made by resolve_known.sql)
-- makes   lesson_events  one row per (lesson, moment it changed): what the sums gain then
--         teacher_events the same per lesson and teacher

CREATE OR REPLACE TEMP TABLE lesson_states AS
SELECT l.authority, l.month, l.school, l.class, l.lesson, l.date, l.ends_at, l.teachers,
    greatest(l.k_from, f.k_from, p.k_from) AS k_from, least(l.k_to, f.k_to, p.k_to) AS k_to,
    l.minutes,
    (coalesce(l.acknowledged, '') = 'yes' OR f.said_yes)::INTEGER AS told,
    coalesce(l.acknowledged_at, CASE
        WHEN f.said_yes AND f.k_from > TIMESTAMPTZ '1900-01-01 00:00:00+00' THEN f.k_from
    END) AS told_at,
    (NOT p.peopled)::INTEGER AS without_pupils,
    (coalesce(l.teachers, '') = '')::INTEGER AS without_teacher
FROM known_lessons AS l
INNER JOIN lesson_marked AS f ON f.lesson = l.lesson
INNER JOIN lesson_peopled AS p ON p.lesson = l.lesson
WHERE greatest(l.k_from, f.k_from, p.k_from) < least(l.k_to, f.k_to, p.k_to)
    AND least(l.k_to, f.k_to, p.k_to) > l.ends_at
    AND NOT l.cancelled;

CREATE OR REPLACE TEMP TABLE lesson_events AS
WITH valued AS (
    SELECT *,
        (told = 1 AND told_at IS NOT NULL)::INTEGER AS timed,
        CASE WHEN told = 1 AND told_at IS NOT NULL
            THEN greatest(date_diff('minute', ends_at, told_at), 0) ELSE 0 END AS delay,
        (told = 1 AND told_at IS NOT NULL
            AND (told_at AT TIME ZONE $zone)::DATE <= date)::INTEGER AS same_day
    FROM lesson_states
),
steps AS (
    SELECT *, k_from AS recorded_at, 1 AS sign FROM valued
    UNION ALL
    SELECT *, k_to, -1 FROM valued WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
)
SELECT authority, month, school, class, lesson, date, ends_at, recorded_at,
    sum(sign)::INTEGER AS lessons,
    sum(sign * minutes)::INTEGER AS minutes,
    sum(sign * told)::INTEGER AS acknowledged_lessons,
    sum(sign * told * minutes)::INTEGER AS acknowledged_minutes,
    sum(sign * same_day)::INTEGER AS same_day_lessons,
    sum(sign * timed)::INTEGER AS timed_lessons,
    sum(sign * delay)::INTEGER AS delay_minutes,
    sum(sign * without_pupils)::INTEGER AS without_pupils,
    sum(sign * without_teacher)::INTEGER AS without_teacher
FROM steps
GROUP BY authority, month, school, class, lesson, date, ends_at, recorded_at
HAVING sum(sign) <> 0 OR sum(sign * minutes) <> 0 OR sum(sign * told) <> 0
    OR sum(sign * told * minutes) <> 0 OR sum(sign * same_day) <> 0 OR sum(sign * timed) <> 0
    OR sum(sign * delay) <> 0 OR sum(sign * without_pupils) <> 0
    OR sum(sign * without_teacher) <> 0;

CREATE OR REPLACE TEMP TABLE teacher_events AS
WITH taught AS (
    SELECT DISTINCT authority, month, lesson, k_from, k_to, unnest(string_split(teachers, ';'))::BIGINT AS teacher
    FROM known_lessons WHERE coalesce(teachers, '') <> ''
),
steps AS (
    SELECT *, k_from AS recorded_at, 1 AS sign FROM taught
    UNION ALL
    SELECT *, k_to, -1 FROM taught WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
)
SELECT authority, month, lesson, teacher, recorded_at, sum(sign)::INTEGER AS taught
FROM steps
GROUP BY authority, month, lesson, teacher, recorded_at
HAVING sum(sign) <> 0;
