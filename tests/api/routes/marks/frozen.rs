//! What closed minutes were made of cannot be changed, by nobody and nothing.

use super::Stage;
use diesel::RunQueryDsl;

#[actix_web::test]
async fn the_database_itself_keeps_closed_minutes() {
    let stage = Stage::set();
    stage.mark_all(["7.0", "8.0"]).await;
    stage.close(&stage.publish().await).await;
    let mut conn = stage.app.conn();
    let [defence, _] = stage.defences;
    let stranger = stage.stranger;
    for change in [
        "UPDATE sheet_marks SET mark = 10".to_owned(),
        "DELETE FROM sheet_marks".to_owned(),
        "UPDATE mark_sheets SET remarks = 'x'".to_owned(),
        "UPDATE mark_sheets SET state = 'draft', handed_in_at = NULL".to_owned(),
        format!("INSERT INTO mark_sheets (defence_id, role, author_id, rubric_id) SELECT {defence}, 'committee', {stranger}, id FROM rubrics LIMIT 1"),
        format!("INSERT INTO agreed_marks (defence_id, mark) VALUES ({defence}, 10)"),
        "UPDATE defences SET state = 'not_presented'".to_owned(),
        "UPDATE evaluation_requests SET state = 'withdrawn', withdrawn_at = now()".to_owned(),
        "UPDATE minutes_entries SET mark = 10".to_owned(),
        "UPDATE minutes_entries SET has_honours = true".to_owned(),
        "DELETE FROM minutes_entries".to_owned(),
        "UPDATE minutes SET number = 7".to_owned(),
        "UPDATE minutes SET content = 'x'".to_owned(),
        "UPDATE minutes SET state = 'provisional', closed_at = NULL, number = NULL, content = NULL, digest = NULL, code = NULL".to_owned(),
        "UPDATE minutes SET state = 'reopened', reopened_at = now(), reopen_reason = 'x', content = 'x'".to_owned(),
        "DELETE FROM minutes".to_owned(),
    ] {
        let refused = diesel::sql_query(&change).execute(&mut conn).expect_err(&change).to_string();
        assert!(refused.contains("minutes"), "{change}: {refused}");
    }
    // Past criteria stay too.
    let refused = diesel::sql_query("UPDATE rubric_criteria SET weight = 99").execute(&mut conn);
    assert!(refused.expect_err("refused").to_string().contains("never changed"));
    let reopen = "UPDATE minutes SET state = 'reopened', reopened_at = now(), reopen_reason = 'Errata'";
    diesel::sql_query(reopen).execute(&mut conn).expect("opened again");
    diesel::sql_query("UPDATE mark_sheets SET remarks = 'x'").execute(&mut conn).expect("open marks");
    diesel::sql_query("UPDATE minutes_entries SET mark = 10").execute(&mut conn).expect_err("kept on record");
}
