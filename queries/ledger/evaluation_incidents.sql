-- What was reported under each article in an evaluation period, and what was done about it?
-- One row per evaluation period, side, article and indicator of incidents.
--
-- Counted incidents are those that aren't wholly outside school; only of how far they belong to school all are told.
-- What was left empty counts as not done. Nothing reported is 0.
--
-- Sources: incidenten, categories, evaluation_spans, article_indicators, known_platforms, listed_measures
-- Columns
--   periode     evaluation period, yyyy-mm/yyyy-mm
--   kant        nu = the period, vorige = the years before it
--   artikel     article
--   indicator   indicator
--   teller      incidents of which it is so, platforms; empty for a median
--   noemer      incidents of which it could be so; empty for a number and for a median
--   mediaan     calendar days; empty for anything else, and without a date
with found as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        categories.artikel,
        coalesce(incidenten.reikwijdte, 'school') as reikwijdte,
        incidenten.platform,
        incidenten.veroorzaker,
        coalesce(incidenten.in_les, false) as is_in_lesson,
        coalesce(incidenten.maatregel <> 'geen', false) as is_measure_taken,
        case when incidenten.maatregel <> 'geen' then incidenten.maatregel_datum - incidenten.datum end
            as days_to_measure,
        coalesce(incidenten.leidinggevende_op = incidenten.datum, false) as is_told_same_day,
        coalesce(incidenten.getroffene in ('leerling', 'medewerker'), false) as may_be_helped,
        coalesce(incidenten.hulp_aangeboden, false) as is_helped,
        coalesce(incidenten.in_dossier, false) as is_on_file,
        listed_measures.maatregel is not null as is_listed_measure
    from incidenten
    inner join evaluation_spans
        on incidenten.datum between evaluation_spans.eerste_dag and evaluation_spans.laatste_dag
    left join categories on incidenten.categorie = categories.categorie
    left join listed_measures
        on incidenten.veroorzaker = listed_measures.veroorzaker and incidenten.maatregel = listed_measures.maatregel
),

counted as (
    select *
    from found
    where reikwijdte <> 'buiten'
),

-- Under an article: not what has a category that the registry dropped since.
placed as (
    select *
    from counted
    where artikel is not null
),

-- Each incident under every indicator that it is a case of: of any article where artikel is empty.
cases as (
    select
        periode,
        kant,
        artikel,
        'incidenten' as indicator,
        true as is_so,
        cast(null as bigint) as dagen
    from placed
    union all
    select
        periode,
        kant,
        artikel,
        'in_les' as indicator,
        is_in_lesson as is_so,
        null as dagen
    from placed
    union all
    select
        periode,
        kant,
        artikel,
        'met_maatregel' as indicator,
        is_measure_taken as is_so,
        null as dagen
    from placed
    union all
    select
        periode,
        kant,
        artikel,
        'dagen_tot_maatregel' as indicator,
        is_measure_taken as is_so,
        days_to_measure as dagen
    from placed
    union all
    select
        periode,
        kant,
        artikel,
        'zelfde_dag_gemeld' as indicator,
        is_told_same_day as is_so,
        null as dagen
    from placed
    union all
    select
        periode,
        kant,
        null as artikel,
        'hulp_aangeboden' as indicator,
        is_helped as is_so,
        null as dagen
    from counted
    where may_be_helped
    union all
    select
        periode,
        kant,
        null as artikel,
        'in_dossier' as indicator,
        is_on_file as is_so,
        null as dagen
    from counted
    where veroorzaker = 'medewerker'
    union all
    select
        periode,
        kant,
        null as artikel,
        case veroorzaker when 'leerling' then 'maatregelen_leerlingen' else 'maatregelen_medewerkers' end as indicator,
        is_listed_measure as is_so,
        null as dagen
    from counted
    where veroorzaker in ('leerling', 'medewerker')
    union all
    select
        found.periode,
        found.kant,
        null as artikel,
        scopes.indicator,
        found.reikwijdte = scopes.reikwijdte as is_so,
        null as dagen
    from found
    cross join (
        values
        ('incidenten_school', 'school'), ('incidenten_overlap', 'overlap'), ('incidenten_buiten', 'buiten')
    ) as scopes (indicator, reikwijdte)
    union all
    select
        platforms.periode,
        platforms.kant,
        null as artikel,
        kinds.indicator,
        kinds.indicator = 'platforms' or known_platforms.platform is null as is_so,
        null as dagen
    from (
        select distinct
            periode,
            kant,
            platform
        from counted
        where platform is not null
    ) as platforms
    left join known_platforms on platforms.platform = known_platforms.platform
    cross join (values ('platforms'), ('nieuwe_platforms')) as kinds (indicator)
),

incident_indicators (indicator) as (
    values
    ('incidenten'), ('in_les'), ('met_maatregel'), ('dagen_tot_maatregel'), ('zelfde_dag_gemeld'), ('hulp_aangeboden'),
    ('in_dossier'), ('maatregelen_leerlingen'), ('maatregelen_medewerkers'), ('incidenten_school'),
    ('incidenten_overlap'), ('incidenten_buiten'), ('platforms'), ('nieuwe_platforms')
)

select
    evaluation_spans.periode,
    evaluation_spans.kant,
    article_indicators.artikel,
    article_indicators.indicator,
    case when article_indicators.soort <> 'mediaan' then count(*) filter (where cases.is_so) end as teller,
    case when article_indicators.soort = 'aandeel' then count(cases.is_so) end as noemer,
    case when article_indicators.soort = 'mediaan' then median(cases.dagen) end as mediaan
from evaluation_spans
cross join article_indicators
inner join incident_indicators on article_indicators.indicator = incident_indicators.indicator
left join cases
    on
        evaluation_spans.periode = cases.periode
        and evaluation_spans.kant = cases.kant
        and article_indicators.indicator = cases.indicator
        and (cases.artikel is null or article_indicators.artikel = cases.artikel)
group by
    evaluation_spans.periode,
    evaluation_spans.kant,
    article_indicators.artikel,
    article_indicators.indicator,
    article_indicators.soort
