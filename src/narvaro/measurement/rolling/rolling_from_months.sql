-- Every pupil's minutes over rolling months that have ended, at many month ends at once, known now.
--
-- reads   pupil_month   the sums of the signed rows by month
--         windows       month_end, month: the months that each month end's window holds
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
    FROM pupil_month
    WHERE month BETWEEN $from_month AND $to_month
    GROUP BY pupil, month
) AS monthly
INNER JOIN windows ON windows.month = monthly.month
GROUP BY monthly.pupil, windows.month_end
