-- From everything known of some lessons to signed rows of their pupils, that only are summed.
--
-- reads   known_lessons, known_marks, lesson_marked, expected   (made by resolve_known.sql,
--         or by resolve_corrected.sql, where a mark counts as often as its `worth` says)
--         v_announced   announced absence as told, all versions
-- makes   pupil_events   one row per (lesson, pupil, moment it changed): what the sums gain then
--         (resolve_lessons.sql makes lesson_events and teacher_events of the same)
--
-- A state that holds during an interval [k_from, k_to) is worth +its minutes at k_from and -its
-- minutes at k_to; equal moments net out. So what was known at a time T is the sum of all rows
-- with recorded_at <= T, and nothing else.

-- Granted leave that was announced and overlaps a lesson with valid minutes of another reason.
CREATE OR REPLACE TEMP TABLE on_leave AS
WITH known AS (
    SELECT * FROM (
        SELECT *, coalesce(lead(recorded_at) OVER (
                PARTITION BY pupil, starts_at, kind ORDER BY recorded_at, batch),
            TIMESTAMPTZ '9999-12-31 00:00:00+00') AS k_to
        FROM v_announced
    ) WHERE recorded_at < k_to AND NOT withdrawn AND kind = 'leave'
),
covered AS (
    SELECT DISTINCT m.lesson, m.pupil, a.starts_at, a.recorded_at, a.k_to
    FROM known AS a
    INNER JOIN known_marks AS m
        ON m.pupil = a.pupil AND m.valid_minutes > 0 AND coalesce(m.reason, '') <> 'leave'
    INNER JOIN known_lessons AS l
        ON l.lesson = m.lesson AND l.starts_at < a.ends_at AND l.ends_at > a.starts_at
),
moments AS (
    SELECT lesson, pupil, moment, sum(step) AS step
    FROM (
        SELECT lesson, pupil, recorded_at AS moment, 1 AS step FROM covered
        UNION ALL
        SELECT lesson, pupil, k_to, -1 FROM covered
    )
    GROUP BY lesson, pupil, moment
),
counted AS (
    SELECT lesson, pupil, moment AS k_from,
        sum(step) OVER (PARTITION BY lesson, pupil ORDER BY moment) AS held,
        lead(moment) OVER (PARTITION BY lesson, pupil ORDER BY moment) AS k_to
    FROM moments
)
SELECT lesson, pupil, k_from, k_to FROM counted WHERE held > 0;

CREATE OR REPLACE TEMP TABLE pupil_states AS
SELECT
    l.authority, l.month, l.school, m.pupil, l.lesson, l.date, l.starts_at, l.ends_at,
    greatest(m.k_from, l.k_from, f.k_from) AS k_from,
    least(m.k_to, l.k_to, f.k_to) AS k_to,
    coalesce(m.scheduled_minutes, l.minutes) AS scheduled,
    coalesce(m.full_minutes, m.scheduled_minutes, l.minutes) AS full_timetable,
    ((coalesce(l.acknowledged, '') = 'yes' OR f.said_yes)
        AND coalesce(m.acknowledged, '') <> 'no')::INTEGER AS told,
    coalesce(m.valid_minutes, 0) AS valid,
    coalesce(m.invalid_minutes, 0) AS invalid,
    coalesce(m.unclassified_minutes, 0) AS unclassified,
    coalesce(m.other_minutes, 0) AS other,
    CASE WHEN m.reason = 'leave' THEN coalesce(m.valid_minutes, 0) ELSE 0 END AS leave,
    1 AS lessons, m.worth
FROM known_marks AS m
INNER JOIN known_lessons AS l ON l.lesson = m.lesson
INNER JOIN lesson_marked AS f ON f.lesson = m.lesson
WHERE greatest(m.k_from, l.k_from, f.k_from) < least(m.k_to, l.k_to, f.k_to)
    AND least(m.k_to, l.k_to, f.k_to) > l.ends_at
    AND NOT l.cancelled
