-- Pupils' minutes of every school and month that is over, as known now.
--
-- reads   pupil_month  the sums of the signed rows by month
-- returns school, month, scheduled, acknowledged, absent
SELECT
    school,
    month,
    CAST(sum(scheduled) AS BIGINT) AS scheduled,
    CAST(sum(acknowledged) AS BIGINT) AS acknowledged,
    CAST(sum(valid + invalid + unclassified) AS BIGINT) AS absent
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
GROUP BY school, month
HAVING sum(lessons) <> 0
