//! What documents have in common with earlier ones.

use gestfg_types::similarity::{SimilarityServiceState, SimilarityState};

texts! {
    route_similarity = "Similitud", "Similarity";
    similarity_result = "Resultado", "Result";
    similarity_share = "Texto que está en trabajos anteriores", "Text that is in earlier projects";
    similarity_threshold = "Se marca a partir de", "Flagged from";
    similarity_read = "Leído", "Read";
    similarity_not_whole = "No se ha podido leer entero.", "Not all of it could be read.";
    similarity_compared = "Comparado", "Compared";
    similarity_justified = "Justificada", "Justified";
    similarity_unjustified = "Por justificar", "To be justified";
    similarity_below = "Por debajo del umbral", "Below the threshold";
    similarity_details = "Ver el resultado", "See the result";
    similarity_waits = "Se está comparando con los trabajos anteriores de la facultad. El resultado aparecerá aquí solo.", "It is being compared with earlier projects of the faculty. The result will appear here by itself.";
    similarity_without_text = "El documento apenas tiene texto: está escaneado o es todo imágenes. No se ha podido comparar; pide una versión con texto.", "There is hardly any text in the document: it was scanned or is all pictures. It could not be compared; ask for a version with text.";
    similarity_unreadable = "El documento está dañado, protegido o es demasiado grande, y no se ha podido leer.", "The document is damaged, locked or too large, and could not be read.";
    similarity_flagged_title = "Hay que justificarlo antes de la defensa", "It has to be justified before the defence";
    similarity_flagged_body = "Hasta que un tutor o la coordinación firme por qué se puede defender, la comisión no puede calificar.", "Until a tutor or a coordinator signs why it may be defended, the committee cannot mark.";
    similarity_own_body = "Tu tutor o tutora lo revisará y puede firmar una justificación, por ejemplo si son citas o la continuación de otro trabajo.", "Your tutor will look at it and can sign a justification, for instance if these are quotations or it continues another project.";
    similarity_matches = "Coincidencias con trabajos anteriores", "In common with earlier projects";
    similarity_no_matches = "No hay pasajes de diez palabras o más en común con ningún trabajo anterior.", "There are no passages of ten words or more in common with any earlier project.";
    similarity_here = "En este documento", "In this document";
    similarity_there = "En el anterior", "In the earlier one";
    similarity_justification = "Justificación", "Justification";
    similarity_sign = "Firmar la justificación", "Sign the justification";
    similarity_sign_again = "Firmar otra", "Sign another one";
    similarity_why = "Por qué se puede defender", "Why it may be defended";
    similarity_why_help = "Queda firmada con tu nombre y la fecha, y no se podrá cambiar; sí añadir otra. La leen la comisión y la coordinación.", "It is signed with your name and the date and cannot be changed, only followed by another. The committee and the coordinators read it.";
    similarity_signed = "La justificación está firmada.", "The justification is signed.";
    similarity_nothing_signed = "Nadie la ha firmado todavía.", "Nobody has signed yet.";
    similarity_service = "Servicio externo", "Service outside";
    similarity_service_report = "Su informe", "Its report";

    similarity_settings_title = "Similitud con trabajos anteriores", "Similarity to earlier projects";
    similarity_settings_default = "Nadie las ha escrito todavía: estas son las habituales.", "Nobody has written these yet: they are the usual ones.";
    similarity_is_on = "Comparar lo que se entrega con los trabajos anteriores de la facultad", "Compare what is handed in with earlier projects of the faculty";
    similarity_is_on_help = "Al entregar. Lo que ya se entregó conserva su resultado.", "When it is handed in. What was handed in before keeps its result.";
    similarity_threshold_field = "Umbral (% del texto)", "Threshold (% of the text)";
    similarity_threshold_help = "A partir de aquí hace falta una justificación firmada antes de la defensa.", "From here on a signed justification is needed before the defence.";
    similarity_kinds_field = "Documentos que se comparan (códigos, separados por comas)", "Documents compared (codes, separated by commas)";
    similarity_common_field = "No contar lo que esté en más de … trabajos", "Leave out what is in more than … projects";
    similarity_common_help = "Portadas, licencias, declaraciones y citas que todo el mundo pone.", "Title pages, licences, declarations and quotations that everybody has.";
    similarity_service_field = "Preguntar también al servicio externo", "Ask the service outside too";
    similarity_service_help = "El documento sale de la universidad hacia el servicio que ha configurado la administración.", "The document leaves the university for the service that was set up by the administration.";
}

phrases! {
    /// How much, for a badge.
    similarity_badge(share: &str) = format!("Similitud {share} %"), format!("Similarity {share}%");

    /// A share.
    similarity_percent(share: &str) = format!("{share} %"), format!("{share}%");

    /// Pages and words that were read.
    similarity_extent(read: i32, pages: i32, words: &str) = format!("páginas con texto: {read} de {pages}; palabras: {words}"), format!("pages with text: {read} of {pages}; words: {words}");

    /// With how many, and when.
    similarity_with(count: i32, when: &str) = format!("el {when}; trabajos que comparten algo: {count}"), format!("on {when}; projects that share something: {count}");

    /// Of an earlier project: what it was.
    similarity_source(degree: &str, year: &str, tutor: &str) = format!("{degree}, curso {year}, tutoriza {tutor}"), format!("{degree}, {year}, tutored by {tutor}");

    /// How much of it.
    similarity_match_share(share: &str, words: i32) = format!("{share} % · {words} palabras"), format!("{share}% · {words} words");

    /// A passage: its place and length.
    similarity_passage(words: i32) = format!("Pasaje de {words} palabras"), format!("Passage of {words} words");

    /// From which word on.
    similarity_from_word(word: i32) = format!("desde la palabra {word}"), format!("from word {word} on");

    /// Who signed, when, and what they saw.
    similarity_signed_by(name: &str, when: &str, share: &str) = format!("Firmado por {name} el {when}, con una similitud del {share} %"), format!("Signed by {name} on {when}, at a similarity of {share}%");
}

labels! {
    /// How far comparing a document has come.
    similarity_state(SimilarityState) {
        SimilarityState::Waiting = "Similitud: en espera", "Similarity: waiting";
        SimilarityState::Reading = "Similitud: leyendo", "Similarity: being read";
        SimilarityState::Read = "Similitud: comparando", "Similarity: being compared";
        SimilarityState::Done = "Comparado", "Compared";
        SimilarityState::WithoutText = "Similitud: sin texto", "Similarity: no text";
        SimilarityState::Unreadable = "Similitud: no se puede leer", "Similarity: cannot be read";
    }

    /// How asking the service outside stands.
    similarity_service_state(SimilarityServiceState) {
        SimilarityServiceState::Waiting = "Se le va a preguntar", "It is about to be asked";
        SimilarityServiceState::Asked = "Sin respuesta todavía", "No answer yet";
        SimilarityServiceState::Answered = "Ha respondido", "It has answered";
        SimilarityServiceState::Failed = "No se ha podido preguntar", "It could not be asked";
    }
}
