-- In which months of a window that has ended a pupil had lessons, as known now.
--
-- reads   pupil_month   the sums of the signed rows by month
-- returns pupil, month, lessons   (only months with lessons)
SELECT pupil, month, CAST(sum(lessons) AS BIGINT) AS lessons
FROM pupil_month
WHERE month BETWEEN $from_month AND $to_month
GROUP BY pupil, month
HAVING sum(lessons) <> 0
