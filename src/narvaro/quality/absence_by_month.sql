-- Pupils' minutes of every school and month, as known at a time.
--
-- reads   rows  signed rows: one lesson of one pupil, at the moment it changed
-- returns school, month, scheduled, acknowledged, absent
SELECT
    school,
    month,
    CAST(sum(scheduled) AS BIGINT) AS scheduled,
    CAST(sum(acknowledged) AS BIGINT) AS acknowledged,
    CAST(sum(valid + invalid + unclassified) AS BIGINT) AS absent
FROM rows
WHERE month BETWEEN $from_month AND $to_month
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY school, month
HAVING sum(lessons) <> 0
