use super::Document;

fn page_of(page: usize, pages: usize) -> String {
    format!("Página {page} de {pages}")
}

#[test]
fn a_long_table_reaches_over_pages_that_are_all_tagged() {
    let mut document = Document::new("Comisiones de evaluación: GII 2026/2027, junio", "es", page_of).wide();
    document.heading("miércoles, 9 de diciembre");
    document.paragraph("Ñandú, pingüino y cigüeña: 20 % de «todo» – €.");
    let row = |at: usize| {
        vec![at.to_string(), format!("Estudiante {at} de nombre larguísimo y apellidos"), "x".repeat(at * 9)]
    };
    document.table(&[("N.º", 1.0), ("Estudiante", 4.0), ("Título", 6.0)], (0..80).map(row).collect());
    document.table(&[("Sola", 1.0)], vec![vec!["palabra ".repeat(3_000)], vec![String::new()]]);
    let file = document.write().expect("an accessible document");
    assert!(file.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("/StructTreeRoot") && text.contains("pdfuaid:part"));
    let pages = text.matches("/Type/Page/").count();
    assert!(pages > 3, "{pages} pages");
    assert_eq!(text.matches("/StructParents ").count(), pages, "each has its part of the tree of tags");
}

#[test]
fn what_no_font_has_is_marked() {
    let mut document = Document::new("テスト", "en", page_of);
    document.table(&[("A", 1.0), ("B", 1.0)], Vec::new());
    document.paragraph("");
    document.write().expect("an accessible document");
}
