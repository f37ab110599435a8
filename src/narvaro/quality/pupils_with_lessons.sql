-- Which pupils had an ended lesson in a window, as known at a time.
--
-- reads   rows  signed rows
-- returns pupil, begins_on (by month: its first day)
WITH placed AS (
    SELECT
        pupil,
        CAST(CASE WHEN $by = 'month' THEN date_trunc('month', date) END AS DATE) AS begins_on,
        lessons
    FROM rows
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
)
SELECT pupil, begins_on
FROM placed
GROUP BY pupil, begins_on
HAVING sum(lessons) <> 0
