-- Ended lessons with pupils that nobody has acknowledged, as known at a time.
--
-- reads   lesson_rows      signed rows: one lesson, at the moment it changed; netted here
--         lessons          told versions: the newest known one names the lesson
--         lesson_teachers  signed rows: one teacher of one lesson
-- returns lesson, school, class, date, minutes, source, lesson_key, starts_at, ends_at, subject,
--         group, teacher: a row for each teacher of a lesson, or one with none
--
-- A cancelled lesson nets to no lesson. One without pupils (an empty group) is left out: there is
-- nobody whose attendance could be acknowledged.
WITH netted AS (
    SELECT lesson, school, "class" AS class_name, date, sum(minutes) AS minutes
    FROM lesson_rows
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
    GROUP BY lesson, school, "class", date
    HAVING sum(lessons) > 0
        AND sum(acknowledged_lessons) = 0
        AND sum(without_pupils) = 0
),
named AS (
    SELECT
        lesson, source, lesson_key, starts_at, ends_at, subject, "group" AS group_name,
        row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM lessons
    WHERE recorded_at <= $known_at
        AND month BETWEEN $from_month AND $to_month
        AND lesson IN (SELECT lesson FROM netted)
),
taught AS (
    SELECT lesson, teacher
    FROM lesson_teachers
    WHERE month BETWEEN $from_month AND $to_month
        AND recorded_at <= $known_at
        AND lesson IN (SELECT lesson FROM netted)
    GROUP BY lesson, teacher
    HAVING sum(taught) > 0
)
SELECT
    netted.lesson, netted.school, netted.class_name, netted.date, netted.minutes,
    named.source, named.lesson_key, named.starts_at, named.ends_at, named.subject,
    named.group_name, taught.teacher
FROM netted
INNER JOIN named ON named.lesson = netted.lesson AND named.newest_first = 1
LEFT JOIN taught ON taught.lesson = netted.lesson
ORDER BY named.starts_at, netted.lesson, taught.teacher
