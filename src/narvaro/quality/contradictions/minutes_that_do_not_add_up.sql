-- Acknowledged marks whose present and absent minutes are not the scheduled ones.
--
-- reads   rows     signed rows; netted here
--         marks    told versions; the newest known one gives the present minutes
--         lessons  told versions of the lessons; the newest known one gives the key
-- returns pupil, school, date, lesson key, scheduled, present, absent, other
--
-- Only marks that state present minutes can contradict. Another school activity may stand beside
-- the present minutes or within them.
WITH netted AS (
    SELECT
        lesson, pupil, school, date,
        sum(scheduled) AS scheduled,
        sum(valid) + sum(invalid) + sum(unclassified) AS absent,
        sum(other) AS other
    FROM rows
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
    GROUP BY lesson, pupil, school, date
    HAVING sum(lessons) > 0 AND sum(acknowledged_lessons) > 0
),
versions AS (
    SELECT
        lesson, pupil, present_minutes, withdrawn,
        row_number() OVER (
            PARTITION BY lesson, pupil ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM marks
    WHERE recorded_at <= $known_at
        AND lesson IN (SELECT lesson FROM netted)
),
named AS (
    SELECT
        lesson, lesson_key,
        row_number() OVER (PARTITION BY lesson ORDER BY recorded_at DESC, batch DESC) AS newest_first
    FROM lessons
    WHERE recorded_at <= $known_at
        AND month BETWEEN $from_month AND $to_month
)
SELECT
    netted.pupil, netted.school, netted.date, named.lesson_key,
    netted.scheduled, versions.present_minutes, netted.absent, netted.other
FROM netted
INNER JOIN versions
    ON versions.lesson = netted.lesson AND versions.pupil = netted.pupil
    AND versions.newest_first = 1 AND NOT versions.withdrawn
INNER JOIN named ON named.lesson = netted.lesson AND named.newest_first = 1
WHERE versions.present_minutes + netted.absent <> netted.scheduled
    AND versions.present_minutes + netted.absent + netted.other <> netted.scheduled
