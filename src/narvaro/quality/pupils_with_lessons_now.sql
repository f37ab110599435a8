-- Which pupils had a lesson on whole days that have ended, as known now.
--
-- reads   pupil_day  the sums of the signed rows by day
-- returns pupil, begins_on (by month: its first day)
WITH placed AS (
    SELECT
        pupil,
        CAST(CASE WHEN $by = 'month' THEN date_trunc('month', date) END AS DATE) AS begins_on,
        lessons
    FROM pupil_day
    WHERE month BETWEEN $from_month AND $to_month
        AND date BETWEEN $from_on AND $to_on
)
SELECT pupil, begins_on
FROM placed
GROUP BY pupil, begins_on
HAVING sum(lessons) <> 0
