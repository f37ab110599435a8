-- One pupil's period summaries as known at a time: the newest version of each, none withdrawn.
--
-- reads   period_summaries  told versions of the summaries
-- returns pupil, from, to, offered, acknowledged, valid, invalid, unclassified, precision
SELECT
    pupil, "from", "to", offered_minutes, acknowledged_minutes, valid_minutes, invalid_minutes,
    unclassified_minutes, "precision"
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY pupil, school, "from", "to" ORDER BY recorded_at DESC, batch DESC
    ) AS newest_first
    FROM period_summaries
    WHERE pupil = $pupil AND recorded_at <= $known_at
) AS versions
WHERE newest_first = 1 AND NOT withdrawn
ORDER BY "from", "to", school
