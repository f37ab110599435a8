-- Of some pupils' spans of days, those in which the pupil had an ended lesson.
--
-- reads   spans  number, pupil, from_on, to_on: a span once for every number of its pupil
--         rows   signed rows
-- returns pupil, from_on, to_on
SELECT spans.pupil, spans.from_on, spans.to_on
FROM rows
INNER JOIN spans
    ON spans.number = rows.pupil AND rows.date BETWEEN spans.from_on AND spans.to_on
WHERE rows.month BETWEEN $from_month AND $to_month
    AND rows.recorded_at <= $known_at
    AND rows.ends_at <= $known_at
GROUP BY spans.pupil, spans.from_on, spans.to_on
HAVING sum(rows.lessons) > 0
