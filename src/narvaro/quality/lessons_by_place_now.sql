-- How far lessons were acknowledged over whole days that have ended, as known now.
--
-- reads   lesson_day  the sums of the signed lesson rows by day
-- returns school, class_name (by class), begins_on (the day, or the first day of the week or
--         month), lessons, minutes, acknowledged_lessons, acknowledged_minutes, same_day_lessons,
--         timed_lessons, delay_minutes, without_pupils, without_teacher
WITH placed AS (
    SELECT
        school,
        CASE WHEN $by = 'class' THEN "class" END AS class_name,
        CAST(
            CASE
                WHEN $by = 'day' THEN date
                WHEN $by = 'week' THEN date_trunc('week', date)
                WHEN $by = 'month' THEN date_trunc('month', date)
            END AS DATE
        ) AS begins_on,
        lessons, minutes, acknowledged_lessons, acknowledged_minutes, same_day_lessons,
        timed_lessons, delay_minutes, without_pupils, without_teacher
    FROM lesson_day
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
)
SELECT
    school,
    class_name,
    begins_on,
    CAST(sum(lessons) AS BIGINT) AS lessons,
    CAST(sum(minutes) AS BIGINT) AS minutes,
    CAST(sum(acknowledged_lessons) AS BIGINT) AS acknowledged_lessons,
    CAST(sum(acknowledged_minutes) AS BIGINT) AS acknowledged_minutes,
    CAST(sum(same_day_lessons) AS BIGINT) AS same_day_lessons,
    CAST(sum(timed_lessons) AS BIGINT) AS timed_lessons,
    CAST(sum(delay_minutes) AS BIGINT) AS delay_minutes,
    CAST(sum(without_pupils) AS BIGINT) AS without_pupils,
    CAST(sum(without_teacher) AS BIGINT) AS without_teacher
FROM placed
GROUP BY school, class_name, begins_on
HAVING sum(lessons) <> 0
