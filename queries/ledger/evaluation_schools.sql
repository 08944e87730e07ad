-- On how many schools did what the code asks of every school happen in an evaluation period?
-- One row per evaluation period, side and indicator that is counted by school.
--
-- Schools are those active on the last day of the span. Of a school's staff the latest row that says so speaks. What
-- was made known for the whole group was made known at every school. Without a day in force nothing was in time.
--
-- Sources: evaluation_spans, evaluation_periods, scholen, activiteiten, personeel, bekendmaking
-- Columns
--   periode     evaluation period, yyyy-mm/yyyy-mm
--   kant        nu = the period, vorige = the years before it; what the text itself asked has no years before
--   dataset     dataset of the contract that it is counted from
--   indicator   indicator
--   teller      schools, pairs of school and group of people, or places; empty without a day to be in time for
--   noemer      of how many; likewise
with active as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        evaluation_spans.eerste_dag,
        evaluation_spans.laatste_dag,
        scholen.brin6
    from evaluation_spans
    inner join scholen
        on
            coalesce(evaluation_spans.laatste_dag >= scholen.actief_van, true)
            and coalesce(evaluation_spans.laatste_dag < scholen.actief_tot, true)
),

activities (indicator, soort) as (
    values ('scholen_zonder_training', 'training'), ('scholen_zonder_les', 'les')
),

without_activity as (
    select
        active.periode,
        active.kant,
        activities.indicator,
        active.brin6,
        not exists (
            select 1
            from activiteiten
            where
                activiteiten.brin6 = active.brin6
                and activiteiten.soort = activities.soort
                and activiteiten.datum between active.eerste_dag and active.laatste_dag
        ) as is_so
    from active
    cross join activities
),

staffed as (
    select
        active.periode,
        active.kant,
        active.brin6,
        arg_max(personeel.whatsapp_bezwaar, personeel.peildatum) filter (where personeel.whatsapp_bezwaar is not null)
            as is_opposed,
        arg_max(personeel.social_mediacoach, personeel.peildatum)
        filter (where personeel.social_mediacoach is not null)
            as has_coach
    from active
    inner join personeel
        on
            active.brin6 = personeel.brin6
            and personeel.peildatum between active.eerste_dag and active.laatste_dag
    group by active.periode, active.kant, active.brin6
),

people (doelgroep) as (
    values ('leerlingen'), ('ouders'), ('medewerkers')
),

informed as (
    select
        active.periode,
        active.kant,
        active.brin6,
        people.doelgroep,
        exists(
            select 1
            from bekendmaking
            where
                bekendmaking.doelgroep = people.doelgroep
                and coalesce(bekendmaking.brin6, active.brin6) = active.brin6
                and bekendmaking.datum < evaluation_periods.inwerkingtreding
        ) as is_so
    from active
    inner join evaluation_periods on active.periode = evaluation_periods.periode
    cross join people
    where active.kant = 'nu'
),

shared_places (kanaal) as (
    values ('website'), ('intranet')
),

placed as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        exists(
            select 1
            from bekendmaking
            where
                bekendmaking.kanaal = shared_places.kanaal
                and bekendmaking.brin6 is null
                and bekendmaking.datum <= evaluation_spans.laatste_dag
        ) as is_so
    from evaluation_spans
    cross join shared_places
    where evaluation_spans.kant = 'nu'
    union all
    select
        active.periode,
        active.kant,
        exists(
            select 1
            from bekendmaking
            where
                bekendmaking.kanaal = 'schoolwebsite'
                and coalesce(bekendmaking.brin6, active.brin6) = active.brin6
                and bekendmaking.datum <= active.laatste_dag
        ) as is_so
    from active
    where active.kant = 'nu'
),

judged as (
    select
        periode,
        kant,
        'activiteiten' as dataset,
        indicator,
        is_so
    from without_activity
    union all
    select
        periode,
        kant,
        'personeel' as dataset,
        'whatsapp_bezwaar' as indicator,
        is_opposed as is_so
    from staffed
    where is_opposed is not null
    union all
    select
        periode,
        kant,
        'personeel' as dataset,
        'scholen_met_coach' as indicator,
        has_coach as is_so
    from staffed
    where has_coach is not null
    union all
    select
        periode,
        kant,
        'bekendmaking' as dataset,
        'tijdig_bekend' as indicator,
        is_so
    from informed
    union all
    select
        periode,
        kant,
        'bekendmaking' as dataset,
        'gepubliceerd' as indicator,
        is_so
    from placed
),

asked (dataset, indicator) as (
    values
    ('activiteiten', 'scholen_zonder_training'),
    ('activiteiten', 'scholen_zonder_les'),
    ('personeel', 'whatsapp_bezwaar'),
    ('personeel', 'scholen_met_coach'),
    ('bekendmaking', 'tijdig_bekend'),
    ('bekendmaking', 'gepubliceerd')
)

select
    evaluation_spans.periode,
    evaluation_spans.kant,
    asked.dataset,
    asked.indicator,
    case
        when asked.indicator <> 'tijdig_bekend' or evaluation_periods.inwerkingtreding is not null
            then count(*) filter (where judged.is_so)
    end as teller,
    case
        when asked.indicator <> 'tijdig_bekend' or evaluation_periods.inwerkingtreding is not null
            then count(judged.is_so)
    end as noemer
from evaluation_spans
inner join evaluation_periods on evaluation_spans.periode = evaluation_periods.periode
cross join asked
left join judged
    on
        evaluation_spans.periode = judged.periode
        and evaluation_spans.kant = judged.kant
        and asked.indicator = judged.indicator
where evaluation_spans.kant = 'nu' or asked.dataset <> 'bekendmaking'
group by
    evaluation_spans.periode,
    evaluation_spans.kant,
    evaluation_periods.inwerkingtreding,
    asked.dataset,
    asked.indicator
