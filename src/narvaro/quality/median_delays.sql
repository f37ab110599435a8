-- The median delay from a lesson's end to its acknowledgement, as known at a time.
--
-- reads   lesson_rows      signed rows: one lesson, at the moment it changed; netted here
--         lesson_teachers  signed rows: one teacher of one lesson (by teacher only)
-- returns school, class_name (by class), begins_on (first day of the week or month), teacher,
--         minutes and lessons: the median is minutes / lessons of the one or two middle lessons
--
-- Only lessons whose time of acknowledgement is known have a delay.
WITH netted AS (
    SELECT school, "class", lesson, date, sum(delay_minutes) AS delay
    FROM lesson_rows
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
    GROUP BY school, "class", lesson, date
    HAVING sum(timed_lessons) > 0
),
taught AS (
    SELECT lesson, teacher
    FROM lesson_teachers
    WHERE $by = 'teacher'
        AND month BETWEEN $from_month AND $to_month
        AND recorded_at <= $known_at
    GROUP BY lesson, teacher
    HAVING sum(taught) > 0
),
placed AS (
    SELECT
        netted.school,
        CASE WHEN $by = 'class' THEN netted."class" END AS class_name,
        CAST(
            CASE
                WHEN $by = 'week' THEN date_trunc('week', netted.date)
                WHEN $by = 'month' THEN date_trunc('month', netted.date)
            END AS DATE
        ) AS begins_on,
        taught.teacher,
        netted.delay,
        netted.lesson
    FROM netted
    LEFT JOIN taught ON taught.lesson = netted.lesson
    WHERE $by <> 'teacher' OR taught.teacher IS NOT NULL
),
ranked AS (
    SELECT
        school, class_name, begins_on, teacher, delay,
        row_number() OVER (
            PARTITION BY school, class_name, begins_on, teacher ORDER BY delay, lesson) AS place,
        sum(1) OVER (PARTITION BY school, class_name, begins_on, teacher) AS places
    FROM placed
)
SELECT school, class_name, begins_on, teacher, sum(delay) AS minutes, sum(1) AS lessons
FROM ranked
WHERE 2 * place IN (places, places + 1, places + 2)
GROUP BY school, class_name, begins_on, teacher
