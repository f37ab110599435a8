-- How far one school's lessons were acknowledged, by class and day, as known at a time.
--
-- reads   lesson_rows  signed rows: one lesson, at the moment it changed
-- returns class, date, lessons, minutes, acknowledged_lessons, acknowledged_minutes,
--         same_day_lessons, timed_lessons, delay_minutes, without_pupils, without_teacher
SELECT
    "class",
    date,
    sum(lessons) AS lessons,
    sum(minutes) AS minutes,
    sum(acknowledged_lessons) AS acknowledged_lessons,
    sum(acknowledged_minutes) AS acknowledged_minutes,
    sum(same_day_lessons) AS same_day_lessons,
    sum(timed_lessons) AS timed_lessons,
    sum(delay_minutes) AS delay_minutes,
    sum(without_pupils) AS without_pupils,
    sum(without_teacher) AS without_teacher
FROM lesson_rows
WHERE school = $school
    AND month BETWEEN $from_month AND $to_month
    AND date BETWEEN $from_on AND $to_on
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY "class", date
HAVING sum(lessons) <> 0
