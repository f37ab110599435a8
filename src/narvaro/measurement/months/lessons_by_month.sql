-- In which months of a window a pupil had ended lessons, as known at a time.
--
-- reads   rows   signed rows
-- returns pupil, month, lessons   (only months with lessons)
SELECT pupil, month, CAST(sum(lessons) AS BIGINT) AS lessons
FROM rows
WHERE month BETWEEN $from_month AND $to_month
    AND recorded_at <= $known_at
    AND ends_at <= $known_at
GROUP BY pupil, month
HAVING sum(lessons) <> 0
