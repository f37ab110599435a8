-- The minutes of every pupil by month, as known at a time.
--
-- reads   rows   signed rows: one lesson of one pupil, at the moment it changed
-- returns pupil, month, lessons, scheduled, acknowledged, absent
SELECT
    pupil,
    month,
    CAST(sum(lessons) AS BIGINT) AS lessons,
    CAST(sum(scheduled) AS BIGINT) AS scheduled,
    CAST(sum(acknowledged) AS BIGINT) AS acknowledged,
    CAST(sum(valid + invalid + unclassified) AS BIGINT) AS absent
FROM rows
WHERE month BETWEEN $from_month AND $to_month
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY pupil, month
