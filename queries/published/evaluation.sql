-- What is known of every article of the code in each evaluation period?
-- One row per evaluation period begun, article and indicator; one without an indicator for an article without any.
--
-- Parameters
--   $periode    list of periods     ['2025-02/2027-01']  evaluation periods; null = all
--   $artikel    list of articles    ['IV.M.8']           articles; null = all
--   $indicator  list of indicators  ['incidenten']       indicators; null = all, and articles without any
-- Sources: evaluation
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
    periode,
    artikel,
    indicator,
    teller,
    noemer,
    mediaan,
    vorige_teller,
    vorige_noemer,
    vorige_mediaan,
    norm,
    is_over,
    compleet,
    compleet_van
from evaluation
where
    ($periode is null or periode = any($periode))
    and ($artikel is null or artikel = any($artikel))
    and ($indicator is null or indicator = any($indicator))
order by periode, artikel, indicator