UNION ALL
SELECT
    l.authority, l.month, l.school, x.pupil, l.lesson, l.date, l.starts_at, l.ends_at,
    greatest(x.k_from, l.k_from, f.k_from), least(x.k_to, l.k_to, f.k_to),
    l.minutes, l.minutes, (coalesce(l.acknowledged, '') = 'yes')::INTEGER, 0, 0, 0, 0, 0, 1, 1
FROM expected AS x
INNER JOIN known_lessons AS l ON l.lesson = x.lesson
INNER JOIN lesson_marked AS f ON f.lesson = x.lesson AND NOT f.marked
WHERE greatest(x.k_from, l.k_from, f.k_from) < least(x.k_to, l.k_to, f.k_to)
    AND least(x.k_to, l.k_to, f.k_to) > l.ends_at
    AND NOT l.cancelled
UNION ALL
-- While an announced leave was known to cover the lesson, its valid minutes were leave.
SELECT
    l.authority, l.month, l.school, m.pupil, l.lesson, l.date, l.starts_at, l.ends_at,
    greatest(m.k_from, l.k_from, f.k_from, a.k_from), least(m.k_to, l.k_to, f.k_to, a.k_to),
    0, 0,
    ((coalesce(l.acknowledged, '') = 'yes' OR f.said_yes)
        AND coalesce(m.acknowledged, '') <> 'no')::INTEGER,
    0, 0, 0, 0, m.valid_minutes, 0, m.worth
FROM on_leave AS a
INNER JOIN known_marks AS m
    ON m.lesson = a.lesson AND m.pupil = a.pupil
    AND m.valid_minutes > 0 AND coalesce(m.reason, '') <> 'leave'
INNER JOIN known_lessons AS l ON l.lesson = a.lesson
INNER JOIN lesson_marked AS f ON f.lesson = a.lesson
WHERE greatest(m.k_from, l.k_from, f.k_from, a.k_from) < least(m.k_to, l.k_to, f.k_to, a.k_to)
    AND least(m.k_to, l.k_to, f.k_to, a.k_to) > l.ends_at
    AND NOT l.cancelled;

CREATE OR REPLACE TEMP TABLE pupil_events AS
WITH steps AS (
    SELECT * EXCLUDE (k_from, k_to, worth), k_from AS recorded_at, worth AS sign FROM pupil_states
    UNION ALL
    SELECT * EXCLUDE (k_from, k_to, worth), k_to AS recorded_at, -worth FROM pupil_states
    WHERE k_to < TIMESTAMPTZ '9999-12-31 00:00:00+00'
)
SELECT authority, month, school, pupil, lesson, date, starts_at, ends_at, recorded_at,
    sum(sign * lessons)::INTEGER AS lessons,
    sum(sign * told * lessons)::INTEGER AS acknowledged_lessons,
    sum(sign * scheduled)::INTEGER AS scheduled,
    sum(sign * told * scheduled)::INTEGER AS acknowledged,
    sum(sign * told * valid)::INTEGER AS valid,
    sum(sign * told * invalid)::INTEGER AS invalid,
    sum(sign * told * unclassified)::INTEGER AS unclassified,
    sum(sign * told * other)::INTEGER AS other,
    sum(sign * told * leave)::INTEGER AS leave,
    sum(sign * full_timetable)::INTEGER AS full_timetable
FROM steps
GROUP BY authority, month, school, pupil, lesson, date, starts_at, ends_at, recorded_at
HAVING sum(sign * lessons) <> 0 OR sum(sign * told * lessons) <> 0 OR sum(sign * scheduled) <> 0
    OR sum(sign * told * scheduled) <> 0 OR sum(sign * told * valid) <> 0
    OR sum(sign * told * invalid) <> 0 OR sum(sign * told * unclassified) <> 0
    OR sum(sign * told * other) <> 0 OR sum(sign * told * leave) <> 0
    OR sum(sign * full_timetable) <> 0;
