-- What is known of every article of the code in each evaluation period?
-- One row per evaluation period begun, article and indicator; one without an indicator for an article without any.
--
-- Sources: evaluation_periods, article_indicators, evaluation_counts
-- Columns
--   periode         evaluation period, yyyy-mm/yyyy-mm
--   artikel         article
--   indicator       indicator, with its purpose behind a colon; empty = the article can't be measured
--   teller          number, or of which it is so; empty for a median and where nothing was delivered
--   noemer          of which it could be so; empty for a number, for a median and where nothing was delivered
--   mediaan         calendar days; empty for anything else, and without a date
--   vorige_teller   as teller, over the years before
--   vorige_noemer   as noemer, over the years before
--   vorige_mediaan  as mediaan, over the years before
--   norm            1 = all of them, 0 = none of them; empty = the code sets none
--   is_over         whether the period has ended
--   compleet        how much of the evidence there is
--   compleet_van    of how much; 0 = nothing to go by
select
    evaluation_periods.periode,
    article_indicators.artikel,
    article_indicators.indicator,
    counted.teller,
    counted.noemer,
    counted.mediaan,
    earlier.teller as vorige_teller,
    earlier.noemer as vorige_noemer,
    earlier.mediaan as vorige_mediaan,
    article_indicators.norm,
    evaluation_periods.is_over,
    counted.compleet,
    counted.compleet_van
from evaluation_periods
cross join article_indicators
left join evaluation_counts as counted
    on
        evaluation_periods.periode = counted.periode
        and counted.kant = 'nu'
        and article_indicators.indicator = counted.indicator
        and (counted.artikel is null or article_indicators.artikel = counted.artikel)
left join evaluation_counts as earlier
    on
        evaluation_periods.periode = earlier.periode
        and earlier.kant = 'vorige'
        and article_indicators.indicator = earlier.indicator
        and (earlier.artikel is null or article_indicators.artikel = earlier.artikel)
