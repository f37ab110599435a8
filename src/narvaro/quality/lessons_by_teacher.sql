-- How far each teacher's lessons were acknowledged over a window, as known at a time.
--
-- reads   lesson_rows      signed rows: one lesson, at the moment it changed
--         lesson_teachers  signed rows: one teacher of one lesson
-- returns school, teacher, lessons, minutes, acknowledged_lessons, acknowledged_minutes,
--         same_day_lessons, timed_lessons, delay_minutes, without_pupils, without_teacher
--
-- A lesson of two teachers counts for both.
WITH taught AS (
    SELECT lesson, teacher
    FROM lesson_teachers
    WHERE month BETWEEN $from_month AND $to_month
        AND recorded_at <= $known_at
    GROUP BY lesson, teacher
    HAVING sum(taught) > 0
)
SELECT
    lesson_rows.school,
    taught.teacher,
    CAST(sum(lesson_rows.lessons) AS BIGINT) AS lessons,
    CAST(sum(lesson_rows.minutes) AS BIGINT) AS minutes,
    CAST(sum(lesson_rows.acknowledged_lessons) AS BIGINT) AS acknowledged_lessons,
    CAST(sum(lesson_rows.acknowledged_minutes) AS BIGINT) AS acknowledged_minutes,
    CAST(sum(lesson_rows.same_day_lessons) AS BIGINT) AS same_day_lessons,
    CAST(sum(lesson_rows.timed_lessons) AS BIGINT) AS timed_lessons,
    CAST(sum(lesson_rows.delay_minutes) AS BIGINT) AS delay_minutes,
    CAST(sum(lesson_rows.without_pupils) AS BIGINT) AS without_pupils,
    CAST(sum(lesson_rows.without_teacher) AS BIGINT) AS without_teacher
FROM lesson_rows
INNER JOIN taught ON taught.lesson = lesson_rows.lesson
WHERE lesson_rows.month BETWEEN $from_month AND $to_month
    AND lesson_rows.date BETWEEN $from_on AND $to_on
    AND lesson_rows.recorded_at <= $known_at
    AND lesson_rows.ends_at <= $known_at
GROUP BY lesson_rows.school, taught.teacher
HAVING sum(lesson_rows.lessons) <> 0
