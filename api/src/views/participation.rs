//! Service in committees over the years.

use crate::models::participation::ParticipationRow;
use gestfg_types::ids::{DepartmentId, UserId};
use gestfg_types::participation::Participation;
use gestfg_types::session::DepartmentRef;
use gestfg_types::users::Professor;

/// A professor's service.
#[must_use]
pub fn participation(row: ParticipationRow) -> Participation {
    Participation {
        years: row.years(),
        professor: Professor {
            id: UserId(row.id),
            name: format!("{} {}", row.first_name, row.last_name),
            department: DepartmentRef {
                id: DepartmentId(row.department_id),
                code: row.department_code,
                name: row.department_name,
            },
        },
        total: row.total,
        may_preside: row.may_preside,
        seniority_year: row.seniority_year,
        exempt_from_committees: row.exempt_from_committees,
        version: row.version,
    }
}
