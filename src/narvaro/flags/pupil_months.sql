-- Every pupil's minutes by month, as known now.
--
-- reads   pupil_month   the sums of the signed rows by month
-- returns pupil, month, lessons, scheduled, acknowledged, absent
SELECT
    pupil,
    month,
    sum(lessons) AS lessons,
    sum(scheduled) AS scheduled,
    sum(acknowledged) AS acknowledged,
    sum(valid) + sum(invalid) + sum(unclassified) AS absent
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
GROUP BY pupil, month
