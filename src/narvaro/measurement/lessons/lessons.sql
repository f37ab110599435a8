-- One pupil's ended lessons over a window, as known at a time, and when each last changed.
--
-- reads   rows     signed rows; netted here, so a correction shows only what stands
--         lessons  told versions of the lessons; the newest known one gives key, subject, group
-- returns lesson key, school, date, starts_at, ends_at, subject, group, class, scheduled,
--         acknowledged, valid, invalid, unclassified, other, leave, full_timetable,
--         acknowledged_lessons, known_at
WITH netted AS (
    SELECT
        lesson, school, date, starts_at, ends_at,
        sum(lessons) AS lessons,
        sum(acknowledged_lessons) AS acknowledged_lessons,
        sum(scheduled) AS scheduled,
        sum(acknowledged) AS acknowledged,
        sum(valid) AS valid,
        sum(invalid) AS invalid,
        sum(unclassified) AS unclassified,
        sum(other) AS other,
        sum(leave) AS leave,
        sum(full_timetable) AS full_timetable,
        max(recorded_at) AS known_at
    FROM rows
    WHERE pupil = $pupil
        AND month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
    GROUP BY lesson, school, date, starts_at, ends_at
    HAVING sum(lessons) <> 0
),
named AS (
    SELECT
        lesson, lesson_key, subject, "group", "class",
        row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM lessons
    WHERE recorded_at <= $known_at
        AND lesson IN (SELECT lesson FROM netted)
)
SELECT
    named.lesson_key, netted.school, netted.date, netted.starts_at, netted.ends_at,
    named.subject, named."group", named."class",
    netted.scheduled, netted.acknowledged, netted.valid, netted.invalid, netted.unclassified,
    netted.other, netted.leave, netted.full_timetable, netted.acknowledged_lessons, netted.known_at
FROM netted
INNER JOIN named ON named.lesson = netted.lesson AND named.newest_first = 1
ORDER BY netted.starts_at, named.lesson_key
