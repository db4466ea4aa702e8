//! Finding projects by words.

use super::Stage;
use gestfg_types::errors::ErrorCode;
use gestfg_types::ids::ProjectId;
use gestfg_types::pagination::Page;
use gestfg_types::projects::ProjectSummary;

fn library(stage: &Stage) {
    stage.with_world(|world| {
        for (title, text, keywords) in [
            ("Inteligencia artificial para la robótica móvil", "Navegación de robots con **aprendizaje**.", "ROS"),
            ("Aplicación web de gestión de tribunales", "Comisiones y calendarios.", "web, gestión"),
            ("Deep learning for medical images", "Convolutional networks find tumours.", "neural networks"),
            ("Análisis de redes sociales", "Opiniones en castellano.", "minería de datos"),
            ("Blockchain y contratos inteligentes", "Registro distribuido.", "criptografía"),
            ("Compilador de un lenguaje funcional", "Tipos y efectos.", "lenguajes"),
        ] {
            let id = world.project(title, stage.degree, stage.tutor, "published");
            world.run(&format!(
                "UPDATE projects SET description = '{text}', keywords = string_to_array('{keywords}', ', ') WHERE id = {id}"
            ));
        }
        world.project("Robótica secreta", stage.degree, stage.tutor, "draft");
        world.project("Sensores de campo", stage.other_degree, stage.professor, "published");
        world.run(&format!("UPDATE users SET last_name = 'Núñez García' WHERE id = {}", stage.professor));
    });
}

async fn find(stage: &Stage, q: &str) -> Vec<String> {
    let query: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let page: Page<ProjectSummary> =
        stage.app.visitor().get(&format!("/projects?q={query}")).await.expect(200);
    assert_eq!(page.total as usize, page.items.len(), "{q}");
    page.items.into_iter().map(|project| project.title).collect()
}

#[actix_web::test]
async fn words_are_found_in_both_languages_with_accents_plurals_and_typos() {
    let stage = Stage::set();
    library(&stage);
    for (q, expected) in [
        // Case and accents.
        ("robotica", "Inteligencia artificial para la robótica móvil"),
        ("ROBÓTICA", "Inteligencia artificial para la robótica móvil"),
        ("analisis redes", "Análisis de redes sociales"),
        // Inflection, Spanish and English.
        ("tribunal", "Aplicación web de gestión de tribunales"),
        ("aplicaciones", "Aplicación web de gestión de tribunales"),
        ("gestiones", "Aplicación web de gestión de tribunales"),
        ("contrato inteligente", "Blockchain y contratos inteligentes"),
        ("image", "Deep learning for medical images"),
        ("network tumour", "Deep learning for medical images"),
        ("compiladores", "Compilador de un lenguaje funcional"),
        // Texts and keywords.
        ("calendario", "Aplicación web de gestión de tribunales"),
        ("ros", "Inteligencia artificial para la robótica móvil"),
        ("criptografia", "Blockchain y contratos inteligentes"),
        // Half typed.
        ("robót", "Inteligencia artificial para la robótica móvil"),
        ("gestión de tribu", "Aplicación web de gestión de tribunales"),
        ("deep lear", "Deep learning for medical images"),
        // Typos.
        ("inteligensia artifisial", "Inteligencia artificial para la robótica móvil"),
        ("robtica", "Inteligencia artificial para la robótica móvil"),
        ("trivunales", "Aplicación web de gestión de tribunales"),
        ("blokchain", "Blockchain y contratos inteligentes"),
        ("compliador", "Compilador de un lenguaje funcional"),
        // Tutors.
        ("núñez", "Sensores de campo"),
        ("garcia pilar", "Sensores de campo"),
        ("nunes garsia", "Sensores de campo"),
        // As in web searches.
        ("\"redes sociales\"", "Análisis de redes sociales"),
        ("sensores -gestión", "Sensores de campo"),
    ] {
        assert_eq!(find(&stage, q).await.first().map(String::as_str), Some(expected), "{q}");
    }
    for q in ["zzzzzz", "\"sociales redes\"", "cuántica"] {
        assert_eq!(find(&stage, q).await, Vec::<String>::new(), "{q}");
    }
    // What cannot be words finds nothing to search for, or nothing; never an error.
    for q in ["'", "\\", "!!", ":*", "a & b | !c", "(((", "\"", "%", "de la", "<script>", "-", "or", "c++ c#"]
    {
        let _ = find(&stage, q).await;
    }
    let long = format!("/projects?q={}", "x".repeat(201));
    stage.app.visitor().get(&long).await.refused(ErrorCode::ValidationFailed);
}

#[actix_web::test]
async fn the_title_counts_more_than_the_texts() {
    let stage = Stage::set();
    stage.with_world(|world| {
        let in_text = world.project("Otra cosa", stage.degree, stage.tutor, "published");
        world.run(&format!(
            "UPDATE projects SET description = 'grafos grafos grafos grafos' WHERE id = {in_text}"
        ));
        world.project("Teoría de grafos", stage.degree, stage.tutor, "published");
        world.project("Grafos", stage.degree, stage.tutor, "published");
        world.project("Grafos dirigidos", stage.degree, stage.tutor, "published");
    });
    assert_eq!(find(&stage, "grafos").await, ["Grafos", "Grafos dirigidos", "Teoría de grafos", "Otra cosa"]);
}

#[actix_web::test]
async fn similar_ones_are_published_near_and_others() {
    let stage = Stage::set();
    library(&stage);
    let mut ids = Vec::new();
    stage.with_world(|world| {
        for n in 0..8 {
            let title = format!("Robótica móvil en almacenes {n}");
            ids.push(world.project(&title, stage.degree, stage.tutor, "published"));
        }
        // Words that would break a query made of text.
        let odd = world.project(
            "Robótica con C:\\ruta y d''Alembert's | & !",
            stage.degree,
            stage.tutor,
            "published",
        );
        ids.push(odd);
        ids.push(world.project("Robótica oculta", stage.degree, stage.tutor, "submitted"));
    });
    let visitor = stage.app.visitor();
    let similar = async |id: ProjectId| -> Page<ProjectSummary> {
        visitor.get(&format!("/projects/{id}/similar")).await.expect(200)
    };
    let near = similar(ids[0]).await;
    assert_eq!((near.items.len(), near.total, near.next_cursor), (6, 6, None));
    assert!(
        near.items.iter().all(|project| project.id != ids[0] && project.title.starts_with("Robótica móvil"))
    );
    assert!(!similar(ids[8]).await.items.is_empty());
    visitor.get(&format!("/projects/{}/similar", ids[9])).await.refused(ErrorCode::NotFound);
    let own: Page<ProjectSummary> =
        stage.be(stage.tutor).get(&format!("/projects/{}/similar", ids[9])).await.expect(200);
    assert!(!own.items.is_empty());
    visitor.get("/projects/999999/similar").await.refused(ErrorCode::NotFound);
}
