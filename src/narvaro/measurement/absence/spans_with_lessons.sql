-- Of some pupils' spans of days, those in which the pupil had an ended lesson.
--
-- reads   spans  pupil, from_on, to_on
--         rows   signed rows; joins  numbers that turned out to be another pupil's
-- returns pupil, from_on, to_on
SELECT spans.pupil, spans.from_on, spans.to_on
FROM spans
INNER JOIN (
    SELECT coalesce(joins.joined_to, rows.pupil) AS pupil, rows.date, sum(rows.lessons) AS lessons
    FROM rows
    LEFT JOIN joins ON joins.number = rows.pupil
    WHERE rows.recorded_at <= $known_at AND rows.ends_at <= $known_at
    GROUP BY coalesce(joins.joined_to, rows.pupil), rows.date
) AS taught
    ON taught.pupil = spans.pupil AND taught.date BETWEEN spans.from_on AND spans.to_on
GROUP BY spans.pupil, spans.from_on, spans.to_on
HAVING sum(taught.lessons) > 0
