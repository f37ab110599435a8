-- Which schools somebody had ever told a lesson of, coming ones too, as known at a time.
--
-- reads   lessons  told versions of the lessons
-- returns school
SELECT school
FROM lessons
WHERE recorded_at <= $known_at
    AND NOT withdrawn
GROUP BY school
