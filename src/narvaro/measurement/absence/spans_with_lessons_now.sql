-- Of some pupils' spans of days that have ended, those in which the pupil had a lesson, as known now.
--
-- reads   spans      number, pupil, from_on, to_on: a span once for every number of its pupil
--         pupil_day  the sums of the signed rows by day
-- returns pupil, from_on, to_on
SELECT spans.pupil, spans.from_on, spans.to_on
FROM pupil_day
INNER JOIN spans
    ON spans.number = pupil_day.pupil AND pupil_day.date BETWEEN spans.from_on AND spans.to_on
WHERE pupil_day.month BETWEEN $from_month AND $to_month
GROUP BY spans.pupil, spans.from_on, spans.to_on
HAVING sum(pupil_day.lessons) > 0
