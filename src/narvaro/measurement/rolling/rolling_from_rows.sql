-- Every pupil's minutes over rolling months, at many month ends at once, as known at a time.
--
-- reads   rows       signed rows: one lesson of one pupil, at the moment it changed
--         windows    month_end, month: the months that each month end's window holds
-- returns pupil, month_end, scheduled, acknowledged, absent
SELECT
    monthly.pupil,
    windows.month_end,
    sum(monthly.scheduled) AS scheduled,
    sum(monthly.acknowledged) AS acknowledged,
    sum(monthly.absent) AS absent
FROM (
    SELECT
        pupil,
        month,
        sum(scheduled) AS scheduled,
        sum(acknowledged) AS acknowledged,
        sum(valid) + sum(invalid) + sum(unclassified) AS absent
    FROM rows
    WHERE month BETWEEN $from_month AND $to_month
        AND recorded_at <= $known_at
        AND ends_at <= $known_at
    GROUP BY pupil, month
) AS monthly
INNER JOIN windows ON windows.month = monthly.month
GROUP BY monthly.pupil, windows.month_end
