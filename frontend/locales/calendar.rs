//! The calendar, announcements and entries.

use crate::components::CalendarView;
use crate::format::{month, short_month};
use crate::i18n::Texts;
use chrono::{Datelike, NaiveDate, Weekday};
use gestfg_types::calendar::CalendarSource;
use gestfg_types::session::Language;

const ES: Texts = Texts::of(Language::Es);
const EN: Texts = Texts::of(Language::En);

texts! {
    route_calendar = "Calendario", "Calendar";

    today = "Hoy", "Today";
    earlier = "Anterior", "Earlier";
    later = "Siguiente", "Later";
    view = "Vista", "View";
    print = "Imprimir", "Print";
    when = "Cuándo", "When";
    location = "Lugar", "Place";
    entry_kind = "Tipo", "Kind";
    all_day = "Todo el día", "All day";
    add_to_calendar = "Añadir a mi calendario", "Add to my calendar";
    several_days = "De varios días", "Several days";
    nothing_that_day = "Nada previsto", "Nothing planned";
    calendar_empty = "No hay nada en estas fechas", "Nothing on these dates";
    calendar_empty_body = "Prueba con otro mes o con todas las titulaciones.", "Try another month, or all degrees.";

    // Subscribing.
    subscribe = "Suscribirse", "Subscribe";
    copy_by_hand = "El navegador no deja copiar: selecciona el texto y cópialo tú.", "The browser does not allow copying: select the text and copy it yourself.";
    feed_public_help = "Pega esta dirección en tu programa de calendario (Google Calendar, Outlook, Apple…) para ver siempre las fechas al día.", "Paste this address into your calendar program (Google Calendar, Outlook, Apple…) to see the dates always up to date.";
    feed_private = "Tu calendario privado", "Your private calendar";
    feed_help = "Una dirección solo para ti, con tus plazos y tareas además de los públicos. Quien la tenga puede leer tu calendario: no la compartas.", "An address for you alone, with your own deadlines and duties besides the public ones. Whoever has it can read your calendar: do not share it.";
    feed_make = "Crear mi dirección", "Make my address";
    feed_renew = "Crear otra", "Make another";
    feed_renew_title = "¿Crear otra dirección?", "Make another address?";
    feed_renew_body = "La dirección actual dejará de funcionar y tendrás que poner la nueva en tus programas de calendario.", "The present address will stop working, and you will have to give the new one to your calendar programs.";
    feed_end = "Anular la dirección", "Revoke the address";
    feed_end_title = "¿Anular la dirección?", "Revoke the address?";
    feed_end_body = "Los programas de calendario que la usen dejarán de recibir tus fechas.", "Calendar programs that use it will no longer get your dates.";
    feed_ended = "La dirección se ha anulado.", "The address was revoked.";
    feed_shown_once = "Cópiala ahora: no se volverá a mostrar.", "Copy it now: it will not be shown again.";
    feed_never_read = "Ningún programa la ha leído todavía.", "No program has read it yet.";
}

phrases! {
    /// A month in words, e.g. `junio de 2026`.
    month_of_year(day: NaiveDate) = format!("{} de {}", month(ES, day.month0()), day.year()), format!("{} {}", month(EN, day.month0()), day.year());
    /// The days in sight in words.
    days_between(from: NaiveDate, to: NaiveDate) = format!("{} {} – {} {} {}", from.day(), short_month(ES, from.month0()), to.day(), short_month(ES, to.month0()), to.year()), format!("{} {} – {} {} {}", from.day(), short_month(EN, from.month0()), to.day(), short_month(EN, to.month0()), to.year());
    /// A day in words.
    long_day(day: NaiveDate) = format!("{}, {} de {} de {}", ES.weekday(day.weekday()), day.day(), month(ES, day.month0()), day.year()), format!("{} {} {} {}", EN.weekday(day.weekday()), day.day(), month(EN, day.month0()), day.year());
    /// The heading of what is on a day.
    on_that_day(day: NaiveDate) = format!("{} de {}", day.day(), month(ES, day.month0())), format!("{} {}", day.day(), month(EN, day.month0()));
    /// How many entries there is no room for.
    and_more(count: usize) = format!("+{count} más"), format!("+{count} more");
    /// The public address, of one degree or of all.
    feed_public(degree: Option<&str>) = degree.map_or_else(|| "Calendario público".to_owned(), |degree| format!("Calendario público: {degree}")), degree.map_or_else(|| "Public calendar".to_owned(), |degree| format!("Public calendar: {degree}"));
    /// When the private address was made.
    feed_made(date: &str) = format!("Tienes una dirección desde el {date}."), format!("You have had an address since {date}.");
    /// When a program last read it.
    feed_read(date: &str) = format!("Última lectura: {date}."), format!("Last read: {date}.");
}

labels! {
    /// A day of the week.
    weekday(Weekday) {
        Weekday::Mon = "lunes", "Monday";
        Weekday::Tue = "martes", "Tuesday";
        Weekday::Wed = "miércoles", "Wednesday";
        Weekday::Thu = "jueves", "Thursday";
        Weekday::Fri = "viernes", "Friday";
        Weekday::Sat = "sábado", "Saturday";
        Weekday::Sun = "domingo", "Sunday";
    }

    /// A day of the week, short.
    short_weekday(Weekday) {
        Weekday::Mon = "lun", "Mon";
        Weekday::Tue = "mar", "Tue";
        Weekday::Wed = "mié", "Wed";
        Weekday::Thu = "jue", "Thu";
        Weekday::Fri = "vie", "Fri";
        Weekday::Sat = "sáb", "Sat";
        Weekday::Sun = "dom", "Sun";
    }

    /// How much of the calendar is shown.
    calendar_view(CalendarView) {
        CalendarView::Month = "Mes", "Month";
        CalendarView::Week = "Semana", "Week";
        CalendarView::Agenda = "Agenda", "Agenda";
    }

    /// Where an entry comes from.
    calendar_source(CalendarSource) {
        CalendarSource::Phase = "Plazo de convocatoria", "Phase of a call";
        CalendarSource::Event = "Aviso o evento", "Event";
        CalendarSource::Defence = "Defensa", "Defence";
        CalendarSource::Duty = "Tarea mía", "Duty of mine";
    }

    /// What the link to the page of an entry says.
    entry_more(CalendarSource) {
        CalendarSource::Phase = "Ver la convocatoria", "See the call";
        CalendarSource::Event = "Ver el evento", "See the event";
        CalendarSource::Defence = "Ver la convocatoria de la defensa", "See the call of the defence";
        CalendarSource::Duty = "Ir a la tarea", "Go to the duty";
    }
}
